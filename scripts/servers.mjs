/**
 * `npm run test:servers`: signs in to the servers of others, moto, ministack, cognito-local and fakecloud, with the engine and the
 * command. `ministack-strict` is ministack as it checks the most. It installs them below node_modules, starts them on loopback ports, fills them through their admin API, and stops them at
 * the end. It prints what each server answers, compares docs/guide/other-servers.md with it, and ends with one plain line:
 * `N passed, N failed`.
 *
 * `npm run test:servers -- moto` tries the named servers. fakecloud is left out where Rust is missing, which one line says. With
 * `--all`, and where the variable CI is set, that is a failure. `--seed` repeats the random passwords of a run, and `--write` writes
 * the page.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhereOld } from './built.mjs';
import { giveUp, limitThisProcess, orGiveUp } from './foreign-programs.mjs';
import { chooseServers } from './servers-chosen.mjs';
import { installServers, PYTHON_IS_MISSING, VERSIONS } from './servers-installed.mjs';
import { isWritten, pageWith, writePage } from './servers-page.mjs';
import { findPython, RUST } from './toolchains.mjs';

/** For everything, on a machine that is busy and compiles fakecloud. The servers end with this process. */
const LIMIT_MS = 1_800_000;
// The AWS SDK announces at which Node it will end its support
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const say = (line) => console.error(line);

const python = findPython() ?? giveUp(PYTHON_IS_MISSING);
const { servers, leftOut, write, seed } = orGiveUp(() =>
  chooseServers(process.argv.slice(2), Boolean(process.env.CI), { names: Object.keys(VERSIONS), rust: RUST }),
);
if (leftOut) say(leftOut);
limitThisProcess(LIMIT_MS);

const folder = mkdtempSync(join(tmpdir(), 'cognito-srp-servers-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
orGiveUp(() => buildWhereOld(say));
await installServers(servers, python, say).catch(({ message }) => giveUp(message));

// What these import is built and installed only now
const { startServer } = await import('./servers-running.mjs');
const { CASES, makePasswordCase } = await import('./servers-cases.mjs');
const cases = [...CASES, makePasswordCase(seed)];
say(`Signing in. --seed ${seed} repeats the random passwords.`);
const stops = [];
const columns = await Promise.all(servers.map(tryServer));
await Promise.all(stops.map((stop) => stop()));
const cells = columns.flat();
console.log(matrix(columns));
console.log(notes(cells));
const failed = cells.filter(({ ok }) => !ok).length + checkPage();
const tried = cells.filter(({ isTried }) => isTried).length + 1;
console.log(`${tried - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** @returns a cell for each attempt. A server that cannot be started fails all of them */
async function tryServer(name) {
  try {
    say(`Starting ${name} …`);
    const server = await startServer(name, folder, (stop) => stops.push(stop));
    const column = [];
    for (const { row, attempt } of listAttempts()) column.push(await tryCase(row, attempt, server));
    return column;
  } catch (error) {
    say(`${name}: ${error.message}`);
    return listAttempts().map(({ row, attempt }) => {
      const { by } = attempt;
      return { row, by, name, isTried: true, ok: false, outcome: 'not started', text: error.message };
    });
  }
}

/** @returns {readonly any[]} */
function listAttempts() {
  return cases.flatMap((row) => row.attempts.map((attempt) => ({ row, attempt })));
}

async function tryCase(row, { by, run }, server) {
  const { name } = server;
  if (row.notFor?.[name]) return { row, by, name, isTried: false, ok: true, outcome: '–' };
  const expected = row.differs?.[name]?.outcome ?? row.right;
  const { outcome, text } = await run(server).then(
    (done) => (typeof done === 'string' ? { outcome: done } : done),
    ({ code, name: kind, message }) => ({ outcome: code ?? kind, text: message }),
  );
  return { row, by, name, isTried: true, expected, outcome, text, ok: outcome === expected };
}

/** A line for each attempt and a column for each server. A star marks what differs from AWS and is known. */
function matrix(columnsOfCells) {
  const head = ['', ...servers.map((name) => `${name} ${VERSIONS[name]}`)];
  const rows = listAttempts().map(({ row, attempt }, index) => [
    `${attempt.by}: ${row.name}`,
    ...columnsOfCells.map((column) => mark(column[index])),
  ]);
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
  const texts = new Map();
  for (const cell of allCells) {
    if (cell.ok && !cell.row.differs?.[cell.name]) continue;
    const text = noteOf(cell);
    texts.set(text, [...(texts.get(text) ?? []), `${cell.by}: ${cell.row.name}`]);
  }
  // Many cells have the same note, often those of the engine and of the command
  const lines = [...texts].map(([text, names]) => [...names.map((name) => `  ${name}`), text].join('\n'));
  return `\n${lines.join('\n\n')}\n`;
}

function noteOf({ row, name, ok, expected, outcome, text }) {
  const differs = row.differs?.[name];
  const reason = ok ? `AWS: ${row.right}, but ${differs.reason}` : `expected ${expected}`;
  const reliesOn = ok ? undefined : row.reliesOn?.[name];
  const details = [text, reliesOn && `The row relies on this: ${reliesOn}`].filter(Boolean);
  return [
    `${ok ? '*   ' : 'FAIL'} ${name}: ${outcome}; ${reason}`,
    ...details.map((line) => `       ${line.replaceAll('\n', '\n       ')}`),
  ].join('\n');
}

/** @returns 1 if the page is not what the cases say, else 0. The cells have shown whether the cases are right. */
function checkPage() {
  const page = pageWith(cases, VERSIONS);
  if (write) writePage(page);
  if (isWritten(page)) return 0;
  say('FAIL docs/guide/other-servers.md is not what was found. `npm run test:servers -- --write` writes it.');
  return 1;
}
