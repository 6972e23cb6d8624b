/** What ends with a session of a user: a sign-in and the session of managed login that it came through are linked. */
import { PASSWORD, WEB } from './page.ts';
import { createSessions, type Session, type Sessions } from './user-sessions.ts';

type Linked = 'NONE' | 'LINKED' | undefined;

/** Two browsers, of which the first has signed in to two apps, and a sign-in of the API. */
async function world() {
  const sessions = createSessions();
  const { signIn, tokensFor, silently, byApi, ofType, isSignedIn, isValid } = sessions;
  const [first, second] = [await signIn(), await signIn()];
  const tokens = {
    web: (await tokensFor(first.code)).accessToken,
    other: (await silently(first.cookie, 'other')).accessToken,
    second: (await tokensFor(second.code)).accessToken,
    api: await byApi(),
  };
  const [browser] = await ofType('SSO');
  const [web] = await ofType('TOKEN');
  return {
    ...sessions,
    first,
    second,
    tokens,
    ids: { browser: browser?.SessionId ?? '', web: web?.SessionId ?? '' },
    /** Who is still there. */
    left: async () => ({
      tokens: await Promise.all(
        Object.entries(tokens).map(async ([name, token]) => ((await isValid(token)) ? [name] : [])),
      ).then((names) => names.flat()),
      browsers: [await isSignedIn(first.cookie), await isSignedIn(second.cookie)],
    }),
  };
}

const ALL = { tokens: ['web', 'other', 'second', 'api'], browsers: [true, true] };

type Revoke = (sessions: Sessions, token: string, id: string, linked: Linked) => Promise<object>;

describe.each<[string, Revoke]>([
  [
    'RevokeUserSession',
    ({ api }, AccessToken, SessionId, RevokeAssociatedSessions) =>
      api('RevokeUserSession', { AccessToken, SessionId, RevokeAssociatedSessions }),
  ],
  [
    'AdminRevokeUserSession',
    ({ admin }, _, SessionId, RevokeAssociatedSessions) =>
      admin('AdminRevokeUserSession', { Username: 'alice', SessionId, RevokeAssociatedSessions }),
  ],
])('%s', (_, revoke) => {
  const done = { status: 200 };
  const gone = { status: 400, __type: 'ResourceNotFoundException' };

  test.each<[Linked]>([[undefined], ['NONE']])('with %s ends the named session alone', async (linked) => {
    const made = await world();
    const { ids, tokens, left } = made;
    expect(await revoke(made, tokens.api, ids.web, linked)).toMatchObject(done);
    expect(await left()).toEqual({ ...ALL, tokens: ['other', 'second', 'api'] });
    expect(await revoke(made, tokens.api, ids.browser, linked)).toMatchObject(done);
    expect(await revoke(made, tokens.api, ids.browser, linked)).toMatchObject(gone);
    expect(await left()).toEqual({ tokens: ['other', 'second', 'api'], browsers: [false, true] });
  });

  test('with LINKED ends the session of managed login that a sign-in came through', async () => {
    const made = await world();
    const { ids, tokens, left, authorize, first, ofType } = made;
    expect(await revoke(made, tokens.api, ids.web, 'LINKED')).toMatchObject(done);
    expect((await authorize(first.cookie)).pathname).toBe('/login');
    expect(await left()).toEqual({ tokens: ['other', 'second', 'api'], browsers: [false, true] });
    expect(await ofType('SSO')).toHaveLength(1);
  });

  test('with LINKED ends the sign-ins that came through a session of managed login', async () => {
    const made = await world();
    const { ids, tokens, left, authorize, first, exchange } = made;
    const { searchParams } = await authorize(first.cookie);
    expect(await revoke(made, tokens.api, ids.browser, 'LINKED')).toMatchObject(done);
    expect((await authorize(first.cookie)).pathname).toBe('/login');
    expect(await left()).toEqual({ tokens: ['second', 'api'], browsers: [false, true] });
    // It would become such a sign-in
    expect(await exchange(searchParams.get('code') ?? '')).toMatchObject({ error: 'invalid_grant' });
  });

  test('with LINKED ends a sign-in by the API alone', async () => {
    const made = await world();
    const { tokens, left, ofType } = made;
    const api = (await ofType('TOKEN')).find(({ ClientId }) => ClientId === 'public');
    expect(await revoke(made, tokens.web, api?.SessionId ?? '', 'LINKED')).toMatchObject(done);
    expect(await left()).toEqual({ ...ALL, tokens: ['web', 'other', 'second'] });
  });

  test('refuses a session of managed login of another user', async () => {
    const bob = { username: 'bob', password: PASSWORD };
    const made = createSessions({
      users: [{ username: 'alice', password: PASSWORD }, bob],
      userSessionTracking: true,
    });
    const page = await made.open();
    const { Session } = await page.signIn({ AuthParameters: { USERNAME: 'bob', PASSWORD } });
    const finished = await page.finish(Session);
    const [cookie = ''] = (finished.headers.get('set-cookie') ?? '').split(';');
    const { Sessions } = await made.admin('AdminListUserSessions', { Username: 'bob' });
    const [{ SessionId }] = Sessions as unknown as readonly [Session];
    expect(await revoke(made, await made.byApi(), SessionId, 'LINKED')).toMatchObject(gone);
    expect(await made.isSignedIn(cookie)).toBe(true);
  });
});

describe('RevokeToken', () => {
  const SECRET = { ClientId: 'web', ClientSecret: WEB.clientSecret };

  test.each<[Linked, boolean]>([
    [undefined, true],
    ['NONE', true],
    ['LINKED', false],
  ])('with %s: whether the browser stays signed in is %s', async (RevokeAssociatedSessions, stays) => {
    const { signIn, tokensFor, silently, api, authorize, isSignedIn, isValid } = createSessions();
    const [{ cookie, code }, another] = [await signIn(), await signIn()];
    const { accessToken, refreshToken: Token } = await tokensFor(code);
    const other = await silently(cookie, 'other');
    expect(await api('RevokeToken', { ...SECRET, Token, RevokeAssociatedSessions })).toMatchObject({
      status: 200,
    });
    expect((await authorize(cookie)).pathname).toBe(stays ? '/callback' : '/login');
    expect(await isSignedIn(another.cookie)).toBe(true);
    // Documented: other sign-ins through the same session stay
    expect([await isValid(accessToken), await isValid(other.accessToken)]).toEqual([false, true]);
  });

  test('with LINKED ends no session of managed login while the pool does not track sessions', async () => {
    const { signIn, tokensFor, api, isSignedIn, isValid, track } = createSessions();
    const { cookie, code } = await signIn();
    const { accessToken, refreshToken: Token } = await tokensFor(code);
    await track('DISABLED');
    await api('RevokeToken', { ...SECRET, Token, RevokeAssociatedSessions: 'LINKED' });
    expect([await isValid(accessToken), await isSignedIn(cookie)]).toEqual([false, true]);
  });

  test('with LINKED ends nothing by the token of another client, nor by one that was revoked before', async () => {
    const { signIn, tokensFor, api, isSignedIn } = createSessions();
    const { cookie, code } = await signIn();
    const { refreshToken: Token } = await tokensFor(code);
    const linked = { Token, RevokeAssociatedSessions: 'LINKED' };
    await api('RevokeToken', { ...SECRET, ...linked, ClientId: 'other' });
    expect(await isSignedIn(cookie)).toBe(true);
    await api('RevokeToken', { ...SECRET, Token });
    await api('RevokeToken', { ...SECRET, ...linked });
    expect(await isSignedIn(cookie)).toBe(true);
  });
});
