/** Asks for attributes of a user, such as the e-mail address. */
import type { LabelledAttribute, Texts } from 'cognito-srp-engine/texts';
import type { Field } from './form.ts';

type Look = Pick<Field, 'autocomplete' | 'type' | 'hint'>;

/** The standard claims of OpenID Connect that browsers can fill in. */
const looks = ({ fields }: Texts): Readonly<Record<string, Look>> => ({
  email: { type: 'email', autocomplete: 'email' },
  phone_number: { type: 'tel', autocomplete: 'tel', hint: fields.phoneHint },
  given_name: { autocomplete: 'given-name' },
  family_name: { autocomplete: 'family-name' },
  name: { autocomplete: 'name' },
  nickname: { autocomplete: 'nickname' },
  birthdate: { autocomplete: 'bday', hint: fields.birthdateHint },
});

const isLabelled = (attribute: string, { attributes }: Texts): attribute is LabelledAttribute =>
  Object.hasOwn(attributes, attribute);

/** Makes the field for an attribute. */
export const attributeField = (attribute: string, texts: Texts): Field => ({
  autocomplete: 'off',
  ...looks(texts)[attribute],
  label: isLabelled(attribute, texts)
    ? texts.attributes[attribute]
    : attribute.replace(/^custom:/, '').replaceAll('_', ' '),
  name: `attribute.${attribute}`,
});

/** Reads what was entered into the fields of these attributes. */
export const givenAttributes = (
  names: readonly string[],
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(names.map((name) => [name, values[`attribute.${name}`] ?? '']));
