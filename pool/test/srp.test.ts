/** The pool proves and refuses passwords by SRP as the service does. */
import { fromBytes, fromHex, toByteArray } from '../../src/srp/big-integer.native.ts';
import {
  passwordClaimSignature,
  premasterSecret,
  privateKey,
  scramblingParameter,
  sessionKey,
} from '../../src/srp/formulas.ts';
import { cognitoGroup } from '../../src/srp/group.ts';
import { formatTimestamp, passwordVerifierResponses } from '../../src/srp/index.ts';
import { alice } from '../../test/support/client.ts';
import { N, N_HEX } from '../../test/support/group.ts';
import { call, incorrect, initiate, prepare, respond } from '../../test/support/pool-calls.ts';
import { createUserPool } from '../src/index.ts';

const bob = { username: 'bob', password: alice.password };
const clients = ['web', 'other'].map((clientId) => ({ clientId }));
const createPool = (options = {}) =>
  createUserPool({
    users: [{ ...alice, aliases: ['alice@example.org'] }, bob],
    clients,
    lockout: false,
    ...options,
  });
const pool = createPool();

test('the challenge has five parameters of the canonical user, and no Session', async () => {
  const { body } = await initiate(pool, { USERNAME: 'alice@example.org', SRP_A: '2' });
  expect(Object.keys(body)).toEqual(['ChallengeName', 'ChallengeParameters']);
  expect(Object.keys(body.ChallengeParameters ?? {}).sort()).toEqual([
    'SALT',
    'SECRET_BLOCK',
    'SRP_B',
    'USERNAME',
    'USER_ID_FOR_SRP',
  ]);
  expect(body.ChallengeParameters).toMatchObject({ USERNAME: 'alice', USER_ID_FOR_SRP: 'alice' });
});

test('SALT stays, SRP_B and SECRET_BLOCK do not', async () => {
  const ask = async () =>
    (await initiate(pool, { USERNAME: 'alice', SRP_A: '2' })).body.ChallengeParameters ?? {};
  const [one, two] = [await ask(), await ask()];
  expect(one['SALT']).toBe(two['SALT']);
  expect(one['SRP_B']).not.toBe(two['SRP_B']);
  expect(one['SECRET_BLOCK']).not.toBe(two['SECRET_BLOCK']);
});

test('the right answer gets tokens, with empty ChallengeParameters', async () => {
  const { responses } = await prepare(pool, alice.username, alice.password);
  const { status, body } = await respond(pool, responses);
  expect(status).toBe(200);
  expect(body.ChallengeParameters).toEqual({});
  expect(Object.keys(body.AuthenticationResult ?? {})).toEqual([
    'AccessToken',
    'ExpiresIn',
    'IdToken',
    'RefreshToken',
    'TokenType',
  ]);
});

describe('SRP_A', () => {
  test('is required', async () => {
    expect(await initiate(pool, { USERNAME: 'alice' })).toMatchObject({
      status: 400,
      body: { __type: 'InvalidParameterException', message: 'Missing required parameter SRP_A' },
    });
  });

  test.each(['xyz', '-5', '0x12', 'f'.repeat(5000)])(
    'that is no number of the group: %.20s',
    async (SRP_A) => {
      expect(await initiate(pool, { USERNAME: 'alice', SRP_A })).toMatchObject({
        status: 400,
        body: { __type: 'InvalidParameterException' },
      });
    },
  );

  test.each([
    ['0', '0'],
    ['N', N_HEX],
    ['2N', (2n * N).toString(16)],
  ])('%s gets a challenge, and then not even the proof for S = 0 counts', async (_title, SRP_A) => {
    const { status, body } = await initiate(pool, { USERNAME: 'alice', SRP_A });
    expect(status).toBe(200);
    const { SRP_B = '', SECRET_BLOCK = '' } = body.ChallengeParameters ?? {};
    const group = cognitoGroup();
    const TIMESTAMP = formatTimestamp(Date.now());
    for (const A of [SRP_A, '0']) {
      const u = scramblingParameter(group, fromHex(A), fromHex(SRP_B));
      const K = sessionKey(group, fromBytes(Uint8Array.of(0)), u);
      const reply = await respond(pool, {
        USERNAME: 'alice',
        PASSWORD_CLAIM_SECRET_BLOCK: SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: passwordClaimSignature(K, 'LocalPoolalice', SECRET_BLOCK, TIMESTAMP),
        TIMESTAMP,
      });
      expect(reply).toMatchObject(incorrect);
    }
  });
});

describe('an answer is refused as a wrong password is', () => {
  test('for a wrong password', async () => {
    const { responses } = await prepare(pool, alice.username, 'Wrong-Horse-9');
    expect(await respond(pool, responses)).toMatchObject(incorrect);
  });

  type Responses = Awaited<ReturnType<typeof prepare>>['responses'];
  const flip = (text: string, at: number) =>
    text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
  test.each<[string, (responses: Responses) => object]>([
    [
      'a signature that is altered',
      ({ PASSWORD_CLAIM_SIGNATURE: s }) => ({ PASSWORD_CLAIM_SIGNATURE: flip(s, 0) }),
    ],
    [
      'a SECRET_BLOCK that is altered',
      ({ PASSWORD_CLAIM_SECRET_BLOCK: s }) => ({ PASSWORD_CLAIM_SECRET_BLOCK: flip(s, 40) }),
    ],
    ['the name of another user', () => ({ USERNAME: 'bob' })],
    [
      'another moment than the one that was signed',
      ({ TIMESTAMP: t }) => ({ TIMESTAMP: formatTimestamp(Date.parse(t) - 1000) }),
    ],
  ])('for %s', async (_title, change) => {
    const answer = async () => (await prepare(pool, alice.username, alice.password)).responses;
    const responses = await answer();
    expect(await respond(pool, { ...responses, ...change(responses) })).toMatchObject(incorrect);
    // Unaltered, it is right; of another exchange, as a wrong proof may end its SECRET_BLOCK
    expect((await respond(pool, await answer())).status).toBe(200);
  });

  test('for the SECRET_BLOCK of another exchange', async () => {
    const one = await prepare(pool, alice.username, alice.password);
    const two = await prepare(pool, alice.username, alice.password);
    const PASSWORD_CLAIM_SECRET_BLOCK = two.responses.PASSWORD_CLAIM_SECRET_BLOCK;
    expect(await respond(pool, { ...one.responses, PASSWORD_CLAIM_SECRET_BLOCK })).toMatchObject(incorrect);
  });

  test('for the challenge of another client', async () => {
    const { responses } = await prepare(pool, alice.username, alice.password);
    expect(await respond(pool, responses, { ClientId: 'other' })).toMatchObject(incorrect);
  });
});

test('an altered SECRET_BLOCK does not become right by signing it', async () => {
  const { responses, parameters, ephemeral } = await prepare(pool, alice.username, alice.password);
  const block = `AAAA${responses.PASSWORD_CLAIM_SECRET_BLOCK.slice(4)}`;
  const signed = passwordVerifierResponses(
    ephemeral,
    { ...parameters, SECRET_BLOCK: block },
    { userPoolId: pool.userPoolId, password: alice.password, now: Date.now() },
  );
  expect(await respond(pool, signed)).toMatchObject(incorrect);
});

describe('TIMESTAMP', () => {
  const time = Date.UTC(2026, 8, 4, 3, 5, 9);
  const fixed = createPool({ now: () => time });

  /** Signs one text of the time, and sends it. */
  async function send(TIMESTAMP: string) {
    const { responses, parameters, ephemeral } = await prepare(fixed, alice.username, alice.password, {
      now: time,
    });
    const { SECRET_BLOCK = '' } = parameters;
    // K from the package's own formulas, so that only the text differs
    const group = cognitoGroup();
    const B = fromHex(parameters['SRP_B'] ?? '');
    const u = scramblingParameter(group, fromHex(ephemeral.SRP_A), B);
    const salt = toByteArray(fromHex(parameters['SALT'] ?? ''));
    const x = privateKey(group, salt, 'LocalPoolalice', alice.password);
    const K = sessionKey(group, premasterSecret(group, fromHex(ephemeral.a()), B, u, x), u);
    return respond(fixed, {
      ...responses,
      TIMESTAMP,
      PASSWORD_CLAIM_SIGNATURE: passwordClaimSignature(K, 'LocalPoolalice', SECRET_BLOCK, TIMESTAMP),
    });
  }

  test('in the right spelling, signed, is taken', async () => {
    expect((await send('Fri Sep 4 03:05:09 UTC 2026')).status).toBe(200);
  });

  test.each([
    ['a zero-padded day', 'Fri Sep 04 03:05:09 UTC 2026'],
    ['a wrong weekday', 'Mon Sep 4 03:05:09 UTC 2026'],
  ])('with %s parses, and then the signature does not fit', async (_title, text) => {
    expect(await send(text)).toMatchObject(incorrect);
  });

  test.each([
    ['in German', 'Fr Sep. 4 03:05:09 UTC 2026'],
    ['in Arabic digits', 'Fri Sep ٤ ٠٣:٠٥:٠٩ UTC ٢٠٢٦'],
    ['in ISO 8601', '2026-09-04T03:05:09Z'],
    ['with a zone of +05:30', 'Fri Sep 4 08:35:09 +05:30 2026'],
    ['that is none', 'now'],
  ])('%s does not parse', async (_title, text) => {
    const { status, body } = await send(text);
    expect(status).toBe(400);
    expect(body.__type).toBe('InvalidParameterException');
    expect(body.message).toMatch(/^TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english/);
  });
});

test.each(['USERNAME', 'PASSWORD_CLAIM_SECRET_BLOCK', 'PASSWORD_CLAIM_SIGNATURE', 'TIMESTAMP'])(
  'an answer without %s lacks a required parameter',
  async (name) => {
    const { responses } = await prepare(pool, alice.username, alice.password);
    const { status, body } = await respond(pool, { ...responses, [name]: undefined });
    expect(status).toBe(400);
    expect(body).toEqual({
      __type: 'InvalidParameterException',
      message: `Missing required parameter ${name}`,
    });
  },
);

test('a challenge ends by the clock of the pool', async () => {
  let time = Date.UTC(2026, 0, 1);
  const expiring = createPool({ now: () => time, authSessionValidity: 3, timestampTolerance: 9999 });
  const answerAfter = async (ms: number) => {
    const { responses } = await prepare(expiring, alice.username, alice.password, { now: time });
    time += ms;
    return respond(expiring, responses);
  };
  expect((await answerAfter(179_000)).status).toBe(200);
  expect(await answerAfter(181_000)).toMatchObject(incorrect);
});

describe('a pool that takes a SECRET_BLOCK once', () => {
  const once = createPool({ secretBlockOnce: true });

  test('ends it with the right proof', async () => {
    const { responses } = await prepare(once, alice.username, alice.password);
    expect((await respond(once, responses)).status).toBe(200);
    expect(await respond(once, responses)).toMatchObject(incorrect);
  });

  test('ends it with a wrong proof', async () => {
    const { responses } = await prepare(once, alice.username, alice.password);
    const wrong = { ...responses, PASSWORD_CLAIM_SIGNATURE: 'AAAA' };
    expect(await respond(once, wrong)).toMatchObject(incorrect);
    expect(await respond(once, responses)).toMatchObject(incorrect);
  });
});

describe('lock-out', () => {
  test('after five wrong passwords the right one waits too, twice as long each time', async () => {
    let time = Date.UTC(2026, 0, 1);
    const locking = createPool({ now: () => time, lockout: true });
    const attempt = async (password: string) => {
      const { responses } = await prepare(locking, 'alice', password, { now: time });
      return respond(locking, responses);
    };
    const exceeded = {
      status: 400,
      body: { __type: 'NotAuthorizedException', message: 'Password attempts exceeded' },
    };
    for (let i = 0; i < 5; i++) expect(await attempt('Wrong-Horse-9')).toMatchObject(incorrect);
    expect(await attempt(alice.password)).toMatchObject(exceeded);
    time += 1000;
    expect(await attempt('Wrong-Horse-9')).toMatchObject(incorrect);
    time += 1000;
    expect(await attempt(alice.password)).toMatchObject(exceeded);
    time += 1000;
    expect((await attempt(alice.password)).status).toBe(200);
    // Success forgives
    for (let i = 0; i < 4; i++) expect(await attempt('Wrong-Horse-9')).toMatchObject(incorrect);
    expect((await attempt(alice.password)).status).toBe(200);
  });

  test("is one user's alone, and ends after 15 quiet minutes", async () => {
    let time = Date.UTC(2026, 0, 1);
    const locking = createPool({ now: () => time, lockout: true });
    const attempt = async (username: string, password: string) =>
      respond(locking, (await prepare(locking, username, password, { now: time })).responses);
    for (let i = 0; i < 5; i++) await attempt('alice', 'Wrong-Horse-9');
    expect((await attempt('bob', bob.password)).status).toBe(200);
    expect((await attempt('alice', alice.password)).status).toBe(400);
    time += 15 * 60_000;
    expect(await attempt('alice', 'Wrong-Horse-9')).toMatchObject(incorrect);
    expect((await attempt('alice', alice.password)).status).toBe(200);
  });
});

test('a body that is not JSON and an unknown operation are refused', async () => {
  expect((await call(pool, 'InitiateAuth', '{')).status).toBe(400);
  expect((await call(pool, 'toString', {})).status).toBe(400);
});
