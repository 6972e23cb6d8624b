/** ListIdentityProviders: lists the identity providers, page by page. */
import { listDocumentPage } from './document-pages.ts';
import { IDENTITY_PROVIDER } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const listIdentityProviders = storedOperation('ListIdentityProviders', async (pool, input) => {
  const page = listDocumentPage(pool, IDENTITY_PROVIDER, ({ ProviderName }) => ProviderName, input);
  return {
    NextToken: page.token,
    Providers: page.items.map(({ CreationDate, LastModifiedDate, ProviderName, ProviderType }) => ({
      CreationDate,
      LastModifiedDate,
      ProviderName,
      ProviderType,
    })),
  };
});
