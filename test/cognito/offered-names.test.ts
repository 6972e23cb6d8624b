/** What the service offers is shown and can be chosen, also by names that this package does not know. */
import {
  type ChallengeStep,
  parseChallenge,
  respond,
  signIn,
  startSoftwareTokenSetup,
} from '../../src/index.ts';
import { alice, client, recorder } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';

const Session = 'session-of-twenty-characters';

/** Signs in where the service asks this challenge, and then gives tokens for whatever answer. */
async function asked(reply: object) {
  const service = recorder(({ operation }) =>
    Response.json(
      operation === 'InitiateAuth'
        ? { Session, ...reply }
        : { AuthenticationResult: { AccessToken: 'a', ExpiresIn: 60 } },
    ),
  );
  const { challenge } = (await signIn(client, alice, { fetch: service.fetch })) as ChallengeStep;
  // As it comes back from a storage
  expect(parseChallenge(JSON.stringify(challenge))).toEqual(challenge);
  return { ...service, challenge };
}

const selectMfaType = (names: unknown) =>
  asked({
    ChallengeName: 'SELECT_MFA_TYPE',
    ChallengeParameters: { MFAS_CAN_CHOOSE: JSON.stringify(names) },
  });
const mfaSetup = (names: unknown) =>
  asked({ ChallengeName: 'MFA_SETUP', ChallengeParameters: { MFAS_CAN_SETUP: JSON.stringify(names) } });
const selectChallenge = (AvailableChallenges: unknown) =>
  asked({ ChallengeName: 'SELECT_CHALLENGE', AvailableChallenges });

describe('SELECT_MFA_TYPE', () => {
  test.each([
    [
      ['WEB_AUTHN', 'SOFTWARE_TOKEN_MFA'],
      ['SOFTWARE_TOKEN_MFA', 'WEB_AUTHN'],
    ],
    [
      ['FACE_OTP', 'EMAIL_OTP', 'PIGEON', 'SMS_MFA'],
      ['SMS_MFA', 'EMAIL_OTP', 'FACE_OTP', 'PIGEON'],
    ],
    [['PIGEON', 'PIGEON', ''], ['PIGEON']],
    [['constructor'], ['constructor']],
    [[], []],
  ])('offers %j as %j', async (names, options) => {
    const { challenge } = await selectMfaType(names);
    expect(challenge).toMatchObject({ name: 'SELECT_MFA_TYPE', options });
  });

  test.each(['WEB_AUTHN', 'PIGEON'])('%s is sent where it is offered', async (choice) => {
    const { challenge, fetch, sent } = await selectMfaType(['PIGEON', 'WEB_AUTHN', 'SOFTWARE_TOKEN_MFA']);
    if (challenge.name !== 'SELECT_MFA_TYPE') throw new Error(challenge.name);
    await respond(client, challenge, { choice }, { fetch });
    expect(sent[1]?.input).toMatchObject({
      ChallengeName: 'SELECT_MFA_TYPE',
      ChallengeResponses: { ANSWER: choice, USERNAME: 'alice' },
    });
  });

  test.each<[offered: string[], choice: string]>([
    [['SOFTWARE_TOKEN_MFA', 'SMS_MFA'], 'PIGEON'],
    // The service did not say, so only the names that are known can be right
    [[], 'PIGEON'],
    [['PIGEON'], 'SMS_MFA'],
  ])('where %j is offered, %s is refused before anything is sent', async (offered, choice) => {
    const { challenge, fetch, operations } = await selectMfaType(offered);
    if (challenge.name !== 'SELECT_MFA_TYPE') throw new Error(challenge.name);
    const error = await errorOf(() => respond(client, challenge, { choice }, { fetch }));
    expect(error).toMatchObject({ code: 'ANSWER_INVALID', field: 'answer.choice' });
    expect(operations()).toEqual(['InitiateAuth']);
  });
});

describe('SELECT_CHALLENGE', () => {
  test('offers names that are not known, and sends one that is chosen', async () => {
    const { challenge, fetch, sent } = await selectChallenge(['FACE_ID', 'EMAIL_OTP', 'PASSWORD']);
    if (challenge.name !== 'SELECT_CHALLENGE') throw new Error(challenge.name);
    expect(challenge.options).toEqual(['PASSWORD', 'EMAIL_OTP', 'FACE_ID']);
    await respond(client, challenge, { choice: 'FACE_ID' }, { fetch });
    expect(sent[1]?.input.ChallengeResponses).toEqual({ ANSWER: 'FACE_ID', USERNAME: 'alice' });
  });

  test.each(['PASSWORD', 'PASSWORD_SRP'])('%s without a password is refused', async (choice) => {
    const { challenge, fetch, operations } = await selectChallenge([choice]);
    if (challenge.name !== 'SELECT_CHALLENGE') throw new Error(challenge.name);
    const error = await errorOf(() => respond(client, challenge, { choice }, { fetch }));
    expect(error).toMatchObject({ code: 'ANSWER_INVALID', field: 'answer.password' });
    expect(operations()).toEqual(['InitiateAuth']);
  });
});

describe('MFA_SETUP', () => {
  test.each<[names: string[], needsAdministrator: boolean, options?: string[]]>([
    [['SMS_MFA'], true],
    [['SMS_MFA', 'SMS_MFA'], true, ['SMS_MFA']],
    [['SMS_MFA', 'SOFTWARE_TOKEN_MFA'], false],
    [['SMS_MFA', 'EMAIL_OTP'], false],
    // What a name that is not known needs is not known either
    [['SMS_MFA', 'PIGEON'], false],
    [['PIGEON'], false],
    // The service did not say what can be set up
    [[], false],
  ])('that offers %j: needsAdministrator is %j', async (names, needsAdministrator, options = names) => {
    const { challenge } = await mfaSetup(names);
    expect(challenge).toMatchObject({ name: 'MFA_SETUP', options, needsAdministrator });
  });

  test.each([{ email: 'alice@example.com' }, { code: '123456' }])(
    'that needs an administrator takes no answer: %j',
    async (answer) => {
      const { challenge, fetch, operations } = await mfaSetup(['SMS_MFA']);
      if (challenge.name !== 'MFA_SETUP') throw new Error(challenge.name);
      const error = await errorOf(() => respond(client, challenge, answer, { fetch }));
      expect(error).toMatchObject({ name: 'ArgumentError', code: 'ANSWER_INVALID', field: 'answer' });
      expect(error.message).toMatch(
        /administrator has to add a phone number to the user, who then signs in again$/,
      );
      const label = { issuer: 'Test' };
      const setUp = await errorOf(() => startSoftwareTokenSetup(client, challenge, label, { fetch }));
      expect(setUp).toMatchObject({ name: 'ArgumentError', code: 'CHALLENGE_INVALID', field: 'challenge' });
      expect(operations()).toEqual(['InitiateAuth']);
    },
  );
});
