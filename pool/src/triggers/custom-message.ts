/** CustomMessage: a trigger that writes the texts of a message. */
import type { User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import type { MessageOccasion } from './events.ts';
import type { LambdaResponse } from './lambda-event.ts';
import { readText } from './response-members.ts';
import { hasTrigger, runTrigger, unrecognizable } from './run-trigger.ts';
import { makeEvent, userAttributesOf, withClientMetadata } from './trigger-event.ts';

/** What stands in a text for the code, or for the temporary password. */
export const CODE_PARAMETER = '{####}';
/** What stands in the text of an invitation for the user name. */
export const USERNAME_PARAMETER = '{username}';
/** Captured. Any words may stand in place of "Click Here". */
const LINK_PARAMETER = '{##Click Here##}';
/** Finds the words of a link. */
export const LINK_PATTERN = /\{##([^#{}]+)##\}/g;

/** A message that is going to be sent. */
export interface MessageRequest {
  readonly occasion: MessageOccasion;
  readonly user: User;
  /** Undefined for an operation of administrators. */
  readonly clientId: string | undefined;
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
}

/** The texts with their parameters. What is undefined has the text of the pool's settings. */
export interface CustomTexts {
  readonly smsMessage?: string | undefined;
  readonly emailMessage?: string | undefined;
  readonly emailSubject?: string | undefined;
}

/**
 * Runs CustomMessage, if the pool has it. AWS's guide says that the text of an e-mail is refused if the pool sends by
 * COGNITO_DEFAULT. Programs in the field use it with just that, so this pool takes it.
 *
 * @throws ServiceException what `runTrigger` throws, and InvalidLambdaResponseException for a text without the code; how AWS
 *   refuses that is not known
 */
export async function customMessage(
  pool: Pool,
  { occasion, user, clientId, clientMetadata }: MessageRequest,
): Promise<CustomTexts> {
  if (!hasTrigger(pool, 'CustomMessage')) return {};
  const isInvitation = occasion === 'AdminCreateUser';
  const response = await runTrigger(
    pool,
    'CustomMessage',
    makeEvent(
      pool,
      `CustomMessage_${occasion}`,
      { userName: user.username, clientId },
      {
        userAttributes: userAttributesOf(pool, user),
        codeParameter: CODE_PARAMETER,
        linkParameter: LINK_PARAMETER,
        usernameParameter: isInvitation ? USERNAME_PARAMETER : null,
        ...withClientMetadata(clientMetadata),
      },
      { smsMessage: null, emailMessage: null, emailSubject: null },
    ),
  );
  return {
    smsMessage: readMessage(response, 'smsMessage', isInvitation),
    emailMessage: readMessage(response, 'emailMessage', isInvitation),
    emailSubject: readText(response, 'emailSubject') || undefined,
  };
}

function readMessage(response: LambdaResponse, name: string, isInvitation: boolean): string | undefined {
  const text = readText(response, name);
  if (!text) return undefined;
  const hasCode = text.includes(CODE_PARAMETER) || text.search(LINK_PATTERN) >= 0;
  if (!hasCode || (isInvitation && !text.includes(USERNAME_PARAMETER))) throw unrecognizable();
  return text;
}
