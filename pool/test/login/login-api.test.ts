/** POST /login/api: what the page may do, for which app, and that its sign-ins are not those of the API. */
import { ALICE, codeIn, createWorld, PASSWORD, totpCode, WEB } from './page.ts';

const USER = { USERNAME: 'alice' };

test('signs in with a client that has a secret and no flow, which the API refuses', async () => {
  const { open, api } = createWorld();
  const input = { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { ...USER, PASSWORD } };
  expect(await api('InitiateAuth', { ClientId: 'web', ...input })).toMatchObject({
    status: 400,
    __type: 'InvalidParameterException',
  });
  expect(await (await open()).call('InitiateAuth', input)).toMatchObject({ ChallengeName: 'LOGIN_TICKET' });
});

test('refuses a wrong password as the API does', async () => {
  const page = await createWorld().open();
  const refused = await page.signIn({ AuthParameters: { ...USER, PASSWORD: 'wrong' } });
  expect(refused).toMatchObject({
    status: 400,
    __type: 'NotAuthorizedException',
    message: 'Incorrect username or password.',
  });
});

test.each(['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN', 'ADMIN_USER_PASSWORD_AUTH'])(
  'refuses the flow %s',
  async (AuthFlow) => {
    const page = await createWorld().open();
    const input = { AuthFlow, AuthParameters: { ...USER, PASSWORD, REFRESH_TOKEN: 'x' } };
    expect(await page.call('InitiateAuth', input)).toMatchObject({
      status: 400,
      message: 'Initiate Auth method not supported.',
    });
  },
);

test.each([
  'GetUser',
  'AdminGetUser',
  'ListUsers',
  'GlobalSignOut',
  'ChangePassword',
  'GetTokensFromRefreshToken',
])('does not have the operation %s', async (operation) => {
  const page = await createWorld().open();
  expect(await page.call(operation, {})).toMatchObject({ __type: 'UnknownOperationException' });
});

describe('a session', () => {
  const options = {
    mfa: 'OPTIONAL' as const,
    users: [{ ...ALICE, mfa: { email: true } }],
  };
  const answer = (Session: string | undefined, EMAIL_OTP_CODE: string) => ({
    ChallengeName: 'EMAIL_OTP',
    Session,
    ChallengeResponses: { ...USER, EMAIL_OTP_CODE },
  });

  test('of the page gets a ticket with the right code', async () => {
    const { open, pool, exchange } = createWorld(options);
    const page = await open();
    const asked = await page.signIn();
    expect(asked.ChallengeName).toBe('EMAIL_OTP');
    const wrong = await page.call('RespondToAuthChallenge', answer(asked.Session, '000000'));
    expect(wrong.__type).toBe('CodeMismatchException');
    const code = pool.outbox.at(-1)?.code ?? '';
    const done = await page.call('RespondToAuthChallenge', answer(asked.Session, code));
    expect(done.ChallengeName).toBe('LOGIN_TICKET');
    expect((await exchange(codeIn(await page.finish(done.Session)))).status).toBe(200);
  });

  test('of the page is not one of the API, which would answer with tokens', async () => {
    const { open, pool, api } = createWorld(options);
    const page = await open('public');
    const { Session } = await page.signIn();
    const code = pool.outbox.at(-1)?.code ?? '';
    const refused = await api('RespondToAuthChallenge', { ClientId: 'public', ...answer(Session, code) });
    expect(refused).toMatchObject({ status: 400, message: 'Invalid session for the user.' });
  });

  test('of the API is not one of the page', async () => {
    const { open, pool, api } = createWorld(options);
    const { Session } = await api('InitiateAuth', {
      ClientId: 'public',
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { ...USER, PASSWORD },
    });
    const page = await open('public');
    const code = pool.outbox.at(-1)?.code ?? '';
    expect(await page.call('RespondToAuthChallenge', answer(Session, code))).toMatchObject({ status: 400 });
  });

  test('of one app is not one of another', async () => {
    const { open, pool } = createWorld(options);
    const { Session } = await (await open('web')).signIn();
    const other = await open('other');
    const code = pool.outbox.at(-1)?.code ?? '';
    expect(await other.call('RespondToAuthChallenge', answer(Session, code))).toMatchObject({ status: 400 });
  });
});

test('sets up an authenticator app where everybody needs a second factor', async () => {
  const { open, pool } = createWorld({ mfa: 'ON', now: () => 1_700_000_000_000 });
  const page = await open();
  const asked = await page.signIn();
  expect(asked.ChallengeName).toBe('MFA_SETUP');
  const { SecretCode, Session } = await page.call('AssociateSoftwareToken', { Session: asked.Session });
  const verified = await page.call('VerifySoftwareToken', {
    Session,
    UserCode: totpCode(String(SecretCode), 1_700_000_000_000),
  });
  expect(verified).toMatchObject({ Status: 'SUCCESS' });
  const done = await page.call('RespondToAuthChallenge', {
    ChallengeName: 'MFA_SETUP',
    Session: verified.Session,
    ChallengeResponses: USER,
  });
  expect(done.ChallengeName).toBe('LOGIN_TICKET');
  expect(pool.users.find('alice')).toMatchObject({ softwareToken: { secret: SecretCode } });
});

test('an access token cannot be used in the place of a session or a ticket', async () => {
  const { open, api } = createWorld();
  const { AuthenticationResult } = await api('InitiateAuth', {
    ClientId: 'public',
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { ...USER, PASSWORD },
  });
  const { AccessToken } = AuthenticationResult as { readonly AccessToken: string };
  const page = await open('public');
  expect(await page.call('AssociateSoftwareToken', { AccessToken })).toMatchObject({
    status: 400,
    message: 'Missing required parameter Session',
  });
  const device = { AccessToken, DeviceKey: 'us-east-1_0d7d8a1e-0000-4000-8000-000000000001' };
  expect(await page.call('UpdateDeviceStatus', device)).toMatchObject({
    status: 400,
    message: 'Invalid Access Token',
  });
});

describe('an authorization request that is not valid', () => {
  const { clientId = '' } = WEB;
  test.each([
    ['client_id', { client_id: 'unknown' }],
    ['redirect_uri', { redirect_uri: 'https://evil.example/' }],
    ['response_type', { response_type: '' }],
    ['scope', { scope: 'unknown/scope' }],
  ])('by its %s gets no page and no sign-in', async (_, fields) => {
    const { open, fetch } = createWorld();
    const cookie = (await open()).cookie;
    const page = await open(clientId, fields);
    expect(page.cookie).toBe('');
    expect((await fetch(`/login${page.query}`)).status).toBe(302);
    expect(await page.signIn({ ClientId: clientId }).then(({ status }) => status)).toBe(403);
    const sent = await page.call(
      'InitiateAuth',
      { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { ...USER, PASSWORD } },
      { cookie },
    );
    expect(sent).toMatchObject({ status: 403, __type: 'ForbiddenException' });
  });
});

test('a client of the body that is not that of the query is unknown', async () => {
  const page = await createWorld().open('web');
  expect(await page.signIn({ ClientId: 'public' })).toMatchObject({
    status: 400,
    __type: 'ResourceNotFoundException',
  });
});

test('signs up, confirms, and goes on without the password', async () => {
  const { open, pool } = createWorld({ autoVerifiedAttributes: ['email'] });
  const page = await open();
  const signedUp = await page.call('SignUp', {
    Username: 'bob',
    Password: PASSWORD,
    UserAttributes: [{ Name: 'email', Value: 'bob@example.com' }],
  });
  const confirmed = await page.call('ConfirmSignUp', {
    Username: 'bob',
    ConfirmationCode: pool.outbox.at(-1)?.code,
    Session: signedUp.Session,
  });
  const done = await page.call('InitiateAuth', {
    AuthFlow: 'USER_AUTH',
    AuthParameters: { USERNAME: 'bob' },
    Session: confirmed.Session,
  });
  expect(done.ChallengeName).toBe('LOGIN_TICKET');
});

test('sets a new password for one that was forgotten', async () => {
  const { open, pool } = createWorld();
  const page = await open();
  await page.call('ForgotPassword', { Username: 'alice' });
  const set = await page.call('ConfirmForgotPassword', {
    Username: 'alice',
    ConfirmationCode: pool.outbox.at(-1)?.code,
    Password: 'Other-Horse-10',
  });
  expect(set.status).toBe(200);
  const done = await page.signIn({ AuthParameters: { ...USER, PASSWORD: 'Other-Horse-10' } });
  expect(done.ChallengeName).toBe('LOGIN_TICKET');
});

test('a client that has identity providers alone signs nobody in', async () => {
  const { open } = createWorld({ clients: [{ ...WEB, supportedIdentityProviders: ['Company'] }] });
  expect(await (await open()).signIn()).toMatchObject({ status: 403 });
});

test('faults fail the calls of the page, too', async () => {
  const { open } = createWorld({ faults: [{ name: 'throttle', operation: 'InitiateAuth' }] });
  expect(await (await open()).signIn()).toMatchObject({ __type: 'TooManyRequestsException' });
});

test('a level of the authorization request is reached before the ticket', async () => {
  const { open, exchange, pool } = createWorld({
    mfa: 'OPTIONAL',
    users: [{ ...ALICE, mfa: { email: true } }],
  });
  const page = await open('web', { acr_values: 'urn:cognito:loa:3' });
  const asked = await page.signIn();
  expect(asked.ChallengeName).toBe('EMAIL_OTP');
  const done = await page.call('RespondToAuthChallenge', {
    ChallengeName: 'EMAIL_OTP',
    Session: asked.Session,
    ChallengeResponses: { ...USER, EMAIL_OTP_CODE: pool.outbox.at(-1)?.code ?? '' },
  });
  const tokens = await exchange(codeIn(await page.finish(done.Session)));
  const claims = JSON.parse(atob(String(tokens['access_token']).split('.')[1] ?? '')) as object;
  expect(claims).toMatchObject({ acr: 'urn:cognito:loa:3' });
});
