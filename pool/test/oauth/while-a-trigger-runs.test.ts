/** What changes while PreTokenGeneration runs, or because it fails: the refresh token, the user, and the user's other sessions. */
import { SIGNED } from '../admin-calls.ts';
import { PASSWORD } from '../wire.ts';
import { type Browser, createBrowser, POOL_ID, WEB } from './browser.ts';

/** A pool whose trigger does what the test sets. */
function createWorld(options: Parameters<typeof createBrowser>[0] = {}) {
  let act: () => unknown = () => undefined;
  const browser = createBrowser({
    triggers: {
      preTokenGeneration: async (event) => {
        await act();
        return event;
      },
    },
    ...options,
  });
  return {
    browser,
    during: (next: () => unknown) => {
      act = next;
    },
    admin: (operation: string, input: object = {}) =>
      browser.call(operation, { UserPoolId: POOL_ID, Username: 'alice', ...input }, SIGNED),
  };
}

const refuse = () => {
  throw new Error('Not today');
};

const refresh = ({ post }: Browser, refresh_token: unknown) =>
  post('/oauth2/token', {
    grant_type: 'refresh_token',
    client_id: 'web',
    refresh_token: String(refresh_token),
  });

const INVALID_GRANT = { status: 400, body: { error: 'invalid_grant' } };

test('a trigger that fails does not cost a client with rotation its refresh token', async () => {
  const rotating = { ...WEB, explicitAuthFlows: [], refreshTokenRotation: { gracePeriodSeconds: 0 } };
  const { browser, during } = createWorld({ clients: [rotating] });
  const { body } = await browser.exchange(await browser.codeOf());
  during(refuse);
  expect(await refresh(browser, body['refresh_token'])).toMatchObject(INVALID_GRANT);
  during(() => undefined);
  expect(await refresh(browser, body['refresh_token'])).toMatchObject({
    status: 200,
    body: { refresh_token: expect.any(String) },
  });
});

describe.each(['AdminDisableUser', 'AdminDeleteUser', 'AdminUserGlobalSignOut'])(
  '%s while the trigger runs: no tokens',
  (operation) => {
    test('for a code', async () => {
      const { browser, during, admin } = createWorld();
      const code = await browser.codeOf();
      during(() => admin(operation));
      expect(await browser.exchange(code)).toMatchObject(INVALID_GRANT);
    });

    test('for a refresh token', async () => {
      const { browser, during, admin } = createWorld();
      const { body } = await browser.exchange(await browser.codeOf());
      during(() => admin(operation));
      expect(await refresh(browser, body['refresh_token'])).toMatchObject(INVALID_GRANT);
    });

    test('in the implicit flow', async () => {
      const { browser, during, admin } = createWorld();
      during(() => admin(operation));
      const { answer } = await browser.authorize({ response_type: 'token' });
      expect(answer).toEqual(expect.objectContaining({ error: expect.any(String) }));
      expect(answer).not.toHaveProperty('access_token');
    });

    test('for REFRESH_TOKEN_AUTH', async () => {
      const { browser, during, admin } = createWorld();
      const { AuthenticationResult } = await browser.signIn();
      during(() => admin(operation));
      expect(
        await browser.initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: AuthenticationResult.RefreshToken }),
      ).toMatchObject({ status: 400, __type: 'NotAuthorizedException' });
    });

    test('without a sign-in', async () => {
      const { browser, during, admin } = createWorld();
      during(() => admin(operation));
      await expect(browser.pool.issueTokens('alice')).rejects.toThrow();
    });
  },
);

describe('a sign-in that the trigger refuses ends no other session', () => {
  async function oneSession() {
    const world = createWorld({ userSessionTracking: true });
    const { browser, during, admin } = world;
    await admin('SetUserPoolSessionConfiguration', {
      Username: undefined,
      UserSessionTracking: 'ENABLED',
      TokenSession: { MaxPerUser: 1 },
    });
    const code = await browser.codeOf();
    const { AuthenticationResult } = await browser.signIn();
    during(refuse);
    return { ...world, code, accessToken: AuthenticationResult.AccessToken };
  }

  test.each<[string, (browser: Browser, code: string) => Promise<unknown>]>([
    ['of the API', ({ initiate }) => initiate('USER_PASSWORD_AUTH', { USERNAME: 'alice', PASSWORD })],
    ['by a code', ({ exchange }, code) => exchange(code)],
    ['by the implicit flow', ({ authorize }) => authorize({ response_type: 'token' })],
    ['of issueTokens', ({ pool }) => pool.issueTokens('alice').catch(() => undefined)],
  ])('%s', async (_, signIn) => {
    const { browser, during, code, accessToken } = await oneSession();
    await signIn(browser, code);
    expect(await browser.call('GetUser', { AccessToken: accessToken })).toMatchObject({ status: 200 });
    // One that succeeds ends it
    during(() => undefined);
    await browser.signIn();
    expect(await browser.call('GetUser', { AccessToken: accessToken })).toMatchObject({ status: 400 });
  });
});
