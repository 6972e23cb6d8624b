/** CompleteWebAuthnRegistration: adds the passkey that the browser made. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { verifyRegistration } from '../../domain/passkeys.ts';
import { poolOperation } from '../operation.ts';

/** Credential is a RegistrationResponseJSON. */
export const completeWebAuthnRegistration = poolOperation(
  'CompleteWebAuthnRegistration',
  { access: 'token' },
  async (pool, input) => {
    const { user, clientId } = await bearerOf(pool, input.AccessToken);
    const passkey = await verifyRegistration(pool, user, clientId, input.Credential);
    const others = user.passkeys.filter(({ id }) => id !== passkey.id);
    pool.users.update(user, { passkeys: [...others, passkey] });
    return {};
  },
);
