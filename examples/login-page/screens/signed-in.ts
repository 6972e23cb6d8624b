/** Shows a signed-in user the profile, the devices, the passkeys, the sessions, the level of the sign-in, and the ways to sign out. */
import { decodeClaims, globalSignOut, revokeToken } from 'cognito-srp-engine';
import { fill } from 'cognito-srp-engine/texts';
import { callOptions } from '../../../login-page/app.ts';
import { element, heading } from '../../../login-page/dom.ts';
import { forgetUser, type PageApp, type PageScreen } from '../page.ts';
import { pendingDeviceOf } from '../pending-device.ts';
import { shareTokens } from '../shared-tokens.ts';
import { texts } from '../texts.ts';
import { type Account, callArguments, part } from './account-part.ts';
import { devicesPart } from './devices.ts';
import { passkeyFactorPart } from './passkey-factor-part.ts';
import { passkeysPart } from './passkeys-part.ts';
import { sessionsPart } from './sessions-part.ts';
import { stepUpPart } from './step-up-part.ts';

export const signedInScreen: PageScreen<'signed-in'> = (app, { username, notice }, leaving) => {
  const place = element(
    'section',
    { class: 'step' },
    heading(fill(texts.account.greeting, { name: username })),
  );
  if (notice !== undefined) place.append(element('p', { class: 'notice', role: 'status' }, notice));
  void app.store.load(username).then((user) => {
    if (leaving.aborted) return;
    if (!user) return app.go({ name: 'sign-in' }, 'replace');
    const account = { app, username, tokens: shareTokens(app, user), leaving };
    place.append(
      tokensPart(account),
      devicesPart(account),
      passkeysPart(account),
      passkeyFactorPart(account),
      sessionsPart(account),
      stepUpPart(account),
      waysOutPart(account),
    );
  });
  return place;
};

function tokensPart({ app, username, tokens, leaving }: Account): HTMLElement {
  const about = element('dl', { class: 'claims' });
  const list = element('dl', { class: 'claims' });
  const until = element('p', { class: 'hint', role: 'status' });
  const show = () => {
    const { idToken, accessToken, expiresAt } = tokens.current();
    const claims = decodeClaims(idToken || accessToken) ?? {};
    about.replaceChildren(
      ...Object.entries(ABOUT).flatMap(([name, label]) => (name in claims ? row(label, claims[name]) : [])),
    );
    list.replaceChildren(
      ...Object.entries(claims).flatMap(([name, value]) => row(name, claimText(name, value))),
    );
    const time = new Date(expiresAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    until.textContent = `Access token good until ${time}.`;
  };
  show();
  const claims = element('details', {}, element('summary', {}, 'Claims of your ID token'), list);
  return part({ app, username, tokens, leaving }, texts.account.profile, {
    content: [about, claims, until],
    buttons: [
      {
        label: texts.buttons.refresh,
        work: async (signal) => {
          const newDevice = pendingDeviceOf(app.kept, username);
          // The service does not refresh tokens of a device that is not confirmed
          if (newDevice) return app.go({ name: 'remember-device', newDevice }, 'replace');
          await tokens.get({ refresh: true, signal });
          show();
        },
      },
    ],
  });
}

const ABOUT: Readonly<Record<string, string>> = {
  given_name: texts.attributes.given_name,
  email: texts.attributes.email,
  phone_number: texts.attributes.phone_number,
};

const row = (name: string, value: unknown): readonly HTMLElement[] => [
  element('dt', {}, name),
  element('dd', {}, String(value)),
];

const claimText = (name: string, value: unknown): string =>
  typeof value === 'number' && ['exp', 'iat', 'auth_time'].includes(name)
    ? new Date(value * 1000).toLocaleString()
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

function waysOutPart(account: Account): HTMLElement {
  const { app, username, tokens } = account;
  const leave = (notice: string) => app.go({ name: 'sign-in', notice }, 'replace');
  return part(account, texts.account.signOut, {
    kind: 'ways-out',
    buttons: [
      {
        label: texts.buttons.signOut,
        worksOffline: true,
        work: async (signal) => {
          // Another tab may have stored a newer refresh token
          const { refreshToken } = ((await app.store.load(username)) ?? { tokens: tokens.current() }).tokens;
          await forgetUser(app, username);
          leave(refreshToken === undefined ? SIGNED_OUT : await revoke(app, refreshToken, signal));
        },
      },
      {
        label: texts.buttons.signOutEverywhere,
        work: async (signal) => {
          const { pool, accessToken, options } = await callArguments(account, signal);
          await globalSignOut(pool, { accessToken }, options);
          await forgetUser(app, username);
          leave(texts.notices.signedOutEverywhere);
        },
      },
    ],
  });
}

const SIGNED_OUT = texts.notices.signedOut;

/** Revokes the refresh token, now or when the network is back. @returns the text that says so to the user */
async function revoke(app: PageApp, refreshToken: string, signal: AbortSignal): Promise<string> {
  const tell = (until: AbortSignal) =>
    revokeToken(app.pool.client, { refreshToken }, callOptions(app, until));
  if (!navigator.onLine) {
    const later = () => void tell(new AbortController().signal).catch(() => undefined);
    addEventListener('online', later, { once: true });
    return texts.notices.signedOutOffline;
  }
  try {
    await tell(signal);
    return SIGNED_OUT;
  } catch {
    return texts.notices.signedOutHereOnly;
  }
}
