/** DescribeUserPoolClient: the settings of an app client, and its secret. */
import { poolOperation } from '../operation.ts';
import { describeClient, findKnownClient } from './known-client.ts';

export const describeUserPoolClient = poolOperation(
  'DescribeUserPoolClient',
  { access: 'iam' },
  async (pool, input) => ({ UserPoolClient: describeClient(findKnownClient(pool, input.ClientId)) }),
);
