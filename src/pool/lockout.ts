/** Lock-out: after several wrong passwords or codes of a second factor, the pool refuses attempts for a time. */
import type { ExpiringStore } from './expiring-store.ts';
import { notAuthorized } from './service-exception.ts';
import type { Failures, User } from './users.ts';

/** The parts of a pool that lock-out depends on. */
interface Lockout {
  readonly lockout: boolean;
  readonly now: () => number;
  /** The failures under names that no user has, so that they are locked out like those of users. */
  readonly hiddenFailures: ExpiringStore<Failures>;
}

/** So many failures have no consequence. Each one after them doubles the time of refusal. */
const FREE_FAILURES = 5;
/** The longest time of refusal. After it without a failure the count begins again. */
export const QUIET_MS = 15 * 60_000;

export function isLockedOut({ lockout, now }: Lockout, { count, last }: Failures): boolean {
  if (!lockout || count < FREE_FAILURES) return false;
  return now() - last < Math.min(QUIET_MS, 1000 * 2 ** (count - FREE_FAILURES));
}

/**
 * The developer guide has the same limits for passwords and codes. The service's text for codes is not known.
 *
 * @throws ServiceException NotAuthorizedException
 */
export function assertNotLockedOut(pool: Lockout, failures: Failures): void {
  if (isLockedOut(pool, failures)) throw notAuthorized('Password attempts exceeded');
}

export function countFailure({ now }: Lockout, failures: Failures): void {
  if (now() - failures.last >= QUIET_MS) failures.count = 0;
  failures.count += 1;
  failures.last = now();
}

/** Finds the failures of a user, or those of a name that nobody has, which is locked out in the same way. */
export function failuresOf({ hiddenFailures }: Lockout, user: User | undefined, name: string): Failures {
  if (user) return user.failures;
  const failures = hiddenFailures.get(name)?.value ?? { count: 0, last: 0 };
  // Put again, because the store removes what was put first
  hiddenFailures.delete(name);
  hiddenFailures.put(name, failures);
  return failures;
}
