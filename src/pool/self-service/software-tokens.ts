/** AssociateSoftwareToken and VerifySoftwareToken, which take the Session of MFA_SETUP or an access token. */
import { bearerOf } from '../access-tokens.ts';
import { invalidParameter, notAuthorized, ServiceException } from '../service-exception.ts';
import { wrongCode } from '../sign-in/attempt.ts';
import type { AwaitedOf, Session } from '../sign-in/sessions.ts';
import type { PoolState } from '../state.ts';
import { newSecret, noSoftwareToken, type SoftwareToken, useCode } from '../totp.ts';

export interface AssociateSoftwareTokenInput {
  readonly AccessToken?: string;
  readonly Session?: string;
}

export async function associateSoftwareToken(
  pool: PoolState,
  input: AssociateSoftwareTokenInput,
): Promise<object> {
  const token: SoftwareToken = { secret: newSecret(pool.random), friendlyName: undefined, usedSteps: [] };
  if (input.AccessToken !== undefined) {
    const { user } = await bearerOf(pool, input.AccessToken);
    user.unverifiedSoftwareToken = token;
    return { SecretCode: token.secret };
  }
  const { session, awaited } = setupSession(pool, input.Session);
  const Session = replaceSession(pool, session, { ...awaited, token, verified: false });
  return { SecretCode: token.secret, Session };
}

export interface VerifySoftwareTokenInput extends AssociateSoftwareTokenInput {
  readonly UserCode: string;
  readonly FriendlyDeviceName?: string;
}

/** Verifies the first code of an app. The session stays valid after a wrong code. */
export async function verifySoftwareToken(pool: PoolState, input: VerifySoftwareTokenInput): Promise<object> {
  if (input.AccessToken !== undefined) {
    const { user } = await bearerOf(pool, input.AccessToken);
    const verified = verifyToken(pool, user.unverifiedSoftwareToken, input);
    if (!verified) throw codeMismatch();
    user.softwareToken = verified;
    user.unverifiedSoftwareToken = undefined;
    return { Status: 'SUCCESS' };
  }
  const { session, awaited } = setupSession(pool, input.Session);
  const token = verifyToken(pool, awaited.token, input);
  if (!token) throw wrongCode({ pool, session }, codeMismatch());
  const Session = replaceSession(pool, session, { ...awaited, token, verified: true });
  return { Status: 'SUCCESS', Session };
}

function verifyToken(
  { now }: PoolState,
  token: SoftwareToken | undefined,
  { UserCode, FriendlyDeviceName: friendlyName }: VerifySoftwareTokenInput,
): SoftwareToken | undefined {
  if (!token) throw noSoftwareToken();
  const used = useCode(token, UserCode, now());
  return used && { ...used, friendlyName };
}

function setupSession({ sessions }: PoolState, id: string | undefined) {
  if (id === undefined) throw invalidParameter('Missing required parameter Session');
  const session = sessions.get(id, {});
  const { awaited } = session;
  if (awaited.challengeName !== 'MFA_SETUP') throw notAuthorized('Invalid session for the user.');
  return { session, awaited };
}

/** Opens a new session for the next step of the set-up. The one before it cannot be used again. */
function replaceSession({ sessions }: PoolState, session: Session, awaited: AwaitedOf<'MFA_SETUP'>): string {
  session.used = true;
  const { clientId, username, kind, trail } = session;
  return sessions.open({ clientId, username, kind, trail, awaited }).id;
}

const codeMismatch = () =>
  new ServiceException('EnableSoftwareTokenMFAException', 'Code mismatch and fail enable Software Token MFA');
