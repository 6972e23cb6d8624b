/** The two programs that sign in to the servers of others, the engine and the command, with the same functions. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import {
  confirmNewDevice,
  createUserStore,
  memoryStorage,
  refreshTokens,
  respond,
  signIn,
  startSoftwareTokenSetup,
} from 'cognito-srp-engine';

const COMMAND = resolve(import.meta.dirname, '../dist/esm/cli/main.js');
const LIMIT_MS = 30_000;
export const OPTIONS = { timeoutMs: LIMIT_MS };
export const BY_PASSWORD = { flow: 'USER_PASSWORD_AUTH' };

/**
 * @typedef {object} Attempt what is done beside the credentials
 * @property {Readonly<Record<string, (secret?: string) => string | Promise<string>>>} [answers] to the challenges, by their names. `MFA_SETUP` is given
 *   the secret of the authenticator app.
 * @property {unknown} [device] what `openDevice` of the same driver has returned
 */

/** Says what was asked before the tokens came. */
function describeSignIn(challenges, { deviceUsed = false, deviceProblem } = {}) {
  const parts = ['signed-in'];
  if (challenges.length > 0) parts.push(`after ${challenges.join(', ')}`);
  if (deviceUsed) parts.push('by the device');
  if (deviceProblem) parts.push(`with the device problem ${deviceProblem.code}`);
  return parts.join(' ');
}

/** The member of the answer that `respond` takes. */
const ANSWER_MEMBERS = {
  CUSTOM_CHALLENGE: 'answer',
  NEW_PASSWORD_REQUIRED: 'newPassword',
  SELECT_CHALLENGE: 'choice',
};

export const ENGINE = {
  name: 'engine',

  /** @returns what the sign-in has ended with, in words. @throws Error of the engine */
  async signIn(pool, credentials, { answers = {}, device } = {}) {
    const options = { ...OPTIONS, ...(device && { device: device.device }) };
    const answered = [];
    let step = await signIn(pool, credentials, options);
    while (step.status === 'challenge') {
      const { name } = step.challenge;
      if (!answers[name]) return `asks for ${name}`;
      answered.push(name);
      step = await answerChallenge(pool, step.challenge, answers[name], credentials.password, options);
    }
    if (device) {
      step = await confirmNewDevice(pool, step, { deviceName: 'test' }, options);
      await device.save(step, credentials.username);
    }
    return describeSignIn(answered, step);
  },

  openDevice: (_, pool) => createUserStore(memoryStorage(), pool),

  async refresh(pool, _, { username, password }) {
    const step = await signIn(pool, { ...BY_PASSWORD, username, password }, OPTIONS);
    const { refreshToken } = step.tokens;
    await refreshTokens(pool, { username: step.username, refreshToken }, OPTIONS);
    return 'refreshed';
  },
};

async function answerChallenge(pool, challenge, answer, password, options) {
  if (challenge.name !== 'MFA_SETUP') {
    const ofChoice = challenge.name === 'SELECT_CHALLENGE' && { password };
    const members = { [ANSWER_MEMBERS[challenge.name] ?? 'code']: await answer(), ...ofChoice };
    return respond(pool, challenge, members, options);
  }
  const setup = await startSoftwareTokenSetup(pool, challenge, { issuer: 'test' }, options);
  return respond(pool, setup.challenge, { code: await answer(setup.secretCode) }, options);
}

export const COMMAND_LINE = {
  name: 'command',

  /** @returns what the sign-in has ended with, in words. @throws Error with the code and the message that the command wrote */
  async signIn(pool, { username, password, flow, preferredChallenge }, { answers = {}, device } = {}) {
    const flags = [
      ...(flow ? ['--flow', flow] : []),
      ...(preferredChallenge ? ['--preferred-challenge', preferredChallenge] : []),
    ];
    const deviceFlags = device ? ['--device', device.file] : [];
    const answered = [];
    let written = await runCommand(
      pool,
      ['sign-in', ...clientFlags(pool), '--username', username, ...flags, ...deviceFlags],
      { ...(password && { COGNITO_PASSWORD: password }) },
    );
    while (written.status === 'challenge') {
      const { name } = written.challenge;
      if (!answers[name]) return `asks for ${name}`;
      answered.push(name);
      written = await answerByCommand(pool, written, answers[name], password, deviceFlags);
    }
    return describeSignIn(answered, written);
  },

  openDevice: ({ folder }) => ({ file: join(folder, `device-${randomUUID()}.json`) }),

  async refresh(pool, server, { username, password }) {
    const device = COMMAND_LINE.openDevice(server);
    const outcome = await COMMAND_LINE.signIn(pool, { ...BY_PASSWORD, username, password }, { device });
    if (outcome !== 'signed-in') return outcome;
    const { status } = await runCommand(pool, ['refresh', ...clientFlags(pool), '--device', device.file]);
    return status === 'signed-in' ? 'refreshed' : status;
  },
};

async function answerByCommand(pool, step, answer, password, deviceFlags) {
  const { name } = step.challenge;
  const respondTo = (written, flags, env) =>
    runCommand(pool, ['respond', '--challenge', '-', ...flags], env, JSON.stringify(written));
  const setup = name === 'MFA_SETUP' ? await respondTo(step, ['--setup-software-token']) : undefined;
  return respondTo(setup ?? step, deviceFlags, {
    [`COGNITO_ANSWER_${name}`]: await answer(setup?.secretCode),
    ...(password && { COGNITO_PASSWORD: password }),
  });
}

const clientFlags = ({ userPoolId, clientId }) => ['--user-pool-id', userPoolId, '--client-id', clientId];

/** @returns what the command wrote. @throws Error with the code and the message that the command wrote */
function runCommand({ clientSecret, endpoint }, flags, env = {}, input = '') {
  const args = [COMMAND, ...flags, '--endpoint', endpoint, '--json'];
  const secret = clientSecret && { COGNITO_CLIENT_SECRET: clientSecret };
  const options = { env: { ...process.env, ...secret, ...env }, timeout: LIMIT_MS };
  return new Promise((resolvePromise, reject) => {
    const command = execFile(process.execPath, args, options, (error, stdout, stderr) => {
      try {
        const written = JSON.parse(stdout || stderr);
        if (stdout) resolvePromise(written);
        else reject(Object.assign(new Error(written.message), { code: written.code }));
      } catch {
        reject(new Error(`the command wrote no JSON: ${stderr || error?.message}`));
      }
    });
    command.stdin.end(input);
  });
}
