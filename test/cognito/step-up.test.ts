/** A sign-in asks for an authentication level, and steps up from an access token. */
import { Secret, TOTP } from 'otpauth';
import { createUserPool } from '../../pool/src/index.ts';
import { type ChoiceCredentials, confirmNewDevice, decodeClaims, respond, signIn } from '../../src/index.ts';
import { client, recorder } from '../support/client.ts';
import { errorOf, expectNoSecret } from '../support/secrets.ts';
import { whereIs } from './challenge-cases.ts';

const LEVEL_4 = 'urn:cognito:loa:4';
const TOTP_SECRET = 'JBSWY3DPEHPK3PXP';
const alice = { username: 'alice', password: 'Correct-Horse-9' };

test('the user is asked only for what the level needs beyond the access token', async () => {
  const pool = createUserPool({ users: [alice] });
  const options = { fetch: pool.fetch };
  const first = await signIn(client, alice, options);
  if (first.status !== 'signed-in') throw new Error(whereIs(first));
  pool.users.setMfa('alice', { totp: TOTP_SECRET });

  const { accessToken } = first.tokens;
  const asked = await signIn(
    client,
    {
      flow: 'USER_AUTH',
      username: 'alice',
      targetAcrValues: [LEVEL_4],
      maxAgeSeconds: 300,
      accessToken,
    },
    options,
  );
  if (asked.status !== 'challenge' || asked.challenge.name !== 'SOFTWARE_TOKEN_MFA') {
    throw new Error(whereIs(asked));
  }
  const code = new TOTP({ secret: Secret.fromBase32(TOTP_SECRET) }).generate();
  const step = await respond(client, asked.challenge, { code }, options);
  if (step.status !== 'signed-in') throw new Error(whereIs(step));
  expect(decodeClaims(step.tokens.accessToken)).toMatchObject({ acr: LEVEL_4, amr: ['pwd', 'otp', 'mfa'] });
});

test('a sign-in over SRP from scratch reaches the level, too', async () => {
  const pool = createUserPool({ users: [{ ...alice, mfa: { totp: TOTP_SECRET } }] });
  const options = { fetch: pool.fetch };
  const credentials: ChoiceCredentials = {
    flow: 'USER_AUTH',
    ...alice,
    preferredChallenge: 'PASSWORD_SRP',
    targetAcrValues: [LEVEL_4, 'urn:cognito:loa:1'],
  };
  const asked = await signIn(client, credentials, options);
  if (asked.status !== 'challenge' || asked.challenge.name !== 'SOFTWARE_TOKEN_MFA') {
    throw new Error(whereIs(asked));
  }
  const code = new TOTP({ secret: Secret.fromBase32(TOTP_SECRET) }).generate();
  const step = await respond(client, asked.challenge, { code }, options);
  if (step.status !== 'signed-in') throw new Error(whereIs(step));
  expect(decodeClaims(step.tokens.idToken)?.['acr']).toBe(LEVEL_4);
});

test('a remembered device does not stand in for a factor of the level', async () => {
  const pool = createUserPool({
    users: [{ ...alice, mfa: { totp: TOTP_SECRET } }],
    devices: { challengeRequiredOnNewDevice: true },
    lockout: false,
  });
  const options = { fetch: pool.fetch };
  const asked = await signIn(client, alice, options);
  if (asked.status !== 'challenge' || asked.challenge.name !== 'SOFTWARE_TOKEN_MFA') {
    throw new Error(whereIs(asked));
  }
  const code = new TOTP({ secret: Secret.fromBase32(TOTP_SECRET) }).generate();
  const step = await respond(client, asked.challenge, { code }, options);
  if (step.status !== 'signed-in') throw new Error(whereIs(step));
  const { device } = await confirmNewDevice(client, step, {}, options);
  const credentials: ChoiceCredentials = {
    flow: 'USER_AUTH',
    ...alice,
    preferredChallenge: 'PASSWORD_SRP',
  };
  expect(whereIs(await signIn(client, credentials, { ...options, device }))).toBe('signed-in');
  const stepUp = { ...credentials, targetAcrValues: [LEVEL_4] };
  expect(whereIs(await signIn(client, stepUp, { ...options, device }))).toBe('SOFTWARE_TOKEN_MFA');
});

test('the options are sent as AuthParameters', async () => {
  const { fetch, sent } = recorder(() => new Response('{}'));
  const credentials: ChoiceCredentials = {
    flow: 'USER_AUTH',
    username: 'alice',
    targetAcrValues: [LEVEL_4, 'urn:my:3'],
    maxAgeSeconds: 0,
    accessToken: 'a',
  };
  await errorOf(() => signIn(client, credentials, { fetch }));
  await errorOf(() => signIn(client, { flow: 'USER_AUTH', username: 'alice', maxAgeSeconds: 60 }, { fetch }));
  expect(sent.map(({ input }) => input.AuthParameters)).toEqual([
    { USERNAME: 'alice', TARGET_ACR_VALUES: `${LEVEL_4} urn:my:3`, MAX_AGE: '0', ACCESS_TOKEN: 'a' },
    { USERNAME: 'alice', MAX_AGE: '60' },
  ]);
});

describe('what the service cannot use is refused before anything is sent:', () => {
  const targetAcrValues = [LEVEL_4];
  test.each<[string, object, string]>([
    ['no level', { targetAcrValues: [] }, 'targetAcrValues'],
    ['a text for the levels', { targetAcrValues: LEVEL_4 }, 'targetAcrValues'],
    ['two levels in one text', { targetAcrValues: [`${LEVEL_4} urn:my:3`] }, 'targetAcrValues'],
    ['an empty level', { targetAcrValues: [''] }, 'targetAcrValues'],
    ['a level of 65 characters', { targetAcrValues: ['x'.repeat(65)] }, 'targetAcrValues'],
    ['a number for a level', { targetAcrValues: [4] }, 'targetAcrValues'],
    ['a negative age', { maxAgeSeconds: -1 }, 'maxAgeSeconds'],
    ['half a second', { maxAgeSeconds: 0.5 }, 'maxAgeSeconds'],
    ['no number', { maxAgeSeconds: Number.NaN }, 'maxAgeSeconds'],
    ['a text for an age', { maxAgeSeconds: '60' }, 'maxAgeSeconds'],
    ['no end of the age', { maxAgeSeconds: Number.POSITIVE_INFINITY }, 'maxAgeSeconds'],
    ['an access token without a level', { accessToken: 'secret-token' }, 'targetAcrValues'],
    ['an empty access token', { accessToken: '', targetAcrValues }, 'accessToken'],
    ['a set of tokens', { accessToken: { accessToken: 'secret-token' }, targetAcrValues }, 'accessToken'],
  ])('%s', async (_, given, field) => {
    const { fetch, sent } = recorder(() => new Response('{}'));
    const credentials = { flow: 'USER_AUTH', username: 'alice', ...given } as ChoiceCredentials;
    const error = await errorOf(() => signIn(client, credentials, { fetch }));
    expect(error).toMatchObject({ name: 'ArgumentError', code: 'OPTION_INVALID', field });
    expectNoSecret(error, ['secret-token']);
    expect(sent).toEqual([]);
  });
});
