/** The page of managed login. It signs a user in with the engine, and goes back to the app with what the pool answers. */
import { createUserStore, webStorage } from 'cognito-srp-engine';
import type { App } from '../../login-page/app.ts';
import { challengeScreen } from '../../login-page/challenges/challenge.ts';
import { element } from '../../login-page/dom.ts';
import { createKept } from '../../login-page/kept.ts';
import { forgotPasswordScreen, resetPasswordScreen } from '../../login-page/screens/forgot-password.ts';
import { signInScreen } from '../../login-page/screens/sign-in.ts';
import { confirmSignUpScreen, signUpScreen } from '../../login-page/screens/sign-up.ts';
import { keepView, type View, viewAt } from '../../login-page/view.ts';
import type { PageConfig } from '../src/login/page-config.ts';
import { chooseTexts } from './language.ts';
import { withProviders } from './providers.ts';
import { rememberDeviceScreen } from './remember-device.ts';
import { finishWithTicket, type Goal, sendToPage } from './ticket.ts';

type PageView = View | Goal;

/** The state of a history entry that this page added. */
const INSIDE = 'inside';

function start(main: HTMLElement): void {
  // The pool has written it
  const config = JSON.parse(main.dataset['config'] ?? '{}') as PageConfig;
  const texts = chooseTexts(new URLSearchParams(location.search).get('lang'), navigator.languages);
  document.documentElement.lang = texts.language;
  const { userPoolId, clientId, sessionMinutes } = config;
  const client = {
    userPoolId,
    clientId,
    endpoint: location.origin,
    // A page that came without TLS can send its requests in no other way
    ...(location.protocol === 'http:' && { dangerouslyAllowPlainHttp: true }),
    ...(sessionMinutes !== undefined && { authSessionValidityMinutes: sessionMinutes }),
  };
  const kept = createKept(client);
  let leave = new AbortController();
  let isFirst = true;

  const show = (view: PageView) => {
    leave.abort();
    leave = new AbortController();
    main.replaceChildren(screenOf(view, leave.signal));
    const title = main.querySelector('h1');
    document.title = `${title?.textContent ?? texts.signIn.title} · ${config.name}`;
    // The first field, or the heading of a step that has none
    (main.querySelector<HTMLElement>('.field input') ?? title)?.focus({ preventScroll: isFirst });
    isFirst = false;
  };
  const go = (view: PageView, how: 'push' | 'replace' = 'push') => {
    if (view.name !== 'remember-device') keepView(kept.view, view);
    const address = `${location.search}#${view.name}`;
    if (how === 'replace' || location.hash === `#${view.name}`)
      history.replaceState(history.state, '', address);
    else history.pushState(INSIDE, '', address);
    show(view);
  };
  const app: App = {
    name: config.name,
    texts,
    pool: { ...config, client },
    // The page gets no tokens, so devices are all that it keeps
    store: createUserStore(
      webStorage(() => localStorage),
      client,
    ),
    kept,
    fetch: sendToPage,
    go,
    finish: (step, typedName) => finishWithTicket(app, step, typedName, go),
    startOver: async (username) => go({ name: 'sign-in', username }),
  };

  const screenOf = (view: PageView, leaving: AbortSignal): HTMLElement => {
    switch (view.name) {
      case 'sign-in':
        return withProviders(config, texts, () => signInScreen(app, view, leaving));
      case 'sign-up':
        return signUpScreen(app, view, leaving);
      case 'confirm-sign-up':
        return confirmSignUpScreen(app, view, leaving);
      case 'forgot-password':
        return forgotPasswordScreen(app, view, leaving);
      case 'reset-password':
        return resetPasswordScreen(app, view, leaving);
      case 'challenge':
        return challengeScreen(app, view, leaving);
      case 'remember-device':
        return rememberDeviceScreen(app, view, leaving);
    }
  };
  const showAddress = () => {
    const view = viewAt(location.hash, kept.view, client, texts);
    history.replaceState(history.state, '', `${location.search}#${view.name}`);
    const hint = new URLSearchParams(location.search).get('login_hint');
    show(view.name === 'sign-in' && hint ? { username: hint, ...view } : view);
  };

  addEventListener('popstate', showAddress);
  addEventListener('pageshow', ({ persisted }) => persisted && showAddress());
  const offline = document.querySelector('.offline');
  const showConnection = () => offline?.replaceChildren(navigator.onLine ? '' : texts.notices.offline);
  addEventListener('online', showConnection);
  addEventListener('offline', showConnection);
  showConnection();
  showAddress();
}

const main = document.querySelector('main');
try {
  if (main) start(main);
} catch {
  main?.replaceChildren(element('p', { role: 'alert' }, 'This page could not start. Reload it.'));
}
