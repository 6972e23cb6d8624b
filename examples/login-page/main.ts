/** Starts the page: it chooses the pool, finds out who is signed in, and shows one view after the other. */
import type { SignInFlow } from 'cognito-srp-engine/flow';
import { createFlows } from '../../login-page/app.ts';
import { element, focusFirst, textButton } from '../../login-page/dom.ts';
import { createKept } from '../../login-page/kept.ts';
import { chooseLanguage } from '../../login-page/language.ts';
import { SCREENS } from '../../login-page/screens.ts';
import { type View, viewAt } from '../../login-page/view.ts';
import { languageSwitch } from './language-switch.ts';
import {
  ACCOUNT_VIEWS,
  type AccountView,
  finisherOf,
  openSession,
  type PageApp,
  type PageScreen,
  type PageView,
  type PageViewName,
  userOf,
} from './page.ts';
import { choosePool, type PageConfig } from './pools.ts';
import { comeBack, withProviderButtons } from './redirect.ts';
import { rememberDeviceScreen } from './screens/remember-device.ts';
import { settingsScreen } from './screens/settings.ts';
import { loadTexts } from './texts.ts';

const PAGE_SCREENS: { readonly [Name in Exclude<PageViewName, AccountView>]: PageScreen } = {
  ...(SCREENS as { readonly [Name in keyof typeof SCREENS]: PageScreen }),
  'sign-in': (app, view, leaving) => withProviderButtons(app, SCREENS['sign-in'](app, view as View, leaving)),
  'remember-device': rememberDeviceScreen,
  settings: settingsScreen,
};

/** Only who signs in needs them. */
const loadAccountScreens = async () => (await import('./account/screens.ts')).ACCOUNT_SCREENS;

/** The state of a history entry that this page added, so that going back stays inside the page. */
const INSIDE = 'inside';

async function start(): Promise<void> {
  const main = document.querySelector('main');
  const config = (await (await fetch('/config.json')).json()) as PageConfig;
  if (!main) return;
  const pool = choosePool(config, location.search);
  const kept = createKept(pool.client);
  const { store, session } = openSession(pool, kept);
  let texts = await loadTexts[chooseLanguage(kept.language.get(), navigator.languages)]();
  let leave = new AbortController();
  let current: PageView | undefined;

  const show = (view: PageView) => {
    leave.abort();
    leave = new AbortController();
    const isFirst = current === undefined;
    current = view;
    document.documentElement.lang = texts.language;
    const { signal } = leave;
    const fill = (screen: PageScreen) => {
      main.replaceChildren(screen(app, view, signal));
      document.title = `${main.querySelector('h1')?.textContent ?? texts.signIn.title} · Example`;
      focusFirst(main, { preventScroll: isFirst });
    };
    const account = ACCOUNT_VIEWS.find((name) => name === view.name);
    if (account === undefined) fill(PAGE_SCREENS[view.name as keyof typeof PAGE_SCREENS]);
    else void loadAccountScreens().then((screens) => signal.aborted || fill(screens[account]), failToStart);
  };
  const go: PageApp['go'] = (view, how = 'push') => {
    const address = `${location.search}#${view.name}`;
    if (how === 'replace' || location.hash === `#${view.name}`)
      history.replaceState(history.state, '', address);
    else history.pushState(INSIDE, '', address);
    show(view);
  };
  const app: PageApp = {
    ...createFlows(pool, { store: session.store }),
    name: 'Example',
    get texts() {
      return texts;
    },
    pool,
    localPools: config.pools,
    session,
    store,
    kept,
    go,
    finish: (state) => finisherOf(app)(state),
    // A user who is confirming that it is them is still signed in
    startOver: async (username) => {
      app.flow.restart();
      if (userOf(app)) go({ name: 'signed-in' }, 'replace');
      else go({ name: 'sign-in', username });
    },
    back: () => {
      if (history.state === INSIDE) history.back();
      else {
        history.replaceState(null, '', `${location.search}#`);
        showAddress();
      }
    },
  };
  /** A signed-in user sees the account, whatever view the address names. Nobody else does. */
  const arrive = (): PageView => {
    const name = location.hash.slice(1);
    if (name === 'settings') return { name };
    const view = viewAt(location.hash, app);
    const user = userOf(app);
    if (!user) return view;
    const state = app.flow.getSnapshot();
    if (state.status === 'device-question' && state.step.username === user.username)
      return { name: 'remember-device' };
    // Another user who is signing in in this tab goes on
    if (
      view.name === 'challenge' &&
      state.status === 'challenge' &&
      state.challenge.username !== user.username
    )
      return view;
    return { name: ACCOUNT_VIEWS.find((each) => each === name) ?? 'signed-in' };
  };
  const showAddress = () => {
    const view = arrive();
    history.replaceState(history.state, '', `${location.search}#${view.name}`);
    show(view);
  };

  /** Shows who is signed in now. A form that stays is not made anew, so that it keeps what the user has typed. */
  const showUser = () => {
    const { name } = arrive();
    if (name !== current?.name || ACCOUNT_VIEWS.some((each) => each === name)) showAddress();
  };

  await Promise.all([session.restore(), settled(app.flow)]);
  let shownUser = userOf(app)?.username;
  session.subscribe((_, event) => {
    const before = shownUser;
    shownUser = userOf(app)?.username;
    if (event?.type === 'signed-out' && event.reason === 'ended') {
      app.flow.restart();
      go({ name: 'sign-in', notice: texts.notices.signedOutByService }, 'replace');
    }
    // Another tab has signed in or out. What it does to the tokens of the same user changes nothing here
    const isElsewhere =
      event?.type === 'changed-elsewhere' || (event?.type === 'signed-out' && event.reason === 'elsewhere');
    if (isElsewhere && shownUser !== before) showUser();
  });
  addEventListener('popstate', showAddress);
  addEventListener('pageshow', ({ persisted }) => persisted && showAddress());
  const offline = document.querySelector<HTMLElement>('.offline');
  const showConnection = () => offline?.replaceChildren(navigator.onLine ? '' : texts.notices.offline);
  addEventListener('online', showConnection);
  addEventListener('offline', showConnection);
  showConnection();

  const refused = await comeBack(app);
  if (refused) go(refused, 'replace');
  else showAddress();
  // So that the account is there although the network goes
  void loadAccountScreens().catch(() => undefined);
  document.querySelector('footer')?.append(
    element('span', {}, pool.local?.label ?? `${pool.client.userPoolId || 'No pool'}`),
    textButton('Settings', () => app.go({ name: 'settings' })),
    languageSwitch(app, async (language) => {
      texts = await loadTexts[language]();
      kept.language.set(language);
      showConnection();
      show(current ?? arrive());
    }),
  );
  if (pool.local) {
    const { localPoolPanel } = await import('./local/local-pool.ts');
    const atHand = () => nameAtHand(app) ?? userOf(app)?.username;
    document.querySelector('.page')?.append(localPoolPanel(pool.local, config.pools, atHand));
  }
}

/** Waits until the flow has read what it keeps over a reload. */
const settled = (flow: SignInFlow): Promise<void> =>
  new Promise((resolve) => {
    flow.subscribe(({ status }) => status !== 'working' && resolve());
  });

/** The name of the user whom a flow is about: the canonical one during a challenge, otherwise the typed one. */
function nameAtHand({ flow, signUp, reset }: PageApp): string | undefined {
  const state = flow.getSnapshot();
  if (location.hash === '#challenge' && state.status === 'challenge') return state.challenge.username;
  const asked = location.hash === '#confirm-sign-up' ? signUp : location.hash === '#reset-password' && reset;
  const sent = asked ? asked.getSnapshot() : undefined;
  return sent && 'username' in sent ? sent.username : undefined;
}

function failToStart(): void {
  const alert = element('p', { role: 'alert' }, 'This page could not start. Reload it.');
  document.querySelector('main')?.replaceChildren(alert);
}

start().catch(failToStart);
