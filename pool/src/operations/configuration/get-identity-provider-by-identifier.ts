/** GetIdentityProviderByIdentifier: describes the identity provider that has an identifier. */
import { findByIdentifier, IDENTITY_PROVIDER } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const getIdentityProviderByIdentifier = storedOperation(
  'GetIdentityProviderByIdentifier',
  async (pool, { IdpIdentifier }) => {
    const provider = findByIdentifier(pool, IdpIdentifier);
    if (!provider) throw IDENTITY_PROVIDER.missing(IdpIdentifier, pool);
    return { IdentityProvider: provider };
  },
);
