/** Codes of an authenticator app at the edges of their time, and the set-up that MFA_SETUP asks for. */
import { TOTP } from 'otpauth';
import type { UserOptions, UserPoolOptions } from '../src/index.ts';
import { createWire, NOT_THE_CODE, PASSWORD, refused, SESSION_USED, signedIn, type Wire } from './wire.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const USED = refused('ExpiredCodeException', 'Your software token has already been used once.');
const NO_APP = refused(
  'SoftwareTokenMFANotFoundException',
  'Software Token MFA does not exist for the user.',
);

const codeOf = ({ now }: Wire, secret = SECRET, steps = 0) =>
  new TOTP({ secret }).generate({ timestamp: now() + steps * 30_000 });

describe('a code of an app', () => {
  const withApp = () =>
    createWire({ users: [{ username: 'alice', password: PASSWORD, mfa: { totp: SECRET } }] });
  const answer = async (wire: Wire, code: string) => {
    const { Session } = await wire.signIn();
    return wire.respond('SOFTWARE_TOKEN_MFA', Session, { SOFTWARE_TOKEN_MFA_CODE: code });
  };

  test('is refused a second time for as long as it would be right', async () => {
    const wire = withApp();
    const code = codeOf(wire);
    expect(await answer(wire, code)).toMatchObject(signedIn);
    for (const seconds of [1, 10, 20]) {
      wire.wait(seconds);
      expect(await answer(wire, code)).toMatchObject(USED);
    }
    wire.wait(30);
    expect((await answer(wire, code)).__type).toBe('CodeMismatchException');
  });

  test.each([-1, 1])('that is %i steps off spends its own step and no other', async (steps) => {
    const wire = withApp();
    expect(await answer(wire, codeOf(wire, SECRET, steps))).toMatchObject(signedIn);
    expect(await answer(wire, codeOf(wire))).toMatchObject(signedIn);
    expect(await answer(wire, codeOf(wire, SECRET, -steps))).toMatchObject(signedIn);
    for (const used of [-1, 0, 1]) expect(await answer(wire, codeOf(wire, SECRET, used))).toMatchObject(USED);
  });

  test.each(['12345', '1234567', 'abcdef', '12 456', '１２３４５６'])('%s is none', async (code) => {
    expect((await answer(withApp(), code)).__type).toBe('CodeMismatchException');
  });
});

describe('MFA_SETUP', () => {
  const email = 'alice@example.com';

  async function asked(options: UserPoolOptions = {}, user: Partial<UserOptions> = {}) {
    const wire = createWire({
      mfa: 'ON',
      users: [
        { username: 'alice', password: PASSWORD, ...user },
        {
          username: 'bob',
          password: PASSWORD,
          attributes: { email: 'bob@example.com', email_verified: 'true' },
        },
      ],
      ...options,
    });
    const reply = await wire.signIn();
    return {
      wire,
      reply,
      setUp: (responses = {}, Session = reply.Session) => wire.respond('MFA_SETUP', Session, responses),
    };
  }

  test('offers what the user can set up', async () => {
    expect((await asked()).reply).toMatchObject({
      ChallengeName: 'MFA_SETUP',
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA","EMAIL_OTP"]', USER_ID_FOR_SRP: 'alice' },
    });
  });

  test('with an app: its secret has 32 bytes, and a right code is needed before the answer', async () => {
    const { wire, reply, setUp } = await asked();
    expect(await setUp()).toMatchObject(NO_APP);
    const { SecretCode, Session } = await wire.call('AssociateSoftwareToken', { Session: reply.Session });
    expect(SecretCode).toMatch(/^[A-Z2-7]{52}$/);
    expect(await setUp({}, Session)).toMatchObject(NO_APP);
    const verified = await wire.call('VerifySoftwareToken', {
      Session,
      UserCode: codeOf(wire, String(SecretCode)),
    });
    expect(verified).toMatchObject({ status: 200, Status: 'SUCCESS' });
    expect(await setUp({}, verified.Session)).toMatchObject(signedIn);
    expect(await setUp({}, verified.Session)).toMatchObject(SESSION_USED);
    expect(await wire.signIn()).toMatchObject({ ChallengeName: 'SOFTWARE_TOKEN_MFA' });
  });

  test.each(['EMAIL', 'email'])(
    'by e-mail, as %s: the user gets the address once the code was right',
    async (member) => {
      const { wire, setUp } = await asked();
      const sent = await setUp({ [member]: email });
      expect(sent).toMatchObject({
        ChallengeName: 'EMAIL_OTP',
        ChallengeParameters: {
          CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL',
          CODE_DELIVERY_DESTINATION: 'a***@e***',
        },
      });
      expect(wire.pool.users.find('alice')?.attributes).not.toHaveProperty('email');
      expect(await setUp({ [member]: email })).toMatchObject(SESSION_USED);
      expect(await wire.respond('EMAIL_OTP', sent.Session, { EMAIL_OTP_CODE: 'x' })).toMatchObject(
        NOT_THE_CODE,
      );
      const right = { EMAIL_OTP_CODE: wire.lastCode() };
      expect(right.EMAIL_OTP_CODE).toMatch(/^[0-9]{6}$/);
      expect(await wire.respond('EMAIL_OTP', sent.Session, right)).toMatchObject(signedIn);
      expect(wire.pool.users.find('alice')?.attributes).toMatchObject({ email, email_verified: 'true' });
      expect(await wire.signIn()).toMatchObject({ ChallengeName: 'EMAIL_OTP' });
    },
  );

  test('by e-mail, with an address that is none', async () => {
    const { setUp } = await asked();
    const invalid = refused('InvalidParameterException', 'Invalid email address format.');
    expect(await setUp({ EMAIL: '' })).toMatchObject(invalid);
    expect((await setUp({ EMAIL: 'no address' })).status).toBe(400);
    expect(await setUp({ EMAIL: email })).toMatchObject({ ChallengeName: 'EMAIL_OTP' });
  });

  test("an address that is another user's name is refused where it would become this user's", async () => {
    const { wire, setUp } = await asked({ aliasAttributes: ['email'] });
    const { Session } = await setUp({ EMAIL: 'bob@example.com' });
    expect(await wire.respond('EMAIL_OTP', Session, { EMAIL_OTP_CODE: wire.lastCode() })).toMatchObject({
      status: 400,
      __type: 'AliasExistsException',
    });
    expect(wire.pool.users.find('alice')?.attributes).not.toHaveProperty('email');
  });
});
