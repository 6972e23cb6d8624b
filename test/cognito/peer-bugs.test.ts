/**
 * What goes wrong in other Cognito clients, and must not here: one test for each, named after what would go wrong.
 *
 * Whatever the local pool can judge, it judges. Devices and refreshes are played: `service` gives the service's
 * replies one after the other and keeps what was sent.
 */
import { createHash, createHmac, getDiffieHellman, webcrypto } from 'node:crypto';
import packageJson from '../../package.json' with { type: 'json' };
import {
  type AnswerTo,
  ArgumentError,
  type CallOptions,
  type Challenge,
  type ChallengeName,
  type ChallengeShapes,
  confirmDevice,
  createTokenKeeper,
  createUserStore,
  type DeviceCredentials,
  forgetDevice,
  formatTimestamp,
  generateDeviceVerifier,
  generateEphemeral,
  getDevice,
  getUser,
  listDevices,
  memoryStorage,
  ProtocolError,
  parseChallenge,
  passwordVerifierResponses,
  refreshTokens,
  rememberDevice,
  respond,
  type SignedIn,
  type Step,
  secretHash,
  signIn,
  type Tokens,
  type UserPoolClient,
  updateDeviceStatus,
} from '../../src/index.ts';
import { createUserPool, type UserPool, type UserPoolOptions } from '../../src/pool/index.ts';
import cognito from '../../vectors/cognito-srp.json' with { type: 'json' };

const client: UserPoolClient = {
  userPoolId: 'local_Pool1',
  clientId: 'web',
  endpoint: 'http://127.0.0.1',
};
const PASSWORD = 'Correct-Horse-9';
const alice = { username: 'alice', password: PASSWORD };

interface Call {
  readonly url: string;
  readonly operation: string;
  readonly input: {
    readonly Session?: string;
    readonly ChallengeName?: string;
    readonly RefreshToken?: string;
    readonly UserCode?: string;
    readonly AuthParameters?: Readonly<Record<string, string>>;
    readonly ChallengeResponses?: Readonly<Record<string, string>>;
  };
}

type Fetch = NonNullable<CallOptions['fetch']>;

function recorded(fetch: Fetch) {
  const calls: Call[] = [];
  return {
    calls,
    operations: () => calls.map(({ operation }) => operation),
    sessions: () => calls.map(({ input }) => input.Session),
    responses: (challengeName: string) => {
      const call = calls.find(({ input }) => input.ChallengeName === challengeName);
      if (!call) throw new Error(`${challengeName} was not answered`);
      return call.input.ChallengeResponses ?? {};
    },
    fetch: (async (url, init) => {
      const operation = new Headers(init.headers).get('x-amz-target')?.split('.')[1] ?? '';
      calls.push({ url, operation, input: JSON.parse(String(init.body)) });
      return fetch(url, init);
    }) satisfies Fetch,
  };
}

/** A refusal, as AWS sends it. */
class Refusal {
  readonly name: string;
  readonly message: string;
  constructor(name: string, message: string) {
    this.name = name;
    this.message = message;
  }
}

/** Plays the service: these replies, one after the other; an Error is a connection that breaks. */
function service(...replies: readonly (object | Refusal | Error)[]) {
  const left = [...replies];
  return recorded(async () => {
    const reply = left.shift();
    if (reply === undefined) throw new TypeError('The service was called once more than it has replies');
    if (reply instanceof Error) throw reply;
    if (reply instanceof Refusal) {
      const { name, message } = reply;
      const headers = { 'x-amzn-ErrorType': `${name}:` };
      return Response.json({ __type: name, message }, { status: 400, headers });
    }
    return Response.json(reply);
  });
}

function localPool(options: UserPoolOptions = {}) {
  const pool: UserPool = createUserPool({ users: [alice], ...options });
  return { pool, ...recorded(pool.fetch) };
}

/** Sessions have 20 characters at least. */
const session = (n: number) => `session-${n}`.padEnd(20, '-');

const jwt = (claims: object) =>
  ['{}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

/** AuthenticationResult of a user; each n has other tokens. */
const result = (username: string, n = 1) => ({
  AccessToken: jwt({ username, n }),
  IdToken: jwt({ 'cognito:username': username, n }),
  ExpiresIn: 3600,
  TokenType: 'Bearer',
});
const signedInReply = (username = 'alice', more: object = {}) => ({
  ChallengeParameters: {},
  AuthenticationResult: { ...result(username), RefreshToken: `refresh-${username}-1`, ...more },
});

const device: DeviceCredentials = {
  key: 'eu-west-1_a1b2c3d4-0000-4000-8000-000000000001',
  groupKey: '-group1',
  password: 'ZGV2aWNlIHBhc3N3b3Jk',
};
const VERIFIER = { SRP_B: 'abcdef0123456789', SALT: '1234', SECRET_BLOCK: 'c2VjcmV0' };
const deviceSrpAuth = (Session: string) => ({
  ChallengeName: 'DEVICE_SRP_AUTH',
  ChallengeParameters: {},
  Session,
});
const devicePasswordVerifier = (Session: string) => ({
  ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
  ChallengeParameters: { ...VERIFIER, DEVICE_KEY: device.key, USERNAME: 'alice' },
  Session,
});
const passwordVerifier = (username = 'alice') => ({
  ChallengeName: 'PASSWORD_VERIFIER',
  ChallengeParameters: { ...VERIFIER, USERNAME: username, USER_ID_FOR_SRP: username },
});

/** A challenge of this kind, as it would be kept. */
function kept<Name extends ChallengeName>(name: Name, show: object = {}) {
  const common = {
    version: 1,
    username: 'alice',
    userPoolId: 'local_Pool1',
    clientId: 'web',
    parameters: {},
  };
  const json = JSON.stringify({ ...common, name, session: session(1), expiresAt: 0, ...show });
  return parseChallenge(json) as Extract<Challenge, { name: Name }>;
}

/** The one challenge a step must have. */
function challengeOf<Name extends ChallengeName>(step: Step, name: Name) {
  if (step.status !== 'challenge' || step.challenge.name !== name) {
    throw new Error(`The step is not ${name}: ${JSON.stringify(step)}`);
  }
  return step.challenge as Extract<Challenge, { name: Name }>;
}

function signedInOf(step: Step): SignedIn {
  if (step.status !== 'signed-in') throw new Error(`Not signed in: ${JSON.stringify(step)}`);
  return step;
}

async function errorOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('It did not fail with an Error');
}

const tokensOf = (username: string, expiresAt: number): Tokens => ({
  accessToken: jwt({ username, n: 0 }),
  idToken: jwt({ 'cognito:username': username, n: 0 }),
  refreshToken: `refresh-${username}-0`,
  expiresIn: 3600,
  expiresAt,
  tokenType: 'Bearer',
});
const inAnHour = () => Date.now() + 3_600_000;

afterEach(() => jest.restoreAllMocks());

describe('users do not mix', () => {
  test('a refresh of one user never writes another’s tokens', async () => {
    const storage = memoryStorage();
    const store = createUserStore(storage, client);
    const bobs = { status: 'signed-in', username: 'bob', tokens: tokensOf('bob', inAnHour()) } as const;
    const alices = { status: 'signed-in', username: 'alice', tokens: tokensOf('alice', inAnHour()) } as const;
    await store.save(alices);
    await store.save(bobs);
    const { fetch, calls } = service({ AuthenticationResult: result('alice', 2) });
    const keeper = createTokenKeeper(
      client,
      { ...alices, onTokens: (tokens) => store.saveTokens('alice', tokens) },
      { fetch },
    );
    const fresh = await keeper.get({ refresh: true });
    expect(calls[0]?.input.RefreshToken).toBe('refresh-alice-0');
    expect(fresh.accessToken).toBe(result('alice', 2).AccessToken);
    expect((await store.load('alice'))?.tokens.accessToken).toBe(fresh.accessToken);
    expect((await store.load('bob'))?.tokens).toMatchObject({
      accessToken: bobs.tokens.accessToken,
      refreshToken: 'refresh-bob-0',
    });
    expect((await store.load())?.username).toBe('bob');
  });

  test('two users in MFA at once, answered in the other order, each get their own tokens', async () => {
    const { pool, fetch, calls } = localPool({
      users: [
        { ...alice, mfa: { sms: '+15550000001' } },
        { username: 'bob', password: 'Other-Horse-9', mfa: { sms: '+15550000002' } },
      ],
    });
    const [alices, bobs] = await Promise.all([
      signIn(client, alice, { fetch }),
      signIn(client, { username: 'bob', password: 'Other-Horse-9' }, { fetch }),
    ]);
    const finish = async (step: Step, username: string) => {
      const code = pool.outbox.find((message) => message.username === username)?.code ?? '';
      return signedInOf(await respond(client, challengeOf(step, 'SMS_MFA'), { code }, { fetch }));
    };
    const bob = await finish(bobs, 'bob');
    const first = await finish(alices, 'alice');
    expect(calls.slice(-2).map(({ input }) => input.ChallengeResponses?.['USERNAME'])).toEqual([
      'bob',
      'alice',
    ]);
    // The pool says whose tokens these are
    for (const [step, username] of [
      [bob, 'bob'],
      [first, 'alice'],
    ] as const) {
      expect(step.username).toBe(username);
      const { accessToken } = step.tokens;
      expect(await getUser(client, { accessToken }, { fetch })).toMatchObject({ username });
    }
  });

  test('refreshes of two users at once do not share a result', async () => {
    const played = recorded(async (_, init) => {
      const { RefreshToken } = JSON.parse(String(init.body));
      await new Promise((resolve) => setTimeout(resolve, 10));
      return Response.json({ AuthenticationResult: result(RefreshToken.split('-')[1], 2) });
    });
    const keeper = (username: string) =>
      createTokenKeeper(client, { username, tokens: tokensOf(username, 0) }, played);
    const [a, b] = [keeper('alice'), keeper('bob')];
    const [alices, again, bobs] = await Promise.all([a.get(), a.get(), b.get()]);
    expect(alices.accessToken).toBe(result('alice', 2).AccessToken);
    expect(bobs.accessToken).toBe(result('bob', 2).AccessToken);
    // …but two calls for one user do
    expect(again).toBe(alices);
    expect(played.calls).toHaveLength(2);
  });

  test('an alias is typed: what follows is sent under the canonical name, and signed for it', async () => {
    const clientSecret = 'secret-of-the-app-client';
    const { pool, fetch, calls } = localPool({
      clients: [{ clientId: 'web', clientSecret }],
      users: [{ ...alice, aliases: ['alice@example.com'], mfa: { sms: '+15550000001' } }],
    });
    const secret = { ...client, clientSecret };
    const step = await signIn(secret, { username: 'alice@example.com', password: PASSWORD }, { fetch });
    const code = pool.outbox[0]?.code ?? '';
    const { username } = signedInOf(await respond(secret, challengeOf(step, 'SMS_MFA'), { code }, { fetch }));
    expect(username).toBe('alice');
    const sent = calls.map(({ input }) => input.AuthParameters ?? input.ChallengeResponses);
    expect(sent.map((parameters) => parameters?.['USERNAME'])).toEqual([
      'alice@example.com',
      'alice',
      'alice',
    ]);
    expect(sent.map((parameters) => parameters?.['SECRET_HASH'])).toEqual([
      secretHash('alice@example.com', 'web', clientSecret),
      secretHash('alice', 'web', clientSecret),
      secretHash('alice', 'web', clientSecret),
    ]);
  });
});

describe('challenges in any order', () => {
  test('DEVICE_SRP_AUTH after MFA carries the Session of the reply before', async () => {
    const played = service(deviceSrpAuth(session(2)), devicePasswordVerifier(session(3)), signedInReply());
    const step = await respond(client, kept('SMS_MFA'), { code: '123456' }, { ...played, device });
    expect(step.status).toBe('signed-in');
    expect(played.calls.map(({ input }) => [input.ChallengeName, input.Session])).toEqual([
      ['SMS_MFA', session(1)],
      ['DEVICE_SRP_AUTH', session(2)],
      ['DEVICE_PASSWORD_VERIFIER', session(3)],
    ]);
  });

  const answers: { readonly [Name in ChallengeName]: ChallengeShapes[Name]['answer'] } = {
    SMS_MFA: { code: '123456' },
    EMAIL_OTP: { code: '123456' },
    SMS_OTP: { code: '12345678' },
    SOFTWARE_TOKEN_MFA: { code: '123456' },
    SELECT_MFA_TYPE: { choice: 'SMS_MFA' },
    MFA_SETUP: { email: 'alice@example.com' },
    NEW_PASSWORD_REQUIRED: { newPassword: 'Another-Horse-9' },
    CUSTOM_CHALLENGE: { answer: 'open sesame' },
    SELECT_CHALLENGE: { choice: 'PASSWORD', password: PASSWORD },
    PASSWORD: { password: PASSWORD },
    PASSWORD_SRP: { password: PASSWORD },
    ADMIN_NO_SRP_AUTH: { password: PASSWORD },
    WEB_AUTHN: { credential: { id: 'aWQ', type: 'public-key', response: { clientDataJSON: 'e30' } } },
    UNKNOWN: { responses: { ANSWER: '42' } },
  };
  const shown = {
    NEW_PASSWORD_REQUIRED: { requiredAttributes: [], userAttributes: {} },
    UNKNOWN: { challengeName: 'BRAND_NEW' },
    WEB_AUTHN: { parameters: { CREDENTIAL_REQUEST_OPTIONS: '{"challenge":"AAAA"}' } },
  };
  const names = Object.keys(answers) as ChallengeName[];
  const answered = (name: ChallengeName, options: Parameters<typeof respond>[3]) =>
    respond(
      client,
      kept(name, shown[name as keyof typeof shown]),
      answers[name] as AnswerTo<Challenge>,
      options,
    );

  test.each(names)('DEVICE_SRP_AUTH is answered after %s', async (name) => {
    const played = service(deviceSrpAuth(session(2)), devicePasswordVerifier(session(3)), signedInReply());
    expect(await answered(name, { ...played, device })).toMatchObject({ status: 'signed-in' });
    expect(played.sessions()).toEqual([session(1), session(2), session(3)]);
  });

  test.each(['USER_PASSWORD_AUTH', 'CUSTOM_AUTH', 'USER_AUTH'] as const)(
    'DEVICE_SRP_AUTH is answered after InitiateAuth of %s',
    async (flow) => {
      const played = service(deviceSrpAuth(session(2)), devicePasswordVerifier(session(3)), signedInReply());
      const credentials =
        flow === 'USER_AUTH'
          ? { ...alice, flow, preferredChallenge: 'PASSWORD' as const }
          : { ...alice, flow };
      expect(await signIn(client, credentials, { ...played, device })).toMatchObject({ status: 'signed-in' });
      expect(played.operations()).toEqual([
        'InitiateAuth',
        'RespondToAuthChallenge',
        'RespondToAuthChallenge',
      ]);
    },
  );

  const next = {
    ChallengeName: 'CUSTOM_CHALLENGE',
    ChallengeParameters: { question: 'and the colour?' },
    Session: session(9),
  };
  test.each(names)('a challenge after %s is asked, not taken for tokens', async (name) => {
    const step = await answered(name, service(next));
    expect(challengeOf(step, 'CUSTOM_CHALLENGE')).toMatchObject({
      publicParameters: { question: 'and the colour?' },
      session: session(9),
    });
  });

  test('a challenge after VerifySoftwareToken is asked, not read as tokens', async () => {
    const verified = { Status: 'SUCCESS', Session: session(2) };
    const asked = await respond(client, kept('MFA_SETUP'), { code: '123456' }, service(verified, next));
    expect(challengeOf(asked, 'CUSTOM_CHALLENGE').session).toBe(session(9));
    const played = service(
      verified,
      deviceSrpAuth(session(3)),
      devicePasswordVerifier(session(4)),
      signedInReply(),
    );
    signedInOf(await respond(client, kept('MFA_SETUP'), { code: '123456' }, { ...played, device }));
    expect(played.sessions()).toEqual([session(1), session(2), session(3), session(4)]);
  });

  test('a challenge after the device’s proof is asked', async () => {
    const played = service(
      passwordVerifier(),
      deviceSrpAuth(session(2)),
      devicePasswordVerifier(session(3)),
      next,
    );
    challengeOf(await signIn(client, alice, { ...played, device }), 'CUSTOM_CHALLENGE');
  });

  test.each(['SMS_MFA', 'EMAIL_OTP', 'MFA_SETUP', 'BRAND_NEW'])(
    '%s as the first reply is asked',
    async (ChallengeName) => {
      const played = service({ ChallengeName, ChallengeParameters: {}, Session: session(1) });
      const step = await signIn(client, { flow: 'CUSTOM_AUTH', username: 'alice' }, played);
      if (step.status !== 'challenge') throw new Error('taken for tokens');
      expect(step.challenge.name).toBe(ChallengeName === 'BRAND_NEW' ? 'UNKNOWN' : ChallengeName);
    },
  );

  test('a new device that comes with MFA_SETUP is told, and can be confirmed', async () => {
    const NewDeviceMetadata = { DeviceKey: device.key, DeviceGroupKey: device.groupKey };
    const played = service(
      { Status: 'SUCCESS', Session: session(2) },
      signedInReply('alice', { NewDeviceMetadata }),
      { UserConfirmationNecessary: true },
    );
    const step = signedInOf(await respond(client, kept('MFA_SETUP'), { code: '123456' }, played));
    expect(step.newDevice).toEqual({ key: device.key, groupKey: device.groupKey });
    expect(await rememberDevice(client, step, {}, played)).toMatchObject({
      device: { key: device.key, groupKey: device.groupKey, username: 'alice' },
      userConfirmationNecessary: true,
    });
    expect(played.operations()).toEqual(['VerifySoftwareToken', 'RespondToAuthChallenge', 'ConfirmDevice']);
  });

  test('an authenticator’s code is sent under its own name alone', async () => {
    const played = service(signedInReply());
    await respond(client, kept('SOFTWARE_TOKEN_MFA'), { code: '123456' }, played);
    expect(played.responses('SOFTWARE_TOKEN_MFA')).toEqual({
      USERNAME: 'alice',
      SOFTWARE_TOKEN_MFA_CODE: '123456',
    });
  });

  test('the answer to MFA_SETUP is read by its field, not guessed from how it looks', async () => {
    const email = service(next);
    await respond(client, kept('MFA_SETUP'), { email: '123456' }, email);
    expect(email.operations()).toEqual(['RespondToAuthChallenge']);
    expect(email.responses('MFA_SETUP')).toMatchObject({ EMAIL: '123456' });
    const code = service({ Status: 'SUCCESS', Session: session(2) }, signedInReply());
    await respond(client, kept('MFA_SETUP'), { code: 'a@b' }, code);
    expect(code.calls[0]).toMatchObject({ operation: 'VerifySoftwareToken', input: { UserCode: 'a@b' } });
    expect(code.responses('MFA_SETUP')).toEqual({ USERNAME: 'alice' });
  });

  test('VerifySoftwareToken that answers 200 with Status ERROR is not taken for a success', async () => {
    const played = service({ Status: 'ERROR', Session: session(2) });
    await expect(respond(client, kept('MFA_SETUP'), { code: '123456' }, played)).rejects.toMatchObject({
      code: 'CODE_MISMATCH',
    });
    expect(played.operations()).toEqual(['VerifySoftwareToken']);
  });

  test('a wrong MFA code does not end the sign-in', async () => {
    const { pool, fetch } = localPool({ users: [{ ...alice, mfa: { sms: '+15550000001' } }] });
    const challenge = challengeOf(await signIn(client, alice, { fetch }), 'SMS_MFA');
    await expect(respond(client, challenge, { code: '0' }, { fetch })).rejects.toMatchObject({
      code: 'CODE_MISMATCH',
      recovery: 'answer-again',
    });
    const code = pool.outbox[0]?.code ?? '';
    expect(await respond(client, challenge, { code }, { fetch })).toMatchObject({ status: 'signed-in' });
  });
});

describe('after a reload', () => {
  test('a challenge says what to show, and lives as long as the client’s AuthSessionValidity', async () => {
    let now = Date.UTC(2026, 8, 4, 12);
    const clock = () => now;
    const { fetch } = localPool({
      now: clock,
      authSessionValidity: 15,
      users: [{ ...alice, attributes: { email: 'alice@example.com' }, mfa: { sms: '+15550001234' } }],
    });
    const options = { fetch, now: clock };
    const patient = { ...client, authSessionValidityMinutes: 15 };
    const step = await signIn(patient, { flow: 'USER_AUTH', username: 'alice' }, options);
    const json = JSON.stringify(challengeOf(step, 'SELECT_CHALLENGE'));
    expect(json).not.toContain(PASSWORD);

    now += 14 * 60_000;
    const challenge = parseChallenge(json);
    if (challenge.name !== 'SELECT_CHALLENGE') throw new Error(challenge.name);
    expect(challenge.options).toEqual(['PASSWORD_SRP', 'PASSWORD']);
    expect(challenge.expiresAt).toBe(now + 60_000);
    const next = await respond(patient, challenge, { choice: 'PASSWORD_SRP', password: PASSWORD }, options);
    const sms = parseChallenge(JSON.stringify(challengeOf(next, 'SMS_MFA')));
    expect(sms).toMatchObject({ delivery: { medium: 'SMS', destination: '+*******1234' } });
  });
});

describe('lost and broken replies', () => {
  test('RespondToAuthChallenge is not sent twice after a lost reply', async () => {
    const { pool, fetch, calls } = localPool({ users: [{ ...alice, mfa: { sms: '+15550000001' } }] });
    const challenge = challengeOf(await signIn(client, alice, { fetch }), 'SMS_MFA');
    const before = calls.length;
    pool.faults.add({ name: 'reset-after', operation: 'RespondToAuthChallenge' });
    const code = pool.outbox[0]?.code ?? '';
    const error = await errorOf(respond(client, challenge, { code }, { fetch, retryDelayMs: 1 }));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: 'NETWORK_FAILED', recovery: 'start-again' });
    expect(calls.length - before).toBe(1);
  });

  test.each(['internal-error', 'html', 'truncated-body'] as const)(
    'RespondToAuthChallenge is not sent twice after %s',
    async (name) => {
      const { fetch, calls } = localPool({ faults: [{ name, operation: 'RespondToAuthChallenge' }] });
      await errorOf(signIn(client, alice, { fetch, retryDelayMs: 1 }));
      expect(calls.map(({ operation }) => operation)).toEqual(['InitiateAuth', 'RespondToAuthChallenge']);
    },
  );

  test.each([200, 404, 502])('an HTML body is a ProtocolError, with HTTP %d', async (status) => {
    const { fetch } = localPool({ faults: [{ name: 'html', status }] });
    for (const call of [
      signIn(client, alice, { fetch, maxAttempts: 1 }),
      respond(client, kept('SMS_MFA'), { code: '123456' }, { fetch }),
    ]) {
      const error = await errorOf(call);
      expect(error).toBeInstanceOf(ProtocolError);
      expect(error).toMatchObject({ code: 'BODY_NOT_JSON', status });
    }
  });

  test('a refresh token that is refused is sent once', async () => {
    const played = service(new Refusal('NotAuthorizedException', 'Refresh Token has expired'));
    await expect(
      refreshTokens(client, { refreshToken: 'refresh-alice-0' }, { ...played, retryDelayMs: 1 }),
    ).rejects.toMatchObject({ code: 'REFRESH_TOKEN_REFUSED', recovery: 'start-again' });
    expect(played.calls).toHaveLength(1);
  });

  test('a refresh that got lost does not end the refresh token, and no error shows it', async () => {
    const played = service(new TypeError('fetch failed'), { AuthenticationResult: result('alice', 2) });
    const keeper = createTokenKeeper(
      client,
      { username: 'alice', tokens: tokensOf('alice', 0) },
      { ...played, maxAttempts: 1 },
    );
    const error = await errorOf(keeper.get());
    expect(error).toMatchObject({ code: 'NETWORK_FAILED', recovery: 'try-later' });
    const everything = [error.message, error.stack, String(error.cause), JSON.stringify(error)].join();
    expect(everything).not.toContain('refresh-alice-0');
    expect((await keeper.get()).accessToken).toBe(result('alice', 2).AccessToken);
    expect(played.calls[1]?.input.RefreshToken).toBe('refresh-alice-0');
  });

  test('a rotated refresh token is kept, stored and sent from then on', async () => {
    const store = createUserStore(memoryStorage(), client);
    const played = service(
      { AuthenticationResult: { ...result('alice', 2), RefreshToken: 'refresh-alice-2' } },
      { AuthenticationResult: result('alice', 3) },
    );
    const keeper = createTokenKeeper(
      client,
      {
        username: 'alice',
        tokens: tokensOf('alice', 0),
        onTokens: (tokens) => store.saveTokens('alice', tokens),
      },
      played,
    );
    await keeper.get();
    expect((await store.load('alice'))?.tokens.refreshToken).toBe('refresh-alice-2');
    expect((await keeper.get({ refresh: true })).refreshToken).toBe('refresh-alice-2');
    expect(played.calls.map(({ input }) => input.RefreshToken)).toEqual([
      'refresh-alice-0',
      'refresh-alice-2',
    ]);
  });

  test('what the application’s callback throws does not call it again', async () => {
    const played = service({ AuthenticationResult: result('alice', 2) });
    const thrown = new Error('the application’s own');
    const onTokens = jest.fn(() => {
      throw thrown;
    });
    const keeper = createTokenKeeper(
      client,
      { username: 'alice', tokens: tokensOf('alice', 0), onTokens },
      played,
    );
    await expect(keeper.get()).rejects.toBe(thrown);
    expect(onTokens).toHaveBeenCalledTimes(1);
  });

  test('a failure before the first request is told once, and nothing is sent', async () => {
    const played = service();
    const thrown = new Error('no entropy');
    const told = jest.fn();
    const rng = () => {
      throw thrown;
    };
    await signIn(client, alice, { ...played, rng }).catch(told);
    expect(told.mock.calls).toEqual([[thrown]]);
    expect(played.calls).toEqual([]);
  });

  test('an abort ends the InitiateAuth of USER_PASSWORD_AUTH', async () => {
    const { fetch } = localPool({ faults: [{ name: 'slow', delay: 20_000 }] });
    const controller = new AbortController();
    const reason = new Error('the user went away');
    const pending = signIn(
      client,
      { ...alice, flow: 'USER_PASSWORD_AUTH' },
      { fetch, signal: controller.signal },
    );
    controller.abort(reason);
    await expect(pending).rejects.toBe(reason);
  });

  test('an exception’s name is told without namespace and address', async () => {
    const fetch: Fetch = async () =>
      Response.json(
        {
          __type: 'com.amazonaws.cognito#NotAuthorizedException:http://internal',
          Message: 'User is disabled.',
        },
        { status: 400 },
      );
    await expect(signIn(client, alice, { fetch })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'User is disabled.',
      code: 'USER_DISABLED',
    });
  });
});

/** a, or a salt: what `rng` gives for that length. Other lengths stay random. */
const rngOf = (bytes: Uint8Array) => (length: number) =>
  length === bytes.length ? bytes : webcrypto.getRandomValues(new Uint8Array(length));

describe('signatures', () => {
  test.each(cognito.cases.filter(({ kind, u }) => kind === 'user' && u.length <= 62))(
    'u with a leading zero byte signs rightly: $title',
    (c) => {
      expect(c.u).toHaveLength(62);
      const { SRP_A, SRP_B, SALT, SECRET_BLOCK } = c;
      const ephemeral = generateEphemeral(rngOf(Buffer.from(c.a, 'hex')));
      expect(ephemeral.SRP_A).toBe(SRP_A);
      const responses = passwordVerifierResponses(
        ephemeral,
        { SRP_B, SALT, SECRET_BLOCK, USER_ID_FOR_SRP: c.userIdForSrp ?? '' },
        { userPoolId: `local_${c.poolName}`, password: c.password, now: Date.parse(c.TIMESTAMP) },
      );
      expect(responses.PASSWORD_CLAIM_SIGNATURE).toBe(c.PASSWORD_CLAIM_SIGNATURE);
    },
  );

  test.each(['josé', '用户', 'кот@пример.рф', '👩‍🚀'])(
    'a user id outside ASCII signs rightly: %s',
    async (username) => {
      const { fetch } = localPool({ users: [{ username, password: 'Pässwörd-用户-9' }] });
      const step = await signIn(client, { username, password: 'Pässwörd-用户-9' }, { fetch });
      expect(step).toMatchObject({ status: 'signed-in', username });
    },
  );

  test('a password that looks like a hash is a password', async () => {
    const password = createHash('sha256').update(`Pool1alice:${PASSWORD}`).digest('hex');
    const { fetch } = localPool({ users: [{ username: 'alice', password }] });
    expect(await signIn(client, { username: 'alice', password }, { fetch })).toMatchObject({
      status: 'signed-in',
    });
    await expect(
      signIn(client, alice, { fetch: localPool({ users: [{ username: 'alice', password }] }).fetch }),
    ).rejects.toMatchObject({ code: 'INCORRECT_USERNAME_OR_PASSWORD' });
  });

  test('a proof for A = 0 is never accepted', async () => {
    const { pool } = localPool();
    const fetch: Fetch = (url, init) => {
      const input = JSON.parse(String(init.body));
      if (input.AuthParameters) input.AuthParameters.SRP_A = '0';
      return pool.fetch(url, { ...init, body: JSON.stringify(input) });
    };
    await expect(signIn(client, alice, { fetch })).rejects.toMatchObject({
      code: 'INCORRECT_USERNAME_OR_PASSWORD',
    });
  });

  test.each([0, 1, 2])('SRP_B = %d N gets no signature', async (multiple) => {
    const { fetch, calls } = localPool({ faults: [{ name: 'zero-B', multiple }] });
    const error = await errorOf(signIn(client, alice, { fetch }));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ code: 'SRP_B_INVALID', field: 'SRP_B' });
    expect(calls.map(({ operation }) => operation)).toEqual(['InitiateAuth']);
  });

  test.each(['zz', '-1', '0x12', '12 34', 'NaN'])('SRP_B = "%s" gets no signature', (SRP_B) => {
    const sign = () =>
      passwordVerifierResponses(
        generateEphemeral(),
        { ...VERIFIER, SRP_B, USER_ID_FOR_SRP: 'alice' },
        { userPoolId: 'local_Pool1', password: PASSWORD, now: 0 },
      );
    expect(sign).toThrow(ProtocolError);
    expect(sign).toThrow(expect.objectContaining({ code: 'SRP_B_INVALID', field: 'SRP_B' }));
  });

  test('a missing SALT is an error whose class and code can be imported', () => {
    const { SALT: _, ...parameters } = VERIFIER;
    const sign = () =>
      passwordVerifierResponses(
        generateEphemeral(),
        { ...parameters, USER_ID_FOR_SRP: 'alice' },
        { userPoolId: 'local_Pool1', password: PASSWORD, now: 0 },
      );
    expect(sign).toThrow(ProtocolError);
    expect(sign).toThrow(expect.objectContaining({ code: 'CHALLENGE_PARAMETER_MISSING', field: 'SALT' }));
  });

  test.each([['USERNAME'], ['USER_ID_FOR_SRP'], ['USERNAME', 'USER_ID_FOR_SRP']])(
    'a challenge without %s %s can be answered',
    async (...missing) => {
      const { pool } = localPool();
      const fetch: Fetch = async (url, init) => {
        const response = await pool.fetch(url, init);
        const reply = await response.json();
        for (const name of missing) delete reply.ChallengeParameters?.[name];
        return Response.json(reply, {
          status: response.status,
          headers: { Date: String(response.headers.get('date')) },
        });
      };
      expect(await signIn(client, alice, { fetch })).toMatchObject({
        status: 'signed-in',
        username: 'alice',
      });
    },
  );
});

describe('randomness', () => {
  test('every bit of a comes from crypto.getRandomValues, and Math.random is not asked', async () => {
    const filled: string[] = [];
    const original = globalThis.crypto.getRandomValues.bind(globalThis.crypto);
    jest.spyOn(globalThis.crypto, 'getRandomValues').mockImplementation((array) => {
      original(array);
      if (array instanceof Uint8Array) filled.push(Buffer.from(array).toString('hex'));
      return array;
    });
    const random = jest.spyOn(Math, 'random');
    const a = generateEphemeral().a().padStart(64, '0');
    expect(filled).toEqual([a]);

    const played = service(passwordVerifier(), signedInReply());
    await signIn(client, alice, played);
    expect(random).not.toHaveBeenCalled();
  });

  test('without a secure source there is no sign-in', async () => {
    jest.replaceProperty(globalThis, 'crypto', {} as Crypto);
    const played = service();
    const error = await errorOf(signIn(client, alice, played));
    expect(error).toBeInstanceOf(ArgumentError);
    expect(error).toMatchObject({ code: 'RANDOMNESS_MISSING' });
    expect(played.calls).toEqual([]);
  });

  test('a has 256 bits: A costs a quarter of what 1024 bits cost', () => {
    const rng = jest.fn((length: number) => webcrypto.getRandomValues(new Uint8Array(length)));
    generateEphemeral(rng);
    expect(rng.mock.calls).toEqual([[32]]);
  });

  test('password and device are proved with an a each, and each at its own time', async () => {
    const t = (minute: number) => Date.UTC(2026, 8, 4, 12, minute);
    let now = t(0);
    const clock = { now: () => now, device };
    const first = service(passwordVerifier(), { ChallengeName: 'SMS_MFA', Session: session(1) });
    const step = await signIn(client, alice, { ...first, ...clock });
    now = t(2);
    const second = service(deviceSrpAuth(session(2)), devicePasswordVerifier(session(3)), signedInReply());
    await respond(client, challengeOf(step, 'SMS_MFA'), { code: '123456' }, { ...second, ...clock });
    expect(first.responses('PASSWORD_VERIFIER')['TIMESTAMP']).toBe('Fri Sep 4 12:00:00 UTC 2026');
    expect(second.responses('DEVICE_PASSWORD_VERIFIER')['TIMESTAMP']).toBe('Fri Sep 4 12:02:00 UTC 2026');

    const SRP_A = [
      first.calls[0]?.input.AuthParameters?.['SRP_A'],
      second.responses('DEVICE_SRP_AUTH')['SRP_A'],
    ];
    expect(SRP_A).toEqual([expect.stringMatching(/^[0-9a-f]+$/), expect.stringMatching(/^[0-9a-f]+$/)]);
    expect(new Set(SRP_A).size).toBe(2);
  });
});

describe('TIMESTAMP', () => {
  test('midnight is 00, and no locale takes part', async () => {
    const locale = (): never => {
      throw new Error('The locale was asked');
    };
    jest.spyOn(Date.prototype, 'toLocaleString').mockImplementation(locale);
    jest.spyOn(Date.prototype, 'toLocaleDateString').mockImplementation(locale);
    jest.spyOn(Date.prototype, 'toLocaleTimeString').mockImplementation(locale);
    jest.spyOn(Intl, 'DateTimeFormat').mockImplementation(locale);
    expect(formatTimestamp(Date.UTC(2026, 2, 1))).toBe('Sun Mar 1 00:00:00 UTC 2026');
    const played = service(deviceSrpAuth(session(2)), devicePasswordVerifier(session(3)), signedInReply());
    const now = () => Date.UTC(2026, 11, 9, 0, 3, 7);
    await respond(client, kept('SMS_MFA'), { code: '123456' }, { ...played, device, now });
    expect(played.responses('DEVICE_PASSWORD_VERIFIER')['TIMESTAMP']).toBe('Wed Dec 9 00:03:07 UTC 2026');
  });
});

describe('devices', () => {
  test('a stored device without its password does not keep the user out', async () => {
    const { fetch, calls } = localPool();
    const root = 'CognitoIdentityServiceProvider.web.alice';
    const storage = memoryStorage({
      [`${root}.deviceKey`]: device.key,
      [`${root}.deviceGroupKey`]: device.groupKey,
    });
    const step = await signIn(client, alice, { fetch, device: createUserStore(storage, client).device });
    expect(step).toMatchObject({ status: 'signed-in', deviceProblem: { code: 'DEVICE_DAMAGED' } });
    expect(JSON.stringify(calls)).not.toContain('DEVICE_KEY');
  });

  test('a ConfirmDevice that fails is told, and the user stays signed in', async () => {
    const NewDeviceMetadata = { DeviceKey: device.key, DeviceGroupKey: device.groupKey };
    const played = service(
      signedInReply('alice', { NewDeviceMetadata }),
      new Refusal('InvalidParameterException', 'Invalid device key given.'),
      {},
    );
    const step = signedInOf(await signIn(client, { ...alice, flow: 'USER_PASSWORD_AUTH' }, played));
    const failed = await rememberDevice(client, step, {}, played);
    expect(failed).toMatchObject({
      status: 'signed-in',
      tokens: step.tokens,
      newDevice: step.newDevice,
      deviceProblem: { code: 'CONFIRMATION_FAILED' },
    });
    // Once more
    const confirmed = await rememberDevice(client, failed, {}, played);
    expect(confirmed.device).toMatchObject({ key: device.key, username: 'alice' });
    expect(confirmed.deviceProblem).toBeUndefined();
  });

  test('a client with a secret signs DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER for the user', async () => {
    const played = service(
      passwordVerifier(),
      deviceSrpAuth(session(2)),
      devicePasswordVerifier(session(3)),
      signedInReply(),
    );
    const secret = { ...client, clientSecret: 'secret-of-the-app-client' };
    await signIn(secret, { username: 'alice@example.com', password: PASSWORD }, { ...played, device });
    const SECRET_HASH = secretHash('alice', 'web', secret.clientSecret);
    for (const name of ['PASSWORD_VERIFIER', 'DEVICE_SRP_AUTH', 'DEVICE_PASSWORD_VERIFIER']) {
      expect(played.responses(name)).toMatchObject({
        USERNAME: 'alice',
        SECRET_HASH,
        DEVICE_KEY: device.key,
      });
    }
    expect(played.sessions()).toEqual([undefined, undefined, session(2), session(3)]);
  });

  test('device operations go to the endpoint, and tell a refusal', async () => {
    const endpoint = 'http://127.0.0.1:9229';
    const pool = { ...client, endpoint };
    const input = { accessToken: 'access', deviceKey: device.key };
    const calls: readonly ((options: CallOptions) => Promise<unknown>)[] = [
      (options) => updateDeviceStatus(pool, { ...input, status: 'remembered' }, options),
      (options) => forgetDevice(pool, input, options),
      (options) => getDevice(pool, input, options),
      (options) => listDevices(pool, input, options).next(),
      (options) => confirmDevice(pool, { accessToken: 'access', newDevice: device }, options),
    ];
    for (const call of calls) {
      const played = service(new Refusal('ResourceNotFoundException', 'Device does not exist.'));
      await expect(call(played)).rejects.toMatchObject({ code: 'DEVICE_NOT_FOUND' });
      expect(played.calls.map(({ url }) => url)).toEqual([`${endpoint}/`]);
    }
    const updated = updateDeviceStatus(pool, { ...input, status: 'not_remembered' }, service({}));
    expect(await updated).toBeUndefined();
  });

  test.each([
    ['00', '80'],
    ['00', '7f'],
    ['80', '00'],
    ['ff', 'ff'],
    ['7f', '00'],
  ])('a device whose salt begins with %s %s can sign in', async (...first) => {
    const salt = Buffer.concat([Buffer.from(first.join(''), 'hex'), Buffer.alloc(14, 0xa5)]);
    const { password, DeviceSecretVerifierConfig } = generateDeviceVerifier(device, rngOf(salt));
    const host = deviceHost(device, DeviceSecretVerifierConfig);
    const played = recorded(async (_, init) => Response.json(host(JSON.parse(String(init.body)))));
    const step = await respond(
      client,
      kept('SMS_MFA'),
      { code: '123456' },
      { ...played, device: { ...device, password } },
    );
    expect(step.status).toBe('signed-in');
    // The host does tell right from wrong
    const other = { ...device, password: 'YW5vdGhlciBwYXNzd29yZA==' };
    expect(
      await respond(client, kept('SMS_MFA'), { code: '123456' }, { ...played, device: other }),
    ).not.toMatchObject({ status: 'signed-in' });
  });
});

/** The service's side of a device's sign-in, which reads salt and verifier as Java's BigInteger does. */
function deviceHost(
  { key, groupKey }: DeviceCredentials,
  { PasswordVerifier, Salt }: { readonly PasswordVerifier: string; readonly Salt: string },
) {
  const N = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`);
  const signed = (base64: string) => {
    const bytes = Buffer.from(base64, 'base64');
    return BigInt.asIntN(bytes.length * 8, unsigned(bytes));
  };
  const unsigned = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`);
  const java = (n: bigint) => {
    const hex = n.toString(16);
    const even = hex.length % 2 ? `0${hex}` : hex;
    return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
  };
  const H = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const hmac = (secret: Buffer, ...parts: Buffer[]) =>
    createHmac('sha256', secret).update(Buffer.concat(parts)).digest();
  const power = (base: bigint, exponent: bigint) => {
    let power = 1n;
    for (const bit of exponent.toString(2)) power = (power * power * (bit === '1' ? base : 1n)) % N;
    return power;
  };
  const v = signed(PasswordVerifier);
  const b = unsigned(Buffer.from(webcrypto.getRandomValues(new Uint8Array(32))));
  const B = (unsigned(H(java(N), Buffer.of(2))) * v + power(2n, b)) % N;
  const SECRET_BLOCK = 'c2VjcmV0';
  let A = 0n;
  return ({ ChallengeName, ChallengeResponses = {} }: Call['input']): object => {
    if (ChallengeName === 'SMS_MFA') return deviceSrpAuth(session(2));
    if (ChallengeName === 'DEVICE_SRP_AUTH') {
      A = BigInt(`0x${ChallengeResponses['SRP_A']}`);
      return {
        ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
        ChallengeParameters: { SALT: signed(Salt).toString(16), SRP_B: B.toString(16), SECRET_BLOCK },
        Session: session(3),
      };
    }
    const { TIMESTAMP = '', PASSWORD_CLAIM_SIGNATURE } = ChallengeResponses;
    const u = unsigned(H(java(A), java(B)));
    const S = power((A * power(v, u)) % N, b);
    const K = hmac(hmac(java(u), java(S)), Buffer.from('Caldera Derived Key\u0001')).subarray(0, 16);
    const expected = hmac(
      K,
      Buffer.from(groupKey + key),
      Buffer.from(SECRET_BLOCK, 'base64'),
      Buffer.from(TIMESTAMP),
    );
    const right = expected.toString('base64') === PASSWORD_CLAIM_SIGNATURE;
    return right ? signedInReply() : { ChallengeName: 'REFUSED', Session: session(4) };
  };
}

describe('a pool to test against', () => {
  const claimOf = async (
    pool: UserPool,
    change: (responses: Record<string, string>) => Record<string, string>,
  ) => {
    const fetch: Fetch = (url, init) => {
      const input = JSON.parse(String(init.body));
      const ChallengeResponses = input.ChallengeResponses && change(input.ChallengeResponses);
      return pool.fetch(url, { ...init, body: JSON.stringify({ ...input, ChallengeResponses }) });
    };
    return signIn(client, alice, { fetch }).then(
      ({ status }) => status,
      (error: Error) => `${error.name}: ${error.message}`,
    );
  };
  const REFUSED = 'NotAuthorizedException: Incorrect username or password.';

  test('answers USER_SRP_AUTH, and checks the proof', async () => {
    const { pool } = localPool();
    expect(await claimOf(pool, (responses) => responses)).toBe('signed-in');
    const PASSWORD_CLAIM_SIGNATURE = Buffer.alloc(32).toString('base64');
    expect(await claimOf(pool, (responses) => ({ ...responses, PASSWORD_CLAIM_SIGNATURE }))).toBe(REFUSED);
  });

  test('asks MFA, and answers DEVICE_SRP_AUTH with a challenge that a wrong device fails', async () => {
    const { pool, fetch } = localPool({
      users: [{ ...alice, mfa: { sms: '+15550001234' } }],
      devices: { challengeRequiredOnNewDevice: true },
    });
    const asked = challengeOf(await signIn(client, alice, { fetch }), 'SMS_MFA');
    const code = pool.outbox.at(-1)?.code ?? '';
    const first = signedInOf(await respond(client, asked, { code }, { fetch }));
    const { device: own } = await rememberDevice(client, first, {}, { fetch });
    if (!own) throw new Error('No device');
    signedInOf(await signIn(client, alice, { fetch, device: own }));
    const wrong = { ...own, password: 'AAAA' };
    const again = await signIn(client, alice, { fetch, device: wrong });
    expect([challengeOf(again, 'SMS_MFA').name, again.deviceProblem?.code]).toEqual([
      'SMS_MFA',
      'DEVICE_REFUSED',
    ]);
  });
});

describe('where requests go', () => {
  test.each([
    ['us-gov-west-1', 'https://cognito-idp.us-gov-west-1.amazonaws.com/'],
    ['us-gov-east-1', 'https://cognito-idp.us-gov-east-1.amazonaws.com/'],
    ['us-iso-east-1', 'https://cognito-idp.us-iso-east-1.c2s.ic.gov/'],
    ['us-isob-east-1', 'https://cognito-idp.us-isob-east-1.sc2s.sgov.gov/'],
    ['cn-north-1', 'https://cognito-idp.cn-north-1.amazonaws.com.cn/'],
    ['cn-northwest-1', 'https://cognito-idp.cn-northwest-1.amazonaws.com.cn/'],
    ['eu-central-2', 'https://cognito-idp.eu-central-2.amazonaws.com/'],
  ])('us-gov and cn endpoints: %s', async (region, url) => {
    const played = service(passwordVerifier(), signedInReply());
    await signIn({ userPoolId: `${region}_AbCdEf123`, clientId: 'web' }, alice, played);
    expect(played.calls.map((call) => call.url)).toEqual([url, url]);
  });
});

test('an application does not install the AWS SDK, crypto-js or types along', () => {
  const names = Object.keys(packageJson.dependencies);
  expect(names).not.toHaveLength(0);
  expect(names.filter((name) => /^(@aws-sdk|@smithy|@types)\/|^(aws-sdk|crypto-js)$/.test(name))).toEqual([]);
});
