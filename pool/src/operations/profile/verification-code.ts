/** The code that verifies an e-mail address or a phone number of a user. */
import { ATTRIBUTE_OF, type CodeDeliveryDetails, type Destination } from '../../domain/codes.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';
import { issueCode } from '../../messages/send-message.ts';
import type { Pool } from '../../service/pool.ts';
import type { MessageRequest } from '../../triggers/custom-message.ts';

/**
 * Sends a code. If a new address waits to be verified, it goes there.
 *
 * @param request for whom, and why
 * @param name of the attribute
 * @throws ServiceException InvalidParameterException
 */
export async function sendVerificationCode(
  pool: Pool,
  request: MessageRequest,
  name: string,
): Promise<CodeDeliveryDetails> {
  checkVerifiable(name);
  const { user } = request;
  const { attributes, pendingAttributes } = user;
  const destination = destinationOf({ ...user, attributes: { ...attributes, ...pendingAttributes } }, name);
  // Reported for a phone number. How the service names an e-mail address here is not known.
  const kind = name === ATTRIBUTE_OF.SMS ? 'phone number' : 'email';
  if (!destination) throw invalidParameter(`User does not have a valid registered ${kind}`);
  return issueCode(pool, { ...request, purpose: 'VerifyUserAttribute', destination });
}

/** @throws ServiceException InvalidParameterException unless the attribute is `email` or `phone_number` */
export function checkVerifiable(name: string): void {
  if (name === ATTRIBUTE_OF.EMAIL || name === ATTRIBUTE_OF.SMS) return;
  throw invalidParameter('Invalid attribute name. Only phone_number and email can be verified.');
}

/** @returns undefined if the user does not have the attribute, or it is not an address */
export function destinationOf({ attributes }: User, name: string): Destination | undefined {
  const to = attributes[name];
  if (to === undefined) return undefined;
  if (name === ATTRIBUTE_OF.EMAIL) return { to, medium: 'EMAIL' };
  return name === ATTRIBUTE_OF.SMS ? { to, medium: 'SMS' } : undefined;
}
