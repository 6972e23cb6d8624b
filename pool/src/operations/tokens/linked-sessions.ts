/** What ends with a session of a user (RevokeAssociatedSessions): a sign-in with tokens is linked to the session of managed login that it came through. */
import type { Grant } from '../../domain/grants.ts';
import type { RevokeAssociatedSessionsType } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';
import type { TrackedSession } from './tracked-sessions.ts';

/** Revokes a session. With LINKED, those that are directly linked to it end too. */
export function revokeSession(
  pool: Pool,
  session: TrackedSession,
  associated: RevokeAssociatedSessionsType | undefined,
): void {
  if (session.type === 'TOKEN') {
    revokeSignIn(pool, session.grant, associated);
    return;
  }
  pool.loginSessions.closeNamed(session.id);
  if (associated !== 'LINKED') return;
  // A code would become such a sign-in
  pool.authorizationCodes.forgetThrough(session.id);
  for (const grant of pool.grants.through(session.id)) if (!grant.revoked) pool.grants.revoke(grant);
}

/**
 * Revokes a grant. With LINKED, the session of managed login ends that it came through. Other sign-ins through that session stay, as
 * documented. Without tracking, and for a grant that was revoked before, LINKED has no effect.
 */
export function revokeSignIn(
  pool: Pool,
  grant: Grant,
  associated: RevokeAssociatedSessionsType | undefined,
): void {
  const { originSessionId, revoked } = grant;
  pool.grants.revoke(grant);
  if (associated !== 'LINKED' || !pool.userSessionTracking || revoked) return;
  if (originSessionId !== undefined) pool.loginSessions.closeNamed(originSessionId);
}
