/** A pool with a data folder that a test closes and opens again, and the calls of its app client. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sendRequest } from '../../../test/support/pool-calls.ts';
import { type KeptUserPool, openUserPool, type UserPoolOptions } from '../../src/index.ts';
import { SIGNED } from '../admin-calls.ts';
import type { Reply, Texts } from '../wire.ts';

export const POOL_ID = 'eu-west-1_Keep1';

export interface Restarts {
  readonly folder: string;
  /** What was logged of the folder. */
  readonly lines: string[];
  readonly pool: () => KeptUserPool;
  readonly call: (operation: string, input: object, headers?: Texts) => Promise<Reply>;
  /** Calls as an administrator. */
  readonly admin: (operation: string, input: object) => Promise<Reply>;
  /** Signs in by USER_PASSWORD_AUTH. */
  readonly signIn: (USERNAME: string, PASSWORD: string) => Promise<Reply>;
  readonly lastCode: () => string;
  /** Moves the clock forward by this many seconds. */
  readonly wait: (seconds: number) => void;
  readonly now: () => number;
  /** Closes the pool and opens it again, with other options if they are given. */
  readonly restart: (options?: UserPoolOptions) => Promise<void>;
  /** The snapshot of a pool. It is up to date after a restart. */
  readonly snapshot: (userPoolId?: string) => string;
  readonly end: () => Promise<void>;
}

export async function startKept(options: UserPoolOptions = {}): Promise<Restarts> {
  const parent = mkdtempSync(join(tmpdir(), 'kept-pool-'));
  const folder = join(parent, 'data');
  const lines: string[] = [];
  let time = Date.UTC(2026, 8, 24, 13, 50, 15);
  const now = () => time;
  const open = (given: UserPoolOptions) =>
    openUserPool({
      userPoolId: POOL_ID,
      now,
      ...given,
      dataFolder: folder,
      logDataFolder: (line) => lines.push(line),
    });
  let pool = await open(options);
  const call: Restarts['call'] = async (operation, input, headers = {}) => {
    const response = await sendRequest(pool, operation, input, headers);
    const body = JSON.parse((await response.text()) || '{}') as object;
    return { status: response.status, ...body } as unknown as Reply;
  };
  return {
    folder,
    lines,
    pool: () => pool,
    call,
    admin: (operation, input) => call(operation, input, SIGNED),
    signIn: (USERNAME, PASSWORD) =>
      call('InitiateAuth', {
        ClientId: pool.clientIds[0],
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME, PASSWORD },
      }),
    lastCode: () => pool.outbox.at(-1)?.code ?? 'none',
    wait: (seconds) => {
      time += seconds * 1000;
    },
    now,
    restart: async (given = options) => {
      await pool.close();
      pool = await open(given);
    },
    snapshot: (userPoolId = POOL_ID) => readFileSync(join(folder, `${userPoolId}.json`), 'utf8'),
    end: async () => {
      await pool.close();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
