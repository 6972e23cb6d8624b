/** What a signed-in user sees: who they are, how long for, on which devices, and the ways out. */
import {
  completePasskeyRegistration,
  createTokenKeeper,
  decodeClaims,
  forgetDevice,
  globalSignOut,
  listDevices,
  passkeyCreation,
  revokeToken,
  ServiceError,
  type StoredUser,
  startPasskeyRegistration,
  type TokenKeeper,
} from 'cognito-srp-engine';
import { type App, callOptions, rememberedName, rememberPasskey, type Screen } from '../app.ts';
import { type Child, element, heading } from '../dom.ts';
import { messageRegions, run } from '../work.ts';

type Work = (signal: AbortSignal) => Promise<void>;

/** What the parts of this screen share. */
interface Account {
  readonly app: App;
  readonly user: StoredUser;
  readonly keeper: TokenKeeper;
  readonly leaving: AbortSignal;
}

export const signedInScreen: Screen<'signed-in'> = (app, { notice }, leaving) => {
  const place = element('section', { class: 'step' }, heading('Signed in'));
  if (notice !== undefined) place.append(element('p', { class: 'notice', role: 'status' }, notice));
  void app.store.load().then(async (user) => {
    if (!user) return app.go({ name: 'sign-in' }, 'replace');
    const deviceKey = (await app.store.device(user.username))?.key;
    const keeper = createTokenKeeper(
      app.pool.client,
      {
        ...user,
        deviceKey,
        onTokens: (tokens) => app.store.saveTokens(user.username, tokens),
      },
      callOptions(app, leaving),
    );
    const account = { app, user, keeper, leaving };
    place.append(tokensPart(account), devicesPart(account), waysOutPart(account));
  });
  return place;
};

/** A part with buttons of its own: its messages stand in it. */
function part(
  account: Account,
  title: string,
  content: readonly Child[],
  buttons: readonly (readonly [label: string, work: Work])[],
): HTMLElement {
  const { app, leaving } = account;
  const { alert, progress } = messageRegions();
  const region = element('section', { class: 'part', 'aria-label': title });
  const onFailure = (_: unknown, error: unknown) => {
    if (!isSignedOut(error)) return;
    void app.store
      .signOut(account.user.username)
      .then(() =>
        app.go({ name: 'sign-in', notice: 'You have been signed out. Please sign in again.' }, 'replace'),
      );
  };
  const controls = buttons.map(([label, work]) => {
    const button = element('button', { type: 'button', class: 'secondary' }, label);
    button.addEventListener('click', () => {
      void run({ region, alert, progress, leaving, onFailure }, button, work);
    });
    return button;
  });
  region.append(
    element('h2', {}, title),
    ...content.filter((child) => child !== undefined && child !== false),
    element('div', { class: 'buttons' }, ...controls),
    alert,
    progress,
  );
  return region;
}

const isSignedOut = (error: unknown): boolean =>
  error instanceof ServiceError &&
  ['REFRESH_TOKEN_REFUSED', 'REFRESH_TOKEN_REUSED', 'ACCESS_TOKEN_REFUSED'].includes(error.code);

function tokensPart(account: Account): HTMLElement {
  const { keeper, user } = account;
  const about = element('dl', { class: 'claims' });
  const list = element('dl', { class: 'claims' });
  const until = element('p', { class: 'hint', role: 'status' });
  const show = () => {
    const { idToken, accessToken, expiresAt } = keeper.current();
    const claims = decodeClaims(idToken || accessToken) ?? {};
    about.replaceChildren(
      ...Object.entries(ABOUT).flatMap(([name, label]) => (name in claims ? row(label, claims[name]) : [])),
    );
    list.replaceChildren(
      ...Object.entries(claims).flatMap(([name, value]) => row(name, claimText(name, value))),
    );
    until.textContent = `Good until ${new Date(expiresAt).toLocaleTimeString()}.`;
  };
  show();
  return part(
    account,
    `Hello, ${user.username}`,
    [about, element('details', {}, element('summary', {}, 'Claims of your ID token'), list), until],
    [
      [
        'Refresh now',
        async () => {
          await keeper.get({ refresh: true });
          show();
        },
      ],
    ],
  );
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

function devicesPart(account: Account): HTMLElement {
  const { app, keeper, user } = account;
  const list = element('ul', { class: 'devices' });
  const load: Work = async (signal) => {
    const { accessToken } = await keeper.get();
    const options = callOptions(app, signal);
    const own = (await app.store.device(user.username))?.key;
    const rows: HTMLElement[] = [];
    for await (const { key, attributes } of listDevices(app.pool.client, { accessToken }, options)) {
      const name = `${attributes['device_name'] ?? key}${key === own ? ' (this device)' : ''}`;
      const row = part(
        account,
        name,
        [],
        [
          [
            'Forget',
            async (until) => {
              await forgetDevice(
                app.pool.client,
                { accessToken: (await keeper.get()).accessToken, deviceKey: key },
                callOptions(app, until),
              );
              if (key === own) await app.store.removeDevice(user.username);
              await load(until);
              // The button that had the focus is gone with its row
              list.parentElement?.querySelector<HTMLElement>(':scope > .buttons button')?.focus();
            },
          ],
        ],
      );
      rows.push(element('li', {}, row));
    }
    list.replaceChildren(...(rows.length > 0 ? rows : [element('li', {}, 'No device is remembered.')]));
  };
  return part(account, 'Devices', [list], [['Show my devices', load]]);
}

function waysOutPart(account: Account): HTMLElement {
  const { app, keeper, user } = account;
  const leave = async (notice: string) => {
    await app.store.signOut(user.username);
    app.go({ name: 'sign-in', notice }, 'replace');
  };
  return part(
    account,
    'Your account',
    [],
    [
      [
        'Add a passkey',
        async (signal) => {
          const options = callOptions(app, signal);
          const { accessToken } = await keeper.get();
          const creation = await startPasskeyRegistration(app.pool.client, { accessToken }, options);
          const credential = await navigator.credentials.create({ ...passkeyCreation(creation), signal });
          if (!credential) throw new DOMException('No passkey was made', 'NotAllowedError');
          await completePasskeyRegistration(app.pool.client, { accessToken, credential }, options);
          rememberPasskey(rememberedName() ?? user.username);
          app.go({ name: 'signed-in', notice: 'Your passkey is ready for the next sign-in.' }, 'replace');
        },
      ],
      [
        'Sign out',
        async (signal) => {
          const { refreshToken } = keeper.current();
          // Here the user is signed out in any case; the service hears of it where it can
          if (refreshToken !== undefined) {
            await revokeToken(app.pool.client, { refreshToken }, callOptions(app, signal)).catch(
              () => undefined,
            );
          }
          await leave('You are signed out.');
        },
      ],
      [
        'Sign out everywhere',
        async (signal) => {
          const { accessToken } = await keeper.get();
          await globalSignOut(app.pool.client, { accessToken }, callOptions(app, signal));
          await leave('You are signed out on all your devices.');
        },
      ],
    ],
  );
}
