/** GlobalSignOut: revokes every grant of the user. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { signOutEverywhere } from '../../domain/sign-out.ts';
import { poolOperation } from '../operation.ts';

export const globalSignOut = poolOperation('GlobalSignOut', { access: 'token' }, async (pool, input) => {
  const { user } = await bearerOf(pool, input.AccessToken);
  signOutEverywhere(pool, user);
  return {};
});
