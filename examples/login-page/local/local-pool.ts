/** The panel beside the page, only for a pool on this machine: the messages that the user would get, and users to try. */
import { element } from '../../../login-page/dom.ts';
import type { LocalPool, Person } from '../pools.ts';
import { appCode } from './authenticator-app.ts';
import { poolRow } from './pool-row.ts';

/** A user of the local pool, as the server lists it under `peoplePath`. */
export interface KnownUser {
  readonly username: string;
  /** Every name that can be typed for this user. */
  readonly names: readonly string[];
  /** The code that the authenticator app shows now. */
  readonly appCode?: string;
}

/** @returns the path at which the page's server lists the users of a pool */
export const peoplePath = (userPoolId: string): string => `/people/${userPoolId}`;

/** A message, as the pool lists it at `GET /_/outbox`. */
interface Message {
  readonly to: string;
  readonly medium: string;
  readonly code: string;
  readonly username: string;
  readonly at: number;
}
interface CodeRow {
  readonly key: string;
  readonly title: string;
  readonly code: string;
}

const POLL_MS = 1000;
const SHOWN = 3;

/** @param atHand gives the name of the user who is signing in or is signed in */
export function localPoolPanel(
  pool: LocalPool,
  pools: readonly LocalPool[],
  atHand: () => string | undefined,
): HTMLElement {
  const messages = element('ol', { class: 'messages', 'aria-live': 'polite' });
  const nothing = element('p', { class: 'hint' }, 'None yet. Codes appear here.');
  const apps = element('ol', { class: 'messages authenticators' });
  const poll = async () => {
    if (document.hidden || !navigator.onLine) return;
    const called = atHand();
    const [sent, users] = await Promise.all([
      json<readonly Message[]>(`${pool.endpoint}/_/outbox`),
      json<readonly KnownUser[]>(peoplePath(pool.userPoolId)),
    ]);
    const user = users.find(({ names }) => called !== undefined && names.includes(called));
    const own = sent.filter(({ username }) => username === user?.username).slice(-SHOWN);
    const codes = [...(user ? appRows(user) : []), ...(await newAppRows())];
    showRows(messages, own.reverse().map(messageRow));
    showRows(apps, codes);
    nothing.hidden = own.length + codes.length > 0;
  };
  const pollQuietly = () => void poll().catch(() => undefined);
  pollQuietly();
  setInterval(pollQuietly, POLL_MS);

  const others = pools.filter(({ userPoolId }) => userPoolId !== pool.userPoolId);
  return element(
    'aside',
    { class: 'local', 'aria-label': 'Local pool' },
    element('p', { class: 'badge' }, 'Local pool — only on this machine'),
    element('h2', {}, 'Messages the user got'),
    nothing,
    messages,
    apps,
    element(
      'div',
      { class: 'people' },
      pool.people.length > 0 && element('h2', {}, 'Users to try'),
      element('ul', {}, ...pool.people.map(personRow)),
      others.length > 0 && element('h2', {}, 'Pools to try'),
      element('ul', {}, ...others.map(poolRow)),
    ),
  );
}

const messageRow = ({ medium, to, code, at }: Message): CodeRow => ({
  key: `${at} ${code}`,
  title: `${medium === 'SMS' ? 'Text message' : 'E-mail'} to ${to}`,
  code,
});

const appRows = ({ username, appCode: code }: KnownUser): readonly CodeRow[] =>
  code === undefined ? [] : [{ key: 'app', title: `${username}’s authenticator app`, code }];

/** Reads the secret of an app that is being set up from the screen, as a phone's camera would. */
async function newAppRows(): Promise<readonly CodeRow[]> {
  const secret = document.querySelector('main .secret-code')?.textContent;
  return secret ? [{ key: 'new app', title: 'The app being set up', code: await appCode(secret) }] : [];
}

/** Shows these rows. A row that was there keeps its element, and so the focus. */
function showRows(list: HTMLElement, rows: readonly CodeRow[]): void {
  const there = new Map([...list.children].map((row) => [row.getAttribute('data-key'), row]));
  for (const [index, { key, title, code }] of rows.entries()) {
    const row = there.get(key) ?? codeRow(key);
    there.delete(key);
    setText(row.querySelector('span'), title);
    const chip = row.querySelector('button');
    setText(chip, code);
    chip?.setAttribute('aria-label', `Fill in code ${code}`);
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  }
  for (const row of there.values()) row.remove();
}

/** Sets a text only where it differs, because screen readers announce a text again when it is set again. */
function setText(node: Element | null, text: string): void {
  if (node && node.textContent !== text) node.textContent = text;
}

const codeRow = (key: string): HTMLElement =>
  element(
    'li',
    { 'data-key': key },
    element('span'),
    element('button', {
      type: 'button',
      class: 'chip',
      onclick: ({ currentTarget }) => fillIn('code', (currentTarget as HTMLElement).textContent ?? ''),
    }),
  );

const personRow = ({ username, password, shows }: Person): HTMLElement =>
  element(
    'li',
    {},
    element('span', { class: 'hint' }, element('b', {}, username), shows),
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

/** Fills in a field and moves the focus to it, so that Enter submits the form. */
function fillIn(field: string, value: string): void {
  const input = document.querySelector<HTMLInputElement>(`main #field-${field}`);
  if (!input) return;
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.focus();
}

async function json<T>(url: string): Promise<T> {
  const response = await fetch(url, { cache: 'no-store' });
  if (!response.ok) throw new Error(String(response.status));
  return (await response.json()) as T;
}
