/** Each challenge as it stands on the wire: what is shown to the caller, and what answer is sent. */
import { type Challenge, parseChallenge, respond, signIn } from '../../src/index.ts';
import { alice, client, recorder } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';

const Session = 'session-of-the-challenge';
const SIGNED_IN = { AuthenticationResult: { AccessToken: 'access', ExpiresIn: 60 } };

/** A sign-in whose first reply is this challenge, and whose second has tokens. */
function service(challengeName: string, parameters: Readonly<Record<string, string>>, more: object = {}) {
  const replies = [
    { ChallengeName: challengeName, ChallengeParameters: parameters, Session, ...more },
    SIGNED_IN,
  ];
  return recorder((_, __, index) => Response.json(replies[index]));
}

const requestOptions = { challenge: 'AAAA', rpId: 'example.com' };
const credential = { id: 'x', type: 'public-key', response: { clientDataJSON: 'AAAA' } };

interface Row {
  readonly parameters?: Readonly<Record<string, string>>;
  /** Other members of the reply. */
  readonly more?: object;
  /** What is shown beside the members that all challenges have. */
  readonly shown: object;
  /** The caller's answer, and what is sent beside USERNAME. */
  readonly answers: readonly (readonly [answer: object, responses: object])[];
}

const delivery = { CODE_DELIVERY_DESTINATION: '+***1234', CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS' };
const password = 'Correct-Horse-9';

const ROWS: Readonly<Record<string, Row>> = {
  SMS_MFA: {
    parameters: delivery,
    shown: { delivery: { destination: '+***1234', medium: 'SMS' } },
    answers: [[{ code: '123 456' }, { SMS_MFA_CODE: '123456' }]],
  },
  EMAIL_OTP: {
    parameters: { CODE_DELIVERY_DESTINATION: 'a***@e***' },
    shown: { delivery: { destination: 'a***@e***', medium: '' } },
    answers: [[{ code: '123456' }, { EMAIL_OTP_CODE: '123456' }]],
  },
  SMS_OTP: { shown: {}, answers: [[{ code: '123456' }, { SMS_OTP_CODE: '123456' }]] },
  SOFTWARE_TOKEN_MFA: {
    parameters: { FRIENDLY_DEVICE_NAME: 'Phone' },
    shown: { friendlyDeviceName: 'Phone' },
    answers: [[{ code: '123456' }, { SOFTWARE_TOKEN_MFA_CODE: '123456' }]],
  },
  SELECT_MFA_TYPE: {
    parameters: { MFAS_CAN_CHOOSE: '["EMAIL_OTP","SMS_MFA","SMS_MFA"]' },
    shown: { options: ['SMS_MFA', 'EMAIL_OTP'] },
    answers: [[{ choice: 'EMAIL_OTP' }, { ANSWER: 'EMAIL_OTP' }]],
  },
  MFA_SETUP: {
    parameters: { MFAS_CAN_SETUP: '["SMS_MFA","EMAIL_OTP"]' },
    shown: { options: ['SMS_MFA', 'EMAIL_OTP'], needsAdministrator: false },
    answers: [[{ email: 'a@b.example' }, { EMAIL: 'a@b.example' }]],
  },
  NEW_PASSWORD_REQUIRED: {
    parameters: {
      requiredAttributes: '["userAttributes.name","locale","email"]',
      userAttributes: '{"email":"a@b.example","phone_number":"+1"}',
    },
    shown: {
      requiredAttributes: ['name', 'locale', 'email'],
      userAttributes: { email: 'a@b.example', phone_number: '+1' },
    },
    answers: [
      [
        {
          newPassword: 'n',
          attributes: { name: 'Al', locale: 'de', email: 'c@d.example', phone_number: '+1' },
        },
        { NEW_PASSWORD: 'n', 'userAttributes.name': 'Al', 'userAttributes.locale': 'de' },
      ],
    ],
  },
  CUSTOM_CHALLENGE: {
    parameters: { question: 'Which pet?', USERNAME: 'alice', USER_ID_FOR_SRP: 'alice' },
    shown: { publicParameters: { question: 'Which pet?' } },
    answers: [[{ answer: 'Rex' }, { ANSWER: 'Rex' }]],
  },
  SELECT_CHALLENGE: {
    more: { AvailableChallenges: ['SMS_OTP', 'PASSWORD', 'PASSWORD_SRP'] },
    shown: { options: ['PASSWORD_SRP', 'PASSWORD', 'SMS_OTP'] },
    answers: [
      [{ choice: 'SMS_OTP' }, { ANSWER: 'SMS_OTP' }],
      [
        { choice: 'PASSWORD', password },
        { ANSWER: 'PASSWORD', PASSWORD: password },
      ],
      [
        { choice: 'PASSWORD_SRP', password },
        { ANSWER: 'PASSWORD_SRP', SRP_A: expect.stringMatching(/^[0-9a-f]{700,}$/) },
      ],
    ],
  },
  PASSWORD: { shown: {}, answers: [[{ password }, { PASSWORD: password }]] },
  ADMIN_NO_SRP_AUTH: { shown: {}, answers: [[{ password }, { PASSWORD: password }]] },
  PASSWORD_SRP: {
    shown: {},
    answers: [[{ password }, { SRP_A: expect.stringMatching(/^[0-9a-f]{700,}$/) }]],
  },
  WEB_AUTHN: {
    parameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(requestOptions) },
    shown: { requestOptions },
    answers: [[{ credential }, { CREDENTIAL: JSON.stringify(credential) }]],
  },
  RETINA_SCAN: {
    parameters: { EYE: 'left' },
    shown: { challengeName: 'RETINA_SCAN' },
    answers: [[{ responses: { SCAN: 'x' } }, { SCAN: 'x' }]],
  },
};
const OF_ANSWERS = Object.entries(ROWS).flatMap(([name, row]) =>
  row.answers.map((answer) => [name, row, answer] as const),
);

test.each(OF_ANSWERS)('%s', async (name, { parameters = {}, more = {}, shown }, [answer, responses]) => {
  const { fetch, sent } = service(name, parameters, more);
  const step = await signIn(client, alice, { fetch, now: () => 1000 });
  if (step.status !== 'challenge') throw new Error('No challenge');
  const { challenge } = step;
  expect(challenge).toEqual({
    version: 1,
    name: name === 'RETINA_SCAN' ? 'UNKNOWN' : name,
    username: 'alice',
    userPoolId: client.userPoolId,
    clientId: client.clientId,
    session: Session,
    expiresAt: 181_000,
    parameters,
    ...('AvailableChallenges' in more && { availableChallenges: more.AvailableChallenges }),
    ...shown,
  });
  expect(parseChallenge(JSON.stringify(challenge))).toEqual(challenge);

  await respond(client, challenge as Challenge & { readonly name: 'SMS_MFA' }, answer as never, { fetch });
  expect(sent[1]).toMatchObject({ operation: 'RespondToAuthChallenge' });
  expect(sent[1]?.input).toEqual({
    ClientId: client.clientId,
    ChallengeName: name,
    ChallengeResponses: { USERNAME: 'alice', ...responses },
    Session,
  });
});

describe('NEW_PASSWORD_REQUIRED: an attribute that has another value already', () => {
  const parameters = { requiredAttributes: '[]', userAttributes: '{"email":"a@b.example","name":"Al"}' };
  const answered = async (attributes: object) => {
    const { fetch } = service('NEW_PASSWORD_REQUIRED', parameters);
    const step = await signIn(client, alice, { fetch });
    if (step.status !== 'challenge') throw new Error('No challenge');
    const challenge = step.challenge as Challenge & { readonly name: 'NEW_PASSWORD_REQUIRED' };
    return respond(client, challenge, { newPassword: 'n', ...attributes }, { fetch });
  };

  test('comes back as one that was not sent', async () => {
    const signedIn = await answered({ attributes: { email: 'c@d.example', name: 'Al' } });
    expect(signedIn).toMatchObject({ unsentAttributes: { email: 'c@d.example' } });
  });

  test.each([{}, { attributes: {} }, { attributes: { name: 'Al', locale: 'de' } }])(
    'there is none in %j',
    async (attributes) => {
      expect(await answered(attributes)).not.toHaveProperty('unsentAttributes');
    },
  );
});

describe('a challenge that the engine answers', () => {
  const names = ['PASSWORD_VERIFIER', 'DEVICE_SRP_AUTH', 'DEVICE_PASSWORD_VERIFIER'];
  const kept = {
    version: 1,
    username: 'alice',
    userPoolId: client.userPoolId,
    clientId: client.clientId,
    expiresAt: 1,
    parameters: {},
  };

  test.each(names)('%s is not one to keep, by whichever name', (challengeName) => {
    for (const [named, field] of [
      [{ name: challengeName }, 'challenge.name'],
      [{ name: 'UNKNOWN', challengeName }, 'challenge.challengeName'],
    ] as const) {
      expect(() => parseChallenge(JSON.stringify({ ...kept, ...named }))).toThrow(
        expect.objectContaining({ code: 'CHALLENGE_INVALID', field }),
      );
    }
  });

  test.each([
    [
      'with a device and no DEVICE_SRP_AUTH before it',
      { key: 'eu-west-1_0a', groupKey: '-g', password: 'AAAA' },
    ],
    ['without a device', undefined],
  ])('DEVICE_PASSWORD_VERIFIER %s is not expected', async (_, device) => {
    const proof = { SRP_B: 'a1', SALT: 'ab', SECRET_BLOCK: 'AAAA', USERNAME: 'alice' };
    const { fetch } = recorder(() =>
      Response.json({ ChallengeName: 'DEVICE_PASSWORD_VERIFIER', ChallengeParameters: proof, Session }),
    );
    const credentials = { ...alice, flow: 'USER_PASSWORD_AUTH' } as const;
    expect(await errorOf(() => signIn(client, credentials, { fetch, device }))).toMatchObject({
      code: 'CHALLENGE_UNEXPECTED',
      field: 'ChallengeName',
      message:
        'InitiateAuth: The service asks for DEVICE_PASSWORD_VERIFIER, but this call does not have DEVICE_SRP_AUTH before it',
    });
  });
});
