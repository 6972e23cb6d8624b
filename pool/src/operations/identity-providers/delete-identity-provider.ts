/** DeleteIdentityProvider: removes an identity provider. */
import { deleteDocument } from '../../domain/documents.ts';
import { IDENTITY_PROVIDER } from '../../domain/identity-providers.ts';
import { poolOperation } from '../operation.ts';

export const deleteIdentityProvider = poolOperation(
  'DeleteIdentityProvider',
  { access: 'iam' },
  async (pool, { ProviderName }) => {
    deleteDocument(pool, IDENTITY_PROVIDER, ProviderName);
    return undefined;
  },
);
