/** The AWS SDK v3 carries the calls of the `srp` functions and, as a transport, of the whole engine. */
import * as sdk from '@aws-sdk/client-cognito-identity-provider';
import type { UserPoolOptions } from '../../pool/src/index.ts';
import {
  type CustomCredentials,
  confirmSignUp,
  getUser,
  ProtocolError,
  respond,
  ServiceError,
  type SignInOptions,
  signIn,
  signUp,
  startSoftwareTokenSetup,
  updateUserAttributes,
} from '../../src/index.ts';
import {
  devicePasswordVerifierResponses,
  deviceSrpAuthResponses,
  generateDeviceVerifier,
  generateEphemeral,
  passwordVerifierResponses,
  secretHash,
  srpAuthParameters,
} from '../../src/srp/index.ts';
import {
  EMAIL,
  type ListeningPool,
  listeningPool,
  PASSWORD,
  PHONE,
  TOTP_SECRET,
  TRIGGERS,
  totp,
  wrong,
} from './listening-pool.ts';

const {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  NotAuthorizedException,
  RespondToAuthChallengeCommand,
} = sdk;

const clients: sdk.CognitoIdentityProviderClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

function sdkClient(endpoint: string): sdk.CognitoIdentityProviderClient {
  const client = new CognitoIdentityProviderClient({
    region: 'eu-west-1',
    endpoint,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    maxAttempts: 1,
  });
  clients.push(client);
  return client;
}

interface Sdk {
  readonly local: ListeningPool;
  readonly client: sdk.CognitoIdentityProviderClient;
  /** The engine's view of the pool. Its endpoint leads nowhere: only the SDK can reach the pool. */
  readonly pool: { readonly userPoolId: string; readonly clientId: string; readonly endpoint: string };
  readonly options: SignInOptions & { readonly transport: NonNullable<SignInOptions['transport']> };
  /** The operations that were carried. */
  readonly operations: readonly string[];
}

type Command = Parameters<sdk.CognitoIdentityProviderClient['send']>[0];
const COMMANDS = sdk as unknown as Readonly<Record<string, new (input: object) => Command>>;

async function withSdk(flow: string, poolOptions?: UserPoolOptions): Promise<Sdk> {
  const local = await listeningPool(flow, poolOptions);
  const client = sdkClient(local.endpoint);
  const operations: string[] = [];
  return {
    local,
    client,
    pool: { userPoolId: local.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1:9' },
    options: {
      transport: (operation, input, abortSignal) => {
        operations.push(operation);
        const Command = COMMANDS[`${operation}Command`];
        if (!Command) throw new Error(`The SDK has no ${operation}`);
        return client.send(new Command(input), { ...(abortSignal && { abortSignal }) });
      },
    },
    operations,
  };
}

const alice = { username: 'alice', password: PASSWORD };

describe('the srp functions between two commands of the SDK', () => {
  const begin = (client: sdk.CognitoIdentityProviderClient, username = 'alice') => {
    const ephemeral = generateEphemeral();
    const input = {
      ClientId: 'web',
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: srpAuthParameters(ephemeral, { username }),
    } satisfies sdk.InitiateAuthCommandInput;
    return { ephemeral, reply: client.send(new InitiateAuthCommand(input)) };
  };
  const finish = async (
    client: sdk.CognitoIdentityProviderClient,
    { ephemeral, reply }: ReturnType<typeof begin>,
    password: string,
  ) => {
    // Both directions type-check without a conversion: the SDK's output goes in, its input comes out
    const { ChallengeName, ChallengeParameters, Session } = await reply;
    const input = {
      ClientId: 'web',
      ChallengeName,
      Session,
      ChallengeResponses: passwordVerifierResponses(ephemeral, ChallengeParameters, {
        userPoolId: 'us-east-1_LocalPool',
        password,
        now: Date.now(),
      }),
    } satisfies sdk.RespondToAuthChallengeCommandInput;
    return client.send(new RespondToAuthChallengeCommand(input));
  };

  test('the right password signs in, another one does not', async () => {
    const { local, client } = await withSdk('USER_SRP_AUTH');
    const { AuthenticationResult } = await finish(client, begin(client), PASSWORD);
    expect(await local.userOf(String(AuthenticationResult?.AccessToken))).toBe('alice');
    await expect(finish(client, begin(client), 'wrong')).rejects.toThrow(NotAuthorizedException);
  });

  test('an alias signs in, and what follows is the SDK’s own', async () => {
    const { local, client } = await withSdk('USER_SRP_AUTH', {
      users: [{ ...alice, aliases: [EMAIL], mfa: { sms: PHONE } }],
    });
    const { ChallengeName, ChallengeParameters, Session } = await finish(
      client,
      begin(client, EMAIL),
      PASSWORD,
    );
    expect(ChallengeName).toBe('SMS_MFA');
    const { AuthenticationResult } = await client.send(
      new RespondToAuthChallengeCommand({
        ClientId: 'web',
        ChallengeName: 'SMS_MFA',
        Session,
        ChallengeResponses: {
          USERNAME: String(ChallengeParameters?.['USER_ID_FOR_SRP']),
          SMS_MFA_CODE: local.lastCode(),
        },
      }),
    );
    expect(await local.userOf(String(AuthenticationResult?.AccessToken))).toBe('alice');
  });

  test('a client with a secret: SECRET_HASH is in both requests', async () => {
    const clientSecret = 'secret-of-the-app-client';
    const { client } = await withSdk('USER_SRP_AUTH', {
      clients: [{ clientId: 'web', clientSecret, explicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }],
    });
    const secret = { clientId: 'web', clientSecret };
    const ephemeral = generateEphemeral();
    const AuthParameters = srpAuthParameters(ephemeral, { username: 'alice', ...secret });
    expect(AuthParameters['SECRET_HASH']).toBe(secretHash('alice', 'web', clientSecret));
    const { ChallengeParameters } = await client.send(
      new InitiateAuthCommand({ ClientId: 'web', AuthFlow: 'USER_SRP_AUTH', AuthParameters }),
    );
    const { AuthenticationResult } = await client.send(
      new RespondToAuthChallengeCommand({
        ClientId: 'web',
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: passwordVerifierResponses(ephemeral, ChallengeParameters, {
          userPoolId: 'us-east-1_LocalPool',
          password: PASSWORD,
          now: Date.now(),
          ...secret,
        }),
      }),
    );
    expect(AuthenticationResult?.TokenType).toBe('Bearer');
  });

  test('what is made for devices is the SDK’s input, too', () => {
    const device = { key: 'eu-west-1_a1b2c3d4', groupKey: '-group1', password: 'ZGV2aWNl' };
    const ephemeral = generateEphemeral();
    const begin = {
      ClientId: 'web',
      ChallengeName: 'DEVICE_SRP_AUTH',
      ChallengeResponses: deviceSrpAuthResponses(ephemeral, { username: 'alice', deviceKey: device.key }),
    } satisfies sdk.RespondToAuthChallengeCommandInput;
    const ChallengeParameters: sdk.RespondToAuthChallengeCommandOutput['ChallengeParameters'] = {
      SRP_B: 'abcdef',
      SALT: '1234',
      SECRET_BLOCK: 'c2VjcmV0',
      USERNAME: 'alice',
    };
    const finish = {
      ClientId: 'web',
      ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
      ChallengeResponses: devicePasswordVerifierResponses(ephemeral, ChallengeParameters, {
        device,
        now: Date.now(),
      }),
    } satisfies sdk.RespondToAuthChallengeCommandInput;
    const { DeviceSecretVerifierConfig } = generateDeviceVerifier(device);
    const confirm = {
      AccessToken: 'token',
      DeviceKey: device.key,
      DeviceSecretVerifierConfig,
    } satisfies sdk.ConfirmDeviceCommandInput;
    for (const { ChallengeResponses } of [begin, finish]) {
      expect(ChallengeResponses).toMatchObject({ USERNAME: 'alice', DEVICE_KEY: device.key });
    }
    expect(Object.keys(confirm.DeviceSecretVerifierConfig)).toEqual(['PasswordVerifier', 'Salt']);
  });
});

describe('the SDK as transport of signIn and respond', () => {
  const PUBLIC = ['InitiateAuth', 'RespondToAuthChallenge'];

  test('USER_SRP_AUTH', async () => {
    const { local, pool, options, operations } = await withSdk('USER_SRP_AUTH');
    const step = await signIn(pool, alice, options);
    if (step.status !== 'signed-in') throw new Error('not signed in');
    expect(step.username).toBe('alice');
    expect(await local.userOf(step.tokens.accessToken)).toBe('alice');
    expect(operations).toEqual(PUBLIC);
  });

  test('USER_PASSWORD_AUTH, then SMS_MFA: a wrong code, then the right one', async () => {
    const { local, pool, options, operations } = await withSdk('USER_PASSWORD_AUTH', {
      users: [{ ...alice, mfa: { sms: PHONE } }],
    });
    const step = await signIn(pool, { ...alice, flow: 'USER_PASSWORD_AUTH' }, options);
    if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error('no SMS_MFA');
    const { challenge } = step;
    const code = local.lastCode();
    await expect(respond(pool, challenge, { code: wrong(code) }, options)).rejects.toMatchObject({
      code: 'CODE_MISMATCH',
      name: 'CodeMismatchException',
      recovery: 'answer-again',
      operation: 'RespondToAuthChallenge',
    });
    expect(await respond(pool, challenge, { code }, options)).toMatchObject({ status: 'signed-in' });
    expect(operations).toEqual([...PUBLIC, 'RespondToAuthChallenge']);
  });

  test('SOFTWARE_TOKEN_MFA', async () => {
    const { pool, options } = await withSdk('USER_SRP_AUTH', {
      users: [{ ...alice, mfa: { totp: TOTP_SECRET } }],
    });
    const step = await signIn(pool, alice, options);
    if (step.status !== 'challenge' || step.challenge.name !== 'SOFTWARE_TOKEN_MFA') {
      throw new Error('no SOFTWARE_TOKEN_MFA');
    }
    expect(await respond(pool, step.challenge, { code: totp(TOTP_SECRET) }, options)).toMatchObject({
      status: 'signed-in',
      username: 'alice',
    });
  });

  test('NEW_PASSWORD_REQUIRED', async () => {
    const { pool, options } = await withSdk('USER_SRP_AUTH', {
      requiredAttributes: ['given_name'],
      users: [{ ...alice, status: 'FORCE_CHANGE_PASSWORD' }],
    });
    const step = await signIn(pool, alice, options);
    if (step.status !== 'challenge' || step.challenge.name !== 'NEW_PASSWORD_REQUIRED') {
      throw new Error('no NEW_PASSWORD_REQUIRED');
    }
    const answer = { newPassword: 'Another-Horse-9', attributes: { given_name: 'Alice' } };
    expect(await respond(pool, step.challenge, answer, options)).toMatchObject({ status: 'signed-in' });
    await expect(signIn(pool, alice, options)).rejects.toMatchObject({
      code: 'INCORRECT_USERNAME_OR_PASSWORD',
    });
  });

  test.each<[string, CustomCredentials]>([
    ['without a password', { flow: 'CUSTOM_AUTH', username: 'alice' }],
    ['after the password', { flow: 'CUSTOM_AUTH', ...alice }],
  ])('CUSTOM_CHALLENGE, %s', async (_, credentials) => {
    const { pool, options } = await withSdk('CUSTOM_AUTH', { triggers: TRIGGERS });
    let step = await signIn(pool, credentials, options);
    for (const answer of ['open', 'sesame']) {
      if (step.status !== 'challenge' || step.challenge.name !== 'CUSTOM_CHALLENGE') {
        throw new Error('no CUSTOM_CHALLENGE');
      }
      step = await respond(pool, step.challenge, { answer }, options);
    }
    expect(step).toMatchObject({ status: 'signed-in', username: 'alice' });
  });

  test('USER_AUTH: the choice of first factors, then a code', async () => {
    const { local, pool, options } = await withSdk('USER_AUTH', {
      users: [{ ...alice, attributes: { email: EMAIL } }],
    });
    const step = await signIn(pool, { flow: 'USER_AUTH', username: 'alice' }, options);
    if (step.status !== 'challenge' || step.challenge.name !== 'SELECT_CHALLENGE') {
      throw new Error('no SELECT_CHALLENGE');
    }
    expect(step.challenge.options).toEqual(['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP']);
    const next = await respond(pool, step.challenge, { choice: 'EMAIL_OTP' }, options);
    if (next.status !== 'challenge' || next.challenge.name !== 'EMAIL_OTP') throw new Error('no EMAIL_OTP');
    expect(await respond(pool, next.challenge, { code: local.lastCode() }, options)).toMatchObject({
      status: 'signed-in',
    });
  });

  test('MFA_SETUP: the SDK carries the operations between, too', async () => {
    const { local, pool, options, operations } = await withSdk('USER_SRP_AUTH', { mfa: 'ON' });
    const step = await signIn(pool, alice, options);
    if (step.status !== 'challenge' || step.challenge.name !== 'MFA_SETUP') throw new Error('no MFA_SETUP');
    const setup = await startSoftwareTokenSetup(pool, step.challenge, { issuer: 'Example' }, options);
    await expect(
      respond(pool, setup.challenge, { code: totp(setup.secretCode, 20) }, options),
    ).rejects.toMatchObject({ code: 'CODE_MISMATCH', recovery: 'answer-again' });
    const last = await respond(pool, setup.challenge, { code: totp(setup.secretCode) }, options);
    if (last.status !== 'signed-in') throw new Error('not signed in');
    expect(await local.userOf(last.tokens.accessToken)).toBe('alice');
    expect(operations).toEqual([
      ...PUBLIC,
      'AssociateSoftwareToken',
      'VerifySoftwareToken',
      'VerifySoftwareToken',
      'RespondToAuthChallenge',
    ]);
  });

  test('sign-up and profile', async () => {
    const { local, pool, options } = await withSdk('USER_SRP_AUTH', { users: [] });
    const bob = { username: 'bob', password: PASSWORD };
    const { delivery } = await signUp(pool, { ...bob, attributes: { email: 'bob@example.com' } }, options);
    expect(delivery).toMatchObject({ medium: 'EMAIL', destination: 'b***@e***' });
    await expect(signIn(pool, bob, options)).rejects.toMatchObject({
      code: 'USER_NOT_CONFIRMED',
      recovery: 'confirm-sign-up',
    });
    await confirmSignUp(pool, { username: 'bob', code: local.lastCode() }, options);
    const step = await signIn(pool, bob, options);
    if (step.status !== 'signed-in') throw new Error('not signed in');
    const { accessToken } = step.tokens;
    await updateUserAttributes(pool, { accessToken, attributes: { given_name: 'Bob' } }, options);
    expect(await getUser(pool, { accessToken }, options)).toMatchObject({
      username: 'bob',
      attributes: { given_name: 'Bob', email: 'bob@example.com' },
    });
    await expect(getUser(pool, { accessToken: 'not.a.token' }, options)).rejects.toMatchObject({
      code: 'ACCESS_TOKEN_REFUSED',
      operation: 'GetUser',
    });
  });

  test('after a sign-up its Session signs in without another question', async () => {
    const { local, pool, options } = await withSdk('USER_AUTH', { users: [] });
    const bob = { username: 'bob', password: PASSWORD, attributes: { email: 'bob@example.com' } };
    const begun = await signUp(pool, bob, options);
    const code = local.lastCode();
    const { session = '' } = await confirmSignUp(pool, { ...begun, username: 'bob', code }, options);
    const step = await signIn(pool, { flow: 'USER_AUTH', username: 'bob', session }, options);
    if (step.status !== 'signed-in') throw new Error('not signed in');
    expect(await local.userOf(step.tokens.accessToken)).toBe('bob');
  });
});

describe('the admin operations, signed by the SDK', () => {
  const ADMIN = ['AdminInitiateAuth', 'AdminRespondToAuthChallenge'];
  const adminUser = { ...alice, flow: 'ADMIN_USER_PASSWORD_AUTH' } as const;

  test('ADMIN_USER_PASSWORD_AUTH', async () => {
    const { local, pool, options, operations } = await withSdk('ADMIN_USER_PASSWORD_AUTH');
    const step = await signIn(pool, adminUser, { ...options, admin: true });
    if (step.status !== 'signed-in') throw new Error('not signed in');
    expect(await local.userOf(step.tokens.accessToken)).toBe('alice');
    expect(operations).toEqual(['AdminInitiateAuth']);
  });

  test('SRP', async () => {
    const { local, pool, options, operations } = await withSdk('USER_SRP_AUTH');
    const step = await signIn(pool, alice, { ...options, admin: true });
    if (step.status !== 'signed-in') throw new Error('not signed in');
    expect(await local.userOf(step.tokens.accessToken)).toBe('alice');
    expect(operations).toEqual(ADMIN);
  });

  test.each([
    ['ADMIN_USER_PASSWORD_AUTH', adminUser, ADMIN],
    ['USER_SRP_AUTH', alice, [...ADMIN, 'AdminRespondToAuthChallenge']],
  ] as const)('SMS_MFA after %s', async (flow, credentials, expected) => {
    const { local, pool, options, operations } = await withSdk(flow, {
      users: [{ ...alice, mfa: { sms: PHONE } }],
    });
    const admin = { ...options, admin: true } as const;
    const step = await signIn(pool, credentials, admin);
    if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error('no SMS_MFA');
    expect(await respond(pool, step.challenge, { code: local.lastCode() }, admin)).toMatchObject({
      status: 'signed-in',
      username: 'alice',
    });
    expect(operations).toEqual(expected);
  });

  test('what the server knows of the request goes along', async () => {
    const { pool, options, client } = await withSdk('USER_SRP_AUTH');
    const bodies: unknown[] = [];
    client.middlewareStack.add(
      (next) => (args) => {
        bodies.push(args.input);
        return next(args);
      },
      { step: 'initialize' },
    );
    const contextData = {
      IpAddress: '192.0.2.1',
      ServerName: 'example.com',
      ServerPath: '/sign-in',
      HttpHeaders: [],
    };
    await signIn(pool, alice, { ...options, admin: { contextData } });
    expect(bodies).toHaveLength(2);
    for (const body of bodies)
      expect(body).toMatchObject({ UserPoolId: 'us-east-1_LocalPool', ContextData: contextData });
  });
});

describe('errors of the SDK', () => {
  const failure = (promise: Promise<unknown>): Promise<Error> =>
    promise.then(
      () => {
        throw new Error('It did not fail');
      },
      (error) => error,
    );

  test.each([
    ['modelled statuses', { modelledStatuses: true }, 403],
    ['as AWS answers', {}, 400],
  ])('an exception becomes a ServiceError with its request id: %s', async (_, poolOptions, status) => {
    const { pool, options, client } = await withSdk('USER_SRP_AUTH', poolOptions);
    const requestIds: (string | undefined)[] = [];
    client.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        const { headers } = result.response as { headers: Record<string, string> };
        requestIds.push(headers['x-amzn-requestid']);
        return result;
      },
      { step: 'deserialize', priority: 'low' },
    );
    const error = await failure(signIn(pool, { ...alice, password: 'wrong' }, options));
    expect(error).toBeInstanceOf(ServiceError);
    expect(error.message).toBe('Incorrect username or password.');
    expect(error).toMatchObject({
      name: 'NotAuthorizedException',
      code: 'INCORRECT_USERNAME_OR_PASSWORD',
      recovery: 'start-again',
      operation: 'RespondToAuthChallenge',
      status,
      requestId: requestIds[1],
    });
    expect(requestIds).toEqual([expect.any(String), expect.any(String)]);
  });

  test('a flow that the client does not have is refused by name', async () => {
    const { pool, options } = await withSdk('USER_PASSWORD_AUTH');
    await expect(signIn(pool, alice, options)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      code: 'FLOW_NOT_ENABLED',
      recovery: 'fix-configuration',
      status: 400,
    });
  });

  test('throttling is repeated by the engine', async () => {
    const { local, pool, options, operations } = await withSdk('USER_SRP_AUTH');
    local.faults.add({ name: 'throttle', operation: 'InitiateAuth', nth: 1 });
    expect(await signIn(pool, alice, { ...options, retryDelayMs: 1 })).toMatchObject({ status: 'signed-in' });
    expect(operations).toEqual(['InitiateAuth', 'InitiateAuth', 'RespondToAuthChallenge']);
  });

  test('a connection that breaks is a ProtocolError, and only InitiateAuth is repeated', async () => {
    const { local, pool, options, operations } = await withSdk('USER_SRP_AUTH');
    local.faults.add({ name: 'reset-after', operation: 'RespondToAuthChallenge' });
    local.faults.add({ name: 'reset-before', operation: 'InitiateAuth', nth: 1 });
    const error = await failure(signIn(pool, alice, { ...options, retryDelayMs: 1 }));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({
      code: 'NETWORK_FAILED',
      recovery: 'start-again',
      operation: 'RespondToAuthChallenge',
    });
    expect(operations).toEqual(['InitiateAuth', 'InitiateAuth', 'RespondToAuthChallenge']);
  });

  test('a proxy’s page is a ProtocolError', async () => {
    const { local, pool, options } = await withSdk('USER_SRP_AUTH');
    local.faults.add({ name: 'html', operation: 'RespondToAuthChallenge' });
    const error = await failure(signIn(pool, alice, options));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({
      code: 'NETWORK_FAILED',
      operation: 'RespondToAuthChallenge',
      recovery: 'start-again',
    });
  });

  test('aborting ends the SDK’s request', async () => {
    const { local, pool, options } = await withSdk('USER_SRP_AUTH');
    local.faults.add({ name: 'slow', delay: 20_000 });
    const controller = new AbortController();
    const reason = new Error('the user went away');
    let sent: Promise<unknown> | undefined;
    const pending = signIn(pool, alice, {
      ...options,
      signal: controller.signal,
      transport: (...args) => {
        sent = options.transport(...args);
        setTimeout(() => controller.abort(reason), 50);
        return sent;
      },
    });
    await expect(pending).rejects.toBe(reason);
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
  });
});
