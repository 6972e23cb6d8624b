/** Sends messages: with the texts of CustomMessage or of the settings, to the outbox, and to a custom sender. */
import {
  type CodeDeliveryDetails,
  type CodePurpose,
  type ConfirmationPurpose,
  type Destination,
  deliveryDetails,
} from '../domain/codes.ts';
import { userDoesNotExist } from '../domain/service-exception.ts';
import type { Pool } from '../service/pool.ts';
import {
  CODE_PARAMETER,
  type CustomTexts,
  customMessage,
  LINK_PATTERN,
  type MessageRequest,
} from '../triggers/custom-message.ts';
import { hasSender, prepareSender } from '../triggers/custom-sender.ts';
import { type MessageTemplate, templateOf } from './message-templates.ts';

/** A message to one address. */
export interface Message<Purpose extends CodePurpose = CodePurpose> extends MessageRequest {
  readonly purpose: Purpose;
  readonly destination: Destination;
}

/**
 * Sends a code, and keeps it for the operation that accepts it. If a trigger fails, nothing is sent, and the code before it stays
 * valid.
 *
 * @throws ServiceException what CustomMessage throws, and UserNotFoundException if the user was removed in the meantime
 */
export async function issueCode(
  pool: Pool,
  message: Message<ConfirmationPurpose>,
): Promise<CodeDeliveryDetails> {
  const { purpose, user, destination } = message;
  const code = pool.codes.make();
  await sendMessage(pool, message, code, () => pool.codes.keep(purpose, user.username, destination, code));
  return deliveryDetails(destination);
}

/**
 * Sends a code or a temporary password. A custom sender gets it as well. The outbox has it all the same, because tests read it there;
 * its text is then that of the settings, since AWS does not run CustomMessage for what a custom sender sends (inferred).
 *
 * @param keep is called once the trigger has written the texts, before anything is sent
 * @throws ServiceException what CustomMessage throws, UnexpectedLambdaException if the code for a sender cannot be encrypted, and
 *   UserNotFoundException if the user was removed in the meantime
 */
export async function sendMessage(
  pool: Pool,
  message: Message,
  code: string,
  keep: () => void = () => {},
): Promise<void> {
  const { purpose, user, destination } = message;
  const { to, medium } = destination;
  const custom = hasSender(pool, medium) ? {} : await customMessage(pool, message);
  const startSender = await prepareSender(pool, medium, message, code);
  if (pool.users.findAny(user.sub) !== user) throw userDoesNotExist();
  const template = withCustomTexts(templateOf(pool, purpose, medium), custom);
  keep();
  const { username } = user;
  pool.codes.deliver({ to, medium, purpose, code, ...fillIn(pool, template, message, code), username });
  startSender();
}

const withCustomTexts = ({ subject, body }: MessageTemplate, custom: CustomTexts): MessageTemplate =>
  subject === undefined
    ? { subject, body: custom.smsMessage ?? body }
    : { subject: custom.emailSubject ?? subject, body: custom.emailMessage ?? body };

/** AWS's link is that of the pool's domain. */
function fillIn(
  { endpoint }: Pool,
  { subject, body }: MessageTemplate,
  { user: { username }, clientId = '' }: Message,
  code: string,
): MessageTemplate {
  const query = new URLSearchParams({
    client_id: clientId,
    user_name: username,
    confirmation_code: code,
  });
  const link = (_match: string, words: string) => `<a href="${endpoint}/confirmUser?${query}">${words}</a>`;
  // In one pass, because a user name or a password may look like a parameter
  const fill = (text: string) =>
    text.replace(/\{####\}|\{username\}/g, (parameter) => (parameter === CODE_PARAMETER ? code : username));
  return { subject: subject && fill(subject), body: fill(body.replaceAll(LINK_PATTERN, link)) };
}
