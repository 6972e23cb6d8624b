/** Shows the pool's password policy as a list in which each rule gets a mark as soon as it is met. */
import { type PasswordPolicy, passwordRules, type Texts } from 'cognito-srp-engine/texts';
import { element } from './dom.ts';
import type { Field } from './form.ts';

/** Makes the field for a new password, and the list of rules to show below it. */
export function newPasswordField(
  policy: PasswordPolicy,
  texts: Texts,
): {
  readonly field: Field;
  readonly list: HTMLElement;
} {
  const { met, notMet, title } = texts.passwordRules;
  const rows = passwordRules('', texts, policy).map(({ name, text }) => {
    const state = element('span', { class: 'visually-hidden' }, ` (${notMet})`);
    return { name, state, row: element('li', {}, text, state) };
  });
  return {
    field: {
      name: 'newPassword',
      label: texts.fields.newPassword,
      type: 'password',
      autocomplete: 'new-password',
      onInput: (password) => {
        const unmet = passwordRules(password, texts, policy).filter(({ isMet }) => !isMet);
        for (const { name, state, row } of rows) {
          const isMet = !unmet.some((rule) => rule.name === name);
          row.classList.toggle('met', isMet);
          state.textContent = ` (${isMet ? met : notMet})`;
        }
      },
    },
    list: element('ul', { class: 'rules', 'aria-label': title }, ...rows.map(({ row }) => row)),
  };
}
