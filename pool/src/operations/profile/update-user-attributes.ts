/** UpdateUserAttributes: sets attributes, and sends a code to each new address. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { clientOf } from '../../domain/admission.ts';
import { setAttributes } from '../../domain/attribute-changes.ts';
import { assertChanges } from '../../domain/attribute-schema.ts';
import { attributesOf } from '../../domain/attributes.ts';
import type { CodeDeliveryDetails } from '../../domain/codes.ts';
import { poolOperation } from '../operation.ts';
import { sendVerificationCode } from './verification-code.ts';

export const updateUserAttributes = poolOperation(
  'UpdateUserAttributes',
  { access: 'token' },
  async (pool, input) => {
    const { user, clientId } = await bearerOf(pool, input.AccessToken);
    const given = attributesOf(input.UserAttributes);
    assertChanges(pool, clientOf(pool, clientId), user, given);
    const unverified = setAttributes(pool, user, given);
    const sent = unverified.filter((name) => pool.autoVerifiedAttributes.includes(name));
    // Captured: without a code the reply is empty
    if (sent.length === 0) return {};
    const request = {
      occasion: 'UpdateUserAttribute',
      user,
      clientId,
      clientMetadata: input.ClientMetadata,
    } as const;
    const details: CodeDeliveryDetails[] = [];
    for (const name of sent) details.push(await sendVerificationCode(pool, request, name));
    return { CodeDeliveryDetailsList: details };
  },
);
