/** A server signs browsers in by redirect: tokens in cookies that scripts cannot read, and nothing for another site to gain. */
import { cookieStorage, fetchCookies } from '../../src/cookies/index.ts';
import { createUserStore } from '../../src/index.ts';
import {
  createRedirectHandlers,
  type RedirectHandlers,
  type RedirectHandlersInput,
  refreshRedirectTokens,
} from '../../src/redirect/index.ts';
import { CALLBACK, createManagedLogin, DOMAIN, SIGNED_OUT, server } from '../support/managed-login.ts';

const ORIGIN = 'https://shop.example';

function createShop(settings = {}, input: Partial<RedirectHandlersInput> = {}) {
  const world = createManagedLogin(settings);
  const errors: unknown[] = [];
  const whole = {
    domain: DOMAIN,
    redirectUri: CALLBACK,
    logoutUri: SIGNED_OUT,
    onError: (error: unknown) => void errors.push(error),
    ...input,
  };
  const handlers = createRedirectHandlers(server, whole, world.options);
  return { world, errors, handlers, browser: createShopBrowser(handlers) };
}

/** A browser at the shop. */
function createShopBrowser(handlers: RedirectHandlers) {
  const cookies = new Map<string, string>();
  const setCookies: string[] = [];
  const send = async (
    name: keyof RedirectHandlers,
    url: string,
    init: RequestInit = {},
  ): Promise<Response> => {
    const headers = new Headers(init.headers);
    headers.set('cookie', [...cookies].map(([key, value]) => `${key}=${value}`).join('; '));
    const response = await handlers[name](new Request(url, { ...init, headers }));
    for (const header of response.headers.getSetCookie()) {
      setCookies.push(header);
      const [, key = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      if (/Max-Age=0/.test(header)) cookies.delete(key);
      else cookies.set(key, value);
    }
    return response;
  };
  return {
    cookies,
    setCookies,
    send,
    user: async () => {
      const cookie = [...cookies].map(([key, value]) => `${key}=${value}`).join('; ');
      const jar = fetchCookies({ headers: new Headers({ cookie }) });
      return (await createUserStore(cookieStorage(jar), server).load())?.username;
    },
  };
}

const locationOf = (response: Response) => response.headers.get('location') ?? '';

async function signIn({ world, browser }: ReturnType<typeof createShop>, query = ''): Promise<Response> {
  const begun = await browser.send('signIn', `${ORIGIN}/auth/sign-in${query}`);
  return browser.send('callback', await world.visit(locationOf(begun)));
}

const POST = { method: 'POST', headers: { origin: ORIGIN } };

test('signs in, keeps the tokens in cookies that scripts cannot read, and signs out everywhere', async () => {
  const shop = createShop();
  const { browser, world } = shop;
  const back = await signIn(shop, '?returnTo=/cart?item=1%23sum');
  expect([back.status, locationOf(back), back.headers.get('cache-control')]).toEqual([
    303,
    '/cart?item=1#sum',
    'no-store',
  ]);
  expect(await browser.user()).toBe('alice');
  for (const header of browser.setCookies) expect(header).toMatch(/HttpOnly; Secure; SameSite=Lax$/);
  expect(browser.setCookies.filter((header) => /\.redirect/.test(header))).toEqual(
    expect.arrayContaining([expect.stringMatching(/^__Host-.*Path=\/; Max-Age=600/)]),
  );
  // Nothing of the sign-in is left
  expect([...browser.cookies.keys()].filter((name) => name.startsWith('__Host-'))).toEqual([]);

  const refreshToken = [...browser.cookies].find(([name]) => name.endsWith('.refreshToken'))?.[1] ?? '';
  const out = await browser.send('signOut', `${ORIGIN}/auth/sign-out`, POST);
  expect(out.status).toBe(303);
  expect(await world.visit(locationOf(out))).toBe(SIGNED_OUT);
  expect(browser.cookies.size).toBe(0);
  const again = refreshRedirectTokens(server, { domain: DOMAIN, refreshToken }, world.options);
  await expect(again).rejects.toMatchObject({ code: 'REFRESH_TOKEN_REFUSED' });
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example',
  '/\t/evil.example',
  '/..//evil.example',
  '/.//evil.example',
  'javascript:alert(1)',
  'cart',
  '',
  '/%0d%0aset-cookie:x=1\r\n',
])('returnTo=%j leads to no other site', async (returnTo) => {
  const shop = createShop({}, { signedInPath: '/home' });
  const back = await signIn(shop, `?${new URLSearchParams({ returnTo })}`);
  expect(locationOf(back)).toBe('/home');
});

test('a return path that was changed in the cookie leads to no other site either', async () => {
  const shop = createShop();
  const begun = await shop.browser.send('signIn', `${ORIGIN}/auth/sign-in?returnTo=/cart`);
  for (const [name, value] of shop.browser.cookies) {
    shop.browser.cookies.set(name, value.replace('%2Fcart', encodeURIComponent('//evil.example')));
  }
  const back = await shop.browser.send('callback', await shop.world.visit(locationOf(begun)));
  expect(locationOf(back)).toBe('/');
});

test('links with long return paths do not fill the cookies of a browser', async () => {
  const { browser } = createShop();
  // A quotation mark is written with 5 characters in the cookie
  for (const length of [100, 1000, 5000, 5000, 5000, 5000, 5000]) {
    const returnTo = `/search?${'"'.repeat(length)}`;
    await browser.send('signIn', `${ORIGIN}/auth/sign-in?${new URLSearchParams({ returnTo })}`);
  }
  const header = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  // Node reads 16 KB of headers, and the tokens of a user have up to 6 KB
  expect(header.length).toBeLessThan(8000);
});

test('a return path that is longer than its cookie leads to the first page', async () => {
  const shop = createShop({}, { signedInPath: '/home' });
  const path = `/cart?${'x'.repeat(1014)}`;
  expect(locationOf(await signIn(shop, `?returnTo=${path}`))).toBe(path);
  expect(locationOf(await signIn(shop, `?returnTo=${path}x`))).toBe('/home');
});

test('a sign-in asks for the level and the age of its query, and leaves out what cannot be one', async () => {
  const { browser } = createShop();
  const askedBy = async (query: Record<string, string>) => {
    const begun = await browser.send('signIn', `${ORIGIN}/auth/sign-in?${new URLSearchParams(query)}`);
    const { searchParams } = new URL(locationOf(begun));
    return [searchParams.get('acr_values'), searchParams.get('max_age')];
  };
  const two = 'urn:cognito:loa:4 silver';
  expect(await askedBy({ acr_values: two, max_age: '300' })).toEqual([two, '300']);
  expect(await askedBy({ acr_values: 'gold', max_age: '0' })).toEqual(['gold', '0']);
  expect(await askedBy({ acr_values: '', max_age: '' })).toEqual([null, null]);
  expect(await askedBy({ acr_values: 'a"b', max_age: '-1' })).toEqual([null, null]);
  expect(await askedBy({ max_age: '1e3' })).toEqual([null, null]);
});

test('the host of a request counts for nothing', async () => {
  const shop = createShop();
  const evil = 'https://evil.example';
  const begun = await shop.browser.send('signIn', `${evil}/auth/sign-in?returnTo=/cart`, {
    headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' },
  });
  expect(new URL(locationOf(begun)).searchParams.get('redirect_uri')).toBe(CALLBACK);
  const { search } = new URL(await shop.world.visit(locationOf(begun)));
  const back = await shop.browser.send('callback', `${evil}/auth/callback${search}`);
  expect(locationOf(back)).toBe('/cart');
  const forged = { method: 'POST', headers: { origin: evil, host: 'evil.example' } };
  expect((await shop.browser.send('signOut', `${evil}/auth/sign-out`, forged)).status).toBe(403);
});

test('a callback that another browser has begun signs nobody in', async () => {
  const shop = createShop({}, { failedPath: '/sign-in?from=callback' });
  const begun = await shop.browser.send('signIn', `${ORIGIN}/auth/sign-in`);
  const url = await shop.world.visit(locationOf(begun));
  const victim = createShopBrowser(shop.handlers);
  const back = await victim.send('callback', url);
  expect(locationOf(back)).toBe('/sign-in?from=callback&error=REDIRECT_UNEXPECTED');
  expect(victim.cookies.size).toBe(0);
  expect(shop.errors).toEqual([expect.objectContaining({ code: 'REDIRECT_UNEXPECTED' })]);
  // Without cookies, as where they are blocked, it is the same
  shop.browser.cookies.clear();
  expect(locationOf(await shop.browser.send('callback', url))).toMatch(/error=REDIRECT_UNEXPECTED$/);
});

test('a sign-in takes the place of the one before, whoever has put that there', async () => {
  const shop = createShop();
  await signIn(shop);
  const names = [...shop.browser.cookies.keys()];
  for (const name of names) {
    const value = shop.browser.cookies.get(name) ?? '';
    shop.browser.cookies.set(name.replace('.alice.', '.mallory.'), value);
  }
  shop.browser.cookies.set(`CognitoIdentityServiceProvider.server.LastAuthUser`, 'mallory');
  await signIn(shop);
  expect(await shop.browser.user()).toBe('alice');
});

test('a failure of the provider keeps who was signed in', async () => {
  const shop = createShop();
  await signIn(shop);
  const begun = await shop.browser.send('signIn', `${ORIGIN}/auth/sign-in?provider=Nobody`);
  const state = new URL(locationOf(begun)).searchParams.get('state') ?? '';
  const back = await shop.browser.send('callback', `${CALLBACK}?error=access_denied&state=${state}`);
  expect(locationOf(back)).toBe('/?error=SIGN_IN_DENIED');
  expect(await shop.browser.user()).toBe('alice');
});

/** What Chromium sends for a form of a page with `Referrer-Policy: no-referrer`. */
const hidden = (site: string) => ({ method: 'POST', headers: { origin: 'null', 'sec-fetch-site': site } });
const claimed = (origin: string) => ({
  method: 'POST',
  headers: { origin, 'sec-fetch-site': 'same-origin' },
});

test.each([
  ['that hides its origin', hidden('same-origin')],
  ['whose browser sends no Origin', { method: 'POST', headers: { 'sec-fetch-site': 'same-origin' } }],
])('a form of an own page %s signs out', async (_, init) => {
  const shop = createShop();
  await signIn(shop);
  expect((await shop.browser.send('signOut', `${ORIGIN}/auth/sign-out`, init)).status).toBe(303);
  expect(await shop.browser.user()).toBeUndefined();
});

test.each([
  ['from another site', { method: 'POST', headers: { origin: 'https://evil.example' } }, 403],
  ['without an origin', { method: 'POST' }, 403],
  ['from a page that hides its origin', { method: 'POST', headers: { origin: 'null' } }, 403],
  ['from a sandboxed page', hidden('cross-site'), 403],
  ['from a page of another subdomain that hides its origin', hidden('same-site'), 403],
  ['from another site that claims to be the same', claimed('https://evil.example'), 403],
  ['by a link or an image', { method: 'GET' }, 405],
])('a sign-out %s is refused', async (_, init, status) => {
  const shop = createShop();
  await signIn(shop);
  expect((await shop.browser.send('signOut', `${ORIGIN}/auth/sign-out`, init)).status).toBe(status);
  expect(await shop.browser.user()).toBe('alice');
});

test('a sign-out that cannot revoke the token signs out all the same', async () => {
  const shop = createShop();
  await signIn(shop);
  shop.world.breaks.all = true;
  const out = await shop.browser.send('signOut', `${ORIGIN}/auth/sign-out`, POST);
  expect(out.status).toBe(303);
  expect(shop.browser.cookies.size).toBe(0);
  expect(shop.errors).toEqual([expect.objectContaining({ code: 'NETWORK_FAILED' })]);
});

test('a sign-out that cannot revoke the token signs out where nobody is told of errors', async () => {
  const shop = createShop({}, { onError: undefined });
  await signIn(shop);
  shop.world.breaks.all = true;
  const out = await shop.browser.send('signOut', `${ORIGIN}/auth/sign-out`, POST);
  expect(out.status).toBe(303);
  expect(await shop.world.visit(locationOf(out))).toBe(SIGNED_OUT);
  expect(shop.browser.cookies.size).toBe(0);
});

test.each([
  ['redirectUri', 'com.example.shop:/callback'],
  ['logoutUri', '/bye'],
  ['signedInPath', '//evil.example'],
  ['failedPath', 'https://evil.example'],
])('%s %j is the mistake of the caller', (field, value) => {
  expect(() => createShop({}, { [field]: value })).toThrow(expect.objectContaining({ field }));
});
