/** AdminDeleteUserAttributes: removes attributes of a user. */
import { removeAttributes } from '../../domain/attribute-changes.ts';
import { assertRemovals } from '../../domain/attribute-schema.ts';
import { userDoesNotExist } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';

export const adminDeleteUserAttributes = poolOperation(
  'AdminDeleteUserAttributes',
  { access: 'iam' },
  async (pool, input) => {
    const user = pool.users.findAny(input.Username);
    if (!user) throw userDoesNotExist();
    assertRemovals(pool, 'admin', input.UserAttributeNames);
    removeAttributes(pool, user, input.UserAttributeNames);
    return {};
  },
);
