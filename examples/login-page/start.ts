/** `npm start`: starts the embedded pools, and serves the page on another port. */
import { startEmbeddedPools } from './local/embedded-pools.ts';
import type { LocalPool } from './pools.ts';
import { buildPage, servePage } from './server.ts';

export interface Started {
  readonly url: string;
  readonly endpoints: readonly {
    readonly label: string;
    readonly userPoolId: string;
    readonly endpoint: string;
  }[];
  readonly close: () => Promise<void>;
}

/** @param ports the wanted ports. 0 takes a free one */
export async function startLoginPage(
  folder: string,
  ports: { readonly page: number; readonly pool: number },
): Promise<Started> {
  const assets = await buildPage(folder);
  // The pools have to know the address of the page, and the page those of the pools
  const config: { pools: readonly LocalPool[] } = { pools: [] };
  const data = new Map<string, () => unknown>();
  const page = await servePage(assets, config, ports.page, data);
  try {
    const embedded = await startEmbeddedPools(folder, page.url, ports.pool);
    config.pools = embedded.pools;
    for (const [path, answer] of embedded.data) data.set(path, answer);
    return {
      url: page.url,
      endpoints: embedded.pools,
      close: async () => {
        await page.close();
        await embedded.close();
      },
    };
  } catch (error) {
    await page.close();
    throw error;
  }
}
