/** What the events of the three triggers of CUSTOM_AUTH have in common. */
import { hidesUsers } from '../domain/clients.ts';
import { invalidParameter } from '../domain/service-exception.ts';
import type { User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import type { LambdaEvent, LambdaResponse } from './lambda-event.ts';
import { hasTrigger, runTrigger } from './run-trigger.ts';
import { makeEvent, userAttributesOf, withClientMetadata } from './trigger-event.ts';
import type { TriggerName } from './trigger-names.ts';

/** A CUSTOM_AUTH sign-in, as its triggers see it. */
export interface CustomSignIn {
  readonly pool: Pool;
  readonly client: Client;
  /** The canonical name. For a user who does not exist, the name that was typed. */
  readonly username: string;
  readonly user: User | undefined;
  /** The ClientMetadata of RespondToAuthChallenge. That of InitiateAuth is not passed on. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** @throws ServiceException InvalidParameterException if the pool does not have the trigger, and what `runTrigger` throws */
export async function runChallengeTrigger(
  { pool, client, username, user, clientMetadata }: CustomSignIn,
  name: TriggerName,
  members: Readonly<Record<string, unknown>>,
  response: object,
): Promise<LambdaResponse> {
  if (!hasTrigger(pool, name)) {
    throw invalidParameter('Custom auth lambda trigger is not configured for the user pool.');
  }
  const request = {
    userAttributes: user ? userAttributesOf(pool, user) : {},
    ...members,
    ...withClientMetadata(clientMetadata),
    // Documented: populated if the client has PreventUserExistenceErrors
    ...(hidesUsers(client) && { userNotFound: user === undefined }),
  };
  const caller = { userName: username, clientId: client.ClientId };
  const event: LambdaEvent = makeEvent(pool, `${name}_Authentication`, caller, request, response);
  return runTrigger(pool, name, event);
}
