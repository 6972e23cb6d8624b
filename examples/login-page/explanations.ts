/** Turns errors into what the user can do about them, because the service's own texts are for developers. */
import {
  ArgumentError,
  type ErrorCode,
  ProtocolError,
  type Recovery,
  ServiceError,
} from 'cognito-srp-engine';

export interface Explanation {
  readonly text: string;
  /** The field that the text is about. */
  readonly field?: 'username' | 'password' | 'code' | 'newPassword' | undefined;
  readonly recovery?: Recovery | undefined;
}

type Row = readonly [text: string, field?: Explanation['field']];

const BY_CODE: Partial<Record<ErrorCode, Row>> = {
  INCORRECT_USERNAME_OR_PASSWORD: [
    'The user name or password is not right. Check both and try again.',
    'password',
  ],
  USER_NOT_FOUND: ['There is no account with this name. Check it, or create an account.', 'username'],
  USERNAME_INVALID: ['Enter a user name of 1 to 128 characters.', 'username'],
  PASSWORD_INVALID: ['Enter your password.', 'password'],
  ATTEMPTS_EXCEEDED: ['Too many attempts. Wait a few minutes, then try again.'],
  THROTTLED: ['The service is busy. Wait a moment, then try again.'],
  USER_DISABLED: ['This account is switched off. Ask the person who looks after it.'],
  TEMPORARY_PASSWORD_EXPIRED: ['The temporary password has expired. Ask for a new one.'],
  USER_ALREADY_CONFIRMED: ['This account is confirmed already. Sign in.'],
  SIGN_UP_NOT_PERMITTED: ['You cannot create an account here yourself. Ask the person who looks after it.'],
  NO_VERIFIED_ADDRESS: [
    'This account has no confirmed address to send a code to. Ask the person who looks after it.',
  ],
  TEMPORARY_PASSWORD_UNUSED: [
    'Sign in with the temporary password that you were sent, then choose your own.',
  ],
  SESSION_EXPIRED: ['That took longer than the sign-in is kept open. Start again.'],
  SESSION_USED: ['This step was answered already. Start again.'],
  SESSION_INVALID: ['This sign-in is no longer open. Start again.'],
  CODE_MISMATCH: ['That code is not right. Check it and enter it again.', 'code'],
  CODE_EXPIRED: ['That code is too old or was used. Have a new one sent.', 'code'],
  CODE_USED: ['That code was used already. Wait for the next one in your app.', 'code'],
  CODE_DELIVERY_FAILED: ['The code could not be sent. Wait a moment, then try again.'],
  PASSWORD_POLICY: ['This password does not meet the rules above. Choose another one.', 'newPassword'],
  USERNAME_EXISTS: ['This user name is taken. Choose another one, or sign in.', 'username'],
  USERNAME_REFUSED: [
    'This user name does not have the right form. Try your e-mail address, or a name that is not an address.',
    'username',
  ],
  ATTRIBUTE_REFUSED: [
    'Something is missing or not in the right form. Phone numbers begin with + and the country code.',
  ],
  ATTRIBUTE_NOT_PERMITTED: ['This page may not store what you entered. Tell the person who looks after it.'],
  ATTRIBUTE_IMMUTABLE: ['This cannot be changed. Ask the person who looks after your account.'],
  ALIAS_EXISTS: ['This address belongs to another account. Sign in to that one instead.'],
  MFA_NOT_SET_UP: ['This account has no way to get a code. Ask the person who looks after it.'],
  PASSKEY_NOT_ENABLED: ['This pool does not accept passkeys from this page. Use another way to sign in.'],
  PASSKEY_REFUSED: ['The passkey was not accepted. Use another way to sign in.'],
  REFRESH_TOKEN_REFUSED: ['You have been signed out. Sign in again.'],
  REFRESH_TOKEN_REUSED: ['You have been signed out, to be on the safe side. Sign in again.'],
  ACCESS_TOKEN_REFUSED: ['You have been signed out. Sign in again.'],
  POOL_MISCONFIGURED: ['The pool cannot do this as it is set up. Tell the person who looks after it.'],
  OPERATION_UNKNOWN: ['This pool does not offer that.'],
  OPERATION_NOT_ENABLED: ['This pool does not offer that.'],
  CREDENTIALS_REFUSED: ['The server may not sign users in at this pool.'],
  FLOW_NOT_ENABLED: ['This pool does not offer this way to sign in. Choose another one.'],
  CLIENT_NOT_FOUND: ['There is no such user pool or app client. Check the settings.'],
  USER_POOL_ID_INVALID: ['The user pool ID does not look like eu-west-1_AbCdEf123. Check the settings.'],
  CLIENT_ID_INVALID: ['The app client ID is not right. Check the settings.'],
  REGION_INVALID: ['The user pool ID does not begin with an AWS region. Check the settings.'],
  SECRET_HASH_REFUSED: [
    'This app client has a secret, which no web page can keep. Use a client without one.',
  ],
  TRIGGER_REFUSED: ['The service refused this, for a reason of its own. Start again.'],
  TRIGGER_FAILED: ['The service refused this, for a reason of its own. Start again.'],
  NETWORK_FAILED: ['The service could not be reached. Check your connection, then try again.'],
  TIMED_OUT: ['The service did not answer in time. Check your connection, then try again.'],
  ANSWER_INVALID: ['Something is missing in the form. Check it and try again.'],
  DEVICE_NOT_FOUND: [
    'The service does not know this device any more. It is forgotten here too: please sign in again.',
  ],
  DEVICE_REFUSED: [
    'The service did not recognise this device. It is forgotten here now: please sign in again.',
  ],
};

const BY_RECOVERY: Readonly<Record<Recovery, string>> = {
  'answer-again': 'That was not accepted. Check it and try again.',
  'start-again': 'That did not work. Start again.',
  'request-new-code': 'That code is too old. Have a new one sent.',
  'try-later': 'The service has a problem. Wait a moment, then try again.',
  'confirm-sign-up': 'Confirm your account first.',
  'reset-password': 'Set a new password first.',
  'ask-administrator': 'You cannot do this yourself. Ask the person who looks after your account.',
  'fix-configuration': 'This cannot work as the pool is set up. Tell the person who looks after it.',
};

/** The browser refused a passkey. Its error is wrapped, because the same names mean other things elsewhere. */
export class PasskeyError extends Error {
  constructor(cause: unknown) {
    super('The browser gave no passkey', { cause });
  }
}

/** An error of the page itself. Its message is shown to the user. */
export class PageError extends Error {}

/** Texts for WebAuthn's errors. Browsers give one name to many causes on purpose, to protect the user's privacy. */
const PASSKEY_PROBLEMS: Readonly<Record<string, string>> = {
  InvalidStateError: 'This device has a passkey for this account already.',
  SecurityError: 'Passkeys of this pool belong to another address than this page has.',
  NotSupportedError: 'This browser cannot use such a passkey.',
};

const nameOf = (error: unknown): string =>
  error instanceof Error || error instanceof DOMException ? error.name : '';

export function explain(error: unknown): Explanation {
  if (error instanceof ArgumentError || error instanceof ProtocolError || error instanceof ServiceError) {
    const recovery = error instanceof ArgumentError ? undefined : error.recovery;
    const [text, field] = BY_CODE[error.code] ?? [BY_RECOVERY[recovery ?? 'fix-configuration']];
    return { text, field, recovery };
  }
  if (error instanceof PageError) return { text: error.message };
  if (error instanceof PasskeyError) {
    const otherwise = 'The passkey was not used. Try again, or choose another way to sign in.';
    return { text: PASSKEY_PROBLEMS[nameOf(error.cause)] ?? otherwise };
  }
  return {
    text:
      nameOf(error) === 'AbortError'
        ? 'Cancelled. You can try again.'
        : 'Something went wrong in this page. Reload it and try again.',
  };
}
