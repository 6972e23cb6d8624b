/** A sign-in may take several challenges, and several sign-ins at once do not mix. */

import { Secret, TOTP } from 'otpauth';
import { createUserPool, type UserPoolOptions } from '../../pool/src/index.ts';
import { respond, type SignInOptions, signIn, startSoftwareTokenSetup } from '../../src/index.ts';
import { CASES, challengeOf, PASSWORD, whereIs } from './challenge-cases.ts';

const SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const totp = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
const alice = { username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } };

function world(options: UserPoolOptions) {
  const pool = createUserPool(options);
  const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  const requests: Readonly<Record<string, unknown>>[] = [];
  const fetch: typeof pool.fetch = (url, init) => {
    requests.push(JSON.parse(String(init?.body)));
    return pool.fetch(url, init);
  };
  const signInOptions: SignInOptions = { fetch };
  return { pool, client, options: signInOptions, requests };
}

test('NEW_PASSWORD_REQUIRED leads to MFA_SETUP, and that to tokens', async () => {
  const { client, options } = world({ users: [{ ...alice, status: 'FORCE_CHANGE_PASSWORD' }], mfa: 'ON' });
  const first = challengeOf(await signIn(client, alice, options), 'NEW_PASSWORD_REQUIRED');
  const second = challengeOf(
    await respond(client, first, { newPassword: 'Another-Horse-10' }, options),
    'MFA_SETUP',
  );
  const { challenge, secretCode, otpauthUri } = await startSoftwareTokenSetup(
    client,
    second,
    { issuer: 'Ex ample' },
    options,
  );
  expect(otpauthUri).toBe(`otpauth://totp/Ex%20ample:alice?secret=${secretCode}&issuer=Ex%20ample`);
  expect(JSON.stringify(challenge)).not.toContain(secretCode);
  expect(whereIs(await respond(client, challenge, { code: totp(secretCode) }, options))).toBe('signed-in');
});

test('attributes that have a value are left alone, and come back through MFA for updateUserAttributes', async () => {
  const { client, options, pool, requests } = world({
    users: [{ ...alice, status: 'FORCE_CHANGE_PASSWORD', mfa: { email: true } }],
    requiredAttributes: ['email', 'given_name'],
  });
  const first = challengeOf(await signIn(client, alice, options), 'NEW_PASSWORD_REQUIRED');
  const attributes = { given_name: 'Ann', email: 'ann@example.com' };
  const second = await respond(client, first, { newPassword: 'Another-Horse-10', attributes }, options);
  expect(requests.at(-1)?.['ChallengeResponses']).toMatchObject({ 'userAttributes.given_name': 'Ann' });
  expect(requests.at(-1)?.['ChallengeResponses']).not.toHaveProperty('userAttributes.email');
  const mfa = challengeOf(JSON.parse(JSON.stringify(second)), 'EMAIL_OTP');
  const step = await respond(client, mfa, { code: pool.outbox.at(-1)?.code ?? '' }, options);
  expect(step).toMatchObject({ status: 'signed-in', unsentAttributes: { email: 'ann@example.com' } });
});

test('a required attribute is asked for by its own name, whatever every object has by that name', async () => {
  const requiredAttributes = ['constructor', 'custom:toString'];
  const { client, options } = world({
    users: [{ ...alice, status: 'FORCE_CHANGE_PASSWORD' }],
    requiredAttributes,
  });
  const first = challengeOf(await signIn(client, alice, options), 'NEW_PASSWORD_REQUIRED');
  expect(first.requiredAttributes).toEqual(requiredAttributes);
  const newPassword = 'Another-Horse-10';
  await expect(respond(client, first, { newPassword }, options)).rejects.toMatchObject({
    code: 'ANSWER_INVALID',
    field: 'answer.attributes.constructor',
  });
  const attributes = { constructor: 'ACME', 'custom:toString': 'no' };
  expect(await respond(client, first, { newPassword, attributes }, options)).toMatchObject({
    status: 'signed-in',
  });
});

test('SELECT_MFA_TYPE leads to EMAIL_OTP', async () => {
  const { client, options, pool } = world({ users: [{ ...alice, mfa: { totp: SECRET, email: true } }] });
  const first = challengeOf(await signIn(client, alice, options), 'SELECT_MFA_TYPE');
  const second = challengeOf(await respond(client, first, { choice: 'EMAIL_OTP' }, options), 'EMAIL_OTP');
  const step = await respond(client, second, { code: pool.outbox.at(-1)?.code ?? '' }, options);
  expect(whereIs(step)).toBe('signed-in');
});

test('MFA_SETUP by e-mail leads to EMAIL_OTP', async () => {
  const { client, options, pool } = world({ users: [alice], mfa: 'ON' });
  const first = challengeOf(await signIn(client, alice, options), 'MFA_SETUP');
  const second = challengeOf(await respond(client, first, { email: 'a@example.org' }, options), 'EMAIL_OTP');
  const step = await respond(client, second, { code: pool.outbox.at(-1)?.code ?? '' }, options);
  expect([whereIs(step), pool.outbox.at(-1)?.to]).toEqual(['signed-in', 'a@example.org']);
});

test('CUSTOM_AUTH with SRP leads to two custom challenges', async () => {
  const { triggers } = CASES.CUSTOM_CHALLENGE.options;
  const { client, options, requests } = world({
    users: [alice],
    triggers: {
      ...triggers,
      defineAuthChallenge: (event) => {
        const { session } = event.request;
        if (session.length === 1) event.response = { challengeName: 'PASSWORD_VERIFIER' };
        else if (session.length < 4) event.response = { challengeName: 'CUSTOM_CHALLENGE' };
        else event.response = { issueTokens: true };
        return event;
      },
    },
  });
  const credentials = { flow: 'CUSTOM_AUTH', username: 'alice', password: PASSWORD } as const;
  const first = challengeOf(await signIn(client, credentials, options), 'CUSTOM_CHALLENGE');
  expect(requests[0]).toMatchObject({
    AuthParameters: { CHALLENGE_NAME: 'SRP_A', SRP_A: expect.any(String) },
  });
  const second = challengeOf(await respond(client, first, { answer: 'blue' }, options), 'CUSTOM_CHALLENGE');
  expect(second.session).not.toBe(first.session);
  expect(whereIs(await respond(client, second, { answer: 'blue' }, options))).toBe('signed-in');
});

describe.each(['present', 'absent'] as const)(
  'a pool whose PASSWORD_VERIFIER has its Session %s',
  (placement) => {
    const sessionPlacement = { USER_SRP_AUTH: placement, USER_AUTH: placement, CUSTOM_AUTH: placement };

    test('USER_SRP_AUTH', async () => {
      const { client, options } = world({ users: [alice], sessionPlacement });
      expect(whereIs(await signIn(client, alice, options))).toBe('signed-in');
    });

    test('USER_AUTH, SELECT_CHALLENGE, PASSWORD_SRP, SOFTWARE_TOKEN_MFA', async () => {
      const { client, options } = world({ users: [{ ...alice, mfa: { totp: SECRET } }], sessionPlacement });
      const credentials = { flow: 'USER_AUTH', username: 'alice' } as const;
      const first = challengeOf(await signIn(client, credentials, options), 'SELECT_CHALLENGE');
      const second = challengeOf(
        await respond(client, first, { choice: 'PASSWORD_SRP', password: PASSWORD }, options),
        'SOFTWARE_TOKEN_MFA',
      );
      expect(whereIs(await respond(client, second, { code: totp(SECRET) }, options))).toBe('signed-in');
    });

    test('CUSTOM_AUTH with SRP_A', async () => {
      const triggers: UserPoolOptions['triggers'] = {
        defineAuthChallenge: (event) => {
          const proved = event.request.session.some(
            ({ challengeName }) => challengeName === 'PASSWORD_VERIFIER',
          );
          event.response = proved ? { issueTokens: true } : { challengeName: 'PASSWORD_VERIFIER' };
          return event;
        },
      };
      const { client, options } = world({ users: [alice], sessionPlacement, triggers });
      const credentials = { flow: 'CUSTOM_AUTH', username: 'alice', password: PASSWORD } as const;
      expect(whereIs(await signIn(client, credentials, options))).toBe('signed-in');
    });

    test('USER_AUTH with PASSWORD_SRP preferred', async () => {
      const { client, options } = world({ users: [alice], sessionPlacement });
      const credentials = {
        flow: 'USER_AUTH',
        username: 'alice',
        preferredChallenge: 'PASSWORD_SRP',
        password: PASSWORD,
      } as const;
      expect(whereIs(await signIn(client, credentials, options))).toBe('signed-in');
    });
  },
);

test('two users in MFA at once, answered in the other order: each gets their own tokens', async () => {
  const users = ['ann', 'bob'].map((username) => ({
    username,
    password: PASSWORD,
    mfa: { sms: username === 'ann' ? '+4911111111' : '+4922222222' },
  }));
  const { client, options, pool } = world({ users });
  const [ann, bob] = await Promise.all(
    users.map(async (user) => challengeOf(await signIn(client, user, options), 'SMS_MFA')),
  );
  const codeOf = (name: string) => ({
    code: pool.outbox.find(({ username }) => username === name)?.code ?? '',
  });
  if (!ann || !bob) throw new Error('Both have to be asked');
  const second = await respond(client, bob, codeOf('bob'), options);
  const first = await respond(client, ann, codeOf('ann'), options);
  expect([first, second]).toMatchObject([{ username: 'ann' }, { username: 'bob' }]);
});

test('ClientMetadata, AnalyticsMetadata and UserContextData go into every call of a chain', async () => {
  const { client, options, pool, requests } = world({ users: [{ ...alice, mfa: { email: true } }] });
  const metadata: SignInOptions = {
    ...options,
    clientMetadata: { tenant: 'a' },
    analyticsMetadata: { AnalyticsEndpointId: 'e' },
    userContextData: { EncodedData: 'x' },
  };
  const challenge = challengeOf(await signIn(client, alice, metadata), 'EMAIL_OTP');
  await respond(client, challenge, { code: pool.outbox.at(-1)?.code ?? '' }, metadata);
  expect(requests).toHaveLength(3);
  for (const request of requests) {
    expect(request).toMatchObject({
      ClientMetadata: { tenant: 'a' },
      AnalyticsMetadata: { AnalyticsEndpointId: 'e' },
      UserContextData: { EncodedData: 'x' },
    });
  }
});

test('a client with a secret: every answer has the SECRET_HASH of its own USERNAME', async () => {
  const { options, pool, client } = world({
    users: [{ ...alice, aliases: ['alice@example.com'], mfa: { sms: '+4912345678' } }],
    clients: [{ clientId: 'web', clientSecret: 'shh' }],
  });
  const secret = { ...client, clientSecret: 'shh' };
  const credentials = { username: 'alice@example.com', password: PASSWORD };
  const challenge = challengeOf(await signIn(secret, credentials, options), 'SMS_MFA');
  const step = await respond(secret, challenge, { code: pool.outbox.at(-1)?.code ?? '' }, options);
  expect(step).toMatchObject({ status: 'signed-in', username: 'alice' });
});

test('a service that asks PASSWORD_VERIFIER again and again is stopped at the second', async () => {
  const { client, pool } = world({ users: [alice] });
  let first: Response | undefined;
  let sent = 0;
  const fetch: typeof pool.fetch = async (url, init) => {
    sent += 1;
    first ??= await pool.fetch(url, init);
    return first.clone();
  };
  await expect(signIn(client, alice, { fetch })).rejects.toMatchObject({ code: 'CHALLENGE_UNEXPECTED' });
  expect(sent).toBe(2);
});
