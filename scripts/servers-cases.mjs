/**
 * What is tried on each server of others, by the engine and by the command, and what is right. Where a server answers
 * something else than AWS, `differs` has its answer and the reason, so that a change of the server is noticed. Where a row
 * passes only because the engine takes what AWS never sends, `reliesOn` says what that is.
 */
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { refreshTokens, respond, signIn, startPasskeyRegistration } from 'cognito-srp-engine';
import { createTokenVerifier } from 'cognito-srp-engine/verify';
import { PASSWORD, USERNAME } from './servers-running.mjs';

const COMMAND = resolve(import.meta.dirname, '../dist/esm/cli/main.js');
const LIMIT_MS = 30_000;
const NEW_PASSWORD = 'Other-Horse-9';
const WRONG_PASSWORD = 'Wrong-Horse-9';
const OPTIONS = { timeoutMs: LIMIT_MS };

const NO_SRP = { outcome: 'FLOW_NOT_ENABLED', reason: 'it has no SRP' };
const NO_PROOF = { outcome: 'signed-in', reason: 'it does not check the proof of the password' };
const NO_SECRET_HASH = { outcome: 'signed-in', reason: 'it does not check SECRET_HASH' };

const OPAQUE_BLOCK = { moto: 'SECRET_BLOCK is opaque: moto sends a uuid' };

/** What is tried by the engine and by the command. `attempt` gives the outcome, or throws an error with a code. */
const BY_BOTH = [
  {
    name: 'SRP',
    right: 'signed-in',
    differs: { 'cognito-local': NO_SRP },
    reliesOn: OPAQUE_BLOCK,
    attempt: (driver, { web }) => driver.signIn(web, { password: PASSWORD }),
  },
  {
    name: 'SRP, wrong password',
    right: 'INCORRECT_USERNAME_OR_PASSWORD',
    differs: { moto: NO_PROOF, 'cognito-local': NO_SRP },
    reliesOn: OPAQUE_BLOCK,
    attempt: (driver, { web }) => driver.signIn(web, { password: WRONG_PASSWORD }),
  },
  {
    name: 'SRP, new password',
    right: 'signed-in',
    differs: { 'cognito-local': NO_SRP },
    reliesOn: OPAQUE_BLOCK,
    attempt: (driver, server) => chooseNewPassword(driver, server, {}),
  },
  {
    name: 'SRP, client with a secret',
    right: 'signed-in',
    differs: { 'cognito-local': NO_SRP },
    reliesOn: OPAQUE_BLOCK,
    attempt: (driver, { withSecret }) => driver.signIn(withSecret, { password: PASSWORD }),
  },
  {
    name: 'SRP, pool of user names',
    right: 'signed-in',
    differs: {
      moto: { outcome: 'USER_NOT_FOUND', reason: 'its USER_ID_FOR_SRP is not the name of a user there' },
      'cognito-local': NO_SRP,
    },
    reliesOn: OPAQUE_BLOCK,
    attempt: (driver, { byName }) => driver.signIn(byName.web, { password: PASSWORD }),
  },
  {
    name: 'password',
    right: 'signed-in',
    attempt: (driver, { web }) => driver.signIn(web, { ...BY_PASSWORD, password: PASSWORD }),
  },
  {
    name: 'password, wrong password',
    right: 'INCORRECT_USERNAME_OR_PASSWORD',
    differs: {
      'cognito-local': { outcome: 'PASSWORD_POLICY', reason: 'it answers InvalidPasswordException' },
    },
    attempt: (driver, { web }) => driver.signIn(web, { ...BY_PASSWORD, password: WRONG_PASSWORD }),
  },
  {
    name: 'password, new password',
    right: 'signed-in',
    attempt: (driver, server) => chooseNewPassword(driver, server, BY_PASSWORD),
  },
  {
    name: 'password, client with a secret',
    right: 'signed-in',
    attempt: (driver, { withSecret }) => driver.signIn(withSecret, { ...BY_PASSWORD, password: PASSWORD }),
  },
  {
    name: 'password, wrong secret',
    right: 'SECRET_HASH_REFUSED',
    differs: { moto: NO_SECRET_HASH, ministack: NO_SECRET_HASH, 'cognito-local': NO_SECRET_HASH },
    attempt: (driver, { withSecret }) =>
      driver.signIn({ ...withSecret, clientSecret: 'wrong' }, { ...BY_PASSWORD, password: PASSWORD }),
  },
  {
    name: 'refresh',
    right: 'refreshed',
    attempt: (driver, server) => driver.refresh(server.web, server),
  },
  {
    name: 'refresh, client with a secret',
    right: 'refreshed',
    differs: {
      moto: {
        outcome: 'BODY_NOT_JSON',
        reason: 'it compares SECRET_HASH with the e-mail address, and AWS with the name of the user',
      },
    },
    attempt: (driver, server) => driver.refresh(server.withSecret, server),
  },
  {
    name: 'refresh, client with a secret, pool of user names',
    right: 'refreshed',
    attempt: (driver, server) => driver.refresh(server.byName.withSecret, server),
  },
];

const NO_OPERATION = { outcome: 'OPERATION_UNKNOWN', reason: 'it does not have the operation' };
const PAGE = {
  outcome: 'BODY_NOT_JSON',
  reason: 'it answers HTTP 500 and a page for an operation that it lacks',
};

const BY_ENGINE = [
  {
    name: 'refresh by REFRESH_TOKEN_AUTH alone',
    right: 'refreshed',
    attempt: async ({ web }) => refreshAs(web, { method: 'REFRESH_TOKEN_AUTH' }),
  },
  {
    name: 'refresh by GetTokensFromRefreshToken alone',
    right: 'refreshed',
    differs: { moto: PAGE, 'cognito-local': NO_OPERATION },
    attempt: async ({ web }) => refreshAs(web, { method: 'GetTokensFromRefreshToken' }),
  },
  {
    name: 'refresh with a token that is not one',
    right: 'REFRESH_TOKEN_REFUSED',
    differs: { 'cognito-local': { outcome: 'REFUSED', reason: 'it answers "User not authorized"' } },
    attempt: async ({ web }) => refreshAs(web, { refreshToken: 'not-a-refresh-token' }),
  },
  {
    name: 'an operation that the server lacks',
    right: 'OPERATION_UNKNOWN',
    differs: { moto: PAGE },
    attempt: async ({ web }) => {
      const { accessToken } = await signInByPassword(web);
      await startPasskeyRegistration(web, { accessToken }, OPTIONS);
      return 'answered';
    },
  },
  {
    name: 'both tokens verified with the keys of the pool',
    right: 'verified',
    differs: {
      ministack: {
        outcome: 'KEYS_INVALID',
        reason: 'its key is too short, without the package cryptography',
      },
    },
    attempt: async ({ web, issuer }) => {
      const { accessToken, idToken } = await signInByPassword(web);
      const verifier = createTokenVerifier(web, issuer === undefined ? {} : { issuer });
      await verifier.verify(accessToken, 'access');
      await verifier.verify(idToken, 'id');
      return 'verified';
    },
  },
  {
    name: 'the end of the tokens',
    right: 'in the future',
    reliesOn: { 'cognito-local': 'the claim exp is the end where ExpiresIn is missing' },
    attempt: async ({ web }) => {
      const { expiresAt } = await signInByPassword(web);
      return expiresAt > Date.now() ? 'in the future' : 'in the past';
    },
  },
];

const BY_PASSWORD = { flow: 'USER_PASSWORD_AUTH' };

async function signInByPassword(pool) {
  const step = await signIn(pool, { ...BY_PASSWORD, username: USERNAME, password: PASSWORD }, OPTIONS);
  if (step.status !== 'signed-in') throw new Error(`asks for ${step.challenge.name}`);
  return { username: step.username, ...step.tokens };
}

async function refreshAs(pool, input) {
  const { username, refreshToken } = await signInByPassword(pool);
  await refreshTokens(pool, { username, refreshToken, ...input }, OPTIONS);
  return 'refreshed';
}

/** Signs in with a temporary password, chooses a new one, and signs in with that. */
async function chooseNewPassword(driver, server, flow) {
  const username = await server.addTemporaryUser();
  const first = await driver.signIn(server.web, {
    ...flow,
    username,
    password: PASSWORD,
    newPassword: NEW_PASSWORD,
  });
  if (first !== 'signed-in') return first;
  return driver.signIn(server.web, { ...flow, username, password: NEW_PASSWORD });
}

const ENGINE = {
  name: 'engine',
  async signIn(pool, { username = USERNAME, newPassword, ...credentials }) {
    const step = await signIn(pool, { username, ...credentials }, OPTIONS);
    if (step.status === 'signed-in') return newPassword ? 'no challenge' : 'signed-in';
    if (!newPassword || step.challenge.name !== 'NEW_PASSWORD_REQUIRED') return step.challenge.name;
    const next = await respond(pool, step.challenge, { newPassword }, OPTIONS);
    return next.status === 'signed-in' ? 'signed-in' : next.challenge.name;
  },
  refresh: (pool) => refreshAs(pool, {}),
};

const COMMAND_LINE = {
  name: 'command',
  async signIn(pool, { username = USERNAME, password, flow, newPassword }, flags = []) {
    const { status, challenge, answerProblem } = await runCommand(
      pool,
      'sign-in',
      [
        ...['--username', username],
        ...(flow ? ['--flow', flow] : []),
        ...(newPassword ? ['--answer', `NEW_PASSWORD_REQUIRED=${newPassword}`] : []),
        ...flags,
      ],
      password,
    );
    if (answerProblem) return 'no challenge';
    return challenge?.name ?? status;
  },
  async refresh(pool, { folder }) {
    const device = ['--device', join(folder, `${pool.clientId}.json`)];
    const outcome = await COMMAND_LINE.signIn(pool, { ...BY_PASSWORD, password: PASSWORD }, device);
    if (outcome !== 'signed-in') return outcome;
    const { status } = await runCommand(pool, 'refresh', device);
    return status === 'signed-in' ? 'refreshed' : status;
  },
};

/** @returns what the command wrote. @throws Error with the code and the message that the command wrote */
function runCommand({ userPoolId, clientId, clientSecret, endpoint }, subcommand, flags, password) {
  const client = ['--user-pool-id', userPoolId, '--client-id', clientId, '--endpoint', endpoint];
  const env = {
    ...process.env,
    ...(password && { COGNITO_PASSWORD: password }),
    ...(clientSecret && { COGNITO_CLIENT_SECRET: clientSecret }),
  };
  const args = [COMMAND, subcommand, ...client, ...flags, '--json'];
  return new Promise((resolvePromise, reject) => {
    execFile(process.execPath, args, { env, timeout: LIMIT_MS }, (error, stdout, stderr) => {
      try {
        const written = JSON.parse(stdout || stderr);
        if (stdout) resolvePromise(written);
        else reject(Object.assign(new Error(written.message), { code: written.code }));
      } catch {
        reject(new Error(`the command wrote no JSON: ${stderr || error?.message}`));
      }
    });
  });
}

/** Every case with its driver. `attempt` takes the server. */
export const CASES = [
  ...[ENGINE, COMMAND_LINE].flatMap((driver) =>
    BY_BOTH.map(({ name, attempt, ...row }) => ({
      ...row,
      name: `${driver.name}: ${name}`,
      attempt: (server) => attempt(driver, server),
    })),
  ),
  ...BY_ENGINE.map((row) => ({ ...row, name: `engine: ${row.name}` })),
];
