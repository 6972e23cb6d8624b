/** Adds a user whom UserMigration brings along. */
import { assertNewAttributes, assertRequired } from '../domain/attribute-schema.ts';
import { ATTRIBUTE_OF } from '../domain/codes.ts';
import { claimNames, readNewName } from '../domain/new-names.ts';
import { newVerifier } from '../domain/passwords.ts';
import type { User } from '../domain/user.ts';
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
  if (added && migration.isWelcomed) welcome(pool, added, migration);
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

/**
 * Welcomes the user. The texts of the pool's settings and of CustomMessage have a temporary password, which this user does not have, and a
 * custom sender is there for codes. So the message has a text of its own. What AWS says in it is not known.
 */
function welcome(pool: Pool, { username, attributes }: User, { deliveryMediums }: Migration): void {
  for (const medium of deliveryMediums) {
    const to = attributes[ATTRIBUTE_OF[medium]];
    if (to === undefined) continue;
    pool.codes.deliver({
      to,
      medium,
      purpose: 'AdminCreateUser',
      code: '',
      subject: medium === 'EMAIL' ? 'Your account' : undefined,
      body: `Your username is ${username}`,
      username,
    });
  }
}
