/** UpdateIdentityProvider: changes an identity provider. Whether AWS keeps what is omitted is not known; here it is kept. */
import { changeDocument, documentOf } from '../../domain/documents.ts';
import { IDENTITY_PROVIDER } from '../../domain/identity-providers.ts';
import { datesOf } from '../configuration/kinds.ts';
import { poolOperation } from '../operation.ts';
import { describedDetails } from './described-details.ts';
import { checkIdentifiers } from './provider-identifiers.ts';

export const updateIdentityProvider = poolOperation(
  'UpdateIdentityProvider',
  { access: 'iam' },
  async (pool, input) => {
    const { ProviderName, UserPoolId, ProviderDetails: details, ...changes } = input;
    const { ProviderType } = documentOf(pool, IDENTITY_PROVIDER, ProviderName);
    checkIdentifiers(pool, input);
    const { LastModifiedDate } = datesOf(pool);
    return {
      IdentityProvider: changeDocument(pool, IDENTITY_PROVIDER, ProviderName, {
        ...changes,
        ProviderDetails: details && describedDetails(ProviderType, details),
        LastModifiedDate,
      }),
    };
  },
);
