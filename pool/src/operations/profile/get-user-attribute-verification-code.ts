/** GetUserAttributeVerificationCode: sends a code for VerifyUserAttribute. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { poolOperation } from '../operation.ts';
import { sendVerificationCode } from './verification-code.ts';

export const getUserAttributeVerificationCode = poolOperation(
  'GetUserAttributeVerificationCode',
  { access: 'token' },
  async (pool, input) => {
    const { user } = await bearerOf(pool, input.AccessToken);
    return { CodeDeliveryDetails: sendVerificationCode(pool, user, input.AttributeName) };
  },
);
