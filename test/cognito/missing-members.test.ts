/** Every public function refuses an input that lacks a member, by the member's name and before anything is sent. */
import * as engine from '../../src/index.ts';
import { client, recorder } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';
import { CASES, createWorld, reach } from './challenge-cases.ts';

type AnyFunction = (...args: readonly unknown[]) => unknown;

const username = 'alice';
const password = 'Correct-Horse-9';
const accessToken = 'access-token';
const code = '123456';
const newDevice = { key: 'eu-west-1_0a0a', groupKey: '-groupKey' };
const credential = { id: 'x', response: { clientDataJSON: 'x' } };
const tokens = {
  accessToken,
  idToken: '',
  refreshToken: 'r',
  expiresIn: 60,
  expiresAt: 1,
  tokenType: 'Bearer',
};

/** The functions `(pool, input, options)` that send a request: the members that an input must have. */
const CALLS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  associateSoftwareToken: { accessToken, label: { issuer: 'Test', account: username } },
  changePassword: { accessToken, newPassword: password },
  completePasskeyRegistration: { accessToken, credential },
  confirmDevice: { accessToken, newDevice },
  confirmForgotPassword: { username, code, newPassword: password },
  confirmSignUp: { username, code },
  deletePasskey: { accessToken, passkeyId: 'c' },
  deleteUser: { accessToken },
  deleteUserAttributes: { accessToken, attributeNames: ['nickname'] },
  forgetDevice: { accessToken, deviceKey: newDevice.key },
  forgotPassword: { username },
  getDerivedToken: { subjectToken: accessToken, subjectTokenType: 'ACCESS_TOKEN' },
  getDevice: { accessToken, deviceKey: newDevice.key },
  getUser: { accessToken },
  getUserAuthFactors: { accessToken },
  globalSignOut: { accessToken },
  listDevices: { accessToken },
  listPasskeys: { accessToken },
  listUserSessions: { accessToken },
  refreshTokens: { refreshToken: 'r' },
  resendConfirmationCode: { username },
  revokeUserSession: { accessToken, sessionId: `tkn${'a'.repeat(25)}` },
  revokeToken: { refreshToken: 'r' },
  sendAttributeCode: { accessToken, attributeName: 'email' },
  setUserMfaPreference: { accessToken },
  signUp: { username },
  startPasskeyRegistration: { accessToken },
  updateAuthEventFeedback: { username, eventId: 'e', feedbackToken: 'f', feedback: 'Valid' },
  updateDeviceStatus: { accessToken, deviceKey: newDevice.key, status: 'remembered' },
  updateUserAttributes: { accessToken, attributes: { email: 'alice@example.com' } },
  verifySoftwareToken: { accessToken, code },
  verifyUserAttribute: { accessToken, attributeName: 'email', code },
};

const ephemeral = engine.generateEphemeral();
const parameters = {
  SALT: 'ab',
  SRP_B: '2',
  SECRET_BLOCK: 'AAAA',
  USER_ID_FOR_SRP: username,
  USERNAME: username,
};
const device = { ...newDevice, password };
const silent = () => recorder(() => Response.json({}));
const noInput = 'input';

/** The other functions: what they are called with, and the field that is named. */
const OTHERS: Readonly<Record<string, readonly (readonly [args: readonly unknown[], field: string])[]>> = {
  getClientToken: [
    [[undefined, {}], 'pool'],
    [[client, {}], 'clientSecret'],
  ],
  confirmNewDevice: [
    [[undefined, { username, tokens, newDevice }], 'pool'],
    [[client], 'step'],
    [[client, { username, newDevice }], 'tokens'],
    [[client, { username, tokens: {}, newDevice }], 'accessToken'],
    [[client, { tokens, newDevice }], 'username'],
    [[client, { username, tokens, newDevice: {} }], 'key'],
    [[client, { username, tokens, newDevice: { key: 'k' } }], 'groupKey'],
  ],
  identityPoolLogin: [[[undefined], 'pool']],
  createTokenKeeper: [
    [[undefined, { username, tokens }], 'pool'],
    [[client], noInput],
    [[client, { tokens }], 'username'],
    [[client, { username }], 'tokens'],
    [[client, { username, tokens: {} }], 'accessToken'],
  ],
  createUserStore: [
    [[], 'storage'],
    [[{}, client], 'storage'],
    [[{ getItem: () => null, setItem: () => {} }, client], 'storage'],
    [[engine.memoryStorage()], 'pool'],
    [[engine.memoryStorage(), {}], 'clientId'],
  ],
  devicePasswordVerifierResponses: [
    [[undefined, parameters, { device, now: 0 }], 'ephemeral'],
    [[ephemeral, parameters], noInput],
    [[ephemeral, parameters, { now: 0 }], 'device'],
    [[ephemeral, parameters, { device: { ...device, key: undefined }, now: 0 }], 'key'],
    [[ephemeral, parameters, { device: { ...device, groupKey: undefined }, now: 0 }], 'groupKey'],
    [[ephemeral, parameters, { device: newDevice, now: 0 }], 'password'],
    [[ephemeral, parameters, { device }], 'now'],
  ],
  deviceSrpAuthResponses: [
    [[undefined, { username, deviceKey: 'k' }], 'ephemeral'],
    [[ephemeral], noInput],
    [[ephemeral, { deviceKey: 'k' }], 'username'],
    [[ephemeral, { username }], 'deviceKey'],
  ],
  formatTimestamp: [[[], 'now']],
  generateDeviceVerifier: [
    [[], 'device'],
    [[{ groupKey: 'g' }], 'key'],
    [[{ key: 'k' }], 'groupKey'],
  ],
  parseChallenge: [[[], 'challenge']],
  passkeyCreation: [[[], 'creationOptions']],
  passkeyRequest: [[[], 'requestOptions']],
  passwordVerifierResponses: [
    [[undefined, parameters, { userPoolId: client.userPoolId, password, now: 0 }], 'ephemeral'],
    [[ephemeral, parameters], noInput],
    [[ephemeral, parameters, { password, now: 0 }], 'userPoolId'],
    [[ephemeral, parameters, { userPoolId: client.userPoolId, now: 0 }], 'password'],
    [[ephemeral, parameters, { userPoolId: client.userPoolId, password }], 'now'],
  ],
  respond: [
    [[], 'pool'],
    [[client], 'challenge'],
    [[client, {}], 'challenge.version'],
  ],
  secretHash: [
    [[], 'username'],
    [[username], 'clientId'],
    [[username, client.clientId], 'clientSecret'],
  ],
  signIn: [
    [[undefined, { username, password }], 'pool'],
    [[client], 'credentials'],
    [[client, {}], 'username'],
    [[client, { password }], 'username'],
    ...['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'].map(
      (flow) => [[client, { flow, username }], 'password'] as const,
    ),
    [[client, { flow: 'ADMIN_USER_PASSWORD_AUTH', username, password }], 'admin'],
  ],
  srpAuthParameters: [
    [[undefined, { username }], 'ephemeral'],
    [[ephemeral], noInput],
    [[ephemeral, {}], 'username'],
  ],
  startSoftwareTokenSetup: [
    [[], 'pool'],
    [[client], 'challenge'],
  ],
  webStorage: [
    [[], 'storage'],
    // The storage itself in place of the function that gives it: items would be kept in memory alone
    [[engine.memoryStorage()], 'storage'],
  ],
};

/** The functions that take anything, and why. */
const TOLERANT: Readonly<Record<string, string>> = {
  decodeClaims: 'anything that is not a JWT has no claims',
  generateEphemeral: 'it has no input, and rng is optional',
  memoryStorage: 'the items to begin with are optional',
};

const functionNamed = (name: string): AnyFunction => {
  const value: unknown = Reflect.get(engine, name);
  if (typeof value !== 'function') throw new Error(`${name} is not a function`);
  return value as AnyFunction;
};

/** Calls a function, and reads its result to the end if it is a list. */
async function run(name: string, args: readonly unknown[]): Promise<void> {
  const result: unknown = await functionNamed(name)(...args);
  if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result)) return;
  for await (const _ of result as AsyncIterable<unknown>);
}

/** Expects that the call is refused by the name of this field, and that nothing is sent. */
async function expectRefused(name: string, args: readonly unknown[], field: string): Promise<void> {
  const { fetch, operations } = silent();
  const withOptions = name in CALLS ? [...args, { fetch }] : args;
  const error = await errorOf(() => run(name, withOptions));
  expect(error).toMatchObject({ name: 'ArgumentError', field });
  expect(error.message).toContain(`"${field}"`);
  expect(operations()).toEqual([]);
}

test('every public function stands in one of the tables', () => {
  const functions = Object.entries(engine)
    .filter(([, value]) => typeof value === 'function' && !(value.prototype instanceof Error))
    .map(([name]) => name);
  const named = [CALLS, OTHERS, TOLERANT].flatMap((table) => Object.keys(table));
  expect(named.sort()).toEqual(functions.sort());
});

describe.each(Object.entries(CALLS))('%s', (name, input) => {
  test('with every member sends a request', async () => {
    const { fetch, operations } = silent();
    // What is read of the empty reply does not matter here
    await run(name, [client, input, { fetch, maxAttempts: 1 }]).catch(() => undefined);
    expect(operations()).toHaveLength(1);
  });

  test('without a pool, an input or any member is refused', async () => {
    await expectRefused(name, [undefined, input], 'pool');
    await expectRefused(name, [client, undefined], 'input');
    await expectRefused(name, [client, null], 'input');
    const { fetch, operations } = silent();
    const error = await errorOf(() => run(name, [client, {}, { fetch }]));
    expect(error).toMatchObject({ name: 'ArgumentError' });
    expect(Object.keys(input)).toContain((error as engine.ArgumentError).field);
    expect(operations()).toEqual([]);
  });

  test.each(Object.keys(input))('without %s, or with one that cannot be, is refused', async (member) => {
    for (const value of [undefined, null, '', 7]) {
      await expectRefused(name, [client, { ...input, [member]: value }], member);
    }
  });

  const parts = Object.entries(input).flatMap(([member, value]) =>
    typeof value === 'object' && value !== null && ['label', 'newDevice'].includes(member)
      ? Object.keys(value).map((part) => [member, part] as const)
      : [],
  );
  for (const [member, part] of parts) {
    test(`without ${member}.${part} is refused`, async () => {
      const whole = input[member] as Readonly<Record<string, unknown>>;
      for (const value of [undefined, '', 7]) {
        await expectRefused(name, [client, { ...input, [member]: { ...whole, [part]: value } }], part);
      }
    });
  }
});

describe.each(Object.entries(OTHERS))('%s', (name, rows) => {
  test.each(rows.map(([args, field]) => [field, args] as const))('names %s', async (field, args) => {
    await expectRefused(name, args, field);
  });
});

test('startSoftwareTokenSetup without a label or its issuer is refused', async () => {
  const world = await createWorld(CASES.MFA_SETUP);
  const asked = {
    ...CASES.MFA_SETUP,
    before: async (_: object, given: engine.ChallengeOf<'MFA_SETUP'>) => given,
  };
  const challenge = await reach('MFA_SETUP', asked, world);
  const sent = world.sent.length;
  for (const [label, field] of [
    [undefined, 'label'],
    [{}, 'issuer'],
    [{ issuer: 7 }, 'issuer'],
  ]) {
    const error = await errorOf(() =>
      run('startSoftwareTokenSetup', [world.client, challenge, label, world.options]),
    );
    expect(error).toMatchObject({ name: 'ArgumentError', field });
  }
  expect(world.sent).toHaveLength(sent);
});

describe('respond, without the answer or a member of it:', () => {
  test.each(Object.keys(CASES) as engine.ChallengeName[])('%s', async (name) => {
    const world = await createWorld(CASES[name] as never);
    const challenge = await reach(name, CASES[name] as never, world);
    const right = CASES[name].right(world, challenge as never);
    const sent = world.sent.length;
    for (const answer of [undefined, null, {}]) {
      const error = await errorOf(() => run('respond', [world.client, challenge, answer, world.options]));
      expect(error).toMatchObject({ name: 'ArgumentError', code: 'ANSWER_INVALID' });
    }
    const required = Object.keys(right).filter((member) => member !== 'friendlyDeviceName');
    for (const member of required) {
      const answer = { ...right, [member]: undefined };
      const error = await errorOf(() => run('respond', [world.client, challenge, answer, world.options]));
      expect(error).toMatchObject({ name: 'ArgumentError', code: 'ANSWER_INVALID' });
      expect((error as engine.ArgumentError).field).toMatch(new RegExp(`^answer\\.${member}`));
    }
    expect(world.sent).toHaveLength(sent);
  });
});
