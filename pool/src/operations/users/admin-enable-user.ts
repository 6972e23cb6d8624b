/** AdminEnableUser: lets a user sign in again. */
import { poolOperation } from '../operation.ts';
import { findNamedUser } from './named-user.ts';

/** Tokens that AdminDisableUser revoked stay revoked. */
export const adminEnableUser = poolOperation('AdminEnableUser', { access: 'iam' }, async (pool, input) => {
  pool.users.update(findNamedUser(pool, input.Username), { enabled: true });
  return {};
});
