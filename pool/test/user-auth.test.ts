/** USER_AUTH offers the right first factors, and each of them signs in. */

import type { UserOptions, UserPoolOptions } from '../src/index.ts';
import {
  another,
  createWire,
  NOT_THE_CODE,
  PASSWORD,
  SESSION_EXPIRED,
  SESSION_UNKNOWN,
  SESSION_USED,
  signedIn,
  srpClient,
  type Texts,
  type Wire,
  WRONG_PASSWORD,
} from './wire.ts';

const ADDRESSES = { email: 'alice@example.com', phone_number: '+4912345678' };

const withAlice = (user: Partial<UserOptions> = {}, options: UserPoolOptions = {}) =>
  createWire({
    users: [{ username: 'alice', password: PASSWORD, attributes: ADDRESSES, ...user }],
    ...options,
  });

const begin = (wire: Wire, more: Texts = {}) => wire.initiate('USER_AUTH', { USERNAME: 'alice', ...more });

const select = (wire: Wire, Session: string, responses: Texts) =>
  wire.respond('SELECT_CHALLENGE', Session, responses);

describe('what is offered', () => {
  test.each<[string, Partial<UserOptions>, UserPoolOptions, readonly string[]]>([
    ['everything the user has', {}, {}, ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP']],
    ['no codes without addresses', { attributes: {} }, {}, ['PASSWORD_SRP', 'PASSWORD']],
    ['only what the pool allows', {}, { allowedFirstAuthFactors: ['SMS_OTP'] }, ['SMS_OTP']],
    ['passwords, where MFA is on for everybody', {}, { mfa: 'ON' }, ['PASSWORD_SRP', 'PASSWORD']],
    ['passwords, for a user with MFA', { mfa: { email: true } }, {}, ['PASSWORD_SRP', 'PASSWORD']],
    [
      'passwords, while the password is temporary',
      { status: 'FORCE_CHANGE_PASSWORD' },
      {},
      ['PASSWORD_SRP', 'PASSWORD'],
    ],
  ])('%s', async (_, user, options, available) => {
    expect(await begin(withAlice(user, options))).toMatchObject({
      status: 200,
      ChallengeName: 'SELECT_CHALLENGE',
      ChallengeParameters: {},
      Session: expect.any(String),
      AvailableChallenges: available,
    });
  });

  test.each(['WEB_AUTHN', 'EMAIL_OTP'])(
    '%s preferred but not to be had: a choice, no error',
    async (name) => {
      const wire = withAlice({ attributes: {} });
      expect(await begin(wire, { PREFERRED_CHALLENGE: name })).toMatchObject({
        status: 200,
        ChallengeName: 'SELECT_CHALLENGE',
        AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD'],
      });
    },
  );
});

describe('a password under USER_AUTH', () => {
  test('signs in where it is preferred and sent in the same call', async () => {
    const wire = withAlice();
    expect(await begin(wire, { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD })).toMatchObject(signedIn);
    expect(await begin(wire, { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD: 'wrong' })).toMatchObject(
      WRONG_PASSWORD,
    );
  });

  test('is asked for where it is preferred but not sent', async () => {
    const wire = withAlice();
    const asked = await begin(wire, { PREFERRED_CHALLENGE: 'PASSWORD' });
    expect(asked).toMatchObject({ ChallengeName: 'PASSWORD', AvailableChallenges: ['PASSWORD'] });
    expect(await wire.respond('PASSWORD', asked.Session, { PASSWORD })).toMatchObject(signedIn);
    expect(await wire.respond('PASSWORD', asked.Session, { PASSWORD })).toMatchObject(SESSION_USED);
  });

  test('signs in where it is chosen', async () => {
    const wire = withAlice();
    const { Session } = await begin(wire);
    expect(await select(wire, Session, { ANSWER: 'PASSWORD' })).toMatchObject({
      __type: 'InvalidParameterException',
      message: 'Missing required parameter PASSWORD',
    });
    expect(await select(wire, Session, { ANSWER: 'PASSWORD', PASSWORD })).toMatchObject(signedIn);
  });

  test('ends the attempt where it is chosen and wrong', async () => {
    const wire = withAlice();
    const { Session } = await begin(wire);
    expect(await select(wire, Session, { ANSWER: 'PASSWORD', PASSWORD: 'wrong' })).toMatchObject(
      WRONG_PASSWORD,
    );
    expect(await select(wire, Session, { ANSWER: 'PASSWORD', PASSWORD })).toMatchObject(SESSION_USED);
  });

  test('is followed by the second factor', async () => {
    const wire = withAlice({ mfa: { sms: '+4912345678' } });
    expect(await begin(wire, { PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD })).toMatchObject({
      ChallengeName: 'SMS_MFA',
    });
  });
});

describe.each(['present', 'absent'] as const)(
  'PASSWORD_SRP, Session beside PASSWORD_VERIFIER %s',
  (placement) => {
    const srpPool = () => withAlice({}, { sessionPlacement: { USER_AUTH: placement } });
    const session = placement === 'present' ? expect.any(String) : undefined;

    test('signs in where it is preferred', async () => {
      const wire = srpPool();
      const { SRP_A, prove } = srpClient(wire);
      const challenge = await begin(wire, { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A });
      expect(challenge).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER' });
      expect(challenge.Session).toEqual(session);
      expect(await wire.respond('PASSWORD_VERIFIER', challenge.Session, prove(challenge))).toMatchObject(
        signedIn,
      );
    });

    test('signs in where it is chosen', async () => {
      const wire = srpPool();
      const { SRP_A, prove } = srpClient(wire);
      const { Session } = await begin(wire);
      const challenge = await select(wire, Session, { ANSWER: 'PASSWORD_SRP', SRP_A });
      expect(challenge).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER' });
      expect(await wire.respond('PASSWORD_VERIFIER', challenge.Session, prove(challenge))).toMatchObject(
        signedIn,
      );
    });

    test('is refused where the password is wrong', async () => {
      const wire = srpPool();
      const { SRP_A, prove } = srpClient(wire, 'wrong');
      const challenge = await begin(wire, { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A });
      expect(await wire.respond('PASSWORD_VERIFIER', challenge.Session, prove(challenge))).toMatchObject(
        WRONG_PASSWORD,
      );
    });
  },
);

describe('the Session beside PASSWORD_VERIFIER', () => {
  const answers = async (password?: string) => {
    const wire = withAlice();
    const { SRP_A, prove } = srpClient(wire, password);
    const challenge = await begin(wire, { PREFERRED_CHALLENGE: 'PASSWORD_SRP', SRP_A });
    const proof = prove(challenge);
    return (changes: Texts = {}) =>
      wire.respond('PASSWORD_VERIFIER', challenge.Session, { ...proof, ...changes });
  };

  test('is spent by the right proof', async () => {
    const answer = await answers();
    expect(await answer()).toMatchObject(signedIn);
    expect(await answer()).toMatchObject(SESSION_USED);
  });

  test('is ended by a wrong one', async () => {
    const wrong = await answers('wrong');
    expect(await wrong()).toMatchObject(WRONG_PASSWORD);
    expect(await wrong()).toMatchObject(SESSION_UNKNOWN);
    const altered = await answers();
    expect(await altered({ PASSWORD_CLAIM_SIGNATURE: 'AAAA' })).toMatchObject(WRONG_PASSWORD);
    expect(await altered()).toMatchObject(SESSION_UNKNOWN);
  });
});

test('PASSWORD_SRP is asked for where it is preferred without SRP_A', async () => {
  const wire = withAlice();
  const { SRP_A, prove } = srpClient(wire);
  const asked = await begin(wire, { PREFERRED_CHALLENGE: 'PASSWORD_SRP' });
  expect(asked).toMatchObject({ ChallengeName: 'PASSWORD_SRP' });
  const challenge = await wire.respond('PASSWORD_SRP', asked.Session, { SRP_A });
  expect(await wire.respond('PASSWORD_VERIFIER', undefined, prove(challenge))).toMatchObject({
    message: 'Missing required parameter Session',
  });
  expect(await wire.respond('PASSWORD_VERIFIER', challenge.Session, prove(challenge))).toMatchObject(
    signedIn,
  );
});

describe.each([
  ['EMAIL_OTP', 'EMAIL', 'a***@e***', 'alice@example.com'],
  ['SMS_OTP', 'SMS', '+******5678', '+4912345678'],
])('%s', (name, medium, destination, to) => {
  const key = `${name}_CODE`;

  test('has eight digits where it is preferred', async () => {
    const wire = withAlice();
    const asked = await begin(wire, { PREFERRED_CHALLENGE: name });
    expect(asked).toMatchObject({ ChallengeName: name, AvailableChallenges: [name] });
    expect(asked.ChallengeParameters).toEqual({
      CODE_DELIVERY_DELIVERY_MEDIUM: medium,
      CODE_DELIVERY_DESTINATION: destination,
    });
    expect(wire.pool.outbox).toMatchObject([{ to, medium, purpose: name, username: 'alice' }]);
    const code = wire.lastCode();
    expect(code).toMatch(/^[0-9]{8}$/);
    expect(await wire.respond(name, asked.Session, { [key]: another(code) })).toMatchObject(NOT_THE_CODE);
    expect(await wire.respond(name, asked.Session, { [key]: code })).toMatchObject(signedIn);
    expect(await wire.respond(name, asked.Session, { [key]: code })).toMatchObject(SESSION_USED);
  });

  test('does not lock the user out after six wrong codes', async () => {
    const wire = withAlice();
    const { Session } = await begin(wire, { PREFERRED_CHALLENGE: name });
    const code = wire.lastCode();
    for (let i = 0; i < 6; i++) {
      expect(await wire.respond(name, Session, { [key]: another(code) })).toMatchObject(NOT_THE_CODE);
    }
    expect(await wire.respond(name, Session, { [key]: code })).toMatchObject(signedIn);
  });

  test('is refused where it is chosen and comes too late', async () => {
    const wire = withAlice();
    const { Session } = await begin(wire);
    const asked = await select(wire, Session, { ANSWER: name });
    expect(asked).toMatchObject({ ChallengeName: name });
    wire.wait(180);
    expect(await wire.respond(name, asked.Session, { [key]: wire.lastCode() })).toMatchObject(
      SESSION_EXPIRED,
    );
  });
});

describe('a user who does not exist', () => {
  const hidden = (PREFERRED_CHALLENGE?: string, more: Texts = {}) => {
    const wire = withAlice({}, { preventUserExistenceErrors: true });
    return {
      wire,
      reply: wire.initiate('USER_AUTH', {
        USERNAME: 'nobody@nowhere.example',
        ...(PREFERRED_CHALLENGE && { PREFERRED_CHALLENGE }),
        ...more,
      }),
    };
  };

  test('is told, unless that is hidden', async () => {
    expect(await withAlice().initiate('USER_AUTH', { USERNAME: 'nobody' })).toMatchObject({
      __type: 'UserNotFoundException',
      message: 'User does not exist.',
    });
  });

  test('seems to get a code', async () => {
    const { wire, reply } = hidden('EMAIL_OTP');
    const asked = await reply;
    expect(asked).toMatchObject({
      ChallengeName: 'EMAIL_OTP',
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL',
        CODE_DELIVERY_DESTINATION: 'n***@n***',
      },
      AvailableChallenges: ['EMAIL_OTP'],
    });
    expect(wire.pool.outbox).toEqual([]);
    const responses = { USERNAME: 'nobody@nowhere.example', EMAIL_OTP_CODE: '12345678' };
    expect(await wire.respond('EMAIL_OTP', asked.Session, responses)).toMatchObject(NOT_THE_CODE);
  });

  test('has the wrong password', async () => {
    expect(await hidden('PASSWORD', { PASSWORD }).reply).toMatchObject(WRONG_PASSWORD);
    const { wire, reply } = hidden('PASSWORD_SRP', { SRP_A: srpClient(withAlice()).SRP_A });
    const challenge = await reply;
    expect(challenge).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER', Session: expect.any(String) });
    const proof = srpClient(wire).prove(challenge);
    expect(await wire.respond('PASSWORD_VERIFIER', challenge.Session, proof)).toMatchObject(WRONG_PASSWORD);
  });
});
