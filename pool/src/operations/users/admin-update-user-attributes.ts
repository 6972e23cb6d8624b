/** AdminUpdateUserAttributes: sets attributes of a user, also whether an address is verified. */
import { setAttributes } from '../../domain/attribute-changes.ts';
import { assertChanges } from '../../domain/attribute-schema.ts';
import { attributesOf } from '../../domain/attributes.ts';
import { userDoesNotExist } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';
import { sendVerificationCode } from '../profile/verification-code.ts';

export const adminUpdateUserAttributes = poolOperation(
  'AdminUpdateUserAttributes',
  { access: 'iam' },
  async (pool, input) => {
    const user = pool.users.findAny(input.Username);
    if (!user) throw userDoesNotExist();
    const given = attributesOf(input.UserAttributes);
    assertChanges(pool, 'admin', user, given);
    const request = {
      occasion: 'UpdateUserAttribute',
      user,
      clientId: undefined,
      clientMetadata: input.ClientMetadata,
    } as const;
    for (const name of setAttributes(pool, user, given)) {
      if (pool.autoVerifiedAttributes.includes(name)) await sendVerificationCode(pool, request, name);
    }
    return {};
  },
);
