/** What a developer wants to see of a sign-in: the claims, the life of the tokens, and the level of the sign-in. */
import { decodeClaims } from 'cognito-srp-engine';
import { advance } from '../../../login-page/app.ts';
import { element } from '../../../login-page/dom.ts';
import { type Account, callArguments, part } from './account-part.ts';

export const developerPart = (account: Account): HTMLElement =>
  element(
    'details',
    { class: 'part developer' },
    element('summary', {}, 'For developers'),
    tokensPart(account),
    stepUpPart(account),
  );

function tokensPart(account: Account): HTMLElement {
  const { session, texts } = account.app;
  const list = element('dl', { class: 'claims', dir: 'ltr' });
  const until = element('p', { class: 'hint', role: 'status' });
  const show = () => {
    const snapshot = session.getSnapshot();
    if (snapshot.status !== 'signed-in') return;
    const rows = Object.entries(snapshot.user.claims).flatMap(([name, value]) => [
      element('dt', {}, name),
      element('dd', {}, claimText(name, value)),
    ]);
    list.replaceChildren(...rows);
    const time = new Date(snapshot.expiresAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    until.textContent = `Access token good until ${time}.`;
  };
  show();
  return part(account, 'Claims of your ID token', {
    content: [list, until],
    buttons: [
      {
        label: texts.buttons.refresh,
        working: texts.working.loading,
        work: async () => {
          await session.tokens({ refresh: true });
          show();
        },
      },
    ],
  });
}

const claimText = (name: string, value: unknown): string =>
  typeof value === 'number' && ['exp', 'iat', 'auth_time'].includes(name)
    ? new Date(value * 1000).toLocaleString()
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);

/** A password with the code of an app, then a passkey or a password with a code that was sent. */
const LEVELS = ['urn:cognito:loa:4', 'urn:cognito:loa:3'];

/** Asks for another factor, to raise the authentication level of the sign-in. */
function stepUpPart(account: Account): HTMLElement {
  const { app, user } = account;
  const { texts } = app;
  const level = element('p', { class: 'hint' }, texts.account.stepUpHint);
  const whole = part(account, texts.account.stepUp, {
    content: [level],
    buttons: [
      {
        label: texts.buttons.confirmWithFactor,
        working: texts.working.checking,
        work: async (signal) => {
          const { accessToken } = await callArguments(account, signal);
          const { username } = user;
          const credentials = { flow: 'USER_AUTH', username, targetAcrValues: LEVELS, accessToken } as const;
          await advance(app, signal, () => app.flow.start(credentials));
        },
      },
    ],
  });
  void app.store.load().then((stored) => {
    const reached = stored && decodeClaims(stored.tokens.accessToken)?.['acr'];
    if (!reached) return;
    level.textContent = `Confirmed: ${reached}`;
    // The service refuses a token that has reached the level
    whole.querySelector('.buttons')?.replaceChildren();
  });
  return whole;
}
