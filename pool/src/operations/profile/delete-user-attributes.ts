/** DeleteUserAttributes: removes attributes of the user. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { clientOf } from '../../domain/admission.ts';
import { removeAttributes } from '../../domain/attribute-changes.ts';
import { assertRemovals } from '../../domain/attribute-schema.ts';
import { poolOperation } from '../operation.ts';

export const deleteUserAttributes = poolOperation(
  'DeleteUserAttributes',
  { access: 'token' },
  async (pool, input) => {
    const { user, clientId } = await bearerOf(pool, input.AccessToken);
    assertRemovals(pool, clientOf(pool, clientId), input.UserAttributeNames);
    removeAttributes(pool, user, input.UserAttributeNames);
    return {};
  },
);
