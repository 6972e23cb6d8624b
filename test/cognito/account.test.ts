/** Sign-up, recovery, profile and factors work as a login page needs them. */
import { Secret, TOTP } from 'otpauth';
import { createUserPool, type UserPoolOptions } from '../../pool/src/index.ts';
import {
  associateSoftwareToken,
  type Challenge,
  changePassword,
  completePasskeyRegistration,
  confirmForgotPassword,
  confirmSignUp,
  decodeClaims,
  forgotPassword,
  getUser,
  passkeyCreation,
  passkeyRequest,
  resendConfirmationCode,
  respond,
  sendAttributeCode,
  setUserMfaPreference,
  signIn,
  signUp,
  startPasskeyRegistration,
  updateUserAttributes,
  verifySoftwareToken,
  verifyUserAttribute,
} from '../../src/index.ts';
import { createAuthenticator } from '../support/authenticator.ts';
import { challengeOf, whereIs } from './challenge-cases.ts';

const PASSWORD = 'Correct-Horse-9';
const alice = { username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } };

function world(more: UserPoolOptions = {}) {
  const pool = createUserPool({
    users: [alice],
    clients: [
      {
        clientId: 'web',
        clientSecret: 'shh',
        explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_AUTH'],
      },
    ],
    ...more,
  });
  const client = {
    userPoolId: pool.userPoolId,
    clientId: 'web',
    clientSecret: 'shh',
    endpoint: 'http://127.0.0.1',
  };
  return { pool, client, options: { fetch: pool.fetch }, code: () => pool.outbox.at(-1)?.code ?? '' };
}

async function signedIn(more?: UserPoolOptions) {
  const all = world(more);
  const credentials = { flow: 'USER_PASSWORD_AUTH', username: 'alice', password: PASSWORD } as const;
  const step = await signIn(all.client, credentials, all.options);
  if (step.status !== 'signed-in') throw new Error(whereIs(step));
  return { ...all, accessToken: step.tokens.accessToken };
}

test('after sign-up and confirmation, the session signs the user in', async () => {
  const { client, options, code } = world();
  const username = 'bob';
  const attributes = { email: 'bob@example.com' };
  const result = await signUp(client, { username, password: PASSWORD, attributes }, options);
  expect(result).toMatchObject({ confirmed: false, delivery: { medium: 'EMAIL' } });
  await expect(signIn(client, { username, password: PASSWORD }, options)).rejects.toMatchObject({
    code: 'USER_NOT_CONFIRMED',
    recovery: 'confirm-sign-up',
  });
  await expect(confirmSignUp(client, { username, code: '000000' }, options)).rejects.toMatchObject({
    code: 'CODE_MISMATCH',
    recovery: 'answer-again',
  });
  expect(await resendConfirmationCode(client, { username }, options)).toMatchObject({
    delivery: { medium: 'EMAIL' },
  });
  await confirmSignUp(client, { username, code: ` ${code()} ` }, options);
  expect(whereIs(await signIn(client, { username, password: PASSWORD }, options))).toBe('signed-in');
});

test('the session of sign-up leads through confirmSignUp to tokens, once', async () => {
  const { client, options, code } = world();
  const username = 'bob';
  const input = { username, password: PASSWORD, attributes: { email: 'bob@example.com' } };
  const { session: first } = await signUp(client, input, options);
  if (first === undefined) throw new Error('The pool gives a session');
  const { session } = await confirmSignUp(client, { username, code: code(), session: first }, options);
  if (session === undefined) throw new Error('The pool gives a session');
  const credentials = { flow: 'USER_AUTH', username, session } as const;
  expect(await signIn(client, credentials, options)).toMatchObject({ status: 'signed-in', username });
  await expect(signIn(client, credentials, options)).rejects.toMatchObject({ code: 'SESSION_USED' });
});

test('signing up with a name that is taken, or with a weak password, is refused', async () => {
  const { client, options } = world({ passwordPolicy: { minimumLength: 8, requireNumbers: true } });
  await expect(signUp(client, alice, options)).rejects.toMatchObject({ code: 'USERNAME_EXISTS' });
  await expect(
    signUp(client, { username: 'bob', password: 'no-number-here' }, options),
  ).rejects.toMatchObject({ code: 'PASSWORD_POLICY', message: expect.stringContaining('numeric') });
});

test('a forgotten password is replaced by means of a code', async () => {
  const { client, options, code } = world();
  expect(await forgotPassword(client, { username: 'alice' }, options)).toEqual({
    delivery: { medium: 'EMAIL', destination: expect.stringContaining('***') },
  });
  const newPassword = 'Another-Horse-10';
  await confirmForgotPassword(client, { username: 'alice', code: code(), newPassword }, options);
  const step = await signIn(client, { username: 'alice', password: newPassword }, options);
  expect(whereIs(step)).toBe('signed-in');
});

test('an empty user name is refused before anything is sent', async () => {
  const { client } = world();
  const fetch = () => {
    throw new Error('sent');
  };
  await expect(forgotPassword(client, { username: '' }, { fetch })).rejects.toMatchObject({
    code: 'USERNAME_INVALID',
  });
});

test('the profile is read and changed, and a new address verified', async () => {
  const { client, options, accessToken, code } = await signedIn();
  expect(await getUser(client, { accessToken }, options)).toMatchObject({
    username: 'alice',
    attributes: { email: 'alice@example.com', sub: expect.any(String) },
    mfa: [],
  });
  const attributes = { email: 'alice@example.org', given_name: 'Alice' };
  expect(await updateUserAttributes(client, { accessToken, attributes }, options)).toMatchObject({
    deliveries: [{ attributeName: 'email', medium: 'EMAIL' }],
  });
  expect(await sendAttributeCode(client, { accessToken, attributeName: 'email' }, options)).toMatchObject({
    delivery: { medium: 'EMAIL' },
  });
  await verifyUserAttribute(client, { accessToken, attributeName: 'email', code: code() }, options);
  expect((await getUser(client, { accessToken }, options)).attributes).toMatchObject({
    ...attributes,
    email_verified: 'true',
  });
});

test('the password is changed', async () => {
  const { client, options, accessToken } = await signedIn();
  const newPassword = 'Another-Horse-10';
  await changePassword(client, { accessToken, previousPassword: PASSWORD, newPassword }, options);
  const step = await signIn(client, { username: 'alice', password: newPassword }, options);
  expect(whereIs(step)).toBe('signed-in');
});

test('a refused access token is ACCESS_TOKEN_REFUSED', async () => {
  const { client, options } = await signedIn();
  await expect(getUser(client, { accessToken: 'a.b.c' }, options)).rejects.toMatchObject({
    code: 'ACCESS_TOKEN_REFUSED',
    recovery: 'start-again',
  });
});

test('an authenticator app is set up by a signed-in user, and asked for from then on', async () => {
  // One moment for all: a step of 30 seconds must not end within the test
  const timestamp = Date.now();
  const { client, options, accessToken } = await signedIn({ now: () => timestamp });
  const label = { issuer: 'Example', account: 'alice' };
  const { secretCode, otpauthUri } = await associateSoftwareToken(client, { accessToken, label }, options);
  expect(otpauthUri).toContain(secretCode);
  const totp = new TOTP({ secret: Secret.fromBase32(secretCode) });
  const wrong = String((Number(totp.generate({ timestamp })) + 1) % 1e6).padStart(6, '0');
  await expect(verifySoftwareToken(client, { accessToken, code: wrong }, options)).rejects.toMatchObject({
    code: 'CODE_MISMATCH',
    recovery: 'answer-again',
  });
  await verifySoftwareToken(client, { accessToken, code: totp.generate({ timestamp }) }, options);
  await setUserMfaPreference(client, { accessToken, softwareToken: 'preferred' }, options);
  expect(await getUser(client, { accessToken }, options)).toMatchObject({
    mfa: ['SOFTWARE_TOKEN_MFA'],
    preferredMfa: 'SOFTWARE_TOKEN_MFA',
  });
  const challenge = challengeOf(await signIn(client, alice, options), 'SOFTWARE_TOKEN_MFA');
  const code = totp.generate({ timestamp });
  // VerifySoftwareToken has used this step's code
  await expect(respond(client, challenge, { code }, options)).rejects.toMatchObject({
    code: 'CODE_USED',
    recovery: 'answer-again',
  });
  const next = totp.generate({ timestamp: timestamp + 30_000 });
  expect(whereIs(await respond(client, challenge, { code: next }, options))).toBe('signed-in');
});

test('VerifySoftwareToken with a Status other than SUCCESS is an error', async () => {
  const { client } = world();
  const transport = async () => ({ Status: 'ERROR' });
  await expect(
    verifySoftwareToken(client, { accessToken: 'a', code: '123456' }, { transport }),
  ).rejects.toMatchObject({ code: 'CODE_MISMATCH' });
});

test('a factor that is not set up cannot be turned on', async () => {
  const { client, options, accessToken } = await signedIn();
  await expect(
    setUserMfaPreference(client, { accessToken, softwareToken: 'on' }, options),
  ).rejects.toMatchObject({ code: 'MFA_NOT_SET_UP' });
});

test('a passkey is registered and signs in, as ArrayBuffers and as JSON', async () => {
  const { client, options, accessToken } = await signedIn();
  const authenticator = createAuthenticator();
  const creation = await startPasskeyRegistration(client, { accessToken }, options);
  const { publicKey } = passkeyCreation(creation);
  expect([publicKey.challenge, publicKey.user.id]).toEqual([
    expect.any(ArrayBuffer),
    expect.any(ArrayBuffer),
  ]);
  const credential = authenticator.create(creation as never);
  await completePasskeyRegistration(client, { accessToken, credential }, options);

  const preferred = { flow: 'USER_AUTH', username: 'alice', preferredChallenge: 'WEB_AUTHN' } as const;
  const challenge = challengeOf(await signIn(client, preferred, options), 'WEB_AUTHN');
  const request = passkeyRequest(challenge.requestOptions);
  expect(Buffer.from(request.publicKey.challenge).toString('base64url')).toBe(
    challenge.requestOptions['challenge'],
  );
  expect(request.publicKey.allowCredentials?.[0]?.id).toBeInstanceOf(ArrayBuffer);
  const asserted = asBuffers(authenticator.get(challenge.requestOptions as never));
  expect(whereIs(await respond(client, challenge, { credential: asserted }, options))).toBe('signed-in');
});

/** An assertion as a browser without `toJSON` gives it. */
function asBuffers({ id, response, type }: Readonly<Record<string, unknown>>): object {
  const buffer = (text: unknown) => new Uint8Array(Buffer.from(String(text), 'base64url')).buffer;
  const binary = Object.entries(response as object).map(([name, value]) => [name, value && buffer(value)]);
  return {
    id,
    type,
    rawId: buffer(id),
    response: Object.fromEntries(binary),
    getClientExtensionResults: () => ({}),
  };
}

const POOL = { userPoolId: 'us-east-1_LocalPool', clientId: 'web', endpoint: 'http://127.0.0.1' };

const PASSKEY: Challenge = {
  version: 1,
  name: 'WEB_AUTHN',
  username: 'alice',
  userPoolId: 'us-east-1_LocalPool',
  clientId: 'web',
  expiresAt: 1,
  parameters: { CREDENTIAL_REQUEST_OPTIONS: '{"challenge":"AAAA"}' },
  requestOptions: { challenge: 'AAAA' },
};

/** A Uint8Array made of these numbers would have 4 GB. */
test.each([4e9, { length: 4e9 }, 1e21, true])(
  'the bytes of a passkey that are %j are refused',
  async (bytes) => {
    for (const credential of [
      { id: 'x', response: { clientDataJSON: bytes } },
      { id: 'x', rawId: bytes, response: { clientDataJSON: new ArrayBuffer(1) } },
    ]) {
      await expect(respond(POOL, PASSKEY, { credential })).rejects.toMatchObject({ code: 'ANSWER_INVALID' });
    }
  },
);

test('a passkey whose bytes are a view has the bytes of the view alone', async () => {
  const bytes = new Uint8Array([0, 1, 2, 3]).subarray(1, 3);
  const sent: unknown[] = [];
  const transport = async (_operation: string, input: object) => {
    sent.push(input);
    return { AuthenticationResult: { AccessToken: 'a' } };
  };
  await respond(
    POOL,
    PASSKEY,
    { credential: { id: 'x', response: { clientDataJSON: bytes } } },
    { transport },
  );
  expect(JSON.stringify(sent)).toContain(Buffer.from([1, 2]).toString('base64url'));
});

test('a passkey that JSON cannot have is refused', async () => {
  const credential = { id: 'x', response: { clientDataJSON: 'AAAA' }, itself: {} };
  credential.itself = credential;
  await expect(respond(POOL, PASSKEY, { credential })).rejects.toMatchObject({
    code: 'ANSWER_INVALID',
    field: 'answer.credential',
  });
});

test('decodeClaims reads claims, and gives undefined for what is not a JWT', async () => {
  const { accessToken } = await signedIn();
  expect(decodeClaims(accessToken)).toMatchObject({ token_use: 'access', username: 'alice' });
  const jose = `x.${Buffer.from(JSON.stringify({ name: 'José 用户' })).toString('base64url')}.y`;
  expect(decodeClaims(jose)).toEqual({ name: 'José 用户' });
  for (const text of ['', 'a', 'a.b', 'a.%.c', `x.${Buffer.from('[1]').toString('base64url')}.y`]) {
    expect(decodeClaims(text)).toBeUndefined();
  }
});
