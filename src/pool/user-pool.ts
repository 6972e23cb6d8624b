/** The local user pool: a fetch-shaped function with users behind it. */
import type { OutboxMessage } from './codes.ts';
import type { Faults } from './faults.ts';
import { handle } from './http.ts';
import { type Listening, listen } from './node-server.ts';
import type { UserPoolOptions } from './options.ts';
import { createState } from './state.ts';
import { findableBySub, type Users } from './users.ts';

/** A running pool, as `createUserPool` returns it. */
export interface UserPool {
  /** `options.userPoolId`, or `local_Pool1`. */
  readonly userPoolId: string;
  /** The ids of the app clients, in the order of `options.clients`. */
  readonly clientIds: readonly string[];
  /** Adds, finds, changes and removes users while the pool runs. */
  readonly users: Users;
  /**
   * The text messages and e-mails that a service would have sent, the newest last. A pool that listens also answers
   * `GET /_/outbox` with them, to requests from this machine.
   */
  readonly outbox: readonly OutboxMessage[];
  /** Adds failures while the pool runs, and removes them. */
  readonly faults: Faults;
  /**
   * Answers a request in this process, without a port or a network. Pass it as the `fetch` option of `signIn`.
   *
   * @param input the URL or the request; only its path counts
   * @param init as for the global `fetch`
   * @returns the service's reply; a refusal is a reply as well
   * @throws TypeError if a fault drops the connection
   * @throws the reason of the request's signal, once that is aborted
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Answers requests on 127.0.0.1. It needs Node.
   *
   * @param port 0 to 65535; without one, or with 0, a free port is taken
   * @returns the endpoint, and how to stop
   * @throws Error EADDRINUSE and the like, as `node:net` does
   * @example
   * ```ts
   * import { createUserPool } from 'cognito-srp-engine/pool';
   *
   * const pool = createUserPool({ users: [{ username: 'alice', password: 'Correct-Horse-9' }] });
   * const listening = await pool.listen(9229);
   * console.log(`The pool answers at ${listening.endpoint}`);
   * await listening.close();
   * ```
   */
  listen(port?: number): Promise<Listening>;
}

/**
 * Creates a local user pool. It keeps everything in memory and shares nothing with other pools.
 *
 * @param options users, clients and settings; every field has a default
 * @returns the pool, which answers through its `fetch` at once
 * @throws TypeError if an option is wrong. The message names the field and what was expected, and quotes no value.
 * @example
 * ```ts
 * import { signIn } from 'cognito-srp-engine';
 * import { createUserPool } from 'cognito-srp-engine/pool';
 *
 * const pool = createUserPool({ users: [{ username: 'alice', password: 'Correct-Horse-9' }] });
 * const step = await signIn(
 *   { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://localhost/' },
 *   { username: 'alice', password: 'Correct-Horse-9' },
 *   { fetch: pool.fetch },
 * );
 * console.log(step.status);
 * ```
 */
export function createUserPool(options: UserPoolOptions = {}): UserPool {
  const state = createState(options);
  const fetch: UserPool['fetch'] = async (input, init) => {
    const request = new Request(input, init);
    request.signal.throwIfAborted();
    const response = await handle(state, request);
    request.signal.throwIfAborted();
    return response;
  };
  return {
    userPoolId: state.userPoolId,
    clientIds: [...state.clients.keys()],
    users: findableBySub(state.users),
    outbox: state.codes.outbox,
    faults: { add: state.faults.add, clear: state.faults.clear },
    fetch,
    listen: (port = 0) => listen(fetch, port),
  };
}
