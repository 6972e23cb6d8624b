/** Adds a user whom UserMigration brings along. */
import { assertNewAttributes, assertRequired } from '../domain/attribute-schema.ts';
import { ATTRIBUTE_OF } from '../domain/codes.ts';
import { claimNames, readNewName } from '../domain/new-names.ts';
import { newVerifier } from '../domain/passwords.ts';
import type { User } from '../domain/user.ts';
import { sendMessage } from '../messages/send-message.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { type Migration, type MigrationRequest, userMigration } from '../triggers/user-migration.ts';

/**
 * Asks UserMigration for a user whom the pool does not have, and adds the user. The password is not checked against the policy, as
 * documented.
 *
 * @returns undefined if the pool does not have the trigger, or the trigger does not know the user either
 * @throws ServiceException what the trigger or its attributes are refused with. AWS's refusals of attributes are not known.
 */
export async function migrateUser(
  pool: Pool,
  client: Client,
  request: MigrationRequest,
): Promise<User | undefined> {
  const migration = await userMigration(pool, client, request);
  if (!migration) return undefined;
  const added = await addUser(pool, migration, request);
  if (added && migration.isWelcomed) await welcome(pool, client, added, migration);
  return added ?? pool.users.find(request.name);
}

/** @returns undefined if another request has added the user while the trigger ran */
async function addUser(
  pool: Pool,
  { username, attributes, isConfirmed, movesAliases, enablesSms }: Migration,
  { name: typed, password }: MigrationRequest,
): Promise<User | undefined> {
  assertNewAttributes(pool, 'admin', attributes);
  const name = readNewName(pool, username, attributes);
  assertRequired(pool, name.attributes);
  const verifier = password === undefined ? undefined : await newVerifier(pool, name, password);
  if (pool.users.find(typed) ?? pool.users.find(name.username)) return undefined;
  claimNames(pool, undefined, name.attributes, { moves: movesAliases, exception: 'AliasExistsException' });
  return pool.users.add({
    ...name,
    verifier,
    status: isConfirmed ? 'CONFIRMED' : 'RESET_REQUIRED',
    ...(enablesSms && { mfa: { enabled: ['SMS_MFA'], preferred: undefined } }),
  });
}

/** What the welcome message says in place of a temporary password is not known. Here it says nothing. */
async function welcome(
  pool: Pool,
  client: Client,
  user: User,
  { deliveryMediums }: Migration,
): Promise<void> {
  for (const medium of deliveryMediums) {
    const to = user.attributes[ATTRIBUTE_OF[medium]];
    if (to === undefined) continue;
    const message = {
      purpose: 'AdminCreateUser',
      occasion: 'AdminCreateUser',
      user,
      clientId: client.ClientId,
      clientMetadata: undefined,
      destination: { to, medium },
    } as const;
    await sendMessage(pool, message, '');
  }
}
