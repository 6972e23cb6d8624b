/** The package's texts for people, in the words of a terminal: what a page has on it, the command has as flags. */
import { ServiceError, type ServiceErrorCode } from '../../index.ts';
import { en } from '../../texts/en/index.ts';
import { overrideTexts, textOfError } from '../../texts/index.ts';

export const texts = overrideTexts(en, {
  errors: {
    CLIENT_NOT_FOUND: 'There is no such user pool or app client. Check --user-pool-id and --client-id.',
    SECRET_HASH_REFUSED: 'The secret of the app client is missing or wrong. Set COGNITO_CLIENT_SECRET.',
    FLOW_NOT_ENABLED: 'The app client does not allow this flow. Choose another one with --flow.',
    PASSWORD_POLICY: 'This password does not meet the rules of the user pool. Choose another one.',
    PASSKEY_NOT_ENABLED: 'The user pool does not accept passkeys from here. Sign in another way.',
    ATTRIBUTE_NOT_PERMITTED: 'The app client may not write one of the attributes.',
    SIGN_UP_NOT_PERMITTED: 'Only an administrator creates users in this user pool.',
    CODE_EXPIRED: 'That code is too old or was used. Sign in again to get a new one.',
  },
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

/** A refusal in words for people, in one line, and any other error by its message. */
export function describeWrongAnswer(error: Error): string {
  if (!(error instanceof ServiceError)) return error.message;
  const reason = saidByService(error);
  return `${textOfError(error, texts)}${reason === undefined ? '' : ` (${reason})`}`;
}
