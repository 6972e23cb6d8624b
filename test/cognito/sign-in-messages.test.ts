/** What a sign-in says of a caller's mistake, and of a reply that no correct service sends: which field, and what it has to be. */
import {
  associateSoftwareToken,
  type Challenge,
  type Credentials,
  parseChallenge,
  respond,
  type SignInOptions,
  signIn,
  startSoftwareTokenSetup,
} from '../../src/index.ts';
import { alice, client, recorder } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';

const replyOf = (body: object) => recorder(() => Response.json(body));
const FIRST_FACTORS = 'PASSWORD_SRP, PASSWORD, EMAIL_OTP, SMS_OTP, WEB_AUTHN';
const LEFT_TO_ADMINISTRATOR =
  'left to an administrator: the pool offers text messages alone, so an administrator has to add a phone number to the user, who then signs in again';

describe('signIn', () => {
  test.each<[object | undefined, string]>([
    [undefined, '"credentials" must be an object with "username"'],
    [{ username: '' }, '"username" must be a string of 1 to 128 characters'],
    [{ username: 7 }, '"username" must be a string of 1 to 128 characters'],
    [{ username: 'x'.repeat(129) }, '"username" must be a string of 1 to 128 characters'],
    [
      { flow: 'REFRESH_TOKEN' },
      '"flow" must be one of USER_SRP_AUTH, USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH, CUSTOM_AUTH, USER_AUTH',
    ],
    [{ flow: 'ADMIN_USER_PASSWORD_AUTH' }, '"admin" must be given for ADMIN_USER_PASSWORD_AUTH'],
    [{ password: '' }, '"password" must be a string that is not empty'],
    [{ flow: 'USER_SRP_AUTH', password: undefined }, '"password" must be a string that is not empty'],
    [{ flow: 'USER_PASSWORD_AUTH', password: 7 }, '"password" must be a string that is not empty'],
    [{ flow: 'CUSTOM_AUTH', password: '' }, '"password" must be a string that is not empty'],
    [
      { flow: 'USER_AUTH', preferredChallenge: 'PIN' },
      `"preferredChallenge" must be one of ${FIRST_FACTORS}`,
    ],
    [
      { flow: 'USER_AUTH', preferredChallenge: 'PASSWORD', password: '' },
      '"password" must be a string that is not empty',
    ],
    ...[[], [''], ['a', 'a b'], ['a b'], ['a"b'], ['a\\b'], ['x'.repeat(65)], 'a', [7]].map(
      (targetAcrValues): [object, string] => [
        { flow: 'USER_AUTH', targetAcrValues },
        '"targetAcrValues" must be a list of one or more levels, such as ["urn:cognito:loa:4"]',
      ],
    ),
    ...[-1, 0.5, Number.NaN, '60'].map((maxAgeSeconds): [object, string] => [
      { flow: 'USER_AUTH', maxAgeSeconds },
      '"maxAgeSeconds" must be a whole number, 0 or more',
    ]),
    [{ flow: 'USER_AUTH', accessToken: '' }, '"accessToken" must be a string that is not empty'],
    [{ flow: 'USER_AUTH', accessToken: 'a.b.c' }, '"targetAcrValues" must be given with "accessToken"'],
  ])('%j: %s', async (given, message) => {
    const { fetch, sent } = replyOf({});
    const credentials = given && { ...alice, ...given };
    expect((await errorOf(() => signIn(client, credentials as Credentials, { fetch }))).message).toBe(
      message,
    );
    expect(sent).toEqual([]);
  });

  test('with "admin" and without a transport: the transport has to sign', async () => {
    const options = { admin: true, fetch: replyOf({}).fetch } as SignInOptions;
    expect((await errorOf(() => signIn(client, alice, options))).message).toBe(
      '"transport" must be one that signs its calls, with "admin"',
    );
  });
});

describe('a reply', () => {
  const tokens = { AccessToken: 'a.b.c' };
  test.each<[object, string]>([
    [{}, '"ChallengeName" must be there if there are no tokens'],
    [{ ChallengeName: 7 }, '"ChallengeName" must be a string that is not empty'],
    [{ ChallengeName: 'SMS_MFA', Session: [] }, '"Session" must be a string that is not empty'],
    [{ ChallengeName: 'SMS_MFA', ChallengeParameters: 'x' }, '"ChallengeParameters" must be an object'],
    [
      { ChallengeName: 'SMS_MFA', AvailableChallenges: [7] },
      '"AvailableChallenges" must be an array of strings',
    ],
    [{ AuthenticationResult: 7 }, '"AuthenticationResult" must be an object'],
    [{ AuthenticationResult: {} }, '"AccessToken" must be a string that is not empty'],
    [{ AuthenticationResult: { AccessToken: 7 } }, '"AccessToken" must be a string that is not empty'],
    [{ AuthenticationResult: { ...tokens, IdToken: {} } }, '"IdToken" must be a string that is not empty'],
    [
      { AuthenticationResult: { ...tokens, RefreshToken: 7 } },
      '"RefreshToken" must be a string that is not empty',
    ],
    [{ AuthenticationResult: { ...tokens, TokenType: 7 } }, '"TokenType" must be a string that is not empty'],
    [
      { AuthenticationResult: { ...tokens, NewDeviceMetadata: 'x' } },
      '"NewDeviceMetadata" must be an object',
    ],
    ...[0, -1, '0', '1h', ' 1', '1.5', true].map((ExpiresIn): [object, string] => [
      { AuthenticationResult: { ...tokens, ExpiresIn } },
      '"ExpiresIn" must be a number above 0',
    ]),
    [
      { ChallengeName: 'SELECT_MFA_TYPE', ChallengeParameters: { MFAS_CAN_CHOOSE: '{' } },
      jsonOf('MFAS_CAN_CHOOSE'),
    ],
    [
      { ChallengeName: 'SELECT_MFA_TYPE', ChallengeParameters: { MFAS_CAN_CHOOSE: '{}' } },
      jsonOf('MFAS_CAN_CHOOSE'),
    ],
    [
      { ChallengeName: 'DEVICE_SRP_AUTH' },
      'The service asks for DEVICE_SRP_AUTH, but this call does not have a device',
    ],
    [
      { ChallengeName: 'DEVICE_PASSWORD_VERIFIER' },
      'The service asks for DEVICE_PASSWORD_VERIFIER, but this call does not have DEVICE_SRP_AUTH before it',
    ],
  ])('%j: %s', async (body, message) => {
    const { fetch } = replyOf(body);
    const error = await errorOf(() => signIn(client, alice, { fetch }));
    expect(error).toMatchObject({
      name: 'ProtocolError',
      message: `InitiateAuth: ${message}`,
      operation: 'InitiateAuth',
      status: 200,
    });
  });

  test('that asks for the password where none was given', async () => {
    const { fetch } = replyOf({ ChallengeName: 'PASSWORD_VERIFIER' });
    const credentials = { flow: 'CUSTOM_AUTH', username: 'alice' } as const;
    expect(await errorOf(() => signIn(client, credentials, { fetch }))).toMatchObject({
      code: 'CHALLENGE_UNEXPECTED',
      field: 'ChallengeName',
      message: 'InitiateAuth: The service asks for PASSWORD_VERIFIER, but this call does not have a password',
    });
  });

  function jsonOf(parameter: string): string {
    return `"${parameter}" must be what SELECT_MFA_TYPE has there, as JSON`;
  }
});

const kept = {
  version: 1,
  username: 'alice',
  userPoolId: client.userPoolId,
  clientId: client.clientId,
  session: 's'.repeat(40),
  expiresAt: 1,
  parameters: {},
};

describe('a kept challenge', () => {
  test.each<[object | string | null, string]>([
    [null, '"challenge" must be JSON'],
    ['hello', '"challenge" must be JSON'],
    [[], '"challenge" must be an object'],
    [{ version: 2 }, '"challenge.version" must be 1, the version of this cognito-srp-engine'],
    [{ name: 'DEVICE_SRP_AUTH' }, '"challenge.name" must be a challenge name'],
    [{ name: 7 }, '"challenge.name" must be a challenge name'],
    [{ username: '' }, '"challenge.username" must be a string'],
    [{ userPoolId: 7 }, '"challenge.userPoolId" must be a string'],
    [{ clientId: null }, '"challenge.clientId" must be a string'],
    [{ session: 's'.repeat(2049) }, '"challenge.session" must be a session'],
    [{ session: 7 }, '"challenge.session" must be a session'],
    [{ expiresAt: '1' }, '"challenge.expiresAt" must be a time in milliseconds'],
    [{ parameters: { a: 1 } }, '"challenge.parameters" must be an object of strings'],
    [{ availableChallenges: 'SMS_OTP' }, '"challenge.availableChallenges" must be an array of strings'],
    [{ unsentAttributes: [] }, '"challenge.unsentAttributes" must be an object of strings'],
    [{ refusedDevice: '' }, '"challenge.refusedDevice" must be a device key'],
    [
      { name: 'UNKNOWN', challengeName: 'PASSWORD_VERIFIER' },
      '"challenge.challengeName" must be the name of a challenge that is asked of the user',
    ],
    [{ name: 'WEB_AUTHN' }, '"challenge.parameters" must be those of WEB_AUTHN'],
  ])('%j: %s', (given, message) => {
    const isMembers = typeof given === 'object' && given !== null && !Array.isArray(given);
    const value = isMembers ? { ...kept, name: 'SMS_MFA', ...given } : given;
    const json = typeof value === 'string' ? value : value && JSON.stringify(value);
    expect(() => parseChallenge(json)).toThrow(
      expect.objectContaining({ message: `${message}: the challenge is damaged; sign in again` }),
    );
  });

  test.each([
    { session: 's'.repeat(2048), availableChallenges: ['SMS_OTP'] },
    { session: undefined, unsentAttributes: { email: 'a@example.org' }, refusedDevice: 'eu-west-1_0a' },
  ])('%j: is taken', (members) => {
    const challenge = JSON.parse(JSON.stringify({ ...kept, name: 'SMS_MFA', ...members })) as object;
    expect(parseChallenge(JSON.stringify(challenge))).toEqual(challenge);
  });

  test.each([{ userPoolId: 'eu-west-1_Other' }, { clientId: 'mobile' }])(
    'of %j: belongs to another one',
    async (members) => {
      const challenge = { ...kept, name: 'SMS_MFA', ...members } as Challenge;
      const error = await errorOf(() => respond(client, challenge, { code: '123456' } as never, replyOf({})));
      expect(error.message).toBe(
        'This challenge belongs to another user pool or client than us-east-1_LocalPool and web',
      );
    },
  );
});

test('a choice that is not offered: the message lists the options that can be names', async () => {
  const session = 's'.repeat(200);
  const availableChallenges = [session, 'PASSWORD', 'EMAIL_OTP'];
  const challenge = {
    ...kept,
    name: 'SELECT_CHALLENGE',
    session,
    availableChallenges,
    options: ['PASSWORD'],
  };
  const error = await errorOf(() =>
    respond(client, challenge as Challenge, { choice: 'SMS_OTP' } as never, replyOf({})),
  );
  expect(error.message).toBe('"answer.choice" must be one of PASSWORD, EMAIL_OTP');
});

describe('an answer', () => {
  const select = { parameters: { MFAS_CAN_CHOOSE: '["EMAIL_OTP","SMS_MFA"]' } };
  test.each<[string, object, unknown, string]>([
    ['SMS_MFA', {}, undefined, '"answer" must be an object'],
    ['SMS_MFA', {}, '123456', '"answer" must be an object'],
    ['SMS_MFA', {}, {}, '"answer.code" must be the code the user was sent'],
    ['EMAIL_OTP', {}, { code: 123456 }, '"answer.code" must be the code the user was sent'],
    ['SMS_OTP', {}, { code: ' \n' }, '"answer.code" must be the code the user was sent'],
    ['SOFTWARE_TOKEN_MFA', {}, { code: '' }, '"answer.code" must be the code the user was sent'],
    ['MFA_SETUP', {}, {}, '"answer.code" must be the code the user was sent'],
    ['MFA_SETUP', {}, { email: '' }, '"answer.email" must be a string that is not empty'],
    [
      'MFA_SETUP',
      { parameters: { MFAS_CAN_SETUP: '["SMS_MFA"]' } },
      { code: '123456' },
      `"answer" must be ${LEFT_TO_ADMINISTRATOR}`,
    ],
    [
      'SELECT_MFA_TYPE',
      select,
      { choice: 'SOFTWARE_TOKEN_MFA' },
      '"answer.choice" must be one of SMS_MFA, EMAIL_OTP',
    ],
    [
      'SELECT_MFA_TYPE',
      {},
      { choice: 'PIN' },
      '"answer.choice" must be one of SMS_MFA, SOFTWARE_TOKEN_MFA, EMAIL_OTP',
    ],
    ['NEW_PASSWORD_REQUIRED', {}, {}, '"answer.newPassword" must be a string that is not empty'],
    [
      'NEW_PASSWORD_REQUIRED',
      {},
      { newPassword: 'p', attributes: { email: 7 } },
      '"answer.attributes" must be an object of strings',
    ],
    [
      'NEW_PASSWORD_REQUIRED',
      { parameters: { requiredAttributes: '["userAttributes.name"]' } },
      { newPassword: 'p' },
      '"answer.attributes.name" must be given: the pool requires it',
    ],
    ['CUSTOM_CHALLENGE', {}, { answer: '' }, '"answer.answer" must be a string that is not empty'],
    ['SELECT_CHALLENGE', {}, { choice: 'PIN' }, `"answer.choice" must be one of ${FIRST_FACTORS}`],
    ['SELECT_CHALLENGE', {}, { choice: 'PASSWORD' }, '"answer.password" must be a string that is not empty'],
    [
      'SELECT_CHALLENGE',
      {},
      { choice: 'PASSWORD_SRP' },
      '"answer.password" must be a string that is not empty',
    ],
    ['PASSWORD', {}, {}, '"answer.password" must be a string that is not empty'],
    ['PASSWORD_SRP', {}, {}, '"answer.password" must be a string that is not empty'],
    ['ADMIN_NO_SRP_AUTH', {}, {}, '"answer.password" must be a string that is not empty'],
    ...[undefined, {}, { id: 'a' }, { id: '', response: {} }, { id: 'a', response: 'r' }].map(
      (credential): [string, object, unknown, string] => [
        'WEB_AUTHN',
        { parameters: { CREDENTIAL_REQUEST_OPTIONS: '{}' } },
        { credential },
        '"answer.credential" must be what navigator.credentials gave, or its toJSON()',
      ],
    ),
    ['UNKNOWN', { challengeName: 'NEW_ONE' }, {}, '"answer.responses" must be an object of strings'],
    [
      'UNKNOWN',
      { challengeName: 'NEW_ONE' },
      { responses: { a: 1 } },
      '"answer.responses" must be an object of strings',
    ],
  ])('%s %j, answered with %j: %s', async (name, members, answer, message) => {
    const { fetch, sent } = replyOf({});
    const challenge = parseChallenge(JSON.stringify({ ...kept, name, ...members }));
    const error = await errorOf(() => respond(client, challenge, answer as never, { fetch }));
    expect(error).toMatchObject({ name: 'ArgumentError', code: 'ANSWER_INVALID', message });
    expect(sent).toEqual([]);
  });
});

describe('the set-up of an authenticator app', () => {
  const setup = parseChallenge(JSON.stringify({ ...kept, name: 'MFA_SETUP' })) as Challenge & {
    name: 'MFA_SETUP';
  };
  const label = { issuer: 'Example' };

  test.each<[string, unknown, unknown, string]>([
    ['another challenge', { ...kept, name: 'SMS_MFA' }, label, '"challenge.name" must be MFA_SETUP'],
    [
      'text messages alone',
      { ...setup, parameters: { MFAS_CAN_SETUP: '["SMS_MFA"]' } },
      label,
      `"challenge" must be ${LEFT_TO_ADMINISTRATOR}`,
    ],
    ['no label', setup, undefined, '"label" must be an object'],
    ['no issuer', setup, { issuer: '' }, '"issuer" must be a string that is not empty'],
  ])('%s', async (_, challenge, given, message) => {
    const { fetch, sent } = replyOf({});
    const start = () =>
      startSoftwareTokenSetup(client, challenge as typeof setup, given as typeof label, { fetch });
    expect((await errorOf(start)).message).toBe(message);
    expect(sent).toEqual([]);
  });

  test('the secret is shown for typing and as a link, and the challenge goes on with the new session', async () => {
    const { fetch, sent } = replyOf({ SecretCode: 'GEZDGNBV', Session: 'new-session' });
    const now = () => 1_000_000;
    const result = await startSoftwareTokenSetup(client, setup, { issuer: 'Ex & Co' }, { fetch, now });
    expect(result).toEqual({
      secretCode: 'GEZDGNBV',
      otpauthUri: 'otpauth://totp/Ex%20%26%20Co:alice?secret=GEZDGNBV&issuer=Ex%20%26%20Co',
      // A session is valid for 3 minutes by default
      challenge: { ...setup, session: 'new-session', expiresAt: 1_180_000 },
    });
    expect(sent).toMatchObject([{ operation: 'AssociateSoftwareToken', input: { Session: kept.session } }]);
  });

  test('an account that is undefined is the user, as one that is left out', async () => {
    const { fetch } = replyOf({ SecretCode: 'GEZDGNBV' });
    const undefinedAccount = { issuer: 'Ex', account: undefined } as object as typeof label;
    const { otpauthUri } = await startSoftwareTokenSetup(client, setup, undefinedAccount, { fetch });
    expect(otpauthUri).toBe('otpauth://totp/Ex:alice?secret=GEZDGNBV&issuer=Ex');
  });

  test('without a new session, the challenge stays as it was', async () => {
    const { fetch } = replyOf({ SecretCode: 'GEZDGNBV' });
    const result = await startSoftwareTokenSetup(client, setup, { issuer: 'Ex', account: 'a b' }, { fetch });
    expect(result.challenge).toEqual(setup);
    expect(result.otpauthUri).toBe('otpauth://totp/Ex:a%20b?secret=GEZDGNBV&issuer=Ex');
  });

  test('a reply without a secret is refused', async () => {
    const input = { accessToken: 'a.b.c', label: { issuer: 'Example', account: 'alice' } };
    expect(
      await errorOf(() => associateSoftwareToken(client, input, replyOf({ SecretCode: 7 }))),
    ).toMatchObject({
      name: 'ProtocolError',
      code: 'REPLY_MALFORMED',
      message: 'AssociateSoftwareToken: "SecretCode" must be a string',
      operation: 'AssociateSoftwareToken',
    });
  });
});
