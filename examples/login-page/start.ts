/** `npm start`: starts the embedded pools, and serves the page on another port. */
import { startEmbeddedPools } from './local/embedded-pools.ts';
import { buildPage, servePage } from './server.ts';

export interface Started {
  readonly url: string;
  readonly endpoints: readonly {
    readonly label: string;
    readonly userPoolId: string;
    readonly endpoint: string;
  }[];
  close(): Promise<void>;
}

/** @param ports the wanted ports. 0 takes a free one */
export async function startLoginPage(
  folder: string,
  ports: { readonly page: number; readonly pool: number },
): Promise<Started> {
  const assets = await buildPage(folder);
  const embedded = await startEmbeddedPools(ports.pool);
  try {
    const page = await servePage(assets, { pools: embedded.pools }, ports.page, embedded.data);
    return {
      url: page.url,
      endpoints: embedded.pools,
      close: async () => {
        await page.close();
        await embedded.close();
      },
    };
  } catch (error) {
    await embedded.close();
    throw error;
  }
}
