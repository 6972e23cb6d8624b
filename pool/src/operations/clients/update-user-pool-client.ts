/** UpdateUserPoolClient: replaces the settings of an app client. */
import { poolOperation } from '../operation.ts';
import { checkClient } from './client-checks.ts';
import { settingsOf } from './client-settings.ts';
import { describeClient, findKnownClient } from './known-client.ts';

/** A member that is left out gets its default. Captured: the name stays. */
export const updateUserPoolClient = poolOperation(
  'UpdateUserPoolClient',
  { access: 'iam' },
  async (pool, input) => {
    const former = findKnownClient(pool, input.ClientId);
    const { ClientId, UserPoolId, CreationDate, secrets, ssoMinutes } = former;
    const client = {
      ...settingsOf(input),
      ClientId,
      ClientName: input.ClientName ?? former.ClientName,
      CreationDate,
      LastModifiedDate: pool.now() / 1000,
      UserPoolId,
      secrets,
      ssoMinutes,
    };
    checkClient(client, pool);
    pool.clients.put(ClientId, client);
    return { UserPoolClient: describeClient(client) };
  },
);
