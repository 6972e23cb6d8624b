/** Rules of all operations hold: signed requests, flows, inputs, statuses, the outbox and new passwords. */
import { createHash } from 'node:crypto';
import type { UserPoolOptions } from '../src/index.ts';
import { createWire, PASSWORD, refused, SESSION_USED, signedIn, srpClient, type Texts } from './wire.ts';

const SIGNED = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260924/local/cognito-idp/aws4_request, SignedHeaders=host;x-amz-date, Signature=00ff',
};

describe('AdminInitiateAuth', () => {
  const pool = { UserPoolId: 'us-east-1_LocalPool', ClientId: 'web' };
  const begin = (AuthFlow: string, more: Texts = { PASSWORD }, headers: Texts = SIGNED) => {
    const wire = createWire();
    const input = { ...pool, AuthFlow, AuthParameters: { USERNAME: 'alice', ...more } };
    return { wire, reply: wire.call('AdminInitiateAuth', input, headers) };
  };

  test.each(['ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'])('%s', async (flow) => {
    expect(await begin(flow).reply).toMatchObject(signedIn);
    const wire = createWire();
    expect(await wire.initiate(flow, { USERNAME: 'alice', PASSWORD })).toMatchObject(
      refused('InvalidParameterException', 'Initiate Auth method not supported.'),
    );
  });

  test('USER_SRP_AUTH is answered by the admin or by the public operation', async () => {
    const { SRP_A, prove } = srpClient(createWire());
    const there = begin('USER_SRP_AUTH', { SRP_A });
    const answer = { ChallengeName: 'PASSWORD_VERIFIER', ChallengeResponses: prove(await there.reply) };
    expect(
      await there.wire.call('AdminRespondToAuthChallenge', { ...pool, ...answer }, SIGNED),
    ).toMatchObject(signedIn);
    const inPublic = begin('USER_SRP_AUTH', { SRP_A });
    const proof = prove(await inPublic.reply);
    expect(await inPublic.wire.respond('PASSWORD_VERIFIER', undefined, proof)).toMatchObject(signedIn);
  });

  test('an unsigned request is refused', async () => {
    const unsigned = refused('MissingAuthenticationTokenException', 'Missing Authentication Token');
    expect(await begin('ADMIN_NO_SRP_AUTH', { PASSWORD }, {}).reply).toMatchObject(unsigned);
  });

  const lacks = (name: string) => `Authorization header requires '${name}' parameter.`;
  const NO_DATE = "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";
  const ALL = [lacks('Credential'), lacks('Signature'), lacks('SignedHeaders')];
  test.each<[string, Texts, readonly string[]]>([
    ['of another scheme', { authorization: 'Bearer x' }, [...ALL, NO_DATE]],
    ['without a date', { authorization: 'AWS4-HMAC-SHA256 foo' }, [...ALL, NO_DATE]],
    ['with a date', { authorization: 'AWS4-HMAC-SHA256 foo', 'x-amz-date': '20260924T000000Z' }, ALL],
    [
      'with an empty signature',
      {
        authorization: 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=',
        date: 'Thu, 24 Sep 2026 00:00:00 GMT',
      },
      [lacks('Signature')],
    ],
    [
      'that is not in hexadecimal digits',
      { authorization: 'AWS4-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=not-hex' },
      [lacks('Signature'), NO_DATE],
    ],
  ])('a signature %s is refused by what it lacks', async (_, headers, sentences) => {
    const hash = createHash('sha256')
      .update(headers['authorization'] ?? '')
      .digest('base64');
    const hashed = `(Hashed with SHA-256 and encoded with Base64) Authorization=${hash}`;
    expect(await begin('ADMIN_NO_SRP_AUTH', { PASSWORD }, headers).reply).toMatchObject(
      refused('IncompleteSignatureException', [...sentences, hashed].join(' ')),
    );
  });

  test('a request that has a signature needs no date, so that its headers can be written by hand', async () => {
    expect(SIGNED).not.toHaveProperty('date');
    expect(await begin('ADMIN_NO_SRP_AUTH').reply).toMatchObject(signedIn);
  });

  test('the ID of another pool is refused', async () => {
    const { wire } = begin('ADMIN_NO_SRP_AUTH');
    const input = { ...pool, UserPoolId: 'local_Other', AuthFlow: 'ADMIN_NO_SRP_AUTH', AuthParameters: {} };
    expect(await wire.call('AdminInitiateAuth', input, SIGNED)).toMatchObject(
      refused('ResourceNotFoundException', 'User pool local_Other does not exist.'),
    );
  });
});

test.each(['USER_PASSWORD_AUTH', 'USER_AUTH'])('%s has to be enabled for the client', async (flow) => {
  const { initiate } = createWire({ clients: [{ clientId: 'web' }] });
  expect(await initiate(flow, { USERNAME: 'nobody' })).toMatchObject(
    refused('InvalidParameterException', `${flow} flow not enabled for this client`),
  );
});

describe('NEW_PASSWORD_REQUIRED', () => {
  const NEW_PASSWORD = 'Another-Horse-8';
  const begin = async (options: UserPoolOptions = {}) => {
    const attributes = { email: 'alice@example.com' };
    const wire = createWire({
      users: [{ username: 'alice', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD', attributes }],
      requiredAttributes: ['email', 'given_name'],
      ...options,
    });
    return { wire, asked: await wire.signIn() };
  };
  const given = { NEW_PASSWORD, 'userAttributes.given_name': 'Alice' };

  test('sets the password and what was missing', async () => {
    const { wire, asked } = await begin();
    expect(asked).toMatchObject({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      ChallengeParameters: {
        USER_ID_FOR_SRP: 'alice',
        requiredAttributes: '["userAttributes.given_name"]',
        userAttributes: '{"email":"alice@example.com"}',
      },
    });
    expect(await wire.respond('NEW_PASSWORD_REQUIRED', asked.Session, given)).toMatchObject(signedIn);
    expect(wire.pool.users.find('alice')).toMatchObject({
      status: 'CONFIRMED',
      attributes: { given_name: 'Alice' },
    });
    expect(await wire.respond('NEW_PASSWORD_REQUIRED', asked.Session, given)).toMatchObject(SESSION_USED);
    expect(
      await wire.initiate('USER_PASSWORD_AUTH', { USERNAME: 'alice', PASSWORD: NEW_PASSWORD }),
    ).toMatchObject(signedIn);
  });

  test('a refused answer can be put right', async () => {
    const { wire, asked } = await begin();
    const answer = (responses: Texts) => wire.respond('NEW_PASSWORD_REQUIRED', asked.Session, responses);
    expect(await answer({ ...given, NEW_PASSWORD: 'short' })).toMatchObject(
      refused('InvalidPasswordException', 'Password does not conform to policy: Password not long enough'),
    );
    expect(await answer({ NEW_PASSWORD })).toMatchObject(
      refused('InvalidParameterException', 'Invalid attributes given, given_name is missing'),
    );
    expect((await answer({ ...given, 'userAttributes.email': 'new@example.com' })).status).toBe(400);
    expect(await answer(given)).toMatchObject(signedIn);
  });

  test('is followed by the second factor', async () => {
    const { wire, asked } = await begin({ mfa: 'ON' });
    expect(await wire.respond('NEW_PASSWORD_REQUIRED', asked.Session, given)).toMatchObject({
      ChallengeName: 'MFA_SETUP',
    });
  });

  test('follows a password proved by SRP', async () => {
    const { wire } = await begin();
    const { SRP_A, prove } = srpClient(wire);
    const challenge = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A });
    expect(await wire.respond('PASSWORD_VERIFIER', undefined, prove(challenge))).toMatchObject({
      ChallengeName: 'NEW_PASSWORD_REQUIRED',
      Session: expect.any(String),
    });
  });
});

test('refusals have the statuses of the model where the pool is set so', async () => {
  const { initiate, call } = createWire({ modelledStatuses: true });
  const statusOf = async (parameters: Texts) => (await initiate('USER_PASSWORD_AUTH', parameters)).status;
  expect(await statusOf({ USERNAME: 'alice', PASSWORD: 'wrong' })).toBe(403);
  expect(await statusOf({ USERNAME: 'nobody', PASSWORD })).toBe(404);
  expect(await statusOf({ USERNAME: 'alice' })).toBe(400);
  expect((await call('SignUp', { ClientId: 'other', Username: 'bob', Password: PASSWORD })).status).toBe(404);
});

describe('inputs', () => {
  test.each([
    ['ConfirmSignUp', { ClientId: 'web', Username: 'alice' }, 'confirmationCode'],
    ['GetUser', {}, 'accessToken'],
    ['GetUser', { AccessToken: null }, 'accessToken'],
  ])('%s without a required member is refused', async (operation, input, member) => {
    expect(await createWire().call(operation, input)).toMatchObject(
      refused(
        'InvalidParameterException',
        `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
      ),
    );
  });

  const alice = { USERNAME: 'alice', PASSWORD };
  const begin = { ClientId: 'web', AuthFlow: 'USER_PASSWORD_AUTH' };

  test.each<[string, string, object]>([
    ['a number for a string', 'GetUser', { AccessToken: 1 }],
    ['an object for a list', 'SignUp', { ClientId: 'web', Username: 'bob', UserAttributes: {} }],
    ['a list for a map', 'InitiateAuth', { ...begin, AuthParameters: ['x'] }],
    ['a string for a map', 'InitiateAuth', { ...begin, AuthParameters: 'x' }],
    ['a number in a map', 'InitiateAuth', { ...begin, AuthParameters: { ...alice, USERNAME: 5 } }],
    ['a boolean in a map', 'InitiateAuth', { ...begin, AuthParameters: { ...alice, DEVICE_KEY: false } }],
    ['an object in a map', 'InitiateAuth', { ...begin, AuthParameters: { ...alice, DEVICE_KEY: {} } }],
    ['a list for a structure', 'SetUserMFAPreference', { AccessToken: 'x', SMSMfaSettings: [] }],
  ])('%s is refused', async (_, operation, input) => {
    expect(await createWire().call(operation, input)).toMatchObject({
      status: 400,
      __type: 'SerializationException',
    });
  });

  test('null in a map counts as absent', async () => {
    const { call } = createWire();
    const AuthParameters = { ...alice, DEVICE_KEY: null };
    expect(await call('InitiateAuth', { ...begin, AuthParameters })).toMatchObject(signedIn);
    expect(await call('InitiateAuth', { ...begin, AuthParameters: { USERNAME: null } })).toMatchObject(
      refused('InvalidParameterException', 'Missing required parameter USERNAME'),
    );
  });
});

describe('GET /_/outbox', () => {
  const users = [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4912345678' } }];

  test('shows what was sent', async () => {
    const { pool, signIn } = createWire({ users });
    await signIn();
    const { endpoint, close } = await pool.listen();
    const response = await fetch(`${endpoint}/_/outbox`);
    const { userPoolId } = pool;
    expect(await response.json()).toEqual(pool.outbox.map((message) => ({ ...message, userPoolId })));
    expect(pool.outbox).toHaveLength(1);
    await close();
  });

  test.each([
    ['another host', { host: 'attacker.example' }],
    ['a page of another site', { origin: 'https://attacker.example' }],
  ])('is not shown to %s', async (_, headers) => {
    const { pool } = createWire({ users });
    const response = await pool.fetch('http://127.0.0.1/_/outbox', { headers });
    expect(response.status).toBe(403);
  });
});
