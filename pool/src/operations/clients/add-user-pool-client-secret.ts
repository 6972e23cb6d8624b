/** AddUserPoolClientSecret: adds a second secret to an app client, so that the first can be replaced. */

import { createSecret, describeSecret, newSecretValue, withSecrets } from '../../domain/client-secrets.ts';
import { hasSecret } from '../../domain/clients.ts';
import { invalidParameter, ServiceException } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';
import { findKnownClient } from './known-client.ts';

const MOST_SECRETS = 2;

/** The value is shown only if the pool made it. */
export const addUserPoolClientSecret = poolOperation(
  'AddUserPoolClientSecret',
  { access: 'iam' },
  async (pool, input) => {
    const client = findKnownClient(pool, input.ClientId);
    const { ClientId, secrets } = client;
    // The operation is documented for clients that have a secret. AWS's text is not known.
    if (!hasSecret(client)) throw invalidParameter(`Client ${ClientId} is not configured with secret.`);
    if (secrets.length >= MOST_SECRETS) {
      // Only seen in an emulator. AWS's text is not known.
      const text = `Client secrets cannot exceed limit of ${MOST_SECRETS} secrets.`;
      throw new ServiceException('LimitExceededException', text);
    }
    const time = pool.now();
    const value = input.ClientSecret ?? newSecretValue(pool.random);
    const secret = createSecret(ClientId, value, secrets, time);
    pool.clients.put(ClientId, withSecrets(client, [...secrets, secret], time));
    return {
      ClientSecretDescriptor: {
        ...describeSecret(secret),
        ...(input.ClientSecret === undefined && { ClientSecretValue: value }),
      },
    };
  },
);
