/** The sessions of managed login among the sessions of a user: what is listed of them, and what counts. */
import { claimsOf } from '../raw-calls.ts';
import { WEB } from './page.ts';
import { createSessions, type Session } from './user-sessions.ts';

const START = Date.UTC(2026, 8, 24, 13, 50, 15) / 1000;

describe('the list of sessions', () => {
  test('has the session of managed login, and says which tokens came through it', async () => {
    const { signIn, tokensFor, byApi, api } = createSessions();
    const { code } = await signIn();
    const { accessToken } = await tokensFor(code);
    await byApi();
    const [ofCode, ofApi, ofBrowser, ...more] = (await api('ListUserSessions', { AccessToken: accessToken }))[
      'Sessions'
    ] as readonly Session[];
    const common = {
      CreateDate: START,
      LastActiveDate: START,
      DeviceType: 'unknown',
      LastIPAddress: '127.0.0.1',
    };
    const token = { ...common, SessionType: 'TOKEN', SessionId: expect.stringMatching(/^tkn[a-z0-9]{25}$/) };
    expect(ofBrowser).toEqual({
      ...common,
      SessionType: 'SSO',
      SessionId: expect.stringMatching(/^sso[a-z0-9]{25}$/),
      ClientId: 'web',
      IsCurrentSession: false,
    });
    expect(ofCode).toEqual({
      ...token,
      ClientId: 'web',
      OriginSessionId: ofBrowser?.SessionId,
      IsCurrentSession: true,
    });
    expect(ofApi).toEqual({ ...token, ClientId: 'public', IsCurrentSession: false });
    expect(more).toEqual([]);
  });

  test('says to an administrator of no session that it is current', async () => {
    const { signIn, tokensFor, list } = createSessions();
    await tokensFor((await signIn()).code);
    expect((await list()).map(({ IsCurrentSession }) => IsCurrentSession)).toEqual([false, false]);
  });

  test('has when a silent second sign-in began, and not when the user signed in', async () => {
    const { signIn, tokensFor, silently, ofType, wait } = createSessions();
    const { cookie, code } = await signIn();
    await tokensFor(code);
    wait(600);
    const { accessToken } = await silently(cookie, 'other');
    expect(claimsOf(accessToken)['auth_time']).toBe(START);
    const [browser] = await ofType('SSO');
    expect(await ofType('TOKEN')).toMatchObject([
      { ClientId: 'web', CreateDate: START, OriginSessionId: browser?.SessionId },
      { ClientId: 'other', CreateDate: START + 600, OriginSessionId: browser?.SessionId },
    ]);
    expect(browser).toMatchObject({ ClientId: 'web', CreateDate: START });
  });

  test('has when tokens were last issued through a session of managed login, also if they were revoked', async () => {
    const { signIn, tokensFor, api, ofType, wait } = createSessions();
    const { code } = await signIn();
    const { refreshToken } = await tokensFor(code);
    wait(60);
    await api('GetTokensFromRefreshToken', {
      ClientId: 'web',
      ClientSecret: WEB.clientSecret,
      RefreshToken: refreshToken,
    });
    const active = { CreateDate: START, LastActiveDate: START + 60 };
    expect(await ofType('SSO')).toMatchObject([active]);
    await api('RevokeToken', { ClientId: 'web', ClientSecret: WEB.clientSecret, Token: refreshToken });
    expect(await ofType('SSO')).toMatchObject([active]);
  });

  test('has the tokens of the implicit flow', async () => {
    const { signIn, authorize, ofType } = createSessions();
    const { cookie } = await signIn();
    await authorize(cookie, 'web', { response_type: 'token' });
    const [browser] = await ofType('SSO');
    expect(await ofType('TOKEN')).toMatchObject([{ OriginSessionId: browser?.SessionId }]);
  });

  test('has one session of managed login for each browser, until it is signed out or an hour has passed', async () => {
    const { signIn, tokensFor, ofType, wait, fetch } = createSessions();
    const [one, two] = [await signIn(), await signIn()];
    await tokensFor(one.code);
    const [first, second] = await ofType('SSO');
    const logout = new URLSearchParams({ client_id: 'web', logout_uri: WEB.logoutUrls?.[0] ?? '' });
    await fetch(`/logout?${logout}`, { headers: { cookie: one.cookie } });
    expect(await ofType('SSO')).toEqual([second]);
    expect(await ofType('TOKEN')).toMatchObject([{ OriginSessionId: first?.SessionId }]);
    wait(3599);
    expect(await ofType('SSO')).toHaveLength(1);
    wait(1);
    expect(await ofType('SSO')).toEqual([]);
    expect(two.cookie).not.toBe(one.cookie);
  });

  test('has no session from before the pool tracked sessions', async () => {
    const { signIn, tokensFor, silently, byApi, list, track } = createSessions({
      userSessionTracking: false,
    });
    const { cookie, code } = await signIn();
    await tokensFor(code);
    await byApi();
    await track('ENABLED');
    expect(await list()).toEqual([]);
    // The browser still is one of which nothing was noted
    await silently(cookie);
    const [session, ...more] = await list();
    expect([session?.SessionType, more]).toEqual(['TOKEN', []]);
    expect(session).not.toHaveProperty('OriginSessionId');
  });

  test('does not have what began while tracking was turned off', async () => {
    const { signIn, silently, list, track } = createSessions();
    const { cookie } = await signIn();
    const before = await list();
    await track('DISABLED');
    await silently(cookie);
    await track('ENABLED');
    expect(await list()).toEqual(before);
  });
});

describe('the most sessions that a user may have', () => {
  test('counts tokens, and no session of managed login', async () => {
    const { signIn, tokensFor, ofType, isValid, track } = createSessions();
    await track('ENABLED', 2);
    const browsers = [await signIn(), await signIn(), await signIn()];
    const [one, two] = [await tokensFor(browsers[0]?.code ?? ''), await tokensFor(browsers[1]?.code ?? '')];
    expect(await ofType('SSO')).toHaveLength(3);
    expect([await isValid(one.accessToken), await isValid(two.accessToken)]).toEqual([true, true]);
    await tokensFor(browsers[2]?.code ?? '');
    expect([await isValid(one.accessToken), await isValid(two.accessToken)]).toEqual([false, true]);
    expect(await ofType('SSO')).toHaveLength(3);
  });

  test('does not count what is from before the pool tracked sessions', async () => {
    const { byApi, isValid, track } = createSessions({ userSessionTracking: false });
    const before = await byApi();
    await track('ENABLED', 1);
    const first = await byApi();
    expect([await isValid(before), await isValid(first)]).toEqual([true, true]);
    await byApi();
    expect([await isValid(before), await isValid(first)]).toEqual([true, false]);
  });
});
