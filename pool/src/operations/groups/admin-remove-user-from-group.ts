/** AdminRemoveUserFromGroup: takes a user out of a group. */
import { leaveGroup } from '../../domain/groups.ts';
import { poolOperation } from '../operation.ts';
import { findNamedUser } from '../users/named-user.ts';

/** Measured: a group that the pool does not have is not an error. */
export const adminRemoveUserFromGroup = poolOperation(
  'AdminRemoveUserFromGroup',
  { access: 'iam' },
  async (pool, input) => {
    leaveGroup(pool, findNamedUser(pool, input.Username), input.GroupName);
    return undefined;
  },
);
