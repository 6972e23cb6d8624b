/** GetUserAttributeVerificationCode: sends a code for VerifyUserAttribute. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { poolOperation } from '../operation.ts';
import { sendVerificationCode } from './verification-code.ts';

export const getUserAttributeVerificationCode = poolOperation(
  'GetUserAttributeVerificationCode',
  { access: 'token' },
  async (pool, input) => {
    const { user, clientId } = await bearerOf(pool, input.AccessToken);
    const request = {
      occasion: 'VerifyUserAttribute',
      user,
      clientId,
      clientMetadata: input.ClientMetadata,
    } as const;
    return { CodeDeliveryDetails: await sendVerificationCode(pool, request, input.AttributeName) };
  },
);
