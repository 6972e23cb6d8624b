/** `aws-amplify` v6 signs in to the local pool by every flow and challenge that needs no browser. */
import { Amplify } from 'aws-amplify';
import {
  confirmSignIn,
  fetchAuthSession,
  getCurrentUser,
  type SignInInput,
  type SignInOutput,
  signIn,
  signOut,
} from 'aws-amplify/auth';
import type { UserPoolOptions } from '../../pool/src/index.ts';
import {
  EMAIL,
  type ListeningPool,
  listeningPool,
  PASSWORD,
  PHONE,
  TOTP_SECRET,
  TRIGGERS,
  totp,
  wrong,
} from './listening-pool.ts';

type Flow = NonNullable<NonNullable<SignInInput['options']>['authFlowType']>;

/** A pool that Amplify is configured for. */
async function amplifyPool(flow: string, options?: UserPoolOptions): Promise<ListeningPool> {
  const pool = await listeningPool(flow, options);
  // It warns about every endpoint that is not AWS's
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  Amplify.configure({
    Auth: {
      Cognito: {
        userPoolId: pool.userPoolId,
        userPoolClientId: 'web',
        userPoolEndpoint: pool.endpoint,
      },
    },
  });
  warn.mockRestore();
  return pool;
}

afterEach(() => signOut());

async function expectSignedIn(pool: ListeningPool, output: SignInOutput, username = 'alice') {
  expect(output).toMatchObject({ isSignedIn: true, nextStep: { signInStep: 'DONE' } });
  const { tokens } = await fetchAuthSession();
  expect(await pool.userOf(String(tokens?.accessToken))).toBe(username);
  expect(tokens?.idToken?.payload['cognito:username']).toBe(username);
  expect(await getCurrentUser()).toMatchObject({ username });
}

const step = ({ nextStep }: SignInOutput) => nextStep.signInStep;
const answer = (challengeResponse: string) => confirmSignIn({ challengeResponse });

const begin = (authFlowType: Flow, options: SignInInput['options'] = {}, password = PASSWORD) =>
  signIn({
    username: 'alice',
    ...(authFlowType !== 'CUSTOM_WITHOUT_SRP' && { password }),
    options: { authFlowType, ...options },
  });

describe.each(['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'] as const)('%s', (flow) => {
  const user = { username: 'alice', password: PASSWORD };

  test('the password signs in, another one does not', async () => {
    const pool = await amplifyPool(flow);
    await expect(begin(flow, {}, 'wrong')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
    await expectSignedIn(pool, await begin(flow));
  });

  test('an alias signs in the user it belongs to', async () => {
    const pool = await amplifyPool(flow, { users: [{ ...user, aliases: [EMAIL] }] });
    const output = await signIn({ username: EMAIL, password: PASSWORD, options: { authFlowType: flow } });
    await expectSignedIn(pool, output);
  });

  test('SMS_MFA takes the right code after a wrong one', async () => {
    const pool = await amplifyPool(flow, { users: [{ ...user, mfa: { sms: PHONE } }] });
    const output = await begin(flow);
    expect(output.nextStep).toEqual({
      signInStep: 'CONFIRM_SIGN_IN_WITH_SMS_CODE',
      codeDeliveryDetails: { deliveryMedium: 'SMS', destination: '+*******1234' },
    });
    await expect(answer(wrong(pool.lastCode()))).rejects.toMatchObject({ name: 'CodeMismatchException' });
    await expectSignedIn(pool, await answer(pool.lastCode()));
  });

  test('SOFTWARE_TOKEN_MFA takes the right code after a wrong one', async () => {
    const pool = await amplifyPool(flow, { users: [{ ...user, mfa: { totp: TOTP_SECRET } }] });
    expect(step(await begin(flow))).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE');
    await expect(answer(totp(TOTP_SECRET, 20))).rejects.toMatchObject({ name: 'CodeMismatchException' });
    await expectSignedIn(pool, await answer(totp(TOTP_SECRET)));
  });

  test('EMAIL_OTP is answered as the second factor', async () => {
    const pool = await amplifyPool(flow, {
      users: [{ ...user, attributes: { email: EMAIL }, mfa: { email: true } }],
    });
    const output = await begin(flow);
    expect(output.nextStep).toEqual({
      signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE',
      codeDeliveryDetails: { deliveryMedium: 'EMAIL', destination: 'a***@e***' },
    });
    await expectSignedIn(pool, await answer(pool.lastCode()));
  });

  test.each([
    ['SMS', 'CONFIRM_SIGN_IN_WITH_SMS_CODE'],
    ['TOTP', 'CONFIRM_SIGN_IN_WITH_TOTP_CODE'],
    ['EMAIL', 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE'],
  ])('SELECT_MFA_TYPE, choosing %s', async (choice, next) => {
    const pool = await amplifyPool(flow, {
      users: [{ ...user, attributes: { email: EMAIL }, mfa: { sms: PHONE, totp: TOTP_SECRET, email: true } }],
    });
    const output = await begin(flow);
    expect(output.nextStep).toEqual({
      signInStep: 'CONTINUE_SIGN_IN_WITH_MFA_SELECTION',
      allowedMFATypes: ['SMS', 'TOTP', 'EMAIL'],
    });
    expect(step(await answer(choice))).toBe(next);
    await expectSignedIn(pool, await answer(choice === 'TOTP' ? totp(TOTP_SECRET) : pool.lastCode()));
  });

  test('MFA_SETUP sets up an authenticator app, which the next sign-in asks for', async () => {
    const pool = await amplifyPool(flow, { mfa: 'ON' });
    const output = await begin(flow);
    expect(output.nextStep).toEqual({
      signInStep: 'CONTINUE_SIGN_IN_WITH_MFA_SETUP_SELECTION',
      allowedMFATypes: ['TOTP', 'EMAIL'],
    });
    const { nextStep } = await answer('TOTP');
    if (nextStep.signInStep !== 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP') throw new Error(nextStep.signInStep);
    const { sharedSecret } = nextStep.totpSetupDetails;
    await expect(answer(totp(sharedSecret, 20))).rejects.toMatchObject({
      name: 'EnableSoftwareTokenMFAException',
    });
    await expectSignedIn(pool, await answer(totp(sharedSecret)));

    await signOut();
    expect(step(await begin(flow))).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE');
    await expectSignedIn(pool, await answer(totp(sharedSecret, 1)));
  });

  test('MFA_SETUP sets up e-mail, which the next sign-in asks for', async () => {
    const pool = await amplifyPool(flow, { mfa: 'ON' });
    await begin(flow);
    expect(step(await answer('EMAIL'))).toBe('CONTINUE_SIGN_IN_WITH_EMAIL_SETUP');
    expect(step(await answer(EMAIL))).toBe('CONFIRM_SIGN_IN_WITH_EMAIL_CODE');
    expect(pool.outbox.at(-1)).toMatchObject({ to: EMAIL, medium: 'EMAIL', username: 'alice' });
    await expectSignedIn(pool, await answer(pool.lastCode()));

    await signOut();
    expect(step(await begin(flow))).toBe('CONFIRM_SIGN_IN_WITH_EMAIL_CODE');
    await expectSignedIn(pool, await answer(pool.lastCode()));
  });

  test('NEW_PASSWORD_REQUIRED takes an attribute that was missing, and MFA follows', async () => {
    const pool = await amplifyPool(flow, {
      requiredAttributes: ['given_name'],
      users: [{ ...user, status: 'FORCE_CHANGE_PASSWORD', mfa: { sms: PHONE } }],
    });
    const output = await begin(flow);
    expect(output.nextStep).toEqual({
      signInStep: 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED',
      missingAttributes: ['given_name'],
    });
    const options = { userAttributes: { given_name: 'Alice' } };
    await expect(confirmSignIn({ challengeResponse: 'short', options })).rejects.toMatchObject({
      name: 'InvalidPasswordException',
    });
    const next = await confirmSignIn({ challengeResponse: 'Another-Horse-9', options });
    expect(step(next)).toBe('CONFIRM_SIGN_IN_WITH_SMS_CODE');
    await expectSignedIn(pool, await answer(pool.lastCode()));
    expect(pool.users.find('alice')?.attributes).toMatchObject({ given_name: 'Alice' });

    await signOut();
    await expect(begin(flow)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    expect(step(await begin(flow, {}, 'Another-Horse-9'))).toBe('CONFIRM_SIGN_IN_WITH_SMS_CODE');
  });
});

describe('CUSTOM_AUTH', () => {
  test.each(['CUSTOM_WITHOUT_SRP', 'CUSTOM_WITH_SRP'] as const)('%s answers two challenges', async (flow) => {
    const pool = await amplifyPool('CUSTOM_AUTH', { triggers: TRIGGERS });
    const output = await begin(flow);
    expect(output.nextStep).toMatchObject({
      signInStep: 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE',
      additionalInfo: { question: 'first word' },
    });
    const next = await answer('open');
    expect(next.nextStep).toMatchObject({ additionalInfo: { question: 'second word' } });
    await expectSignedIn(pool, await answer('sesame'));
  });

  test('a wrong answer is refused', async () => {
    await amplifyPool('CUSTOM_AUTH', { triggers: TRIGGERS });
    await begin('CUSTOM_WITHOUT_SRP');
    await expect(answer('close')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  test('a wrong password is refused', async () => {
    await amplifyPool('CUSTOM_AUTH', { triggers: TRIGGERS });
    await expect(begin('CUSTOM_WITH_SRP', {}, 'wrong')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });
});

describe.each(['present', 'absent'] as const)(
  'USER_AUTH, Session %s beside PASSWORD_VERIFIER',
  (USER_AUTH) => {
    const options: UserPoolOptions = {
      sessionPlacement: { USER_AUTH },
      users: [{ username: 'alice', password: PASSWORD, attributes: { email: EMAIL, phone_number: PHONE } }],
    };

    test('PASSWORD_SRP signs in where it is preferred', async () => {
      const pool = await amplifyPool('USER_AUTH', options);
      await expectSignedIn(pool, await begin('USER_AUTH', { preferredChallenge: 'PASSWORD_SRP' }));
    });

    test('PASSWORD_SRP signs in where it is chosen', async () => {
      const pool = await amplifyPool('USER_AUTH', options);
      const output = await signIn({ username: 'alice', options: { authFlowType: 'USER_AUTH' } });
      expect(output.nextStep).toEqual({
        signInStep: 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION',
        availableChallenges: ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'],
      });
      expect(step(await answer('PASSWORD_SRP'))).toBe('CONFIRM_SIGN_IN_WITH_PASSWORD');
      await expectSignedIn(pool, await answer(PASSWORD));
    });
  },
);

describe('USER_AUTH', () => {
  const options: UserPoolOptions = {
    users: [{ username: 'alice', password: PASSWORD, attributes: { email: EMAIL, phone_number: PHONE } }],
  };
  const withoutPassword = (preferredChallenge?: 'EMAIL_OTP' | 'SMS_OTP' | 'PASSWORD') =>
    signIn({
      username: 'alice',
      options: { authFlowType: 'USER_AUTH', ...(preferredChallenge && { preferredChallenge }) },
    });

  test('PASSWORD signs in where it is preferred', async () => {
    const pool = await amplifyPool('USER_AUTH', options);
    await expect(begin('USER_AUTH', { preferredChallenge: 'PASSWORD' }, 'wrong')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    await expectSignedIn(pool, await begin('USER_AUTH', { preferredChallenge: 'PASSWORD' }));
  });

  test('PASSWORD signs in where it is chosen', async () => {
    const pool = await amplifyPool('USER_AUTH', options);
    await withoutPassword();
    expect(step(await answer('PASSWORD'))).toBe('CONFIRM_SIGN_IN_WITH_PASSWORD');
    await expectSignedIn(pool, await answer(PASSWORD));
  });

  test.each([
    ['EMAIL_OTP', 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE'],
    ['SMS_OTP', 'CONFIRM_SIGN_IN_WITH_SMS_CODE'],
  ] as const)('%s preferred, and chosen: a wrong code, then the right one', async (factor, next) => {
    const pool = await amplifyPool('USER_AUTH', options);
    expect(step(await withoutPassword(factor))).toBe(next);
    expect(pool.lastCode()).toMatch(/^\d{8}$/);
    await expect(answer(wrong(pool.lastCode()))).rejects.toMatchObject({ name: 'CodeMismatchException' });
    await expectSignedIn(pool, await answer(pool.lastCode()));

    await signOut();
    await withoutPassword();
    expect(step(await answer(factor))).toBe(next);
    await expectSignedIn(pool, await answer(pool.lastCode()));
  });

  test('a user with a second factor begins with the password', async () => {
    const pool = await amplifyPool('USER_AUTH', {
      users: [{ username: 'alice', password: PASSWORD, mfa: { totp: TOTP_SECRET } }],
    });
    const { nextStep } = await withoutPassword();
    expect(nextStep).toMatchObject({ availableChallenges: ['PASSWORD_SRP', 'PASSWORD'] });
    await answer('PASSWORD_SRP');
    expect(step(await answer(PASSWORD))).toBe('CONFIRM_SIGN_IN_WITH_TOTP_CODE');
    await expectSignedIn(pool, await answer(totp(TOTP_SECRET)));
  });
});
