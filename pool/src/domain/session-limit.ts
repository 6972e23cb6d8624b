/** How many sessions a user may have in a pool that tracks them. */
import type { Pool } from '../service/pool.ts';
import type { Grant } from './grants.ts';
import type { User } from './user.ts';

/**
 * Ends the sessions that a new one leaves no room for: those that were used the longest ago, as documented. It is called once the new
 * one has its tokens, because a sign-in that is refused must not end another session. Documented: token sessions alone count, not those
 * of managed login. A grant from before the pool tracked sessions is none.
 *
 * @param grant the new session. Those that have begun after it see to their own room.
 */
export function endSurplusSessions(pool: Pool, user: User, grant: Grant, time: number): void {
  if (!pool.userSessionTracking) return;
  const active = pool.grants.active(user, time).filter(({ sessionId }) => sessionId !== undefined);
  const place = active.findIndex(({ eventId }) => eventId === grant.eventId);
  const earlier = active.slice(0, Math.max(0, place));
  const byUse = [...earlier].sort((one, other) => one.lastActiveAt - other.lastActiveAt);
  const surplus = Math.max(0, earlier.length + 1 - pool.maxSessionsPerUser);
  for (const each of byUse.slice(0, surplus)) pool.grants.revoke(each);
}
