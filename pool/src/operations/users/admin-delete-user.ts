/** AdminDeleteUser: removes a user with all devices, passkeys and memberships. */
import { poolOperation } from '../operation.ts';
import { findNamedUser } from './named-user.ts';

/** The user's tokens are then refused. */
export const adminDeleteUser = poolOperation('AdminDeleteUser', { access: 'iam' }, async (pool, input) => {
  pool.users.remove(findNamedUser(pool, input.Username));
  return undefined;
});
