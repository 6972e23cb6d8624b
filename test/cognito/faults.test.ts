/**
 * Every fault is tried at every call of every challenge's answer. No Session is used twice, and the recovery that the error
 * names works. The rows of the challenge table are tried, also those that the engine answers itself.
 */

import type { FaultRule, UserPoolOptions } from '../../pool/src/index.ts';
import { CHALLENGES } from '../../src/cognito/sign-in/challenge-table.ts';
import {
  type AnswerTo,
  type ChallengeName,
  type ChallengeOf,
  confirmNewDevice,
  type Fetch,
  type ProtocolError,
  respond,
  type ServiceError,
  type SignInOptions,
  signIn,
  startSoftwareTokenSetup,
  updateDeviceStatus,
} from '../../src/index.ts';
import { refusal } from '../support/client.ts';
import {
  CASES,
  type Case,
  challengeOf,
  createWorld,
  PASSWORD,
  reach,
  type World,
  whereIs,
} from './challenge-cases.ts';

interface Sent {
  readonly operation: NonNullable<FaultRule['operation']>;
  readonly ChallengeName?: string;
  readonly Session?: string;
}

/** A fetch that keeps what was sent, and whether it was carried out. */
function watch(fetch: Fetch) {
  const sent: Sent[] = [];
  const watched: Fetch = (url, init) => {
    const operation = new Headers(init.headers).get('x-amz-target')?.split('.')[1] ?? '';
    sent.push({ operation, ...(JSON.parse(String(init.body)) as object) } as Sent);
    return fetch(url, init);
  };
  return { sent, fetch: watched };
}

const FAULTS: readonly (Omit<FaultRule, 'operation'> & { readonly throttles?: true })[] = [
  { name: 'throttle', throttles: true },
  { name: 'internal-error' },
  { name: 'reset-before' },
  { name: 'reset-after' },
  { name: 'truncated-body' },
  { name: 'html' },
  { name: 'slow', delay: 60_000 },
  { name: 'session-lost' },
];

type Failure = (ServiceError | ProtocolError) & { readonly recovery: string };

/** A world in which a device stands in for MFA, remembered already, and the answer brings it. */
async function withDevice(world: World): Promise<SignInOptions> {
  const credentials = { username: 'alice', password: PASSWORD };
  let step = await signIn(world.client, credentials, world.options);
  if (step.status === 'challenge') {
    if (step.challenge.name !== 'SMS_MFA') throw new Error(step.challenge.name);
    step = await respond(
      world.client,
      step.challenge,
      { code: world.pool.outbox.at(-1)?.code ?? '' },
      world.options,
    );
  }
  if (step.status !== 'signed-in') throw new Error('Not signed in');
  const { device, tokens } = await confirmNewDevice(world.client, step, {}, world.options);
  if (!device) throw new Error('No device');
  await updateDeviceStatus(
    world.client,
    { accessToken: tokens.accessToken, deviceKey: device.key, status: 'remembered' },
    world.options,
  );
  return { ...world.options, device };
}

const TRACKED: UserPoolOptions = { devices: { challengeRequiredOnNewDevice: true } };

/** One way through the table: a sign-in, or an answer. */
interface Scene {
  readonly title: string;
  /** Challenges of the table that are answered in it. */
  readonly covers: readonly string[];
  /** A new world, ready for `run`, which can be called again. */
  readonly ready: () => Promise<{
    world: World;
    options: SignInOptions;
    run: (options: SignInOptions) => Promise<string>;
  }>;
}

const callersScene = <Name extends ChallengeName>(name: Name, c: Case<Name>): Scene => ({
  title: `the answer to ${name}`,
  covers: [name],
  ready: async () => {
    const world = await createWorld(c);
    const challenge = await reach(name, c, world);
    const given = c.right(world, challenge) as AnswerTo<ChallengeOf<Name>>;
    return {
      world,
      options: world.options,
      run: (options) => respond(world.client, challenge, given, options).then(whereIs),
    };
  },
});

const SCENES: readonly Scene[] = [
  ...(Object.keys(CASES) as ChallengeName[]).map((name) =>
    callersScene(name, CASES[name] as Case<ChallengeName>),
  ),
  {
    title: 'the secret for an authenticator app',
    covers: ['MFA_SETUP'],
    ready: async () => {
      const { credentials } = CASES.MFA_SETUP;
      const world = await createWorld(CASES.MFA_SETUP);
      const challenge = challengeOf(await signIn(world.client, credentials, world.options), 'MFA_SETUP');
      const run = async (options: SignInOptions) =>
        (await startSoftwareTokenSetup(world.client, challenge, { issuer: 'Example' }, options)).challenge
          .name;
      return { world, options: world.options, run };
    },
  },
  {
    title: 'a choice of PASSWORD_SRP, and its proof',
    covers: ['SELECT_CHALLENGE', 'PASSWORD_VERIFIER'],
    ready: async () => {
      const world = await createWorld(CASES.SELECT_CHALLENGE);
      const challenge = await reach('SELECT_CHALLENGE', CASES.SELECT_CHALLENGE, world);
      const given = { choice: 'PASSWORD_SRP', password: PASSWORD } as const;
      return {
        world,
        options: world.options,
        run: (options) => respond(world.client, challenge, given, options).then(whereIs),
      };
    },
  },
  {
    title: 'a sign-in by SRP with a remembered device',
    covers: ['PASSWORD_VERIFIER', 'DEVICE_SRP_AUTH', 'DEVICE_PASSWORD_VERIFIER'],
    ready: async () => {
      const world = await createWorld(CASES.SMS_MFA, TRACKED);
      const options = await withDevice(world);
      const credentials = { username: 'alice', password: PASSWORD };
      return {
        world,
        options,
        run: (more) => signIn(world.client, credentials, more).then(whereIs),
      };
    },
  },
  {
    title: 'a custom challenge that a device challenge follows',
    covers: ['CUSTOM_CHALLENGE', 'DEVICE_SRP_AUTH', 'DEVICE_PASSWORD_VERIFIER'],
    ready: async () => {
      const one = {
        defineAuthChallenge: (event: { request: { session: readonly object[] }; response: object }) => {
          event.response =
            event.request.session.length > 0 ? { issueTokens: true } : { challengeName: 'CUSTOM_CHALLENGE' };
          return event as never;
        },
        verifyAuthChallengeResponse: (event: { response: object }) => {
          event.response = { answerCorrect: true };
          return event as never;
        },
        createAuthChallenge: (event: { response: object }) => event as never,
      };
      const c = CASES.CUSTOM_CHALLENGE;
      const world = await createWorld({ ...c, options: { ...c.options, triggers: one as never } }, TRACKED);
      const options = await withDevice(world);
      const challenge = await reach('CUSTOM_CHALLENGE', c, { ...world, options });
      return {
        world,
        options,
        run: (more) => respond(world.client, challenge, { answer: 'blue' }, more).then(whereIs),
      };
    },
  },
];

test('every challenge of the table is answered in a scene', () => {
  expect([...new Set(SCENES.flatMap(({ covers }) => covers))].sort()).toEqual(Object.keys(CHALLENGES).sort());
});

describe.each(SCENES)('$title', ({ ready }) => {
  let calls: readonly Sent[];
  let ending: string;
  beforeAll(async () => {
    const { options, run } = await ready();
    const { sent, fetch } = watch(options.fetch as Fetch);
    ending = await run({ ...options, fetch });
    calls = sent;
    expect(calls.length).toBeGreaterThan(0);
  });

  test.each(FAULTS)('$name at each call', async ({ throttles, ...fault }) => {
    for (const [at, { operation }] of calls.entries()) {
      const nth = calls.slice(0, at + 1).filter((call) => call.operation === operation).length;
      const { world, options, run } = await ready();
      const { sent, fetch } = watch(options.fetch as Fetch);
      world.pool.faults.add({ ...fault, operation, nth, ...(throttles && { times: 99 }) });
      const timeoutMs = fault.name === 'slow' ? 300 : 20_000;
      const outcome = await run({ ...options, fetch, timeoutMs, maxAttempts: 2, retryDelayMs: 1 }).catch(
        (error: unknown) => error as Failure,
      );

      const spent = sent.flatMap(({ Session }) => (Session === undefined ? [] : [Session]));
      // A throttled request is not carried out: that one may be sent again
      if (!throttles) expect(new Set(spent).size).toBe(spent.length);
      if (typeof outcome === 'string') {
        // A lost InitiateAuth is asked again; a lost Session that nothing needs is not missed
        expect(outcome).toBe(ending);
        if (fault.name !== 'session-lost') expect(sent.length).toBeGreaterThan(calls.length);
        continue;
      }
      expect(outcome.recovery).toMatch(/^(start-again|try-later|answer-again)$/);
      world.pool.faults.clear();
      // What the error says can be done, can be done
      if (outcome.recovery !== 'start-again') expect(await run(options)).toBe(ending);
    }
  });

  test.each([
    ['SESSION_EXPIRED', 'Invalid session for the user, session is expired.'],
    ['SESSION_USED', 'Invalid session for the user, session can only be used once.'],
  ])('%s at each answer is reported, and nothing more is sent', async (code, message) => {
    for (const [at, { operation }] of calls.entries()) {
      if (operation === 'InitiateAuth') continue;
      const { options, run } = await ready();
      const { sent, fetch } = watch(async (url, init) =>
        sent.length === at + 1
          ? refusal('NotAuthorizedException', message)
          : (options.fetch as Fetch)(url, init),
      );
      await expect(run({ ...options, fetch })).rejects.toMatchObject({
        code,
        operation,
        recovery: 'start-again',
      });
      expect(sent.length).toBe(at + 1);
    }
  });

  test('aborted at each call: rejects with the reason, and nothing more is sent', async () => {
    for (const [at] of calls.entries()) {
      const { options, run } = await ready();
      const controller = new AbortController();
      const reason = new RangeError('enough');
      const { sent, fetch } = watch(options.fetch as Fetch);
      const aborting: Fetch = (url, init) => {
        if (sent.length === at) controller.abort(reason);
        return fetch(url, init);
      };
      await expect(run({ ...options, fetch: aborting, signal: controller.signal })).rejects.toBe(reason);
      await new Promise((resolve) => setTimeout(resolve, 5));
      expect(sent.length).toBe(at + 1);
    }
  });
});

test('a Session of sign-up is not sent twice when its reply is lost', async () => {
  const world = await createWorld({ ...CASES.PASSWORD, options: { users: [] } });
  const { sent, fetch } = watch(world.options.fetch as Fetch);
  world.pool.faults.add({ name: 'reset-before', operation: 'InitiateAuth', nth: 1 });
  const session = 'a-session-of-confirm-sign-up';
  const credentials = { flow: 'USER_AUTH', username: 'alice', session } as const;
  await expect(signIn(world.client, credentials, { ...world.options, fetch })).rejects.toMatchObject({
    code: 'NETWORK_FAILED',
    recovery: 'start-again',
  });
  expect(sent).toHaveLength(1);
});
