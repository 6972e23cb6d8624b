/** InitiateAuth refuses clients, flows, parameters and users that may not sign in. */
import { createHmac } from 'node:crypto';
import { alice } from '../../test/support/client.ts';
import { call, incorrect, initiate, prepare, respond } from '../../test/support/pool-calls.ts';
import { createUserPool, type UserOptions } from '../src/index.ts';

const password = alice.password;
const users: UserOptions[] = [
  { ...alice, aliases: ['alice@example.org'] },
  { username: 'disabled', password, enabled: false },
  { username: 'unconfirmed', password, status: 'UNCONFIRMED' },
  { username: 'reset', password, status: 'RESET_REQUIRED' },
  { username: 'elsewhere', password, status: 'EXTERNAL_PROVIDER' },
];
const pool = createUserPool({
  users,
  clients: [
    { clientId: 'web', explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'] },
    { clientId: 'default' },
    { clientId: 'secret', clientSecret: 's3cret-of-client' },
    {
      clientId: 'hiding',
      preventUserExistenceErrors: 'ENABLED',
      explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'],
    },
    { clientId: 'hiding2', preventUserExistenceErrors: 'ENABLED' },
  ],
});
const refusal = (__type: string, message: string) => ({ status: 400, body: { __type, message } });
const srp = { USERNAME: 'alice', SRP_A: '2' };

describe('InitiateAuth refuses', () => {
  test('an unknown client', async () => {
    expect(await initiate(pool, srp, 'unknown')).toMatchObject(
      refusal('ResourceNotFoundException', 'User pool client unknown does not exist.'),
    );
  });

  test('a flow that is not enabled, before it looks at the user', async () => {
    expect(
      await initiate(pool, { USERNAME: 'nobody', PASSWORD: 'x' }, 'default', 'USER_PASSWORD_AUTH'),
    ).toMatchObject(
      refusal('InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled for this client'),
    );
  });

  test('ADMIN_USER_PASSWORD_AUTH', async () => {
    expect(await initiate(pool, srp, 'web', 'ADMIN_USER_PASSWORD_AUTH')).toMatchObject(
      refusal('InvalidParameterException', 'Initiate Auth method not supported.'),
    );
  });

  test.each([
    ['USERNAME', { SRP_A: '2' }, 'USER_SRP_AUTH'],
    ['SRP_A', { USERNAME: 'alice' }, 'USER_SRP_AUTH'],
    ['PASSWORD', { USERNAME: 'alice' }, 'USER_PASSWORD_AUTH'],
  ])('a missing or empty %s', async (name, parameters, flow) => {
    const missing = refusal('InvalidParameterException', `Missing required parameter ${name}`);
    expect(await initiate(pool, parameters, 'web', flow)).toMatchObject(missing);
    expect(await initiate(pool, { ...parameters, [name]: '' }, 'web', flow)).toMatchObject(missing);
  });

  test.each<[string, object, string, object]>([
    ['SRP_A', { USERNAME: 'alice' }, 'USER_SRP_AUTH', {}],
    ['SRP_A', { USERNAME: 'alice', CHALLENGE_NAME: 'SRP_A' }, 'CUSTOM_AUTH', {}],
    ['USERNAME', { SRP_A: '2' }, 'USER_SRP_AUTH', {}],
  ])('a missing %s before a SECRET_HASH that is missing, too', async (name, parameters, flow) => {
    expect(await initiate(pool, parameters, 'secret', flow)).toMatchObject(
      refusal('InvalidParameterException', `Missing required parameter ${name}`),
    );
  });

  test.each([
    ['PASSWORD_VERIFIER', 'PASSWORD_CLAIM_SECRET_BLOCK'],
    ['DEVICE_PASSWORD_VERIFIER', 'PASSWORD_CLAIM_SECRET_BLOCK'],
    ['SMS_MFA', 'SMS_MFA_CODE'],
    ['NEW_PASSWORD_REQUIRED', 'NEW_PASSWORD'],
    ['MFA_SETUP', 'Session'],
  ])('an answer to %s without %s, before a SECRET_HASH that is missing, too', async (ChallengeName, name) => {
    const answer = await respond(pool, { USERNAME: 'alice' }, { ClientId: 'secret', ChallengeName });
    expect(answer).toMatchObject(refusal('InvalidParameterException', `Missing required parameter ${name}`));
  });

  test('a client with secret without SECRET_HASH', async () => {
    expect(await initiate(pool, srp, 'secret')).toMatchObject(
      refusal(
        'NotAuthorizedException',
        'Client secret is configured with secret but SECRET_HASH was not received',
      ),
    );
  });

  test.each([
    ['that of another name', 'bob', 's3cret-of-client'],
    ['that of another secret', 'alice', 'other'],
  ])('a SECRET_HASH that is %s', async (_title, name, secret) => {
    const SECRET_HASH = createHmac('sha256', secret).update(`${name}secret`).digest('base64');
    expect(await initiate(pool, { ...srp, SECRET_HASH }, 'secret')).toMatchObject(
      refusal('NotAuthorizedException', 'Unable to verify secret hash for client secret'),
    );
  });

  test.each([
    ['behind blanks', (hash: string) => `    ${hash}`],
    ['before blanks', (hash: string) => `${hash}    `],
    ['without its padding', (hash: string) => hash.replace('=', '')],
    [
      'followed by another byte',
      (hash: string) => Buffer.concat([Buffer.from(hash, 'base64'), Buffer.of(0)]).toString('base64'),
    ],
    ['not base64', () => 'a hash!'],
  ])('a SECRET_HASH that is %s', async (_title, change) => {
    const hash = createHmac('sha256', 's3cret-of-client').update('alicesecret').digest('base64');
    expect(await initiate(pool, { ...srp, SECRET_HASH: change(hash) }, 'secret')).toMatchObject(
      refusal('NotAuthorizedException', 'Unable to verify secret hash for client secret'),
    );
  });

  test.each([
    ['disabled', 'NotAuthorizedException', 'User is disabled.'],
    ['unconfirmed', 'UserNotConfirmedException', 'User is not confirmed.'],
    ['reset', 'PasswordResetRequiredException', 'Password reset required for the user'],
    ['elsewhere', 'NotAuthorizedException', 'User is not authorized to get auth details.'],
  ])('a user who is %s, before any password', async (USERNAME, type, message) => {
    expect(await initiate(pool, { ...srp, USERNAME })).toMatchObject(refusal(type, message));
    expect(
      await initiate(pool, { USERNAME, PASSWORD: 'wrong-one' }, 'web', 'USER_PASSWORD_AUTH'),
    ).toMatchObject(refusal(type, message));
  });
});

describe('a user who is disabled after the challenge', () => {
  const disabled = refusal('NotAuthorizedException', 'User is disabled.');
  const withEmail = { ...alice, attributes: { email: 'alice@example.org' } };

  test('is refused with the right password', async () => {
    const own = createUserPool({ users: [withEmail] });
    const { responses } = await prepare(own, 'alice', password);
    own.users.update('alice', { enabled: false });
    expect(await respond(own, responses)).toMatchObject(disabled);
  });

  test('is refused if a trigger did it while the sign-in ended', async () => {
    const own = createUserPool({
      users: [withEmail],
      triggers: {
        postAuthentication: (event) => {
          own.users.update('alice', { enabled: false });
          return event;
        },
      },
    });
    const { responses } = await prepare(own, 'alice', password);
    expect(await respond(own, responses)).toMatchObject(disabled);
  });

  test('is refused with the right code', async () => {
    const own = createUserPool({ users: [{ ...withEmail, mfa: { email: true } }] });
    const { responses } = await prepare(own, 'alice', password);
    const { body } = await respond(own, responses);
    const answer = { USERNAME: 'alice', EMAIL_OTP_CODE: own.outbox.at(-1)?.code };
    const challenge = { ChallengeName: 'EMAIL_OTP', Session: body.Session };
    own.users.update('alice', { enabled: false });
    expect(await respond(own, answer, challenge)).toMatchObject(disabled);
    own.users.update('alice', { enabled: true });
    expect(await respond(own, answer, challenge)).toMatchObject({ status: 200 });
  });
});

test('the right SECRET_HASH is that of the USERNAME beside it, alias or not', async () => {
  for (const USERNAME of ['alice', 'alice@example.org']) {
    const SECRET_HASH = createHmac('sha256', 's3cret-of-client').update(`${USERNAME}secret`).digest('base64');
    expect((await initiate(pool, { USERNAME, SRP_A: '2', SECRET_HASH }, 'secret')).status).toBe(200);
  }
});

test('a client without explicitAuthFlows can do SRP', async () => {
  expect((await initiate(pool, srp, 'default')).body.ChallengeName).toBe('PASSWORD_VERIFIER');
});

test('USER_PASSWORD_AUTH signs in, and ChallengeParameters is empty beside the tokens', async () => {
  const parameters = { USERNAME: 'alice@example.org', PASSWORD: password };
  const { status, body } = await initiate(pool, parameters, 'web', 'USER_PASSWORD_AUTH');
  expect(status).toBe(200);
  expect(Object.keys(body).sort()).toEqual(['AuthenticationResult', 'ChallengeParameters']);
  expect(body.ChallengeParameters).toEqual({});
});

describe('an unknown user', () => {
  test('is told by LEGACY', async () => {
    const expected = refusal('UserNotFoundException', 'User does not exist.');
    expect(await initiate(pool, { USERNAME: 'nobody', SRP_A: '2' })).toMatchObject(expected);
    expect(
      await initiate(pool, { USERNAME: 'nobody', PASSWORD: 'x' }, 'web', 'USER_PASSWORD_AUTH'),
    ).toMatchObject(expected);
  });

  test('is what a sub names, where it is no alias', async () => {
    const sub = pool.users.find('alice')?.sub ?? '';
    const expected = refusal('UserNotFoundException', 'User does not exist.');
    expect(await initiate(pool, { USERNAME: sub, SRP_A: '2' })).toMatchObject(expected);
    expect(
      await initiate(pool, { USERNAME: sub, PASSWORD: password }, 'web', 'USER_PASSWORD_AUTH'),
    ).toMatchObject(expected);
    const { responses } = await prepare(pool, 'alice', password);
    expect(await respond(pool, { ...responses, USERNAME: sub })).toMatchObject(incorrect);
    expect(await call(pool, 'ForgotPassword', { ClientId: 'web', Username: sub })).toMatchObject(
      refusal('UserNotFoundException', 'Username/client id combination not found.'),
    );
  });

  test('gets the challenge of any user with ENABLED, and is then refused', async () => {
    const { challenge, parameters, responses } = await prepare(pool, 'nobody', password, {
      clientId: 'hiding',
    });
    const real = await prepare(pool, 'alice', password, { clientId: 'hiding' });
    expect(Object.keys(challenge.body)).toEqual(Object.keys(real.challenge.body));
    expect(Object.keys(parameters)).toEqual(Object.keys(real.parameters));
    expect(parameters).toMatchObject({ USERNAME: 'nobody', USER_ID_FOR_SRP: 'nobody' });
    expect(parameters['SALT']).toMatch(/^[0-9a-f]{26,32}$/);
    expect(parameters['SRP_B']).toMatch(/^[0-9a-f]{750,768}$/);
    expect(parameters['SECRET_BLOCK']).toHaveLength(real.parameters['SECRET_BLOCK']?.length ?? 0);
    expect(await respond(pool, responses, { ClientId: 'hiding' })).toMatchObject(incorrect);
    expect(
      await initiate(pool, { USERNAME: 'nobody', PASSWORD: password }, 'hiding', 'USER_PASSWORD_AUTH'),
    ).toMatchObject(incorrect);
  });

  test('has one SALT per name in all clients, and a new SRP_B and SECRET_BLOCK each time', async () => {
    const ask = async (USERNAME: string, client: string) =>
      (await initiate(pool, { USERNAME, SRP_A: '2' }, client)).body.ChallengeParameters ?? {};
    const replies = [
      await ask('nobody', 'hiding'),
      await ask('nobody', 'hiding'),
      await ask('nobody', 'hiding2'),
    ];
    const different = (name: string) => new Set(replies.map((reply) => reply[name])).size;
    expect([different('SALT'), different('SRP_B'), different('SECRET_BLOCK')]).toEqual([1, 3, 3]);
    expect((await ask('somebody', 'hiding'))['SALT']).not.toBe(replies[0]?.['SALT']);
  });
});
