/** CustomEmailSender and CustomSMSSender: triggers that send the messages of a pool in place of the service. */
import type { Medium } from '../domain/codes.ts';
import { escapeHtml } from '../domain/escape-html.ts';
import type { Pool } from '../service/pool.ts';
import type { MessageRequest } from './custom-message.ts';
import { hasTrigger, startTrigger } from './run-trigger.ts';
import { encodeSenderCode } from './sender-code.ts';
import { makeEvent, userAttributesOf } from './trigger-event.ts';
import type { TriggerName } from './trigger-names.ts';

const SENDERS = {
  EMAIL: { name: 'CustomEmailSender', type: 'customEmailSenderRequestV1' },
  SMS: { name: 'CustomSMSSender', type: 'customSMSSenderRequestV1' },
} as const satisfies Readonly<Record<Medium, { name: TriggerName; type: string }>>;

/** Whether a trigger of the pool sends what goes by this medium. */
export const hasSender = (pool: Pool, medium: Medium): boolean => hasTrigger(pool, SENDERS[medium].name);

/**
 * Makes the event of a medium's sender.
 *
 * @param code the code or the temporary password
 * @returns starts the sender, or does nothing if the pool does not have it. Documented: nobody waits for it, so a failure has no effect on
 *   the reply.
 * @throws ServiceException UnexpectedLambdaException if the code cannot be encrypted
 */
export async function prepareSender(
  pool: Pool,
  medium: Medium,
  { occasion, user, clientId, clientMetadata }: MessageRequest,
  code: string,
): Promise<() => void> {
  if (!hasSender(pool, medium)) return () => {};
  const { name, type } = SENDERS[medium];
  // Documented: a temporary password is escaped as HTML before it is encrypted. Which characters AWS escapes is not known
  const text = occasion === 'AdminCreateUser' ? escapeHtml(code) : code;
  const event = makeEvent(
    pool,
    `${name}_${occasion}`,
    { userName: user.username, clientId },
    {
      type,
      code: await encodeSenderCode(pool, text),
      clientMetadata: clientMetadata ?? null,
      userAttributes: userAttributesOf(pool, user),
    },
    undefined,
  );
  return () => startTrigger(pool, name, event);
}
