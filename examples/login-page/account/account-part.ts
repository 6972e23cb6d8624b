/** Makes a part of the signed-in screen, with buttons and messages of its own. */
import { ServiceError } from 'cognito-srp-engine';
import type { SessionUser } from 'cognito-srp-engine/session';
import { TIMEOUT_MS } from '../../../login-page/app.ts';
import { type Child, element } from '../../../login-page/dom.ts';
import { messageRegions, run, type WorkPlace } from '../../../login-page/work.ts';
import type { PageApp } from '../page.ts';

/** What every part is given. */
export interface Account {
  readonly app: PageApp;
  readonly user: SessionUser;
  readonly leaving: AbortSignal;
}

/** What a call for the signed-in user takes: an access token that is valid, and how the request is sent. */
export async function callArguments({ app }: Pick<Account, 'app'>, signal: AbortSignal) {
  const { accessToken } = await app.session.tokens();
  signal.throwIfAborted();
  return { pool: app.pool.client, accessToken, options: { signal, timeoutMs: TIMEOUT_MS } };
}

/** Takes it for success that something to remove is gone already: it was removed elsewhere. */
export async function unlessGone(removal: Promise<void>): Promise<void> {
  await removal.catch((error: unknown) => {
    if (!(error instanceof ServiceError && error.name === 'ResourceNotFoundException')) throw error;
  });
}

export type Work = (signal: AbortSignal) => Promise<void>;

interface PartContent {
  readonly content?: readonly Child[];
  readonly buttons?: readonly {
    readonly label: string;
    readonly work: Work;
    readonly worksOffline?: boolean;
    /** What the button says while its work is under way. */
    readonly working?: string;
  }[];
  /** A CSS class beside `part`. */
  readonly kind?: string;
  /** Work that starts as soon as the part is made. */
  readonly atOnce?: Work;
}

export function part({ app, leaving }: Account, title: string, parts: PartContent): HTMLElement {
  const { content = [], buttons = [], kind, atOnce } = parts;
  const { texts } = app;
  const { messages, ...regions } = messageRegions();
  const region = element('section', { class: `part ${kind ?? ''}`.trim(), 'aria-label': title });
  const place: WorkPlace = {
    region,
    ...regions,
    leaving,
    texts,
    onFailure: (_, error) => void leaveIfSignedOut(app, error),
  };
  const controls = buttons.map(({ label, work, worksOffline = false, working }) => {
    const button = element('button', { type: 'button', class: 'secondary' }, label);
    button.addEventListener('click', () => void run({ ...place, worksOffline, working }, button, work));
    return button;
  });
  region.append(
    element('h2', {}, title),
    ...content.filter((child) => child !== undefined && child !== false),
    element('div', { class: 'buttons' }, ...controls),
    messages,
  );
  if (atOnce) void run(place, undefined, atOnce);
  return region;
}

/** The service has ended the session elsewhere. It says so only to who uses the access token. */
export async function leaveIfSignedOut(app: PageApp, error: unknown): Promise<void> {
  if (!(error instanceof ServiceError && error.code === 'ACCESS_TOKEN_REFUSED')) return;
  await app.session.signOut();
  app.flow.restart();
  app.go({ name: 'sign-in', notice: app.texts.notices.signedOutByService }, 'replace');
}
