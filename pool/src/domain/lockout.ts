/** Lock-out: after several wrong passwords or codes of a second factor, the pool refuses attempts for a time. */
import type { Pool } from '../service/pool.ts';
import { notAuthorized } from './service-exception.ts';
import { type Failures, NO_FAILURES, QUIET_MS, type User } from './user.ts';

/** A count of failures, and how it is changed. */
export interface FailureCount {
  readonly failures: Failures;
  readonly set: (failures: Failures) => void;
}

/** So many failures have no consequence. Each one after them doubles the time of refusal. */
const FREE_FAILURES = 5;

export function isLockedOut({ lockout, now }: Pool, { count, last }: Failures): boolean {
  if (!lockout || count < FREE_FAILURES) return false;
  return now() - last < Math.min(QUIET_MS, 1000 * 2 ** (count - FREE_FAILURES));
}

/**
 * The developer guide has the same limits for passwords and codes. The service's text for codes is not known.
 *
 * @throws ServiceException NotAuthorizedException
 */
export function assertNotLockedOut(pool: Pool, { failures }: FailureCount): void {
  if (isLockedOut(pool, failures)) throw notAuthorized('Password attempts exceeded');
}

export function countFailure({ now }: Pool, { failures, set }: FailureCount): void {
  const time = now();
  const before = time - failures.last >= QUIET_MS ? 0 : failures.count;
  set({ count: before + 1, last: time });
}

export function forgetFailures({ failures, set }: FailureCount): void {
  if (failures.count > 0) set(NO_FAILURES);
}

/** The wrong passwords of a user, or those under a name that nobody has, which is locked out in the same way. */
export function passwordFailures(pool: Pool, user: User | undefined, name: string): FailureCount {
  if (user) return { failures: user.failures, set: (failures) => pool.users.note(user, { failures }) };
  return {
    failures: pool.hiddenFailures.get(name)?.value ?? NO_FAILURES,
    set: (failures) => pool.hiddenFailures.put(name, failures),
  };
}

/** The wrong codes of a user's second factor. */
export const codeFailures = (pool: Pool, user: User): FailureCount => ({
  failures: user.mfaFailures,
  set: (mfaFailures) => pool.users.note(user, { mfaFailures }),
});
