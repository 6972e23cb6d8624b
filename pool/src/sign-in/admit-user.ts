/** What happens before the first factor of a sign-in: the user is looked for or migrated, and PreAuthentication decides. */
import { assertMaySignIn } from '../domain/admission.ts';
import { canonicalName } from '../domain/canonical-name.ts';
import { hidesUsers } from '../domain/clients.ts';
import { userDoesNotExist } from '../domain/service-exception.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { preAuthentication } from '../triggers/pre-authentication.ts';
import { migrateUser } from './migrate-user.ts';

/** A sign-in that begins. */
export interface Entry {
  readonly name: string;
  /** The password, in a flow that may migrate a user. */
  readonly password: string | undefined;
  /** The ClientMetadata of InitiateAuth. */
  readonly validationData: Readonly<Record<string, string>> | undefined;
}

/**
 * Each flow looks for the user again, because another request may have removed the user while a trigger ran. The status of the user
 * is checked before PreAuthentication. AWS's order is not known, nor whether PreAuthentication runs in USER_AUTH.
 *
 * @throws ServiceException if the user does not exist or may not sign in, and what the triggers throw
 */
export async function admitUser(
  pool: Pool,
  client: Client,
  { name, password, validationData }: Entry,
): Promise<void> {
  const user =
    pool.users.find(name) ??
    (password === undefined
      ? undefined
      : await migrateUser(pool, client, {
          source: 'UserMigration_Authentication',
          name,
          password,
          validationData,
          clientMetadata: undefined,
        }));
  if (user) assertMaySignIn(user);
  else if (!hidesUsers(client)) throw userDoesNotExist();
  await preAuthentication(pool, client, canonicalName(pool, user, name), user, validationData);
}
