/** A page without a server of its own that signs in by redirect. The test bundles it. */
import { createUserStore, ProtocolError, ServiceError, webStorage } from '../../src/index.ts';
import {
  beginRedirectSignIn,
  completeRedirectSignIn,
  isRedirectCallback,
  redirectSignOutUrl,
} from '../../src/redirect/index.ts';
import { createSession } from '../../src/session/index.ts';

interface Settings {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly endpoint: string;
}

declare global {
  interface Window {
    readonly settings: Settings;
    begin: () => Promise<string>;
  }
}

const pool = window.settings;
const domain = pool.endpoint;
const app = `${window.location.origin}/`;
const storage = webStorage(() => window.sessionStorage);
const session = createSession(pool, {
  store: createUserStore(
    webStorage(() => window.localStorage),
    pool,
  ),
});

/** The test changes what is stored in between, so it goes to the address itself. */
window.begin = () => beginRedirectSignIn(pool, { domain, redirectUri: app, storage });

function show(heading: string, button: string, onClick: () => Promise<string>): void {
  document.body.innerHTML = '<h1></h1><button></button>';
  const [title, action] = [document.querySelector('h1'), document.querySelector('button')];
  if (!title || !action) return;
  title.textContent = heading;
  action.textContent = button;
  action.onclick = () => void onClick().then((url) => window.location.assign(url));
}

async function run(): Promise<void> {
  const url = window.location.href;
  if (isRedirectCallback(url)) {
    // The code is out of the address before anything else happens
    window.history.replaceState(null, '', '/');
    await session.begin(await completeRedirectSignIn(pool, { domain, storage, url }));
  }
  const snapshot = await session.restore();
  if (snapshot.status === 'signed-in') {
    show(`Hello, ${snapshot.user.username}`, 'Sign out', async () => {
      await session.signOut();
      return redirectSignOutUrl(pool, { domain, logoutUri: app });
    });
  } else show('Welcome', 'Sign in', window.begin);
}

run().catch((error: unknown) => {
  const isKnown = error instanceof ProtocolError || error instanceof ServiceError;
  show(isKnown ? error.code : String(error), 'Sign in', window.begin);
});
