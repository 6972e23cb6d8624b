/** CUSTOM_AUTH calls the triggers as AWS does, with and without SRP before the questions. */
import type {
  CreateAuthChallengeEvent,
  DefineAuthChallengeEvent,
  Triggers,
  VerifyAuthChallengeEvent,
} from '../src/index.ts';
import {
  createWire,
  PASSWORD,
  refused,
  SESSION_UNKNOWN,
  SESSION_USED,
  signedIn,
  srpClient,
  type Texts,
  type Wire,
  WRONG_PASSWORD,
} from './wire.ts';

/** Asks for "blue", three times at most; after SRP_A, for the password first. */
function colourTriggers(overrides: Triggers = {}) {
  const events: (DefineAuthChallengeEvent | CreateAuthChallengeEvent | VerifyAuthChallengeEvent)[] = [];
  const triggers: Triggers = {
    defineAuthChallenge: (event) => {
      events.push(structuredClone(event));
      const { session } = event.request;
      const last = session.at(-1);
      const wrong = session.filter(({ challengeResult }) => !challengeResult).length;
      if (last?.challengeName === 'SRP_A') event.response.challengeName = 'PASSWORD_VERIFIER';
      else if (last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult)
        event.response.issueTokens = true;
      else if (wrong === 3) event.response.failAuthentication = true;
      else event.response.challengeName = 'CUSTOM_CHALLENGE';
      return event;
    },
    createAuthChallenge: async (event) => {
      events.push(structuredClone(event));
      event.response.publicChallengeParameters = { question: 'Which colour?' };
      event.response.privateChallengeParameters = { answer: 'blue' };
      event.response.challengeMetadata = 'COLOUR';
      return event;
    },
    verifyAuthChallengeResponse: (event) => {
      events.push(structuredClone(event));
      event.response.answerCorrect =
        event.request.challengeAnswer === event.request.privateChallengeParameters['answer'];
      return event;
    },
    ...overrides,
  };
  return { events, triggers };
}

const begin = (triggers: Triggers, USERNAME = 'alice') => {
  const wire = createWire({ triggers });
  return {
    wire,
    reply: wire.initiate('CUSTOM_AUTH', { USERNAME }, { ClientMetadata: { from: 'initiate' } }),
  };
};

test('a right answer gives tokens, and the triggers see what AWS shows them', async () => {
  const { events, triggers } = colourTriggers();
  const { wire, reply } = begin(triggers);
  const asked = await reply;
  expect(asked).toMatchObject({
    ChallengeName: 'CUSTOM_CHALLENGE',
    ChallengeParameters: { USERNAME: 'alice', question: 'Which colour?' },
  });
  expect(JSON.stringify(asked)).not.toContain('blue');
  const more = { ClientMetadata: { from: 'respond' } };
  expect(await wire.respond('CUSTOM_CHALLENGE', asked.Session, { ANSWER: 'blue' }, more)).toMatchObject(
    signedIn,
  );

  const userAttributes = { sub: wire.pool.users.find('alice')?.sub };
  const common = { version: '1', region: 'us-east-1', userPoolId: 'us-east-1_LocalPool', userName: 'alice' };
  const clientMetadata = { from: 'respond' };
  expect(events).toMatchObject([
    {
      ...common,
      triggerSource: 'DefineAuthChallenge_Authentication',
      callerContext: { clientId: 'web' },
      request: { userAttributes, session: [] },
    },
    {
      ...common,
      triggerSource: 'CreateAuthChallenge_Authentication',
      request: { userAttributes, challengeName: 'CUSTOM_CHALLENGE', session: [] },
    },
    {
      ...common,
      triggerSource: 'VerifyAuthChallengeResponse_Authentication',
      request: {
        userAttributes,
        privateChallengeParameters: { answer: 'blue' },
        challengeAnswer: 'blue',
        clientMetadata,
      },
    },
    {
      ...common,
      triggerSource: 'DefineAuthChallenge_Authentication',
      request: {
        session: [{ challengeName: 'CUSTOM_CHALLENGE', challengeResult: true, challengeMetadata: 'COLOUR' }],
        clientMetadata,
      },
    },
  ]);
  expect(events[0]?.request).not.toHaveProperty('clientMetadata');
});

test('a wrong answer gets a new session; the third ends it', async () => {
  const { wire, reply } = begin(colourTriggers().triggers);
  const first = await reply;
  const second = await wire.respond('CUSTOM_CHALLENGE', first.Session, { ANSWER: 'red' });
  expect(second).toMatchObject({ status: 200, ChallengeName: 'CUSTOM_CHALLENGE' });
  expect(second.Session).not.toBe(first.Session);
  expect(await wire.respond('CUSTOM_CHALLENGE', first.Session, { ANSWER: 'blue' })).toMatchObject(
    SESSION_USED,
  );
  const third = await wire.respond('CUSTOM_CHALLENGE', second.Session, { ANSWER: 'red' });
  expect(await wire.respond('CUSTOM_CHALLENGE', third.Session, { ANSWER: 'red' })).toMatchObject(
    WRONG_PASSWORD,
  );
});

test('a wrong answer can be put right', async () => {
  const { wire, reply } = begin(colourTriggers().triggers);
  const again = await wire.respond('CUSTOM_CHALLENGE', (await reply).Session, { ANSWER: 'red' });
  expect(await wire.respond('CUSTOM_CHALLENGE', again.Session, { ANSWER: 'blue' })).toMatchObject(signedIn);
});

test.each(['present', 'absent'] as const)(
  'with SRP_A, Session beside PASSWORD_VERIFIER %s',
  async (placement) => {
    const { events, triggers } = colourTriggers();
    const wire = createWire({ triggers, sessionPlacement: { CUSTOM_AUTH: placement } });
    const { SRP_A, prove } = srpClient(wire);
    const parameters = { USERNAME: 'alice', CHALLENGE_NAME: 'SRP_A', SRP_A };
    const challenge = await wire.initiate('CUSTOM_AUTH', parameters);
    expect(challenge).toMatchObject({ ChallengeName: 'PASSWORD_VERIFIER' });
    expect(challenge.Session === undefined).toBe(placement === 'absent');
    const asked = await wire.respond('PASSWORD_VERIFIER', challenge.Session, prove(challenge));
    expect(asked).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE' });
    const responses = { ANSWER: 'blue' };
    expect(await wire.respond('CUSTOM_CHALLENGE', asked.Session, responses)).toMatchObject(signedIn);
    const srp = { challengeName: 'SRP_A', challengeResult: true };
    const password = { challengeName: 'PASSWORD_VERIFIER', challengeResult: true };
    expect(events.map(({ request }) => ('session' in request ? request.session : undefined))).toEqual([
      [srp],
      [srp, password],
      [srp, password],
      undefined,
      [srp, password, expect.objectContaining({ challengeName: 'CUSTOM_CHALLENGE' })],
    ]);
  },
);

/** CUSTOM_AUTH with SRP_A as far as PASSWORD_VERIFIER, and its answer, which can be sent with changes, again. */
async function beginWithPassword(wire: Wire, password = PASSWORD) {
  const { SRP_A, prove } = srpClient(wire, password);
  const parameters = { USERNAME: 'alice', CHALLENGE_NAME: 'SRP_A', SRP_A };
  const challenge = await wire.initiate('CUSTOM_AUTH', parameters);
  const proof = prove(challenge);
  return (changes: Texts = {}) =>
    wire.respond('PASSWORD_VERIFIER', challenge.Session, { ...proof, ...changes });
}

test('with SRP_A, a wrong password gets no further, and ends the attempt', async () => {
  const wire = createWire({ triggers: colourTriggers().triggers });
  const answer = await beginWithPassword(wire, 'wrong');
  expect(await answer()).toMatchObject(WRONG_PASSWORD);
  expect(await answer()).toMatchObject(SESSION_UNKNOWN);
  const other = await beginWithPassword(wire);
  expect(await other({ PASSWORD_CLAIM_SIGNATURE: 'AAAA' })).toMatchObject(WRONG_PASSWORD);
  expect(await other()).toMatchObject(SESSION_UNKNOWN);
});

test('with SRP_A, the right password spends its Session', async () => {
  const answer = await beginWithPassword(createWire({ triggers: colourTriggers().triggers }));
  expect(await answer()).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE' });
  expect(await answer()).toMatchObject(SESSION_USED);
});

test('with SRP_A, a temporary password is replaced before any question', async () => {
  const { events, triggers } = colourTriggers();
  const wire = createWire({
    triggers,
    users: [{ username: 'alice', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' }],
  });
  const { SRP_A, prove } = srpClient(wire);
  const parameters = { USERNAME: 'alice', CHALLENGE_NAME: 'SRP_A', SRP_A };
  const asked = await wire.initiate('CUSTOM_AUTH', parameters);
  const seen = events.length;
  const next = await wire.respond('PASSWORD_VERIFIER', asked.Session, prove(asked));
  expect(next).toMatchObject({ status: 200, ChallengeName: 'NEW_PASSWORD_REQUIRED' });
  const NEW_PASSWORD = 'Another-Horse-10';
  expect(await wire.respond('NEW_PASSWORD_REQUIRED', next.Session, { NEW_PASSWORD })).toMatchObject(signedIn);
  expect(events).toHaveLength(seen);
  expect(wire.pool.users.find('alice')).toMatchObject({ status: 'CONFIRMED' });
});

test('no second factor follows', async () => {
  const wire = createWire({
    triggers: colourTriggers().triggers,
    users: [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4912345678' } }],
  });
  const { Session } = await wire.initiate('CUSTOM_AUTH', { USERNAME: 'alice' });
  expect(await wire.respond('CUSTOM_CHALLENGE', Session, { ANSWER: 'blue' })).toMatchObject(signedIn);
});

test.each([
  ['DefineAuthChallenge', 'defineAuthChallenge'],
  ['CreateAuthChallenge', 'createAuthChallenge'],
] as const)('%s throws', async (name, trigger) => {
  const fail = () => {
    throw new Error('no luck');
  };
  const { reply } = begin(colourTriggers({ [trigger]: fail }).triggers);
  expect(await reply).toMatchObject(
    refused('UserLambdaValidationException', `${name} failed with error no luck.`),
  );
});

describe.each(['{}', '{"response":null}', '{"response":"yes"}', '"yes"'])('a trigger returns %s', (json) => {
  const UNRECOGNIZABLE = refused('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  const returnIt = () => JSON.parse(json);

  test.each(['defineAuthChallenge', 'createAuthChallenge'] as const)('%s', async (trigger) => {
    const { reply } = begin(colourTriggers({ [trigger]: returnIt }).triggers);
    expect(await reply).toMatchObject(UNRECOGNIZABLE);
  });

  test('verifyAuthChallengeResponse: the session is gone', async () => {
    const { wire, reply } = begin(colourTriggers({ verifyAuthChallengeResponse: returnIt }).triggers);
    const { Session } = await reply;
    const answer = () => wire.respond('CUSTOM_CHALLENGE', Session, { ANSWER: 'blue' });
    expect(await answer()).toMatchObject(UNRECOGNIZABLE);
    expect(await answer()).toMatchObject(SESSION_UNKNOWN);
  });
});

test('VerifyAuthChallengeResponse throws: the session is gone', async () => {
  const { wire, reply } = begin(
    colourTriggers({ verifyAuthChallengeResponse: () => Promise.reject(new Error('no luck')) }).triggers,
  );
  const { Session } = await reply;
  expect(await wire.respond('CUSTOM_CHALLENGE', Session, { ANSWER: 'blue' })).toMatchObject(
    refused('UserLambdaValidationException', 'VerifyAuthChallengeResponse failed with error no luck.'),
  );
  expect(await wire.respond('CUSTOM_CHALLENGE', Session, { ANSWER: 'blue' })).toMatchObject(SESSION_UNKNOWN);
});

test('a hidden user goes through the triggers and gets no tokens', async () => {
  const { events, triggers } = colourTriggers();
  const wire = createWire({ triggers, preventUserExistenceErrors: true });
  const asked = await wire.initiate('CUSTOM_AUTH', { USERNAME: 'nobody' });
  expect(asked).toMatchObject({ ChallengeName: 'CUSTOM_CHALLENGE' });
  expect(events[0]?.request.userNotFound).toBe(true);
  const responses = { USERNAME: 'nobody', ANSWER: 'blue' };
  expect(await wire.respond('CUSTOM_CHALLENGE', asked.Session, responses)).toMatchObject(WRONG_PASSWORD);
});

test('a pool without triggers refuses', async () => {
  expect(await begin({}).reply).toMatchObject(
    refused('InvalidParameterException', 'Custom auth lambda trigger is not configured for the user pool.'),
  );
});
