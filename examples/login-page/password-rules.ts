/** Shows the pool's password policy as a list in which each rule gets a mark as soon as it is met. */
import { element } from './dom.ts';
import type { Field } from './form.ts';
import type { PasswordPolicy } from './pools.ts';

type Rule = readonly [text: string, met: (password: string) => boolean];

function rulesOf(policy: PasswordPolicy): readonly Rule[] {
  const length = policy.minimumLength ?? 8;
  const rules: readonly (readonly [boolean | undefined, ...Rule])[] = [
    [true, `At least ${length} characters`, (password) => [...password].length >= length],
    [policy.requireLowercase, 'A lowercase letter', (password) => /[a-z]/.test(password)],
    [policy.requireUppercase, 'An uppercase letter', (password) => /[A-Z]/.test(password)],
    [policy.requireNumbers, 'A number', (password) => /[0-9]/.test(password)],
    // The symbols that the service counts
    [
      policy.requireSymbols,
      'A symbol',
      (password) => /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+ -]/.test(password),
    ],
  ];
  return rules.flatMap(([asked, ...rule]) => (asked ? [rule] : []));
}

/** Makes the field for a new password, and the list of rules to show below it. */
export function newPasswordField(policy: PasswordPolicy): {
  readonly field: Field;
  readonly list: HTMLElement;
} {
  const rows = rulesOf(policy).map(([text, met]) => {
    const state = element('span', { class: 'visually-hidden' }, ' (not met yet)');
    return { met, state, row: element('li', {}, text, state) };
  });
  return {
    field: {
      name: 'newPassword',
      label: 'New password',
      type: 'password',
      autocomplete: 'new-password',
      onInput: (password) => {
        for (const { met, state, row } of rows) {
          const isMet = met(password);
          row.classList.toggle('met', isMet);
          state.textContent = isMet ? ' (met)' : ' (not met yet)';
        }
      },
    },
    list: element(
      'ul',
      { class: 'rules', 'aria-label': 'Rules for the password' },
      ...rows.map(({ row }) => row),
    ),
  };
}
