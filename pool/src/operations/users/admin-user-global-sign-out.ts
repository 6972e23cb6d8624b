/** AdminUserGlobalSignOut: revokes all tokens of a user. */
import { poolOperation } from '../operation.ts';
import { findNamedUser } from './named-user.ts';

export const adminUserGlobalSignOut = poolOperation(
  'AdminUserGlobalSignOut',
  { access: 'iam' },
  async (pool, input) => {
    pool.grants.revokeAll(findNamedUser(pool, input.Username));
    return {};
  },
);
