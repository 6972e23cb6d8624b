/** The page of a signed-in user: the profile, how the user signs in, where, and the ways out. */
import { revokeToken } from 'cognito-srp-engine';
import type { SessionUser } from 'cognito-srp-engine/session';
import { fill } from 'cognito-srp-engine/texts';
import { TIMEOUT_MS } from '../../../login-page/app.ts';
import { element, heading, textButton } from '../../../login-page/dom.ts';
import { type PageApp, type PageScreen, userOf } from '../page.ts';
import { type Account, part } from './account-part.ts';
import { developerPart } from './developer-part.ts';
import { devicesPart } from './devices.ts';
import { passkeyFactorPart } from './passkey-factor-part.ts';
import { passkeysPart } from './passkeys-part.ts';
import { secondFactorsPart } from './second-factors-part.ts';
import { sessionsPart } from './sessions-part.ts';

export const signedInScreen: PageScreen = (app, { notice }, leaving) => {
  const user = userOf(app);
  // `arrive` shows this to nobody else
  if (!user) throw new Error('Nobody is signed in');
  const account = { app, user, leaving };
  return element(
    'section',
    { class: 'step account' },
    heading(fill(app.texts.account.greeting, { name: nameOf(user) })),
    !!notice && element('p', { class: 'notice', role: 'status' }, notice),
    profilePart(account),
    secondFactorsPart(account),
    passkeysPart(account),
    passkeyFactorPart(account),
    devicesPart(account),
    sessionsPart(account),
    developerPart(account),
    waysOutPart(account),
  );
};

/** What people call the user. A pool whose users sign in by an address makes names that nobody knows. */
function nameOf({ claims, username, sub, email }: SessionUser): string {
  const names = [claims['given_name'], claims['name'], claims['preferred_username']];
  const given = names.find((name): name is string => typeof name === 'string' && name !== '');
  return given ?? (username === sub ? (email ?? username) : username);
}

function profilePart(account: Account): HTMLElement {
  const { app, user } = account;
  const { texts } = app;
  const rows: readonly (readonly [label: string, value: string | undefined])[] = [
    [texts.attributes.given_name, textOf(user.claims['given_name'])],
    [texts.attributes.name, textOf(user.claims['name'])],
    [texts.attributes.email, user.email],
    [texts.attributes.phone_number, user.phoneNumber],
    [texts.account.groups, user.groups.join(texts.listSeparator)],
  ];
  const cells = rows.flatMap(([label, value]) =>
    value ? [element('dt', {}, label), element('dd', {}, element('bdi', {}, value))] : [],
  );
  return part(account, texts.account.profile, {
    content: [
      element('dl', { class: 'claims' }, ...cells),
      textButton(texts.account.changeEmail, () => app.go({ name: 'change-email' })),
    ],
  });
}

const textOf = (claim: unknown): string | undefined => (typeof claim === 'string' ? claim : undefined);

function waysOutPart(account: Account): HTMLElement {
  const { app } = account;
  const { texts, session, flow } = app;
  const leave = (notice: string) => {
    flow.restart();
    app.go({ name: 'sign-in', notice }, 'replace');
  };
  const whole = part(account, texts.account.signOut, {
    kind: 'ways-out',
    buttons: [
      {
        label: texts.buttons.signOut,
        worksOffline: true,
        work: async () => {
          const refreshToken = (await app.store.load())?.tokens.refreshToken;
          const { problem } = await session.signOut();
          if (problem && !navigator.onLine) return leave(revokeLater(app, refreshToken));
          leave(problem ? texts.notices.signedOutHereOnly : texts.notices.signedOut);
        },
      },
      {
        label: texts.buttons.signOutEverywhere,
        work: async () => {
          const { problem } = await session.signOut({ everywhere: true });
          leave(problem ? texts.notices.signedOutHereOnly : texts.notices.signedOutEverywhere);
        },
      },
    ],
  });
  whole.append(textButton(texts.account.deleteAccount, () => app.go({ name: 'delete-account' })));
  return whole;
}

/** Revokes the refresh token when the network is back. @returns the text that says so to the user */
function revokeLater({ pool, texts }: PageApp, refreshToken = ''): string {
  const revoke = () =>
    void revokeToken(pool.client, { refreshToken }, { timeoutMs: TIMEOUT_MS }).catch(() => undefined);
  addEventListener('online', revoke, { once: true });
  return texts.notices.signedOutOffline;
}
