/** GetUserAuthFactors: the factors that the user can begin a sign-in with. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { poolOperation } from '../operation.ts';
import { describeMfa, findAuthFactors } from './user-description.ts';

export const getUserAuthFactors = poolOperation(
  'GetUserAuthFactors',
  { access: 'token' },
  async (pool, input) => {
    const { user } = await bearerOf(pool, input.AccessToken);
    return {
      Username: user.username,
      ...describeMfa(user),
      ConfiguredUserAuthFactors: findAuthFactors(pool, user),
    };
  },
);
