/** DeleteUserPoolClient: removes an app client. Its tokens are refused from then on. */
import { poolOperation } from '../operation.ts';
import { findKnownClient } from './known-client.ts';

export const deleteUserPoolClient = poolOperation(
  'DeleteUserPoolClient',
  { access: 'iam' },
  async (pool, input) => {
    pool.clients.delete(findKnownClient(pool, input.ClientId).ClientId);
    return undefined;
  },
);
