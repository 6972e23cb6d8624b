/**
 * `npm run test:servers`: signs in to the servers of others, moto, ministack and cognito-local, with the engine and the
 * command. It installs them below node_modules, starts them on loopback ports, fills them through their admin API, and
 * stops them at the end. It prints what each server answers, and ends with one plain line: `N passed, N failed`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhereOld } from './built.mjs';
import { installServers, PYTHON_IS_MISSING, VERSIONS } from './servers-installed.mjs';
import { findPython } from './toolchains.mjs';

/** For everything. The servers end with this process. */
const LIMIT_MS = 600_000;
// The AWS SDK announces at which Node it will end its support
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const say = (line) => console.error(line);
const NAMES = Object.keys(VERSIONS);

const python = findPython();
if (python === undefined) giveUp(PYTHON_IS_MISSING);
setTimeout(() => giveUp(`Not done within ${LIMIT_MS / 60_000} minutes`), LIMIT_MS).unref();
process.once('uncaughtException', ({ stack }) => giveUp(stack));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => giveUp(`Stopped by ${signal}`));

const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-servers-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
buildWhereOld(say);
await installServers(python, say).catch(({ message }) => giveUp(message));

// What these import is built and installed only now
const { startServer } = await import('./servers-running.mjs');
const { CASES } = await import('./servers-cases.mjs');
const stops = [];
const columns = await Promise.all(NAMES.map(tryServer));
await Promise.all(stops.map((stop) => stop()));
const cells = columns.flat();
console.log(matrix(columns));
console.log(notes(cells));
const failed = cells.filter(({ ok }) => !ok).length;
console.log(`${cells.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function giveUp(line) {
  console.error(line);
  console.log('0 passed, 1 failed');
  process.exit(1);
}

/** @returns a cell for each case. A server that cannot be started or filled fails all of them */
async function tryServer(name) {
  try {
    say(`Starting ${name} …`);
    const server = await startServer(name, folder, (stop) => stops.push(stop));
    const column = [];
    for (const row of CASES) column.push(await tryCase(row, server));
    return column;
  } catch (error) {
    say(`${name}: ${error.message}`);
    return CASES.map((row) => ({ row, name, ok: false, outcome: 'not started', text: error.message }));
  }
}

async function tryCase(row, server) {
  const { name } = server;
  const expected = row.differs?.[name]?.outcome ?? row.right;
  const { outcome, text } = await row.attempt(server).then(
    (done) => ({ outcome: done }),
    ({ code, message }) => ({ outcome: code ?? 'Error', text: message }),
  );
  return { row, name, expected, outcome, text, ok: outcome === expected };
}

/** A row for each case and a column for each server. A star marks what differs from AWS and is known. */
function matrix(columnsOfCells) {
  const head = ['', ...NAMES.map((name) => `${name} ${VERSIONS[name]}`)];
  const rows = CASES.map(({ name }, index) => [name, ...columnsOfCells.map((column) => mark(column[index]))]);
  const lines = [head, ...rows];
  const widths = head.map((_, index) => Math.max(...lines.map((line) => line[index].length)));
  return lines
    .map((line) =>
      line
        .map((cell, index) => cell.padEnd(widths[index]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function mark({ ok, outcome, row, name }) {
  if (!ok) return `FAIL ${outcome}`;
  return row.differs?.[name] ? `${outcome} *` : outcome;
}

/** What the matrix has no room for: why a server differs, what was expected, and the text of our error. */
function notes(allCells) {
  const lines = allCells.flatMap(({ row, name, ok, expected, outcome, text }) => {
    const differs = row.differs?.[name];
    if (ok && !differs) return [];
    const reason = ok ? `AWS: ${row.right}, but ${differs.reason}` : `expected ${expected}`;
    const reliesOn = ok ? undefined : row.reliesOn?.[name];
    const details = [text, reliesOn && `The row relies on this: ${reliesOn}`].filter(Boolean);
    return [
      `${ok ? '*   ' : 'FAIL'} ${name}, ${row.name}: ${outcome}; ${reason}`,
      ...details.map((line) => `       ${line}`),
    ];
  });
  return `\n${lines.join('\n')}\n`;
}
