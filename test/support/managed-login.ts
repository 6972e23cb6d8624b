/** A pool in which alice has signed in at the login page of a browser, and the way of a sign-in by redirect through it. */
import { createUserPool, type UserPool, type UserPoolOptions } from '../../pool/src/index.ts';
import { COOKIE, POOL_ID, SUB, signedInAt } from '../../pool/test/oauth/browser.ts';
import type { UserPoolClient } from '../../src/index.ts';

export const DOMAIN = 'http://localhost:9229';
export const CALLBACK = 'https://shop.example/callback';
export const SIGNED_OUT = 'https://shop.example/bye';
export const PASSWORD = 'Correct-Horse-9';

export const web: UserPoolClient = { userPoolId: POOL_ID, clientId: 'web', endpoint: DOMAIN };
export const server: UserPoolClient = {
  ...web,
  clientId: 'server',
  clientSecret: 'a secret: 24%+characters',
};

export interface ManagedLogin {
  readonly pool: UserPool;
  /** Milliseconds since the epoch by the clock of the pool and of the client. */
  readonly clock: { ms: number };
  /** Each address that was requested by the client. */
  readonly sent: string[];
  /** Whether requests of the client fail. */
  readonly breaks: { all: boolean };
  readonly options: {
    readonly fetch: UserPool['fetch'];
    readonly now: () => number;
    readonly maxAttempts: 1;
  };
  /** Goes to the login page with alice's session, and comes back with the address of the callback. */
  readonly visit: (url: string) => Promise<string>;
}

export function createManagedLogin(settings: UserPoolOptions = {}): ManagedLogin {
  const clock = { ms: Date.now() };
  const redirects = { callbackUrls: [CALLBACK], logoutUrls: [SIGNED_OUT] };
  const pool = createUserPool({
    userPoolId: POOL_ID,
    now: () => clock.ms,
    clients: [
      { clientId: 'web', ...redirects },
      { clientId: 'server', clientSecret: server.clientSecret ?? '', ...redirects },
      { clientId: 'mail', ...redirects, allowedOAuthScopes: ['email'] },
    ],
    users: [
      {
        username: 'alice',
        password: PASSWORD,
        attributes: { sub: SUB, email: 'alice@example.com', email_verified: 'true' },
      },
    ],
    loginSessions: [signedInAt(clock.ms)],
    ...settings,
  });
  const sent: string[] = [];
  const breaks = { all: false };
  const fetch: UserPool['fetch'] = (url, init) => {
    sent.push(String(url));
    if (breaks.all) return Promise.reject(new Error('offline'));
    return pool.fetch(url, init);
  };
  return {
    pool,
    clock,
    sent,
    breaks,
    options: { fetch, now: () => clock.ms, maxAttempts: 1 },
    visit: async (url) => {
      const response = await pool.fetch(url, { headers: { cookie: COOKIE }, redirect: 'manual' });
      return response.headers.get('location') ?? '';
    },
  };
}
