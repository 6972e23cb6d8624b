/** Who is signed in, from the cookies of a request. For the server alone. */
import {
  createTokenKeeper,
  createUserStore,
  type KeyValueStorage,
  ServiceError,
  type UserPoolClient,
} from 'cognito-srp-engine';
import { type CookieJar, cookieStorage } from 'cognito-srp-engine/cookies';
import { createRedirectHandlers, type RedirectHandlers } from 'cognito-srp-engine/redirect';
import { createTokenVerifier, type TokenVerifier } from 'cognito-srp-engine/verify';

/** Read when a request comes, so that the build needs none of them. */
function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`Set ${name}: see .env.example`);
  return value;
}

export const pool = (): UserPoolClient => ({
  userPoolId: setting('COGNITO_USER_POOL_ID'),
  clientId: setting('COGNITO_CLIENT_ID'),
  clientSecret: process.env.COGNITO_CLIENT_SECRET || undefined,
  endpoint: process.env.COGNITO_ENDPOINT || undefined,
});

let handlers: RedirectHandlers | undefined;

/** The sign-in by redirect. It is the same for each request. */
export function auth(): RedirectHandlers {
  const app = setting('APP_URL');
  handlers ??= createRedirectHandlers(pool(), {
    domain: setting('COGNITO_DOMAIN'),
    redirectUri: `${app}/auth/callback`,
    logoutUri: `${app}/`,
    cookies: { secure: isSecure() },
    onError: (error) => console.error(error),
  });
  return handlers;
}

/** Browsers take cookies with `Secure` over TLS. On this machine some take them without. */
const isSecure = () => setting('APP_URL').startsWith('https:');

export const cookiesOf = (jar: CookieJar): KeyValueStorage => cookieStorage(jar, { secure: isSecure() });

let verifier: TokenVerifier | undefined;

/** The user whose access token the cookies have. The token is verified, because cookies belong to the browser. */
export async function currentUser(jar: CookieJar) {
  const user = await createUserStore(cookiesOf(jar), pool()).load();
  if (!user) return undefined;
  const { accessToken } = user.tokens;
  verifier ??= createTokenVerifier(pool());
  try {
    await verifier.verify(accessToken, 'access');
    return { username: user.username, accessToken };
  } catch {
    return undefined;
  }
}

/** Refreshes the tokens in the cookies if they end within a minute, and removes those that nobody can use any more. */
export async function refreshCookies(jar: CookieJar): Promise<void> {
  const store = createUserStore(cookiesOf(jar), pool());
  const user = await store.load();
  if (!user) return;
  const onTokens = (fresh: typeof user.tokens) => store.saveTokens(user.username, fresh);
  try {
    await createTokenKeeper(pool(), { ...user, onTokens }).get();
  } catch (error) {
    // What failed for a moment is tried again at the next request
    if (error instanceof ServiceError && error.recovery === 'start-again') await store.signOut(user.username);
  }
}
