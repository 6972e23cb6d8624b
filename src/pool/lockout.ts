/** Lock-out: wrong passwords, and wrong codes of a second factor, make the next attempt wait. */
import type { ExpiringStore } from './expiring-store.ts';
import { notAuthorized } from './service-exception.ts';
import type { User } from './users.ts';

/** Wrong attempts in a row, and when the last was. */
export type Failures = User['failures'];

/** What of a pool decides. */
interface Lockout {
  readonly lockout: boolean;
  readonly now: () => number;
  /** Under names that no user has. */
  readonly hiddenFailures: ExpiringStore<Failures>;
}

/** Five are free; then each doubles a pause, up to 15 minutes, which also forgives them all. */
const FREE_FAILURES = 5;
export const QUIET_MS = 15 * 60_000;

export function isLockedOut({ lockout, now }: Lockout, { count, last }: Failures): boolean {
  if (!lockout || count < FREE_FAILURES) return false;
  return now() - last < Math.min(QUIET_MS, 1000 * 2 ** (count - FREE_FAILURES));
}

/**
 * For codes the developer guide has the same limits; the text is not known.
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

/** A user's; for a name that nobody has, those of the name. A user who is hidden is locked out like any other. */
export function failuresOf({ hiddenFailures }: Lockout, user: User | undefined, name: string): Failures {
  if (user) return user.failures;
  const failures = hiddenFailures.get(name)?.value ?? { count: 0, last: 0 };
  // Put anew: the store forgets in the order of entering
  hiddenFailures.delete(name);
  hiddenFailures.put(name, failures);
  return failures;
}
