/** Where the code for a new password is sent. */
import { ATTRIBUTE_OF, type Destination, type Medium } from '../../domain/codes.ts';
import { notAuthorized } from '../../domain/service-exception.ts';
import type { MfaFactor, User } from '../../domain/user.ts';
import type { RecoveryOptionNameType } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';
import { factorsToAsk } from '../../sign-in/mfa.ts';

const MEDIUM_OF: Readonly<Record<RecoveryOptionNameType, Medium | undefined>> = {
  verified_email: 'EMAIL',
  verified_phone_number: 'SMS',
  admin_only: undefined,
};

/** Described in the model: a pool without the setting prefers text messages. */
const WITHOUT_SETTING: readonly RecoveryOptionNameType[] = ['verified_phone_number', 'verified_email'];

const FACTOR_OF: Readonly<Record<Medium, MfaFactor>> = { EMAIL: 'EMAIL_OTP', SMS: 'SMS_MFA' };

/**
 * Finds the address that a recovery code is sent to. An unconfirmed user gets no code, because it would confirm the user. With
 * AccountRecoverySetting, a channel that is also the second factor is not used: whoever has it would need nothing else.
 *
 * @throws ServiceException NotAuthorizedException if only administrators can help
 */
export function findRecoveryDestination(pool: Pool, user: User): Destination | undefined {
  const { recovery } = pool;
  // The text is an emulator's, which has it from reports
  if (recovery?.includes('admin_only')) throw notAuthorized('Contact administrator to reset password.');
  if (user.status === 'UNCONFIRMED') return undefined;
  const factors = pool.mfa === 'OFF' || !recovery ? [] : factorsToAsk(pool, user);
  for (const name of recovery ?? WITHOUT_SETTING) {
    const medium = MEDIUM_OF[name];
    if (medium === undefined || factors.includes(FACTOR_OF[medium])) continue;
    const to = usableAddress(pool, user, ATTRIBUTE_OF[medium]);
    if (to !== undefined) return { to, medium };
  }
  return undefined;
}

/**
 * An address has to be verified. In a pool without a schema only addresses that are marked as not verified are left out, because
 * options rarely mark the others.
 */
function usableAddress({ strictSchema }: Pool, { attributes }: User, name: string): string | undefined {
  const verified = attributes[`${name}_verified`];
  return verified === 'true' || (verified === undefined && !strictSchema) ? attributes[name] : undefined;
}
