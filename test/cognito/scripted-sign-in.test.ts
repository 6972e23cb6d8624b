/** Sign-ins whose replies are written down: which requests are sent, and what is said at the end. */
import { type Credentials, respond, signIn, type Transport } from '../../src/index.ts';
import { client, recorder, refusal } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';

const credentials = { flow: 'USER_PASSWORD_AUTH', username: 'alice', password: 'Correct-Horse-9' } as const;
const device = { key: 'eu-west-1_0a0a', groupKey: '-group', password: 'AAAA' };
const SIGNED_IN = { AuthenticationResult: { AccessToken: 'access', ExpiresIn: 60 } };
const ASKED_FOR_DEVICE = { ChallengeName: 'DEVICE_SRP_AUTH', Session: 'session-of-the-device' };

type Reply = object | (() => Response);
const unknownDevice = () => refusal('ResourceNotFoundException', 'Device does not exist.');
const wrongPassword = () => refusal('NotAuthorizedException', 'Incorrect username or password.');

/** Replies to one request after the other. `requests` are operation, challenge and DEVICE_KEY. */
function script(...replies: readonly Reply[]) {
  const { fetch, sent } = recorder((_, __, index) => {
    const reply = replies[index];
    if (reply === undefined) throw new Error('No reply is written down');
    return typeof reply === 'function' ? reply() : Response.json(reply);
  });
  const requests = () =>
    sent.map(({ operation, input }) => {
      const given = input.AuthParameters ?? input.ChallengeResponses ?? {};
      return [operation, input.ChallengeName, given['DEVICE_KEY']].filter(Boolean).join(' ');
    });
  return { fetch, requests, sent };
}

describe('a device that the service does not know', () => {
  test('at the first request: it is sent again without the device', async () => {
    const { requests, fetch } = script(unknownDevice, SIGNED_IN);
    const step = await signIn(client, credentials, { fetch, device });
    expect(step).toMatchObject({ status: 'signed-in', deviceProblem: { code: 'DEVICE_GONE' } });
    expect(requests()).toEqual([`InitiateAuth ${device.key}`, 'InitiateAuth']);
  });

  test('at its proof: the sign-in begins again without the device', async () => {
    const { requests, fetch } = script(ASKED_FOR_DEVICE, unknownDevice, SIGNED_IN);
    const step = await signIn(client, credentials, { fetch, device });
    expect(step).toMatchObject({ status: 'signed-in', deviceProblem: { code: 'DEVICE_GONE' } });
    expect(requests()).toEqual([
      `InitiateAuth ${device.key}`,
      `RespondToAuthChallenge DEVICE_SRP_AUTH ${device.key}`,
      'InitiateAuth',
    ]);
  });

  test('at its proof, after an answer: the refusal is the error, because the challenge is spent', async () => {
    const asked = { ChallengeName: 'SMS_MFA', Session: 'session-of-the-code' };
    const { requests, fetch } = script(asked, ASKED_FOR_DEVICE, unknownDevice);
    const step = await signIn(client, credentials, { fetch });
    if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error('No SMS_MFA');
    const { challenge } = step;
    const error = await errorOf(() => respond(client, challenge, { code: '123456' }, { fetch, device }));
    expect(error).toMatchObject({ code: 'DEVICE_NOT_FOUND', recovery: 'start-again' });
    expect(requests()).toEqual([
      'InitiateAuth',
      `RespondToAuthChallenge SMS_MFA ${device.key}`,
      `RespondToAuthChallenge DEVICE_SRP_AUTH ${device.key}`,
    ]);
  });

  test('where none was given, the refusal is the error', async () => {
    const { requests, fetch } = script(unknownDevice, SIGNED_IN);
    const error = await errorOf(() => signIn(client, credentials, { fetch }));
    expect(error).toMatchObject({ code: 'DEVICE_NOT_FOUND' });
    expect(requests()).toEqual(['InitiateAuth']);
  });

  test('twice: the second refusal is the error', async () => {
    const { requests, fetch } = script(ASKED_FOR_DEVICE, unknownDevice, ASKED_FOR_DEVICE);
    const error = await errorOf(() => signIn(client, credentials, { fetch, device }));
    expect(error).toMatchObject({ code: 'CHALLENGE_UNEXPECTED', field: 'ChallengeName' });
    expect(requests()).toHaveLength(3);
  });
});

test.each([
  ['a wrong password', wrongPassword, 'INCORRECT_USERNAME_OR_PASSWORD'],
  ['a lost reply', () => Promise.reject(new TypeError('fetch failed')) as never, 'NETWORK_FAILED'],
])('%s has nothing to do with the device: nothing is sent again without it', async (_, reply, code) => {
  const { requests, fetch } = script(reply, SIGNED_IN);
  const error = await errorOf(() => signIn(client, credentials, { fetch, device }));
  expect(error).toMatchObject({ code });
  expect(requests()).toEqual([`InitiateAuth ${device.key}`]);
});

test.each([
  { flow: 'USER_AUTH', username: 'alice' },
  { ...credentials, session: 'a session, which this flow does not take' },
] as const)('%j begins again without a device that is unknown at its proof', async (given) => {
  const { requests, fetch } = script(ASKED_FOR_DEVICE, unknownDevice, SIGNED_IN);
  const step = await signIn(client, given, { fetch, device });
  expect(step).toMatchObject({ status: 'signed-in', deviceProblem: { code: 'DEVICE_GONE' } });
  expect(requests()).toHaveLength(3);
});

test("a Session of sign-up is used once: a device that is unknown at its proof is the sign-in's error", async () => {
  const { requests, fetch } = script(ASKED_FOR_DEVICE, unknownDevice, SIGNED_IN);
  const withSession = { flow: 'USER_AUTH', username: 'alice', session: 'session-of-the-sign-up' } as const;
  const error = await errorOf(() => signIn(client, withSession, { fetch, device }));
  expect(error).toMatchObject({ code: 'DEVICE_NOT_FOUND' });
  expect(requests()).toHaveLength(2);
});

describe('a refusal after the session of the answered challenge is spent', () => {
  const kept = (challengeName: string) => ({ ChallengeName: challengeName, Session: 'session-of-the-code' });
  const wrongCode = () => refusal('CodeMismatchException', 'Invalid code received for user');

  test('by the answer itself: it can be given again', async () => {
    const { fetch } = script(kept('SMS_MFA'), wrongCode);
    const step = await signIn(client, credentials, { fetch });
    if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error('No SMS_MFA');
    const { challenge } = step;
    const error = await errorOf(() => respond(client, challenge, { code: '123456' }, { fetch }));
    expect(error).toMatchObject({ code: 'CODE_MISMATCH', recovery: 'answer-again' });
  });

  test.each(['new-session', undefined])('by VerifySoftwareToken, with Session %s', async (Session) => {
    const verified = { Status: 'SUCCESS', Session };
    const { fetch, requests } = script(kept('MFA_SETUP'), verified, wrongCode);
    const step = await signIn(client, credentials, { fetch });
    if (step.status !== 'challenge' || step.challenge.name !== 'MFA_SETUP') throw new Error('No MFA_SETUP');
    const { challenge } = step;
    const error = await errorOf(() => respond(client, challenge, { code: '123456' }, { fetch }));
    const recovery = Session === undefined ? 'answer-again' : 'start-again';
    expect(error).toMatchObject({ code: 'CODE_MISMATCH', recovery });
    expect(requests().slice(1)).toEqual(['VerifySoftwareToken', 'RespondToAuthChallenge MFA_SETUP']);
  });

  test('by the reply before: the sign-in begins again', async () => {
    const { fetch } = script(kept('SMS_MFA'), ASKED_FOR_DEVICE, wrongCode);
    const step = await signIn(client, credentials, { fetch });
    if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error('No SMS_MFA');
    const { challenge } = step;
    const error = await errorOf(() => respond(client, challenge, { code: '123456' }, { fetch, device }));
    expect(error).toMatchObject({ code: 'CODE_MISMATCH', recovery: 'start-again' });
  });

  test('in signIn, where no challenge was answered', async () => {
    const { fetch } = script(ASKED_FOR_DEVICE, wrongCode);
    const error = await errorOf(() => signIn(client, credentials, { fetch, device }));
    expect(error).toMatchObject({ code: 'CODE_MISMATCH', recovery: 'answer-again' });
  });
});

test('a challenge that is asked a second time ends the sign-in, and the message says so', async () => {
  const ChallengeParameters = { SRP_B: 'a1', SALT: 'ab', SECRET_BLOCK: 'AAAA', USER_ID_FOR_SRP: 'alice' };
  const proof = { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters };
  const { fetch, requests } = script(proof, proof);
  const srp = { username: 'alice', password: credentials.password };
  const error = await errorOf(() => signIn(client, srp, { fetch }));
  expect(error).toMatchObject({
    code: 'CHALLENGE_UNEXPECTED',
    message: 'RespondToAuthChallenge: The service asks for PASSWORD_VERIFIER a second time',
  });
  expect(requests()).toHaveLength(2);
});

test.each([
  [() => signIn(client, undefined as never), 'USERNAME_INVALID', 'credentials'],
  [() => signIn(client, credentials, { admin: true }), 'OPTION_INVALID', 'transport'],
] as const)('%#: what cannot be right is named, with its code', async (call, code, field) => {
  expect(await errorOf(call)).toMatchObject({ code, field });
});

describe('the admin operations', () => {
  const asked = { ChallengeName: 'SMS_MFA', Session: 'session-of-the-code' };
  const contextData = { IpAddress: '192.0.2.1', ServerName: 's', ServerPath: '/', HttpHeaders: [] };
  const userContextData = { IpAddress: '192.0.2.9' };

  test.each([
    [true, {}],
    [{}, {}],
    [{ contextData }, { ContextData: contextData }],
  ] as const)(
    'with %j: the id of the pool, and the context that the server gives',
    async (admin, members) => {
      const sent: (readonly [string, object])[] = [];
      const transport: Transport = async (operation, input) => {
        sent.push([operation, JSON.parse(JSON.stringify(input)) as object]);
        return sent.length === 1 ? asked : SIGNED_IN;
      };
      const options = { admin, transport, userContextData };
      const step = await signIn(client, { ...credentials, flow: 'ADMIN_USER_PASSWORD_AUTH' }, options);
      if (step.status !== 'challenge' || step.challenge.name !== 'SMS_MFA') throw new Error('No SMS_MFA');
      await respond(client, step.challenge, { code: '123456' }, options);
      const common = { ClientId: client.clientId, UserPoolId: client.userPoolId, ...members };
      const { username: USERNAME, password: PASSWORD } = credentials;
      expect(sent).toEqual([
        [
          'AdminInitiateAuth',
          { ...common, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } },
        ],
        [
          'AdminRespondToAuthChallenge',
          { ...common, ...asked, ChallengeResponses: { USERNAME, SMS_MFA_CODE: '123456' } },
        ],
      ]);
    },
  );
});

describe('InitiateAuth', () => {
  const initiated = async (given: object) => {
    const { fetch, sent } = script(SIGNED_IN);
    await signIn(client, { username: 'alice', ...given } as Credentials, { fetch });
    return sent[0]?.input;
  };
  const common = { ClientId: client.clientId };
  const SRP_A = expect.stringMatching(/^[0-9a-f]{700,}$/);
  const { password } = credentials;

  test.each<[object, string, object]>([
    [{ password }, 'USER_SRP_AUTH', { SRP_A }],
    [{ flow: 'USER_PASSWORD_AUTH', password }, 'USER_PASSWORD_AUTH', { PASSWORD: password }],
    [{ flow: 'CUSTOM_AUTH' }, 'CUSTOM_AUTH', {}],
    [{ flow: 'CUSTOM_AUTH', password }, 'CUSTOM_AUTH', { CHALLENGE_NAME: 'SRP_A', SRP_A }],
    [{ flow: 'USER_AUTH' }, 'USER_AUTH', {}],
    [
      { flow: 'USER_AUTH', preferredChallenge: 'EMAIL_OTP', password },
      'USER_AUTH',
      { PREFERRED_CHALLENGE: 'EMAIL_OTP' },
    ],
    [
      { flow: 'USER_AUTH', preferredChallenge: 'PASSWORD', password },
      'USER_AUTH',
      { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: password },
    ],
    [
      { flow: 'USER_AUTH', preferredChallenge: 'PASSWORD_SRP', password },
      'USER_AUTH',
      { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A },
    ],
    [
      { flow: 'USER_AUTH', preferredChallenge: 'PASSWORD_SRP' },
      'USER_AUTH',
      { PREFERRED_CHALLENGE: 'PASSWORD_SRP' },
    ],
    [
      { flow: 'USER_AUTH', targetAcrValues: ['urn:a', 'urn:b'], maxAgeSeconds: 0, accessToken: 'a.b.c' },
      'USER_AUTH',
      { TARGET_ACR_VALUES: 'urn:a urn:b', MAX_AGE: '0', ACCESS_TOKEN: 'a.b.c' },
    ],
  ])('of %j', async (given, AuthFlow, parameters) => {
    expect(await initiated(given)).toEqual({
      ...common,
      AuthFlow,
      AuthParameters: { USERNAME: 'alice', ...parameters },
    });
  });

  test('has a session of the sign-up in USER_AUTH alone', async () => {
    const session = 'session-of-the-sign-up';
    expect(await initiated({ flow: 'USER_AUTH', session })).toMatchObject({ Session: session });
    expect(await initiated({ password, session })).not.toHaveProperty('Session');
  });

  test.each([
    ['with SRP_A alone is sent again', {}, 2],
    ['with a session, which it may have spent, is not', { session: 'session-of-the-sign-up' }, 1],
  ])('%s after a lost reply', async (_, given, times) => {
    const lost = () => Promise.reject(new TypeError('fetch failed')) as never;
    const { fetch, requests } = script(lost, lost);
    const withSrp = { flow: 'USER_AUTH', preferredChallenge: 'PASSWORD_SRP' } as const;
    const again = { fetch, maxAttempts: 2, retryDelayMs: 0 };
    await errorOf(() => signIn(client, { ...withSrp, username: 'alice', password, ...given }, again));
    expect(requests()).toHaveLength(times);
  });
});

describe('the user', () => {
  const token = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
  const nameOf = async (...replies: readonly object[]) => {
    const step = await signIn(client, credentials, script(...replies));
    return step.status === 'signed-in' ? step.username : step.challenge.username;
  };
  const asked = (ChallengeParameters: object) => ({ ChallengeName: 'SMS_MFA', ChallengeParameters });

  test('is named by the access token, then by the parameters of a challenge, then as was typed', async () => {
    expect(await nameOf({ AuthenticationResult: { AccessToken: token({ username: 'canonical' }) } })).toBe(
      'canonical',
    );
    expect(await nameOf({ AuthenticationResult: { AccessToken: token({ username: '' }) } })).toBe('alice');
    expect(await nameOf(asked({ USER_ID_FOR_SRP: 'canonical', USERNAME: 'other' }))).toBe('canonical');
    expect(await nameOf(asked({ USERNAME: 'canonical' }))).toBe('canonical');
    expect(await nameOf(asked({}))).toBe('alice');
  });

  test('has a new device only if both of its keys come', async () => {
    const stepWith = (NewDeviceMetadata: object) =>
      signIn(client, credentials, script({ AuthenticationResult: { AccessToken: 'a', NewDeviceMetadata } }));
    expect(await stepWith({ DeviceKey: 'k', DeviceGroupKey: 'g' })).toMatchObject({
      newDevice: { key: 'k', groupKey: 'g' },
    });
    for (const half of [{ DeviceKey: 'k' }, { DeviceGroupKey: 'g' }, {}]) {
      expect(await stepWith(half)).not.toHaveProperty('newDevice');
    }
  });
});

test('of the parameters of a challenge, those that are not texts are left out', async () => {
  const ChallengeParameters = { question: 'Which pet?', attempts: 3, hints: ['cat'], none: null };
  const step = await signIn(
    client,
    credentials,
    script({ ChallengeName: 'CUSTOM_CHALLENGE', ChallengeParameters }),
  );
  expect(step).toMatchObject({ challenge: { parameters: { question: 'Which pet?' } } });
  expect(step.status === 'challenge' && Object.keys(step.challenge.parameters)).toEqual(['question']);
});

test.each(['7d', 'd7', ' 7', '-7', true])('ExpiresIn %j is not a number of seconds', async (ExpiresIn) => {
  const reply = { AuthenticationResult: { AccessToken: 'a', ExpiresIn } };
  const error = await errorOf(() => signIn(client, credentials, script(reply)));
  expect(error).toMatchObject({ code: 'REPLY_MALFORMED', field: 'ExpiresIn' });
});
