/** CreateUserPoolClient: adds an app client, with a secret if that is asked. */

import { createSecret, newClientId, newSecretValue } from '../../domain/client-secrets.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';
import { checkClient } from './client-checks.ts';
import { settingsOf } from './client-settings.ts';
import { describeClient } from './known-client.ts';

/** PublishSecretsInAWSSecretsManager changes nothing, because a local pool has no Secrets Manager. */
export const createUserPoolClient = poolOperation(
  'CreateUserPoolClient',
  { access: 'iam' },
  async (pool, input) => {
    const { ClientName, GenerateSecret: generates, ClientSecret: given } = input;
    // AWS's text is not known.
    if (generates && given !== undefined) {
      throw invalidParameter('GenerateSecret and ClientSecret cannot be specified together.');
    }
    const time = pool.now();
    const ClientId = newClientId(pool.random);
    const secret = generates ? newSecretValue(pool.random) : given;
    const client = {
      ...settingsOf(input),
      ClientId,
      ClientName,
      CreationDate: time / 1000,
      LastModifiedDate: time / 1000,
      UserPoolId: pool.userPoolId,
      secrets: secret === undefined ? [] : [createSecret(ClientId, secret, [], time)],
    };
    checkClient(client, pool);
    pool.clients.put(ClientId, client);
    return { UserPoolClient: describeClient(client) };
  },
);
