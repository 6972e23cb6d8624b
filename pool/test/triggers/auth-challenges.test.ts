/** DefineAuthChallenge, CreateAuthChallenge and VerifyAuthChallengeResponse get the events of AWS's guide, whole. */
import type { UserPoolOptions } from '../../src/index.ts';
import { PASSWORD, type Reply, refused, signedIn, srpClient, WRONG_PASSWORD } from '../wire.ts';
import {
  type AnyEvent,
  attributesOf,
  createTriggerWire,
  eventOf,
  type Handlers,
  responding,
} from './record-triggers.ts';

const DEFINED = { challengeName: null, issueTokens: null, failAuthentication: null };
const CREATED = {
  publicChallengeParameters: null,
  privateChallengeParameters: null,
  challengeMetadata: null,
};
const UNRECOGNIZABLE = refused('InvalidLambdaResponseException', 'Unrecognizable lambda output');

const sessionOf = ({ request }: AnyEvent) =>
  request['session'] as readonly { readonly challengeName: string }[];

/** Asks one question. If `next` knows the last challenge of the session, it says what follows. */
const asking = (next: Readonly<Record<string, string>> = {}): Handlers => ({
  defineAuthChallenge: (event) => {
    const last = sessionOf(event).at(-1)?.challengeName;
    const follows = last === undefined ? undefined : next[last];
    if (follows !== undefined) return { ...event, response: { challengeName: follows } };
    const isEnd = last !== undefined;
    return { ...event, response: isEnd ? { issueTokens: true } : { challengeName: 'CUSTOM_CHALLENGE' } };
  },
  createAuthChallenge: responding({
    publicChallengeParameters: { question: '6 × 7' },
    privateChallengeParameters: { answer: '42' },
    challengeMetadata: 'SUM',
  }),
  verifyAuthChallengeResponse: responding({ answerCorrect: true }),
});

test('a question and its answer send four events', async () => {
  const wire = createTriggerWire(asking());
  const asked = await wire.initiate(
    'CUSTOM_AUTH',
    { USERNAME: 'alice' },
    { ClientMetadata: { from: 'init' } },
  );
  const ClientMetadata = { tenant: 'a' };
  const reply = await wire.respond('CUSTOM_CHALLENGE', asked.Session, { ANSWER: '42' }, { ClientMetadata });
  expect(reply).toMatchObject(signedIn);
  const userAttributes = attributesOf(wire);
  const clientMetadata = ClientMetadata;
  const answered = [{ challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: 'SUM' }];
  expect(wire.takeEvents()).toEqual([
    eventOf('DefineAuthChallenge_Authentication', { userAttributes, session: [] }, DEFINED),
    eventOf(
      'CreateAuthChallenge_Authentication',
      { userAttributes, challengeName: 'CUSTOM_CHALLENGE', session: [] },
      CREATED,
    ),
    eventOf(
      'VerifyAuthChallengeResponse_Authentication',
      {
        userAttributes,
        privateChallengeParameters: { answer: '42' },
        challengeAnswer: '42',
        clientMetadata,
      },
      { answerCorrect: null },
    ),
    eventOf(
      'DefineAuthChallenge_Authentication',
      { userAttributes, session: answered, clientMetadata },
      DEFINED,
    ),
  ]);
});

test('AdminInitiateAuth and AdminRespondToAuthChallenge send the same events', async () => {
  const wire = createTriggerWire(asking());
  const AuthParameters = { USERNAME: 'alice' };
  const asked = await wire.admin('AdminInitiateAuth', {
    ClientId: 'web',
    AuthFlow: 'CUSTOM_AUTH',
    AuthParameters,
  });
  const ClientMetadata = { tenant: 'a' };
  const reply = await wire.admin('AdminRespondToAuthChallenge', {
    ClientId: 'web',
    ChallengeName: 'CUSTOM_CHALLENGE',
    Session: asked.Session,
    ChallengeResponses: { USERNAME: 'alice', ANSWER: '42' },
    ClientMetadata,
  });
  expect(reply).toMatchObject(signedIn);
  const metadata = wire.takeEvents().map(({ request }) => request['clientMetadata']);
  expect(metadata).toEqual([undefined, undefined, ClientMetadata, ClientMetadata]);
});

test('a client that hides who exists tells whether the user was found', async () => {
  const wire = createTriggerWire(asking(), { preventUserExistenceErrors: true });
  await wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' });
  expect(wire.takeEvents()).toMatchObject([
    { request: { userNotFound: false } },
    { request: { userNotFound: false } },
  ]);
  const asked = await wire.initiate('CUSTOM_AUTH', { USERNAME: 'nobody' });
  const responses = { USERNAME: 'nobody', ANSWER: '42' };
  expect(await wire.respond('CUSTOM_CHALLENGE', asked.Session, responses)).toMatchObject(WRONG_PASSWORD);
  const userNotFound = { userAttributes: {}, userNotFound: true };
  const who = { userName: 'nobody' };
  const [define, create, verify] = wire.takeEvents();
  expect(define).toEqual(
    eventOf('DefineAuthChallenge_Authentication', { ...userNotFound, session: [] }, DEFINED, who),
  );
  expect(create).toEqual(
    eventOf(
      'CreateAuthChallenge_Authentication',
      { ...userNotFound, challengeName: 'CUSTOM_CHALLENGE', session: [] },
      CREATED,
      who,
    ),
  );
  expect(verify).toEqual(
    eventOf(
      'VerifyAuthChallengeResponse_Authentication',
      { ...userNotFound, privateChallengeParameters: { answer: '42' }, challengeAnswer: '42' },
      { answerCorrect: null },
      who,
    ),
  );
});

describe('a second factor that DefineAuthChallenge asks for', () => {
  const ALICE: UserPoolOptions = {
    users: [
      {
        username: 'alice',
        password: PASSWORD,
        attributes: { email: 'alice@example.com' },
        mfa: { sms: '+4912345678', email: true },
      },
    ],
  };
  const SRP_RESULTS = [
    { challengeName: 'SRP_A', challengeResult: true },
    { challengeName: 'PASSWORD_VERIFIER', challengeResult: true },
  ];

  test.each([
    ['SMS_MFA', 'SMS_MFA_CODE'],
    ['EMAIL_OTP', 'EMAIL_OTP_CODE'],
  ])('%s is in the session after its code', async (factor, key) => {
    const wire = createTriggerWire(
      asking({ SRP_A: 'PASSWORD_VERIFIER', PASSWORD_VERIFIER: factor, [factor]: 'CUSTOM_CHALLENGE' }),
      ALICE,
    );
    const { SRP_A, prove } = srpClient(wire);
    const begun = await wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice', CHALLENGE_NAME: 'SRP_A', SRP_A });
    const asked = await wire.respond('PASSWORD_VERIFIER', begun.Session, prove(begun));
    expect(asked).toMatchObject({ ChallengeName: factor });
    const question = await wire.respond(factor, asked.Session, { [key]: wire.lastCode() });
    expect(question).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE' });
    const end = await wire.respond('CUSTOM_CHALLENGE', question.Session, { ANSWER: '42' });
    expect(end).toMatchObject(signedIn);
    const defines = wire.takeEvents().filter(({ triggerSource }) => triggerSource.startsWith('Define'));
    const proved = [...SRP_RESULTS, { challengeName: factor, challengeResult: true }];
    expect(defines.map(sessionOf)).toEqual([
      SRP_RESULTS.slice(0, 1),
      SRP_RESULTS,
      proved,
      [...proved, { challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: 'SUM' }],
    ]);
  });

  test('a wrong code can be put right, as in other flows', async () => {
    const wire = createTriggerWire(asking({ CUSTOM_CHALLENGE: 'SMS_MFA' }), ALICE);
    const asked = await wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' });
    const factor = await wire.respond('CUSTOM_CHALLENGE', asked.Session, { ANSWER: '42' });
    const answer = (SMS_MFA_CODE: string): Promise<Reply> =>
      wire.respond('SMS_MFA', factor.Session, { SMS_MFA_CODE });
    expect(await answer('wrong1')).toMatchObject({ __type: 'CodeMismatchException' });
    expect(await answer(wire.lastCode())).toMatchObject(signedIn);
  });

  test('refuses a user who does not exist', async () => {
    const wire = createTriggerWire(
      { defineAuthChallenge: responding({ challengeName: 'SMS_MFA' }) },
      { preventUserExistenceErrors: true },
    );
    expect(await wire.initiate('CUSTOM_AUTH', { USERNAME: 'nobody' })).toMatchObject(WRONG_PASSWORD);
  });
});

test.each([
  [
    'DefineAuthChallenge with an unknown challenge',
    { defineAuthChallenge: responding({ challengeName: 'X' }) },
  ],
  [
    'DefineAuthChallenge with a text for a boolean',
    { defineAuthChallenge: responding({ issueTokens: 'true' }) },
  ],
  ['DefineAuthChallenge without an answer', { defineAuthChallenge: responding({}) }],
  [
    'CreateAuthChallenge with a parameter that is not a text',
    { createAuthChallenge: responding({ publicChallengeParameters: { sum: 42 } }) },
  ],
  [
    'CreateAuthChallenge with metadata that is not a text',
    { createAuthChallenge: responding({ challengeMetadata: 1 }) },
  ],
])('the output of %s is unrecognizable', async (_what, handlers: Handlers) => {
  const wire = createTriggerWire({ ...asking(), ...handlers });
  expect(await wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' })).toMatchObject(UNRECOGNIZABLE);
});

test('the output of VerifyAuthChallengeResponse is unrecognizable with a text for a boolean', async () => {
  const wire = createTriggerWire({
    ...asking(),
    verifyAuthChallengeResponse: responding({ answerCorrect: 'true' }),
  });
  const asked = await wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' });
  expect(await wire.respond('CUSTOM_CHALLENGE', asked.Session, { ANSWER: '42' })).toMatchObject(
    UNRECOGNIZABLE,
  );
});
