/** Traffic of browsers: the login page, a code with PKCE, a second app without a question, a refresh, and the sign-out. */
import { memoryStorage } from '../../dist/esm/index.js';
import {
  beginRedirectSignIn,
  completeRedirectSignIn,
  redirectSignOutUrl,
  refreshRedirectTokens,
} from '../../dist/esm/redirect/index.js';
import { callApi } from './api-calls.mjs';
import { CALLBACK, PASSWORD, PLAIN, userName } from './seed.mjs';

/** How long a browser stays signed in, in seconds. */
const STAY_S = 60;

export async function byRedirect(context) {
  const { turn, call, check, wait, endpoint } = context;
  const client = { userPoolId: PLAIN, clientId: 'app', endpoint };
  const domain = endpoint;
  const username = userName('oauth', turn);
  const storage = memoryStorage();
  const begin = () => beginRedirectSignIn(client, { domain, storage, redirectUri: CALLBACK });
  const complete = (url) => (options) => completeRedirectSignIn(client, { domain, storage, url }, options);
  const browser = createBrowser(context);

  const page = await browser.visit(await begin());
  check.same('a browser that is new sees the login page', new URL(page).pathname, '/login');
  await browser.visit(page);
  const enter = (options) => browser.call(new URL(page).search, { USERNAME: username, PASSWORD }, options);
  // Its ticket is never shown, and has to expire
  if (turn % 3 === 0) await call('the password on the page, for nothing', enter);
  const ticket = await call('the password on the page', enter);
  const callback = await browser.finish(new URL(page).search, ticket.Session);
  const { tokens } = await call('the code', complete(callback), 'signed-in');
  await check.tokens(tokens, username, client.clientId);
  await call('the same callback again', complete(callback), 'REDIRECT_UNEXPECTED');

  const second = await browser.visit(await begin());
  const again = await call('a second app, without a question', complete(second), 'signed-in');
  await check.tokens(again.tokens, username, client.clientId);
  const { refreshToken } = again.tokens;
  const refresh = (options) => refreshRedirectTokens(client, { domain, refreshToken, username }, options);
  await check.tokens(await call('a refresh at the token endpoint', refresh), username, client.clientId);

  await wait(STAY_S);
  await browser.visit(redirectSignOutUrl(client, { domain, logoutUri: CALLBACK }));
  const after = await browser.visit(await begin());
  check.same('a browser that has signed out sees the login page', new URL(after).pathname, '/login');
}

/** A browser with cookies of the pool. */
function createBrowser({ endpoint, fetch }) {
  const cookies = new Map();
  const send = async (url, init = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, { redirect: 'manual', ...init, headers: { ...init.headers, cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    return response;
  };
  const headers = { origin: endpoint, 'content-type': 'application/json' };
  return {
    /** @returns where the browser is sent, or the page itself */
    visit: async (url) => {
      const response = await send(url);
      await response.arrayBuffer();
      return new URL(response.headers.get('location') ?? url, endpoint).href;
    },
    /** Sends the password from the login page. */
    call: (search, AuthParameters, options) => {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const input = { ClientId: 'app', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters };
      return callApi(endpoint, 'InitiateAuth', input, {
        ...options,
        path: `/login/api${search}`,
        headers: { ...headers, cookie },
      });
    },
    /** Shows the ticket. @returns the address of the app that the page leads to */
    finish: async (search, ticket) => {
      const response = await send(`${endpoint}/login${search}`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ ticket }),
      });
      const { redirectTo, error } = await response.json();
      return redirectTo ?? `${endpoint}/error?error=${error}`;
    },
  };
}
