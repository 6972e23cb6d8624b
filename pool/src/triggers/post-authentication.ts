/** PostAuthentication: a trigger that runs after the last challenge, before there are tokens. */
import type { User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { hasTrigger, runTrigger } from './run-trigger.ts';
import { makeEvent, userAttributesOf, withClientMetadata } from './trigger-event.ts';

/** A sign-in whose challenges have all been answered. */
export interface AuthenticatedUser {
  readonly client: Client;
  readonly user: User;
  /** Whether the pool tracks devices, and the sign-in did not name one that it knows. */
  readonly newDeviceUsed: boolean;
  /** The ClientMetadata of the answer that ended the sign-in. That of InitiateAuth is not passed on. */
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
}

/**
 * Runs PostAuthentication, if the pool has it.
 *
 * @throws ServiceException what `runTrigger` throws; the sign-in then fails
 */
export async function postAuthentication(
  pool: Pool,
  { client, user, newDeviceUsed, clientMetadata }: AuthenticatedUser,
): Promise<void> {
  if (!hasTrigger(pool, 'PostAuthentication')) return;
  const request = {
    userAttributes: userAttributesOf(pool, user),
    newDeviceUsed,
    ...withClientMetadata(clientMetadata),
  };
  const caller = { userName: user.username, clientId: client.ClientId };
  await runTrigger(
    pool,
    'PostAuthentication',
    makeEvent(pool, 'PostAuthentication_Authentication', caller, request, {}),
  );
}
