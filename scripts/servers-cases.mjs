/**
 * What is tried on each server of others, and what is right. Where a server answers something else than AWS, `differs` has its
 * answer and the reason, so that a change of the server is noticed. Where a row passes only because the engine takes what AWS never
 * sends, `reliesOn` says what that is. `notFor` says on which servers a row is not tried, and why.
 */
import { listUserSessions, refreshTokens, signIn } from 'cognito-srp-engine';
import { createTokenVerifier } from 'cognito-srp-engine/verify';
import { ACCOUNT_CASES } from './servers-account-cases.mjs';
import { BY_PASSWORD, COMMAND_LINE, ENGINE, OPTIONS } from './servers-drivers.mjs';
import { FACTOR_CASES } from './servers-factor-cases.mjs';
import { PASSWORD_COUNT, tryPasswords } from './servers-passwords.mjs';
import { PASSWORD } from './servers-pools.mjs';
import { NO_SRP, OPAQUE_BLOCK } from './servers-reasons.mjs';

const NEW_PASSWORD = 'Other-Horse-9';
const WRONG_PASSWORD = 'Wrong-Horse-9';

const NO_PROOF = { outcome: 'signed-in', reason: 'it does not check the proof of the password' };
const NO_SECRET_HASH = { outcome: 'signed-in', reason: 'it does not check SECRET_HASH' };
const NO_SECRET_HASH_WITHOUT_AUTH = {
  outcome: 'signed-in',
  reason: 'it does not check SECRET_HASH, unless its variable AUTH is true',
};
const SIGNATURE_MISSED = {
  outcome: 'CREDENTIALS_REFUSED',
  reason: 'it asks for a signature where it does not have the operation',
};

/** Signs a new user in. */
async function signInNewUser(driver, server, { kind = 'byEmail', client = 'web', ...credentials }) {
  const pool = await server.openPool(kind);
  const username = await pool.addUser();
  return driver.signIn(pool[client], { username, password: PASSWORD, ...credentials });
}

/** Signs in with a temporary password, chooses a new one, and signs in with that. */
async function chooseNewPassword(driver, server, flow) {
  const { web, addTemporaryUser } = await server.openPool('byEmail');
  const username = await addTemporaryUser();
  const answers = { NEW_PASSWORD_REQUIRED: () => NEW_PASSWORD };
  const first = await driver.signIn(web, { ...flow, username, password: PASSWORD }, { answers });
  if (first !== 'signed-in after NEW_PASSWORD_REQUIRED') return first;
  return driver.signIn(web, { ...flow, username, password: NEW_PASSWORD });
}

async function refreshNewUser(driver, server, kind, client) {
  const pool = await server.openPool(kind);
  const username = await pool.addUser();
  return driver.refresh(pool[client], server, { username, password: PASSWORD });
}

/** What is tried by the engine and by the command. `attempt` gives the outcome, or throws an error with a code. */
const PASSWORD_CASES = [
  {
    name: 'SRP',
    right: 'signed-in',
    differs: { 'cognito-local': NO_SRP },
    reliesOn: OPAQUE_BLOCK,
    attempt: (driver, server) => signInNewUser(driver, server, {}),
  },
  {
    name: 'SRP, wrong password',
    right: 'INCORRECT_USERNAME_OR_PASSWORD',
    differs: { moto: NO_PROOF, 'cognito-local': NO_SRP },
    reliesOn: OPAQUE_BLOCK,
    attempt: (driver, server) => signInNewUser(driver, server, { password: WRONG_PASSWORD }),
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
    attempt: (driver, server) => signInNewUser(driver, server, { client: 'withSecret' }),
  },
  {
    name: 'SRP, pool of user names',
    right: 'signed-in',
    differs: {
      moto: { outcome: 'USER_NOT_FOUND', reason: 'its USER_ID_FOR_SRP is not the name of a user there' },
      'cognito-local': NO_SRP,
    },
    reliesOn: OPAQUE_BLOCK,
    attempt: (driver, server) => signInNewUser(driver, server, { kind: 'byName' }),
  },
  {
    name: 'password',
    right: 'signed-in',
    attempt: (driver, server) => signInNewUser(driver, server, BY_PASSWORD),
  },
  {
    name: 'password, wrong password',
    right: 'INCORRECT_USERNAME_OR_PASSWORD',
    differs: {
      'cognito-local': { outcome: 'PASSWORD_POLICY', reason: 'it answers InvalidPasswordException' },
    },
    attempt: (driver, server) => signInNewUser(driver, server, { ...BY_PASSWORD, password: WRONG_PASSWORD }),
  },
  {
    name: 'password, new password',
    right: 'signed-in',
    attempt: (driver, server) => chooseNewPassword(driver, server, BY_PASSWORD),
  },
  {
    name: 'password, client with a secret',
    right: 'signed-in',
    attempt: (driver, server) => signInNewUser(driver, server, { ...BY_PASSWORD, client: 'withSecret' }),
  },
  {
    name: 'password, wrong secret',
    right: 'SECRET_HASH_REFUSED',
    differs: {
      moto: NO_SECRET_HASH,
      ministack: NO_SECRET_HASH_WITHOUT_AUTH,
      'cognito-local': NO_SECRET_HASH,
    },
    attempt: async (driver, server) => {
      const { withSecret, addUser } = await server.openPool('byEmail');
      const credentials = { ...BY_PASSWORD, username: await addUser(), password: PASSWORD };
      return driver.signIn({ ...withSecret, clientSecret: 'wrong' }, credentials);
    },
  },
  {
    name: 'refresh',
    right: 'refreshed',
    attempt: (driver, server) => refreshNewUser(driver, server, 'byEmail', 'web'),
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
    attempt: (driver, server) => refreshNewUser(driver, server, 'byEmail', 'withSecret'),
  },
  {
    name: 'refresh, client with a secret, pool of user names',
    right: 'refreshed',
    attempt: (driver, server) => refreshNewUser(driver, server, 'byName', 'withSecret'),
  },
];

const NO_OPERATION = { outcome: 'OPERATION_UNKNOWN', reason: 'it does not have the operation' };
const PAGE = {
  outcome: 'BODY_NOT_JSON',
  reason: 'it answers HTTP 500 and a page for an operation that it lacks',
};

const TOKEN_CASES = [
  {
    name: 'refresh by REFRESH_TOKEN_AUTH alone',
    right: 'refreshed',
    attempt: (server) => refreshAs(server, { method: 'REFRESH_TOKEN_AUTH' }),
  },
  {
    name: 'refresh by GetTokensFromRefreshToken alone',
    right: 'refreshed',
    differs: { moto: PAGE, 'cognito-local': NO_OPERATION },
    attempt: (server) => refreshAs(server, { method: 'GetTokensFromRefreshToken' }),
  },
  {
    name: 'refresh with a token that is not one',
    right: 'REFRESH_TOKEN_REFUSED',
    differs: {
      'cognito-local': { outcome: 'REFUSED', reason: 'it answers "User not authorized"' },
      fakecloud: {
        outcome: 'REFUSED',
        reason: 'it answers "Invalid refresh token.", and AWS "Invalid Refresh Token"',
      },
    },
    attempt: (server) => refreshAs(server, { refreshToken: 'not-a-refresh-token' }),
  },
  {
    name: 'an operation that the server lacks',
    right: 'OPERATION_UNKNOWN',
    differs: { moto: PAGE, 'ministack-strict': SIGNATURE_MISSED },
    attempt: async (server) => {
      const { web } = await server.openPool('byEmail');
      const { accessToken } = await signInByPassword(server);
      await listUserSessions(web, { accessToken }, OPTIONS).next();
      return 'answered';
    },
  },
  {
    name: 'both tokens verified with the keys of the pool',
    right: 'verified',
    differs: {
      ministack: {
        outcome: 'KEYS_INVALID',
        reason: 'its key is too short, without the package cryptography of its extra full',
      },
    },
    attempt: async (server) => {
      const { web } = await server.openPool('byEmail');
      const { accessToken, idToken } = await signInByPassword(server);
      const issuer = server.issuerOf(web);
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
    attempt: async (server) => {
      const { expiresAt } = await signInByPassword(server);
      return expiresAt > Date.now() ? 'in the future' : 'in the past';
    },
  },
];

async function signInByPassword(server) {
  const { web, addUser } = await server.openPool('byEmail');
  const credentials = { ...BY_PASSWORD, username: await addUser(), password: PASSWORD };
  const step = await signIn(web, credentials, OPTIONS);
  if (step.status !== 'signed-in') throw new Error(`asks for ${step.challenge.name}`);
  return { username: step.username, ...step.tokens };
}

async function refreshAs(server, input) {
  const { web } = await server.openPool('byEmail');
  const { username, refreshToken } = await signInByPassword(server);
  await refreshTokens(web, { username, refreshToken, ...input }, OPTIONS);
  return 'refreshed';
}

/** @returns the row of the random passwords. Servers that take every password, or have no SRP, are not tried. */
export const makePasswordCase = (seed) => ({
  name: `${PASSWORD_COUNT} random passwords by SRP, each right and wrong`,
  right: '0 wrong',
  notFor: { moto: NO_PROOF.reason, 'cognito-local': NO_SRP.reason },
  attempts: [
    {
      by: `${ENGINE.name}, ${COMMAND_LINE.name}`,
      run: async (server) => {
        const { wrong, text } = await tryPasswords(server, seed, PASSWORD_COUNT);
        return { outcome: `${wrong} wrong`, text };
      },
    },
  ],
});

/** The rows of the matrix. `attempts` are by the name of who tries: a row is the engine's alone, or the engine's and the command's. */
export const CASES = [
  ...[...PASSWORD_CASES, ...FACTOR_CASES].map(({ attempt, ...row }) => ({
    ...row,
    attempts: [ENGINE, COMMAND_LINE].map((driver) => ({
      by: driver.name,
      run: (server) => attempt(driver, server),
    })),
  })),
  ...[...TOKEN_CASES, ...ACCOUNT_CASES].map(({ attempt, ...row }) => ({
    ...row,
    attempts: [{ by: ENGINE.name, run: attempt }],
  })),
];
