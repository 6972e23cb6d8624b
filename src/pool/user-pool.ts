/** A local user pool: a fetch-shaped function with users behind it. */
import type { OutboxMessage } from './codes.ts';
import type { Faults } from './faults.ts';
import { handle } from './http.ts';
import { type Listening, listen } from './node-server.ts';
import type { UserPoolOptions } from './options.ts';
import { createState } from './state.ts';
import { findableBySub, type Users } from './users.ts';

export interface UserPool {
  readonly userPoolId: string;
  readonly clientIds: readonly string[];
  /** Add, find, change and remove users while the pool runs. */
  readonly users: Users;
  /** The SMS and e-mails it would have sent, the newest last; also at `GET /_/outbox` on loopback. */
  readonly outbox: readonly OutboxMessage[];
  /** What goes wrong on purpose. */
  readonly faults: Faults;
  /** Answers requests in this process: the `fetch` option of `signIn`. No port, no network. */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Answers them on 127.0.0.1, in Node. Without a port, a free one. */
  listen(port?: number): Promise<Listening>;
}

/**
 * Creates a pool. It keeps everything in memory and shares nothing with other pools.
 *
 * @throws TypeError for options that cannot be a pool
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
