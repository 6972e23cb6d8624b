/**
 * `npm run test:clients`: boto3, pycognito, the AWS CLI and the AWS SDK for Go set pools up on the built command of the
 * local pool, and sign in by each flow they know. It installs them below node_modules, and stops everything at the end. It
 * prints each case, and ends with one plain line: `N passed, N failed`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhereOld } from './built.mjs';
import { findTools, installClients, PROGRAM_COMMANDS } from './clients-installed.mjs';
import { startPools } from './clients-pools.mjs';
import { startKept } from './servers-kept.mjs';

/** For everything. What was started ends with this process. */
const LIMIT_MS = 900_000;
const PROGRAM_LIMIT_MS = 300_000;

/** The pool takes any credentials. What this machine knows of AWS is kept away from the clients. */
const AWS_ENVIRONMENT = {
  AWS_ACCESS_KEY_ID: 'any',
  AWS_SECRET_ACCESS_KEY: 'any',
  AWS_SESSION_TOKEN: undefined,
  AWS_PROFILE: undefined,
  AWS_ENDPOINT_URL: undefined,
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: 'true',
  NO_PROXY: '127.0.0.1',
  no_proxy: '127.0.0.1',
  PYTHONDONTWRITEBYTECODE: '1',
};

const say = (line) => console.error(line);

const { python } = orGiveUp(findTools);
setTimeout(() => giveUp(`Not done within ${LIMIT_MS / 60_000} minutes`), LIMIT_MS).unref();
process.once('uncaughtException', ({ stack }) => giveUp(stack));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => giveUp(`Stopped by ${signal}`));

const folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-clients-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
orGiveUp(() => buildWhereOld(say));
await installClients(python, say).catch(({ message }) => giveUp(message));

const stops = [];
const pools = await startPools(folder, (stop) => stops.push(stop)).catch(({ message }) => giveUp(message));
say('Running the clients …');
const results = (await Promise.all(Object.entries(PROGRAM_COMMANDS).map(runProgram))).flat();
results.push(reasonInTheLog(pools.afternoonLog()));
await Promise.all(stops.map((stop) => stop()));
for (const { client, name, error } of results) {
  console.log(`${error === undefined ? 'ok  ' : 'FAIL'} ${client}: ${name}`);
  if (error !== undefined) console.log(`       ${error.replaceAll('\n', '\n       ')}`);
}
const failed = results.filter(({ error }) => error !== undefined).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function giveUp(line) {
  console.error(line);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

function orGiveUp(run) {
  try {
    return run();
  } catch (error) {
    return giveUp(error.message);
  }
}

/** @returns a result for each case that the program has announced. One that it has not reported has failed */
async function runProgram([client, commandLine]) {
  let output = '';
  const program = startKept(commandLine, {
    env: { ...AWS_ENVIRONMENT, ...pools.env },
    hear: (stream, text) => {
      if (stream === 'stdout') output += text;
    },
  });
  const timer = setTimeout(() => void program.stop(), PROGRAM_LIMIT_MS);
  const code = await program.ended;
  clearTimeout(timer);
  const [{ cases } = {}, ...reported] = readLines(output);
  const ended = `the program has ended with ${code}:\n${program.lastLines()}`;
  if (!Array.isArray(cases) || cases.length === 0) return [{ client, name: 'starts', error: ended }];
  return cases.map((name) => {
    const result = reported.find((each) => each.name === name);
    return { client, name, error: result ? result.error : `not reported, ${ended}` };
  });
}

/** Lines that are not JSON are left out. The cases they would have told of are then missing. */
function readLines(output) {
  return output.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}

/** The client is told that its password is wrong. Who looks at the log of the pool learns the reason. */
function reasonInTheLog(log) {
  const name = 'the log says that TIMESTAMP is off by 12 hours';
  // The request may arrive in the next second
  const error = /TIMESTAMP is 43 20[01] s off/.test(log) ? undefined : `it says:\n${log.trim()}`;
  return { client: 'Go SDK', name, error };
}
