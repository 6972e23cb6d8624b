/** The user whom an administrator names. */
import { userDoesNotExist } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';
import type { Pool } from '../../service/pool.ts';

/**
 * Finds a user by user name, `sub`, or a name that the pool allows.
 *
 * @throws ServiceException UserNotFoundException
 */
export function findNamedUser({ users }: Pick<Pool, 'users'>, name: string): User {
  const user = users.findAny(name);
  if (!user) throw userDoesNotExist();
  return user;
}
