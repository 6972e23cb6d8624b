/** AssociateSoftwareToken: makes the secret of an authenticator app, with the Session of MFA_SETUP or an access token. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { newSecret, type SoftwareToken } from '../../domain/totp.ts';
import { poolOperation } from '../operation.ts';
import { findSetupSession, replaceSession } from './software-token-setup.ts';

export const associateSoftwareToken = poolOperation(
  'AssociateSoftwareToken',
  { access: 'public' },
  async (pool, input) => {
    const token: SoftwareToken = { secret: newSecret(pool.random), friendlyName: undefined, usedSteps: [] };
    if (input.AccessToken !== undefined) {
      const { user } = await bearerOf(pool, input.AccessToken);
      // Only a verified app is a change of the user
      pool.users.note(user, { unverifiedSoftwareToken: token });
      return { SecretCode: token.secret };
    }
    const { session, awaited } = findSetupSession(pool, input.Session);
    const Session = replaceSession(pool, session, { ...awaited, token, verified: false });
    return { SecretCode: token.secret, Session };
  },
);
