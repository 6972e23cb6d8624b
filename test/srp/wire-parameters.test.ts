/** What `./srp` makes for the wire, member by member, and what it says of a mistake. */
import {
  devicePasswordVerifierResponses,
  deviceSrpAuthResponses,
  type Ephemeral,
  generateDeviceVerifier,
  generateEphemeral,
  passwordVerifierResponses,
  type Rng,
  secretHash,
  srpAuthParameters,
} from '../../src/srp/index.ts';
import cognito from '../../vectors/cognito-srp.json' with { type: 'json' };
import { errorOf } from '../support/secrets.ts';

// A constant instead of a random one, because nothing here depends on it
const ephemeral: Ephemeral = { SRP_A: 'b29a24', a: () => '66fe50' };
const client = { clientId: 'web', clientSecret: 'secret-of-web' };
const challenge = { SALT: 'd873c611', SRP_B: '595535aa', SECRET_BLOCK: 'r0wdizC4', USER_ID_FOR_SRP: 'alice' };
const proof = {
  PASSWORD_CLAIM_SECRET_BLOCK: 'r0wdizC4',
  PASSWORD_CLAIM_SIGNATURE: expect.stringMatching(/^[\w+/]{43}=$/),
  TIMESTAMP: 'Thu Jan 1 00:00:00 UTC 1970',
};
const user = { userPoolId: 'eu-west-1_AbCdEf123', password: 'Correct-Horse-9', now: 0 };
const device = { key: 'eu-west-1_0a0a', groupKey: '-groupKey', password: 'device-password-0' };

describe('srpAuthParameters', () => {
  test('has USERNAME and SRP_A', () => {
    expect(srpAuthParameters(ephemeral, { username: 'alice' })).toEqual({
      USERNAME: 'alice',
      SRP_A: 'b29a24',
    });
  });

  test('has SECRET_HASH and DEVICE_KEY where they are given', () => {
    expect(srpAuthParameters(ephemeral, { username: 'alice', deviceKey: device.key, ...client })).toEqual({
      USERNAME: 'alice',
      SRP_A: 'b29a24',
      SECRET_HASH: secretHash('alice', 'web', 'secret-of-web'),
      DEVICE_KEY: device.key,
    });
  });
});

describe('passwordVerifierResponses', () => {
  test('has USERNAME and the proof', () => {
    expect(passwordVerifierResponses(ephemeral, challenge, user)).toEqual({ USERNAME: 'alice', ...proof });
  });

  test('has SECRET_HASH of USER_ID_FOR_SRP, and DEVICE_KEY', () => {
    const input = { ...user, ...client, username: 'alice@example.org', deviceKey: device.key };
    expect(passwordVerifierResponses(ephemeral, challenge, input)).toEqual({
      USERNAME: 'alice',
      ...proof,
      SECRET_HASH: secretHash('alice', 'web', 'secret-of-web'),
      DEVICE_KEY: device.key,
    });
  });

  test.each([
    ['USER_ID_FOR_SRP', { USER_ID_FOR_SRP: 'id', USERNAME: 'name' }, 'typed', 'id'],
    ['USERNAME if there is no USER_ID_FOR_SRP', { USERNAME: 'name' }, 'typed', 'name'],
    ['what was typed if there is neither', {}, 'typed', 'typed'],
  ])('USERNAME is %s', (_, names, username, expected) => {
    const parameters = { ...challenge, USER_ID_FOR_SRP: undefined, ...names };
    expect(passwordVerifierResponses(ephemeral, parameters, { ...user, username }).USERNAME).toBe(expected);
  });
});

describe('deviceSrpAuthResponses', () => {
  test('has USERNAME, SRP_A and DEVICE_KEY', () => {
    expect(deviceSrpAuthResponses(ephemeral, { username: 'alice', deviceKey: device.key })).toEqual({
      USERNAME: 'alice',
      SRP_A: 'b29a24',
      DEVICE_KEY: device.key,
    });
  });

  test('has SECRET_HASH if the client has a secret', () => {
    const input = { username: 'alice', deviceKey: device.key, ...client };
    expect(deviceSrpAuthResponses(ephemeral, input)['SECRET_HASH']).toBe(
      secretHash('alice', 'web', 'secret-of-web'),
    );
  });
});

describe('devicePasswordVerifierResponses', () => {
  test.each([
    ['USERNAME of the challenge', { USERNAME: 'name' }, 'alice', 'name'],
    ['the name that is given, if the challenge has none', {}, 'alice', 'alice'],
  ])('has %s', (_, names, username, expected) => {
    const input = { username, device, now: 0, ...client };
    expect(devicePasswordVerifierResponses(ephemeral, { ...challenge, ...names }, input)).toEqual({
      USERNAME: expected,
      ...proof,
      SECRET_HASH: secretHash(expected, 'web', 'secret-of-web'),
      DEVICE_KEY: device.key,
    });
  });
});

describe('generateDeviceVerifier', () => {
  test.each(cognito.cases.filter(({ kind }) => kind === 'device'))(
    '$title: the salt and the verifier',
    (c) => {
      const keys = { key: c.deviceKey ?? '', groupKey: c.deviceGroupKey ?? '' };
      const rng: Rng = () => Uint8Array.from(Buffer.from(c.SALT.padStart(32, '0').slice(-32), 'hex'));
      const { password, DeviceSecretVerifierConfig } = generateDeviceVerifier(keys, rng, c.password);
      expect(password).toBe(c.password);
      expect(DeviceSecretVerifierConfig).toEqual({ PasswordVerifier: padded(c.v), Salt: padded(c.SALT) });
    },
  );

  /** base64 of the bytes of a number, with one 00 byte before a set top bit. */
  const padded = (hex: string): string => {
    const digits = hex.replace(/^(00)+/, '').padStart(hex.length + (hex.length % 2), '0');
    return Buffer.from(/^[89a-f]/.test(digits) ? `00${digits}` : digits, 'hex').toString('base64');
  };

  test('a new password is 40 bytes as base64', () => {
    const lengths: number[] = [];
    const rng: Rng = (length) => {
      lengths.push(length);
      return new Uint8Array(length).fill(7);
    };
    expect(generateDeviceVerifier(device, rng).password).toBe(Buffer.alloc(40, 7).toString('base64'));
    expect(lengths).toEqual([40, 16]);
  });
});

describe('a user pool id', () => {
  const answer = (userPoolId: unknown) =>
    passwordVerifierResponses(ephemeral, challenge, { ...user, userPoolId: userPoolId as string });
  const REFUSED = {
    name: 'ArgumentError',
    code: 'USER_POOL_ID_INVALID',
    message: '"userPoolId" must be like "eu-west-1_AbCdEf123"',
  };

  test.each([
    'eu-west-1_AbCdEf123',
    'a_b',
    'local_0',
    'us-gov-west-1_A9',
    // The model allows it: the name is what follows the last one
    'a_b_c',
    `${'a'.repeat(53)}_b`,
  ])('%s is taken', (id) => {
    expect(answer(id).USERNAME).toBe('alice');
  });

  test.each([
    '',
    'eu-west-1',
    'eu-west-1_',
    '_AbCdEf123',
    ' eu-west-1_AbCdEf123',
    'eu-west-1_AbCdEf123 ',
    'eu-west-1_AbC-Ef',
    'eu.west_AbCdEf123',
    '\neu_A',
    `${'a'.repeat(54)}_b`,
    undefined,
    null,
    7,
  ])('%j is refused', async (id) => {
    expect(await errorOf(() => answer(id))).toMatchObject(REFUSED);
  });

  // Bun takes a list among the cases for a list of arguments
  test('a list with an id is refused', async () => {
    expect(await errorOf(() => answer(['eu-west-1_AbCdEf123']))).toMatchObject(REFUSED);
  });
});

const answer = (changes: object, input: object = {}) =>
  passwordVerifierResponses(ephemeral, { ...challenge, ...changes }, { ...user, ...input });

test.each<[string, () => unknown, string]>([
  ['no password', () => answer({}, { password: undefined }), '"password" must be a string'],
  [
    'no ephemeral',
    () => passwordVerifierResponses(undefined as never, challenge, user),
    '"ephemeral" must be what generateEphemeral returned, not a copy of its JSON',
  ],
  [
    'no ephemeral to send',
    () => srpAuthParameters(null as never, { username: 'a' }),
    '"ephemeral" must be an object',
  ],
  [
    'no input',
    () => passwordVerifierResponses(ephemeral, challenge, null as never),
    '"input" must be an object',
  ],
  [
    'no input of a device',
    () => devicePasswordVerifierResponses(ephemeral, challenge, undefined as never),
    '"input" must be an object',
  ],
  [
    'no device',
    () => devicePasswordVerifierResponses(ephemeral, challenge, { username: 'a', now: 0 } as never),
    '"device" must be an object',
  ],
  ['no device to make', () => generateDeviceVerifier(null as never), '"device" must be an object'],
  [
    'a device without a key',
    () => generateDeviceVerifier({ groupKey: 'g' } as never),
    '"key" must be a string that is not empty',
  ],
  [
    'a device without a group key',
    () => generateDeviceVerifier({ key: 'k', groupKey: '' }),
    '"groupKey" must be a string that is not empty',
  ],
  [
    'no device key',
    () => deviceSrpAuthResponses(ephemeral, { username: 'a' } as never),
    '"deviceKey" must be a string that is not empty',
  ],
  ['no time', () => answer({}, { now: Number.NaN }), '"now" must be milliseconds since the epoch'],
  [
    'a source of too few bytes',
    () => generateEphemeral(() => Uint8Array.of(1)),
    '"rng" must be a function that returns a Uint8Array of 32 random bytes',
  ],
  [
    'a source that is not a function',
    () => generateEphemeral({} as never),
    '"rng" must be a function that returns a Uint8Array of 32 random bytes',
  ],
  [
    'no user name',
    () => srpAuthParameters(ephemeral, {} as never),
    '"username" must be a string that is not empty',
  ],
  ['no user to hash', () => secretHash('', 'b', 's'), '"username" must be a string that is not empty'],
  ['no client to hash', () => secretHash('a', '', 's'), '"clientId" must be a string that is not empty'],
  [
    'a secret without its client',
    () => srpAuthParameters(ephemeral, { username: 'a', clientSecret: 's' }),
    '"clientId" must be a string that is not empty',
  ],
  ['no secret to hash', () => secretHash('a', 'b', ''), '"clientSecret" must be a string that is not empty'],
  ['SRP_B = 0', () => answer({ SRP_B: '0' }), '"SRP_B" must be from 1 to N - 1'],
  ['SRP_B as text', () => answer({ SRP_B: 'x' }), '"SRP_B" must be hexadecimal, at most 1024 digits'],
  [
    'SALT of 1025 digits',
    () => answer({ SALT: '1'.repeat(1025) }),
    '"SALT" must be hexadecimal, at most 1024 digits',
  ],
  ['no SALT', () => answer({ SALT: undefined }), '"SALT" must be in the challenge'],
  ['SALT as a number', () => answer({ SALT: 5 }), '"SALT" must be in the challenge'],
  [
    'a long SECRET_BLOCK',
    () => answer({ SECRET_BLOCK: 'A'.repeat(16_385) }),
    '"SECRET_BLOCK" must be at most 16 KB long',
  ],
  ['no SECRET_BLOCK', () => answer({ SECRET_BLOCK: '' }), '"SECRET_BLOCK" must be in the challenge'],
  ['no name at all', () => answer({ USER_ID_FOR_SRP: '' }), '"USER_ID_FOR_SRP" must be in the challenge'],
  [
    'no name of a device',
    () => devicePasswordVerifierResponses(ephemeral, challenge, { device, now: 0 }),
    '"USERNAME" must be in the challenge',
  ],
])('%s: the message says what is wrong', async (_, run, message) => {
  expect((await errorOf(run)).message).toBe(message);
});

test('a salt of 1024 digits is taken', () => {
  expect(answer({ SALT: '1'.repeat(1024) }).USERNAME).toBe('alice');
});
