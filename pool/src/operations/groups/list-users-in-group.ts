/** ListUsersInGroup: describes the members of a group, page by page. */
import { groupOf } from '../../domain/groups.ts';
import { LARGEST_PAGE, pageOf } from '../../domain/paging.ts';
import { invalidParameter, type ServiceException } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';
import type { Pool } from '../../service/pool.ts';
import { poolOperation } from '../operation.ts';
import { describeUser, placeOfUser } from '../users/user-type.ts';

export const listUsersInGroup = poolOperation('ListUsersInGroup', { access: 'iam' }, async (pool, input) => {
  const { Limit: size = LARGEST_PAGE, NextToken: token } = input;
  if (size === 0) throw emptyPage(pool);
  const { GroupName } = groupOf(pool, input.GroupName);
  const page = pageOf(membersOf(pool, GroupName), placeOfUser, {
    list: `members of ${GroupName} in ${pool.userPoolId}`,
    size,
    token,
    refuse: () => invalidParameter('Paging marker is invalid.'),
  });
  return {
    Users: page.items.map(describeUser),
    ...(page.token !== undefined && { NextToken: page.token }),
  };
});

/** Captured: the service puts the refusal of the service behind it here whole, with that one's class name and request id. */
const emptyPage = ({ random }: Pool): ServiceException =>
  invalidParameter(
    `com.amazonaws.services.identitystoreservice.model.ValidationException: 1 validation error detected: Value '0' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 1 (Service: AWSIdentityStoreService; Status Code: 400; Error Code: ValidationException; Request ID: ${random.uuid()}; Proxy: null)`,
  );

function* membersOf({ users }: Pool, name: string): Generator<User> {
  for (const user of users.all()) if (user.groups.includes(name)) yield user;
}
