/** The engine's calls, each with the replies that a local pool gave to it. They can be run again without the pool. */
import { createUserPool, type UserPool, type UserPoolOptions } from '../../pool/src/index.ts';
import {
  type AnswerTo,
  associateSoftwareToken,
  type Challenge,
  type Credentials,
  changePassword,
  completePasskeyRegistration,
  confirmForgotPassword,
  confirmNewDevice,
  confirmSignUp,
  type Device,
  deletePasskey,
  deleteUser,
  deleteUserAttributes,
  forgetDevice,
  forgotPassword,
  getClientToken,
  getDerivedToken,
  getDevice,
  getUser,
  getUserAuthFactors,
  globalSignOut,
  listDevices,
  listPasskeys,
  listUserSessions,
  refreshTokens,
  resendConfirmationCode,
  respond,
  revokeToken,
  revokeUserSession,
  type SignedIn,
  type SignInOptions,
  type Step,
  sendAttributeCode,
  setUserMfaPreference,
  signIn,
  signUp,
  startPasskeyRegistration,
  startSoftwareTokenSetup,
  type UserPoolClient,
  updateAuthEventFeedback,
  updateDeviceStatus,
  updateUserAttributes,
  verifySoftwareToken,
  verifyUserAttribute,
} from '../../src/index.ts';
import {
  CLIENT_SECRET,
  makeSigningKeys,
  PASSWORD,
  steadyRng,
  TIME,
  withSteadyTokens,
} from './steady-world.ts';

export interface RecordedReply {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

export interface RecordedCall {
  readonly name: string;
  readonly run: (options: SignInOptions) => Promise<unknown>;
  readonly replies: readonly RecordedReply[];
  /** The tokens and sessions that the call was given. No error may show them. */
  readonly given: readonly string[];
}

/** A challenge as a step has it, and a right form of its answer. */
export interface RecordedChallenge {
  readonly challenge: Challenge;
  readonly answer: object;
}

export interface Recording {
  readonly calls: readonly RecordedCall[];
  readonly challenges: readonly RecordedChallenge[];
  readonly signedIn: SignedIn;
  readonly device: Device;
}

export const CLIENT: UserPoolClient = {
  userPoolId: 'us-east-1_LocalPool',
  clientId: 'web',
  endpoint: 'http://127.0.0.1',
};
const SECRET_CLIENT: UserPoolClient = { ...CLIENT, clientId: 'confidential', clientSecret: CLIENT_SECRET };
const EMAIL = { email: 'alice@example.com', email_verified: 'true' };
const PHONE = { phone_number: '+4912345678', phone_number_verified: 'true' };
const TOTP = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const alice = { username: 'alice', password: PASSWORD, attributes: { ...EMAIL, ...PHONE } };
/** A pool that requires MFA would send a text message, but e-mail is set up: it recovers accounts too. */
const withEmailAlone = { ...alice, attributes: EMAIL };
const PASSWORD_FLOW: Credentials = { flow: 'USER_PASSWORD_AUTH', username: 'alice', password: PASSWORD };
const SRP_FLOW: Credentials = { username: 'alice', password: PASSWORD };

/** A client whose randomness begins anew with each call, so that a recorded reply to an SRP_A fits again. */
export const steadyOptions = (): SignInOptions => ({ rng: steadyRng('client'), now: () => TIME });

type MakePool = (options: UserPoolOptions) => UserPool;

const createMaker = (): MakePool => {
  const signingKeys = makeSigningKeys();
  return (options) => createUserPool({ ...POOL, signingKeys, rng: steadyRng('pool'), ...options });
};

const FLOWS = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
];
const POOL: UserPoolOptions = {
  clients: [
    { clientId: 'web', explicitAuthFlows: FLOWS },
    { clientId: 'confidential', clientSecret: CLIENT_SECRET, explicitAuthFlows: FLOWS },
  ],
  now: () => TIME,
  userSessionTracking: true,
};

const riddle: UserPoolOptions['triggers'] = {
  defineAuthChallenge: (event) => {
    event.response = { issueTokens: false, failAuthentication: false, challengeName: 'CUSTOM_CHALLENGE' };
    return event;
  },
  createAuthChallenge: (event) => {
    event.response = { publicChallengeParameters: { question: 'Why?' }, privateChallengeParameters: {} };
    return event;
  },
};

/** What asks each challenge, and a right form of its answer. */
const ASKED: readonly (readonly [options: UserPoolOptions, credentials: Credentials, answer: object])[] = [
  [{ users: [{ ...alice, mfa: { sms: '+4912345678' } }] }, SRP_FLOW, { code: '123456' }],
  [{ users: [{ ...alice, mfa: { email: true } }] }, PASSWORD_FLOW, { code: '123456' }],
  [{ users: [{ ...alice, mfa: { totp: TOTP } }] }, PASSWORD_FLOW, { code: '123456' }],
  [
    { users: [{ ...alice, mfa: { sms: '+4912345678', totp: TOTP } }] },
    PASSWORD_FLOW,
    { choice: 'SOFTWARE_TOKEN_MFA' },
  ],
  [{ users: [withEmailAlone], mfa: 'ON' }, PASSWORD_FLOW, { code: '123456', friendlyDeviceName: 'phone' }],
  [
    { users: [{ ...alice, status: 'FORCE_CHANGE_PASSWORD' }], requiredAttributes: ['given_name'] },
    PASSWORD_FLOW,
    { newPassword: PASSWORD, attributes: { given_name: 'Alice', email: 'other@example.com' } },
  ],
  [{ users: [alice], triggers: riddle }, { flow: 'CUSTOM_AUTH', username: 'alice' }, { answer: 'Because' }],
  [
    { users: [alice] },
    { flow: 'USER_AUTH', username: 'alice' },
    { choice: 'PASSWORD_SRP', password: PASSWORD },
  ],
  [
    { users: [alice] },
    { flow: 'USER_AUTH', username: 'alice', preferredChallenge: 'EMAIL_OTP' },
    { code: '12345678' },
  ],
];

/** Challenges that are made of another, because their own would need an authenticator or a signature. */
const MADE_OF_ANOTHER: readonly (readonly [name: string, parameters: object, answer: object])[] = [
  [
    'WEB_AUTHN',
    {
      CREDENTIAL_REQUEST_OPTIONS:
        '{"challenge":"AAAA","rpId":"localhost","allowCredentials":[{"type":"public-key","id":"AAAA"}]}',
    },
    {
      credential: { id: 'AAAA', type: 'public-key', response: { clientDataJSON: 'AAAA', signature: 'AAAA' } },
    },
  ],
  ['PASSWORD', {}, { password: PASSWORD }],
  ['PASSWORD_SRP', {}, { password: PASSWORD }],
  ['ADMIN_NO_SRP_AUTH', {}, { password: PASSWORD }],
  ['SOMETHING_NEW', { HINT: 'new' }, { responses: { ANSWER: 'yes' } }],
];

/** Signs in and calls each function once, and keeps what the pool replied. */
export async function recordCalls(): Promise<Recording> {
  const makePool = createMaker();
  const challenges = await recordChallenges(makePool);
  const account = await recordAccount(makePool);
  const answers = await Promise.all(
    challenges.map(async ({ challenge, answer, pool }) => {
      // The answer has the shape of the challenge's, which the table above holds and the compiler does not see
      const run = (options: SignInOptions) =>
        respond(CLIENT, challenge, answer as AnswerTo<Challenge>, { ...steadyOptions(), ...options });
      return record(`respond to ${challenge.name}`, pool, run, [challenge.session ?? PASSWORD]);
    }),
  );
  return { ...account, calls: [...account.calls, ...answers], challenges };
}

async function recordChallenges(makePool: MakePool) {
  const asked = [];
  for (const [options, credentials, answer] of ASKED) {
    const pool = makePool(options);
    const challenge = challengeOf(
      await signIn(CLIENT, credentials, { ...steadyOptions(), fetch: pool.fetch }),
    );
    asked.push({ challenge, answer, pool });
  }
  const [first] = asked;
  if (!first) throw new Error('No challenge was recorded');
  const made = MADE_OF_ANOTHER.map(([name, parameters, answer]) => {
    const common = { ...first.challenge, name: name === 'SOMETHING_NEW' ? 'UNKNOWN' : name, parameters };
    const shown = name === 'SOMETHING_NEW' ? { challengeName: name } : {};
    return { challenge: { ...common, ...shown } as Challenge, answer, pool: first.pool };
  });
  return [...asked, ...made];
}

function challengeOf(step: Step): Challenge {
  if (step.status === 'challenge') return step.challenge;
  throw new Error('The pool asked no challenge');
}

/** Runs a call against a pool and keeps its replies. A refusal is a reply, too. */
async function record(
  name: string,
  pool: UserPool,
  run: RecordedCall['run'],
  given: readonly string[],
): Promise<RecordedCall> {
  const replies: RecordedReply[] = [];
  const fetch = async (url: string, init: RequestInit) => {
    const reply = await pool.fetch(url, init);
    const body = withSteadyTokens(await reply.text());
    replies.push({ status: reply.status, headers: [...reply.headers], body });
    return new Response(body, { status: reply.status, headers: reply.headers });
  };
  await run({ ...steadyOptions(), fetch }).catch(() => {});
  if (replies.length === 0) throw new Error(`${name} has sent nothing`);
  return { name, run, replies, given };
}

async function first<Item>(list: AsyncIterable<Item>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const item of list) {
    items.push(item);
    // A list of a hostile server may have no end
    if (items.length >= 20) break;
  }
  return items;
}

async function recordAccount(makePool: MakePool): Promise<Omit<Recording, 'challenges'>> {
  const pool = makePool({ users: [alice], devices: { challengeRequiredOnNewDevice: true } });
  const options = () => ({ ...steadyOptions(), fetch: pool.fetch });
  const step = await signIn(CLIENT, PASSWORD_FLOW, options());
  const confirmed = step.status === 'signed-in' ? await confirmNewDevice(CLIENT, step, {}, options()) : step;
  if (confirmed.status !== 'signed-in' || !confirmed.device) throw new Error('The pool gave no device');
  const { device, tokens } = confirmed;
  const { accessToken, refreshToken = '' } = tokens;
  const token = { accessToken };
  const user = { username: 'bob' };
  const deviceKey = device.key;
  const calls: readonly (readonly [name: string, run: RecordedCall['run']])[] = [
    ['signIn by password', (o) => signIn(CLIENT, PASSWORD_FLOW, o)],
    ['signIn by SRP', (o) => signIn(CLIENT, SRP_FLOW, o)],
    ['signIn with a device', (o) => signIn(CLIENT, SRP_FLOW, { ...o, device })],
    ['signIn by choice', (o) => signIn(CLIENT, { flow: 'USER_AUTH', username: 'alice' }, o)],
    ['signIn by choice and SRP', (o) => signIn(CLIENT, CHOICE_BY_SRP, o)],
    ['signIn with a secret', (o) => signIn(SECRET_CLIENT, PASSWORD_FLOW, o)],
    [
      'signUp',
      (o) => signUp(CLIENT, { ...user, password: PASSWORD, attributes: { email: 'bob@example.com' } }, o),
    ],
    ['resendConfirmationCode', (o) => resendConfirmationCode(CLIENT, user, o)],
    ['confirmSignUp', (o) => confirmSignUp(CLIENT, { ...user, code: pool.outbox.at(-1)?.code ?? '1' }, o)],
    ['forgotPassword', (o) => forgotPassword(CLIENT, { username: 'alice' }, o)],
    [
      'confirmForgotPassword',
      (o) => confirmForgotPassword(CLIENT, { username: 'alice', code: '123456', newPassword: PASSWORD }, o),
    ],
    ['getUser', (o) => getUser(CLIENT, token, o)],
    [
      'updateUserAttributes',
      (o) => updateUserAttributes(CLIENT, { ...token, attributes: { email: 'a@example.org' } }, o),
    ],
    ['sendAttributeCode', (o) => sendAttributeCode(CLIENT, { ...token, attributeName: 'email' }, o)],
    [
      'verifyUserAttribute',
      (o) => verifyUserAttribute(CLIENT, { ...token, attributeName: 'email', code: '1' }, o),
    ],
    [
      'changePassword',
      (o) => changePassword(CLIENT, { ...token, newPassword: PASSWORD, previousPassword: PASSWORD }, o),
    ],
    ['getUserAuthFactors', (o) => getUserAuthFactors(CLIENT, token, o)],
    ['setUserMfaPreference', (o) => setUserMfaPreference(CLIENT, { ...token, sms: 'on' }, o)],
    ['associateSoftwareToken', (o) => associateSoftwareToken(CLIENT, { ...token, label: LABEL }, o)],
    ['verifySoftwareToken', (o) => verifySoftwareToken(CLIENT, { ...token, code: '123456' }, o)],
    ['startPasskeyRegistration', (o) => startPasskeyRegistration(CLIENT, token, o)],
    [
      'completePasskeyRegistration',
      (o) =>
        completePasskeyRegistration(
          CLIENT,
          { ...token, credential: { id: 'x', response: { clientDataJSON: 'AA' } } },
          o,
        ),
    ],
    ['listPasskeys', (o) => first(listPasskeys(CLIENT, token, o))],
    ['deletePasskey', (o) => deletePasskey(CLIENT, { ...token, passkeyId: 'x' }, o)],
    ['confirmNewDevice', (o) => confirmNewDevice(CLIENT, { ...confirmed, newDevice: device }, {}, o)],
    [
      'updateDeviceStatus',
      (o) => updateDeviceStatus(CLIENT, { ...token, deviceKey, status: 'remembered' }, o),
    ],
    ['getDevice', (o) => getDevice(CLIENT, { ...token, deviceKey }, o)],
    ['listDevices', (o) => first(listDevices(CLIENT, token, o))],
    ['listUserSessions', (o) => first(listUserSessions(CLIENT, token, o))],
    [
      'revokeUserSession',
      (o) => revokeUserSession(CLIENT, { ...token, sessionId: `tkn${'a'.repeat(25)}` }, o),
    ],
    ['updateAuthEventFeedback', (o) => updateAuthEventFeedback(CLIENT, FEEDBACK, o)],
    ['refreshTokens', (o) => refreshTokens(CLIENT, { refreshToken, deviceKey }, o)],
    [
      'refreshTokens by a flow',
      (o) => refreshTokens(CLIENT, { ...REFRESH_BY_FLOW, refreshToken, deviceKey }, o),
    ],
    ['getClientToken', (o) => getClientToken(SECRET_CLIENT, { scopes: ['orders/read'] }, o)],
    [
      'getDerivedToken',
      (o) =>
        getDerivedToken(SECRET_CLIENT, { subjectToken: accessToken, subjectTokenType: 'ACCESS_TOKEN' }, o),
    ],
    [
      'deleteUserAttributes',
      (o) => deleteUserAttributes(CLIENT, { ...token, attributeNames: ['nickname'] }, o),
    ],
    ['forgetDevice', (o) => forgetDevice(CLIENT, { ...token, deviceKey: 'us-east-1_0' }, o)],
    ['revokeToken', (o) => revokeToken(CLIENT, { refreshToken: 'an-unknown-refresh-token' }, o)],
    ['globalSignOut', (o) => globalSignOut(CLIENT, token, o)],
    ['deleteUser', (o) => deleteUser(CLIENT, token, o)],
  ];
  const recorded: RecordedCall[] = [];
  for (const [name, run] of calls) {
    const steady = (given: SignInOptions) => run({ ...steadyOptions(), ...given });
    recorded.push(await record(name, pool, steady, [accessToken, refreshToken]));
  }
  const ofSetup = makePool({ users: [withEmailAlone], mfa: 'ON' });
  const setup = challengeOf(
    await signIn(CLIENT, PASSWORD_FLOW, { ...steadyOptions(), fetch: ofSetup.fetch }),
  );
  if (setup.name !== 'MFA_SETUP') throw new Error('The pool asked another challenge');
  const start = (o: SignInOptions) => startSoftwareTokenSetup(CLIENT, setup, LABEL, o);
  recorded.push(await record('startSoftwareTokenSetup', ofSetup, start, [setup.session ?? PASSWORD]));
  return { calls: recorded, signedIn: confirmed, device };
}

const LABEL = { issuer: 'Fuzz', account: 'alice' };
const CHOICE_BY_SRP: Credentials = {
  flow: 'USER_AUTH',
  username: 'alice',
  preferredChallenge: 'PASSWORD_SRP',
  password: PASSWORD,
};
const REFRESH_BY_FLOW = { method: 'REFRESH_TOKEN_AUTH', username: 'alice' } as const;
const FEEDBACK = { username: 'alice', eventId: 'e', feedbackToken: 'f', feedback: 'Valid' } as const;
