/** A host that has got TLS, and is not Cognito, learns nothing of the password and changes nothing of the program. */
import { type ChallengeName, type Credentials, respond, signIn } from '../../src/index.ts';
import { alice, client, recorder } from '../support/client.ts';

const NAMES: readonly string[] = [
  'PASSWORD',
  'PASSWORD_SRP',
  'ADMIN_NO_SRP_AUTH',
  'SELECT_CHALLENGE',
  'CUSTOM_CHALLENGE',
  'NEW_PASSWORD_REQUIRED',
  'PASSWORD_VERIFIER',
  'DEVICE_SRP_AUTH',
  'DEVICE_PASSWORD_VERIFIER',
  'SMS_MFA',
  'MFA_SETUP',
  'WEB_AUTHN',
  '__proto__',
  'constructor',
  'PASSWORD_IN_CLEAR',
];

/** What every challenge may have, and what the password is proved with. */
const PARAMETERS = {
  USERNAME: 'alice',
  USER_ID_FOR_SRP: 'alice',
  SRP_B: 'b'.repeat(700),
  SALT: 'abc1',
  SECRET_BLOCK: Buffer.alloc(64, 7).toString('base64'),
  MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]',
  CREDENTIAL_REQUEST_OPTIONS: '{}',
};

const WITHOUT_SENDING: readonly Credentials[] = [
  alice,
  { ...alice, flow: 'CUSTOM_AUTH' },
  { ...alice, flow: 'USER_AUTH', preferredChallenge: 'PASSWORD_SRP' },
];

const challengeOf = (ChallengeName: string) => () =>
  Response.json({
    ChallengeName,
    ChallengeParameters: PARAMETERS,
    AvailableChallenges: ['PASSWORD'],
    Session: 'a session of the host',
  });

describe.each(WITHOUT_SENDING)('asked in $flow', (credentials) => {
  test.each(NAMES)('%s does not make the engine send the password', async (name) => {
    const { fetch, sent } = recorder(challengeOf(name));
    const options = { fetch, device: { key: 'k', groupKey: 'g', password: 'of the device' } };
    await signIn(client, credentials, options).catch(() => {});
    const [first] = sent;
    expect(first?.input.AuthParameters?.['SRP_A']).toMatch(/^[0-9a-f]+$/);
    const all = JSON.stringify(sent);
    const { password } = alice;
    for (const written of [
      password,
      Buffer.from(password).toString('base64'),
      Buffer.from(password).toString('hex'),
    ]) {
      expect(all).not.toContain(written);
    }
    expect(all).not.toContain('of the device');
  });
});

test('the password goes to a host in clear only where the caller answers that challenge with it', async () => {
  const { fetch, sent } = recorder(challengeOf('PASSWORD'));
  const step = await signIn(client, alice, { fetch });
  if (step.status !== 'challenge' || step.challenge.name !== 'PASSWORD') throw new Error(step.status);
  expect(JSON.stringify(step)).not.toContain(alice.password);
  await respond(client, step.challenge, { password: alice.password }, { fetch });
  expect(sent.map(({ input }) => input.ChallengeResponses?.['PASSWORD'])).toEqual([
    undefined,
    alice.password,
  ]);
});

test('members of a reply that have the names of prototypes are data like others', async () => {
  const body = `{"ChallengeName":"CUSTOM_CHALLENGE","Session":"s","__proto__":{"polluted":"reply"},
    "ChallengeParameters":{"USERNAME":"alice","__proto__":"a","constructor":"b","prototype":{"polluted":"c"}}}`;
  const { fetch } = recorder(() => new Response(body));
  const step = await signIn(client, { flow: 'CUSTOM_AUTH', username: 'alice' }, { fetch });
  if (step.status !== 'challenge') throw new Error(step.status);
  const name: ChallengeName = step.challenge.name;
  expect(name).toBe('CUSTOM_CHALLENGE');
  expect(Object.keys(step.challenge.parameters).sort()).toEqual(['USERNAME', '__proto__', 'constructor']);
  expect(Object.getPrototypeOf(step.challenge.parameters)).toBe(Object.prototype);
  expect({}).not.toHaveProperty('polluted');
});
