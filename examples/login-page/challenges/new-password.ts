/** NEW_PASSWORD_REQUIRED: asks for a new password, and for the attributes that the pool requires. */
import { answer } from '../app.ts';
import { paragraph } from '../dom.ts';
import { type Field, formStep } from '../form.ts';
import { newPasswordField } from '../password-rules.ts';
import { type ChallengeScreen, startAgain } from './start-again.ts';

/** The standard claims of OpenID Connect that browsers can fill in. */
const ATTRIBUTES: Readonly<Record<string, Omit<Field, 'name'>>> = {
  email: { label: 'E-mail', type: 'email', autocomplete: 'email' },
  phone_number: { label: 'Phone', type: 'tel', autocomplete: 'tel', hint: 'With the country: +49 …' },
  given_name: { label: 'First name', autocomplete: 'given-name' },
  family_name: { label: 'Last name', autocomplete: 'family-name' },
  name: { label: 'Full name', autocomplete: 'name' },
  nickname: { label: 'Nickname', autocomplete: 'nickname' },
  birthdate: { label: 'Date of birth', autocomplete: 'bday', hint: 'Like 1990-12-31' },
};

const attributeField = (attribute: string): Field => ({
  label: attribute.replace(/^custom:/, '').replaceAll('_', ' '),
  autocomplete: 'off',
  ...ATTRIBUTES[attribute],
  name: `attribute.${attribute}`,
});

export const newPasswordScreen: ChallengeScreen<'NEW_PASSWORD_REQUIRED'> = (
  app,
  challenge,
  typedName,
  leaving,
) => {
  const { field, list } = newPasswordField(app.pool.passwordPolicy);
  const missing = challenge.requiredAttributes.filter((name) => !challenge.userAttributes[name]);
  return formStep({
    heading: 'Choose a new password',
    lead: [
      paragraph(`The password you were given works only once, ${typedName}. Choose one of your own now.`),
    ],
    leaving,
    username: typedName,
    fields: [...missing.map(attributeField), field],
    extra: [list],
    submit: 'Save and continue',
    onSubmit: async ({ values, signal }) => {
      const attributes = Object.fromEntries(missing.map((name) => [name, values[`attribute.${name}`] ?? '']));
      const given = { newPassword: values['newPassword'] ?? '', attributes };
      await answer<'NEW_PASSWORD_REQUIRED'>(app, challenge, typedName, given, signal);
    },
    ...startAgain(app, typedName),
  });
};
