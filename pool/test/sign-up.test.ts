/** SignUp, ConfirmSignUp and ResendConfirmationCode work, also for users who do not exist. */
import { createHmac } from 'node:crypto';
import type { UserPoolOptions } from '../src/index.ts';
import { another, CODE_EXPIRED, CODE_MISMATCH, createWire, PASSWORD, refused, signedIn } from './wire.ts';

const bob = {
  ClientId: 'web',
  Username: 'bob',
  Password: PASSWORD,
  UserAttributes: [{ Name: 'email', Value: 'bob@example.com' }],
};
const name = { ClientId: 'web', Username: 'bob' };

describe('sign-up', () => {
  test('from SignUp to tokens by USER_AUTH with the Session of ConfirmSignUp', async () => {
    const wire = createWire();
    const signedUp = await wire.call('SignUp', bob);
    expect(signedUp).toMatchObject({
      status: 200,
      UserConfirmed: false,
      UserSub: wire.pool.users.find('bob')?.sub,
      CodeDeliveryDetails: {
        AttributeName: 'email',
        DeliveryMedium: 'EMAIL',
        Destination: 'b***@e***',
      },
    });
    const { Session } = signedUp;
    const ConfirmationCode = wire.lastCode();
    expect(
      await wire.call('ConfirmSignUp', { ...name, Session, ConfirmationCode: another(ConfirmationCode) }),
    ).toMatchObject(CODE_MISMATCH);
    const confirmed = await wire.call('ConfirmSignUp', { ...name, Session, ConfirmationCode });
    expect(confirmed).toMatchObject({ status: 200, Session: expect.any(String) });
    expect(wire.pool.users.find('bob')).toMatchObject({
      status: 'CONFIRMED',
      attributes: { email_verified: 'true' },
    });
    const continued = () => wire.initiate('USER_AUTH', { USERNAME: 'bob' }, { Session: confirmed.Session });
    expect(await continued()).toMatchObject(signedIn);
    expect(await continued()).toMatchObject({ __type: 'NotAuthorizedException' });
    expect(await wire.signIn('bob')).toMatchObject(signedIn);
    expect(await wire.call('ConfirmSignUp', { ...name, ConfirmationCode })).toMatchObject(
      refused('NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED'),
    );
  });

  test('the Session of SignUp does not sign in', async () => {
    const wire = createWire();
    const { Session } = await wire.call('SignUp', bob);
    const ConfirmationCode = wire.lastCode();
    expect(await wire.call('ConfirmSignUp', { ...name, ConfirmationCode })).toMatchObject({ status: 200 });
    expect(await wire.initiate('USER_AUTH', { USERNAME: 'bob' }, { Session })).toMatchObject(
      refused('NotAuthorizedException', 'Invalid session for the user.'),
    );
  });

  test('an unconfirmed user cannot sign in; a code can be sent anew', async () => {
    const wire = createWire();
    await wire.call('SignUp', bob);
    expect(await wire.signIn('bob')).toMatchObject(
      refused('UserNotConfirmedException', 'User is not confirmed.'),
    );
    expect(await wire.call('ResendConfirmationCode', name)).toMatchObject({
      CodeDeliveryDetails: { Destination: 'b***@e***' },
    });
    expect(wire.pool.outbox.map(({ purpose, to }) => [purpose, to])).toEqual([
      ['ConfirmSignUp', 'bob@example.com'],
      ['ConfirmSignUp', 'bob@example.com'],
    ]);
    wire.wait(24 * 3600);
    const ConfirmationCode = wire.lastCode();
    expect(await wire.call('ConfirmSignUp', { ...name, ConfirmationCode })).toMatchObject(CODE_EXPIRED);
  });

  test('a name that is taken is refused', async () => {
    expect(await createWire().call('SignUp', { ...bob, Username: 'alice' })).toMatchObject(
      refused('UsernameExistsException', 'User already exists'),
    );
  });

  test.each([
    ['short', 'not long enough'],
    ['UPPERCASE-1', 'must have lowercase characters'],
    ['lowercase-1', 'must have uppercase characters'],
    ['Numberless-', 'must have numeric characters'],
    ['Symbolless1', 'must have symbol characters'],
  ])('the policy refuses %s: %s', async (Password, reason) => {
    const { call } = createWire({
      passwordPolicy: {
        minimumLength: 8,
        requireLowercase: true,
        requireUppercase: true,
        requireNumbers: true,
        requireSymbols: true,
      },
    });
    expect(await call('SignUp', { ...bob, Password })).toMatchObject({
      __type: 'InvalidPasswordException',
      message: expect.stringContaining(`Password ${reason}`),
    });
  });

  test('attributes can be required', async () => {
    const { call } = createWire({ requiredAttributes: ['given_name'] });
    expect(await call('SignUp', bob)).toMatchObject({ __type: 'InvalidParameterException' });
  });

  test('the secret hash of a client with a secret is checked, and one without has none', async () => {
    const options: UserPoolOptions = { clients: [{ clientId: 'web', clientSecret: 'secret' }] };
    const { call } = createWire(options);
    const SecretHash = createHmac('sha256', 'secret').update('bobweb').digest('base64');
    expect(await call('SignUp', bob)).toMatchObject(
      refused(
        'NotAuthorizedException',
        'Client web is configured with secret but SECRET_HASH was not received',
      ),
    );
    expect(await call('SignUp', { ...bob, SecretHash: 'AAAA' })).toMatchObject(
      refused('NotAuthorizedException', 'Unable to verify secret hash for client web'),
    );
    expect(await call('SignUp', { ...bob, SecretHash })).toMatchObject({ status: 200 });
    expect(await createWire().call('SignUp', { ...bob, SecretHash })).toMatchObject(
      refused(
        'InvalidParameterException',
        'App client web is not configured for secret but secret hash was received',
      ),
    );
  });
});

describe('a user who does not exist', () => {
  const nobody = { ClientId: 'web', Username: 'nobody' };
  const confirmation = { ...nobody, ConfirmationCode: '123456' };

  test('gets an error that says so', async () => {
    const { call } = createWire();
    const notFound = refused('UserNotFoundException', 'Username/client id combination not found.');
    expect(await call('ForgotPassword', nobody)).toMatchObject(notFound);
    expect(await call('ResendConfirmationCode', nobody)).toMatchObject(notFound);
    expect(await call('ConfirmSignUp', confirmation)).toMatchObject(notFound);
    expect(await call('ConfirmForgotPassword', { ...confirmation, Password: PASSWORD })).toMatchObject(
      notFound,
    );
  });

  test('gets the reply of an existing user where that is hidden', async () => {
    const { call, pool } = createWire({ preventUserExistenceErrors: true });
    const simulated = {
      status: 200,
      CodeDeliveryDetails: { DeliveryMedium: 'EMAIL', Destination: 'n***@n***' },
    };
    expect(await call('ForgotPassword', nobody)).toMatchObject(simulated);
    expect(await call('ResendConfirmationCode', nobody)).toMatchObject(simulated);
    expect(await call('ConfirmSignUp', confirmation)).toMatchObject(CODE_EXPIRED);
    expect(await call('ConfirmForgotPassword', { ...confirmation, Password: PASSWORD })).toMatchObject(
      CODE_EXPIRED,
    );
    expect(pool.outbox).toEqual([]);
  });

  test('is treated as the client says where the pool says otherwise', async () => {
    const { call } = createWire({
      preventUserExistenceErrors: true,
      clients: [{ clientId: 'web', preventUserExistenceErrors: 'LEGACY' }],
    });
    expect(await call('ForgotPassword', nobody)).toMatchObject({ __type: 'UserNotFoundException' });
  });
});
