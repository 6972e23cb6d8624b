/** The operations that a user calls: the normal answer of each, what a refusal leaves as it was, and what it changes. */
import { TOTP } from 'otpauth';
import { createAuthenticator } from '../../test/support/authenticator.ts';
import { claimsOf } from '../../test/support/client.ts';
import type { UserPoolOptions } from '../src/index.ts';
import { outputMistakes } from './model/output-mistakes.ts';
import { FIRST_POOL, SIGNED } from './pools/admin-wire.ts';
import {
  another,
  CODE_MISMATCH,
  createWire,
  PASSWORD,
  type Reply,
  refused,
  signedIn,
  srpClient,
  type Wire,
  WRONG_PASSWORD,
} from './wire.ts';

const NEW_PASSWORD = 'Another-Horse-8';
const ALICE = { ClientId: 'web', Username: 'alice' };
const NO_TOKEN = { status: 400, __type: 'NotAuthorizedException' };
const EMAIL = { email: 'alice@example.com', email_verified: 'true' };

/** A pool whose user alice has a verified address and has signed in. */
async function signedInWire(options: UserPoolOptions = {}) {
  const users = [{ username: 'alice', password: PASSWORD, attributes: { ...EMAIL, nickname: 'al' } }];
  const wire = createWire({ users, ...options });
  return { wire, AccessToken: (await wire.signIn()).AuthenticationResult.AccessToken };
}

const attributesOf = async (wire: Wire, AccessToken: string): Promise<Readonly<Record<string, string>>> => {
  const { UserAttributes } = await wire.call('GetUser', { AccessToken });
  const attributes = UserAttributes as readonly { readonly Name: string; readonly Value: string }[];
  return Object.fromEntries(attributes.map(({ Name, Value }) => [Name, Value]));
};

function expectModelled(operation: string, { status, ...output }: Reply): void {
  expect(status).toBe(200);
  expect(outputMistakes(operation, output)).toEqual([]);
}

test('GetUser describes the bearer of the access token', async () => {
  const { wire, AccessToken } = await signedInWire();
  const reply = await wire.call('GetUser', { AccessToken });
  expectModelled('GetUser', reply);
  expect(reply).toMatchObject({ Username: 'alice' });
  expect(await attributesOf(wire, AccessToken)).toEqual({
    ...EMAIL,
    nickname: 'al',
    sub: wire.pool.users.find('alice')?.sub,
  });
  expect(await wire.call('GetUser', { AccessToken: 'none' })).toMatchObject(NO_TOKEN);
});

test('UpdateUserAttributes changes what is sent, and nothing of a refused batch', async () => {
  const { wire, AccessToken } = await signedInWire();
  const update = (...UserAttributes: readonly object[]) =>
    wire.call('UpdateUserAttributes', { AccessToken, UserAttributes });
  expectModelled('UpdateUserAttributes', await update({ Name: 'name', Value: 'Alice' }));
  const refusedBatch = await update({ Name: 'name', Value: 'Bob' }, { Name: 'sub', Value: 'other' });
  expect(refusedBatch.status).toBe(400);
  expect(await attributesOf(wire, AccessToken)).toMatchObject({ ...EMAIL, name: 'Alice', nickname: 'al' });
});

test('DeleteUserAttributes removes what is named', async () => {
  const { wire, AccessToken } = await signedInWire();
  const UserAttributeNames = ['nickname'];
  expect(await wire.call('DeleteUserAttributes', { AccessToken: 'none', UserAttributeNames })).toMatchObject(
    NO_TOKEN,
  );
  expect(await attributesOf(wire, AccessToken)).toHaveProperty('nickname');
  expect(await wire.call('DeleteUserAttributes', { AccessToken, UserAttributeNames })).toEqual({
    status: 200,
  });
  expect(await attributesOf(wire, AccessToken)).not.toHaveProperty('nickname');
});

test('GetUserAttributeVerificationCode sends the code that VerifyUserAttribute takes', async () => {
  const attributes = { email: 'alice@example.com' };
  const { wire, AccessToken } = await signedInWire({
    users: [{ username: 'alice', password: PASSWORD, attributes }],
  });
  const AttributeName = 'email';
  const sent = await wire.call('GetUserAttributeVerificationCode', { AccessToken, AttributeName });
  expectModelled('GetUserAttributeVerificationCode', sent);
  expect(sent).toMatchObject({ CodeDeliveryDetails: { AttributeName, DeliveryMedium: 'EMAIL' } });
  const verify = (Code: string) => wire.call('VerifyUserAttribute', { AccessToken, AttributeName, Code });
  expect(await verify(another(wire.lastCode()))).toMatchObject(CODE_MISMATCH);
  expect((await attributesOf(wire, AccessToken))['email_verified']).not.toBe('true');
  expect(await verify(wire.lastCode())).toEqual({ status: 200 });
  expect((await attributesOf(wire, AccessToken))['email_verified']).toBe('true');
});

test('ForgotPassword sends the code with which ConfirmForgotPassword sets a password', async () => {
  const { wire } = await signedInWire();
  const sent = await wire.call('ForgotPassword', ALICE);
  expectModelled('ForgotPassword', sent);
  expect(sent).toMatchObject({ CodeDeliveryDetails: { Destination: 'a***@e***' } });
  const confirm = (ConfirmationCode: string) =>
    wire.call('ConfirmForgotPassword', { ...ALICE, ConfirmationCode, Password: NEW_PASSWORD });
  expect(await confirm(another(wire.lastCode()))).toMatchObject(CODE_MISMATCH);
  expect(await wire.signIn()).toMatchObject(signedIn);
  expect(await confirm(wire.lastCode())).toEqual({ status: 200 });
  expect(await wire.signIn()).toMatchObject(WRONG_PASSWORD);
});

test('ResendConfirmationCode sends another code to an unconfirmed user', async () => {
  const user = { username: 'alice', password: PASSWORD, status: 'UNCONFIRMED', attributes: EMAIL } as const;
  const wire = createWire({ users: [user] });
  const sent = await wire.call('ResendConfirmationCode', ALICE);
  expectModelled('ResendConfirmationCode', sent);
  expect(wire.pool.outbox).toMatchObject([{ purpose: 'ConfirmSignUp', username: 'alice' }]);
  const ConfirmationCode = wire.lastCode();
  expect(await wire.call('ConfirmSignUp', { ...ALICE, ConfirmationCode })).toMatchObject({ status: 200 });
  expect(await wire.call('ResendConfirmationCode', ALICE)).toMatchObject({
    status: 400,
    __type: 'InvalidParameterException',
  });
  expect(wire.pool.outbox).toHaveLength(1);
});

describe('RespondToAuthChallenge', () => {
  const begin = async () => {
    const wire = createWire();
    const { SRP_A, prove } = srpClient(wire);
    const asked = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A });
    const responses = { USERNAME: 'alice', ...prove(asked) };
    return {
      wire,
      input: { ClientId: 'web', ChallengeName: 'PASSWORD_VERIFIER', ChallengeResponses: responses },
    };
  };

  test('RespondToAuthChallenge gives tokens for a proof, and none for another challenge', async () => {
    const { wire, input } = await begin();
    const other = { ...input, ChallengeName: 'SMS_MFA', Session: 'a'.repeat(20) };
    expect((await wire.call('RespondToAuthChallenge', other)).status).toBe(400);
    const reply = await wire.call('RespondToAuthChallenge', input);
    expectModelled('RespondToAuthChallenge', reply);
    expect(reply).toMatchObject(signedIn);
  });

  test('AdminRespondToAuthChallenge gives them to a signed request alone', async () => {
    const { wire, input } = await begin();
    const admin = { ...input, UserPoolId: FIRST_POOL };
    expect(await wire.call('AdminRespondToAuthChallenge', admin)).toMatchObject(
      refused('MissingAuthenticationTokenException', 'Missing Authentication Token'),
    );
    const reply = await wire.call('AdminRespondToAuthChallenge', admin, SIGNED);
    expectModelled('AdminRespondToAuthChallenge', reply);
    expect(reply).toMatchObject(signedIn);
  });
});

describe('authenticator apps', () => {
  const codeOf = ({ now }: Wire, secret: unknown) =>
    new TOTP({ secret: String(secret) }).generate({ timestamp: now() });

  test('AssociateSoftwareToken gives the secret whose code VerifySoftwareToken takes', async () => {
    const { wire, AccessToken } = await signedInWire();
    const associated = await wire.call('AssociateSoftwareToken', { AccessToken });
    expectModelled('AssociateSoftwareToken', associated);
    const code = codeOf(wire, associated['SecretCode']);
    const verify = (UserCode: string) => wire.call('VerifySoftwareToken', { AccessToken, UserCode });
    expect(await verify(another(code))).toMatchObject({ __type: 'EnableSoftwareTokenMFAException' });
    const verified = await verify(code);
    expectModelled('VerifySoftwareToken', verified);
    expect(verified).toMatchObject({ Status: 'SUCCESS' });
  });

  test('SetUserMFAPreference asks for the app once it is verified', async () => {
    const { wire, AccessToken } = await signedInWire();
    const prefer = () =>
      wire.call('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: true } });
    expect(await prefer()).toMatchObject({ status: 400, __type: 'InvalidParameterException' });
    expect(await wire.signIn()).toMatchObject(signedIn);
    const { SecretCode } = await wire.call('AssociateSoftwareToken', { AccessToken });
    await wire.call('VerifySoftwareToken', { AccessToken, UserCode: codeOf(wire, SecretCode) });
    expect(await prefer()).toEqual({ status: 200 });
    expect(await wire.signIn()).toMatchObject({ ChallengeName: 'SOFTWARE_TOKEN_MFA' });
  });
});

describe('passkeys', () => {
  const start = async () => {
    const { wire, AccessToken } = await signedInWire();
    const started = await wire.call('StartWebAuthnRegistration', { AccessToken });
    const Credential = createAuthenticator().create(
      started['CredentialCreationOptions'] as { readonly challenge: string },
    );
    const complete = () => wire.call('CompleteWebAuthnRegistration', { AccessToken, Credential });
    const list = async () => (await wire.call('ListWebAuthnCredentials', { AccessToken }))['Credentials'];
    return { wire, AccessToken, started, Credential, complete, list };
  };

  test('StartWebAuthnRegistration gives the options that CompleteWebAuthnRegistration takes, once', async () => {
    const { started, complete, list } = await start();
    expectModelled('StartWebAuthnRegistration', started);
    expect(await list()).toEqual([]);
    expect(await complete()).toEqual({ status: 200 });
    expect((await complete()).status).toBe(400);
    expect(await list()).toHaveLength(1);
  });

  test('ListWebAuthnCredentials lists until DeleteWebAuthnCredential removes', async () => {
    const { wire, AccessToken, Credential, complete, list } = await start();
    await complete();
    expectModelled('ListWebAuthnCredentials', await wire.call('ListWebAuthnCredentials', { AccessToken }));
    const remove = (CredentialId: string) =>
      wire.call('DeleteWebAuthnCredential', { AccessToken, CredentialId });
    expect(await remove('other')).toMatchObject({ __type: 'ResourceNotFoundException' });
    expect(await list()).toMatchObject([{ CredentialId: Credential.id }]);
    expect(await remove(Credential.id)).toEqual({ status: 200 });
    expect(await list()).toEqual([]);
  });
});

describe('sessions', () => {
  test('ListUserSessions lists until RevokeUserSession ends one', async () => {
    const { wire, AccessToken } = await signedInWire({ userSessionTracking: true });
    await wire.signIn();
    const list = async () => {
      const reply = await wire.call('ListUserSessions', { AccessToken });
      expectModelled('ListUserSessions', reply);
      return reply['Sessions'] as readonly {
        readonly SessionId: string;
        readonly IsCurrentSession: boolean;
      }[];
    };
    const [other] = (await list()).filter(({ IsCurrentSession }) => !IsCurrentSession);
    const revoke = (SessionId: string | undefined) =>
      wire.call('RevokeUserSession', { AccessToken, SessionId });
    expect(await revoke(`tkn${'a'.repeat(25)}`)).toMatchObject({ __type: 'ResourceNotFoundException' });
    expect(await list()).toHaveLength(2);
    expect(await revoke(other?.SessionId)).toEqual({ status: 200 });
    expect(await list()).toMatchObject([{ IsCurrentSession: true }]);
  });

  test('UpdateAuthEventFeedback is taken for a sign-in of the user', async () => {
    const { wire, AccessToken } = await signedInWire();
    const send = (EventId: unknown) =>
      wire.call('UpdateAuthEventFeedback', {
        UserPoolId: FIRST_POOL,
        Username: 'alice',
        EventId,
        FeedbackToken: 'f',
        FeedbackValue: 'Valid',
      });
    expect(await send(claimsOf(AccessToken)['event_id'])).toEqual({ status: 200 });
    expect(await send('other')).toMatchObject({ __type: 'ResourceNotFoundException' });
  });
});
