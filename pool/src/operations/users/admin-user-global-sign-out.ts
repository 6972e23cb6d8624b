/** AdminUserGlobalSignOut: revokes all tokens of a user. */
import { signOutEverywhere } from '../../domain/sign-out.ts';
import { poolOperation } from '../operation.ts';
import { findNamedUser } from './named-user.ts';

export const adminUserGlobalSignOut = poolOperation(
  'AdminUserGlobalSignOut',
  { access: 'iam' },
  async (pool, input) => {
    signOutEverywhere(pool, findNamedUser(pool, input.Username));
    return {};
  },
);
