/** ListUsers: describes the users of the pool that match a filter, page by page. */
import { LARGEST_PAGE, pageOf } from '../../domain/paging.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';
import type { AttributeType } from '../../model/types.generated.ts';
import { poolOperation } from '../operation.ts';
import { describeAttributes } from '../profile/user-description.ts';
import { readUserFilter } from './user-filter.ts';
import { describeUser, describeUserWith, placeOfUser } from './user-type.ts';

/** Limit 0 means the largest page. What the service does is not known. */
export const listUsers = poolOperation('ListUsers', { access: 'iam' }, async (pool, input) => {
  const matches = readUserFilter(input.Filter ?? '', pool.users.rules);
  const page = pageOf(matching(pool.users.all(), matches), placeOfUser, {
    list: `users of ${pool.userPoolId}`,
    size: input.Limit || LARGEST_PAGE,
    token: input.PaginationToken,
    // Reported: the text begins and ends like this. What stands in between is not known.
    refuse: (token) =>
      invalidParameter(`Paging marker ${token} is invalid for request ${pool.random.uuid()}`),
  });
  const { AttributesToGet: names } = input;
  return {
    Users: page.items.map((user) =>
      names === undefined ? describeUser(user) : describeUserWith(user, pickAttributes(user, names)),
    ),
    ...(page.token !== undefined && { PaginationToken: page.token }),
  };
});

function* matching(users: Iterable<User>, matches: (user: User) => boolean): Generator<User> {
  for (const user of users) if (matches(user)) yield user;
}

/**
 * Reported: every user of the page must have every attribute that is asked for.
 *
 * @throws ServiceException InvalidParameterException
 */
function pickAttributes(user: User, names: readonly string[]): readonly AttributeType[] {
  const attributes = describeAttributes(user);
  if (names.some((name) => !attributes.some(({ Name }) => Name === name))) {
    throw invalidParameter('One or more requested attributes do not exist.');
  }
  return attributes.filter(({ Name = '' }) => names.includes(Name));
}
