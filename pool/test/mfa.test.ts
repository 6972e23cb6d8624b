/** A pool asks for the right second factor, takes right codes once, and ends Sessions in time. */
import { TOTP } from 'otpauth';
import type { UserOptions, UserPoolOptions } from '../src/index.ts';
import {
  another,
  createWire,
  NOT_THE_CODE,
  PASSWORD,
  refused,
  SESSION_EXPIRED,
  SESSION_UNKNOWN,
  SESSION_USED,
  signedIn,
  srpClient,
  type Wire,
} from './wire.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

const withMfa = (mfa: NonNullable<UserOptions['mfa']>, options: UserPoolOptions = {}) =>
  createWire({
    users: [{ username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' }, mfa }],
    ...options,
  });

const appCode = ({ now }: Wire, secret = SECRET, steps = 0) =>
  new TOTP({ secret }).generate({ timestamp: now() + steps * 30_000 });

describe.each([
  ['SMS_MFA', { sms: '+4912345678' }, 'SMS', '+******5678'],
  ['EMAIL_OTP', { email: true }, 'EMAIL', 'a***@e***'],
] as const)('%s', (name, mfa, medium, destination) => {
  const key = `${name}_CODE`;

  test('sends six digits and takes them once', async () => {
    const wire = withMfa(mfa);
    const asked = await wire.signIn();
    expect(asked).toMatchObject({
      ChallengeName: name,
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: medium,
        CODE_DELIVERY_DESTINATION: destination,
        USER_ID_FOR_SRP: 'alice',
      },
    });
    expect(wire.pool.outbox).toEqual([
      {
        to: medium === 'SMS' ? '+4912345678' : 'alice@example.com',
        medium,
        purpose: name,
        code: expect.stringMatching(/^[0-9]{6}$/),
        subject: medium === 'SMS' ? undefined : 'Your authentication code',
        body: `Your authentication code is ${wire.lastCode()}`,
        username: 'alice',
        at: wire.now(),
      },
    ]);
    const responses = { [key]: wire.lastCode() };
    expect(await wire.respond(name, asked.Session, responses)).toMatchObject(signedIn);
    expect(await wire.respond(name, asked.Session, responses)).toMatchObject(SESSION_USED);
  });

  test('a wrong code leaves the session good', async () => {
    const wire = withMfa(mfa);
    const { Session } = await wire.signIn();
    const code = wire.lastCode();
    expect(await wire.respond(name, Session, { [key]: another(code) })).toMatchObject(NOT_THE_CODE);
    expect(await wire.respond(name, Session, { [key]: code })).toMatchObject(signedIn);
  });

  test('a wrong code spends the session where the pool is set so', async () => {
    const wire = withMfa(mfa, { wrongCodeKeepsSession: false });
    const { Session } = await wire.signIn();
    const code = wire.lastCode();
    expect(await wire.respond(name, Session, { [key]: another(code) })).toMatchObject(NOT_THE_CODE);
    expect(await wire.respond(name, Session, { [key]: code })).toMatchObject(SESSION_USED);
  });

  test('of two right answers at once, one signs in', async () => {
    const wire = withMfa(mfa);
    const { Session } = await wire.signIn();
    const answer = () => wire.respond(name, Session, { [key]: wire.lastCode() });
    const replies = await Promise.all([answer(), answer()]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  test('a session ends after three minutes', async () => {
    const wire = withMfa(mfa);
    const { Session } = await wire.signIn();
    wire.wait(180);
    expect(await wire.respond(name, Session, { [key]: wire.lastCode() })).toMatchObject(SESSION_EXPIRED);
  });

  test('a session answers no other challenge', async () => {
    const wire = withMfa(mfa);
    const { Session } = await wire.signIn();
    const other = { SOFTWARE_TOKEN_MFA_CODE: wire.lastCode() };
    expect(await wire.respond('SOFTWARE_TOKEN_MFA', Session, other)).toMatchObject(NOT_THE_CODE);
    expect(await wire.respond(name, Session, { [key]: wire.lastCode() })).toMatchObject(signedIn);
  });
});

describe('after five wrong codes', () => {
  const EXCEEDED = refused('NotAuthorizedException', 'Password attempts exceeded');
  const FACTORS: Readonly<
    Record<string, { mfa: NonNullable<UserOptions['mfa']>; key: string; right: (wire: Wire) => string }>
  > = {
    SMS_MFA: { mfa: { sms: '+4912345678' }, key: 'SMS_MFA_CODE', right: (wire) => wire.lastCode() },
    EMAIL_OTP: { mfa: { email: true }, key: 'EMAIL_OTP_CODE', right: (wire) => wire.lastCode() },
    SOFTWARE_TOKEN_MFA: { mfa: { totp: SECRET }, key: 'SOFTWARE_TOKEN_MFA_CODE', right: appCode },
  };

  describe.each(Object.entries(FACTORS))('of %s', (name, { mfa, key, right }) => {
    const begin = async (options: UserPoolOptions = {}) => {
      const wire = withMfa(mfa, options);
      const { Session } = await wire.signIn();
      return {
        wire,
        answer: () => wire.respond(name, Session, { [key]: right(wire) }),
        guess: () => wire.respond(name, Session, { [key]: another(right(wire)) }),
      };
    };
    const WRONG = { status: 400, __type: 'CodeMismatchException' };

    test('the right code has to wait too, twice as long each time, and its Session stays', async () => {
      const { wire, answer, guess } = await begin();
      for (let i = 0; i < 5; i++) expect(await guess()).toMatchObject(WRONG);
      expect(await answer()).toMatchObject(EXCEEDED);
      wire.wait(1);
      expect(await guess()).toMatchObject(WRONG);
      wire.wait(1);
      expect(await answer()).toMatchObject(EXCEEDED);
      wire.wait(1);
      expect(await answer()).toMatchObject(signedIn);
    });

    test('the right password of another sign-in changes nothing, and a right code ends the wait', async () => {
      const { wire, guess } = await begin();
      for (let i = 0; i < 4; i++) expect(await guess()).toMatchObject(WRONG);
      const { Session } = await wire.signIn();
      expect(await wire.respond(name, Session, { [key]: another(right(wire)) })).toMatchObject(WRONG);
      expect(await wire.respond(name, Session, { [key]: right(wire) })).toMatchObject(EXCEEDED);
      wire.wait(1);
      expect(await wire.respond(name, Session, { [key]: right(wire) })).toMatchObject(signedIn);
      const next = await wire.signIn();
      for (let i = 0; i < 4; i++) {
        expect(await wire.respond(name, next.Session, { [key]: another(right(wire)) })).toMatchObject(WRONG);
      }
      wire.wait(30);
      expect(await wire.respond(name, next.Session, { [key]: right(wire) })).toMatchObject(signedIn);
    });

    test('nothing waits where the pool locks nobody out', async () => {
      const { answer, guess } = await begin({ lockout: false });
      for (let i = 0; i < 6; i++) expect(await guess()).toMatchObject(WRONG);
      expect(await answer()).toMatchObject(signedIn);
    });
  });
});

test('a session of a challenge is needed, known, and of this user', async () => {
  const wire = withMfa({ sms: '+4912345678' });
  wire.pool.users.add({ username: 'bob', password: PASSWORD });
  const { Session } = await wire.signIn();
  const code = { SMS_MFA_CODE: wire.lastCode() };
  expect(await wire.respond('SMS_MFA', undefined, code)).toMatchObject(
    refused('InvalidParameterException', 'Missing required parameter Session'),
  );
  expect(await wire.respond('SMS_MFA', `${Session}x`, code)).toMatchObject(SESSION_UNKNOWN);
  expect(await wire.respond('SMS_MFA', Session, { ...code, USERNAME: 'bob' })).toMatchObject(SESSION_UNKNOWN);
});

describe('SOFTWARE_TOKEN_MFA', () => {
  const answer = (wire: Wire, Session: string, code: string) =>
    wire.respond('SOFTWARE_TOKEN_MFA', Session, { SOFTWARE_TOKEN_MFA_CODE: code });

  test.each([-1, 0, 1])('takes the code of a step %i away', async (steps) => {
    const wire = withMfa({ totp: SECRET });
    const { ChallengeName, Session } = await wire.signIn();
    expect(ChallengeName).toBe('SOFTWARE_TOKEN_MFA');
    expect(await answer(wire, Session, appCode(wire, SECRET, steps))).toMatchObject(signedIn);
  });

  test.each([-2, 2])('refuses the code of a step %i away, and keeps the session', async (steps) => {
    const wire = withMfa({ totp: SECRET });
    const { Session } = await wire.signIn();
    expect(await answer(wire, Session, appCode(wire, SECRET, steps))).toMatchObject(
      refused('CodeMismatchException', 'Invalid code received for user'),
    );
    expect(await answer(wire, Session, appCode(wire))).toMatchObject(signedIn);
  });

  test('takes no code twice', async () => {
    const wire = withMfa({ totp: SECRET });
    const code = appCode(wire);
    expect(await answer(wire, (await wire.signIn()).Session, code)).toMatchObject(signedIn);
    const { Session } = await wire.signIn();
    expect(await answer(wire, Session, code)).toMatchObject(
      refused('ExpiredCodeException', 'Your software token has already been used once.'),
    );
    wire.wait(30);
    expect(await answer(wire, Session, appCode(wire))).toMatchObject(signedIn);
  });

  test('follows a password proved by SRP too', async () => {
    const wire = withMfa({ totp: SECRET });
    const { SRP_A, prove } = srpClient(wire);
    const challenge = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A });
    expect(await wire.respond('PASSWORD_VERIFIER', undefined, prove(challenge))).toMatchObject({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
    });
  });

  test('is not answered once the app is gone', async () => {
    const wire = withMfa({ totp: SECRET });
    const { Session } = await wire.signIn();
    wire.pool.users.setMfa('alice', {});
    expect(await answer(wire, Session, appCode(wire))).toMatchObject(
      refused('SoftwareTokenMFANotFoundException', 'Software Token MFA does not exist for the user.'),
    );
  });
});

describe('which factor is asked for', () => {
  const all = { sms: '+4912345678', totp: SECRET, email: true };

  test('is the preferred one', async () => {
    const { signIn } = withMfa({ ...all, preferred: 'EMAIL_OTP' });
    expect(await signIn()).toMatchObject({ ChallengeName: 'EMAIL_OTP' });
  });

  test('is a choice where there are several without preference', async () => {
    const wire = withMfa(all);
    const asked = await wire.signIn();
    expect(asked).toMatchObject({ ChallengeName: 'SELECT_MFA_TYPE' });
    expect(JSON.parse(asked.ChallengeParameters['MFAS_CAN_CHOOSE'] ?? '')).toEqual([
      'SMS_MFA',
      'SOFTWARE_TOKEN_MFA',
      'EMAIL_OTP',
    ]);
    expect(await wire.respond('SELECT_MFA_TYPE', asked.Session, { ANSWER: 'PIGEON' })).toMatchObject({
      __type: 'InvalidParameterException',
    });
    const chosen = await wire.respond('SELECT_MFA_TYPE', asked.Session, { ANSWER: 'SMS_MFA' });
    expect(chosen).toMatchObject({ ChallengeName: 'SMS_MFA' });
    expect(await wire.respond('SMS_MFA', chosen.Session, { SMS_MFA_CODE: wire.lastCode() })).toMatchObject(
      signedIn,
    );
    expect(await wire.respond('SELECT_MFA_TYPE', asked.Session, { ANSWER: 'SMS_MFA' })).toMatchObject(
      SESSION_USED,
    );
  });

  test('is none where the pool does not ask for one', async () => {
    expect(await withMfa(all, { mfa: 'OFF' }).signIn()).toMatchObject(signedIn);
  });

  test('is not a factor without an address', async () => {
    const wire = createWire({ users: [{ username: 'alice', password: PASSWORD, mfa: { email: true } }] });
    expect(await wire.signIn()).toMatchObject(signedIn);
  });
});

describe('MFA_SETUP', () => {
  const begin = async () => {
    const wire = withMfa({}, { mfa: 'ON' });
    const asked = await wire.signIn();
    return { wire, asked };
  };

  test('sets up an app, with a new session at each step', async () => {
    const { wire, asked } = await begin();
    expect(asked).toMatchObject({
      ChallengeName: 'MFA_SETUP',
      ChallengeParameters: { USER_ID_FOR_SRP: 'alice' },
    });
    expect(JSON.parse(asked.ChallengeParameters['MFAS_CAN_SETUP'] ?? '')).toEqual([
      'SOFTWARE_TOKEN_MFA',
      'EMAIL_OTP',
    ]);
    const associated = await wire.call('AssociateSoftwareToken', { Session: asked.Session });
    const SecretCode = String(associated['SecretCode']);
    expect(SecretCode).toMatch(/^[A-Z2-7]{16,}$/);
    const wrong = { Session: associated.Session, UserCode: another(appCode(wire, SecretCode)) };
    expect(await wire.call('VerifySoftwareToken', wrong)).toMatchObject(
      refused('EnableSoftwareTokenMFAException', 'Code mismatch and fail enable Software Token MFA'),
    );
    const right = {
      Session: associated.Session,
      UserCode: appCode(wire, SecretCode),
      FriendlyDeviceName: 'phone',
    };
    const verified = await wire.call('VerifySoftwareToken', right);
    expect(verified).toMatchObject({ Status: 'SUCCESS' });
    expect(new Set([asked.Session, associated.Session, verified.Session]).size).toBe(3);
    expect(await wire.respond('MFA_SETUP', associated.Session, {})).toMatchObject(SESSION_USED);
    const { AuthenticationResult, ...done } = await wire.respond('MFA_SETUP', verified.Session, {});
    expect({ AuthenticationResult, ...done }).toMatchObject(signedIn);
    const { AccessToken } = AuthenticationResult;
    expect(await wire.call('GetUser', { AccessToken })).not.toHaveProperty('UserMFASettingList');

    const again = await wire.signIn();
    expect(again).toMatchObject({
      ChallengeName: 'SOFTWARE_TOKEN_MFA',
      ChallengeParameters: { FRIENDLY_DEVICE_NAME: 'phone' },
    });
    expect(
      await wire.respond('SOFTWARE_TOKEN_MFA', again.Session, {
        SOFTWARE_TOKEN_MFA_CODE: appCode(wire, SecretCode),
      }),
    ).toMatchObject(refused('ExpiredCodeException', 'Your software token has already been used once.'));
  });

  test('needs a verified app', async () => {
    const { wire, asked } = await begin();
    expect(await wire.respond('MFA_SETUP', asked.Session, {})).toMatchObject({
      __type: 'SoftwareTokenMFANotFoundException',
    });
    const { Session } = await wire.call('AssociateSoftwareToken', { Session: asked.Session });
    expect(await wire.respond('MFA_SETUP', Session, {})).toMatchObject({
      __type: 'SoftwareTokenMFANotFoundException',
    });
    expect(await wire.call('VerifySoftwareToken', { Session, UserCode: '12345' })).toMatchObject({
      __type: 'InvalidParameterException',
    });
  });

  test('sets up e-mail', async () => {
    const { wire, asked } = await begin();
    const sent = await wire.respond('MFA_SETUP', asked.Session, { EMAIL: 'new@example.org' });
    expect(sent).toMatchObject({ ChallengeName: 'EMAIL_OTP' });
    expect(wire.pool.outbox.at(-1)).toMatchObject({ to: 'new@example.org', medium: 'EMAIL' });
    expect(await wire.respond('EMAIL_OTP', sent.Session, { EMAIL_OTP_CODE: wire.lastCode() })).toMatchObject(
      signedIn,
    );
    expect(wire.pool.users.find('alice')).toMatchObject({
      attributes: { email: 'new@example.org', email_verified: 'true' },
      mfa: { enabled: [] },
    });
    expect(await wire.signIn()).toMatchObject({ ChallengeName: 'EMAIL_OTP' });
  });
});

describe('the address of MFA_SETUP', () => {
  const INVALID_FORM = refused('InvalidParameterException', 'Invalid email address format.');
  const begin = async (options: UserPoolOptions = {}) => {
    const wire = withMfa({}, { mfa: 'ON', ...options });
    const { Session } = await wire.signIn();
    return {
      wire,
      setUp: (EMAIL: string) => wire.respond('MFA_SETUP', Session, { EMAIL }),
      attributes: () => wire.pool.users.find('alice')?.attributes,
    };
  };

  test('is an attribute once its code was right, and not before', async () => {
    const { wire, setUp, attributes } = await begin();
    const sent = await setUp('new@example.org');
    const code = wire.lastCode();
    expect(attributes()).toEqual({ email: 'alice@example.com' });
    expect(await wire.respond('EMAIL_OTP', sent.Session, { EMAIL_OTP_CODE: another(code) })).toMatchObject(
      NOT_THE_CODE,
    );
    expect(attributes()).toEqual({ email: 'alice@example.com' });
    expect(await wire.respond('EMAIL_OTP', sent.Session, { EMAIL_OTP_CODE: code })).toMatchObject(signedIn);
    expect(attributes()).toEqual({ email: 'new@example.org', email_verified: 'true' });
  });

  test.each(['', 'alice', 'a b@example.org'])(
    '%j is refused, and another one can be given',
    async (email) => {
      const { wire, setUp, attributes } = await begin();
      expect(await setUp(email)).toMatchObject(INVALID_FORM);
      expect(attributes()).toEqual({ email: 'alice@example.com' });
      expect(wire.pool.outbox).toEqual([]);
      expect(await setUp('new@example.org')).toMatchObject({ ChallengeName: 'EMAIL_OTP' });
    },
  );

  test('has to conform to the schema, except the address that the user has', async () => {
    const schema = [{ Name: 'email', AttributeDataType: 'String' as const, Mutable: false }];
    const { setUp } = await begin({ schema });
    expect(await setUp('new@example.org')).toMatchObject(
      refused('InvalidParameterException', 'user.email: Attribute cannot be updated.\n'),
    );
    expect(await setUp('alice@example.com')).toMatchObject({ ChallengeName: 'EMAIL_OTP' });
  });

  test('has to be one that the client may write', async () => {
    const { setUp } = await begin({
      clients: [
        { clientId: 'web', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'], writeAttributes: ['name'] },
      ],
    });
    expect(await setUp('new@example.org')).toMatchObject(
      refused('NotAuthorizedException', 'A client attempted to write unauthorized attribute'),
    );
  });
});

describe('with an access token', () => {
  test('an app is set up and preferred', async () => {
    const wire = withMfa({});
    const { AccessToken } = (await wire.signIn()).AuthenticationResult;
    const turnOn = { AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } };
    expect(await wire.call('SetUserMFAPreference', turnOn)).toMatchObject(
      refused(
        'InvalidParameterException',
        'User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA',
      ),
    );
    const associated = await wire.call('AssociateSoftwareToken', { AccessToken });
    expect(associated).not.toHaveProperty('Session');
    const UserCode = appCode(wire, String(associated['SecretCode']));
    const verified = await wire.call('VerifySoftwareToken', { AccessToken, UserCode });
    expect(verified).toMatchObject({ Status: 'SUCCESS' });
    expect(verified).not.toHaveProperty('Session');
    expect(await wire.signIn()).toMatchObject(signedIn);

    expect(await wire.call('SetUserMFAPreference', turnOn)).toEqual({ status: 200 });
    expect(await wire.call('GetUser', { AccessToken })).toMatchObject({
      PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA',
      UserMFASettingList: ['SOFTWARE_TOKEN_MFA'],
    });
    expect(await wire.signIn()).toMatchObject({ ChallengeName: 'SOFTWARE_TOKEN_MFA' });

    await wire.call('SetUserMFAPreference', { AccessToken, SoftwareTokenMfaSettings: { Enabled: false } });
    expect(await wire.signIn()).toMatchObject(signedIn);
  });
});
