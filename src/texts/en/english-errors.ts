/** What has happened, and what the user can do, in English. */
import type { Texts } from '../texts.ts';

const NOT_SET_UP = 'This page is not set up correctly. Tell the person who looks after it.';
const NOT_UNDERSTOOD = 'The service gave an answer that this page does not understand. Try again later.';
const NOT_OFFERED = 'That is not offered here.';
const SIGNED_OUT = 'You have been signed out. Sign in again.';
const REFUSED = 'The service refused this, for a reason of its own. Start again.';
const UNSAFE = 'This browser cannot sign in safely. Update it, or use another one.';

export const errors: Texts['errors'] = {
  USER_POOL_ID_INVALID: NOT_SET_UP,
  CLIENT_ID_INVALID: NOT_SET_UP,
  CLIENT_SECRET_INVALID: NOT_SET_UP,
  REGION_INVALID: NOT_SET_UP,
  ENDPOINT_INVALID: NOT_SET_UP,
  ENDPOINT_INSECURE: NOT_SET_UP,
  USERNAME_INVALID: 'Enter a user name of 1 to 128 characters.',
  PASSWORD_INVALID: 'Enter your password.',
  OPTION_INVALID: NOT_SET_UP,
  CHALLENGE_INVALID: 'This sign-in cannot go on here. Start again.',
  ANSWER_INVALID: 'Something is missing in the form. Check it and try again.',
  RANDOMNESS_MISSING: UNSAFE,
  RANDOMNESS_INVALID: UNSAFE,
  RUNTIME_INCOMPLETE: 'This browser is too old for this page. Update it, or use another one.',

  NETWORK_FAILED: 'The service could not be reached. Check your connection, then try again.',
  TIMED_OUT: 'The service did not answer in time. Check your connection, then try again.',
  BODY_NOT_JSON: NOT_UNDERSTOOD,
  BODY_TOO_LARGE: NOT_UNDERSTOOD,
  REPLY_MALFORMED: NOT_UNDERSTOOD,
  CHALLENGE_UNEXPECTED: 'The service asks for something that this page cannot give. Start again.',
  CHALLENGE_PARAMETER_MISSING: NOT_UNDERSTOOD,
  CHALLENGE_PARAMETER_INVALID: NOT_UNDERSTOOD,
  SRP_B_INVALID: NOT_UNDERSTOOD,
  SALT_INVALID: NOT_UNDERSTOOD,
  SECRET_BLOCK_INVALID: NOT_UNDERSTOOD,
  TOKEN_INVALID: 'Your sign-in could not be verified. Sign in again.',
  TOKEN_INSUFFICIENT: 'You are not permitted to do this. Ask an administrator.',
  REDIRECT_UNEXPECTED: 'This sign-in was not begun here, or is over. Sign in again.',
  KEYS_INVALID: NOT_UNDERSTOOD,
  U_ZERO: NOT_UNDERSTOOD,

  INCORRECT_USERNAME_OR_PASSWORD: 'The user name or password is not right. Check both and try again.',
  ATTEMPTS_EXCEEDED: 'Too many attempts. Wait a few minutes, then try again.',
  USER_DISABLED: 'This account is switched off. Ask the person who looks after it.',
  USER_NOT_FOUND: 'There is no account with this name. Check it, or create an account.',
  USER_NOT_CONFIRMED: 'This account is not confirmed yet. Confirm it with the code we sent you.',
  USER_ALREADY_CONFIRMED: 'This account is confirmed already. Sign in.',
  SIGN_UP_NOT_PERMITTED:
    'You cannot create an account here yourself. Ask the person who looks after this page.',
  NO_VERIFIED_ADDRESS:
    'This account has no confirmed address to send a code to. Ask the person who looks after it.',
  PASSWORD_RESET_NOT_PERMITTED:
    'You cannot reset your password here yourself. Ask the person who looks after this page.',
  FEDERATED_USER: 'This account has no password here. Sign in with the provider that it came from.',
  TEMPORARY_PASSWORD_UNUSED: 'Sign in with the temporary password that you were sent, then choose your own.',
  PASSWORD_RESET_REQUIRED: 'Your password has to be reset before you can sign in.',
  TEMPORARY_PASSWORD_EXPIRED: 'The temporary password has expired. Ask for a new one.',
  SESSION_EXPIRED: 'That took longer than the sign-in is kept open. Start again.',
  SESSION_USED: 'This step was answered already. Start again.',
  SESSION_INVALID: 'This sign-in is no longer open. Start again.',
  CODE_MISMATCH: 'That code is not right. Check it and enter it again.',
  CODE_EXPIRED: 'That code is too old or was used. Have a new one sent.',
  CODE_USED: 'That code was used already. Wait for the next one in your app.',
  CODE_DELIVERY_FAILED: 'The code could not be sent. Wait a moment, then try again.',
  PASSWORD_POLICY: 'This password does not meet the rules above. Choose another one.',
  USERNAME_EXISTS: 'This user name is taken. Choose another one, or sign in.',
  ALIAS_EXISTS: 'This address belongs to another account. Sign in to that one instead.',
  USERNAME_REFUSED:
    'This user name does not have the right form. Try your e-mail address, or a name that is not an address.',
  ATTRIBUTE_REFUSED:
    'Something is missing or not in the right form. Check it: phone numbers begin with + and the country code.',
  ATTRIBUTE_NOT_PERMITTED:
    'This page is not permitted to store what you entered. Tell the person who looks after it.',
  ATTRIBUTE_IMMUTABLE: 'This cannot be changed. Ask the person who looks after your account.',
  MFA_NOT_SET_UP: 'This account has no way to get a code. Ask the person who looks after it.',
  PASSKEY_REFUSED: 'The passkey was not accepted. Use another way to sign in.',
  PASSKEY_NOT_ENABLED: 'Passkeys are not accepted from this page. Use another way to sign in.',
  ACCESS_TOKEN_REFUSED: SIGNED_OUT,
  REFRESH_TOKEN_REFUSED: SIGNED_OUT,
  AUTHORIZATION_CODE_REFUSED: 'The sign-in took too long, or was completed before. Sign in again.',
  SIGN_IN_DENIED: 'The sign-in was cancelled. Sign in again, or choose another way.',
  LOGIN_REQUIRED: 'You are not signed in yet. Sign in.',
  REFRESH_TOKEN_REUSED: 'You have been signed out, to be on the safe side. Sign in again.',
  OPERATION_UNKNOWN: NOT_OFFERED,
  OPERATION_NOT_ENABLED: NOT_OFFERED,
  CREDENTIALS_REFUSED: NOT_SET_UP,
  SECRET_HASH_REFUSED: NOT_SET_UP,
  CLIENT_NOT_FOUND: NOT_SET_UP,
  FLOW_NOT_ENABLED: 'This way to sign in is not offered here. Choose another one.',
  DEVICE_NOT_FOUND: 'The service does not know this device any more. Sign in again.',
  DEVICE_REFUSED: 'The service did not recognise this device. Sign in again.',
  TRIGGER_REFUSED: REFUSED,
  TRIGGER_FAILED: REFUSED,
  POOL_MISCONFIGURED: 'This cannot work as the service is set up. Tell the person who looks after it.',
  TIMESTAMP_REFUSED: 'The clock of this device seems to be wrong. Set it, then start again.',
  PARAMETER_REFUSED: 'The service did not accept what was entered. Check it and try again.',
  FIREWALL_REFUSED: 'The service blocked this request. Wait a few minutes, or use another network.',
  THROTTLED: 'The service is busy. Wait a moment, then try again.',
  INTERNAL_ERROR: 'The service has a problem. Wait a moment, then try again.',
  REFUSED: 'The service refused this. Start again.',
};
