/** PreAuthentication: a trigger that can refuse a sign-in before any factor is checked. */
import { hidesUsers } from '../domain/clients.ts';
import type { User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { hasTrigger, runTrigger } from './run-trigger.ts';
import { makeEvent, userAttributesOf } from './trigger-event.ts';

/**
 * Runs PreAuthentication, if the pool has it. It gets no `clientMetadata`, because the ClientMetadata of InitiateAuth is
 * `validationData`.
 *
 * @param user undefined if nobody has the name, of a client that hides it
 * @throws ServiceException what `runTrigger` throws
 */
export async function preAuthentication(
  pool: Pool,
  client: Client,
  userName: string,
  user: User | undefined,
  validationData: Readonly<Record<string, string>> | undefined,
): Promise<void> {
  if (!hasTrigger(pool, 'PreAuthentication')) return;
  const request = {
    userAttributes: user ? userAttributesOf(pool, user) : {},
    validationData: validationData ?? null,
    // Documented: populated if the client has PreventUserExistenceErrors
    ...(hidesUsers(client) && { userNotFound: user === undefined }),
  };
  const caller = { userName, clientId: client.ClientId };
  await runTrigger(
    pool,
    'PreAuthentication',
    makeEvent(pool, 'PreAuthentication_Authentication', caller, request, {}),
  );
}
