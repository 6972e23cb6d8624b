/** DescribeIdentityProvider: describes an identity provider. */
import { documentOf } from '../../domain/documents.ts';
import { IDENTITY_PROVIDER } from '../../domain/identity-providers.ts';
import { poolOperation } from '../operation.ts';

export const describeIdentityProvider = poolOperation(
  'DescribeIdentityProvider',
  { access: 'iam' },
  async (pool, { ProviderName }) => {
    return { IdentityProvider: documentOf(pool, IDENTITY_PROVIDER, ProviderName) };
  },
);
