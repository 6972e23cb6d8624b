/** A challenge that was kept as JSON can be answered later. */
import { type Challenge, parseChallenge, respond } from '../../src/index.ts';

const pool = { userPoolId: 'us-east-1_LocalPool', clientId: 'web', endpoint: 'http://127.0.0.1' };
const whole: Challenge = {
  version: 1,
  name: 'SMS_MFA',
  username: 'alice',
  userPoolId: 'us-east-1_LocalPool',
  clientId: 'web',
  session: 's'.repeat(40),
  expiresAt: 1,
  parameters: {},
};

test('parseChallenge gives back what JSON.stringify was given', () => {
  expect(parseChallenge(JSON.stringify(whole))).toEqual(whole);
});

test.each([
  ['no JSON', 'hello', 'challenge'],
  ['a list', '[]', 'challenge'],
  ['null', 'null', 'challenge'],
  ['another version', JSON.stringify({ ...whole, version: 2 }), 'challenge.version'],
  ['no version: something foreign', JSON.stringify({ ChallengeName: 'SMS_MFA' }), 'challenge.version'],
  ['no name', JSON.stringify({ ...whole, name: undefined }), 'challenge.name'],
  ['a name that is none', JSON.stringify({ ...whole, name: 'toString' }), 'challenge.name'],
  ['a challenge of the engine', JSON.stringify({ ...whole, name: 'PASSWORD_VERIFIER' }), 'challenge.name'],
  [
    'a name on the wire that is an object',
    JSON.stringify({ ...whole, name: 'UNKNOWN', challengeName: { toString: 1 } }),
    'challenge.challengeName',
  ],
  ['no user', JSON.stringify({ ...whole, username: '' }), 'challenge.username'],
  ['no pool', JSON.stringify({ ...whole, userPoolId: 7 }), 'challenge.userPoolId'],
  ['an empty session', JSON.stringify({ ...whole, session: '' }), 'challenge.session'],
  ['no time', JSON.stringify({ ...whole, expiresAt: undefined }), 'challenge.expiresAt'],
  [
    'parameters that are no texts',
    JSON.stringify({ ...whole, parameters: { a: 1 } }),
    'challenge.parameters',
  ],
  [
    'parameters of another challenge',
    JSON.stringify({ ...whole, name: 'WEB_AUTHN' }),
    'challenge.parameters',
  ],
  ['no parameters', JSON.stringify({ ...whole, parameters: undefined }), 'challenge.parameters'],
])('%s is CHALLENGE_INVALID, and says which field', (_, json, field) => {
  expect(() => parseChallenge(json)).toThrow(expect.objectContaining({ code: 'CHALLENGE_INVALID', field }));
});

test('what a kept challenge shows is read from its parameters again', () => {
  const { name: _, ...common } = whole;
  const choice = { ...common, name: 'SELECT_MFA_TYPE', parameters: { MFAS_CAN_CHOOSE: '["SMS_MFA"]' } };
  expect(parseChallenge(JSON.stringify(choice))).toEqual({ ...choice, options: ['SMS_MFA'] });
  const password = { ...common, name: 'NEW_PASSWORD_REQUIRED', parameters: {}, userAttributes: 'damaged' };
  expect(parseChallenge(JSON.stringify(password))).toMatchObject({
    requiredAttributes: [],
    userAttributes: {},
  });
});

test.each([
  ['another pool', { ...pool, userPoolId: 'local_Pool2' }],
  ['another client', { ...pool, clientId: 'mobile' }],
])('a challenge of %s is refused before anything is sent', async (_, other) => {
  const fetch = () => {
    throw new Error('sent');
  };
  await expect(respond(other, whole, { code: '123456' }, { fetch })).rejects.toMatchObject({
    code: 'CHALLENGE_INVALID',
    message: expect.not.stringContaining('sss'),
  });
});

test('the refusal of a choice quotes what is offered, and nothing that cannot be the name of a factor', async () => {
  const session = `${'s'.repeat(40)}-`;
  const availableChallenges = ['PASSWORD', session];
  const offered = { availableChallenges, options: availableChallenges };
  const challenge = { ...whole, ...offered, name: 'SELECT_CHALLENGE', session } as Challenge;
  await expect(respond(pool, challenge, { choice: 'SMS_OTP' } as never)).rejects.toMatchObject({
    code: 'ANSWER_INVALID',
    message: '"answer.choice" must be one of PASSWORD',
  });
});

test('the refusal of a foreign challenge quotes nothing of it, because a damaged one has anything anywhere', async () => {
  const session = 's'.repeat(40);
  for (const member of ['userPoolId', 'clientId']) {
    const answering = respond(pool, { ...whole, [member]: session }, { code: '123456' });
    await expect(answering).rejects.toMatchObject({
      code: 'CHALLENGE_INVALID',
      message: expect.not.stringContaining(session),
    });
  }
});
