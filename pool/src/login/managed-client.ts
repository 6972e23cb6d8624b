/** The pool and the app client as the page of managed login sees them. */
import { acceptsProvider } from '../domain/identity-providers.ts';
import type { ManagedLogin, Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';

/**
 * The service's page signs in whatever ExplicitAuthFlows the client has, and no page can keep a secret. Documented of the flows:
 * ExplicitAuthFlows are those of the API.
 */
const FLOWS = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_CUSTOM_AUTH',
] as const;

/** Makes the pool that the page signs in with. It has this client alone, and its sign-ins are not those of the API. */
export const managedLoginOf = (pool: Pool, client: Client, managedLogin: ManagedLogin): Pool => ({
  ...withoutSecrets(pool, { ...client, ExplicitAuthFlows: [...FLOWS] }),
  ...pool.pageSignIns,
  managedLogin,
});

/** Makes a pool that has this client alone, and asks for no SECRET_HASH of it, because a browser cannot keep a secret. */
export function withoutSecrets(pool: Pool, client: Client): Pool {
  const shown: Client = { ...client, secrets: [] };
  const { clients } = pool;
  return {
    ...pool,
    clients: {
      size: 1,
      get: (id) => (id === client.ClientId ? shown : undefined),
      put: clients.put,
      delete: clients.delete,
      values: () => [shown].values(),
    },
  };
}

/** Whether users of the pool itself may sign in. The service shows no page for a client without the setting. The local pool shows it,
 * and its users may sign in. */
export const acceptsOwnUsers = (client: Client): boolean => acceptsProvider(client, 'COGNITO');
