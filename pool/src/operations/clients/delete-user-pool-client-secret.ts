/** DeleteUserPoolClientSecret: removes one of two secrets of an app client. */

import { withSecrets } from '../../domain/client-secrets.ts';
import { invalidParameter, ServiceException } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';
import { findKnownClient } from './known-client.ts';

/** The last secret cannot be deleted. AWS's texts are not known. */
export const deleteUserPoolClientSecret = poolOperation(
  'DeleteUserPoolClientSecret',
  { access: 'iam' },
  async (pool, input) => {
    const client = findKnownClient(pool, input.ClientId);
    const { ClientId, secrets } = client;
    const rest = secrets.filter(({ id }) => id !== input.ClientSecretId);
    if (rest.length === secrets.length) {
      throw new ServiceException('ResourceNotFoundException', 'Client secret does not exist.');
    }
    if (rest.length === 0) throw invalidParameter('The last client secret cannot be deleted.');
    pool.clients.put(ClientId, withSecrets(client, rest, pool.now()));
    return {};
  },
);
