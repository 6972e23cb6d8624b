/**
 * There is a function for every operation that needs no signature, and members that several calls take go into all of
 * them. AWS's model says which operations there are, and which members each takes.
 */
import {
  associateSoftwareToken,
  type CallOptions,
  changePassword,
  completePasskeyRegistration,
  confirmDevice,
  confirmForgotPassword,
  confirmSignUp,
  deletePasskey,
  deleteUser,
  deleteUserAttributes,
  forgetDevice,
  forgotPassword,
  type GetDerivedTokenInput,
  getClientToken,
  getDerivedToken,
  getDevice,
  getUser,
  getUserAuthFactors,
  globalSignOut,
  listDevices,
  listPasskeys,
  listUserSessions,
  type ProtocolError,
  refreshTokens,
  resendConfirmationCode,
  respond,
  revokeToken,
  revokeUserSession,
  sendAttributeCode,
  setUserMfaPreference,
  signIn,
  signUp,
  startPasskeyRegistration,
  type Transport,
  updateAuthEventFeedback,
  updateDeviceStatus,
  updateUserAttributes,
  verifySoftwareToken,
  verifyUserAttribute,
} from '../../src/index.ts';
import model from '../../vectors/service-operations.json' with { type: 'json' };
import { alice, client, recorder } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';
import { CASES, type Case, createWorld, reach, whereIs } from './challenge-cases.ts';

const MEMBERS = ['ClientMetadata', 'AnalyticsMetadata', 'UserContextData'] as const;

/** Operation → members of its input, by AWS. */
const membersByAws: Readonly<Record<string, readonly string[]>> = model.members;

const token = { accessToken: 'an-access-token' };
const user = { username: 'alice' };
const secretClient = { ...client, clientSecret: 'shh' };
const newDevice = { key: 'local_0', groupKey: '-group' };
const SESSION_ID = `tkn${'a'.repeat(25)}`;
const DERIVED: GetDerivedTokenInput = {
  subjectToken: 's',
  subjectTokenType: 'ACCESS_TOKEN',
  subjectTokenProvider: 'p',
  actorToken: 'a',
  actorTokenType: 'ID_TOKEN',
  actorTokenProvider: 'p',
  scopes: ['orders/read'],
  audience: 'orders',
  requestedTokenType: 'ACCESS_TOKEN',
};
const credential = { id: 'x', response: { clientDataJSON: 'AA' } };
/** Answers enough for every function to come to its end, or far enough to have sent its input. */
const REPLY = {
  Status: 'SUCCESS',
  SecretCode: 'JBSWY3DP',
  Username: 'alice',
  UserAttributes: [],
  Device: { DeviceKey: 'local_0' },
  CredentialCreationOptions: {},
  AuthenticationResult: { AccessToken: 'x' },
  ClientAuthenticationResult: { AccessToken: 'x' },
  IssuedToken: 'x',
};

/** The operations that need no signature and have no function. */
const WITHOUT_FUNCTION = [
  // AWS: "This action is no longer supported."
  'SetUserSettings',
];

const CALLS: readonly ((options: CallOptions) => Promise<unknown>)[] = [
  (o) => signIn(client, alice, o),
  (o) => signIn(client, alice, { ...o, admin: true }),
  (o) => signUp(client, alice, o),
  (o) => confirmSignUp(client, { ...user, code: '1' }, o),
  (o) => resendConfirmationCode(client, user, o),
  (o) => forgotPassword(client, user, o),
  (o) => confirmForgotPassword(client, { ...user, code: '1', newPassword: 'x' }, o),
  (o) => getUser(client, token, o),
  (o) => updateUserAttributes(client, { ...token, attributes: {} }, o),
  (o) => sendAttributeCode(client, { ...token, attributeName: 'email' }, o),
  (o) => verifyUserAttribute(client, { ...token, attributeName: 'email', code: '1' }, o),
  (o) => changePassword(client, { ...token, newPassword: 'x' }, o),
  (o) => setUserMfaPreference(client, { ...token, sms: 'on', passkey: 'on' }, o),
  (o) => associateSoftwareToken(client, { ...token, label: { issuer: 'i', account: 'a' } }, o),
  (o) => verifySoftwareToken(client, { ...token, code: '123456' }, o),
  (o) => startPasskeyRegistration(client, token, o),
  (o) => completePasskeyRegistration(client, { ...token, credential }, o),
  (o) => confirmDevice(client, { ...token, newDevice }, o),
  (o) => updateDeviceStatus(client, { ...token, deviceKey: 'local_0', status: 'remembered' }, o),
  (o) => forgetDevice(client, { ...token, deviceKey: 'local_0' }, o),
  (o) => getDevice(client, { ...token, deviceKey: 'local_0' }, o),
  (o) => listDevices(client, token, o).next(),
  (o) => refreshTokens(client, { refreshToken: 'r' }, o),
  (o) => revokeToken(client, { refreshToken: 'r', revokeAssociatedSessions: 'LINKED' }, o),
  (o) => globalSignOut(client, token, o),
  (o) => deleteUser(client, token, o),
  (o) => deleteUserAttributes(client, { ...token, attributeNames: ['nickname'] }, o),
  (o) => getUserAuthFactors(client, token, o),
  (o) => listPasskeys(client, token, o).next(),
  (o) => deletePasskey(client, { ...token, passkeyId: 'id' }, o),
  (o) => listUserSessions(client, token, o).next(),
  (o) =>
    revokeUserSession(client, { ...token, sessionId: SESSION_ID, revokeAssociatedSessions: 'LINKED' }, o),
  (o) => updateAuthEventFeedback(client, { ...user, eventId: 'e', feedbackToken: 'f', feedback: 'Valid' }, o),
  (o) => getClientToken(secretClient, { scopes: ['orders/read'] }, o),
  (o) => getDerivedToken(secretClient, DERIVED, o),
];

/** Makes every call, and gives the inputs that were sent by the names of their operations. */
async function everyInput(): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
  const inputs = new Map<string, Readonly<Record<string, unknown>>>();
  const transport: Transport = async (operation, input) => {
    inputs.set(operation, { ...input });
    return operation.endsWith('InitiateAuth')
      ? { ChallengeName: 'SMS_MFA', Session: 'a-session-of-twenty-characters' }
      : REPLY;
  };
  const options: CallOptions = {
    transport,
    clientMetadata: { from: 'test' },
    analyticsMetadata: { AnalyticsEndpointId: 'endpoint' },
    userContextData: { IpAddress: '192.0.2.1' },
  };
  for (const call of CALLS) await call(options);
  for (const admin of [undefined, true] as const) {
    const step = await signIn(client, alice, { ...options, admin });
    if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error(whereIs(step));
    await respond(client, step.challenge, { code: '123456' }, { ...options, admin });
  }
  return inputs;
}

test('every operation of the service that needs no signature is called by a function', async () => {
  const called = [...(await everyInput()).keys()].filter((operation) => !operation.startsWith('Admin'));
  expect([...called, ...WITHOUT_FUNCTION].sort()).toEqual([...model.unsigned].sort());
});

test('ClientMetadata, AnalyticsMetadata and UserContextData go into every call that takes them, and no other', async () => {
  const inputs = await everyInput();
  const taken = (members: readonly string[]) => MEMBERS.filter((member) => members.includes(member));
  const ours = [...inputs].map(([operation, input]) => [operation, taken(Object.keys(input))]);
  expect(Object.fromEntries(ours)).toEqual(
    Object.fromEntries(
      ours.map(([operation]) => [operation, taken(membersByAws[operation as string] ?? [])]),
    ),
  );
});

test('an input has no member that the service does not know', async () => {
  for (const [operation, input] of await everyInput()) {
    expect([operation, membersByAws[operation]]).toEqual([
      operation,
      expect.arrayContaining(Object.keys(input)),
    ]);
  }
});

/** Carried out twice, they leave the service as once. */
const SAFE_TO_REPEAT = [
  'AdminInitiateAuth',
  'GetClientToken',
  'GetDevice',
  'GetTokensFromRefreshToken',
  'GetUser',
  'GetUserAuthFactors',
  'InitiateAuth',
  'ListDevices',
  'ListUserSessions',
  'ListWebAuthnCredentials',
  'RevokeToken',
  'SetUserMFAPreference',
  'StartWebAuthnRegistration',
  'UpdateAuthEventFeedback',
  'UpdateDeviceStatus',
];

test('where the reply was lost, what is safe to repeat is sent again, and everything else once', async () => {
  const repeated: string[] = [];
  for (const call of CALLS) {
    const sent: string[] = [];
    const transport: Transport = async (operation) => {
      sent.push(operation);
      throw new TypeError('fetch failed');
    };
    const error = await errorOf(() => call({ transport, maxAttempts: 2, retryDelayMs: 0 }));
    expect(error).toMatchObject({ code: 'NETWORK_FAILED', operation: sent[0] });
    if (sent.length > 1) repeated.push(sent[0] as string);
  }
  expect(repeated.sort()).toEqual(SAFE_TO_REPEAT);
});

test.each(Object.entries(CASES))('DEVICE_KEY goes into the answer to %s', async (name, given) => {
  const c = given as Case<'SMS_MFA'>;
  const world = await createWorld(c, { devices: { challengeRequiredOnNewDevice: true } });
  // Before there is a device: a known one would be asked for its proof
  const challenge = await reach(name as 'SMS_MFA', c, world);
  const device = { key: 'local_0123', groupKey: '-group', password: 'AAAA' };
  const seen: unknown[] = [];
  const transport: Transport = async (operation, input) => {
    if (operation !== 'RespondToAuthChallenge') return { Status: 'SUCCESS' };
    const { ChallengeResponses } = input as { ChallengeResponses: Readonly<Record<string, string>> };
    seen.push(ChallengeResponses['DEVICE_KEY']);
    return { AuthenticationResult: { AccessToken: 'x' } };
  };
  await respond(world.client, challenge, c.right(world, challenge), { transport, device });
  expect(seen).toEqual(['local_0123']);
});

describe('over fetch', () => {
  test("a request has the headers of AWS's JSON 1.1 protocol", async () => {
    const inits: RequestInit[] = [];
    const { fetch } = recorder((_, init) => {
      inits.push(init);
      return new Response('{}');
    });
    await signIn(client, alice, { fetch }).catch(() => {});
    expect(inits[0]).toMatchObject({ method: 'POST', redirect: 'manual' });
    expect(Object.fromEntries(new Headers(inits[0]?.headers))).toEqual({
      'cache-control': 'no-store',
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    });
  });

  test('a request has 30 seconds, and a refresh 5, unless the caller says otherwise', async () => {
    const real = globalThis.setTimeout;
    const limits: number[] = [];
    globalThis.setTimeout = ((callback: () => void, ms: number) => {
      limits.push(ms);
      return real(callback, ms);
    }) as typeof setTimeout;
    try {
      const { fetch } = recorder(() => new Response('{}'));
      const options = { fetch, maxAttempts: 1 };
      await signIn(client, alice, options).catch(() => {});
      await refreshTokens(client, { refreshToken: 'r' }, options).catch(() => {});
      await refreshTokens(client, { refreshToken: 'r' }, { ...options, timeoutMs: 7000 }).catch(() => {});
    } finally {
      globalThis.setTimeout = real;
    }
    expect(limits).toEqual([30_000, 5000, 7000]);
  });

  test('what is wrong with a reply is said with its operation, status and request id', async () => {
    const { fetch } = recorder(
      () =>
        new Response(
          JSON.stringify({
            ChallengeName: 'PASSWORD_VERIFIER',
            ChallengeParameters: { SALT: 'ab', SRP_B: '0' },
          }),
          { headers: { 'x-amzn-RequestId': 'request-7' } },
        ),
    );
    await expect(signIn(client, alice, { fetch })).rejects.toMatchObject({
      code: 'SRP_B_INVALID',
      field: 'SRP_B',
      operation: 'InitiateAuth',
      status: 200,
      requestId: 'request-7',
    });
  });

  test('a reply of another shape, too; and a second call that is lost has nothing of the first', async () => {
    const headers = { 'x-amzn-RequestId': 'request-7' };
    const neither = recorder(() => new Response('{}', { headers }));
    await expect(signIn(client, alice, neither)).rejects.toMatchObject({
      code: 'REPLY_MALFORMED',
      operation: 'InitiateAuth',
      status: 200,
      requestId: 'request-7',
    });
    const ChallengeParameters = { SALT: 'ab', SRP_B: '2', SECRET_BLOCK: 'AAAA', USER_ID_FOR_SRP: 'alice' };
    const challenge = JSON.stringify({ ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters });
    const lost = recorder(({ operation }) => {
      if (operation === 'InitiateAuth') return new Response(challenge, { headers });
      throw new TypeError('fetch failed');
    });
    const error = (await signIn(client, alice, lost).catch((thrown) => thrown)) as ProtocolError;
    expect([error.code, error.operation, error.status, error.requestId]).toEqual([
      'NETWORK_FAILED',
      'RespondToAuthChallenge',
      undefined,
      undefined,
    ]);
  });

  test('tokens are what the reply says', async () => {
    const result = { AccessToken: 'a', IdToken: 'i', RefreshToken: 'r', ExpiresIn: 300, TokenType: 'DPoP' };
    const { fetch } = recorder(() => new Response(JSON.stringify({ AuthenticationResult: result })));
    const step = await signIn(client, alice, { fetch, now: () => 1000 });
    expect(step).toMatchObject({
      tokens: {
        accessToken: 'a',
        idToken: 'i',
        refreshToken: 'r',
        expiresIn: 300,
        expiresAt: 301_000,
        tokenType: 'DPoP',
      },
    });
  });

  test.each([
    ['IdToken', 42],
    ['RefreshToken', { a: 1 }],
    ['ExpiresIn', 'an hour'],
    ['ExpiresIn', {}],
    ['TokenType', 7],
    ['NewDeviceMetadata', 'x'],
  ])('%s: %j is a malformed reply', async (name, value) => {
    const AuthenticationResult = { AccessToken: 'a', [name]: value };
    const { fetch } = recorder(() => new Response(JSON.stringify({ AuthenticationResult })));
    await expect(signIn(client, alice, { fetch })).rejects.toMatchObject({
      code: 'REPLY_MALFORMED',
      field: name,
    });
  });

  test('a reply stops arriving at the time limit, also where fetch takes no notice of the signal', async () => {
    let pulls = 0;
    let cancelled = false;
    let tellCancelled = () => {};
    const cancellation = new Promise<void>((resolve) => {
      tellCancelled = resolve;
    });
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        pulls += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
        if (!cancelled) controller.enqueue(Uint8Array.of(32));
      },
      cancel: () => {
        cancelled = true;
        tellCancelled();
      },
    });
    const fetch = async () => new Response(body);
    await expect(signIn(client, alice, { fetch, timeoutMs: 60 })).rejects.toMatchObject({
      code: 'TIMED_OUT',
    });
    // Without the cancellation this waits until the test's own time limit
    await cancellation;
    const before = pulls;
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(pulls).toBe(before);
  });

  test('aborted one turn after the call: nothing is sent', async () => {
    let sent = 0;
    for (let turns = 0; turns < 24; turns++) {
      const controller = new AbortController();
      const late: string[] = [];
      const transport: Transport = async (operation) => {
        sent++;
        if (controller.signal.aborted) late.push(operation);
        return { ChallengeName: 'SMS_MFA', Session: 'a-session-of-twenty-characters' };
      };
      const pending = signIn(client, alice, { signal: controller.signal, transport });
      for (let turn = 0; turn < turns; turn++) await undefined;
      controller.abort(new RangeError('enough'));
      await pending.catch(() => {});
      expect(late).toEqual([]);
    }
    // The last ones were aborted after the call
    expect(sent).toBeGreaterThan(0);
  });
});
