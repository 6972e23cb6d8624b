/** The sessions of a user: the sign-ins that still have tokens, in a pool that tracks them. */
import type { Grant } from '../../domain/grants.ts';
import { ServiceException } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';
import type { SessionDescriptionType } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';

/**
 * Finds the sessions of a user, the oldest first.
 *
 * @throws ServiceException OperationNotEnabledException. AWS's model names this exception. That it is the one for a pool
 *   without tracking is an assumption.
 */
export function findSessions(pool: Pool, user: User): readonly Grant[] {
  if (pool.userSessionTracking) return pool.grants.active(user, pool.now());
  throw new ServiceException(
    'OperationNotEnabledException',
    'User session tracking is not enabled for the user pool.',
  );
}

/**
 * Finds one session of a user.
 *
 * @throws ServiceException OperationNotEnabledException, ResourceNotFoundException. Its text is not known.
 */
export function findSession(pool: Pool, user: User, id: string): Grant {
  const grant = findSessions(pool, user).find(({ sessionId }) => sessionId === id);
  if (!grant) throw new ServiceException('ResourceNotFoundException', 'Session does not exist.');
  return grant;
}

/**
 * Makes a SessionDescriptionType, without IsCurrentSession. Times are sent in seconds. There are only token sessions: a local pool
 * does not list those of managed login.
 */
export const describeSession = (grant: Grant): SessionDescriptionType => ({
  SessionId: grant.sessionId,
  SessionType: 'TOKEN',
  ClientId: grant.clientId,
  CreateDate: grant.authTime,
  LastActiveDate: grant.lastActiveAt / 1000,
  DeviceType: 'unknown',
  LastIPAddress: '127.0.0.1',
});
