/** Asks for a code, which came by text message or e-mail, or which an authenticator app shows. */
import type { ChallengeOf, Delivery } from 'cognito-srp-engine';
import { answer } from '../app.ts';
import { paragraph } from '../dom.ts';
import { type Field, formStep } from '../form.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

export const codeField = (label = 'Code'): Field => ({
  name: 'code',
  label,
  autocomplete: 'one-time-code',
  inputmode: 'numeric',
});

export const sentTo = (delivery: Delivery | undefined): string =>
  delivery ? `to ${delivery.destination}` : 'to you';

type CodeChallenge = 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP' | 'SOFTWARE_TOKEN_MFA';

const TEXTS: Readonly<Record<CodeChallenge, readonly [heading: string, lead: string]>> = {
  SMS_MFA: ['Check your phone', 'Enter the code from the text message we sent'],
  SMS_OTP: ['Check your phone', 'Enter the code from the text message we sent'],
  EMAIL_OTP: ['Check your e-mail', 'Enter the code from the message we sent'],
  SOFTWARE_TOKEN_MFA: ['Enter a code', 'Open your authenticator app and enter the code it shows for'],
};

export const codeScreen = <Name extends CodeChallenge>(
  ...[app, challenge, typedName, leaving]: Parameters<ChallengeScreen<Name>>
): HTMLElement => {
  const [heading, lead] = TEXTS[challenge.name as CodeChallenge];
  const { delivery, friendlyDeviceName } = challenge as Partial<
    ChallengeOf<'SMS_MFA'> & ChallengeOf<'SOFTWARE_TOKEN_MFA'>
  >;
  const where =
    challenge.name === 'SOFTWARE_TOKEN_MFA'
      ? `${typedName}${friendlyDeviceName === undefined ? '' : ` on ${friendlyDeviceName}`}`
      : sentTo(delivery);
  return formStep({
    heading,
    lead: [paragraph(`${lead} ${where}.`)],
    leaving,
    username: typedName,
    fields: [codeField()],
    submit: 'Continue',
    onSubmit: async ({ values: { code = '' }, signal }) => {
      // Every code challenge takes the same answer, which TypeScript cannot see for a generic name
      await answer<CodeChallenge>(app, challenge as ChallengeOf<CodeChallenge>, typedName, { code }, signal);
    },
    ...startAgain(app, typedName, 'No code?'),
  });
};
