/** Starts the page: which pool, who is signed in already, and from one view to the next. */
import { type App, createStore, follow, type Screen } from './app.ts';
import { challengeScreen } from './challenges/challenge.ts';
import { element, textButton } from './dom.ts';
import { localPoolPanel } from './local/local-pool.ts';
import { choosePool, type PageConfig } from './pools.ts';
import { forgotPasswordScreen, resetPasswordScreen } from './screens/forgot-password.ts';
import { rememberDeviceScreen } from './screens/remember-device.ts';
import { settingsScreen } from './screens/settings.ts';
import { signInScreen } from './screens/sign-in.ts';
import { confirmSignUpScreen, signUpScreen } from './screens/sign-up.ts';
import { signedInScreen } from './screens/signed-in.ts';
import { keepView, type View, viewAt } from './view.ts';

const SCREENS: { readonly [Name in View['name']]: Screen<Name> } = {
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

async function start(): Promise<void> {
  const main = document.querySelector('main');
  const config = (await (await fetch('/config.json')).json()) as PageConfig;
  if (!main) return;
  const pool = choosePool(config, location.search);
  let leave = new AbortController();
  let current: View | undefined;

  const show = (view: View) => {
    leave.abort();
    leave = new AbortController();
    const isFirst = current === undefined;
    current = view;
    const screen = SCREENS[view.name] as Screen<View['name']>;
    main.replaceChildren(screen(app, view, leave.signal));
    const title = main.querySelector('h1');
    document.title = `${title?.textContent ?? 'Sign in'} · Example`;
    // On arrival the focus is the browser's
    if (!isFirst) title?.focus();
  };
  const app: App = {
    pool,
    store: createStore(pool),
    go: (view, how = 'push') => {
      keepView(view);
      const address = `${location.search}#${view.name}`;
      if (how === 'replace' || location.hash === `#${view.name}`) history.replaceState(null, '', address);
      else history.pushState(null, '', address);
      show(view);
    },
    follow: (step, typedName) => follow(app, step, typedName),
  };
  /** Who is signed in sees that, wherever the address points; nobody else does. */
  const arrive = async () => {
    const view = viewAt(location.hash, pool.client);
    const user = await app.store.load();
    if (!user) return view.name === 'remember-device' ? { name: 'sign-in' as const } : view;
    return view.name === 'remember-device' || view.name === 'settings'
      ? view
      : { name: 'signed-in' as const };
  };
  const showAddress = async () => {
    const view = await arrive();
    history.replaceState(null, '', `${location.search}#${view.name}`);
    show(view);
  };

  addEventListener('popstate', () => void showAddress());
  addEventListener('pageshow', ({ persisted }) => persisted && void showAddress());
  // Another tab has signed in or out
  addEventListener('storage', ({ key }) => {
    if (key === null || key.endsWith('.LastAuthUser')) void showAddress();
  });
  const offline = document.querySelector<HTMLElement>('.offline');
  const showConnection = () => {
    offline?.replaceChildren(navigator.onLine ? '' : 'You are offline. What you enter is kept.');
  };
  addEventListener('online', showConnection);
  addEventListener('offline', showConnection);
  showConnection();

  await showAddress();
  document.querySelector('footer')?.append(
    element('span', {}, pool.local?.label ?? `${pool.client.userPoolId || 'No pool'}`),
    textButton('Settings', () => app.go({ name: 'settings' })),
  );
  if (pool.local) document.querySelector('.page')?.append(localPoolPanel(pool.local));
}

start().catch(() => {
  document
    .querySelector('main')
    ?.replaceChildren(element('p', { role: 'alert' }, 'This page could not start. Reload it.'));
});
