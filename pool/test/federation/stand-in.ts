/** Starts the stand-in identity provider for a test file. */
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

export type Accounts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The pool's registration at the provider. */
export const REGISTRATION = { clientId: 'the-pool', clientSecret: 'secret-of-the-pool' };

export interface StandIn {
  readonly issuer: string;
  /** Replaces the claims of the accounts. */
  readonly setAccounts: (accounts: Accounts) => Promise<void>;
  readonly end: () => Promise<void>;
}

export async function startStandIn(redirectUris: readonly string[], accounts: Accounts): Promise<StandIn> {
  const worker = new Worker(join(__dirname, 'stand-in-provider.mjs'), {
    workerData: { redirectUris, accounts, ...REGISTRATION },
    // It warns that it is not set up for production
    stdout: true,
    stderr: true,
  });
  const [issuer] = await once(worker, 'message');
  return {
    issuer: String(issuer),
    setAccounts: async (replaced) => {
      const done = once(worker, 'message');
      worker.postMessage(replaced);
      await done;
    },
    end: async () => void (await worker.terminate()),
  };
}
