/** Several user pools under one endpoint: what a test and the command hold of a service. */
import { inThisThread } from './arithmetic/arithmetic.ts';
import type { OutboxMessage } from './domain/codes.ts';
import { createRandom, type Random } from './domain/randomness.ts';
import { createFaults, type Faults } from './faults/faults.ts';
import { withOwnSignal } from './foreign-signal.ts';
import type { Connection } from './http/hosts.ts';
import { type Listening, listen } from './http/node-server.ts';
import { createRequestLog, NO_LOG } from './http/request-log.ts';
import type { Surface } from './http/route.ts';
import { handle } from './http/routes.ts';
import type { Keeper, KeptPools } from './kept/keeper.ts';
import { addPools } from './kept/starting-pools.ts';
import { text } from './options/checks.ts';
import { contentsOf } from './options/contents.ts';
import { providerSettingsOf } from './options/identity-provider-options.ts';
import { assertServiceOptions } from './options/option-checks.ts';
import type { PoolServiceOptions } from './options/service-options.ts';
import { triggerRuntimeOf } from './options/trigger-runtime.ts';
import { forgetExpired, poolForRequest } from './service/pool.ts';
import { createService, type Service } from './service/service.ts';
import {
  assertTokenOptions,
  findTokenHolder,
  issueTokensTo,
  type TokenOptions,
  type UserTokens,
} from './user-pool-tokens.ts';
import { type UserPoolUsers, usersOf } from './user-pool-users.ts';

/** One pool of a service. It stays the same when the service is reset. */
export interface ServedPool {
  /** `options.userPoolId`, or `us-east-1_LocalPool`. */
  readonly userPoolId: string;
  /** The ids of the app clients: those of the options in their order, then those that were made at run time. */
  readonly clientIds: readonly string[];
  /** Adds, finds, changes and removes users while the pool runs. */
  readonly users: UserPoolUsers;
  /**
   * The text messages and e-mails that a service would have sent, the newest last. A pool that listens also answers
   * `GET /_/outbox` with those of all pools, to requests from this machine and from hosts that were allowed.
   */
  readonly outbox: readonly OutboxMessage[];
  /**
   * Issues tokens without a sign-in, signed with the pool's keys, so that whoever verifies the pool's tokens takes them. They can be
   * expired, not valid yet, or have any claims: see `TokenOptions`. A sign-in begins with them, so GetUser and the other operations take
   * an access token that is valid, and the trigger PreTokenGeneration runs. A user who is disabled or not confirmed gets tokens too, because
   * a back end may still get those of a user who was disabled in the meantime. Operations refuse the access token of a disabled user.
   * `POST /_/tokens` does the same.
   *
   * @param username the canonical name, an alias or the `sub` of a user of the pool
   * @param options what the tokens are like; every field has a default
   * @returns the tokens, named as the engine names them
   * @throws TypeError if an option is wrong; the message names the field
   * @throws RangeError if the pool has no such user or app client, or the user no such device
   * @example
   * ```ts
   * import { createUserPool } from 'cognito-local-pool';
   *
   * const pool = createUserPool({ users: [{ username: 'alice', groups: ['writers'] }], groups: [{ name: 'writers' }] });
   * const good = await pool.issueTokens('alice', { scopes: ['openid', 'orders/read'] });
   * const expired = await pool.issueTokens('alice', { expiresIn: -60 });
   * const foreign = await pool.issueTokens('alice', { accessTokenClaims: { client_id: 'another-client' } });
   * console.log([good, expired, foreign].map(({ expiresIn }) => expiresIn)); // [3600, -60, 3600]
   * ```
   */
  readonly issueTokens: (username: string, options?: TokenOptions) => Promise<UserTokens>;
}

/** What all pools of a service have in common. */
export interface ServiceSurface {
  /** Adds failures while the service runs, and removes them. */
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
   * Answers requests on a port. It needs Node.
   *
   * @param port 0 to 65535; without one, or with 0, a free port is taken
   * @param host the address to listen on, or its name. Default `127.0.0.1`, which this machine alone reaches. `0.0.0.0` and `::`
   *   are all addresses: then everybody who reaches this machine can sign in, and can change users without a password.
   * @returns the endpoint, and how to stop
   * @throws Error EADDRINUSE and the like, as `node:net` does
   * @example
   * ```ts
   * import { createUserPool } from 'cognito-local-pool';
   *
   * const pool = createUserPool({ users: [{ username: 'alice', password: 'Correct-Horse-9' }] });
   * const listening = await pool.listen(9229);
   * console.log(`The pool answers at ${listening.endpoint}`);
   * await listening.close();
   * ```
   */
  readonly listen: (port?: number, host?: string) => Promise<Listening>;
  /**
   * Goes back to the options: their pools, clients, users and faults. Codes, sessions and refresh tokens are gone, and so is what was
   * made at run time. The keys that sign tokens stay, because other services keep the JWKS. `POST /_/reset` does the same.
   *
   * @example
   * ```ts
   * import { createUserPool } from 'cognito-local-pool';
   *
   * const pool = createUserPool({ users: [{ username: 'alice', password: 'Correct-Horse-9' }] });
   * pool.users.add({ username: 'bob' });
   * pool.reset();
   * console.log(pool.users.all().map(({ username }) => username)); // ['alice']
   * ```
   */
  readonly reset: () => void;
}

/** A running service, as `createPoolService` returns it. */
export interface PoolService extends ServiceSurface {
  /** The pools in the order in which they were made. Pools that were made at run time are among them. */
  readonly pools: readonly ServedPool[];
  /** @returns the pool with this id, or undefined if the service has none now */
  readonly find: (userPoolId: string) => ServedPool | undefined;
}

/**
 * Creates a service with several user pools under one endpoint. A request finds its pool by the id of the pool, the app client or
 * the token that it names, as it does at AWS.
 *
 * @param options the pools, and what they share
 * @returns the service, which answers through its `fetch` at once
 * @throws TypeError if an option is wrong. The message names the field and what was expected, and quotes no value.
 * @example
 * ```ts
 * import { createPoolService } from 'cognito-local-pool';
 *
 * const service = createPoolService({
 *   pools: [
 *     { userPoolId: 'eu-west-1_Customers', clients: [{ clientId: 'shop' }] },
 *     { userPoolId: 'eu-west-1_Staff', clients: [{ clientId: 'office' }], mfa: 'ON' },
 *   ],
 * });
 * service.find('eu-west-1_Staff')?.users.add({ username: 'alice', password: 'Correct-Horse-9' });
 * console.log(service.pools.map(({ userPoolId }) => userPoolId));
 * ```
 */
export function createPoolService(options: PoolServiceOptions): PoolService {
  assertServiceOptions(options);
  const { service, surface } = startService(options);
  return {
    ...surface,
    get pools() {
      return service.pools;
    },
    find: service.find,
  };
}

/**
 * A service, and what whoever keeps it has to know.
 *
 * @internal
 */
export interface StartedService {
  readonly service: Pick<PoolService, 'pools' | 'find'>;
  readonly surface: ServiceSurface;
  /** Removes what has expired. */
  readonly tidy: () => void;
  /** The ids of the pools that the folder had. */
  readonly keptPoolIds: readonly string[];
}

/**
 * Starts a service.
 *
 * @internal
 * @param options checked
 * @param keeper without one, everything is in memory alone
 * @param kept what the keeper's folder had
 */
export function startService(
  options: PoolServiceOptions,
  keeper?: Keeper,
  kept: KeptPools = new Map(),
): StartedService {
  const random = createRandom(options.rng);
  const now = options.now ?? Date.now;
  const { faults: rules = [], allowedHosts = [], log } = options;
  const faults = createFaults(rules);
  const service = createService(
    {
      now,
      random,
      arithmetic: options.arithmetic ?? inThisThread,
      identityProviders: providerSettingsOf(options),
    },
    faults,
    { modelledStatuses: options.modelledStatuses ?? false, unitOutput: options.unitOutput ?? 'empty' },
    keeper,
    triggerRuntimeOf(options),
  );
  const seed = options.pools.map((pool) => contentsOf(pool, random, now()));
  const keptPoolIds = addPools(service, seed, kept);
  const tidy = () => {
    // What cannot be written now is forgotten later
    if (keeper?.problem || keeper?.isClosed) return;
    for (const pool of service.pools.values()) forgetExpired(pool, now);
  };

  const reset = () => {
    const before = new Map(service.pools);
    for (const userPoolId of before.keys()) service.removePool(userPoolId);
    for (const contents of seed) {
      const former = before.get(contents.settings.userPool.Id);
      const signingKeys = former ? [...former.kept.signingKeys.values()] : [];
      service.addPool({ ...contents, ...(signingKeys.length > 0 && { signingKeys }) });
    }
    faults.clear();
    for (const rule of rules) faults.add(rule);
  };
  const surface: Surface = {
    reset,
    allowedHosts,
    log: log ? createRequestLog(service, log, () => performance.now()) : NO_LOG,
  };
  // Where the last port is, for the issuer of tokens that no request asked for
  let endpoint = 'http://localhost';
  const handles = new Map<string, ServedPool>();
  const handleOf = (userPoolId: string) => {
    const handle = handles.get(userPoolId) ?? servedPool(service, userPoolId, random, now, () => endpoint);
    handles.set(userPoolId, handle);
    return handle;
  };
  const answer = async (request: Request, connection?: Connection) => {
    request.signal.throwIfAborted();
    const response = await handle(service, surface, request, connection);
    request.signal.throwIfAborted();
    return response;
  };
  return {
    service: {
      get pools() {
        return [...service.pools.keys()].map(handleOf);
      },
      find: (userPoolId) => (service.pools.has(userPoolId) ? handleOf(userPoolId) : undefined),
    },
    surface: {
      faults: { add: faults.add, clear: faults.clear },
      fetch: async (input, init) => answer(new Request(input, withOwnSignal(init))),
      listen: async (port = 0, host = '127.0.0.1') => {
        const listening = await listen({
          fetch: answer,
          unread: (status) => surface.log.begin().end(status),
          tidy,
          port,
          host,
        });
        endpoint = listening.endpoint;
        return listening;
      },
      reset,
    },
    tidy,
    keptPoolIds,
  };
}

/** Makes the handle of a pool. It finds the pool anew each time, because a reset replaces it. */
function servedPool(
  service: Service,
  userPoolId: string,
  random: Random,
  now: () => number,
  endpoint: () => string,
): ServedPool {
  const find = () => {
    const pool = service.pools.get(userPoolId);
    if (!pool) throw new RangeError(`The user pool "${userPoolId}" has been deleted`);
    return pool;
  };
  return {
    userPoolId,
    get clientIds() {
      return [...find().clients.values()].map(({ ClientId }) => ClientId);
    },
    users: usersOf(find, random, now),
    get outbox() {
      return find().codes.outbox;
    },
    issueTokens: async (username, options = {}) => {
      text()(username, 'username');
      assertTokenOptions(options);
      const pool = poolForRequest(find(), service, endpoint());
      return issueTokensTo(pool, findTokenHolder(pool, username, options), options);
    },
  };
}
