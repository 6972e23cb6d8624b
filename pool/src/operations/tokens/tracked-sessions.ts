/** The sessions of a user in a pool that tracks them: the sign-ins that still have tokens, and the browsers that are signed in. */
import type { Grant } from '../../domain/grants.ts';
import { ServiceException } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';
import type { SessionDescriptionType } from '../../model/types.generated.ts';
import type { KeptLogin } from '../../oauth/login-sessions.ts';
import type { Pool } from '../../service/pool.ts';

/** A sign-in that has tokens. */
export interface TokenSession {
  readonly type: 'TOKEN';
  readonly id: string;
  readonly grant: Grant;
}

/** A session of managed login. */
export interface SsoSession {
  readonly type: 'SSO';
  readonly id: string;
  readonly login: KeptLogin;
}

export type TrackedSession = TokenSession | SsoSession;

/**
 * Finds the sessions of a user: the sign-ins, then those of managed login, each with the oldest first. What began while the pool did
 * not track sessions is none. What AWS does with the sessions of before where tracking is turned off and on again is not known: here
 * they are listed again.
 *
 * @throws ServiceException OperationNotEnabledException. AWS's model names this exception. That it is the one for a pool
 *   without tracking is an assumption.
 */
export function findSessions(pool: Pool, user: User): readonly TrackedSession[] {
  if (!pool.userSessionTracking) {
    throw new ServiceException(
      'OperationNotEnabledException',
      'User session tracking is not enabled for the user pool.',
    );
  }
  const time = pool.now();
  return [
    ...pool.grants.active(user, time).flatMap((grant): readonly TokenSession[] => {
      const { sessionId: id } = grant;
      return id === undefined ? [] : [{ type: 'TOKEN', id, grant }];
    }),
    ...pool.loginSessions.active(user, time).flatMap((login): readonly SsoSession[] => {
      const { sessionId: id } = login;
      return id === undefined ? [] : [{ type: 'SSO', id, login }];
    }),
  ];
}

/**
 * Finds one session of a user.
 *
 * @throws ServiceException OperationNotEnabledException, ResourceNotFoundException. Its text is not known.
 */
export function findSession(pool: Pool, user: User, sessionId: string): TrackedSession {
  const session = findSessions(pool, user).find(({ id }) => id === sessionId);
  if (!session) throw new ServiceException('ResourceNotFoundException', 'Session does not exist.');
  return session;
}

/** Whether tokens are of this session. Documented: none is for an administrator, who has no tokens. */
export const isCurrent = (session: TrackedSession, eventId: string | undefined): boolean =>
  session.type === 'TOKEN' && session.grant.eventId === eventId;

/**
 * Makes a SessionDescriptionType. Times are sent in seconds.
 *
 * @param eventId that of the access token that asks. Undefined for an administrator.
 */
export const describeSession = (
  pool: Pool,
  session: TrackedSession,
  eventId: string | undefined,
): SessionDescriptionType => ({
  SessionId: session.id,
  SessionType: session.type,
  ...(session.type === 'TOKEN' ? describeGrant(session.grant) : describeLogin(pool, session)),
  DeviceType: 'unknown',
  LastIPAddress: '127.0.0.1',
  IsCurrentSession: isCurrent(session, eventId),
});

/** What an earlier version kept has no time of its own, but that of the sign-in. */
const describeGrant = ({
  clientId,
  authTime,
  createdAt = authTime * 1000,
  lastActiveAt,
  originSessionId,
}: Grant): SessionDescriptionType => ({
  ClientId: clientId,
  CreateDate: createdAt / 1000,
  LastActiveDate: lastActiveAt / 1000,
  ...(originSessionId !== undefined && { OriginSessionId: originSessionId }),
});

/** Documented: a session of managed login was last active when tokens were last issued to a sign-in that came through it. */
const describeLogin = ({ grants }: Pool, { id, login }: SsoSession): SessionDescriptionType => ({
  ...(login.clientId !== undefined && { ClientId: login.clientId }),
  CreateDate: login.createdAt / 1000,
  LastActiveDate:
    grants.through(id).reduce((latest, { lastActiveAt }) => Math.max(latest, lastActiveAt), login.createdAt) /
    1000,
});
