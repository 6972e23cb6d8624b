/** The log has an entry for each request, and no secret in any of them. */
import { generateEphemeral } from '../../src/srp/index.ts';
import { inThisThread } from '../src/arithmetic/arithmetic.ts';
import { formatLogLine } from '../src/cli/log-lines.ts';
import { createRandom } from '../src/domain/randomness.ts';
import { ServiceException } from '../src/domain/service-exception.ts';
import { createFaults } from '../src/faults/faults.ts';
import { createRequestLog } from '../src/http/request-log.ts';
import { handle } from '../src/http/routes.ts';
import { createUserPool, type LogEntry, OPERATION_NAMES } from '../src/index.ts';
import { OPERATIONS, SHAPES } from '../src/model/shapes.generated.ts';
import { createService } from '../src/service/service.ts';
import { SIGNED } from './admin-calls.ts';
import { createWire, PASSWORD, srpClient } from './wire.ts';

const users = [
  {
    username: 'alice',
    password: PASSWORD,
    attributes: { email: 'alice@example.com' },
    aliases: ['alice@example.com'],
  },
];

/** A pool whose entries a test reads. */
function loggedWire(options = {}) {
  const entries: LogEntry[] = [];
  const wire = createWire({ users, log: (entry) => entries.push(entry), ...options });
  return { ...wire, entries, last: () => entries.at(-1) };
}

test('an entry says what was asked, of whom, and what came of it', async () => {
  const { initiate, last, now } = loggedWire();
  await initiate('USER_PASSWORD_AUTH', { USERNAME: 'alice@example.com', PASSWORD });
  expect(last()).toEqual({
    at: now(),
    ms: expect.any(Number),
    operation: 'InitiateAuth',
    userPoolId: 'us-east-1_LocalPool',
    username: 'alice',
    status: 200,
    error: undefined,
    message: undefined,
    reason: undefined,
    codes: [],
  });
  expect(last()?.ms).toBeGreaterThan(0);
});

test('a refusal has its name and its text', async () => {
  const { initiate, last } = loggedWire();
  await initiate('USER_PASSWORD_AUTH', { USERNAME: 'alice', PASSWORD: 'Wrong-Horse-9' });
  expect(last()).toMatchObject({
    username: 'alice',
    status: 400,
    error: 'NotAuthorizedException',
    message: 'Incorrect username or password.',
  });
});

test('what the service would not tell is the reason, and is not sent', async () => {
  const entries: LogEntry[] = [];
  const random = createRandom();
  const refuse = () =>
    Promise.reject(
      new ServiceException(
        'NotAuthorizedException',
        'Incorrect username or password.',
        'TIMESTAMP is 43 200 s off',
      ),
    );
  const service = createService(
    { now: Date.now, random, arithmetic: inThisThread },
    { ...createFaults([]), around: refuse },
    { modelledStatuses: false, unitOutput: 'empty' },
  );
  const log = createRequestLog(
    service,
    (entry) => entries.push(entry),
    () => 0,
  );
  const request = new Request('http://localhost/', {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.RespondToAuthChallenge' },
    body: '{}',
  });
  const response = await handle(service, { reset: () => {}, allowedHosts: [], log }, request);
  expect(await response.text()).not.toContain('TIMESTAMP');
  const line = entries.map((entry) => formatLogLine(entry, 'text')).join('');
  expect(line).toContain(
    ' RespondToAuthChallenge - - 400 0 ms NotAuthorizedException: Incorrect username or password. (TIMESTAMP is 43 200 s off)\n',
  );
});

test('an entry has the codes that its request sent', async () => {
  const { call, last, lastCode } = loggedWire();
  await call('ForgotPassword', { ClientId: 'web', Username: 'alice' });
  expect(last()?.codes).toMatchObject([
    { code: lastCode(), medium: 'EMAIL', to: 'alice@example.com', purpose: 'ConfirmForgotPassword' },
  ]);
  await call('ForgotPassword', { ClientId: 'web', Username: 'nobody' });
  expect(last()).toMatchObject({ codes: [], username: undefined });
});

test('an entry has no text of a message, which repeats a temporary password', async () => {
  const { call, last, pool } = loggedWire();
  const TemporaryPassword = 'Temp-Pass-1';
  const UserAttributes = [{ Name: 'email', Value: 'bob@example.com' }];
  const input = { UserPoolId: pool.userPoolId, Username: 'bob', TemporaryPassword, UserAttributes };
  await call('AdminCreateUser', input, SIGNED);
  expect(pool.outbox.at(-1)?.body).toContain(TemporaryPassword);
  expect(last()?.codes).toMatchObject([{ purpose: 'AdminCreateUser', code: '…' }]);
  expect(JSON.stringify(last())).not.toContain(TemporaryPassword);
});

test('requests at the same time have each their own codes, and none has a code twice', async () => {
  const names = ['ann', 'bob', 'cem', 'dan'];
  const { pool, call, entries } = loggedWire({
    users: names.map((username) => ({ username, attributes: { email: `${username}@example.com` } })),
  });
  await Promise.all(names.map((Username) => call('ForgotPassword', { ClientId: 'web', Username })));
  expect(entries.map(({ username, codes }) => [username, codes.map(({ to }) => to)]).sort()).toEqual(
    names.map((name) => [name, [`${name}@example.com`]]),
  );
  expect(pool.outbox).toHaveLength(4);
});

test('the user of a token, of a refresh token and of a sign-up is named', async () => {
  const { call, initiate, signIn, last } = loggedWire();
  const { AccessToken, RefreshToken } = (await signIn()).AuthenticationResult;
  await call('GetUser', { AccessToken });
  expect(last()).toMatchObject({ operation: 'GetUser', username: 'alice', status: 200 });
  await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken });
  expect(last()).toMatchObject({ username: 'alice', status: 200 });
  await call('SignUp', { ClientId: 'web', Username: 'new', Password: PASSWORD });
  expect(last()).toMatchObject({ operation: 'SignUp', username: 'new', status: 200 });
  await call('DeleteUser', { AccessToken });
  expect(last()).toMatchObject({ operation: 'DeleteUser', username: 'alice', status: 200 });
});

test('paths, unknown paths and requests that were not read are entries, too', async () => {
  const entries: LogEntry[] = [];
  const pool = createUserPool({ log: (entry) => entries.push(entry) });
  await pool.fetch('http://localhost/health');
  await pool.fetch('http://localhost/us-east-1_LocalPool/.well-known/jwks.json');
  await pool.fetch('http://localhost/secret-in-a-path?password=secret');
  const { endpoint, close } = await pool.listen();
  await fetch(endpoint, { method: 'PUT' });
  await close();
  expect(entries.map(({ operation, userPoolId, status }) => [operation, userPoolId, status])).toEqual([
    ['GET /health', undefined, 200],
    ['GET /{userPoolId}/.well-known/jwks.json', 'us-east-1_LocalPool', 200],
    ['GET unknown path', undefined, 404],
    ['unreadable request', undefined, 405],
  ]);
});

test('a dropped connection has no status', async () => {
  const { signIn, last } = loggedWire({ faults: [{ name: 'reset-before' }] });
  await expect(signIn()).rejects.toThrow(TypeError);
  expect(last()).toMatchObject({
    operation: 'InitiateAuth',
    username: 'alice',
    status: undefined,
    reason: 'A fault dropped the connection',
  });
});

describe('no secret', () => {
  const shown = (entries: readonly LogEntry[]) =>
    entries.flatMap((entry) => [formatLogLine(entry, 'text'), formatLogLine(entry, 'json')]).join('');
  const found = (entries: readonly LogEntry[], secrets: readonly string[]) =>
    secrets.filter((secret) => shown(entries).toLowerCase().includes(secret.toLowerCase()));

  test('is shown of a whole sign-in with a client secret, of a refresh and of a change of the password', async () => {
    const clientSecret = 'secret-of-the-app-client';
    const wire = loggedWire({
      clients: [{ clientId: 'web', clientSecret, explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }],
      users: users.map((user) => ({ ...user, mfa: { totp: 'JBSWY3DPEHPK3PXP', email: true } })),
    });
    const { createHmac } = await import('node:crypto');
    const SECRET_HASH = createHmac('sha256', clientSecret).update('aliceweb').digest('base64');
    const { SRP_A, prove } = srpClient(wire);
    const asked = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A, SECRET_HASH });
    const claim = prove(asked);
    const chosen = await wire.respond('PASSWORD_VERIFIER', undefined, { ...claim, SECRET_HASH });
    const waiting = await wire.respond('SELECT_MFA_TYPE', chosen.Session, {
      ANSWER: 'EMAIL_OTP',
      SECRET_HASH,
    });
    const EMAIL_OTP_CODE = wire.lastCode();
    const done = await wire.respond('EMAIL_OTP', waiting.Session, { EMAIL_OTP_CODE, SECRET_HASH });
    const { AccessToken, IdToken, RefreshToken } = done.AuthenticationResult;
    const ProposedPassword = 'Another-Horse-9';
    await wire.call('ChangePassword', { AccessToken, PreviousPassword: PASSWORD, ProposedPassword });
    await wire.call('GetTokensFromRefreshToken', {
      ClientId: 'web',
      ClientSecret: clientSecret,
      RefreshToken,
    });
    expect(wire.entries.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(shown(wire.entries)).toContain(EMAIL_OTP_CODE);
    const { SECRET_BLOCK = '', SRP_B = '', SALT = '' } = asked.ChallengeParameters;
    const secrets = [PASSWORD, ProposedPassword, clientSecret, SECRET_HASH, SRP_A, SRP_B, SALT, SECRET_BLOCK];
    secrets.push(claim['PASSWORD_CLAIM_SIGNATURE'] ?? '', chosen.Session, waiting.Session);
    secrets.push(AccessToken, IdToken, RefreshToken, 'JBSWY3DPEHPK3PXP');
    expect(secrets.filter((secret) => secret.length < 6)).toEqual([]);
    expect(found(wire.entries, secrets)).toEqual([]);
  });

  /** Every member of the input, by name, at the top or in a map or list below. */
  const placesOf = (operation: keyof typeof OPERATIONS, secret: string): object[] => {
    const shape = SHAPES[OPERATIONS[operation].input];
    const names = shape?.kind === 'structure' ? Object.keys(shape.members) : [];
    const base = { UserPoolId: 'us-east-1_LocalPool', ClientId: 'web', Username: 'alice' };
    return names.flatMap((name) =>
      [secret, [secret], { [secret]: secret }, { USERNAME: secret }, [{ Name: secret, Value: secret }]].map(
        (value) => ({ ...base, [name]: value }),
      ),
    );
  };

  test('is shown of any member of any operation, wherever it came', async () => {
    const wire = loggedWire({ preventUserExistenceErrors: false });
    const { AccessToken, RefreshToken } = (await wire.signIn()).AuthenticationResult;
    const secrets = [
      ...[PASSWORD, 'correcthorse', AccessToken, RefreshToken, 'AYABe-a-session'.padEnd(800, 'x')],
      ...[generateEphemeral().SRP_A, 'secret-of-the-app-client', 'bGljZXdlYiBoYXNoIG9mIGEgc2VjcmV0IGhlcmU='],
    ];
    const authorization = 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=0a';
    for (const secret of secrets) {
      for (const operation of OPERATION_NAMES) {
        for (const input of placesOf(operation, secret)) {
          await wire.call(operation, input, { authorization });
          // An operation that makes a user of that name has made the name public
          const { username, status } = wire.last() ?? {};
          if (username === secret) wire.entries.pop();
          // What is refused changes nothing, and a reset takes longer than a request
          if (status === 200) wire.pool.reset();
        }
      }
    }
    expect(wire.entries.length).toBeGreaterThan(1000);
    expect(found(wire.entries, secrets)).toEqual([]);
  });

  test('is shown of the target, the path, the query, the body or a header', async () => {
    const entries: LogEntry[] = [];
    const pool = createUserPool({ log: (entry) => entries.push(entry) });
    const target = (name: string) => ({ 'x-amz-target': `AWSCognitoIdentityProviderService.${name}` });
    const requests: [string, RequestInit][] = [
      ['/', { headers: target(PASSWORD), body: '{}' }],
      ['/', { headers: target('InitiateAuth'), body: PASSWORD }],
      ['/', { headers: target('InitiateAuth'), body: `"${PASSWORD}"` }],
      [`/?password=${PASSWORD}`, { headers: target('GetUser'), body: '{}' }],
      [`/${PASSWORD}/.well-known/jwks.json`, {}],
      [`/${PASSWORD}`, { headers: { authorization: PASSWORD, cookie: PASSWORD, origin: PASSWORD } }],
    ];
    for (const [path, init] of requests)
      await pool.fetch(`http://localhost${path}`, { method: 'POST', ...init });
    expect(entries).toHaveLength(requests.length);
    expect(found(entries, [PASSWORD])).toEqual([]);
  });
});
