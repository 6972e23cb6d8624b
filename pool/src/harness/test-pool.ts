/** A pool as the tests of an application use it: with a clock that they move, and the signed-in state of a browser. */
import type { Listening } from '../http/node-server.ts';
import type { UserPoolOptions } from '../options/options.ts';
import { createUserPool, type UserPool } from '../user-pool.ts';
import type { TokenOptions } from '../user-pool-tokens.ts';
import { createMovableClock, type PoolClock } from './movable-clock.ts';
import { type StorageItem, storageItems } from './storage-items.ts';

/** What the engine's functions take first, as its type `UserPoolClient` describes it. */
export interface TestPoolClient {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly endpoint: string;
}

/** A running pool with what tests need besides. */
export interface TestPool extends UserPool {
  /** The pool's clock. Default `Date.now`, or the option `now`, as long as nobody moves it. */
  readonly clock: PoolClock;
  /** Where the pool answers: the endpoint of its port. For a pool without a port `http://localhost`, which only its `fetch` answers. */
  readonly endpoint: string;
  /** The pool's first app client: `signIn(pool.client, …)` of the engine takes it. */
  readonly client: TestPoolClient;
  /**
   * Signs a user in without a password and a form, and says what the application would have stored: the keys of aws-amplify v6 and of
   * the engine's `createUserStore`. The access token works with GetUser and the other operations, and the refresh token can be used.
   *
   * @param username the canonical name, an alias or the `sub` of a user of the pool
   * @param options what the tokens are like, as for `issueTokens`
   * @returns the items for `localStorage`
   * @throws TypeError if an option is wrong
   * @throws RangeError if the pool has no such user or app client
   */
  readonly signedInItems: (username: string, options?: TokenOptions) => Promise<readonly StorageItem[]>;
  /** Goes back to the options, as `reset` of every pool does, and takes back every move of the clock. */
  readonly reset: () => void;
}

/**
 * A pool, and how its port is opened and closed.
 *
 * @internal
 */
export interface StartedTestPool {
  readonly pool: TestPool;
  /** Opens a port of 127.0.0.1, whose endpoint is then `pool.endpoint`. */
  readonly open: (port: number) => Promise<Listening>;
  /** Closes every port. */
  readonly close: () => Promise<void>;
}

const WITHOUT_PORT = 'http://localhost';

/** @internal */
export function startTestPool(options: UserPoolOptions = {}): StartedTestPool {
  const clock = createMovableClock(options.now ?? (() => Date.now()));
  const pool = createUserPool({ ...options, now: clock.now });
  let ports: readonly Listening[] = [];
  const listen = async (port?: number, host?: string) => {
    const listening = await pool.listen(port, host);
    ports = [...ports, listening];
    return listening;
  };
  const endpoint = () => ports.at(-1)?.endpoint ?? WITHOUT_PORT;
  const clientId = () => {
    const [first] = pool.clientIds;
    if (first === undefined) throw new RangeError('clientId: the pool has no app client');
    return first;
  };
  return {
    pool: {
      userPoolId: pool.userPoolId,
      get clientIds() {
        return pool.clientIds;
      },
      get outbox() {
        return pool.outbox;
      },
      users: pool.users,
      faults: pool.faults,
      fetch: pool.fetch,
      listen,
      issueTokens: pool.issueTokens,
      clock,
      get endpoint() {
        return endpoint();
      },
      get client() {
        return { userPoolId: pool.userPoolId, clientId: clientId(), endpoint: endpoint() };
      },
      signedInItems: async (username, tokenOptions = {}) => {
        const tokens = await pool.issueTokens(username, tokenOptions);
        return storageItems(tokens, {
          clientId: tokenOptions.clientId ?? clientId(),
          username: pool.users.find(username)?.username ?? username,
          clockDrift: Math.round(clock.now() - Date.now()),
        });
      },
      reset: () => {
        clock.reset();
        pool.reset();
      },
    },
    open: listen,
    close: async () => {
      const open = ports;
      ports = [];
      await Promise.all(open.map((listening) => listening.close()));
    },
  };
}
