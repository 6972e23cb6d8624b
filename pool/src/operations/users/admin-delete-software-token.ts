/** AdminDeleteSoftwareToken: removes the authenticator app of a user, who can then set up another one. */
import { ServiceException } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';
import { findNamedUser } from './named-user.ts';

/** AWS's model names the refusals. That they are for these cases is an assumption, and AWS's texts are not known. */
export const adminDeleteSoftwareToken = poolOperation(
  'AdminDeleteSoftwareToken',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    if (user.status === 'UNCONFIRMED') {
      throw new ServiceException('UserNotConfirmedException', 'User is not confirmed.');
    }
    if (!user.softwareToken) {
      throw new ServiceException('ResourceNotFoundException', 'Software token does not exist for the user.');
    }
    const { enabled, preferred } = user.mfa;
    pool.users.update(user, {
      softwareToken: undefined,
      mfa: {
        ...user.mfa,
        enabled: enabled.filter((factor) => factor !== 'SOFTWARE_TOKEN_MFA'),
        preferred: preferred === 'SOFTWARE_TOKEN_MFA' ? undefined : preferred,
      },
    });
    return {};
  },
);
