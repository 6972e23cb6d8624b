/** The names of the challenges of this pool. A fault rule with another name would never match. */
import type { Awaited } from './sessions.ts';

export const CHALLENGE_NAMES = [
  'PASSWORD_VERIFIER',
  'SMS_MFA',
  'EMAIL_OTP',
  'SMS_OTP',
  'SOFTWARE_TOKEN_MFA',
  'SELECT_MFA_TYPE',
  'MFA_SETUP',
  'NEW_PASSWORD_REQUIRED',
  'CUSTOM_CHALLENGE',
  'SELECT_CHALLENGE',
  'PASSWORD',
  'PASSWORD_SRP',
  'WEB_AUTHN',
  'DEVICE_SRP_AUTH',
  'DEVICE_PASSWORD_VERIFIER',
] as const satisfies readonly Awaited['challengeName'][];
/** The name of a challenge that the pool asks or accepts an answer to. */
export type ChallengeName = (typeof CHALLENGE_NAMES)[number];
