/** UpdateIdentityProvider: changes an identity provider. Whether AWS keeps what is omitted is not known; here it is kept. */
import { changeDocument, documentOf } from '../../domain/documents.ts';
import { datesOf, IDENTITY_PROVIDER } from './kinds.ts';
import { checkIdentifiers } from './provider-identifiers.ts';
import { storedOperation } from './stored-operation.ts';

export const updateIdentityProvider = storedOperation('UpdateIdentityProvider', async (pool, input) => {
  const { ProviderName, UserPoolId, ...changes } = input;
  documentOf(pool, IDENTITY_PROVIDER, ProviderName);
  checkIdentifiers(pool, input);
  const { LastModifiedDate } = datesOf(pool);
  return {
    IdentityProvider: changeDocument(pool, IDENTITY_PROVIDER, ProviderName, { ...changes, LastModifiedDate }),
  };
});
