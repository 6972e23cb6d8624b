/** A browser that has signed in to a pool's managed login, and the requests of an app to the OAuth endpoints. */
import { createHash } from 'node:crypto';
import type { ClientOptions, UserPoolOptions } from '../../src/index.ts';
import { createWire, PASSWORD, type Wire } from '../wire.ts';

export const CALLBACK = 'https://app.example/callback?from=pool';
export const OTHER_CALLBACK = 'http://localhost:3000/callback';
export const LOGOUT = 'https://app.example/bye';
export const POOL_ID = 'eu-west-1_OAuth1';
export const SUB = '0d7d8a1e-0000-4000-8000-000000000001';

/** An app with every member of OAuth that a public client has. */
export const WEB: ClientOptions = {
  clientId: 'web',
  explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  callbackUrls: [CALLBACK, OTHER_CALLBACK],
  logoutUrls: [LOGOUT],
  allowedOAuthFlows: ['code', 'implicit'],
  allowedOAuthScopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin', 'orders/read'],
};

export const OTHER: ClientOptions = { clientId: 'other', callbackUrls: [CALLBACK] };

export const MACHINE: ClientOptions = {
  clientId: 'machine',
  clientSecret: 'a secret: 24%+characters',
  allowedOAuthFlows: ['client_credentials'],
  allowedOAuthScopes: ['orders/read', 'orders/write'],
};

export const CLIENTS = [WEB, OTHER, MACHINE];

const COOKIE_VALUE = 'a'.repeat(43);
export const COOKIE = `cognito-${POOL_ID}=${COOKIE_VALUE}`;
/** What the pool keeps of the session. */
export const KEPT_SESSION = createHash('sha256').update(COOKIE_VALUE).digest('base64');

/** The example of RFC 7636, appendix B. */
export const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
export const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

export type Fields = Readonly<Record<string, string>>;

/** The redirect that a browser is sent on. */
export interface Redirect {
  readonly status: number;
  readonly location: string;
  /** The members of the answer, from the query or from the fragment, without those that the callback URL has itself. */
  readonly answer: Fields;
  readonly setCookie: string;
}

export interface JsonReply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
}

export interface Browser extends Wire {
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /** GET with the cookie of alice, who has signed in. */
  readonly visit: (path: string, fields: Fields, cookie?: string) => Promise<Redirect>;
  /** Asks for a code or a token of the app `web`. A field that is empty is sent empty. */
  readonly authorize: (fields?: Fields, cookie?: string) => Promise<Redirect>;
  /** The code that the app `web` gets. */
  readonly codeOf: (fields?: Fields) => Promise<string>;
  readonly post: (path: string, fields: Fields, headers?: Fields) => Promise<JsonReply>;
  /** Exchanges a code that was asked for by `codeOf`. */
  readonly exchange: (code: string, fields?: Fields, headers?: Fields) => Promise<JsonReply>;
  readonly userInfo: (accessToken: string) => Promise<JsonReply>;
}

/** Leaves out the fields that are empty. */
export const given = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));

/** What a pool has kept of the session of alice. */
export const signedInAt = (time: number, methods: readonly string[] = ['pwd']) => ({
  session: KEPT_SESSION,
  sub: SUB,
  username: 'alice',
  // The tests name methods alone
  methods: methods as readonly 'pwd'[],
  hasLevel: false,
  deviceKey: undefined,
  authTime: Math.floor(time / 1000),
  createdAt: time,
  expires: time + 3_600_000,
});

/** Makes a pool in which alice signed in at the moment that the clock shows: `options.now`, or one that `wait` moves. */
export function createBrowser(options: UserPoolOptions = {}, methods: readonly string[] = ['pwd']): Browser {
  const begun = options.now?.() ?? Date.UTC(2026, 8, 24, 13, 50, 15);
  const wire = createWire({
    userPoolId: POOL_ID,
    clients: CLIENTS,
    resourceServers: [{ identifier: 'orders', scopes: ['read', 'write'] }],
    users: [
      {
        username: 'alice',
        password: PASSWORD,
        attributes: { sub: SUB, email: 'alice@example.com', email_verified: 'true', name: 'Alice' },
      },
    ],
    loginSessions: [signedInAt(begun, methods)],
    ...options,
  });
  const request = (path: string, init: RequestInit = {}) =>
    wire.pool.fetch(`http://localhost${path}`, { redirect: 'manual', ...init });
  const visit: Browser['visit'] = async (path, fields, cookie = COOKIE) => {
    const response = await request(`${path}?${new URLSearchParams(fields)}`, { headers: { cookie } });
    const location = response.headers.get('location') ?? '';
    const [, answer = ''] = /[?#](?:from=pool&?)?([^#?]*)$/.exec(location) ?? [];
    return {
      status: response.status,
      location,
      answer: Object.fromEntries(new URLSearchParams(answer)),
      setCookie: response.headers.get('set-cookie') ?? '',
    };
  };
  const authorize: Browser['authorize'] = (fields = {}, cookie = COOKIE) =>
    visit(
      '/oauth2/authorize',
      given({ client_id: 'web', response_type: 'code', redirect_uri: CALLBACK, ...fields }),
      cookie,
    );
  const post: Browser['post'] = async (path, fields, headers = {}) => {
    const body = new URLSearchParams(fields);
    const response = await request(path, { method: 'POST', body, headers });
    const text = await response.text();
    return {
      status: response.status,
      body: JSON.parse(text || '{}') as JsonReply['body'],
      headers: response.headers,
    };
  };
  return {
    ...wire,
    fetch: request,
    visit,
    authorize,
    codeOf: async (fields = {}) =>
      (await authorize({ code_challenge: CHALLENGE, code_challenge_method: 'S256', ...fields })).answer[
        'code'
      ] ?? 'none',
    post,
    exchange: (code, fields = {}, headers = {}) =>
      post(
        '/oauth2/token',
        given({
          grant_type: 'authorization_code',
          client_id: 'web',
          redirect_uri: CALLBACK,
          code,
          code_verifier: VERIFIER,
          ...fields,
        }),
        headers,
      ),
    userInfo: async (accessToken) => {
      const response = await request('/oauth2/userInfo', {
        headers: { authorization: `Bearer ${accessToken}` },
      });
      return {
        status: response.status,
        body: (await response.json()) as JsonReply['body'],
        headers: response.headers,
      };
    },
  };
}

export const claimsOf = (token: unknown): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Readonly<
    Record<string, unknown>
  >;
