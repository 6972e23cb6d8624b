/** The session in which a user sets up an authenticator app: that of MFA_SETUP. */
import { clientOf } from '../../domain/admission.ts';
import { sessionMs } from '../../domain/clients.ts';
import { invalidParameter, notAuthorized } from '../../domain/service-exception.ts';
import type { Pool } from '../../service/pool.ts';
import type { AwaitedOf, Session } from '../../sign-in/sessions.ts';

export interface SetupSession {
  readonly session: Session;
  readonly awaited: AwaitedOf<'MFA_SETUP'>;
}

/** @throws ServiceException InvalidParameterException, NotAuthorizedException */
export function findSetupSession({ sessions }: Pool, id: string | undefined): SetupSession {
  if (id === undefined) throw invalidParameter('Missing required parameter Session');
  const session = sessions.get(id, {});
  const { awaited } = session;
  if (awaited.challengeName !== 'MFA_SETUP') throw notAuthorized('Invalid session for the user.');
  return { session, awaited };
}

/**
 * Opens a new session for the next step of the set-up. The one before it cannot be used again.
 *
 * @returns its id
 */
export function replaceSession(pool: Pool, session: Session, awaited: AwaitedOf<'MFA_SETUP'>): string {
  session.used = true;
  const { clientId, username, kind, trail } = session;
  const lifetimeMs = sessionMs(clientOf(pool, clientId));
  return pool.sessions.open({ clientId, username, kind, trail, awaited }, lifetimeMs).id;
}
