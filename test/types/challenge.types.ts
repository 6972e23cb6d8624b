/** Has what must compile and what must not. `npm run check` compiles it. */
import {
  type Challenge,
  type ChallengeName,
  type ChallengeOf,
  type MfaOption,
  type MfaType,
  respond,
  type Step,
  type UserPoolClient,
} from '../../src/index.ts';

declare const pool: UserPoolClient;
declare const sms: ChallengeOf<'SMS_MFA'>;
declare const choice: ChallengeOf<'SELECT_MFA_TYPE'>;
declare const firstFactor: ChallengeOf<'SELECT_CHALLENGE'>;
declare const newPassword: ChallengeOf<'NEW_PASSWORD_REQUIRED'>;
declare const unknown: Challenge;
declare const step: Step;

export async function answers(): Promise<void> {
  await respond(pool, sms, { code: '123456' });
  await respond(pool, choice, { choice: 'EMAIL_OTP' });
  await respond(pool, newPassword, { newPassword: 'x', attributes: { given_name: 'Ann' } });
  // @ts-expect-error a code has another name
  await respond(pool, sms, { answer: '123456' });
  // @ts-expect-error a code is a text
  await respond(pool, sms, { code: 123456 });
  // A name that is newer than this package can be chosen too
  await respond(pool, choice, { choice: 'FACTOR_OF_THE_FUTURE' });
  // @ts-expect-error a choice is a text
  await respond(pool, choice, { choice: 7 });
  for (const option of choice.options) await respond(pool, choice, { choice: option });
  for (const option of firstFactor.options) await respond(pool, firstFactor, { choice: option });
  // @ts-expect-error the new password is missing
  await respond(pool, newPassword, { attributes: {} });
  // @ts-expect-error which challenge it is has to be found out first
  await respond(pool, unknown, { code: '123456' });
  if (unknown.name === 'SMS_MFA' || unknown.name === 'PASSWORD') {
    // @ts-expect-error it may be a password that is asked
    await respond(pool, unknown, { code: '123456' });
  }
  if (unknown.name === 'SMS_MFA' || unknown.name === 'EMAIL_OTP') {
    await respond(pool, unknown, { code: '123456' });
  }
}

/** Narrowing by name gives what that challenge shows. */
export function narrowing(): string {
  if (step.status === 'signed-in') return step.tokens.accessToken;
  const { challenge } = step;
  // @ts-expect-error not every challenge has a delivery
  challenge.delivery?.destination;
  if (challenge.name === 'SMS_MFA') return challenge.delivery?.destination ?? '';
  return challenge.name;
}

/** The known names are told apart, and the others have to be thought of. */
export function label(option: MfaOption): string {
  switch (option) {
    case 'SMS_MFA':
      return 'Text message';
    case 'SOFTWARE_TOKEN_MFA':
      return 'Authenticator app';
    case 'EMAIL_OTP':
      return 'E-mail';
    default:
      return option;
  }
}

// @ts-expect-error the known names alone do not make up all options
export const labels: Readonly<Record<MfaType, string>>[MfaOption] = '';

/** Exhaustive: without any one of the cases, the function would not always return. */
export function exhaustive(challenge: Challenge): string {
  switch (challenge.name) {
    case 'SMS_MFA':
    case 'EMAIL_OTP':
    case 'SMS_OTP':
    case 'SOFTWARE_TOKEN_MFA':
      return 'a code';
    case 'SELECT_MFA_TYPE':
    case 'SELECT_CHALLENGE':
      return challenge.options.join();
    case 'MFA_SETUP':
      return 'set up';
    case 'NEW_PASSWORD_REQUIRED':
      return challenge.requiredAttributes.join();
    case 'CUSTOM_CHALLENGE':
      return Object.keys(challenge.publicParameters).join();
    case 'PASSWORD':
    case 'PASSWORD_SRP':
    case 'ADMIN_NO_SRP_AUTH':
      return 'a password';
    case 'WEB_AUTHN':
      return String(challenge.requestOptions['challenge']);
    case 'UNKNOWN':
      return challenge.challengeName;
  }
}

/** Not one can be missing: without it, this file does not compile. */
export const challengeNames: Readonly<Record<ChallengeName, true>> = {
  SMS_MFA: true,
  EMAIL_OTP: true,
  SMS_OTP: true,
  SOFTWARE_TOKEN_MFA: true,
  SELECT_MFA_TYPE: true,
  MFA_SETUP: true,
  NEW_PASSWORD_REQUIRED: true,
  CUSTOM_CHALLENGE: true,
  SELECT_CHALLENGE: true,
  PASSWORD: true,
  PASSWORD_SRP: true,
  ADMIN_NO_SRP_AUTH: true,
  WEB_AUTHN: true,
  UNKNOWN: true,
};
