/** AdminDisableUser: refuses a user, revokes all tokens, and ends the sessions of managed login. */
import { poolOperation } from '../operation.ts';
import { findNamedUser } from './named-user.ts';

export const adminDisableUser = poolOperation('AdminDisableUser', { access: 'iam' }, async (pool, input) => {
  const user = findNamedUser(pool, input.Username);
  pool.users.update(user, { enabled: false });
  pool.grants.revokeAll(user);
  pool.loginSessions.closeAll(user);
  return {};
});
