/** Beside the page, only for a pool on this machine: the messages users would have got, and users to try. */
import { element } from '../dom.ts';
import type { LocalPool, Person } from '../pools.ts';

interface Message {
  readonly to: string;
  readonly medium: string;
  readonly code: string;
  readonly at: number;
}
interface AppCode {
  readonly username: string;
  readonly code: string;
}

const POLL_MS = 1000;
const SHOWN = 4;

export function localPoolPanel(pool: LocalPool): HTMLElement {
  const messages = element('ol', { class: 'messages', 'aria-live': 'polite' });
  const nothing = element('p', { class: 'hint' }, 'None yet. Codes appear here.');
  const apps = element('ol', { class: 'messages authenticators' });
  let shown = '';
  const poll = async () => {
    if (document.hidden || !navigator.onLine) return;
    const [sent, codes] = await Promise.all([
      json<readonly Message[]>(`${pool.endpoint}/_/outbox`),
      json<readonly AppCode[]>(`/authenticators/${pool.userPoolId}`),
    ]);
    const latest = sent.slice(-SHOWN).reverse();
    const state = JSON.stringify([latest, codes]);
    if (state === shown) return;
    shown = state;
    nothing.hidden = latest.length > 0;
    messages.replaceChildren(
      ...latest.map(({ to, medium, code }) =>
        messageRow(`${medium === 'SMS' ? 'Text message' : 'E-mail'} to ${to}`, code),
      ),
    );
    apps.replaceChildren(
      ...codes.map(({ username, code }) => messageRow(`Authenticator app of ${username}`, code)),
    );
  };
  const pollQuietly = () => void poll().catch(() => undefined);
  pollQuietly();
  setInterval(pollQuietly, POLL_MS);

  return element(
    'aside',
    { class: 'local', 'aria-label': 'Local pool' },
    element('p', { class: 'badge' }, 'Local pool — only on this machine'),
    element('h2', {}, 'Messages the user got'),
    nothing,
    messages,
    apps,
    pool.people.length > 0 &&
      element(
        'div',
        { class: 'people' },
        element('h2', {}, 'Users to try'),
        element('ul', {}, ...pool.people.map(personRow)),
      ),
  );
}

const messageRow = (title: string, code: string): HTMLElement =>
  element(
    'li',
    {},
    element('span', {}, title),
    element(
      'button',
      {
        type: 'button',
        class: 'chip',
        'aria-label': `Fill in code ${code}`,
        onclick: () => fillIn('code', code),
      },
      code,
    ),
  );

const personRow = ({ username, password, shows }: Person): HTMLElement =>
  element(
    'li',
    {},
    element('span', {}, element('b', {}, username), ` — ${shows}`),
    element(
      'button',
      {
        type: 'button',
        class: 'chip',
        'aria-label': `Fill in ${username} and the password`,
        onclick: () => {
          fillIn('username', username);
          fillIn('password', password);
        },
      },
      'Fill in',
    ),
  );

function fillIn(field: string, value: string): void {
  const input = document.querySelector<HTMLInputElement>(`main #field-${field}`);
  if (!input) return;
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}

async function json<T>(url: string): Promise<T> {
  const response = await fetch(url, { cache: 'no-store' });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as T;
}
