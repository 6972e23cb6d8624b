/** Starts the page: it chooses the pool, finds out who is signed in, and shows one view after the other. */
import { challengeScreen } from '../../login-page/challenges/challenge.ts';
import { element, textButton } from '../../login-page/dom.ts';
import { createKept } from '../../login-page/kept.ts';
import { forgotPasswordScreen, resetPasswordScreen } from '../../login-page/screens/forgot-password.ts';
import { signInScreen } from '../../login-page/screens/sign-in.ts';
import { confirmSignUpScreen, signUpScreen } from '../../login-page/screens/sign-up.ts';
import { keepView, viewAt } from '../../login-page/view.ts';
import { localPoolPanel } from './local/local-pool.ts';
import {
  createStore,
  finisherOf,
  keptTextsOf,
  type PageApp,
  type PageScreen,
  type PageView,
  starterOver,
  userOf,
} from './page.ts';
import { pendingDeviceOf } from './pending-device.ts';
import { choosePool, type PageConfig } from './pools.ts';
import { rememberDeviceScreen } from './screens/remember-device.ts';
import { settingsScreen } from './screens/settings.ts';
import { signedInScreen } from './screens/signed-in.ts';
import { texts } from './texts.ts';

const SCREENS: { readonly [Name in PageView['name']]: PageScreen<Name> } = {
  'sign-in': signInScreen,
  'sign-up': signUpScreen,
  'confirm-sign-up': confirmSignUpScreen,
  'forgot-password': forgotPasswordScreen,
  'reset-password': resetPasswordScreen,
  challenge: challengeScreen,
  'remember-device': rememberDeviceScreen,
  'signed-in': signedInScreen,
  settings: settingsScreen,
};

/** The state of a history entry that this page added, so that going back stays inside the page. */
const INSIDE = 'inside';

async function start(): Promise<void> {
  const main = document.querySelector('main');
  const config = (await (await fetch('/config.json')).json()) as PageConfig;
  if (!main) return;
  const pool = choosePool(config, location.search);
  const kept = { ...createKept(pool.client), ...keptTextsOf(pool) };
  let leave = new AbortController();
  let current: PageView | undefined;

  const show = (view: PageView) => {
    leave.abort();
    leave = new AbortController();
    const isFirst = current === undefined;
    current = view;
    const screen = SCREENS[view.name] as PageScreen<PageView['name']>;
    main.replaceChildren(screen(app, view, leave.signal));
    const title = main.querySelector('h1');
    document.title = `${title?.textContent ?? 'Sign in'} · Example`;
    // The browser sets the focus when the page is opened
    if (!isFirst) title?.focus();
  };
  const keep = (view: PageView) => {
    // These two need nothing kept here: the tokens and the device are stored where every tab sees them
    if (view.name === 'signed-in' || view.name === 'remember-device') kept.view.remove();
    else if (view.name !== 'settings') keepView(kept.view, view);
  };
  const go: PageApp['go'] = (view, how = 'push') => {
    keep(view);
    const address = `${location.search}#${view.name}`;
    if (how === 'replace' || location.hash === `#${view.name}`)
      history.replaceState(history.state, '', address);
    else history.pushState(INSIDE, '', address);
    show(view);
  };
  const parts = { pool, kept, store: createStore(pool), go };
  const app: PageApp = {
    ...parts,
    name: 'Example',
    texts,
    localPools: config.pools,
    finish: finisherOf(parts),
    startOver: starterOver(parts),
    back: () => {
      if (history.state === INSIDE) history.back();
      else {
        history.replaceState(null, '', `${location.search}#`);
        void showAddress();
      }
    },
  };
  /** A signed-in user sees the account, whatever view the address names. Nobody else does. */
  const arrive = async (): Promise<PageView> => {
    if (location.hash === '#settings') return { name: 'settings' };
    const view = viewAt(location.hash, kept.view, pool.client, texts);
    const user = await app.store.load();
    if (!user) return view;
    // Another user who is signing in in this tab goes on
    if (view.name === 'challenge' && view.challenge.username !== user.username) return view;
    // The device has to be confirmed first, because until then a refresh is refused
    const newDevice = pendingDeviceOf(kept, user.username);
    return newDevice
      ? { name: 'remember-device', newDevice }
      : { name: 'signed-in', username: user.username };
  };
  const showAddress = async () => {
    const view = await arrive();
    history.replaceState(history.state, '', `${location.search}#${view.name}`);
    show(view);
  };

  addEventListener('popstate', () => void showAddress());
  addEventListener('pageshow', ({ persisted }) => persisted && void showAddress());
  // Another tab has signed in or out, or has set up the device
  addEventListener('storage', ({ key }) => {
    if (key === null || /\.(LastAuthUser|pending-device)$/.test(key)) void showAddress();
  });
  const offline = document.querySelector<HTMLElement>('.offline');
  const showConnection = () => {
    offline?.replaceChildren(navigator.onLine ? '' : texts.notices.offline);
  };
  addEventListener('online', showConnection);
  addEventListener('offline', showConnection);
  showConnection();

  await showAddress();
  document.querySelector('footer')?.append(
    element('span', {}, pool.local?.label ?? `${pool.client.userPoolId || 'No pool'}`),
    textButton('Settings', () => app.go({ name: 'settings' })),
  );
  if (pool.local) {
    const atHand = async () => (current && userOf(current)) ?? (await app.store.load())?.username;
    document.querySelector('.page')?.append(localPoolPanel(pool.local, config.pools, atHand));
  }
}

start().catch(() => {
  document
    .querySelector('main')
    ?.replaceChildren(element('p', { role: 'alert' }, 'This page could not start. Reload it.'));
});
