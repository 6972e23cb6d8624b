/** GlobalSignOut: revokes every grant of the user. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { poolOperation } from '../operation.ts';

export const globalSignOut = poolOperation('GlobalSignOut', { access: 'token' }, async (pool, input) => {
  const { user } = await bearerOf(pool, input.AccessToken);
  pool.grants.revokeAll(user);
  return {};
});
