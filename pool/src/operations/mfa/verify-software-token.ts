/** VerifySoftwareToken: verifies the first code of an authenticator app. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { ServiceException } from '../../domain/service-exception.ts';
import { noSoftwareToken, type SoftwareToken, useCode } from '../../domain/totp.ts';
import type { Inputs } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';
import { wrongCode } from '../../sign-in/attempt.ts';
import { poolOperation } from '../operation.ts';
import { findSetupSession, replaceSession } from './software-token-setup.ts';

/** The session stays valid after a wrong code. */
export const verifySoftwareToken = poolOperation(
  'VerifySoftwareToken',
  { access: 'public' },
  async (pool, input) => {
    if (input.AccessToken !== undefined) {
      const { user } = await bearerOf(pool, input.AccessToken);
      const verified = verifyToken(pool, user.unverifiedSoftwareToken, input);
      if (!verified) throw codeMismatch();
      pool.users.update(user, { softwareToken: verified, unverifiedSoftwareToken: undefined });
      return { Status: 'SUCCESS' };
    }
    const { session, awaited } = findSetupSession(pool, input.Session);
    const token = verifyToken(pool, awaited.token, input);
    if (!token) throw wrongCode({ pool, session }, codeMismatch());
    const Session = replaceSession(pool, session, { ...awaited, token, verified: true });
    return { Status: 'SUCCESS', Session };
  },
);

function verifyToken(
  { now }: Pool,
  token: SoftwareToken | undefined,
  { UserCode, FriendlyDeviceName: friendlyName }: Inputs['VerifySoftwareToken'],
): SoftwareToken | undefined {
  if (!token) throw noSoftwareToken();
  const used = useCode(token, UserCode, now());
  return used && { ...used, friendlyName };
}

const codeMismatch = () =>
  new ServiceException('EnableSoftwareTokenMFAException', 'Code mismatch and fail enable Software Token MFA');
