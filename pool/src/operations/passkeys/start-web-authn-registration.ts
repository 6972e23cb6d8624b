/** StartWebAuthnRegistration: the options for the browser to make a passkey with. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { creationOptions } from '../../domain/passkeys.ts';
import { configuredRelyingParty } from '../../domain/relying-party.ts';
import { ServiceException } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';

/** The limit for one user in the developer guide. */
const MAX_PASSKEYS = 20;

export const startWebAuthnRegistration = poolOperation(
  'StartWebAuthnRegistration',
  { access: 'token' },
  async (pool, input) => {
    const { user, clientId } = await bearerOf(pool, input.AccessToken);
    if (!pool.allowedFirstAuthFactors.includes('WEB_AUTHN')) {
      throw new ServiceException(
        'WebAuthnNotEnabledException',
        'Passkeys are not enabled for the user pool.',
      );
    }
    const relyingPartyId = configuredRelyingParty(pool);
    if (relyingPartyId === undefined) {
      // The text is not known
      throw new ServiceException(
        'WebAuthnConfigurationMissingException',
        'The user pool has no relying party id and no domain.',
      );
    }
    if (user.passkeys.length >= MAX_PASSKEYS) {
      throw new ServiceException('LimitExceededException', 'The user has too many passkeys.');
    }
    const options = await creationOptions(pool, user, { clientId, relyingPartyId });
    return { CredentialCreationOptions: { ...options } };
  },
);
