/** The sessions that lead from SignUp through ConfirmSignUp to a sign-in with USER_AUTH. */
import { flowsOf, sessionMs } from '../../domain/clients.ts';
import { ServiceException } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';
import type { Pool } from '../../service/pool.ts';
import type { Client } from '../../settings/pool-settings.ts';
import { NO_TRAIL } from '../../sign-in/trail.ts';

export const allowsUserAuth = (client: Client): boolean => flowsOf(client).includes('ALLOW_USER_AUTH');

/** Opens a session that continues the sign-up, if the client can continue it with USER_AUTH. */
export function openSignUpSession(
  { sessions }: Pool,
  client: Client,
  { username }: User,
  challengeName: 'SIGN_UP' | 'SIGN_UP_CONFIRMED',
): { readonly Session?: string } {
  if (!allowsUserAuth(client)) return {};
  const { ClientId: clientId } = client;
  const awaited = { challengeName };
  const { id } = sessions.open(
    { clientId, username, kind: 'USER_AUTH', trail: NO_TRAIL, awaited },
    sessionMs(client),
  );
  return { Session: id };
}

/**
 * Uses the session of SignUp. A right code confirms the user even if the session has expired, and the user then signs
 * in with a new session.
 *
 * @returns whether the sign-up can be continued
 */
export function takeSignUpSession(
  { sessions }: Pool,
  { ClientId: clientId }: Client,
  { username }: User,
  id: string | undefined,
): boolean {
  // aws-amplify sends no session, and continues with the one it gets
  if (id === undefined) return true;
  try {
    const session = sessions.get(id, { clientId, username });
    if (session.awaited.challengeName !== 'SIGN_UP') return false;
    session.used = true;
    return true;
  } catch (error) {
    if (error instanceof ServiceException) return false;
    throw error;
  }
}
