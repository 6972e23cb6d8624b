/** Text messages as a second factor, as SetUserSettings and AdminSetUserSettings turn them on. */
import { ATTRIBUTE_OF } from '../../domain/codes.ts';
import { noPhoneNumber, withFactor } from '../../domain/factors.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';
import type { MFAOptionType } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';

/**
 * Turns text messages on if the options have them, and otherwise off. The other factors stay.
 *
 * @throws ServiceException InvalidParameterException. The service's texts are not known, except that of a missing number.
 */
export function setSmsBySettings(pool: Pool, user: User, options: readonly MFAOptionType[]): void {
  const isSms = ({ AttributeName, DeliveryMedium }: MFAOptionType) =>
    AttributeName === ATTRIBUTE_OF.SMS && DeliveryMedium === 'SMS';
  if (!options.every(isSms)) throw invalidParameter('Only SMS to phone_number can be an MFA option');
  const on = options.length > 0;
  if (on && user.attributes[ATTRIBUTE_OF.SMS] === undefined) {
    throw noPhoneNumber();
  }
  const { preferred } = user.mfa;
  pool.users.update(user, {
    mfa: {
      ...withFactor(user.mfa, 'SMS_MFA', on),
      preferred: preferred === 'SMS_MFA' ? undefined : preferred,
      smsBySettings: on,
    },
  });
}
