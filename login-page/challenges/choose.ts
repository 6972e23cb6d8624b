/** Asks which second factor or which first factor to use. */
import type { FirstFactorOption, MfaOption } from 'cognito-srp-engine';
import { fill, type Texts, textOfChallenge, textOfFactor } from 'cognito-srp-engine/texts';
import { answer } from '../app.ts';
import { paragraph } from '../dom.ts';
import { formStep } from '../form.ts';
import { passwordField } from './password.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

/** A factor that is newer than this page is offered by the service's name. */
export const factorButton = (factor: MfaOption | FirstFactorOption, texts: Texts) => ({
  way: factor,
  ...textOfFactor(factor, texts),
});

export const selectMfaTypeScreen: ChallengeScreen<'SELECT_MFA_TYPE'> = (
  app,
  challenge,
  typedName,
  leaving,
) => {
  const { texts } = app;
  const { title, instruction } = textOfChallenge(challenge, texts);
  return formStep({
    texts,
    heading: title,
    lead: [paragraph(instruction)],
    leaving,
    ways: challenge.options.map((factor) => factorButton(factor, texts)),
    onSubmit: async ({ way, signal }) => {
      await answer<'SELECT_MFA_TYPE'>(app, challenge, typedName, { choice: way }, signal);
    },
    ...startAgain(app, typedName),
  });
};

/** Leaves out PASSWORD where PASSWORD_SRP is offered too, because SRP does not send the password. */
const withoutPlainPassword = (options: readonly FirstFactorOption[]): readonly FirstFactorOption[] =>
  options.includes('PASSWORD_SRP') ? options.filter((option) => option !== 'PASSWORD') : options;

export const selectChallengeScreen: ChallengeScreen<'SELECT_CHALLENGE'> = (
  app,
  challenge,
  typedName,
  leaving,
) => {
  const { texts } = app;
  const options = withoutPlainPassword(challenge.options);
  const byPassword = options.find(
    (option): option is 'PASSWORD' | 'PASSWORD_SRP' => option === 'PASSWORD' || option === 'PASSWORD_SRP',
  );
  const others = options.filter((option) => option !== byPassword);
  return formStep({
    texts,
    heading: textOfChallenge(challenge, texts).title,
    lead: [paragraph(fill(texts.signIn.signingInAs, { name: typedName }))],
    leaving,
    username: typedName,
    ...(byPassword && { fields: [passwordField(texts)], submit: texts.buttons.continueWithPassword }),
    ways: others.map((factor) => factorButton(factor, texts)),
    optionalFor: (way) => (way === '' ? [] : ['password']),
    onSubmit: async ({ values: { password = '' }, way, signal }) => {
      const choice = way === '' && byPassword ? { choice: byPassword, password } : { choice: way };
      await answer<'SELECT_CHALLENGE'>(app, challenge, typedName, choice, signal);
    },
    ...startAgain(app, typedName),
  });
};
