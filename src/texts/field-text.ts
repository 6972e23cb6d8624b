/** The label of a field, and how a browser is told what goes into it. */
import type { Texts } from './texts.ts';

/** A field of a form: its label, and attributes of HTML's `input`. */
export interface FieldText {
  readonly name: string;
  readonly label: string;
  /** The attribute `type`. */
  readonly type: 'text' | 'password' | 'email' | 'tel' | 'url' | 'date';
  /** The attribute `autocomplete`, by which password managers and phones find the field. */
  readonly autocomplete: string;
  /** The attribute `inputmode`. */
  readonly inputmode: 'text' | 'numeric';
}

type Kind = readonly [autocomplete: string, type?: FieldText['type'], inputmode?: FieldText['inputmode']];

/** The names of autofill are those of the HTML Standard §4.10.19.7. */
const KINDS: Readonly<Record<string, Kind>> = {
  username: ['username'],
  newUsername: ['username'],
  password: ['current-password', 'password'],
  currentPassword: ['current-password', 'password'],
  newPassword: ['new-password', 'password'],
  repeatPassword: ['new-password', 'password'],
  code: ['one-time-code', 'text', 'numeric'],
  codeOfApp: ['one-time-code', 'text', 'numeric'],
  address: ['street-address'],
  birthdate: ['bday', 'date'],
  email: ['email', 'email'],
  family_name: ['family-name'],
  gender: ['sex'],
  given_name: ['given-name'],
  locale: ['language'],
  middle_name: ['additional-name'],
  name: ['name'],
  nickname: ['nickname'],
  phone_number: ['tel', 'tel'],
  picture: ['photo', 'url'],
  profile: ['url', 'url'],
  website: ['url', 'url'],
};

/**
 * The label of a field.
 *
 * @param name a member of `texts.fields`, such as `username`, `newPassword` or `codeOfApp`, or the name of a standard
 *   attribute, such as `given_name`. The label of another one, such as `custom:shoe_size`, is its name.
 * @param texts the texts of a language
 * @returns the label, and the attributes of the `input` element
 * @example
 * ```ts
 * import { textOfField } from 'cognito-srp-engine/texts';
 * import { en } from 'cognito-srp-engine/texts/en';
 *
 * console.log(textOfField('code', en)); // { name: 'code', label: 'Code', autocomplete: 'one-time-code', type: 'text', inputmode: 'numeric' }
 * ```
 */
export function textOfField(name: string, texts: Texts): FieldText {
  const labels: Readonly<Record<string, string>> = { ...texts.attributes, ...texts.fields };
  const label = Object.hasOwn(labels, name) ? labels[name] : undefined;
  const [autocomplete, type = 'text', inputmode = 'text'] = Object.hasOwn(KINDS, name)
    ? (KINDS[name] ?? ['off'])
    : (['off'] as const);
  return { name, label: label ?? name, autocomplete, type, inputmode };
}
