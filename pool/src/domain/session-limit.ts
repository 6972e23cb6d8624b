/** How many sessions a user may have in a pool that tracks them. */
import type { Pool } from '../service/pool.ts';
import type { User } from './user.ts';

/** Ends the sessions that a new one leaves no room for: those that were used the longest ago, as documented. */
export function endSurplusSessions(pool: Pool, user: User, time: number): void {
  if (!pool.userSessionTracking) return;
  const active = pool.grants.active(user, time);
  const byUse = [...active].sort((one, other) => one.lastActiveAt - other.lastActiveAt);
  const surplus = Math.max(0, active.length + 1 - pool.maxSessionsPerUser);
  for (const grant of byUse.slice(0, surplus)) pool.grants.revoke(grant);
}
