/** CreateIdentityProvider: adds an identity provider to the pool. A sign-in checks its details. */
import { addDocument } from '../../domain/documents.ts';
import { IDENTITY_PROVIDER } from '../../domain/identity-providers.ts';
import { datesOf } from '../configuration/kinds.ts';
import { poolOperation } from '../operation.ts';
import { describedDetails } from './described-details.ts';
import { checkIdentifiers } from './provider-identifiers.ts';

export const createIdentityProvider = poolOperation(
  'CreateIdentityProvider',
  { access: 'iam' },
  async (pool, input) => {
    checkIdentifiers(pool, input);
    const ProviderDetails = describedDetails(input.ProviderType, input.ProviderDetails);
    const provider = { ...input, ProviderDetails, ...datesOf(pool) };
    return { IdentityProvider: addDocument(pool, IDENTITY_PROVIDER, input.ProviderName, provider) };
  },
);
