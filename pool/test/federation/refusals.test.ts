/** What makes a sign-in through an identity provider fail, and what the app is told. */
import type { UserPoolOptions } from '../../src/index.ts';
import { CALLBACK, createAgent, POOL, type Visited } from './browser-agent.ts';
import { authorizeUrl, CLIENT, createFederatedPool, errorAt, oidcProvider, PROVIDER_NAME } from './world.ts';
import {
  type Behaviour,
  createWrongProvider,
  leaveFor,
  WRONG_ISSUER,
  type WrongProvider,
} from './wrong-provider.ts';

let provider: WrongProvider;
beforeAll(async () => {
  provider = await createWrongProvider();
});
beforeEach(() => {
  provider.behave({});
  provider.asked.length = 0;
});

const createWorld = (options: UserPoolOptions = {}) => {
  const entries: string[] = [];
  const pool = createFederatedPool(WRONG_ISSUER, {
    identityProviderFetch: provider.fetch,
    log: (entry) => entries.push(JSON.stringify(entry)),
    ...options,
  });
  const agent = createAgent(pool);
  /** Goes up to the provider, and gives the state that it would send back. */
  const leave = async (more: Readonly<Record<string, string>> = {}): Promise<string> =>
    (await leaveFor(provider, pool, agent, authorizeUrl(more))).get('state') ?? '';
  const comeBack = (answer: Readonly<Record<string, string>>): Promise<Visited> =>
    agent.visit(`${POOL}/oauth2/idpresponse?${new URLSearchParams(answer)}`);
  /** Goes to the provider and comes back with a code. */
  const signIn = async (more: Readonly<Record<string, string>> = {}): Promise<URL> =>
    (await comeBack({ state: await leave(more), code: 'code-of-the-provider' })).url;
  return { pool, agent, entries, leave, comeBack, signIn };
};

const refused = (description: string, error = 'invalid_request') => ({
  error,
  description,
  state: 'state-of-the-app',
});

test('a provider that does nothing wrong signs in, and gets the code with the verifier and the secret', async () => {
  const { pool, signIn } = createWorld();
  expect(errorAt(await signIn())).toEqual({ error: null, description: null, state: 'state-of-the-app' });
  expect(pool.users.all().map(({ username }) => username)).toEqual([`${PROVIDER_NAME}_Alice-1`]);
  const token = provider.asked.find(({ path }) => path === '/token');
  expect(Object.fromEntries(token?.form ?? [])).toEqual({
    grant_type: 'authorization_code',
    code: 'code-of-the-provider',
    redirect_uri: `${POOL}/oauth2/idpresponse`,
    client_id: 'the-pool',
    client_secret: 'secret-of-the-pool',
    code_verifier: expect.stringMatching(/^[\w-]{43}$/),
  });
});

const never = (init: RequestInit) =>
  new Promise<Response>((_, reject) => {
    init.signal?.addEventListener('abort', () => reject(init.signal?.reason));
  });
const status = (code: number, body: object) => async () =>
  new Response(JSON.stringify(body), { status: code, headers: { 'content-type': 'application/json' } });

const WRONG: readonly (readonly [what: string, behaviour: Behaviour, description: string])[] = [
  [
    'another issuer',
    { idToken: { iss: 'https://other.example' } },
    'Bad id_token issuer https://other.example',
  ],
  ['another audience', { idToken: { aud: 'another-app' } }, 'Bad id_token aud'],
  ['another nonce', { idToken: { nonce: 'another' } }, 'Bad id_token nonce'],
  ['an ID token that has expired', { idToken: { exp: 1 } }, 'Bad id_token exp'],
  ['an ID token of another key', { foreignKey: true }, 'Bad id_token signature'],
  [
    'UserInfo of another user',
    { userInfo: { sub: 'Bob-2' } },
    `${PROVIDER_NAME} Error - error getting user info`,
  ],
  [
    'a refused code',
    { instead: { '/token': status(400, { error: 'invalid_grant' }) } },
    `${PROVIDER_NAME} Error - 400 error getting token`,
  ],
  [
    'a token endpoint that fails',
    { instead: { '/token': status(503, {}) } },
    `${PROVIDER_NAME} Error - 503 error getting token`,
  ],
  [
    'a token endpoint that does not answer',
    { instead: { '/token': never } },
    'Timeout occurred in calling IdP token endpoint',
  ],
  ['keys that do not come', { instead: { '/jwks': never } }, 'Timeout in calling jwks uri'],
  ['UserInfo that does not come', { instead: { '/userinfo': never } }, 'Read timed out'],
  [
    'a connection that breaks',
    { instead: { '/token': () => Promise.reject(new TypeError('fetch failed')) } },
    'Connection reset',
  ],
];

test.each(WRONG)('the app is told of %s', async (_, behaviour, description) => {
  const { pool, entries, signIn } = createWorld({ identityProviderTimeout: 0.05 });
  provider.behave(behaviour);
  expect(errorAt(await signIn())).toEqual(refused(description));
  expect(pool.users.all()).toEqual([]);
  expect(entries.join()).not.toMatch(/code-of-the-provider|secret-of-the-pool/);
});

test('the refusal of Google has its code', async () => {
  const google = {
    ...oidcProvider(WRONG_ISSUER),
    ProviderName: 'Google',
    ProviderType: 'Google' as const,
  };
  const { signIn } = createWorld({
    clients: [{ ...CLIENT, SupportedIdentityProviders: ['Google'] }],
    identityProviders: [google],
  });
  provider.behave({ instead: { '/token': status(400, { error: 'invalid_grant' }) } });
  expect(errorAt(await signIn({ identity_provider: 'Google' }))).toEqual(
    refused('Google Error - 400 invalid_grant'),
  );
});

test('the app is told that the user has cancelled at the provider, in the fragment where it asked for tokens', async () => {
  const { leave, comeBack, entries } = createWorld();
  const answer = { error: 'access_denied', error_description: 'The user has cancelled' };
  const { url } = await comeBack({ state: await leave(), ...answer });
  expect(errorAt(url)).toEqual(refused('The user has cancelled', 'access_denied'));
  const implicit = await comeBack({ state: await leave({ response_type: 'token' }), ...answer });
  expect(Object.fromEntries(new URLSearchParams(implicit.url.hash.slice(1)))).toEqual({
    error: 'access_denied',
    error_description: 'The user has cancelled',
    state: 'state-of-the-app',
  });
  // The text may be anything, so the log has the code alone
  expect(entries.join()).toContain('"error":"access_denied"');
  expect(entries.join()).not.toContain('cancelled');
});

test('another error of the provider is invalid_request', async () => {
  const { leave, comeBack, entries } = createWorld();
  const { url } = await comeBack({ state: await leave(), error: 'consent_required' });
  expect(errorAt(url)).toEqual(refused(`${PROVIDER_NAME} Error - consent_required`));
  expect(entries.at(-1)).toContain('The provider refused with consent_required');
  await comeBack({ state: await leave(), error: 'hunter2' });
  expect(entries.at(-1)).toContain('The provider refused with another error');
  expect(entries.at(-1)).not.toContain('hunter2');
});

describe('the state', () => {
  test('is accepted once', async () => {
    const { leave, comeBack } = createWorld();
    const answer = { state: await leave(), code: 'code-of-the-provider' };
    expect(errorAt((await comeBack(answer)).url).error).toBeNull();
    const again = await comeBack(answer);
    expect(again.url.pathname).toBe('/error');
    expect(again.url.searchParams.get('error')).toBe('invalid_request');
  });

  test('of another browser is refused, and stays valid for its own', async () => {
    const { pool, agent, leave, comeBack } = createWorld();
    const answer = { state: await leave(), code: 'code-of-the-provider' };
    const foreign = createAgent(pool);
    foreign.cookies.set(`${new URL(POOL).host} csrf-state`, 'a'.repeat(43));
    const url = `${POOL}/oauth2/idpresponse?${new URLSearchParams(answer)}`;
    expect((await foreign.visit(url)).url.pathname).toBe('/error');
    expect((await createAgent(pool).visit(url)).url.pathname).toBe('/error');
    expect(pool.users.all()).toEqual([]);
    expect(agent.cookies.size).toBe(1);
    expect(errorAt((await comeBack(answer)).url).error).toBeNull();
  });

  test('that is unknown, missing or ten minutes old is refused', async () => {
    let time = Date.now();
    const { leave, comeBack } = createWorld({ now: () => time });
    const state = await leave();
    expect((await comeBack({ state: 'unknown', code: 'c' })).url.pathname).toBe('/error');
    expect((await comeBack({ code: 'c' })).url.pathname).toBe('/error');
    time += 10 * 60_000;
    expect((await comeBack({ state, code: 'c' })).url.pathname).toBe('/error');
    expect(provider.asked.map(({ path }) => path)).not.toContain('/token');
  });

  test('of two tabs of a browser is accepted in both', async () => {
    const { pool, leave, comeBack, agent } = createWorld();
    const first = { state: await leave(), code: 'code-of-the-first' };
    const { nonce } = provider;
    const cookie = `csrf-state=${agent.cookies.get(`${new URL(POOL).host} csrf-state`)}`;
    const response = await pool.fetch(authorizeUrl(), { headers: { cookie } });
    expect(response.headers.getSetCookie()[0]).toContain(`${cookie};`);
    const { searchParams } = new URL(response.headers.get('location') ?? '');
    expect(errorAt((await comeBack(first)).url).error).toBeNull();
    provider.nonce = searchParams.get('nonce') ?? '';
    expect(provider.nonce).not.toBe(nonce);
    const second = { state: searchParams.get('state') ?? '', code: 'code-of-the-second' };
    expect(errorAt((await comeBack(second)).url).error).toBeNull();
  });
});

test('an answer that the provider posts is read as well', async () => {
  const { agent, leave } = createWorld();
  const form = new URLSearchParams({ state: await leave(), code: 'code-of-the-provider' });
  const { url } = await agent.visit(`${POOL}/oauth2/idpresponse`, form);
  expect(url.href.startsWith(CALLBACK)).toBe(true);
  expect(errorAt(url).error).toBeNull();
});

test('a post that is not a form is refused, and the log says so', async () => {
  const { pool, entries } = createWorld();
  const response = await pool.fetch(`${POOL}/oauth2/idpresponse`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  expect(response.headers.get('location')).toBe('/error?error=invalid_request');
  expect(JSON.parse(entries.at(-1) ?? '')).toMatchObject({
    operation: 'POST /oauth2/idpresponse',
    error: 'invalid_request',
  });
});

describe('a provider that the pool cannot go to', () => {
  const begin = async (options: UserPoolOptions, more: Readonly<Record<string, string>> = {}) => {
    const { agent } = createWorld(options);
    return errorAt((await agent.visit(authorizeUrl(more))).url);
  };
  const withProvider = (changes: object): UserPoolOptions => ({
    identityProviders: [{ ...oidcProvider(WRONG_ISSUER), ...changes }],
  });
  const withDetails = (details: Readonly<Record<string, string>>) =>
    withProvider({ ProviderDetails: { ...oidcProvider(WRONG_ISSUER).ProviderDetails, ...details } });

  test.each(['SAML', 'Facebook', 'LoginWithAmazon', 'SignInWithApple'])('is one of type %s', async (type) => {
    const { description, error } = await begin(withProvider({ ProviderType: type }));
    expect(error).toBe('invalid_request');
    expect(description).toContain(`of type ${type}. The local pool stores and describes it`);
  });

  test('is one that the app client does not have', async () => {
    const clients = [{ ...CLIENT, SupportedIdentityProviders: ['COGNITO'] }];
    expect(await begin({ clients })).toEqual(
      refused('Login option is not available. Please try another one'),
    );
  });

  test('is one that the pool does not have any more', async () => {
    expect(await begin({ identityProviders: [] })).toEqual(
      refused('Login option is not available. Please try another one'),
    );
  });

  test('is one with a plain http address on another machine', async () => {
    const issuer = await begin(withDetails({ oidc_issuer: 'http://provider.example' }));
    expect(issuer.description).toMatch(
      /^The oidc_issuer of the identity provider .* must be a URL with https/,
    );
    const token = await begin(withDetails({ token_url: 'http://127.0.0.1.example/token' }));
    expect(token.description).toMatch(/^The token_endpoint of the identity provider/);
  });

  test('is one without a client id or an issuer', async () => {
    expect((await begin(withDetails({ client_id: '' }))).description).toContain('has no client_id');
    expect((await begin(withDetails({ oidc_issuer: '' }))).description).toContain('has no oidc_issuer');
  });

  test('is one whose configuration does not come', async () => {
    provider.behave({ instead: { '/.well-known/openid-configuration': status(500, {}) } });
    expect(await begin({})).toEqual(refused(`${PROVIDER_NAME} Error - 500 error getting configuration`));
  });
});

test('prompt=none without a session does not go to the provider', async () => {
  const { agent } = createWorld();
  const { url } = await agent.visit(authorizeUrl({ prompt: 'none' }));
  expect(errorAt(url)).toMatchObject({ error: 'login_required' });
  expect(provider.asked).toEqual([]);
});
