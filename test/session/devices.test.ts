/** A session in a pool that tracks devices goes on after an hour if the new device was confirmed before it began. */
import { createUserPool } from '../../pool/src/index.ts';
import { confirmNewDevice, createUserStore, memoryStorage, type SignedIn, signIn } from '../../src/index.ts';
import { createSession } from '../../src/session/index.ts';
import { alice } from '../support/client.ts';
import { HOUR, web, withoutPauses } from './session-world.ts';

/** A session of alice, an hour after her sign-in at such a pool. */
async function anHourLater(finish: (step: SignedIn, options: object) => SignedIn | Promise<SignedIn>) {
  const clock = { ms: Date.now() };
  const pool = createUserPool({
    now: () => clock.ms,
    users: [alice],
    devices: { challengeRequiredOnNewDevice: true },
  });
  const options = { fetch: pool.fetch, now: () => clock.ms, maxAttempts: 1 };
  const store = createUserStore(memoryStorage(), web, options);
  const session = createSession(web, { store }, options);
  const step = (await signIn(web, alice, { ...options, device: store.device })) as SignedIn;
  expect(step.newDevice).toBeDefined();
  await session.begin(await finish(step, options), 'alice');
  clock.ms += HOUR;
  return { session, step, store };
}

test('a session of a confirmed device refreshes its tokens, and the store has the device', async () => {
  const { session, step, store } = await anHourLater((signedIn, options) =>
    confirmNewDevice(web, signedIn, {}, options),
  );
  expect((await session.tokens()).accessToken).not.toBe(step.tokens.accessToken);
  expect(await store.device('alice')).toMatchObject({ key: step.newDevice?.key });
});

test('a session of a device that was not confirmed ends', async () => {
  const { session } = await anHourLater((signedIn) => signedIn);
  await expect(withoutPauses(() => session.tokens())).rejects.toMatchObject({
    name: 'NotAuthorizedException',
  });
  expect(session.getSnapshot()).toEqual({ status: 'signed-out', reason: 'ended' });
});
