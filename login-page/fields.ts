/** Makes the fields of a form from the texts of the package. */
import {
  type PasswordPolicy,
  passwordRules,
  type Texts,
  textOfField,
  textOfMissingRules,
} from 'cognito-srp-engine/texts';
import { element } from './dom.ts';
import type { Field } from './form.ts';

const hintOf = (name: string, { fields }: Texts): string | undefined =>
  name === 'phone_number' ? fields.phoneHint : undefined;

/** @param name `username`, `password`, `code`, or the name of an attribute such as `email` */
export function fieldOf(name: string, texts: Texts, more: Partial<Field> = {}): Field {
  const { label, ...look } = textOfField(name, texts);
  const hint = hintOf(name, texts);
  return {
    ...look,
    // An attribute of the pool's own has no other label
    label: label === name ? name.replace(/^custom:/, '').replaceAll('_', ' ') : label,
    ...(hint !== undefined && { hint }),
    ...more,
  };
}

/** Shows the pool's password policy as a list in which each rule gets a tick as soon as it is met. */
export function newPasswordField(
  policy: PasswordPolicy,
  texts: Texts,
  label = texts.fields.newPassword,
): {
  readonly field: Field;
  readonly list: HTMLElement /** What is missing, in one sentence. */;
  readonly missing: () => string;
} {
  const { met, notMet, title } = texts.passwordRules;
  let rules = passwordRules('', texts, policy);
  const rows = rules.map(({ text }) => {
    const state = element('span', { class: 'visually-hidden' }, ` (${notMet})`);
    return { state, row: element('li', {}, text, state) };
  });
  const onInput = (password: string) => {
    rules = passwordRules(password, texts, policy);
    for (const [index, { isMet }] of rules.entries()) {
      const { row, state } = rows[index] ?? {};
      row?.classList.toggle('met', isMet);
      state?.replaceChildren(` (${isMet ? met : notMet})`);
    }
  };
  return {
    field: fieldOf('newPassword', texts, { label, onInput }),
    list: element('ul', { class: 'rules', 'aria-label': title }, ...rows.map(({ row }) => row)),
    missing: () => (rules.every(({ isMet }) => isMet) ? '' : textOfMissingRules(rules, texts)),
  };
}
