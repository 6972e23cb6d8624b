/** ListUserPoolClientSecrets: the secrets of an app client, without their values. */

import { describeSecret } from '../../domain/client-secrets.ts';
import { poolOperation } from '../operation.ts';
import { findKnownClient } from './known-client.ts';

/** There are two at most, so the service documents that it sends no NextToken. */
export const listUserPoolClientSecrets = poolOperation(
  'ListUserPoolClientSecrets',
  { access: 'iam' },
  async (pool, input) => ({
    ClientSecrets: findKnownClient(pool, input.ClientId).secrets.map(describeSecret),
  }),
);
