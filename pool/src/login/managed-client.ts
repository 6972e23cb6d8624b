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
export function managedLoginOf(pool: Pool, client: Client, managedLogin: ManagedLogin): Pool {
  const shown: Client = { ...client, secrets: [], ExplicitAuthFlows: [...FLOWS] };
  const { clients } = pool;
  return {
    ...pool,
    ...pool.pageSignIns,
    clients: {
      size: 1,
      get: (id) => (id === client.ClientId ? shown : undefined),
      put: clients.put,
      delete: clients.delete,
      values: () => [shown].values(),
    },
    managedLogin,
  };
}

/** Whether users of the pool itself may sign in. Without the setting they may: the service then shows no page at all. */
export const acceptsOwnUsers = (client: Client): boolean => acceptsProvider(client, 'COGNITO');
