/** AdminGetUserAuthFactors: the factors that a user can begin a sign-in with. */

import { poolOperation } from '../operation.ts';
import { describeMfa, findAuthFactors } from '../profile/user-description.ts';
import { findNamedUser } from './named-user.ts';

export const adminGetUserAuthFactors = poolOperation(
  'AdminGetUserAuthFactors',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    return {
      Username: user.username,
      ...describeMfa(user),
      ConfiguredUserAuthFactors: findAuthFactors(pool, user),
    };
  },
);
