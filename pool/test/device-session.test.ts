/** Device challenges are answered without their Session, as pycognito and AWS's sample in Java answer them. */
import {
  devicePasswordVerifierResponses,
  deviceSrpAuthResponses,
  generateEphemeral,
} from '../../src/srp/index.ts';
import { createUserPool, type UserPoolOptions } from '../src/index.ts';
import { confirm, respond, SERVER, signed, srpSignIn, WEB } from './device-sign-in.ts';
import { ALICE, call, notAuthorized, type Reply, refusal, resultOf, signInByPassword } from './raw-calls.ts';

const MISSING = refusal('InvalidParameterException', 'Missing required parameter Session');
const NO_SESSION = notAuthorized('Invalid session for the user.');
const BOB = { ...ALICE, username: 'bob' };

/** A pool whose clock the test moves, with a device that alice has confirmed. */
async function world(options: UserPoolOptions = {}) {
  let time = Date.now();
  const pool = createUserPool({
    users: [ALICE, BOB],
    clients: [{ clientId: 'web', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }, SERVER],
    devices: { challengeRequiredOnNewDevice: true },
    now: () => time,
    ...options,
  });
  const { device } = await confirm(pool, await signInByPassword(pool));
  const answer = (ChallengeName: string, ChallengeResponses: object, more: object = {}) =>
    call(pool, 'RespondToAuthChallenge', { ClientId: 'web', ChallengeName, ChallengeResponses, ...more });
  const ephemeral = generateEphemeral();
  const srpAuth = deviceSrpAuthResponses(ephemeral, { username: 'alice', deviceKey: device.key });
  return {
    pool,
    device,
    answer,
    srpAuth,
    wait: (seconds: number) => {
      time += seconds * 1000;
    },
    ask: () => signInByPassword(pool, 'web', { DEVICE_KEY: device.key }),
    prove: ({ ChallengeParameters }: Reply, more: object = {}) =>
      answer(
        'DEVICE_PASSWORD_VERIFIER',
        devicePasswordVerifierResponses(ephemeral, ChallengeParameters, {
          username: 'alice',
          device,
          now: time,
        }),
        more,
      ),
  };
}

test('both challenges of a device are taken without a Session', async () => {
  const { ask, answer, srpAuth, prove } = await world();
  expect(await ask()).toMatchObject({ ChallengeName: 'DEVICE_SRP_AUTH', Session: expect.any(String) });
  const verifier = await answer('DEVICE_SRP_AUTH', srpAuth);
  expect(verifier).toMatchObject({ ChallengeName: 'DEVICE_PASSWORD_VERIFIER', Session: expect.any(String) });
  expect(resultOf(await prove(verifier))).not.toHaveProperty('NewDeviceMetadata');
});

test('a client with a secret, too', async () => {
  const { pool, device } = await world();
  const signIn = await srpSignIn(pool, { client: SERVER });
  const asked = await signIn(signed(SERVER, { USERNAME: 'alice', DEVICE_KEY: device.key }));
  expect(asked).toMatchObject({ ChallengeName: 'DEVICE_SRP_AUTH' });
  const { Session: _, ...withoutSession } = asked;
  const responses = deviceSrpAuthResponses(generateEphemeral(), { username: 'alice', deviceKey: device.key });
  expect(await respond(pool, SERVER, withoutSession, responses)).toMatchObject({
    ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
  });
  expect(await respond(pool, WEB, withoutSession, responses)).toEqual(NO_SESSION);
});

test('the newest sign-in that waits is taken, and each once', async () => {
  const { ask, answer, srpAuth, prove } = await world();
  const [older, newer] = [await ask(), await ask()];
  const inOrder = [await answer('DEVICE_SRP_AUTH', srpAuth), await answer('DEVICE_SRP_AUTH', srpAuth)];
  expect(inOrder).toMatchObject([
    { ChallengeName: 'DEVICE_PASSWORD_VERIFIER' },
    { ChallengeName: 'DEVICE_PASSWORD_VERIFIER' },
  ]);
  expect(await answer('DEVICE_SRP_AUTH', srpAuth)).toEqual(NO_SESSION);
  // The first answer has used the newer one
  const used = notAuthorized('Invalid session for the user, session can only be used once.');
  expect(await answer('DEVICE_SRP_AUTH', srpAuth, { Session: newer.Session })).toEqual(used);
  expect(await answer('DEVICE_SRP_AUTH', srpAuth, { Session: older.Session })).toEqual(used);
  const [verifier = {}] = inOrder;
  expect(await prove(verifier)).toHaveProperty('AuthenticationResult');
  expect(await prove(verifier)).toEqual(used);
});

test('a sign-in that has expired is not taken', async () => {
  const { ask, answer, srpAuth, wait } = await world();
  await ask();
  wait(180);
  expect(await answer('DEVICE_SRP_AUTH', srpAuth)).toEqual(NO_SESSION);
});

test('a proof after the time of its challenge is refused', async () => {
  const { ask, answer, srpAuth, prove, wait } = await world();
  await ask();
  const verifier = await answer('DEVICE_SRP_AUTH', srpAuth);
  wait(180);
  expect(await prove(verifier)).toEqual(notAuthorized('Incorrect username or password.'));
});

test.each([
  ['another user', { USERNAME: 'bob' }],
  ['another device', { DEVICE_KEY: 'us-east-1_00000000-0000-4000-8000-000000000000' }],
])('%s does not get the sign-in that waits', async (_, changes) => {
  const { ask, answer, srpAuth } = await world();
  await ask();
  expect(await answer('DEVICE_SRP_AUTH', { ...srpAuth, ...changes })).toEqual(NO_SESSION);
  expect(await answer('DEVICE_SRP_AUTH', srpAuth)).toMatchObject({
    ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
  });
});

test('a Session that is sent must be right', async () => {
  const { ask, answer, srpAuth, prove } = await world();
  const Session = 'x'.repeat(100);
  await ask();
  expect(await answer('DEVICE_SRP_AUTH', srpAuth, { Session })).toEqual(NO_SESSION);
  const verifier = await answer('DEVICE_SRP_AUTH', srpAuth);
  expect(await prove(verifier, { Session })).toEqual(NO_SESSION);
});

test('no other challenge is taken without a Session', async () => {
  const { ask, answer } = await world();
  await ask();
  const code = { USERNAME: 'alice', SMS_MFA_CODE: '123456' };
  expect(await answer('SMS_MFA', code)).toEqual(MISSING);
});

test('deviceSession required refuses both without a Session, and takes them with it', async () => {
  const { ask, answer, srpAuth, prove } = await world({ deviceSession: 'required' });
  const { Session } = await ask();
  expect(await answer('DEVICE_SRP_AUTH', srpAuth)).toEqual(MISSING);
  const verifier = await answer('DEVICE_SRP_AUTH', srpAuth, { Session });
  expect(await prove(verifier)).toEqual(MISSING);
  expect(await prove(verifier, { Session: verifier.Session })).toHaveProperty('AuthenticationResult');
});
