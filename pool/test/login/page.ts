/** A browser that opens the page of managed login, and the requests that the page sends. */
import { Secret, TOTP } from 'otpauth';
import { type ClientOptions, createUserPool, type UserPool, type UserPoolOptions } from '../../src/index.ts';

export const PASSWORD = 'Correct-Horse-9';
export const ORIGIN = 'http://localhost:9229';
export const CALLBACK = 'https://app.example/callback';

/** An app that may not sign in by the API at all: no flow, and a secret that no page can keep. */
export const WEB: ClientOptions = {
  clientId: 'web',
  clientSecret: 'a secret that no page has',
  explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
  callbackUrls: [CALLBACK],
  logoutUrls: ['https://app.example/bye'],
  allowedOAuthFlows: ['code', 'implicit'],
  allowedOAuthScopes: ['openid', 'email', 'aws.cognito.signin.user.admin'],
};
export const OTHER: ClientOptions = { ...WEB, clientId: 'other' };
/** An app without a secret. */
export const PUBLIC: ClientOptions = {
  clientId: 'public',
  explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  callbackUrls: [CALLBACK],
  allowedOAuthFlows: ['code'],
  allowedOAuthScopes: ['openid'],
};

export const ALICE = {
  username: 'alice',
  password: PASSWORD,
  attributes: { email: 'alice@example.com', email_verified: 'true' },
};

export type Texts = Readonly<Record<string, string>>;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly __type?: string;
  readonly message?: string;
  readonly ChallengeName?: string;
  readonly ChallengeParameters?: Texts;
  readonly Session?: string;
  readonly redirectTo?: string;
  readonly [member: string]: unknown;
}

/** What the page of one browser for one app sends. A header that is '' is left out. */
export interface LoginPage {
  readonly query: string;
  /** `name=value`, as the browser sends it. */
  readonly cookie: string;
  readonly call: (operation: string, input: object, headers?: Texts) => Promise<Answer>;
  /** Begins a sign-in of alice with her password, whose ticket comes at once if she has no second factor. */
  readonly signIn: (input?: object) => Promise<Answer>;
  /** Shows a ticket. */
  readonly finish: (ticket: string | undefined, headers?: Texts) => Promise<Answer>;
}

export interface World {
  readonly pool: UserPool;
  /** Moves the pool's clock forward by this many seconds. */
  readonly wait: (seconds: number) => void;
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
  readonly open: (clientId?: string, fields?: Texts) => Promise<LoginPage>;
  /** The calls of the API, for which AWS's clients are made. */
  readonly api: (operation: string, input: object) => Promise<Answer>;
  /** What the app gets for its code. */
  readonly exchange: (code: string, clientId?: string) => Promise<Answer>;
}

const read = async (response: Response): Promise<Answer> => ({
  ...(JSON.parse((await response.text()) || '{}') as object),
  status: response.status,
  headers: response.headers,
});

const TARGET = 'AWSCognitoIdentityProviderService.';

export function createWorld(options: UserPoolOptions = {}): World {
  let time = Date.UTC(2026, 8, 24, 13, 50, 15);
  const pool = createUserPool({
    clients: [WEB, OTHER, PUBLIC],
    users: [ALICE],
    now: () => time,
    ...options,
  });
  const fetch: World['fetch'] = (path, init) =>
    pool.fetch(`${ORIGIN}${path}`, { redirect: 'manual', ...init });
  const post = async (path: string, body: object, headers: Texts) => {
    const kept = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== ''));
    return read(await fetch(path, { method: 'POST', body: JSON.stringify(body), headers: kept }));
  };
  return {
    pool,
    fetch,
    wait: (seconds) => {
      time += seconds * 1000;
    },
    open: async (clientId = 'web', fields = {}) => {
      const query = `?${new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        redirect_uri: CALLBACK,
        state: 'a state',
        ...fields,
      })}`;
      const page = await fetch(`/login${query}`);
      const [cookie = ''] = (page.headers.get('set-cookie') ?? '').split(';');
      const own = {
        origin: ORIGIN,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/json',
        cookie,
      };
      const call: LoginPage['call'] = (operation, input, headers = {}) =>
        post(
          `/login/api${query}`,
          { ClientId: clientId, ...input },
          { ...own, 'x-amz-target': `${TARGET}${operation}`, ...headers },
        );
      return {
        query,
        cookie,
        call,
        signIn: (input = {}) =>
          call('InitiateAuth', {
            AuthFlow: 'USER_PASSWORD_AUTH',
            AuthParameters: { USERNAME: 'alice', PASSWORD },
            ...input,
          }),
        finish: (ticket, headers = {}) => post(`/login${query}`, { ticket }, { ...own, ...headers }),
      };
    },
    api: (operation, input) =>
      post('/', input, {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': `${TARGET}${operation}`,
      }),
    exchange: async (code, clientId = 'web') => {
      const secret = clientId === 'public' ? {} : { client_secret: WEB.clientSecret ?? '' };
      const form = {
        grant_type: 'authorization_code',
        client_id: clientId,
        redirect_uri: CALLBACK,
        code,
        ...secret,
      };
      return read(await fetch('/oauth2/token', { method: 'POST', body: new URLSearchParams(form) }));
    },
  };
}

/** The code that the app gets, or 'none'. */
export const codeIn = ({ redirectTo }: Answer): string =>
  (redirectTo !== undefined && new URL(redirectTo).searchParams.get('code')) || 'none';

/** What an authenticator app shows at this time. */
export const totpCode = (secret: string, timestamp: number): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
