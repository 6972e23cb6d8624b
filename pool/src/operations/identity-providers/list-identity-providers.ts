/** ListIdentityProviders: lists the identity providers, page by page. */

import { IDENTITY_PROVIDER } from '../../domain/identity-providers.ts';
import { listDocumentPage } from '../configuration/document-pages.ts';
import { poolOperation } from '../operation.ts';

export const listIdentityProviders = poolOperation(
  'ListIdentityProviders',
  { access: 'iam' },
  async (pool, input) => {
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
  },
);
