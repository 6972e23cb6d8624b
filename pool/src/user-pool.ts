/** The local user pool: one pool, with a fetch-shaped function before it. */
import { assertOptions } from './options/option-checks.ts';
import type { UserPoolOptions } from './options/options.ts';
import { toServiceOptions } from './options/service-options.ts';
import { type ServedPool, type ServiceSurface, type StartedService, startService } from './pool-service.ts';

/** A running pool, as `createUserPool` returns it. */
export interface UserPool extends ServedPool, ServiceSurface {}

/**
 * Creates a local user pool. It keeps everything in memory and shares nothing with other pools.
 *
 * @param options users, clients and settings; every field has a default
 * @returns the pool, which answers through its `fetch` at once
 * @throws TypeError if an option is wrong. The message names the field and what was expected, and quotes no value.
 * @example
 * ```ts
 * import { signIn } from 'cognito-srp-engine';
 * import { createUserPool } from 'cognito-local-pool';
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
  assertOptions(options);
  return firstPoolOf(startService(toServiceOptions(options)));
}

/**
 * The only pool of options, with what its service answers.
 *
 * @internal
 */
export function firstPoolOf({ service, surface }: Pick<StartedService, 'service' | 'surface'>): UserPool {
  const [pool] = service.pools;
  if (!pool) throw new Error('A service begins with a pool');
  const { userPoolId, users, issueTokens } = pool;
  return {
    ...surface,
    userPoolId,
    users,
    get clientIds() {
      return pool.clientIds;
    },
    get outbox() {
      return pool.outbox;
    },
    issueTokens,
  };
}
