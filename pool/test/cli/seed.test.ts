/** A seed file becomes the options of a pool, or is refused with the field that is wrong. */
import { parseSeed, readSeed } from '../../src/cli/seed.ts';
import { run } from './run.ts';

const SECRET = 'Hunter-2-Hunter-2';
const alice = { username: 'alice', password: SECRET };

test('takes every option of a pool that JSON can hold', () => {
  const seed = {
    userPoolId: 'eu-west-1_AbC',
    clients: [
      { clientId: 'web', explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'], preventUserExistenceErrors: 'ENABLED' },
      { clientId: 'server', clientSecret: SECRET },
    ],
    users: [
      {
        ...alice,
        attributes: { email: 'a@b.c', nickname: '' },
        aliases: ['a@b.c'],
        status: 'RESET_REQUIRED',
      },
      { username: 'bob', password: SECRET, enabled: false },
      {
        username: 'carol',
        password: SECRET,
        mfa: { sms: '+4912345678', totp: 'JBSWY3DPEHPK3PXP', email: true, preferred: 'EMAIL_OTP' },
      },
    ],
    preventUserExistenceErrors: true,
    mfa: 'ON',
    requiredAttributes: ['given_name'],
    passwordPolicy: { minimumLength: 12, requireSymbols: true },
    allowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'],
    relyingPartyId: 'localhost',
    relyingPartyOrigins: ['http://localhost:8080'],
    faults: [{ name: 'slow', operation: 'InitiateAuth', nth: 2, times: 1, delay: 50 }, { name: 'throttle' }],
    sessionPlacement: { USER_SRP_AUTH: 'present' },
    wrongCodeKeepsSession: false,
    secretBlockOnce: true,
    modelledStatuses: true,
    authSessionValidity: 3,
    tokenValidity: 60,
    timestampTolerance: 1,
    lockout: false,
    issuer: 'http://127.0.0.1',
  };
  expect(parseSeed(JSON.stringify(seed))).toEqual(seed);
  expect(parseSeed('{}')).toEqual({});
});

test.each<[unknown, string]>([
  [[], 'The seed must be an object'],
  [null, 'The seed must be an object'],
  [{ user: [] }, 'user is not a known field; the fields are userPoolId, clients, users'],
  [{ now: 1 }, 'now is not a known field'],
  [{ constructor: 1 }, 'constructor is not a known field'],
  [{ userPoolId: 'nope' }, 'userPoolId must be like "us-east-1_LocalPool"'],
  [{ userPoolId: null }, 'userPoolId must be a string'],
  [{ clients: {} }, 'clients must be an array'],
  [{ clients: ['web'] }, 'clients[0] must be an object'],
  [{ clients: [{}] }, 'clients[0].clientId must be a string'],
  [{ clients: [{ clientId: 'we b' }] }, 'clients[0].clientId must be 1 to 128 letters'],
  [{ clients: [{ clientId: 'web', secret: SECRET }] }, 'clients[0].secret is not a known field'],
  [{ clients: [{ clientId: 'web', clientSecret: '' }] }, 'clients[0].clientSecret must be a string that'],
  [
    { clients: [{ clientId: 'web', explicitAuthFlows: ['USER_SRP_AUTH'] }] },
    'clients[0].explicitAuthFlows[0] must be one of ALLOW_USER_SRP_AUTH',
  ],
  [
    { clients: [{ clientId: 'a' }, { clientId: 'a' }] },
    'clients[1].clientId must differ from clients[0].clientId',
  ],
  [{ users: [{ username: 'alice' }] }, 'users[0].password must be a string'],
  [{ users: [{ username: 'alice', password: 1 }] }, 'users[0].password must be a string'],
  [{ users: [alice, { password: SECRET }] }, 'users[1].username must be a string'],
  [{ users: [alice, alice] }, 'users[1].username must differ from users[0].username'],
  [{ users: [{ ...alice, attributes: { email: 1 } }] }, 'users[0].attributes.email must be a string'],
  [{ users: [{ ...alice, attributes: [] }] }, 'users[0].attributes must be an object'],
  [{ users: [{ ...alice, aliases: [''] }] }, 'users[0].aliases[0] must be a string that is not empty'],
  [{ users: [{ ...alice, status: 'FINE' }] }, 'users[0].status must be one of CONFIRMED'],
  [{ users: [{ ...alice, enabled: 'yes' }] }, 'users[0].enabled must be true or false'],
  [{ users: [{ ...alice, mfa: { sms: SECRET } }] }, 'users[0].mfa.sms must be a phone number'],
  [{ mfa: 'SOMETIMES' }, 'mfa must be one of OFF, OPTIONAL, ON'],
  [{ passwordPolicy: { minLength: 8 } }, 'passwordPolicy.minLength is not a known field'],
  [{ faults: [{ name: 'meteor' }] }, 'faults[0].name must be one of throttle, '],
  [{ faults: [{ operation: 'InitiateAuth' }] }, 'faults[0].name must be one of throttle, '],
  [{ sessionPlacement: { USER_SRP: 'present' } }, 'sessionPlacement.USER_SRP is not a known field'],
  [
    {
      users: [
        { ...alice, aliases: ['a@b.c'] },
        { ...alice, username: 'bob', aliases: ['x', 'a@b.c'] },
      ],
    },
    'users[1].aliases[1] must differ from users[0].aliases[0]',
  ],
  [
    {
      users: [
        { ...alice, aliases: ['bob'] },
        { ...alice, username: 'bob' },
      ],
    },
    'users[0].aliases[0] must differ from users[1].username',
  ],
  [{ tokenValidity: 0 }, 'tokenValidity must be a whole number from 1 to 86400'],
  [
    { pools: [{ lambdaEndpoint: SECRET }] },
    'pools[0].lambdaEndpoint holds for all pools of the service: it stands beside `pools`',
  ],
  [{ pools: [{ now: 1 }] }, 'pools[0].now is not a known field'],
])('refuses %j', (seed, message) => {
  const refuse = () => parseSeed(JSON.stringify(seed));
  expect(refuse).toThrow(message);
  expect(refuse).not.toThrow(SECRET);
});

test('refuses text that is not JSON, with its place and without quoting it', () => {
  const refuse = () => parseSeed(`{\n"users": [{"username": "alice",\n"password": "${SECRET}" "x"}]}`);
  expect(refuse).toThrow(/^The seed file is not JSON: line 3, column 33$/);
  expect(() => parseSeed(SECRET)).toThrow(/^The seed file is not JSON: line 1, column 1$/);
});

test('takes a file that begins with a byte order mark', () => {
  expect(parseSeed('\ufeff{"mfa": "ON"}')).toEqual({ mfa: 'ON' });
  expect(() => parseSeed('\ufeff{x')).toThrow('line 1, column 2');
});

test('refuses a file that never ends', async () => {
  await expect(readSeed('/dev/zero')).rejects.toMatchObject({ code: 'SEED_UNREADABLE' });
});

test('refuses a file that is not there', async () => {
  await expect(readSeed('no-such-seed.json')).rejects.toMatchObject({
    code: 'SEED_UNREADABLE',
    message: 'The seed file no-such-seed.json cannot be read: there is no such file',
  });
  expect(await run(['--seed', 'no-such-seed.json'])).toMatchObject({ exitCode: 2, stdout: '' });
});
