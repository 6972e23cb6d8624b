/** Asks for a code, which came by text message or e-mail, or which an authenticator app shows. */
import type { ChallengeOf } from 'cognito-srp-engine';
import { type Texts, textOfChallenge } from 'cognito-srp-engine/texts';
import { answer } from '../app.ts';
import { paragraph } from '../dom.ts';
import { type Field, formStep } from '../form.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

export const codeField = ({ fields }: Texts, label = fields.code): Field => ({
  name: 'code',
  label,
  autocomplete: 'one-time-code',
  inputmode: 'numeric',
});

type CodeChallenge = 'SMS_MFA' | 'EMAIL_OTP' | 'SMS_OTP' | 'SOFTWARE_TOKEN_MFA';

export const codeScreen = <Name extends CodeChallenge>(
  ...[app, asked, typedName, leaving]: Parameters<ChallengeScreen<Name>>
): HTMLElement => {
  const { texts } = app;
  // Every code challenge takes the same answer, which TypeScript cannot see for a generic name
  const challenge = asked as ChallengeOf<CodeChallenge>;
  const { title, instruction } = textOfChallenge(challenge, texts);
  return formStep({
    texts,
    heading: title,
    lead: [paragraph(instruction)],
    leaving,
    username: typedName,
    fields: [codeField(texts)],
    submit: texts.buttons.continue,
    onSubmit: async ({ values: { code = '' }, signal }) => {
      await answer<CodeChallenge>(app, challenge, typedName, { code }, signal);
    },
    ...startAgain(app, typedName, texts.signIn.noCode),
  });
};
