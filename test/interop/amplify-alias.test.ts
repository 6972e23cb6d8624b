/** `aws-amplify` v6 keeps a sign-in by USER_PASSWORD_AUTH under the alias that was typed, and the engine goes on with it. */
import { getCurrentUser, signOut } from 'aws-amplify/auth';
import { createUserStore, signIn, type UserPoolClient } from '../../src/index.ts';
import { createSession } from '../../src/session/index.ts';
import { accessToken, begin, configureAmplify, expectSignedIn } from './amplify-client.ts';
import { devicePool, devicesOf, recordedStorage } from './device-pool.ts';
import { EMAIL, PASSWORD } from './listening-pool.ts';

const ROOT = 'CognitoIdentityServiceProvider.web';
const FLOW = 'USER_PASSWORD_AUTH';
const HOUR = 3_600_000;

afterEach(() => signOut());

/** What Amplify has stored after a sign-in by the alias, with a device. */
async function signedInByAlias() {
  // Amplify learns the canonical name from a challenge, so there is none
  const users = [{ username: 'alice', password: PASSWORD, attributes: { email: EMAIL }, aliases: [EMAIL] }];
  const pool = await devicePool(
    FLOW,
    { users },
    {
      refreshTokenRotation: { gracePeriodSeconds: 0 },
      explicitAuthFlows: [`ALLOW_${FLOW}`],
    },
  );
  const client: UserPoolClient = {
    userPoolId: pool.userPoolId,
    clientId: 'web',
    endpoint: pool.endpoint,
  };
  const { storage, items } = recordedStorage();
  configureAmplify(pool, storage);
  await expectSignedIn(pool, await begin(FLOW, EMAIL));
  expect(items.get(`${ROOT}.LastAuthUser`)).toBe(EMAIL);
  expect(items.get(`${ROOT}.${EMAIL}.accessToken`)).toBeDefined();
  const open = (now = Date.now) => {
    const store = createUserStore(storage, client, { now });
    return { store, session: createSession(client, { store }, { now }) };
  };
  return { pool, client, items, open };
}

test('a sign-out of the engine lasts, and is Amplify’s, too', async () => {
  const { open } = await signedInByAlias();
  const { session } = open();
  expect(await session.restore()).toMatchObject({ status: 'signed-in', user: { username: 'alice' } });
  await session.signOut();
  expect((await open().session.restore()).status).toBe('signed-out');
  await expect(getCurrentUser()).rejects.toMatchObject({ name: 'UserUnAuthenticatedException' });
});

test('a refresh of the engine is kept, and Amplify goes on with it', async () => {
  const { pool, open } = await signedInByAlias();
  const later = () => Date.now() + HOUR;
  const { session } = open(later);
  const reasons: unknown[] = [];
  session.subscribe((_, event) => reasons.push(event));
  await session.restore();
  const { accessToken: byEngine } = await session.tokens();
  expect(reasons).not.toContainEqual(expect.objectContaining({ type: 'signed-out' }));
  expect((await open(later).store.load())?.tokens.accessToken).toBe(byEngine);

  expect(await getCurrentUser()).toMatchObject({ username: 'alice', signInDetails: { loginId: EMAIL } });
  expect(await accessToken()).toBe(byEngine);
  // The refresh token was rotated, and Amplify has the new one, and the device that it belongs to
  expect(await pool.userOf(await accessToken(true))).toBe('alice');
});

test('the device is used, and is removed by the canonical name', async () => {
  const { pool, client, open } = await signedInByAlias();
  const { store } = open();
  const [device] = devicesOf(pool);
  expect(await store.device('alice')).toMatchObject({ username: 'alice', key: device?.key });
  const credentials = { flow: FLOW, username: EMAIL, password: PASSWORD } as const;
  const step = await signIn(client, credentials, { device: store.device });
  if (step.status !== 'signed-in') throw new Error(step.challenge.name);
  expect(step.deviceUsed).toBe(true);
  await store.save(step, EMAIL);
  expect(await store.device(EMAIL)).toMatchObject({ username: 'alice', key: device?.key });

  await store.removeDevice('alice');
  await signOut();
  await expectSignedIn(pool, await begin(FLOW, EMAIL));
  expect(devicesOf(pool)).toEqual([device, { key: expect.any(String), remembered: true }]);
});
