/**
 * `npm run test:clients`: boto3, pycognito, the AWS CLI and the AWS SDK for Go set pools up on the built command of the
 * local pool, and sign in by each flow they know. Authlib and Spring Security sign in by OAuth. It installs them below node_modules, and stops everything at the end. It
 * prints each case, and ends with one plain line: `N passed, N failed`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhereOld } from './built.mjs';
import { installClients, PROGRAM_COMMANDS } from './clients-installed.mjs';
import { startPools } from './clients-pools.mjs';
import {
  CLEAN_ENVIRONMENT,
  giveUp,
  limitThisProcess,
  orGiveUp,
  printAndExit,
  runProgram,
} from './foreign-programs.mjs';
import { findToolchains, goSince, JAVA, MAVEN, PYTHON } from './toolchains.mjs';

/** For everything. */
const LIMIT_MS = 900_000;

const say = (line) => console.error(line);

const commands = orGiveUp(() =>
  findToolchains('npm run test:clients', { Python: PYTHON, Go: goSince(24), Java: JAVA, Maven: MAVEN }),
);
limitThisProcess(LIMIT_MS);

const folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-clients-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
orGiveUp(() => buildWhereOld(say));
await installClients(commands, say).catch(({ message }) => giveUp(message));

const stops = [];
const pools = await startPools(folder, (stop) => stops.push(stop)).catch(({ message }) => giveUp(message));
say('Running the clients …');
const results = (await Promise.all(Object.entries(PROGRAM_COMMANDS).map(runClient))).flat();
results.push(reasonInTheLog(pools.afternoonLog()));
await Promise.all(stops.map((stop) => stop()));
printAndExit(results);

/** @returns a result for each case that the program has announced. One that it has not reported has failed */
async function runClient([client, commandLine]) {
  const { lines, ended } = await runProgram(commandLine, { ...CLEAN_ENVIRONMENT, ...pools.env });
  const [{ cases } = {}, ...reported] = lines;
  if (!Array.isArray(cases) || cases.length === 0) return [{ client, name: 'starts', error: ended }];
  return cases.map((name) => {
    const result = reported.find((each) => each.name === name);
    return { client, name, error: result ? result.error : `not reported, ${ended}` };
  });
}

/** The client is told that its password is wrong. Who looks at the log of the pool learns the reason. */
function reasonInTheLog(log) {
  const name = 'the log says that TIMESTAMP is off by 12 hours';
  // The request may arrive in the next second
  const error = /TIMESTAMP is 43 20[01] s off/.test(log) ? undefined : `it says:\n${log.trim()}`;
  return { client: 'Go SDK', name, error };
}
