/** The page of managed login. It signs a user in with the engine, and goes back to the app with what the pool answers. */
import { createUserStore, webStorage } from 'cognito-srp-engine';
import { type App, createFlows } from '../../login-page/app.ts';
import { element, focusFirst } from '../../login-page/dom.ts';
import { createKept } from '../../login-page/kept.ts';
import { SCREENS } from '../../login-page/screens.ts';
import { type View, viewAt } from '../../login-page/view.ts';
import type { PageConfig } from '../src/login/page-config.ts';
import { chooseTexts } from './language.ts';
import { withProviderLinks } from './providers.ts';
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
    focusFirst(main, { preventScroll: isFirst });
    isFirst = false;
  };
  const go = (view: PageView, how: 'push' | 'replace' = 'push') => {
    const address = `${location.search}#${view.name}`;
    if (how === 'replace' || location.hash === `#${view.name}`)
      history.replaceState(history.state, '', address);
    else history.pushState(INSIDE, '', address);
    show(view);
  };
  // The page gets no tokens, so devices are all that it keeps
  const store = createUserStore(
    webStorage(() => localStorage),
    client,
  );
  const pool = { ...config, client };
  const app: App = {
    ...createFlows(pool, { store, fetch: sendToPage }),
    name: config.name,
    texts,
    pool,
    kept,
    go,
    finish: (state) => finishWithTicket(app, state, go),
    startOver: async (username) => {
      app.flow.restart();
      go({ name: 'sign-in', username });
    },
  };

  const screenOf = (view: PageView, leaving: AbortSignal): HTMLElement => {
    if (view.name === 'remember-device') return rememberDeviceScreen(app, store, view, leaving);
    const step = SCREENS[view.name](app, view, leaving);
    return view.name === 'sign-in' ? withProviderLinks(config, texts, step) : step;
  };
  const showAddress = () => {
    const view = viewAt(location.hash, app);
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
