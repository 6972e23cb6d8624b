/** DeleteWebAuthnCredential: removes a passkey of the user. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { ServiceException } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';

export const deleteWebAuthnCredential = poolOperation(
  'DeleteWebAuthnCredential',
  { access: 'token' },
  async (pool, input) => {
    const { user } = await bearerOf(pool, input.AccessToken);
    const passkeys = user.passkeys.filter(({ id }) => id !== input.CredentialId);
    if (passkeys.length === user.passkeys.length) {
      throw new ServiceException('ResourceNotFoundException', 'The passkey does not exist.');
    }
    pool.users.update(user, { passkeys });
    return {};
  },
);
