/** AdminListGroupsForUser: describes the groups of a user, page by page, in the order of the claim `cognito:groups`. */
import { groupsOf } from '../../domain/groups.ts';
import { poolOperation } from '../operation.ts';
import { findNamedUser } from '../users/named-user.ts';
import { listGroupPage } from './group-pages.ts';

export const adminListGroupsForUser = poolOperation(
  'AdminListGroupsForUser',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    return listGroupPage(`groups of user ${user.sub}`, groupsOf(pool, user), input);
  },
);
