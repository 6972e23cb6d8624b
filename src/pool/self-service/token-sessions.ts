/** ListUserSessions and RevokeUserSession: the sign-ins of a user that still have tokens. */
import { bearerOf } from '../access-tokens.ts';
import type { Grant } from '../grants.ts';
import { invalidParameter, ServiceException } from '../service-exception.ts';
import type { PoolState } from '../state.ts';
import type { TokenInput } from './profile.ts';

/** Lists all sessions on one page. There are only token sessions, because this pool has no managed login. */
export async function listUserSessions(pool: PoolState, input: TokenInput): Promise<object> {
  const { user, eventId } = await bearerOf(pool, input.AccessToken);
  assertTracking(pool);
  return { Sessions: pool.grants.active(user, pool.now()).map((grant) => describeSession(grant, eventId)) };
}

export interface RevokeUserSessionInput extends TokenInput {
  readonly SessionId: string;
  /** It changes nothing: without a managed login no session comes through another one. */
  readonly RevokeAssociatedSessions?: 'NONE' | 'LINKED';
}

/** Revokes another session of the user, with all its tokens. The texts of the refusals are not known. */
export async function revokeUserSession(pool: PoolState, input: RevokeUserSessionInput): Promise<object> {
  const { user, eventId } = await bearerOf(pool, input.AccessToken);
  assertTracking(pool);
  const grant = pool.grants.active(user, pool.now()).find(({ sessionId }) => sessionId === input.SessionId);
  if (!grant) throw new ServiceException('ResourceNotFoundException', 'Session does not exist.');
  if (grant.eventId === eventId) throw invalidParameter('The current session cannot be revoked.');
  grant.revoked = true;
  return {};
}

/** AWS's model names this exception. That it is the one for a pool without tracking is an assumption. */
function assertTracking({ userSessionTracking }: PoolState): void {
  if (userSessionTracking) return;
  throw new ServiceException(
    'OperationNotEnabledException',
    'User session tracking is not enabled for the user pool.',
  );
}

/** Makes a SessionDescriptionType. Times are sent in seconds. */
const describeSession = (grant: Grant, currentEventId: string) => ({
  SessionId: grant.sessionId,
  SessionType: 'TOKEN',
  ClientId: grant.clientId,
  CreateDate: grant.authTime,
  LastActiveDate: grant.lastActiveAt / 1000,
  DeviceType: 'unknown',
  LastIPAddress: '127.0.0.1',
  IsCurrentSession: grant.eventId === currentEventId,
});
