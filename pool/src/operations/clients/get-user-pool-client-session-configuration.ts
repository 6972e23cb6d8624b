/** GetUserPoolClientSessionConfiguration: how long an app client reuses a session of the managed login. */
import { poolOperation } from '../operation.ts';
import { describeClientSession } from './client-session.ts';
import { findKnownClient } from './known-client.ts';

export const getUserPoolClientSessionConfiguration = poolOperation(
  'GetUserPoolClientSessionConfiguration',
  { access: 'iam' },
  async (pool, input) => describeClientSession(findKnownClient(pool, input.ClientId)),
);
