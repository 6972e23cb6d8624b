/**
 * `npm run test:verifiers`: aws-jwt-verify, jose, jwks-rsa with jsonwebtoken, PyJWT, lestrrat-go/jwx and Spring Security verify tokens of
 * the built local pool, and so does the engine. It installs them below node_modules, and stops everything at the end. It prints each
 * case, and ends with one plain line: `N passed, N failed`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhereOld } from './built.mjs';
import {
  CLEAN_ENVIRONMENT,
  giveUp,
  limitThisProcess,
  orGiveUp,
  printAndExit,
  runProgram,
} from './foreign-programs.mjs';
import { findToolchains, goSince, JAVA, MAVEN, PYTHON } from './toolchains.mjs';
import { CLIENT_ID, FOREIGN_CLIENT_ID, makeCases, requestTokens, USER } from './verifiers-cases.mjs';
import { installVerifiers, VERIFIERS } from './verifiers-installed.mjs';
import { REFUSALS } from './verifiers-refusals.mjs';

/** For everything. */
const LIMIT_MS = 900_000;

const say = (line) => console.error(line);

const commands = orGiveUp(() =>
  findToolchains('npm run test:verifiers', { Python: PYTHON, Go: goSince(25), Java: JAVA, Maven: MAVEN }),
);
limitThisProcess(LIMIT_MS);

const folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-verifiers-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
orGiveUp(() => buildWhereOld(say));
await installVerifiers(commands, say).catch(({ message }) => giveUp(message));

// It is built only now
const { createUserPool } = await import('../pool/dist/esm/index.js');
// Its id and its issuer are those that a pool has without options
const ofAws = await startPool({});
const ofEndpoint = await startPool({ userPoolId: 'us-east-1_Discovery', issuer: 'endpoint' });
const inputs = {
  ofAws: await writeInput('aws', ofAws, ofEndpoint),
  ofEndpoint: await writeInput('endpoint', ofEndpoint, ofAws),
};
say('Running the verifiers …');
const results = (await Promise.all(VERIFIERS.map(runVerifier))).flat();
await Promise.all([ofAws, ofEndpoint].map(({ close }) => close()));
printAndExit(results);

async function startPool(options) {
  const clients = [CLIENT_ID, FOREIGN_CLIENT_ID].map((clientId) => ({
    clientId,
    explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'],
  }));
  const pool = createUserPool({ clients, users: [USER], ...options });
  const { userPoolId } = pool;
  const { endpoint, close } = await pool.listen();
  // An issuer that is the endpoint is known to requests alone
  const issueTokens = (wanted) =>
    options.issuer === 'endpoint'
      ? requestTokens({ endpoint, userPoolId }, wanted)
      : pool.issueTokens(USER.username, { clientId: CLIENT_ID, ...wanted });
  return { endpoint, userPoolId, close, issueTokens };
}

/** Writes the file that the programs read. */
async function writeInput(name, pool, other) {
  const { cases, sub } = await makeCases(pool, other);
  const { endpoint, userPoolId } = pool;
  const file = join(folder, `${name}.json`);
  // The programs are not told which verdict is expected
  const shown = cases.map(({ name, use, token }) => ({ name, use, token }));
  writeFileSync(file, JSON.stringify({ endpoint, userPoolId, clientId: CLIENT_ID, cases: shown }));
  return { file, cases, sub };
}

/** @returns a result for each case. One that the program has not reported has failed */
async function runVerifier({ name: client, commandLine, findsKeysFromIssuer = false }) {
  const { file, cases, sub } = findsKeysFromIssuer ? inputs.ofEndpoint : inputs.ofAws;
  const { lines, ended } = await runProgram([...commandLine, file], CLEAN_ENVIRONMENT);
  return cases.map(({ name, fault }) => {
    const verdict = lines.find((each) => each.name === name);
    if (!verdict) return { client, name, error: `not reported, ${ended}` };
    return { client, name, error: mistakeOf(verdict, fault, sub, client) };
  });
}

/** @returns what is wrong with a verdict, or undefined */
function mistakeOf({ sub, refused }, fault, expectedSub, client) {
  if (fault === undefined) {
    if (refused !== undefined) return `was refused: ${refused}`;
    return sub === expectedSub ? undefined : `was accepted with the sub ${sub} instead of ${expectedSub}`;
  }
  if (refused === undefined) return 'was accepted';
  const words = REFUSALS[client][fault];
  return words.test(refused) ? undefined : `was refused in other words than ${words}: ${refused}`;
}
