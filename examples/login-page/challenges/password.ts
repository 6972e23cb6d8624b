/** PASSWORD, PASSWORD_SRP and ADMIN_NO_SRP_AUTH: asks for the password. */
import type { ChallengeOf } from 'cognito-srp-engine';
import { answer } from '../app.ts';
import { paragraph } from '../dom.ts';
import { type Field, formStep } from '../form.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

export const passwordField: Field = {
  name: 'password',
  label: 'Password',
  type: 'password',
  autocomplete: 'current-password',
};

type PasswordChallenge = 'PASSWORD' | 'PASSWORD_SRP' | 'ADMIN_NO_SRP_AUTH';

export const passwordScreen = <Name extends PasswordChallenge>(
  ...[app, challenge, typedName, leaving]: Parameters<ChallengeScreen<Name>>
): HTMLElement =>
  formStep({
    heading: 'Enter your password',
    lead: [paragraph(`Signing in as ${typedName}.`)],
    leaving,
    username: typedName,
    fields: [passwordField],
    submit: 'Continue',
    onSubmit: async ({ values: { password = '' }, signal }) => {
      const asked = challenge as ChallengeOf<PasswordChallenge>;
      await answer<PasswordChallenge>(app, asked, typedName, { password }, signal);
    },
    ...startAgain(app, typedName),
  });
