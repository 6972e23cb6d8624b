/** The page ends with a ticket in place of tokens. It counts once, for the browser and the app that it was made for. */
import { randomBytes } from 'node:crypto';
import { sendRequest } from '../../../test/support/pool-calls.ts';
import { SIGNED } from '../admin-calls.ts';
import { CALLBACK, codeIn, createWorld, ORIGIN, type Texts } from './page.ts';

test('signs in with the password, and the app gets a code that it exchanges for tokens', async () => {
  const { open, exchange } = createWorld();
  const page = await open();
  const answer = await page.signIn();
  expect(answer).toMatchObject({
    status: 200,
    ChallengeName: 'LOGIN_TICKET',
    ChallengeParameters: { USER_ID_FOR_SRP: 'alice' },
  });
  expect(answer).not.toHaveProperty('AuthenticationResult');
  const done = await page.finish(answer.Session);
  expect(done.status).toBe(200);
  expect(done.redirectTo).toMatch(new RegExp(`^${CALLBACK}\\?code=[\\w-]+&state=a\\+state$`));
  expect(done.headers.get('set-cookie')).toMatch(
    /^cognito-[^=]+=[\w-]{43}; Path=\/; .*HttpOnly; SameSite=Lax/,
  );
  const tokens = await exchange(codeIn(done));
  expect(tokens).toMatchObject({ status: 200, token_type: 'Bearer' });
  expect(tokens['id_token']).toEqual(expect.any(String));
});

test('makes no tokens before the code is exchanged', async () => {
  const { open, pool, exchange } = createWorld({ userSessionTracking: true });
  const tokenSessions = async () => {
    const input = { UserPoolId: pool.userPoolId, Username: 'alice' };
    const listed = await sendRequest(pool, 'AdminListUserSessions', input, SIGNED);
    const { Sessions } = (await listed.json()) as { readonly Sessions: readonly Texts[] };
    return Sessions.filter(({ SessionType }) => SessionType === 'TOKEN').length;
  };
  const page = await open();
  const done = await page.finish((await page.signIn()).Session);
  expect(await tokenSessions()).toBe(0);
  await exchange(codeIn(done));
  expect(await tokenSessions()).toBe(1);
});

test('refuses a ticket that was used', async () => {
  const { open } = createWorld();
  const page = await open();
  const { Session } = await page.signIn();
  expect((await page.finish(Session)).status).toBe(200);
  const again = await page.finish(Session);
  expect(again).toMatchObject({ status: 403, error: 'access_denied' });
  expect(again.headers.get('set-cookie')).toBeNull();
});

test('refuses a ticket of another browser, and spends it', async () => {
  const { open } = createWorld();
  const [attacker, victim] = [await open(), await open()];
  expect(attacker.cookie).not.toBe(victim.cookie);
  const { Session } = await attacker.signIn();
  // Fixed: the victim's browser would be signed in as somebody else. Stolen: the other way round
  expect(await victim.finish(Session)).toMatchObject({ status: 403 });
  expect(await attacker.finish(Session)).toMatchObject({ status: 403 });
});

test('refuses a ticket of another app', async () => {
  const { open } = createWorld();
  const web = await open('web');
  const other = await open('other');
  const { Session } = await web.signIn();
  expect(await other.finish(Session, { cookie: web.cookie })).toMatchObject({ status: 403 });
});

test('refuses a ticket after five minutes', async () => {
  const { open, wait } = createWorld();
  const page = await open();
  const { Session } = await page.signIn();
  wait(299);
  const other = await page.signIn();
  wait(2);
  expect(await page.finish(Session)).toMatchObject({ status: 403 });
  expect(await page.finish(other.Session)).toMatchObject({ status: 200 });
});

test.each(['', 'unknown', 'a'.repeat(43)])('refuses the ticket %j', async (ticket) => {
  const { open } = createWorld();
  expect(await (await open()).finish(ticket)).toMatchObject({ status: 403 });
});

test('refuses a ticket of a user who was made again under the same name', async () => {
  const { open, pool } = createWorld();
  const page = await open();
  const { Session } = await page.signIn();
  pool.users.remove('alice');
  pool.users.add({ username: 'alice', password: 'Other-Horse-10' });
  expect(await page.finish(Session)).toMatchObject({ status: 403 });
});

test('takes over no session that the browser has from before: the cookie gets a new value', async () => {
  const { open, pool } = createWorld();
  const page = await open();
  const name = `cognito-${pool.userPoolId}`;
  const fixed = `${name}=${'f'.repeat(43)}`;
  const { Session } = await page.signIn();
  const done = await page.finish(Session, { cookie: `${page.cookie}; ${fixed}` });
  expect(done.status).toBe(200);
  expect(done.headers.get('set-cookie')).not.toContain('f'.repeat(43));
});

test.each([
  ['a form of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['no Origin', { origin: '' }],
  ['the Origin null', { origin: 'null' }],
  ['another port of this machine', { origin: 'http://localhost:3000', 'sec-fetch-site': 'same-site' }],
  ['an address that was typed', { 'sec-fetch-site': 'none' }],
  ['the content type of a form', { 'content-type': 'text/plain' }],
  ['a browser without the cookie', { cookie: '' }],
  ['a cookie that the page did not make', { cookie: 'cognito-login=x' }],
])('refuses a ticket and the calls of %s', async (_, headers) => {
  const { open } = createWorld();
  const page = await open();
  expect(await page.call('InitiateAuth', {}, headers)).toMatchObject({
    status: 403,
    __type: 'ForbiddenException',
  });
  const { Session } = await page.signIn();
  const refused = await page.finish(Session, headers);
  expect(refused).toMatchObject({ status: 403, error: 'access_denied' });
  expect(refused.headers.get('access-control-allow-origin')).toBeNull();
  // The ticket was not looked at
  expect(await page.finish(Session)).toMatchObject({ status: 200 });
});

test('another tab keeps the cookie of the browser', async () => {
  const { open, fetch } = createWorld();
  const page = await open();
  const second = await fetch(`/login${page.query}`, { headers: { cookie: page.cookie } });
  expect(second.headers.get('set-cookie')).toBeNull();
});

test('a sign-in that is refused leaves no session, because the browser does not get its cookie', async () => {
  const made: string[] = [];
  const { open, pool, fetch } = createWorld({
    rng: (length) => {
      const bytes = new Uint8Array(randomBytes(length));
      made.push(Buffer.from(bytes).toString('base64url'));
      return bytes;
    },
  });
  const page = await open();
  const signsIn = async (id: string) => {
    const headers = { cookie: `cognito-${pool.userPoolId}=${id}` };
    const { headers: answer } = await fetch(`/oauth2/authorize${page.query}`, { headers });
    return answer.get('location')?.startsWith(CALLBACK) === true;
  };
  const sessions = async () => (await Promise.all(made.map(signsIn))).filter((found) => found).length;
  const { Session } = await page.signIn();
  const refused = await fetch(`/login${page.query}&acr_values=urn:cognito:loa:4`, {
    method: 'POST',
    body: JSON.stringify({ ticket: Session }),
    headers: { origin: ORIGIN, 'content-type': 'application/json', cookie: page.cookie },
  });
  expect(((await refused.json()) as Texts)['redirectTo']).toContain('unmet_authentication_requirements');
  expect(await sessions()).toBe(0);
  await page.finish((await page.signIn()).Session);
  expect(await sessions()).toBe(1);
});

test.each([['AdminUserGlobalSignOut'], ['AdminDisableUser', 'AdminEnableUser']])(
  'refuses a ticket after %s',
  async (...operations) => {
    const { open, pool } = createWorld();
    const page = await open();
    const { Session } = await page.signIn();
    for (const operation of operations) {
      await sendRequest(pool, operation, { UserPoolId: pool.userPoolId, Username: 'alice' }, SIGNED);
    }
    expect(await page.finish(Session)).toMatchObject({ status: 403 });
  },
);
