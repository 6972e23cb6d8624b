/** GetIdentityProviderByIdentifier: describes the identity provider that has an identifier. */
import { findByIdentifier, IDENTITY_PROVIDER } from '../../domain/identity-providers.ts';
import { poolOperation } from '../operation.ts';

export const getIdentityProviderByIdentifier = poolOperation(
  'GetIdentityProviderByIdentifier',
  { access: 'iam' },
  async (pool, { IdpIdentifier }) => {
    const provider = findByIdentifier(pool, IdpIdentifier);
    if (!provider) throw IDENTITY_PROVIDER.missing(IdpIdentifier, pool);
    return { IdentityProvider: provider };
  },
);
