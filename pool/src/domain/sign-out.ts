/** What ends with all the sessions of a user: the tokens, and whatever could still be exchanged for some. */
import type { PoolState } from '../service/pool.ts';
import type { User } from './user.ts';

/**
 * Revokes the grants of a user, and forgets the codes of /oauth2/authorize and the tickets of managed login. The sessions of managed
 * login stay.
 */
export function signOutEverywhere({ grants, authorizationCodes, tickets }: PoolState, user: User): void {
  grants.revokeAll(user);
  authorizationCodes.forget(user);
  tickets.forget(user);
}
