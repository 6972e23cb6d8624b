/**
 * `npm run test:clients`: clients of others set pools up on the built command of the local pool, and sign in by each flow they know:
 * boto3, pycognito, warrant-lite, the AWS CLI, and the AWS SDKs for Go, Java and Rust. Authlib and Spring Security sign in by OAuth.
 * It installs them below node_modules, and stops everything at the end. It prints each case, compares the matrix of clients and flows
 * with pool/docs/clients.md, and ends with one plain line: `N passed, N failed`.
 *
 * `npm run test:clients -- rust` runs the clients of the named languages: python, go, java, rust. Clients whose toolchain is missing
 * are left out, which one line says. With `--all`, and where the variable CI is set, that is a failure. `--write` writes the matrix.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhereOld } from './built.mjs';
import { chooseLanguages } from './clients-chosen.mjs';
import { LANGUAGES } from './clients-installed.mjs';
import { cellsOf, differenceOf, writeMatrix } from './clients-matrix.mjs';
import { startPools } from './clients-pools.mjs';
import {
  CLEAN_ENVIRONMENT,
  giveUp,
  limitThisProcess,
  orGiveUp,
  printAndExit,
  runProgram,
} from './foreign-programs.mjs';

/** For everything. On two quiet cores it takes a fifth of it, with nothing installed. */
const LIMIT_MS = 1_800_000;

const say = (line) => console.error(line);

const { chosen, leftOut, write } = orGiveUp(() =>
  chooseLanguages(process.argv.slice(2), Boolean(process.env.CI), LANGUAGES),
);
if (leftOut) say(leftOut);
limitThisProcess(LIMIT_MS);

const folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-clients-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
orGiveUp(() => buildWhereOld(say));
await Promise.all(chosen.map(install)).catch(({ message }) => giveUp(message));

const stops = [];
const pools = await startPools(folder, (stop) => stops.push(stop)).catch(({ message }) => giveUp(message));
say('Running the clients …');
const clients = Object.assign({}, ...chosen.map(({ name }) => LANGUAGES[name].clients));
const results = (await Promise.all(Object.entries(clients).map(runClient))).flat();
if (clients['Go SDK']) results.push(reasonInTheLog(pools.afternoonLog()));
await Promise.all(stops.map((stop) => stop()));
results.push(...checkMatrix());
printAndExit(results);

async function install({ name, commands }) {
  let began;
  await LANGUAGES[name].install(commands, () => {
    began = Date.now();
    say(`Installing ${Object.keys(LANGUAGES[name].clients).join(', ')} …`);
  });
  if (began) say(`${name} is installed and built after ${Math.round((Date.now() - began) / 1000)} s`);
}

/** @returns a result for each case that the program has announced. One that it has not reported has failed */
async function runClient([client, { commandLine }]) {
  const { lines, ended } = await runProgram(commandLine, { ...CLEAN_ENVIRONMENT, ...pools.env });
  const [{ cases } = {}, ...reported] = lines;
  if (!Array.isArray(cases) || cases.length === 0) return [{ client, name: 'starts', error: ended }];
  return cases.map((name) => {
    const result = reported.find((each) => each.name === name);
    if (!result) return { client, name, error: `not reported, ${ended}` };
    return { client, name, error: result.error, differs: result.differs };
  });
}

/** The client is told that its password is wrong. Who looks at the log of the pool learns the reason. */
function reasonInTheLog(log) {
  const name = 'SRP (the log says that TIMESTAMP is off by 12 hours)';
  // The request may arrive in the next second
  const error = /TIMESTAMP is 43 20[01] s off/.test(log) ? undefined : `it says:\n${log.trim()}`;
  return { client: 'Go SDK', name, error };
}

/** A client that has not started has no column, and has failed already. */
function checkMatrix() {
  const started = Object.keys(clients).filter((client) => !results.some(hasNotStarted(client)));
  try {
    const columns = Object.fromEntries(
      started.map((client) => {
        const ofClient = results.filter((result) => result.client === client);
        return [client, { version: clients[client].version(), cells: cellsOf(client, ofClient) }];
      }),
    );
    // What fails is mended before it is written down
    if (write && results.every(({ error }) => error === undefined)) writeMatrix(columns);
    return [{ client: 'the matrix', name: 'is that of pool/docs/clients.md', error: differenceOf(columns) }];
  } catch ({ message }) {
    return [{ client: 'the matrix', name: 'has a cell for each case', error: message }];
  }
}

function hasNotStarted(wanted) {
  return ({ client, name }) => client === wanted && name === 'starts';
}
