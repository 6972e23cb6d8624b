/** Makes a part of the signed-in screen that lists what the user has, each item with a button that removes it. */
import type { Texts } from 'cognito-srp-engine/texts';
import { element } from '../../../login-page/dom.ts';
import { type Account, part, type Work } from './account-part.ts';

export interface ListItem {
  readonly name: string;
  readonly hint: string;
  /** Absent for an item that cannot be removed here. */
  readonly remove?: Work;
}

interface ListContent {
  /** The CSS class of the list. */
  readonly kind: string;
  /** What the button of each item says. */
  readonly removeLabel: string;
  /** What is shown in place of an empty list. */
  readonly empty: string;
  readonly load: (signal: AbortSignal) => Promise<readonly ListItem[]>;
  /** The buttons under the list. */
  readonly buttons?: readonly { readonly label: string; readonly work: Work }[];
}

export function listPart(account: Account, title: string, content: ListContent): HTMLElement {
  const { kind, removeLabel, empty, load, buttons = [] } = content;
  const list = element('ul', { class: `items ${kind}` });
  const show: Work = async (signal) => {
    const rows = (await load(signal)).map((item) => element('li', {}, row(item)));
    list.replaceChildren(...(rows.length > 0 ? rows : [element('li', { class: 'hint' }, empty)]));
  };
  const row = ({ name, hint, remove }: ListItem) =>
    part(account, name, {
      content: [element('p', { class: 'hint' }, hint)],
      buttons: remove
        ? [
            {
              label: removeLabel,
              work: async (signal) => {
                await remove(signal);
                await show(signal);
                // The button that had the focus was removed with its row
                whole.querySelector('h2')?.focus();
              },
            },
          ]
        : [],
    });
  const whole = part(account, title, { content: [list], buttons, atOnce: show });
  whole.querySelector('h2')?.setAttribute('tabindex', '-1');
  return whole;
}

export function whenUsed(time: number, { language }: Texts): string {
  const date = new Date(time);
  const isThisYear = date.getFullYear() === new Date().getFullYear();
  return date.toLocaleString(language, {
    day: 'numeric',
    month: 'short',
    ...(!isThisYear && { year: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
  });
}
