/** DeleteUser: removes the user with all devices and passkeys. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { poolOperation } from '../operation.ts';

/** The user's tokens are then refused with UserNotFoundException. */
export const deleteUser = poolOperation('DeleteUser', { access: 'token' }, async (pool, input) => {
  const { user } = await bearerOf(pool, input.AccessToken);
  pool.users.remove(user);
  return undefined;
});
