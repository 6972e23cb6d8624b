/** The package's texts for people, in the words of a terminal: what a page has on it, the command has as flags. */
import { ServiceError, type ServiceErrorCode } from '../../index.ts';
import { en } from '../../texts/en/index.ts';
import { overrideTexts, textOfError } from '../../texts/index.ts';

const NOT_UNDERSTOOD = 'The answer is not that of a user pool. Check --endpoint.';
const TOO_OLD = 'This Node cannot sign in safely. Update it.';

export const texts = overrideTexts(en, {
  errors: {
    CLIENT_NOT_FOUND: 'There is no such user pool or app client. Check --user-pool-id and --client-id.',
    SECRET_HASH_REFUSED: 'The secret of the app client is missing or wrong. Set COGNITO_CLIENT_SECRET.',
    CREDENTIALS_REFUSED: 'The service wants AWS credentials for this. This command has none to send.',
    FLOW_NOT_ENABLED: 'The app client does not allow this flow. Choose another one with --flow.',
    ANSWER_INVALID: 'The answer does not have the right form. Check it and try again.',
    USER_NOT_FOUND: 'There is no user of this name. Check --username.',
    USER_NOT_CONFIRMED:
      'This user is not confirmed yet. Confirm the sign-up in the application, or have an administrator do it.',
    PASSWORD_RESET_REQUIRED:
      'The password has to be reset before this user can sign in. Reset it in the application, for this command cannot.',
    PASSWORD_POLICY: 'This password does not meet the rules of the user pool. Choose another one.',
    PASSKEY_NOT_ENABLED: 'The user pool does not accept passkeys from here. Sign in another way.',
    ATTRIBUTE_NOT_PERMITTED: 'The app client may not write one of the attributes.',
    SIGN_UP_NOT_PERMITTED: 'Only an administrator creates users in this user pool.',
    PASSWORD_RESET_NOT_PERMITTED: 'Only an administrator resets passwords in this user pool.',
    CODE_EXPIRED: 'That code is too old or was used. Sign in again to get a new one.',
    SESSION_EXPIRED: 'That took longer than the sign-in is kept open. Sign in again.',
    SESSION_USED: 'This challenge was answered already. Sign in again.',
    SESSION_INVALID: 'This sign-in is no longer open. Sign in again.',
    ACCESS_TOKEN_REFUSED: 'This sign-in has ended. Sign in again.',
    REFRESH_TOKEN_REFUSED: 'This sign-in has ended, so it cannot be refreshed. Sign in again.',
    REFRESH_TOKEN_REUSED:
      'The refresh token was used before. Sign in again, and find out whether somebody else has it.',
    REFUSED: 'The service refused this.',
    TRIGGER_REFUSED: 'A Lambda trigger of the user pool refused this. Sign in again.',
    TRIGGER_FAILED: 'A Lambda trigger of the user pool failed. Tell the person who looks after it.',
    TIMED_OUT: 'The service did not answer in time. Try again, or allow more time with --timeout.',
    BODY_NOT_JSON: NOT_UNDERSTOOD,
    BODY_TOO_LARGE: NOT_UNDERSTOOD,
    REPLY_MALFORMED: NOT_UNDERSTOOD,
    CHALLENGE_UNEXPECTED: 'The service asks for something that this command cannot give. Sign in again.',
    CHALLENGE_PARAMETER_MISSING: NOT_UNDERSTOOD,
    CHALLENGE_PARAMETER_INVALID: NOT_UNDERSTOOD,
    SRP_B_INVALID: NOT_UNDERSTOOD,
    SALT_INVALID: NOT_UNDERSTOOD,
    SECRET_BLOCK_INVALID: NOT_UNDERSTOOD,
    KEYS_INVALID: NOT_UNDERSTOOD,
    U_ZERO: NOT_UNDERSTOOD,
    RANDOMNESS_MISSING: TOO_OLD,
    RANDOMNESS_INVALID: TOO_OLD,
    RUNTIME_INCOMPLETE: TOO_OLD,
  },
  recoveries: { 'fix-configuration': 'This cannot work as the user pool or the app client is set up.' },
  notices: { slow: 'This is taking longer than usual.' },
  challenges: {
    WEB_AUTHN: {
      title: 'A passkey is needed',
      instruction:
        'Passkeys need a browser. A script can give what the browser made of the request, as JSON.',
    },
    UNKNOWN: {
      title: 'One more step',
      instruction: 'The service asks for something that this version does not know.',
    },
    SELECT_MFA_TYPE: { instruction: 'One more step to sign in. Choose the second factor.' },
    MFA_SETUP: { instruction: 'This user needs a second factor. Set it up now.' },
  },
  factors: {
    PASSWORD_SRP: { label: 'Password over SRP', detail: 'The password is proved and not sent' },
    PASSWORD: { label: 'Password over TLS', detail: 'The password is sent' },
  },
  unknownFactor: 'A way that is new to this version',
});

/** The codes for which the service's own text says more than the code: which rule, which attribute, which reason. */
const SAID_BY_THE_SERVICE: readonly ServiceErrorCode[] = [
  'PASSWORD_POLICY',
  'USERNAME_REFUSED',
  'ATTRIBUTE_REFUSED',
  'ATTRIBUTE_NOT_PERMITTED',
  'TRIGGER_REFUSED',
  'TRIGGER_FAILED',
  'POOL_MISCONFIGURED',
  'PARAMETER_REFUSED',
  'FIREWALL_REFUSED',
  'CREDENTIALS_REFUSED',
  'MFA_NOT_SET_UP',
  'OPERATION_UNKNOWN',
  'OPERATION_NOT_ENABLED',
  'REFUSED',
];

/** What the service says itself, where that tells more than the text for people. */
export const saidByService = ({ code, message }: ServiceError): string | undefined =>
  SAID_BY_THE_SERVICE.includes(code) ? message : undefined;

/** What an answer is, where the engine names the member of its own type. */
const ANSWER_MEMBERS: ReadonlyMap<string, string> = new Map([
  ['answer.choice', 'The choice'],
  ['answer.email', 'The e-mail address'],
  ['answer.newPassword', 'The new password'],
  ['answer.attributes', 'The attributes'],
  ['answer.answer', 'The answer'],
  ['answer.password', 'The password'],
  ['answer.credential', 'The credential'],
]);

/** The message of an answer that does not have the right form: `The choice must be …`. */
export const describeInvalidAnswer = ({ message }: Error): string =>
  // The engine refuses no other code than a blank one
  message.startsWith('"answer.code"')
    ? 'The code must not be blank.'
    : message.replace(/^"([\w.]+)"/, (quoted, member: string) => ANSWER_MEMBERS.get(member) ?? quoted);

/** A refusal in words for people, in one line, and any other error by its message. */
export function describeWrongAnswer(error: Error): string {
  if (!(error instanceof ServiceError)) return describeInvalidAnswer(error);
  const reason = saidByService(error);
  return `${textOfError(error, texts)}${reason === undefined ? '' : ` (${reason.trim()})`}`;
}

/** A text of an error in its two parts. The texts say first what has happened, and after the full stop what to do. */
export function splitText(text: string): { readonly problem: string; readonly advice: string | undefined } {
  const [, problem = text, advice] = /^(.*?\.) (.+)$/.exec(text) ?? [];
  return { problem, advice };
}
