/** A caller's mistake is refused by the field's name before anything is sent. */
import {
  type ArgumentError,
  confirmSignUp,
  generateEphemeral,
  parseChallenge,
  passwordVerifierResponses,
  respond,
  type ServiceError,
  type SignInOptions,
  secretHash,
  signIn,
  srpAuthParameters,
  startSoftwareTokenSetup,
  type UserPoolClient,
  verifyUserAttribute,
} from '../../src/index.ts';
import { alice, client, recorder } from '../support/client.ts';
import { errorOf, expectNoSecret } from '../support/secrets.ts';
import { CASES, createWorld, PASSWORD, reach } from './challenge-cases.ts';

const silent = () => recorder(() => new Response('{}'));

describe('the pool and the options are checked before anything is sent:', () => {
  test.each<[string, Partial<UserPoolClient> | undefined, object, string, string]>([
    ['no pool', undefined, {}, 'USER_POOL_ID_INVALID', 'pool'],
    [
      'no time to answer',
      { authSessionValidityMinutes: 0 },
      {},
      'OPTION_INVALID',
      'authSessionValidityMinutes',
    ],
    ['a time limit of 0', {}, { timeoutMs: 0 }, 'OPTION_INVALID', 'timeoutMs'],
    ['a time limit that no timer can hold', {}, { timeoutMs: 2 ** 31 }, 'OPTION_INVALID', 'timeoutMs'],
    ['half an attempt', {}, { maxAttempts: 0.5 }, 'OPTION_INVALID', 'maxAttempts'],
    ['a negative pause', {}, { retryDelayMs: -1 }, 'OPTION_INVALID', 'retryDelayMs'],
    ['a moment for a clock', {}, { now: Date.now() }, 'OPTION_INVALID', 'now'],
    ['a clock without a time', {}, { now: () => Number.NaN }, 'OPTION_INVALID', 'now'],
    ['a clock of Dates', {}, { now: () => new Date() }, 'OPTION_INVALID', 'now'],
    ['a controller for its signal', {}, { signal: new AbortController() }, 'OPTION_INVALID', 'signal'],
    ['a transport that is none', {}, { transport: {} }, 'OPTION_INVALID', 'transport'],
    ['a fetch that is none', {}, { fetch: 'fetch' }, 'OPTION_INVALID', 'fetch'],
    ['an rng that is none', {}, { rng: 'x' }, 'OPTION_INVALID', 'rng'],
    ['a port that is none', { endpoint: 'http://127.0.0.1:99999' }, {}, 'ENDPOINT_INVALID', 'endpoint'],
    ['a host of dots', { endpoint: 'https://..' }, {}, 'ENDPOINT_INVALID', 'endpoint'],
    ['a loopback that is none', { endpoint: 'http://127.999.1.1' }, {}, 'ENDPOINT_INSECURE', 'endpoint'],
  ])('%s', async (_, pool, options, code, field) => {
    const { fetch, sent } = silent();
    const given = pool && { ...client, ...pool };
    const error = await errorOf(() =>
      signIn(given as UserPoolClient, alice, { fetch, ...options } as SignInOptions),
    );
    expect(error).toMatchObject({ name: 'ArgumentError', code, field });
    expect((error as ArgumentError).message).toContain(`"${field}" must be`);
    expectNoSecret(error, [alice.password]);
    expect(sent).toEqual([]);
  });

  test('a pause of 0 and an endpoint that is a URL are taken', async () => {
    const { fetch, operations } = silent();
    const endpoint = new URL('http://127.0.0.1:9') as unknown as string;
    await expect(signIn({ ...client, endpoint }, alice, { fetch, retryDelayMs: 0 })).rejects.toMatchObject({
      code: 'REPLY_MALFORMED',
    });
    expect(operations()).toEqual(['InitiateAuth']);
  });
});

describe('the credentials are checked before anything is sent:', () => {
  test.each<[string, unknown, string]>([
    ['none', undefined, 'credentials'],
    ['a text', 'alice', 'credentials'],
    ['a user name of 129 characters', { username: 'x'.repeat(129), password: 'p' }, 'username'],
    [
      'a first factor that is none',
      { flow: 'USER_AUTH', preferredChallenge: 'PIGEON' },
      'preferredChallenge',
    ],
    // Looked up on a prototype it would be a function that is given the credentials
    ['constructor', { flow: 'USER_AUTH', preferredChallenge: 'constructor' }, 'preferredChallenge'],
    ['valueOf', { flow: 'USER_AUTH', preferredChallenge: 'valueOf' }, 'preferredChallenge'],
    ['a flow that is none', { flow: 'toString' }, 'flow'],
  ])('%s', async (_, given, field) => {
    const { fetch, sent } = silent();
    const credentials = typeof given === 'object' ? { ...alice, ...given } : given;
    const error = await errorOf(() => signIn(client, credentials as typeof alice, { fetch }));
    expect(error).toMatchObject({ name: 'ArgumentError', field });
    expectNoSecret(error, [alice.password]);
    expect(sent).toEqual([]);
  });

  test('a user name of 128 characters is taken, each counted once', async () => {
    const { fetch, sent } = silent();
    await errorOf(() => signIn(client, { ...alice, username: '😀'.repeat(128) }, { fetch }));
    expect(sent).toHaveLength(1);
  });
});

describe('an answer is checked before anything is sent:', () => {
  test.each([
    ['confirmSignUp', () => confirmSignUp(client, { username: 'alice', code: 123456 as never }, silent())],
    [
      'verifyUserAttribute',
      () => verifyUserAttribute(client, { accessToken: 't', attributeName: 'email', code: '' }, silent()),
    ],
  ])('%s without a code is refused', async (_, call) => {
    expect(await errorOf(call)).toMatchObject({
      name: 'ArgumentError',
      code: 'ANSWER_INVALID',
      field: 'code',
    });
  });

  test('a choice that the challenge does not offer is refused', async () => {
    const world = await createWorld({ ...CASES.SELECT_CHALLENGE });
    const challenge = await reach('SELECT_CHALLENGE', CASES.SELECT_CHALLENGE, world);
    const sentBefore = world.sent.length;
    await expect(
      respond(world.client, challenge, { choice: 'WEB_AUTHN' }, world.options),
    ).rejects.toMatchObject({
      code: 'ANSWER_INVALID',
      field: 'answer.choice',
      message: '"answer.choice" must be one of PASSWORD_SRP, PASSWORD, EMAIL_OTP',
    });
    expect(world.sent.length).toBe(sentBefore);
  });

  test('a new password without an attribute that the pool requires is refused', async () => {
    const world = await createWorld(CASES.NEW_PASSWORD_REQUIRED);
    const challenge = await reach('NEW_PASSWORD_REQUIRED', CASES.NEW_PASSWORD_REQUIRED, world);
    const sentBefore = world.sent.length;
    const answer = { newPassword: 'Another-Horse-10' };
    await expect(respond(world.client, challenge, answer, world.options)).rejects.toMatchObject({
      code: 'ANSWER_INVALID',
      field: 'answer.attributes.given_name',
    });
    expect(world.sent.length).toBe(sentBefore);
  });

  test('after a code of five digits the challenge can be answered again', async () => {
    const world = await createWorld(CASES.MFA_SETUP);
    const c = CASES.MFA_SETUP;
    const challenge = await reach('MFA_SETUP', c, world);
    const error = await errorOf(() => respond(world.client, challenge, { code: '12345' }, world.options));
    expect((error as ServiceError).recovery).toBe('answer-again');
    expect(await respond(world.client, challenge, c.right(world, challenge), world.options)).toMatchObject({
      status: 'signed-in',
    });
  });

  test.each([
    ['of another pool', (c: object) => ({ ...c, userPoolId: 'eu-west-1_Other' }), 'challenge'],
    ['of another kind', (c: object) => ({ ...c, name: 'SMS_MFA' }), 'challenge.name'],
    ['with a damaged session', (c: object) => ({ ...c, session: 7 }), 'challenge.session'],
    ['that is none', () => undefined, 'challenge'],
  ])('the set-up of an app for a challenge %s is refused', async (_, damage, field) => {
    const world = await createWorld(CASES.MFA_SETUP);
    const challenge = await reach(
      'MFA_SETUP',
      { ...CASES.MFA_SETUP, before: async (__, given) => given },
      world,
    );
    const sentBefore = world.sent.length;
    const start = () =>
      startSoftwareTokenSetup(world.client, damage(challenge) as never, { issuer: 'Test' }, world.options);
    expect(await errorOf(start)).toMatchObject({ code: 'CHALLENGE_INVALID', field });
    expect(world.sent.length).toBe(sentBefore);
  });

  test.each([null, undefined, ''])('a stored challenge that is %j is refused', (kept) => {
    expect(() => parseChallenge(kept)).toThrow(expect.objectContaining({ code: 'CHALLENGE_INVALID' }));
  });
});

describe('the input of ./srp is checked:', () => {
  const ephemeral = generateEphemeral();
  const parameters = { SALT: 'ab', SRP_B: '2', SECRET_BLOCK: 'AAAA', USER_ID_FOR_SRP: 'alice' };
  const input = { userPoolId: 'eu-west-1_AbCdEf123', password: PASSWORD, now: 0 };
  test.each<[string, () => unknown, string, string]>([
    ['no user name', () => srpAuthParameters(ephemeral, { username: '' }), 'USERNAME_INVALID', 'username'],
    [
      'no secret in the environment',
      () => secretHash('a', 'b', undefined as never),
      'CLIENT_SECRET_INVALID',
      'clientSecret',
    ],
    [
      'a secret without its client',
      () => srpAuthParameters(ephemeral, { username: 'a', clientSecret: 's' }),
      'CLIENT_ID_INVALID',
      'clientId',
    ],
    ['no user to hash', () => secretHash('', 'b', 's'), 'USERNAME_INVALID', 'username'],
    [
      'no password',
      () => passwordVerifierResponses(ephemeral, parameters, { ...input, password: undefined as never }),
      'PASSWORD_INVALID',
      'password',
    ],
    [
      'an exchange that went through JSON',
      () => passwordVerifierResponses(JSON.parse(JSON.stringify(ephemeral)), parameters, input),
      'OPTION_INVALID',
      'ephemeral',
    ],
  ])('%s', async (_, run, code, field) => {
    const error = await errorOf(async () => run());
    expect(error).toMatchObject({ name: 'ArgumentError', code, field });
    expectNoSecret(error, [PASSWORD]);
  });
});
