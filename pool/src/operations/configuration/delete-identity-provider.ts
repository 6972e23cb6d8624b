/** DeleteIdentityProvider: removes an identity provider. */
import { deleteDocument } from '../../domain/documents.ts';
import { IDENTITY_PROVIDER } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const deleteIdentityProvider = storedOperation(
  'DeleteIdentityProvider',
  async (pool, { ProviderName }) => {
    deleteDocument(pool, IDENTITY_PROVIDER, ProviderName);
    return undefined;
  },
);
