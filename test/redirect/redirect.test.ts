/** A sign-in by redirect begins, comes back and goes on like any other, and what was tampered with is refused. */
import { createHmac } from 'node:crypto';
import {
  createTokenKeeper,
  createUserStore,
  type KeyValueStorage,
  memoryStorage,
  ProtocolError,
  type UserPoolClient,
} from '../../src/index.ts';
import {
  type BeginRedirectInput,
  beginRedirectSignIn,
  completeRedirectSignIn,
  isRedirectCallback,
  redirectSignOutUrl,
  refreshRedirectTokens,
} from '../../src/redirect/index.ts';
import { createSession } from '../../src/session/index.ts';
import { claimsOf } from '../support/client.ts';
import {
  CALLBACK,
  createManagedLogin,
  DOMAIN,
  type ManagedLogin,
  SIGNED_OUT,
  server,
  web,
} from '../support/managed-login.ts';
import { withCrypto } from '../support/with-global.ts';

async function begin(
  world: ManagedLogin,
  storage: KeyValueStorage,
  input: Partial<BeginRedirectInput> = {},
  pool: UserPoolClient = web,
): Promise<string> {
  const whole = { domain: DOMAIN, redirectUri: CALLBACK, storage, ...input };
  return world.visit(await beginRedirectSignIn(pool, whole, world.options));
}

const complete = (world: ManagedLogin, storage: KeyValueStorage, url: string, pool: UserPoolClient = web) =>
  completeRedirectSignIn(pool, { domain: DOMAIN, storage, url }, world.options);

/** The error that a sign-in fails with. */
async function failure(work: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = await work.then(
    () => ({}),
    (thrown: unknown) => thrown,
  );
  const all = JSON.stringify([error, String(error), (error as Error).cause, (error as Error).stack]);
  expect(all).not.toMatch(/eyJ[\w-]+\.|24%/);
  return error as Record<string, unknown>;
}

test('asks for a code with PKCE, state and nonce, and passes on what the page is asked for', async () => {
  const url = await beginRedirectSignIn(web, {
    domain: 'https://shop.auth.eu-west-1.amazoncognito.com/',
    redirectUri: CALLBACK,
    storage: memoryStorage(),
    identityProvider: 'Google',
    loginHint: 'alice@example.com',
    lang: 'de',
    prompt: 'select_account',
    scopes: ['openid', 'email'],
  });
  const { origin, pathname, searchParams } = new URL(url);
  expect(origin + pathname).toBe('https://shop.auth.eu-west-1.amazoncognito.com/oauth2/authorize');
  expect(Object.fromEntries(searchParams)).toEqual({
    client_id: 'web',
    response_type: 'code',
    redirect_uri: CALLBACK,
    state: expect.stringMatching(/^[\w-]{43}$/),
    nonce: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    code_challenge_method: 'S256',
    scope: 'openid email',
    identity_provider: 'Google',
    login_hint: 'alice@example.com',
    lang: 'de',
    prompt: 'select_account',
  });
});

test('gives the step of a sign-in: the session keeps, refreshes and ends it, and the page is signed out', async () => {
  const world = createManagedLogin();
  const storage = memoryStorage();
  const url = await begin(world, storage, { returnTo: '/cart' });
  expect(isRedirectCallback(url)).toBe(true);
  const step = await complete(world, storage, url);
  expect(step).toMatchObject({
    status: 'signed-in',
    username: 'alice',
    returnTo: '/cart',
    claims: { email: 'alice@example.com', aud: 'web' },
    tokens: { tokenType: 'Bearer', expiresIn: 3600, expiresAt: world.clock.ms + 3_600_000 },
  });

  const store = createUserStore(memoryStorage(), web, { now: world.options.now });
  const session = createSession(web, { store }, world.options);
  await session.begin(step);
  world.clock.ms += 3_600_000;
  const tokens = await session.tokens();
  expect(tokens.accessToken).not.toBe(step.tokens.accessToken);
  expect(claimsOf(tokens.accessToken)['scope']).toContain('openid');
  expect(await session.signOut()).toEqual({ problem: undefined });
  expect(await failure(refreshRedirectTokens(web, refreshInput(tokens), world.options))).toMatchObject({
    code: 'REFRESH_TOKEN_REFUSED',
  });
  const out = redirectSignOutUrl(web, { domain: DOMAIN, logoutUri: SIGNED_OUT });
  expect(await world.visit(out)).toBe(SIGNED_OUT);
});

const refreshInput = ({ refreshToken = '' }) => ({ domain: DOMAIN, refreshToken });

test('a client with a secret shows it when it exchanges the code, and a wrong one is refused', async () => {
  const world = createManagedLogin();
  const storage = memoryStorage();
  const step = await complete(world, storage, await begin(world, storage, {}, server), server);
  expect(step.claims['aud']).toBe('server');
  const wrong = { ...server, clientSecret: 'wrong' };
  expect(
    await failure(complete(world, storage, await begin(world, storage, {}, wrong), wrong)),
  ).toMatchObject({
    code: 'SECRET_HASH_REFUSED',
    name: 'invalid_client',
    recovery: 'fix-configuration',
  });
});

describe('is refused as unexpected, and sends nothing:', () => {
  const changed: readonly (readonly [what: string, change: (url: URL) => void])[] = [
    ['another state', ({ searchParams }) => searchParams.set('state', 'a'.repeat(43))],
    ['no state', ({ searchParams }) => searchParams.delete('state')],
    ['two states', ({ searchParams }) => searchParams.append('state', 'a'.repeat(43))],
    [
      'a state that is the name of something else',
      ({ searchParams }) => searchParams.set('state', '__proto__'),
    ],
    [
      'an error with another state',
      (url) => {
        url.search = `error=access_denied&state=${'a'.repeat(43)}`;
      },
    ],
  ];
  test.each(changed)('%s', async (_, change) => {
    const world = createManagedLogin();
    const storage = memoryStorage();
    const url = new URL(await begin(world, storage));
    change(url);
    expect(await failure(complete(world, storage, url.href))).toMatchObject({
      code: 'REDIRECT_UNEXPECTED',
      recovery: 'start-again',
    });
    expect(world.sent).toEqual([]);
  });

  test('the storage of another browser, a second time, and a sign-in that took too long', async () => {
    const world = createManagedLogin();
    const storage = memoryStorage();
    const url = await begin(world, storage);
    expect(await failure(complete(world, memoryStorage(), url))).toMatchObject({
      code: 'REDIRECT_UNEXPECTED',
    });
    expect(world.sent).toEqual([]);
    const both = await Promise.allSettled([complete(world, storage, url), complete(world, storage, url)]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(world.sent.filter((address) => address.endsWith('/token'))).toHaveLength(1);
    const late = await begin(world, storage);
    world.clock.ms += 600_000;
    expect(await failure(complete(world, storage, late))).toMatchObject({ code: 'REDIRECT_UNEXPECTED' });
  });
});

test('an answer of another issuer is refused, and its code goes nowhere (RFC 9207)', async () => {
  const world = createManagedLogin();
  const storage = memoryStorage();
  const url = new URL(await begin(world, storage));
  url.searchParams.set('iss', 'https://evil.example');
  expect(await failure(complete(world, storage, url.href))).toMatchObject({ code: 'TOKEN_INVALID' });
  expect(world.sent).toEqual([]);
});

test('an answer to one app client is none to another, whose callback is at the same address', async () => {
  const world = createManagedLogin();
  const storage = memoryStorage();
  const url = await begin(world, storage);
  const other = { ...web, clientId: 'mail' };
  expect(await failure(complete(world, storage, url, other))).toMatchObject({ code: 'REDIRECT_UNEXPECTED' });
  expect(world.sent).toEqual([]);
  expect((await complete(world, storage, url)).username).toBe('alice');
});

describe('refuses tokens', () => {
  /** Changes what the storage has of the one sign-in that is under way. */
  async function tamper(storage: KeyValueStorage, url: string, change: object): Promise<void> {
    const key = `CognitoSrpEngine.web.redirect.${new URL(url).searchParams.get('state')}`;
    const pending = JSON.parse(String(await storage.getItem(key))) as object;
    await storage.setItem(key, JSON.stringify({ ...pending, ...change }));
  }

  test('of another nonce, and for another verifier', async () => {
    const world = createManagedLogin();
    const storage = memoryStorage();
    const url = await begin(world, storage);
    await tamper(storage, url, { nonce: 'another' });
    expect(await failure(complete(world, storage, url))).toMatchObject({ code: 'TOKEN_INVALID' });
    const next = await begin(world, storage);
    await tamper(storage, next, { verifier: 'a'.repeat(43) });
    expect(await failure(complete(world, storage, next))).toMatchObject({
      code: 'AUTHORIZATION_CODE_REFUSED',
      name: 'invalid_grant',
    });
  });

  test('of another issuer, that have ended, and whose signature is wrong', async () => {
    const world = createManagedLogin();
    const storage = memoryStorage();
    const input = { domain: DOMAIN, storage, issuer: 'https://example.com' };
    const foreign = completeRedirectSignIn(
      web,
      { ...input, url: await begin(world, storage) },
      world.options,
    );
    expect(await failure(foreign)).toMatchObject({ code: 'TOKEN_INVALID' });

    // It comes an hour after it was made
    const late: typeof world.options.fetch = async (address, init) => {
      const response = await world.options.fetch(address, init);
      const date = new Date(world.clock.ms + 3_660_000).toUTCString();
      return new Response(response.body, { headers: { ...Object.fromEntries(response.headers), date } });
    };
    const ended = { domain: DOMAIN, storage, url: await begin(world, storage) };
    expect(
      await failure(completeRedirectSignIn(web, ended, { ...world.options, fetch: late })),
    ).toMatchObject({ code: 'TOKEN_INVALID' });

    const forge: typeof world.options.fetch = async (address, init) => {
      const response = await world.options.fetch(address, init);
      if (!String(address).endsWith('/token')) return response;
      const body = (await response.json()) as { id_token: string };
      return Response.json({ ...body, id_token: body.id_token.replace(/\.[^.]+$/, `.${'A'.repeat(342)}`) });
    };
    const forged = { domain: DOMAIN, storage, url: await begin(world, storage) };
    const work = completeRedirectSignIn(web, forged, { ...world.options, fetch: forge });
    expect(await failure(work)).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  test('of another user than the ID token', async () => {
    const world = createManagedLogin();
    const storage = memoryStorage();
    const swap: typeof world.options.fetch = async (address, init) => {
      const response = await world.options.fetch(address, init);
      if (!String(address).endsWith('/token')) return response;
      const claims = Buffer.from(JSON.stringify({ sub: 'x', username: 'bob' })).toString('base64url');
      return Response.json({ ...((await response.json()) as object), access_token: `e.${claims}.s` });
    };
    const input = { domain: DOMAIN, storage, url: await begin(world, storage) };
    const work = completeRedirectSignIn(web, input, { ...world.options, fetch: swap });
    expect(await failure(work)).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  test.each([1e308, 0])('with expires_in %s end when the token says so', async (expires_in) => {
    const world = createManagedLogin();
    const storage = memoryStorage();
    const change: typeof world.options.fetch = async (address, init) => {
      const response = await world.options.fetch(address, init);
      if (!String(address).endsWith('/token')) return response;
      return Response.json({ ...((await response.json()) as object), expires_in });
    };
    const input = { domain: DOMAIN, storage, url: await begin(world, storage) };
    const { tokens } = await completeRedirectSignIn(web, input, { ...world.options, fetch: change });
    const end = Number(claimsOf(tokens.accessToken)['exp']) * 1000;
    // The service's clock is known to the second
    expect(Math.abs(tokens.expiresAt - end)).toBeLessThan(1000);
  });

  /** Signs in, with another ID token in the reply of the token endpoint. */
  async function withIdToken(change: (tokens: { id_token: string; access_token: string }) => string) {
    const world = createManagedLogin();
    const storage = memoryStorage();
    const fetch: typeof world.options.fetch = async (address, init) => {
      const response = await world.options.fetch(address, init);
      if (!String(address).endsWith('/token')) return response;
      const tokens = (await response.json()) as { id_token: string; access_token: string };
      return Response.json({ ...tokens, id_token: change(tokens) });
    };
    const input = { domain: DOMAIN, storage, url: await begin(world, storage) };
    return failure(completeRedirectSignIn(web, input, { ...world.options, fetch }));
  }

  test('that are an access token in the place of the ID token', async () => {
    expect(await withIdToken(({ access_token }) => access_token)).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  test.each([
    ['no signature', 'none', () => ''],
    [
      'an HMAC by the client id',
      'HS256',
      (text: string) => createHmac('sha256', 'web').update(text).digest('base64url'),
    ],
    ['the signature of another algorithm', 'PS256', () => 'A'.repeat(342)],
  ])('whose ID token has %s', async (_, alg, signatureOf) => {
    const error = await withIdToken(({ id_token }) => {
      const [, claims] = id_token.split('.');
      const signed = `${Buffer.from(JSON.stringify({ alg })).toString('base64url')}.${claims}`;
      return `${signed}.${signatureOf(signed)}`;
    });
    expect(error).toMatchObject({ code: 'TOKEN_INVALID' });
  });

  test('if no ID token comes, because the client does not have the scope openid', async () => {
    const world = createManagedLogin();
    const storage = memoryStorage();
    const mail = { ...web, clientId: 'mail' };
    expect(
      await failure(complete(world, storage, await begin(world, storage, {}, mail), mail)),
    ).toMatchObject({
      code: 'REPLY_MALFORMED',
    });
  });
});

test.each([
  ['access_denied', 'User said no', 'SIGN_IN_DENIED'],
  ['login_required', '', 'LOGIN_REQUIRED'],
  ['invalid_scope', 'unknown', 'PARAMETER_REFUSED'],
  ['unauthorized_client', '', 'FLOW_NOT_ENABLED'],
  ['server_error', '', 'INTERNAL_ERROR'],
  ['invalid_request', 'PreSignUp failed with error Not from here.\n', 'TRIGGER_REFUSED'],
  ['invalid_request', 'Google Error - 500 error getting token', 'REFUSED'],
])('%s with the description %j is %s', async (error, description, code) => {
  const world = createManagedLogin();
  const storage = memoryStorage();
  const url = new URL(await begin(world, storage));
  url.searchParams.delete('code');
  url.searchParams.set('error', error);
  url.searchParams.set('error_description', description);
  expect(await failure(complete(world, storage, url.href))).toMatchObject({
    code,
    name: error,
    operation: 'authorize',
    message: description.trim() || `The service answered ${error}`,
  });
});

test('two tabs sign in at once, and abandoned sign-ins do not pile up', async () => {
  const world = createManagedLogin();
  const items = new Map<string, string>();
  const storage: KeyValueStorage = {
    getItem: (key) => items.get(key),
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
  const urls = await Promise.all([begin(world, storage), begin(world, storage)]);
  for (const url of urls) expect((await complete(world, storage, url)).username).toBe('alice');
  expect(items.size).toBe(0);
  for (let count = 0; count < 20; count++) await begin(world, storage);
  expect(items.size).toBe(6);
});

test('a network that fails, and an abort, are named', async () => {
  const world = createManagedLogin();
  const storage = memoryStorage();
  const fetch = () => Promise.reject(new Error('offline'));
  const input = { domain: DOMAIN, storage, url: await begin(world, storage) };
  expect(await failure(completeRedirectSignIn(web, input, { ...world.options, fetch }))).toMatchObject({
    code: 'NETWORK_FAILED',
    recovery: 'start-again',
  });
  const url = await begin(world, storage);
  const signal = AbortSignal.abort('gone');
  await expect(completeRedirectSignIn(web, { ...input, url }, { ...world.options, signal })).rejects.toBe(
    'gone',
  );
});

test.each(['/oauth2/token', '/.well-known/jwks.json'])(
  'a reply of %s that does not end is not read to its end',
  async (path) => {
    const world = createManagedLogin();
    const storage = memoryStorage();
    let sent = 0;
    const endless = () =>
      new ReadableStream({
        pull: (stream) => {
          sent += 1;
          stream.enqueue(new Uint8Array(64 * 1024).fill(32));
        },
      });
    const fetch: typeof world.options.fetch = async (url, init) =>
      String(url).endsWith(path)
        ? new Response(endless(), { headers: { 'content-type': 'application/json' } })
        : world.options.fetch(url, init);
    const input = { domain: DOMAIN, storage, url: await begin(world, storage) };
    expect(await failure(completeRedirectSignIn(web, input, { ...world.options, fetch }))).toMatchObject({
      code: 'BODY_TOO_LARGE',
    });
    // 1 MiB has 16 of these pieces, and a stream keeps one or two ready
    expect(sent).toBeLessThan(20);
  },
);

const HOUR = 3_600_000;

describe.each([
  ['two hours ahead', 2 * HOUR],
  ['two hours behind', -2 * HOUR],
])('with a clock that is %s', (_, off) => {
  test.each([
    ['has', (headers: Headers) => headers.get('date') !== null],
    ['lacks', (headers: Headers) => headers.delete('date') === undefined],
  ])('the sign-in and a refresh succeed where the reply %s a Date', async (__, prepare) => {
    const world = createManagedLogin();
    const storage = memoryStorage();
    const fetch: typeof world.options.fetch = async (address, init) => {
      const response = await world.options.fetch(address, init);
      const headers = new Headers(response.headers);
      expect(prepare(headers)).toBe(true);
      return new Response(response.body, { status: response.status, headers });
    };
    const options = { ...world.options, fetch, now: () => world.clock.ms + off };
    const input = { domain: DOMAIN, redirectUri: CALLBACK, storage };
    const url = await world.visit(await beginRedirectSignIn(web, { ...input, maxAgeSeconds: 60 }, options));
    const { tokens } = await completeRedirectSignIn(web, { domain: DOMAIN, storage, url }, options);
    // The end follows the clock of the page
    expect(tokens.expiresAt).toBe(options.now() + HOUR);
    world.clock.ms += HOUR;
    const fresh = await refreshRedirectTokens(web, refreshInput(tokens), options);
    expect(fresh.expiresAt).toBe(options.now() + HOUR);
  });
});

describe('a level and an age', () => {
  /** A change that somebody makes to the address of the login page. */
  async function visitWithout(world: ManagedLogin, storage: KeyValueStorage, parameter: string) {
    const input = { domain: DOMAIN, redirectUri: CALLBACK, storage, maxAgeSeconds: 60 };
    const url = new URL(await beginRedirectSignIn(web, input, world.options));
    url.searchParams.delete(parameter);
    return world.visit(url.href);
  }

  test('are asked for, and the login page asks again after a sign-in that is too old', async () => {
    const world = createManagedLogin();
    const storage = memoryStorage();
    const wanted = { targetAcrValues: ['silver', 'urn:cognito:loa:1'], maxAgeSeconds: 60 };
    const input = { domain: DOMAIN, redirectUri: CALLBACK, storage, ...wanted };
    const url = await beginRedirectSignIn(web, input, world.options);
    const { searchParams } = new URL(url);
    expect(searchParams.get('acr_values')).toBe('silver urn:cognito:loa:1');
    expect(searchParams.get('max_age')).toBe('60');
    const { claims } = await complete(world, storage, await world.visit(url));
    expect(claims['acr']).toBe('urn:cognito:loa:1');
    world.clock.ms += 120_000;
    expect(isRedirectCallback(await begin(world, storage, wanted))).toBe(false);
  });

  test('of 0 seconds is an age, too', async () => {
    const input = { domain: DOMAIN, redirectUri: CALLBACK, storage: memoryStorage(), maxAgeSeconds: 0 };
    expect(new URL(await beginRedirectSignIn(web, input)).searchParams.get('max_age')).toBe('0');
  });

  test('that the sign-in has to have is checked: an older one is refused', async () => {
    const world = createManagedLogin();
    const storage = memoryStorage();
    world.clock.ms += 120_000;
    const url = await visitWithout(world, storage, 'max_age');
    expect(await failure(complete(world, storage, url))).toMatchObject({ code: 'TOKEN_INVALID' });
    const whole = await begin(world, storage, { maxAgeSeconds: 150 });
    expect((await complete(world, storage, whole)).username).toBe('alice');
  });

  test('that was damaged in the storage makes the sign-in an unknown one', async () => {
    const world = createManagedLogin();
    const items = new Map<string, string>();
    const storage: KeyValueStorage = {
      getItem: (key) => items.get(key),
      setItem: (key, value) =>
        void items.set(key, value.replace('"maxAgeSeconds":60', '"maxAgeSeconds":"1"')),
      removeItem: (key) => void items.delete(key),
    };
    const url = await begin(world, storage, { maxAgeSeconds: 60 });
    expect(await failure(complete(world, storage, url))).toMatchObject({ code: 'REDIRECT_UNEXPECTED' });
  });
});

test.each(['beginRedirectSignIn', 'completeRedirectSignIn'])(
  '%s says that crypto.subtle is missing',
  async (name) => {
    const world = createManagedLogin();
    const storage = memoryStorage();
    const url = await begin(world, storage);
    const incomplete = { getRandomValues: crypto.getRandomValues.bind(crypto) };
    await withCrypto(incomplete, async () => {
      const work = name === 'beginRedirectSignIn' ? begin(world, storage) : complete(world, storage, url);
      expect(await failure(work)).toMatchObject({
        name: 'ArgumentError',
        code: 'RUNTIME_INCOMPLETE',
        field: 'crypto.subtle',
      });
    });
    // Nothing was spent, so the sign-in can go on where it is there
    expect((await complete(world, storage, url)).username).toBe('alice');
  },
);

describe('in a pool that remembers devices', () => {
  const tracked = { devices: { challengeRequiredOnNewDevice: false, onlyRememberedOnUserPrompt: false } };

  test('the token endpoint refreshes what the API does not', async () => {
    const world = createManagedLogin(tracked);
    const storage = memoryStorage();
    const { username, tokens } = await complete(world, storage, await begin(world, storage));
    const byApi = createTokenKeeper(web, { username, tokens }, world.options);
    expect(await failure(byApi.get({ refresh: true }))).toMatchObject({ code: 'REFRESH_TOKEN_REFUSED' });
    const keeper = createTokenKeeper(
      web,
      {
        username,
        tokens,
        refresh: (input) => refreshRedirectTokens(web, { domain: DOMAIN, ...input }, world.options),
      },
      world.options,
    );
    const fresh = await keeper.get({ refresh: true });
    expect(fresh.accessToken).not.toBe(tokens.accessToken);
    expect(fresh.refreshToken).toBe(tokens.refreshToken);
    const store = createUserStore(memoryStorage(), web, { now: world.options.now });
    const session = createSession(
      web,
      { store, refresh: (input) => refreshRedirectTokens(web, { domain: DOMAIN, ...input }, world.options) },
      world.options,
    );
    await session.begin({ status: 'signed-in', username, tokens: fresh });
    expect((await session.tokens({ refresh: true })).accessToken).not.toBe(fresh.accessToken);
    const asBob = refreshRedirectTokens(web, { ...refreshInput(tokens), username: 'bob' }, world.options);
    await expect(asBob).rejects.toThrow(ProtocolError);
  });
});

test.each([
  ['domain', 'shop.auth.eu-west-1.amazoncognito.com', 'ENDPOINT_INVALID'],
  ['domain', 'http://shop.example.com', 'ENDPOINT_INSECURE'],
  ['domain', 'https://shop.example.com?x=1', 'ENDPOINT_INVALID'],
  ['redirectUri', '/callback', 'OPTION_INVALID'],
  ['redirectUri', 'http://shop.example.com/callback', 'ENDPOINT_INSECURE'],
  ['redirectUri', 'https://shop.example.com/#callback', 'OPTION_INVALID'],
  ['scopes', ['email'], 'OPTION_INVALID'],
  ['prompt', '', 'OPTION_INVALID'],
  ['storage', {}, 'OPTION_INVALID'],
  ['lifetimeSeconds', 0, 'OPTION_INVALID'],
  ['targetAcrValues', [], 'OPTION_INVALID'],
  ['targetAcrValues', ['two words'], 'OPTION_INVALID'],
  ['maxAgeSeconds', -1, 'OPTION_INVALID'],
  ['maxAgeSeconds', '60', 'OPTION_INVALID'],
])('%s %j is the mistake of the caller', async (field, value, code) => {
  const input = { domain: DOMAIN, redirectUri: CALLBACK, storage: memoryStorage(), [field]: value };
  await expect(beginRedirectSignIn(web, input as BeginRedirectInput)).rejects.toMatchObject({ code, field });
});
