/** CreateIdentityProvider: adds an identity provider to the pool. Its details are not checked. */
import { addDocument } from '../../domain/documents.ts';
import { datesOf, IDENTITY_PROVIDER } from './kinds.ts';
import { checkIdentifiers } from './provider-identifiers.ts';
import { storedOperation } from './stored-operation.ts';

export const createIdentityProvider = storedOperation('CreateIdentityProvider', async (pool, input) => {
  checkIdentifiers(pool, input);
  const provider = { ...input, ...datesOf(pool) };
  return { IdentityProvider: addDocument(pool, IDENTITY_PROVIDER, input.ProviderName, provider) };
});
