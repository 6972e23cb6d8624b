/** PostConfirmation: a trigger that runs once a user is confirmed, or has a new password by a code. */
import type { User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import type { ConfirmationSource } from './events.ts';
import { hasTrigger, runTrigger } from './run-trigger.ts';
import { makeEvent, userAttributesOf, withClientMetadata } from './trigger-event.ts';

export interface Confirmation {
  readonly source: ConfirmationSource;
  readonly user: User;
  /** Undefined for AdminConfirmSignUp. */
  readonly clientId: string | undefined;
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
}

/**
 * Runs PostConfirmation, if the pool has it. Captured: the user stays confirmed if it fails, although the operation does.
 *
 * @throws ServiceException what `runTrigger` throws
 */
export async function postConfirmation(
  pool: Pool,
  { source, user, clientId, clientMetadata }: Confirmation,
): Promise<void> {
  if (!hasTrigger(pool, 'PostConfirmation')) return;
  const request = { userAttributes: userAttributesOf(pool, user), ...withClientMetadata(clientMetadata) };
  const caller = { userName: user.username, clientId };
  await runTrigger(pool, 'PostConfirmation', makeEvent(pool, source, caller, request, {}));
}
