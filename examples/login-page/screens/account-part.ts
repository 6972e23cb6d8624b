/** Makes a part of the signed-in screen, with buttons and messages of its own. */
import { ServiceError } from 'cognito-srp-engine';
import { callOptions } from '../../../login-page/app.ts';
import { type Child, element } from '../../../login-page/dom.ts';
import { messageRegions, run, type WorkPlace } from '../../../login-page/work.ts';
import { forgetUser, type PageApp } from '../page.ts';
import type { SharedTokens } from '../shared-tokens.ts';
import { texts } from '../texts.ts';

/** What every part is given. */
export interface Account {
  readonly app: PageApp;
  readonly username: string;
  readonly tokens: SharedTokens;
  readonly leaving: AbortSignal;
}

/** What a call for the signed-in user takes: an access token that is valid, and how the request is sent. */
export async function callArguments({ app, tokens }: Account, signal: AbortSignal) {
  const { accessToken } = await tokens.get({ signal });
  return { pool: app.pool.client, accessToken, options: callOptions(app, signal) };
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
  }[];
  /** A CSS class beside `part`. */
  readonly kind?: string;
  /** Work that starts as soon as the part is made. */
  readonly atOnce?: Work;
}

export function part(account: Account, title: string, parts: PartContent): HTMLElement {
  const { content = [], buttons = [], kind, atOnce } = parts;
  const { app, username, leaving } = account;
  const { alert, progress } = messageRegions();
  const region = element('section', { class: `part ${kind ?? ''}`.trim(), 'aria-label': title });
  const place: WorkPlace = {
    region,
    alert,
    progress,
    leaving,
    texts,
    onFailure: (_, error) => {
      if (isSignedOut(error)) void signedOut(app, username);
    },
  };
  const controls = buttons.map(({ label, work, worksOffline = false }) => {
    const button = element('button', { type: 'button', class: 'secondary' }, label);
    button.addEventListener('click', () => void run({ ...place, worksOffline }, button, work));
    return button;
  });
  region.append(
    element('h2', {}, title),
    ...content.filter((child) => child !== undefined && child !== false),
    element('div', { class: 'buttons' }, ...controls),
    alert,
    progress,
  );
  if (atOnce) void run(place, undefined, atOnce);
  return region;
}

const isSignedOut = (error: unknown): boolean =>
  error instanceof ServiceError &&
  ['REFRESH_TOKEN_REFUSED', 'REFRESH_TOKEN_REUSED', 'ACCESS_TOKEN_REFUSED'].includes(error.code);

async function signedOut(app: PageApp, username: string): Promise<void> {
  await forgetUser(app, username);
  app.go({ name: 'sign-in', notice: texts.notices.signedOutByService }, 'replace');
}
