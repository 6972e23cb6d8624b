/** DescribeIdentityProvider: describes an identity provider. */
import { documentOf } from '../../domain/documents.ts';
import { IDENTITY_PROVIDER } from './kinds.ts';
import { storedOperation } from './stored-operation.ts';

export const describeIdentityProvider = storedOperation(
  'DescribeIdentityProvider',
  async (pool, { ProviderName }) => {
    return { IdentityProvider: documentOf(pool, IDENTITY_PROVIDER, ProviderName) };
  },
);
