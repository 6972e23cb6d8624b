/** The triggers run in the order of AWS's guide, from a sign-up through a sign-in to a refresh. */
import type { UserPoolOptions } from '../../src/index.ts';
import { PASSWORD, signedIn, srpClient } from '../wire.ts';
import { createTriggerWire, type Handlers, responding, SIGN_UP, unchanged } from './record-triggers.ts';

const USER = { ClientId: 'web', Username: 'alice' };
const ALL: Handlers = {
  preSignUp: unchanged,
  postConfirmation: unchanged,
  preAuthentication: unchanged,
  postAuthentication: unchanged,
  preTokenGeneration: unchanged,
  customMessage: unchanged,
};

const createOrdered = (handlers: Handlers, options: UserPoolOptions) => {
  const wire = createTriggerWire(handlers, options);
  return { ...wire, sources: () => wire.takeEvents().map(({ triggerSource }) => triggerSource) };
};

test('sign-up with a code, sign-in with a second factor, refresh, and a new password', async () => {
  const wire = createOrdered(ALL, { users: [] });
  const phone = { Name: 'phone_number', Value: '+4912345678' };
  await wire.call('SignUp', { ...SIGN_UP, UserAttributes: [...SIGN_UP.UserAttributes, phone] });
  expect(wire.sources()).toEqual(['PreSignUp_SignUp', 'CustomMessage_SignUp']);
  await wire.call('ConfirmSignUp', { ...USER, ConfirmationCode: wire.lastCode() });
  expect(wire.sources()).toEqual(['PostConfirmation_ConfirmSignUp']);

  wire.pool.users.setMfa('alice', { sms: '+4912345678' });
  const { SRP_A, prove } = srpClient(wire);
  const asked = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A });
  expect(wire.sources()).toEqual(['PreAuthentication_Authentication']);
  const factor = await wire.respond('PASSWORD_VERIFIER', asked.Session, prove(asked));
  expect(wire.sources()).toEqual(['CustomMessage_Authentication']);
  const end = await wire.respond('SMS_MFA', factor.Session, { SMS_MFA_CODE: wire.lastCode() });
  expect(end).toMatchObject(signedIn);
  expect(wire.sources()).toEqual(['PostAuthentication_Authentication', 'TokenGeneration_Authentication']);

  const { RefreshToken } = end.AuthenticationResult;
  await wire.call('GetTokensFromRefreshToken', { ClientId: 'web', RefreshToken });
  expect(wire.sources()).toEqual(['TokenGeneration_RefreshTokens']);

  await wire.call('ForgotPassword', USER);
  await wire.call('ConfirmForgotPassword', {
    ...USER,
    ConfirmationCode: wire.lastCode(),
    Password: 'Another-Horse-10',
  });
  expect(wire.sources()).toEqual(['CustomMessage_ForgotPassword', 'PostConfirmation_ConfirmForgotPassword']);
});

test('a user whom an administrator adds and who replaces the temporary password', async () => {
  const wire = createOrdered(ALL, { users: [] });
  const TemporaryPassword = 'Temp-Pass-1';
  const UserAttributes = [{ Name: 'email', Value: 'alice@example.com' }];
  await wire.admin('AdminCreateUser', { Username: 'alice', TemporaryPassword, UserAttributes });
  const asked = await wire.initiate('USER_PASSWORD_AUTH', { USERNAME: 'alice', PASSWORD: TemporaryPassword });
  const responses = { NEW_PASSWORD: PASSWORD };
  expect(await wire.respond('NEW_PASSWORD_REQUIRED', asked.Session, responses)).toMatchObject(signedIn);
  expect(wire.sources()).toEqual([
    'PreSignUp_AdminCreateUser',
    'CustomMessage_AdminCreateUser',
    'PreAuthentication_Authentication',
    'PostAuthentication_Authentication',
    'TokenGeneration_NewPasswordChallenge',
  ]);
});

test('a sign-up that is confirmed at once', async () => {
  const wire = createOrdered({ ...ALL, preSignUp: responding({ autoConfirmUser: true }) }, { users: [] });
  await wire.call('SignUp', SIGN_UP);
  expect(wire.sources()).toEqual(['PreSignUp_SignUp', 'PostConfirmation_ConfirmSignUp']);
});

test('a migrated user', async () => {
  const userAttributes = { email: 'alice@example.com' };
  const migration = { userAttributes, finalUserStatus: 'CONFIRMED', desiredDeliveryMediums: ['EMAIL'] };
  const wire = createOrdered({ ...ALL, userMigration: responding(migration) }, { users: [] });
  expect(await wire.signIn()).toMatchObject(signedIn);
  expect(wire.sources()).toEqual([
    'UserMigration_Authentication',
    'PreAuthentication_Authentication',
    'PostAuthentication_Authentication',
    'TokenGeneration_Authentication',
  ]);
});

test('CUSTOM_AUTH', async () => {
  const wire = createOrdered(
    {
      ...ALL,
      defineAuthChallenge: (event) => {
        const isAnswered = (event.request['session'] as readonly unknown[]).length > 0;
        return {
          ...event,
          response: isAnswered ? { issueTokens: true } : { challengeName: 'CUSTOM_CHALLENGE' },
        };
      },
      createAuthChallenge: unchanged,
      verifyAuthChallengeResponse: responding({ answerCorrect: true }),
    },
    {},
  );
  const { Session } = await wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' });
  expect(await wire.respond('CUSTOM_CHALLENGE', Session, { ANSWER: '42' })).toMatchObject(signedIn);
  expect(wire.sources()).toEqual([
    'PreAuthentication_Authentication',
    'DefineAuthChallenge_Authentication',
    'CreateAuthChallenge_Authentication',
    'VerifyAuthChallengeResponse_Authentication',
    'DefineAuthChallenge_Authentication',
    'PostAuthentication_Authentication',
    'TokenGeneration_Authentication',
  ]);
});
