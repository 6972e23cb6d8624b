/** Asks which second factor or which first factor to use. */
import type { FirstFactor, FirstFactorOption, MfaOption, MfaType } from 'cognito-srp-engine';
import { answer } from '../app.ts';
import { paragraph } from '../dom.ts';
import { formStep } from '../form.ts';
import { passwordField } from './password.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

const FACTORS: Readonly<Record<MfaType | FirstFactor, readonly [label: string, detail: string]>> = {
  SMS_MFA: ['Text message', 'A code to your phone'],
  SMS_OTP: ['Text message', 'A code to your phone'],
  EMAIL_OTP: ['E-mail', 'A code to your mailbox'],
  SOFTWARE_TOKEN_MFA: ['Authenticator app', 'A code that your app shows'],
  PASSWORD: ['Password', 'The one you chose'],
  PASSWORD_SRP: ['Password', 'The one you chose'],
  WEB_AUTHN: ['Passkey', 'Your fingerprint, face or screen lock'],
};

const isKnown = (factor: string): factor is MfaType | FirstFactor => Object.hasOwn(FACTORS, factor);

/** A factor that is newer than this page is offered by the service's name. */
export const factorButton = (factor: MfaOption | FirstFactorOption) => {
  const [label, detail] = isKnown(factor) ? FACTORS[factor] : [factor, 'A way that is new to this page'];
  return { way: factor, label, detail };
};

export const selectMfaTypeScreen: ChallengeScreen<'SELECT_MFA_TYPE'> = (app, challenge, typedName, leaving) =>
  formStep({
    heading: 'How do you want your code?',
    lead: [paragraph(`One more step to sign in as ${typedName}.`)],
    leaving,
    ways: challenge.options.map(factorButton),
    onSubmit: async ({ way, signal }) => {
      await answer<'SELECT_MFA_TYPE'>(app, challenge, typedName, { choice: way }, signal);
    },
    ...startAgain(app, typedName),
  });

/** Leaves out PASSWORD where PASSWORD_SRP is offered too, because SRP does not send the password. */
const withoutPlainPassword = (options: readonly FirstFactorOption[]): readonly FirstFactorOption[] =>
  options.includes('PASSWORD_SRP') ? options.filter((option) => option !== 'PASSWORD') : options;

export const selectChallengeScreen: ChallengeScreen<'SELECT_CHALLENGE'> = (
  app,
  challenge,
  typedName,
  leaving,
) => {
  const options = withoutPlainPassword(challenge.options);
  const byPassword = options.find(
    (option): option is 'PASSWORD' | 'PASSWORD_SRP' => option === 'PASSWORD' || option === 'PASSWORD_SRP',
  );
  const others = options.filter((option) => option !== byPassword);
  return formStep({
    heading: 'Choose how to sign in',
    lead: [paragraph(`Signing in as ${typedName}.`)],
    leaving,
    username: typedName,
    ...(byPassword && { fields: [passwordField], submit: 'Continue with password' }),
    ways: others.map(factorButton),
    optionalFor: (way) => (way === '' ? [] : ['password']),
    onSubmit: async ({ values: { password = '' }, way, signal }) => {
      const choice = way === '' && byPassword ? { choice: byPassword, password } : { choice: way };
      await answer<'SELECT_CHALLENGE'>(app, challenge, typedName, choice, signal);
    },
    ...startAgain(app, typedName),
  });
};
