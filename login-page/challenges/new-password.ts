/** NEW_PASSWORD_REQUIRED: asks for a new password, and for the attributes that the pool requires. */
import { textOfChallenge } from 'cognito-srp-engine/texts';
import { answer } from '../app.ts';
import { attributeField, givenAttributes } from '../attribute-fields.ts';
import { paragraph } from '../dom.ts';
import { formStep } from '../form.ts';
import { newPasswordField } from '../password-rules.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

export const newPasswordScreen: ChallengeScreen<'NEW_PASSWORD_REQUIRED'> = (
  app,
  challenge,
  typedName,
  leaving,
) => {
  const { texts } = app;
  const { title, instruction } = textOfChallenge(challenge, texts);
  const { field, list } = newPasswordField(app.pool.passwordPolicy, texts);
  const missing = challenge.requiredAttributes.filter((name) => !challenge.userAttributes[name]);
  return formStep({
    texts,
    heading: title,
    lead: [paragraph(instruction)],
    leaving,
    username: typedName,
    fields: [...missing.map((name) => attributeField(name, texts)), field],
    extra: [list],
    submit: texts.buttons.saveAndContinue,
    onSubmit: async ({ values, signal }) => {
      const attributes = givenAttributes(missing, values);
      const given = { newPassword: values['newPassword'] ?? '', attributes };
      await answer<'NEW_PASSWORD_REQUIRED'>(app, challenge, typedName, given, signal);
    },
    ...startAgain(app, typedName),
  });
};
