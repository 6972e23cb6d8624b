/** PASSWORD, PASSWORD_SRP and ADMIN_NO_SRP_AUTH: asks for the password. */
import type { ChallengeOf } from 'cognito-srp-engine';
import { fill, type Texts, textOfChallenge } from 'cognito-srp-engine/texts';
import { answer } from '../app.ts';
import { paragraph } from '../dom.ts';
import { type Field, formStep } from '../form.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

export const passwordField = ({ fields }: Texts): Field => ({
  name: 'password',
  label: fields.password,
  type: 'password',
  autocomplete: 'current-password',
});

type PasswordChallenge = 'PASSWORD' | 'PASSWORD_SRP' | 'ADMIN_NO_SRP_AUTH';

export const passwordScreen = <Name extends PasswordChallenge>(
  ...[app, challenge, typedName, leaving]: Parameters<ChallengeScreen<Name>>
): HTMLElement => {
  const { texts } = app;
  const asked = challenge as ChallengeOf<PasswordChallenge>;
  return formStep({
    texts,
    heading: textOfChallenge(asked, texts).title,
    lead: [paragraph(fill(texts.signIn.signingInAs, { name: typedName }))],
    leaving,
    username: typedName,
    fields: [passwordField(texts)],
    submit: texts.buttons.continue,
    onSubmit: async ({ values: { password = '' }, signal }) => {
      await answer<PasswordChallenge>(app, asked, typedName, { password }, signal);
    },
    ...startAgain(app, typedName),
  });
};
