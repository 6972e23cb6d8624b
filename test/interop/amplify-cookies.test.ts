/** Amplify's server side and this package read each other's cookies, under the names of @aws-amplify/adapter-nextjs. */
import {
  createKeyValueStorageFromCookieStorageAdapter,
  createUserPoolsTokenProvider,
} from 'aws-amplify/adapter-core';
import { createUserPool } from '../../pool/src/index.ts';
import { cookieStorage, fetchCookies } from '../../src/cookies/index.ts';
import { createUserStore, type SignedIn, signIn, type UserPoolClient } from '../../src/index.ts';

const USERNAME = "a'b+c@example.com";
const PASSWORD = 'Correct-Horse-9';

/** As in its `ensureEncodedForJSCookie` (version 1.8.0), because the adapter itself needs Next.js. */
const encodeName = (name: string) =>
  encodeURIComponent(name).replace(/%(2[346B]|5E|60|7C)/g, decodeURIComponent);

/** Amplify over a browser's cookies: name → value, as its adapter gives them to `cookies()` of Next.js. */
const amplifyStorage = (cookies: Map<string, string>) =>
  createKeyValueStorageFromCookieStorageAdapter({
    get: (name) => {
      const value = cookies.get(encodeName(name));
      return value === undefined ? undefined : { name, value: decodeURIComponent(value) };
    },
    getAll: () => [],
    set: (name, value) => void cookies.set(encodeName(name), encodeURIComponent(value)),
    delete: (name) => void cookies.delete(encodeName(name)),
  });

const jarOf = (cookies: ReadonlyMap<string, string>) =>
  fetchCookies({
    headers: new Headers({ cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
  });

async function signedIn(): Promise<{ readonly client: UserPoolClient; readonly step: SignedIn }> {
  const pool = createUserPool({
    clients: [{ clientId: 'web', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }],
    users: [{ username: USERNAME, password: PASSWORD }],
  });
  const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const input = { flow: 'USER_PASSWORD_AUTH', username: USERNAME, password: PASSWORD } as const;
  return { client, step: (await signIn(client, input, { fetch: pool.fetch })) as SignedIn };
}

test('whoever has signed in through Amplify is signed in here', async () => {
  const { client, step } = await signedIn();
  const cookies = new Map<string, string>();
  const amplify = amplifyStorage(cookies);
  const root = 'CognitoIdentityServiceProvider.web';
  for (const item of ['accessToken', 'idToken', 'refreshToken'] as const) {
    await amplify.setItem(`${root}.${USERNAME}.${item}`, step.tokens[item] ?? '');
  }
  await amplify.setItem(`${root}.LastAuthUser`, USERNAME);

  const jar = jarOf(cookies);
  const store = createUserStore(cookieStorage(jar), client);
  expect(await store.load()).toMatchObject({
    username: USERNAME,
    tokens: { accessToken: step.tokens.accessToken, refreshToken: step.tokens.refreshToken },
  });
  await store.signOut(USERNAME);
  expect(jar.cookieHeader()).toBe('');
});

test('whoever has signed in here is signed in for Amplify', async () => {
  const { client, step } = await signedIn();
  const jar = jarOf(new Map());
  await createUserStore(cookieStorage(jar), client).save(step);
  const cookies = new Map(
    jar
      .cookieHeader()
      .split('; ')
      .map((pair) => pair.split('=') as [string, string]),
  );
  const provider = createUserPoolsTokenProvider(
    { Cognito: { userPoolId: client.userPoolId, userPoolClientId: 'web' } },
    amplifyStorage(cookies),
  );
  const tokens = await provider.getTokens();
  expect(tokens?.accessToken.toString()).toBe(step.tokens.accessToken);
  expect(tokens?.idToken?.toString()).toBe(step.tokens.idToken);
});
