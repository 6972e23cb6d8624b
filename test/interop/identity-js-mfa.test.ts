/** `amazon-cognito-identity-js` signs in to the local pool over HTTP by every challenge that it knows. */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import type { UserPoolOptions } from '../../pool/src/index.ts';
import { type Outcome, outcome } from './identity-js-client.ts';
import {
  type ListeningPool,
  listeningPool,
  PASSWORD,
  PHONE,
  TOTP_SECRET,
  TRIGGERS,
  totp,
  wrong,
} from './listening-pool.ts';

interface Client {
  readonly pool: ListeningPool;
  readonly user: CognitoUser;
  readonly signIn: (password?: string) => Promise<Outcome>;
}

async function client(flow: string, options?: UserPoolOptions, typed = 'alice'): Promise<Client> {
  const pool = await listeningPool(flow, options);
  const user = new CognitoUser({
    Username: typed,
    Pool: new CognitoUserPool({ UserPoolId: pool.userPoolId, ClientId: 'web', endpoint: pool.endpoint }),
  });
  user.setAuthenticationFlowType(flow);
  return {
    pool,
    user,
    signIn: (Password = PASSWORD) =>
      outcome((callbacks) =>
        user.authenticateUser(new AuthenticationDetails({ Username: typed, Password }), callbacks),
      ),
  };
}

async function expectSignedIn({ pool, user }: Client, { callback, with: [session] }: Outcome) {
  expect(callback).toBe('onSuccess');
  const token = (session as CognitoUserSession).getAccessToken().getJwtToken();
  expect(await pool.userOf(token)).toBe('alice');
  expect(user.getSignInUserSession()?.isValid()).toBe(true);
}

describe.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'])('%s', (flow) => {
  const alice = { username: 'alice', password: PASSWORD };

  test('SMS_MFA takes the right code after a wrong one', async () => {
    const mfa = { sms: PHONE };
    const c = await client(flow, { users: [{ ...alice, mfa }] });
    expect(await c.signIn()).toMatchObject({
      callback: 'mfaRequired',
      with: ['SMS_MFA', { CODE_DELIVERY_DESTINATION: '+*******1234', CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS' }],
    });
    const answer = (code: string) => outcome((callbacks) => c.user.sendMFACode(code, callbacks));
    await expect(answer(wrong(c.pool.lastCode()))).rejects.toMatchObject({ code: 'CodeMismatchException' });
    await expectSignedIn(c, await answer(c.pool.lastCode()));
  });

  test('SMS_MFA is answered by a user who typed an alias', async () => {
    const users = [{ ...alice, aliases: ['alice@example.com'], mfa: { sms: PHONE } }];
    const c = await client(flow, { users }, 'alice@example.com');
    expect(await c.signIn()).toMatchObject({ callback: 'mfaRequired' });
    await expectSignedIn(c, await outcome((callbacks) => c.user.sendMFACode(c.pool.lastCode(), callbacks)));
  });

  test('SOFTWARE_TOKEN_MFA takes the right code after a wrong one', async () => {
    const c = await client(flow, { users: [{ ...alice, mfa: { totp: TOTP_SECRET } }] });
    expect(await c.signIn()).toMatchObject({ callback: 'totpRequired', with: ['SOFTWARE_TOKEN_MFA', {}] });
    const answer = (code: string) =>
      outcome((callbacks) => c.user.sendMFACode(code, callbacks, 'SOFTWARE_TOKEN_MFA'));
    await expect(answer(totp(TOTP_SECRET, 20))).rejects.toMatchObject({ code: 'CodeMismatchException' });
    await expectSignedIn(c, await answer(totp(TOTP_SECRET)));
  });

  test.each([
    ['SMS_MFA', 'mfaRequired'],
    ['SOFTWARE_TOKEN_MFA', 'totpRequired'],
  ] as const)('SELECT_MFA_TYPE, choosing %s', async (choice, callback) => {
    const c = await client(flow, { users: [{ ...alice, mfa: { sms: PHONE, totp: TOTP_SECRET } }] });
    expect(await c.signIn()).toMatchObject({
      callback: 'selectMFAType',
      with: ['SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: '["SMS_MFA","SOFTWARE_TOKEN_MFA"]' }],
    });
    const chosen = await outcome((callbacks) => c.user.sendMFASelectionAnswer(choice, callbacks));
    expect(chosen.callback).toBe(callback);
    const code = choice === 'SMS_MFA' ? c.pool.lastCode() : totp(TOTP_SECRET);
    await expectSignedIn(c, await outcome((callbacks) => c.user.sendMFACode(code, callbacks, choice)));
  });

  test('MFA_SETUP sets up an authenticator app, which the next sign-in asks for', async () => {
    const c = await client(flow, { mfa: 'ON' });
    expect(await c.signIn()).toMatchObject({
      callback: 'mfaSetup',
      with: ['MFA_SETUP', { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA","EMAIL_OTP"]' }],
    });
    const secret = await new Promise<string>((resolve, reject) => {
      c.user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
    });
    const verify = (code: string) =>
      outcome(({ onSuccess, onFailure }) =>
        c.user.verifySoftwareToken(code, 'phone', { onSuccess, onFailure }),
      );
    await expect(verify(totp(secret, 20))).rejects.toMatchObject({ code: 'EnableSoftwareTokenMFAException' });
    await expectSignedIn(c, await verify(totp(secret)));

    expect(await c.signIn()).toMatchObject({
      callback: 'totpRequired',
      with: ['SOFTWARE_TOKEN_MFA', { FRIENDLY_DEVICE_NAME: 'phone' }],
    });
    await expectSignedIn(
      c,
      await outcome((callbacks) => c.user.sendMFACode(totp(secret, 1), callbacks, 'SOFTWARE_TOKEN_MFA')),
    );
  });

  test('NEW_PASSWORD_REQUIRED takes an attribute that was missing, and MFA follows', async () => {
    const c = await client(flow, {
      requiredAttributes: ['given_name'],
      users: [
        {
          ...alice,
          status: 'FORCE_CHANGE_PASSWORD',
          attributes: { email: 'alice@example.com' },
          mfa: { sms: PHONE },
        },
      ],
    });
    expect(await c.signIn()).toMatchObject({
      callback: 'newPasswordRequired',
      with: [{ email: 'alice@example.com' }, ['given_name']],
    });
    const answer = (password: string) =>
      outcome((callbacks) =>
        c.user.completeNewPasswordChallenge(password, { given_name: 'Alice' }, callbacks),
      );
    await expect(answer('short')).rejects.toMatchObject({ code: 'InvalidPasswordException' });
    expect(await answer('Another-Horse-9')).toMatchObject({ callback: 'mfaRequired' });
    await expectSignedIn(c, await outcome((callbacks) => c.user.sendMFACode(c.pool.lastCode(), callbacks)));
    expect(c.pool.users.find('alice')?.attributes).toMatchObject({ given_name: 'Alice' });
    await expect(c.signIn()).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    expect(await c.signIn('Another-Horse-9')).toMatchObject({ callback: 'mfaRequired' });
  });
});

describe('CUSTOM_AUTH', () => {
  const answer = ({ user }: Client, text: string) =>
    outcome((callbacks) => user.sendCustomChallengeAnswer(text, callbacks));
  const firstQuestion = { callback: 'customChallenge', with: [{ question: 'first word' }] };

  test.each([
    [
      'without a password',
      ({ user }: Client) =>
        outcome((callbacks) =>
          user.initiateAuth(new AuthenticationDetails({ Username: 'alice' }), callbacks),
        ),
    ],
    ['after the password', ({ signIn }: Client) => signIn()],
  ])('two challenges are answered, %s', async (_, start) => {
    const c = await client('CUSTOM_AUTH', { triggers: TRIGGERS });
    expect(await start(c)).toMatchObject(firstQuestion);
    expect(await answer(c, 'open')).toMatchObject({
      callback: 'customChallenge',
      with: [{ question: 'second word' }],
    });
    await expectSignedIn(c, await answer(c, 'sesame'));
  });

  test('a wrong answer is refused, and a wrong password', async () => {
    const c = await client('CUSTOM_AUTH', { triggers: TRIGGERS });
    await c.signIn();
    await expect(answer(c, 'close')).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    await expect(c.signIn('wrong')).rejects.toMatchObject({ code: 'NotAuthorizedException' });
  });
});
