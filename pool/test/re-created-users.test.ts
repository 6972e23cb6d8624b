/** What waits for a user is not valid for another user who is made later under the same name. */
import { createAuthenticator } from '../../test/support/authenticator.ts';
import { createAdmin } from './admin-calls.ts';
import {
  CODE_EXPIRED,
  PASSWORD,
  refused,
  SESSION_UNKNOWN,
  signedIn,
  srpClient,
  type Wire,
  WRONG_PASSWORD,
} from './wire.ts';

const EMAIL = 'alice@example.com';
const ALICE = { username: 'alice', password: PASSWORD, attributes: { email: EMAIL, email_verified: 'true' } };
const SIGN_UP = {
  ClientId: 'web',
  Username: 'alice',
  Password: PASSWORD,
  UserAttributes: [{ Name: 'email', Value: EMAIL }],
};

/** Removes alice, and adds another alice with the same password, address and factors. */
function recreate(wire: Wire, user = {}): void {
  wire.pool.users.remove('alice');
  wire.pool.users.add({ ...ALICE, ...user });
}

test('a code for a new password', async () => {
  const wire = createAdmin({ users: [ALICE] });
  const name = { ClientId: 'web', Username: 'alice' };
  await wire.call('ForgotPassword', name);
  const code = wire.lastCode();
  recreate(wire);
  const answer = { ...name, ConfirmationCode: code, Password: 'Another-Horse-10' };
  expect(await wire.call('ConfirmForgotPassword', answer)).toMatchObject(CODE_EXPIRED);
  expect(await wire.signIn()).toMatchObject(signedIn);
});

test('a code that confirms a sign-up', async () => {
  const wire = createAdmin({ users: [] });
  await wire.call('SignUp', SIGN_UP);
  const ConfirmationCode = wire.lastCode();
  recreate(wire, { status: 'UNCONFIRMED' });
  const answer = { ClientId: 'web', Username: 'alice', ConfirmationCode };
  expect(await wire.call('ConfirmSignUp', answer)).toMatchObject(CODE_EXPIRED);
  expect(wire.pool.users.find('alice')?.status).toBe('UNCONFIRMED');
});

test('a code that verifies an address', async () => {
  const user = { attributes: { email: EMAIL } };
  const wire = createAdmin({ users: [{ ...ALICE, ...user }] });
  const token = async () => ({ AccessToken: (await wire.signIn()).AuthenticationResult.AccessToken });
  const attribute = { AttributeName: 'email' };
  await wire.call('GetUserAttributeVerificationCode', { ...(await token()), ...attribute });
  const Code = wire.lastCode();
  recreate(wire, user);
  expect(await wire.call('VerifyUserAttribute', { ...(await token()), ...attribute, Code })).toMatchObject(
    CODE_EXPIRED,
  );
  expect(wire.pool.users.find('alice')?.attributes).not.toHaveProperty('email_verified');
});

test('a session with its code', async () => {
  const user = { mfa: { email: true } };
  const wire = createAdmin({ users: [{ ...ALICE, ...user }] });
  const { Session } = await wire.signIn();
  const EMAIL_OTP_CODE = wire.lastCode();
  recreate(wire, user);
  expect(await wire.respond('EMAIL_OTP', Session, { EMAIL_OTP_CODE })).toMatchObject(SESSION_UNKNOWN);
});

test('the session of a sign-up that was confirmed', async () => {
  const wire = createAdmin({ users: [] });
  const { Session } = await wire.call('SignUp', SIGN_UP);
  const ConfirmationCode = wire.lastCode();
  const confirmation = { ClientId: 'web', Username: 'alice', ConfirmationCode, Session };
  const confirmed = await wire.call('ConfirmSignUp', confirmation);
  recreate(wire);
  expect(
    await wire.initiate('USER_AUTH', { USERNAME: 'alice' }, { Session: confirmed.Session }),
  ).toMatchObject(SESSION_UNKNOWN);
});

test('a PASSWORD_VERIFIER challenge, whose answers do not lock the other user out', async () => {
  const wire = createAdmin({ users: [ALICE] });
  const { SRP_A, prove } = srpClient(wire);
  const asked = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A });
  expect(await wire.respond('PASSWORD_VERIFIER', undefined, prove(asked))).toMatchObject(signedIn);
  recreate(wire);
  for (let i = 0; i < 5; i++) {
    expect(await wire.respond('PASSWORD_VERIFIER', undefined, prove(asked))).toMatchObject(WRONG_PASSWORD);
  }
  expect(await wire.signIn()).toMatchObject(signedIn);
});

test('a passkey registration', async () => {
  const wire = createAdmin({ users: [ALICE] });
  const token = async () => ({ AccessToken: (await wire.signIn()).AuthenticationResult.AccessToken });
  const begun = await wire.call('StartWebAuthnRegistration', await token());
  const Credential = createAuthenticator().create(
    begun['CredentialCreationOptions'] as { readonly challenge: string },
  );
  recreate(wire);
  expect(await wire.call('CompleteWebAuthnRegistration', { ...(await token()), Credential })).toMatchObject({
    status: 400,
    __type: 'WebAuthnChallengeNotFoundException',
  });
  expect(wire.pool.users.find('alice')?.passkeys).toEqual([]);
});

test('the session of a hidden user, once somebody has the name', async () => {
  const wire = createAdmin({ users: [], preventUserExistenceErrors: true });
  const { Session } = await wire.initiate('USER_AUTH', {
    USERNAME: 'alice',
    PREFERRED_CHALLENGE: 'PASSWORD',
  });
  wire.pool.users.add(ALICE);
  expect(await wire.respond('PASSWORD', Session, { PASSWORD })).toMatchObject(SESSION_UNKNOWN);
});

test('a CUSTOM_AUTH sign-in whose trigger ran meanwhile', async () => {
  let run = () => {};
  const wire: Wire = createAdmin({
    users: [ALICE],
    triggers: {
      defineAuthChallenge: (event) => {
        event.response.challengeName = 'CUSTOM_CHALLENGE';
        return event;
      },
      createAuthChallenge: async (event) => {
        run();
        return event;
      },
    },
  });
  const begin = () => wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' });
  expect(await begin()).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE' });
  run = () => recreate(wire);
  expect(await begin()).toMatchObject(SESSION_UNKNOWN);
});

test('an access token, which meets an unconfirmed user under the name and acts for nobody', async () => {
  const wire = createAdmin({ users: [ALICE] });
  const { AccessToken } = (await wire.signIn()).AuthenticationResult;
  wire.pool.users.remove('alice');
  await wire.call('SignUp', SIGN_UP);
  expect(await wire.call('GetUser', { AccessToken })).toMatchObject(
    refused('UserNotConfirmedException', 'User is not confirmed.'),
  );
  await wire.call('ConfirmSignUp', {
    ClientId: 'web',
    Username: 'alice',
    ConfirmationCode: wire.lastCode(),
  });
  expect(await wire.call('GetUser', { AccessToken })).toMatchObject(
    refused('UserNotFoundException', 'User does not exist.'),
  );
});
