/** A small identity provider that can do anything wrong. The pool reaches it through the fetch that it is given. */
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type { UserPool } from '../../src/index.ts';
import { type Agent, POOL } from './browser-agent.ts';
import { REGISTRATION } from './stand-in.ts';

export const WRONG_ISSUER = 'https://provider.example';

/** What the provider does differently from a right one. */
export interface Behaviour {
  /** Claims of the ID token that differ from the right ones. */
  readonly idToken?: JWTPayload;
  readonly userInfo?: Readonly<Record<string, unknown>>;
  /** Whether the ID token is signed with a key that the JWKS does not have under its `kid`. */
  readonly foreignKey?: boolean;
  /** What each endpoint does in place of its answer, by its path. */
  readonly instead?: Readonly<Record<string, (init: RequestInit) => Promise<Response>>>;
}

export interface WrongProvider {
  readonly fetch: typeof fetch;
  /** What was asked of it: method, path and form. */
  readonly asked: { readonly method: string; readonly path: string; readonly form: URLSearchParams }[];
  readonly behave: (behaviour: Behaviour) => void;
  /** To be set to the `nonce` of the authorization request, as a provider remembers it. */
  nonce: string;
}

const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

export async function createWrongProvider(): Promise<WrongProvider> {
  const own = await generateKeyPair('RS256', { extractable: true });
  const foreign = await generateKeyPair('RS256');
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'its-key', use: 'sig', alg: 'RS256' };
  let behaviour: Behaviour = {};

  const answers: Readonly<Record<string, () => Promise<Response>>> = {
    '/.well-known/openid-configuration': async () =>
      json({
        issuer: WRONG_ISSUER,
        authorization_endpoint: `${WRONG_ISSUER}/authorize`,
        token_endpoint: `${WRONG_ISSUER}/token`,
        userinfo_endpoint: `${WRONG_ISSUER}/userinfo`,
        jwks_uri: `${WRONG_ISSUER}/jwks`,
        id_token_signing_alg_values_supported: ['RS256'],
      }),
    '/token': async () => {
      const now = Math.floor(Date.now() / 1000);
      const claims = {
        iss: WRONG_ISSUER,
        aud: REGISTRATION.clientId,
        sub: 'Alice-1',
        nonce: provider.nonce,
        iat: now,
        exp: now + 300,
        ...behaviour.idToken,
      };
      const idToken = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'its-key' })
        .sign((behaviour.foreignKey ? foreign : own).privateKey);
      return json({ access_token: 'a', token_type: 'Bearer', expires_in: 300, id_token: idToken });
    },
    '/jwks': async () => json({ keys: [jwk] }),
    '/userinfo': async () =>
      json({ sub: 'Alice-1', email: 'alice@example.com', name: 'Alice', ...behaviour.userInfo }),
  };
  const provider: WrongProvider = {
    asked: [],
    nonce: '',
    behave: (changed) => {
      behaviour = changed;
    },
    fetch: async (input, init = {}) => {
      const { pathname: path } = new URL(String(input));
      provider.asked.push({
        method: init.method ?? 'GET',
        path,
        form: new URLSearchParams(String(init.body ?? '')),
      });
      const instead = behaviour.instead?.[path];
      if (instead) return instead(init);
      return answers[path]?.() ?? json({ error: 'not found' }, 404);
    },
  };
  return provider;
}

/** Goes from the app up to the provider, which this agent does not visit, and gives what the provider is asked. */
export async function leaveFor(
  provider: WrongProvider,
  pool: Pick<UserPool, 'fetch'>,
  agent: Agent,
  authorizeUrl: string,
): Promise<URLSearchParams> {
  const response = await pool.fetch(authorizeUrl);
  const { searchParams } = new URL(response.headers.get('location') ?? '');
  const [cookie = ''] = response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '');
  agent.cookies.set(`${new URL(POOL).host} csrf-state`, cookie.split('=')[1] ?? '');
  provider.nonce = searchParams.get('nonce') ?? '';
  return searchParams;
}
