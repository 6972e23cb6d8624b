/** AdminAddUserToGroup: adds a user to a group. A member can be added again. */
import { groupOf, joinGroup } from '../../domain/groups.ts';
import { poolOperation } from '../operation.ts';
import { findNamedUser } from '../users/named-user.ts';

export const adminAddUserToGroup = poolOperation(
  'AdminAddUserToGroup',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    joinGroup(pool, user, groupOf(pool, input.GroupName));
    return undefined;
  },
);
