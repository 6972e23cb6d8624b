/** AdminDisableUser: refuses a user, revokes all tokens, and ends the sessions of managed login. */
import { signOutEverywhere } from '../../domain/sign-out.ts';
import { poolOperation } from '../operation.ts';
import { findNamedUser } from './named-user.ts';

export const adminDisableUser = poolOperation('AdminDisableUser', { access: 'iam' }, async (pool, input) => {
  const user = findNamedUser(pool, input.Username);
  pool.users.update(user, { enabled: false });
  signOutEverywhere(pool, user);
  pool.loginSessions.closeAll(user);
  return {};
});
