/** Signs in the user of an identity provider, with the triggers of a first and of a later sign-in in the order of the developer guide. */
import type { User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { type Claims, mapClaims } from './attribute-mapping.ts';
import {
  createFederatedUser,
  type FederatedIdentity,
  federatedUsername,
  findFederatedUser,
  updateFederatedUser,
  withVerifiedFlags,
} from './federated-user.ts';
import { FederationError } from './federation-error.ts';
import {
  runPostAuthentication,
  runPostConfirmation,
  runPreAuthentication,
  runPreSignUp,
} from './federation-triggers.ts';

/**
 * @param claims those that are mapped, as InboundFederation left them
 * @throws FederationError, ServiceException
 */
export async function signInFederatedUser(
  pool: Pool,
  client: Client,
  identity: FederatedIdentity,
  claims: Claims,
): Promise<User> {
  const attributes = mapClaims(identity.provider.mapping, claims);
  const known = findFederatedUser(pool, identity);
  if (known) {
    assertEnabled(known);
    await runPreAuthentication(pool, client, known);
    const user = stillThere(pool, known);
    updateFederatedUser(pool, client, user, attributes);
    await runPostAuthentication(pool, client, user);
    return stillThere(pool, user);
  }
  const checked = await runPreSignUp(
    pool,
    client,
    federatedUsername(pool, identity),
    withVerifiedFlags(attributes),
  );
  // The trigger may have linked the identity to a user, who is then signed in. Measured in 2026; before, such a sign-in failed once
  const linked = findFederatedUser(pool, identity);
  if (linked) {
    assertEnabled(linked);
    updateFederatedUser(pool, client, linked, attributes);
    return linked;
  }
  const user = createFederatedUser(pool, client, identity, checked);
  await runPostConfirmation(pool, client, user);
  return stillThere(pool, user);
}

/** Reported: the text. */
function assertEnabled({ enabled }: User): void {
  if (!enabled) throw new FederationError('User is not enabled', 'invalid_request', 'The user is disabled');
}

/** A trigger takes its time, in which the user may have been removed or disabled. */
function stillThere(pool: Pool, user: User): User {
  if (pool.users.findAny(user.sub) !== user) throw new FederationError('User does not exist.');
  assertEnabled(user);
  return user;
}
