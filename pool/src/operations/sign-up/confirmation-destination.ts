/** Where the code that confirms a user is sent. */
import { ATTRIBUTE_OF, type Destination } from '../../domain/codes.ts';
import type { User } from '../../domain/user.ts';
import type { Pool } from '../../service/pool.ts';

/**
 * Finds the address of an attribute that the pool verifies by itself.
 *
 * @returns the e-mail address, otherwise the phone number, undefined if the user has neither
 */
export function confirmationDestination(
  { autoVerifiedAttributes }: Pool,
  { attributes }: User,
): Destination | undefined {
  const addressOf = (name: string) => (autoVerifiedAttributes.includes(name) ? attributes[name] : undefined);
  const email = addressOf(ATTRIBUTE_OF.EMAIL);
  if (email !== undefined) return { to: email, medium: 'EMAIL' };
  const phone = addressOf(ATTRIBUTE_OF.SMS);
  return phone === undefined ? undefined : { to: phone, medium: 'SMS' };
}
