/** Cookies of a request and its response keep what a user store writes, as Amplify's adapter for Next.js finds it. */

import { createUserPool } from '../../pool/src/index.ts';
import {
  type CookieStorageOptions,
  cookieStorage,
  fetchCookies,
  nodeCookies,
} from '../../src/cookies/index.ts';
import { createUserStore, decodeClaims, type SignedIn, signIn } from '../../src/index.ts';
import { client } from '../support/client.ts';

/** What a browser keeps of cookies. It knows Max-Age alone. */
function createBrowserCookies() {
  const cookies = new Map<string, string>();
  return {
    cookies,
    request: () =>
      new Request('https://shop.example/', {
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      }),
    take: (headers: readonly string[]) => {
      for (const header of headers) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
        expect(name.length + value.length).toBeLessThanOrEqual(4096);
        if (/Max-Age=0/.test(header)) cookies.delete(name);
        else cookies.set(name, value);
      }
    },
  };
}

async function signedIn(username: string): Promise<SignedIn> {
  const pool = createUserPool({
    clients: [{ clientId: client.clientId, explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }],
    users: [{ username, password: 'Correct-Horse-9' }],
  });
  const input = { flow: 'USER_PASSWORD_AUTH', username, password: 'Correct-Horse-9' } as const;
  return (await signIn(client, input, { fetch: pool.fetch })) as SignedIn;
}

const ROOT = `CognitoIdentityServiceProvider.${client.clientId}`;

test('a user store over cookies gives back what it was given, and removes it', async () => {
  const browser = createBrowserCookies();
  const step = await signedIn('a+b c@example.com (x)');
  const jar = fetchCookies(browser.request());
  await createUserStore(cookieStorage(jar), client).save(step);
  const written = jar.setCookies();
  for (const header of written) {
    expect(header).toMatch(/; Path=\/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax$/);
    expect(header).toMatch(/^[\w.%!#$&'*+^`|~-]+=[\w.%!'*()~-]*;/);
  }
  browser.take(written);
  // The journal of the store has left nothing
  expect([...browser.cookies.keys()].sort()).toEqual(
    ['accessToken', 'clockDrift', 'idToken', 'refreshToken', 'tokenExpiry']
      .map((item) => `${ROOT}.a%2Bb%20c%40example.com%20%28x%29.${item}`)
      .concat(`${ROOT}.LastAuthUser`)
      .map((name) => name.replace('%2B', '+'))
      .sort(),
  );

  const next = fetchCookies(browser.request());
  const store = createUserStore(cookieStorage(next), client);
  expect(await store.load()).toMatchObject({
    username: step.username,
    tokens: { accessToken: step.tokens.accessToken, refreshToken: step.tokens.refreshToken },
  });
  expect(next.setCookies()).toEqual([]);
  await store.signOut(step.username);
  browser.take(next.setCookies());
  expect(browser.cookies.size).toBe(0);
});

test('a value that is too long for a cookie is split, and its parts go with it', () => {
  const browser = createBrowserCookies();
  const write = (change: (storage: ReturnType<typeof cookieStorage>) => void) => {
    const jar = fetchCookies(browser.request());
    change(cookieStorage(jar));
    browser.take(jar.setCookies());
  };
  const read = () => cookieStorage(fetchCookies(browser.request())).getItem('key');
  for (const value of [
    'x'.repeat(10_000),
    'ü€😀"; ='.repeat(700),
    'short',
    'y'.repeat(3797),
    'z'.repeat(3798),
  ]) {
    write((storage) => storage.setItem('key', value));
    expect(read()).toBe(value);
  }
  expect(browser.cookies.size).toBe(3);
  write((storage) => storage.setItem('key', 'CognitoSrpEngine:parts:2:xxxxxxxx'));
  expect(read()).toBe('CognitoSrpEngine:parts:2:xxxxxxxx');
  write((storage) => storage.removeItem('key'));
  expect(browser.cookies.size).toBe(0);
});

test('parts of two values that two requests have written at once are not taken for one', () => {
  const browser = createBrowserCookies();
  const [a, b] = [fetchCookies(browser.request()), fetchCookies(browser.request())];
  void cookieStorage(a).setItem('key', `${'x'.repeat(5000)}.of-the-first`);
  void cookieStorage(b).setItem('key', `${'x'.repeat(5000)}.of-the-other`);
  browser.take(a.setCookies());
  browser.take(b.setCookies().filter((header) => !header.startsWith('key.1=')));
  expect(cookieStorage(fetchCookies(browser.request())).getItem('key')).toBeUndefined();
});

test.each([
  ['nothing', ''],
  ['what is not a cookie', '=; ;;=x; %; CognitoIdentityServiceProvider'],
  [
    'tokens that are damaged',
    `${ROOT}.LastAuthUser=alice; ${ROOT}.alice.accessToken=%E0%A4%A; ${ROOT}.alice.idToken=x`,
  ],
  [
    'a list of parts without the parts',
    `${ROOT}.LastAuthUser=alice; ${ROOT}.alice.accessToken=CognitoSrpEngine:parts:999:x`,
  ],
  ['a name alone', `${ROOT}.LastAuthUser=alice`],
  ['the name of a part of every object', `${ROOT}.LastAuthUser=__proto__`],
])('%s signs nobody in', async (_, cookie) => {
  const jar = fetchCookies({ headers: new Headers({ cookie }) });
  expect(await createUserStore(cookieStorage(jar), client).load()).toBeUndefined();
  expect(jar.setCookies()).toEqual([]);
});

test('the tokens of another user under a name are not taken', async () => {
  const { tokens } = await signedIn('bob');
  const items = {
    LastAuthUser: 'alice',
    'alice.accessToken': tokens.accessToken,
    'alice.idToken': tokens.idToken,
  };
  const cookie = Object.entries(items)
    .map(([item, value]) => `${ROOT}.${item}=${value}`)
    .join('; ');
  const jar = fetchCookies({ headers: new Headers({ cookie }) });
  expect(await createUserStore(cookieStorage(jar), client).load()).toBeUndefined();
});

test('cookies that have the names of prototypes are cookies like others', () => {
  const cookie = '__proto__=1; constructor=2; prototype=3';
  const jar = fetchCookies({ headers: new Headers({ cookie }) });
  const storage = cookieStorage(jar);
  expect(['__proto__', 'constructor', 'prototype', 'toString'].map((name) => storage.getItem(name))).toEqual([
    '1',
    '2',
    '3',
    undefined,
  ]);
  void storage.setItem('__proto__', '{"polluted":true}');
  expect(storage.getItem('__proto__')).toBe('{"polluted":true}');
  expect({}).not.toHaveProperty('polluted');
});

test('of two cookies with one name the first counts, and a value may stand in quotes', () => {
  const storage = cookieStorage(fetchCookies({ headers: new Headers({ cookie: 'a="1"; b=2; a=3' }) }));
  expect([storage.getItem('a'), storage.getItem('b')]).toEqual(['1', '2']);
});

test.each(['\xa0', '\x0b', '\x0c', '\x85'])(
  '%j before a prefix does not make the cookie of a subdomain one with the prefix',
  (blank) => {
    const cookie = `${blank}__Host-state=forged; \t__Host-state=own \t`;
    const storage = cookieStorage(fetchCookies({ headers: { get: () => cookie } }), {
      namePrefix: '__Host-',
    });
    expect(storage.getItem('state')).toBe('own');
  },
);

test('a header full of blanks is read in no time', () => {
  const cookie = `a=1; ${' '.repeat(500_000)}b${'\t'.repeat(500_000)}=2`;
  const start = performance.now();
  expect(fetchCookies({ headers: { get: () => cookie } }).get('b')).toBe('2');
  // A pattern that begins again at each blank takes minutes
  expect(performance.now() - start).toBeLessThan(5000);
});

test('no name and no value breaks out of its header', () => {
  const evil = 'a; Domain=evil.example\r\nSet-Cookie: b=1, c=2\0"é';
  const jar = fetchCookies(new Request('https://shop.example/'));
  const storage = cookieStorage(jar);
  void storage.setItem(evil, evil);
  const [header = '', ...others] = jar.setCookies();
  expect(others).toEqual([]);
  expect(header).toMatch(
    /^[!#$%&'*+\-.^_`|~\w]+=[\w%.!~*'()-]+; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/,
  );
  expect(storage.getItem(evil)).toBe(evil);
});

test('a response gets the cookies and is kept by no cache, even one whose headers cannot be changed', async () => {
  const jar = fetchCookies(
    new Request('https://shop.example/', { headers: { cookie: 'old=1; theme=dark' } }),
  );
  const redirect = Response.redirect('https://shop.example/next', 303);
  expect(jar.addTo(redirect)).toBe(redirect);
  const storage = cookieStorage(jar, { namePrefix: '__Host-' });
  void storage.setItem('name', 'a b');
  void cookieStorage(jar).removeItem('old');
  const response = jar.addTo(redirect);
  expect([response.status, response.headers.get('location')]).toEqual([303, 'https://shop.example/next']);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.getSetCookie()).toEqual([
    '__Host-name=a%20b; Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax',
    'old=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Lax',
  ]);
  expect(jar.cookieHeader()).toBe('theme=dark; __Host-name=a%20b');
});

test("a response of Node's http has one header for each cookie, beside those of others", () => {
  const headers = new Map<string, string | readonly string[]>([['set-cookie', 'theme=dark']]);
  const response = {
    getHeader: (name: string) => headers.get(name),
    setHeader: (name: string, value: string | readonly string[]) => void headers.set(name, value),
  };
  const storage = cookieStorage(nodeCookies({ headers: { cookie: 'b=1' } }, response), {
    sameSite: 'strict',
  });
  void storage.setItem('a', '1');
  void storage.setItem('a', '2');
  void storage.setItem('c', '1');
  void storage.removeItem('c');
  void storage.removeItem('b');
  expect(storage.getItem('a')).toBe('2');
  expect(headers.get('set-cookie')).toEqual([
    'theme=dark',
    'a=2; Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Strict',
    'b=; Path=/; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; Secure; SameSite=Strict',
  ]);
});

test('the cookies of Next.js and of SvelteKit fit as they are', () => {
  const kept = new Map<string, string>([['a', '1']]);
  const next = {
    get: (name: string) => (kept.has(name) ? { name, value: String(kept.get(name)) } : undefined),
    set: (name: string, value: string, _: object) => kept.set(name, value),
  };
  const storage = cookieStorage(next);
  void storage.setItem('b', '2');
  expect([storage.getItem('a'), kept.get('b')]).toEqual(['1', '2']);
});

test.each<[string, CookieStorageOptions]>([
  ['path', { path: '/; Domain=evil.example' }],
  ['domain', { domain: 'example.com; Secure' }],
  ['maxAgeSeconds', { maxAgeSeconds: 0.5 }],
  ['sameSite', { sameSite: 'Lax' as 'lax' }],
  ['secure', { secure: false, sameSite: 'none' }],
  ['secure', { secure: false, namePrefix: '__Host-' }],
  ['namePrefix', { namePrefix: '__Host-', domain: 'example.com' }],
  ['namePrefix', { namePrefix: 'x' as '__Host-' }],
  ['httpOnly', { httpOnly: 'no' as unknown as boolean }],
])('%s of %j is the mistake of the caller', (field, options) => {
  const jar = fetchCookies(new Request('https://shop.example/'));
  expect(() => cookieStorage(jar, options)).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', field }),
  );
});

test('the claims of a token are read from the cookies without a change', async () => {
  const browser = createBrowserCookies();
  const step = await signedIn('alice');
  const jar = fetchCookies(browser.request());
  await createUserStore(cookieStorage(jar), client).save(step);
  browser.take(jar.setCookies());
  // A token stands in the cookie as it is, which is what Amplify writes itself
  expect(browser.cookies.get(`${ROOT}.alice.idToken`)).toBe(step.tokens.idToken);
  expect(decodeClaims(step.tokens.idToken)?.['cognito:username']).toBe('alice');
});

test('half of a surrogate pair has no UTF-8, and is U+FFFD in the next request', () => {
  const jar = fetchCookies(new Request('https://shop.example/'));
  for (const value of ['\ud800', `\udc00${'€'.repeat(2000)}\ud83d`]) {
    cookieStorage(jar).setItem('a\ud800', value);
    const next = fetchCookies({ headers: { get: () => jar.cookieHeader() } });
    expect(cookieStorage(next).getItem('a\ud800')).toBe(value.replace(/[\ud800-\udfff]/g, '\ufffd'));
  }
});

test('a key that would leave no room in a cookie is refused, because a browser would drop the cookie', () => {
  const storage = cookieStorage(fetchCookies(new Request('https://shop.example/')));
  expect(() => storage.setItem('k'.repeat(1900), 'v')).not.toThrow();
  expect(() => storage.setItem('k'.repeat(1901), 'v')).toThrow(
    expect.objectContaining({ code: 'OPTION_INVALID', field: 'key' }),
  );
});
