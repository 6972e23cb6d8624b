/**
 * Keeps a device signed in that nobody attends to. Its user has a second factor. A person answers it once, where the device is set up.
 * From then on the device proves itself in place of it, so the password is enough for another sign-in: after a restart, or when the
 * refresh token has ended.
 */
import { hostname } from 'node:os';
import { confirmNewDevice, createUserStore, respond, signIn } from 'cognito-srp-engine';
import { fileStorage } from 'cognito-srp-engine/file-storage';
import { createSession } from 'cognito-srp-engine/session';

/** The service asks for what only a person can answer. `setUp` asks that person. */
export class PersonNeeded extends Error {
  /** @param {string} challenge its name, such as SMS_MFA */
  constructor(challenge) {
    super(`The service asks for ${challenge}: set the device up again`);
    this.challenge = challenge;
  }
}

/**
 * @param {import('cognito-srp-engine').UserPoolClient} pool
 * @param {{ username: string, password: string }} credentials of the device's user
 * @param {string} file keeps the tokens and the device. Only its owner can read it. Its folder has to exist.
 * @param {object} [outside] the clock, the timers and the network. Default: those of Node.
 */
export function createKiosk(pool, credentials, file, outside = {}) {
  const { timers, ...options } = outside;
  const store = createUserStore(fileStorage(file), pool, { now: outside.now });
  const session = createSession(pool, { store, refreshOnTimer: true, ...(timers && { timers }) }, options);
  const signInOptions = { ...options, device: store.device };
  let signingIn;
  /** The challenge that waits for a person. Another sign-in would send another code. */
  let waiting;

  /** @returns the tokens, or the challenge that a person has to answer */
  async function begin() {
    const step = await signIn(pool, credentials, signInOptions);
    // The service does not know the device any more, so the next sign-in must not offer it
    if (step.deviceProblem?.code === 'DEVICE_GONE') await store.removeDevice(credentials.username);
    return step;
  }

  async function end(step) {
    if (step.status === 'challenge') {
      waiting = step.challenge;
      throw new PersonNeeded(waiting.name);
    }
    const confirmed = await confirmNewDevice(pool, step, { deviceName: hostname() }, options);
    await session.begin(confirmed, credentials.username);
    return confirmed.tokens;
  }

  return {
    session,
    /**
     * Signs in with a person at hand.
     *
     * @param {(challenge: { name: string }) => Promise<string>} askForCode
     */
    async setUp(askForCode) {
      let step = waiting ? { status: 'challenge', challenge: waiting } : await begin();
      // It can be answered for three minutes, and after a wrong code the next call begins anew
      waiting = undefined;
      if (step.status === 'challenge') {
        const code = await askForCode(step.challenge);
        step = await respond(pool, step.challenge, { code }, signInOptions);
      }
      await end(step);
    },
    /**
     * Gives a good access token, by what is stored, by a refresh, or by a sign-in that nobody attends to.
     *
     * @throws {PersonNeeded} if `setUp` has to be called
     * @throws what `session.tokens` and `signIn` throw. Where the network is away, call it again later.
     */
    async accessToken() {
      try {
        return (await session.tokens()).accessToken;
      } catch (error) {
        // A refresh that failed because of the network leaves the user signed in
        if (session.getSnapshot().status !== 'signed-out') throw error;
      }
      if (waiting) throw new PersonNeeded(waiting.name);
      signingIn ??= begin()
        .then(end)
        .finally(() => {
          signingIn = undefined;
        });
      return (await signingIn).accessToken;
    },
  };
}
