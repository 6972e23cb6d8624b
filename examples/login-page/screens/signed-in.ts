/** Shows a signed-in user the profile, the devices, the passkeys, the sessions, the level of the sign-in, and the ways to sign out. */
import { decodeClaims, globalSignOut, revokeToken } from 'cognito-srp-engine';
import { type App, callOptions, forgetUser, type Screen } from '../app.ts';
import { element, heading } from '../dom.ts';
import { pendingDeviceOf } from '../kept.ts';
import { shareTokens } from '../shared-tokens.ts';
import { type Account, callArguments, part } from './account-part.ts';
import { devicesPart } from './devices.ts';
import { passkeyFactorPart } from './passkey-factor-part.ts';
import { passkeysPart } from './passkeys-part.ts';
import { sessionsPart } from './sessions-part.ts';
import { stepUpPart } from './step-up-part.ts';

export const signedInScreen: Screen<'signed-in'> = (app, { username, notice }, leaving) => {
  const place = element('section', { class: 'step' }, heading(`Hello, ${username}`));
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
  return part({ app, username, tokens, leaving }, 'Your profile', {
    content: [about, claims, until],
    buttons: [
      {
        label: 'Refresh now',
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
  given_name: 'First name',
  email: 'E-mail',
  phone_number: 'Phone',
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
  return part(account, 'Sign out', {
    kind: 'ways-out',
    buttons: [
      {
        label: 'Sign out',
        worksOffline: true,
        work: async (signal) => {
          // Another tab may have stored a newer refresh token
          const { refreshToken } = ((await app.store.load(username)) ?? { tokens: tokens.current() }).tokens;
          await forgetUser(app, username);
          leave(refreshToken === undefined ? SIGNED_OUT : await revoke(app, refreshToken, signal));
        },
      },
      {
        label: 'Sign out everywhere',
        work: async (signal) => {
          const { pool, accessToken, options } = await callArguments(account, signal);
          await globalSignOut(pool, { accessToken }, options);
          await forgetUser(app, username);
          leave('You are signed out on all your devices.');
        },
      },
    ],
  });
}

const SIGNED_OUT = 'You are signed out.';

/** Revokes the refresh token, now or when the network is back. @returns the text that says so to the user */
async function revoke(app: App, refreshToken: string, signal: AbortSignal): Promise<string> {
  const tell = (until: AbortSignal) =>
    revokeToken(app.pool.client, { refreshToken }, callOptions(app, until));
  if (!navigator.onLine) {
    const later = () => void tell(new AbortController().signal).catch(() => undefined);
    addEventListener('online', later, { once: true });
    return 'You are signed out here. Leave this page open: the service is told when you are back online.';
  }
  try {
    await tell(signal);
    return SIGNED_OUT;
  } catch {
    return 'You are signed out here. The service could not be told. It ends the sign-in by itself when that expires.';
  }
}
