/** What `npm run test:servers` does without its toolchains, what it draws and writes, that its processes end, and how `.ci/run` counts. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ROOT = resolve(__dirname, '../..');
const SCRIPT = join(ROOT, 'scripts/servers.mjs');
const KEEPER = join(ROOT, 'scripts/servers-keeper.mjs');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognito-srp-servers-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const addCommand = (path: string, lines: readonly string[]) =>
  writeFileSync(join(folder, path), `#!/bin/sh\n${lines.join('\n')}\n`, { mode: 0o755 });

test.each([
  ['is missing', []],
  ['is too old', ['exit 1']],
])('where Python %s, one line says what is needed, and one test has failed', (_, python) => {
  if (python.length > 0) addCommand('python3', python);
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT], {
    encoding: 'utf8',
    env: { ...process.env, PATH: folder },
  });
  expect(stderr.trimEnd().split('\n')).toEqual([
    'npm run test:servers needs Python 3.10 or later with venv and pip, which Debian has in python3 and python3-venv',
  ]);
  expect(stdout).toBe('0 passed, 1 failed\n');
  expect(status).toBe(1);
});

/** @returns what a run without cargo says before it installs anything */
function runWithoutRust(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  addCommand('python3', ['exit 0']);
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], {
    encoding: 'utf8',
    env: { PATH: folder, ...env },
  });
  return { status, stdout, lines: stderr.trimEnd().split('\n') };
}

test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
  ['with --all', ['--all'], {}],
  ['where CI is set', [], { CI: 'true' }],
  ['where fakecloud is named', ['fakecloud'], {}],
])('%s, missing Rust is a failure, and one line says what is needed', (_, args, env) => {
  expect(runWithoutRust(args, env)).toEqual({
    status: 1,
    stdout: '0 passed, 1 failed\n',
    lines: ['npm run test:servers needs Rust 1.94 or later with cargo for fakecloud'],
  });
});

test('a server that is not known is a failure', () => {
  expect(runWithoutRust(['motto']).lines).toEqual([
    '"motto" is not one of moto, ministack, ministack-strict, cognito-local, fakecloud',
  ]);
});

/** @returns what a module prints that imports the scripts, as JSON */
function runModule(source: string): unknown {
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', source], {
    encoding: 'utf8',
    cwd: ROOT,
  });
  return JSON.parse(output);
}

test('without Rust the others run, and one line says that fakecloud is left out', () => {
  const chosen = runModule(`import { chooseServers } from './scripts/servers-chosen.mjs';
    const rust = { need: 'Rust', find: () => undefined };
    console.log(JSON.stringify(chooseServers(['--seed', 'a'], false, { names: ['moto', 'fakecloud'], rust })));`);
  expect(chosen).toEqual({
    servers: ['moto'],
    write: false,
    seed: 'a',
    leftOut:
      'Left out: fakecloud, because Rust is missing. With --all, or where CI is set, this is a failure.',
  });
});

test('the same seed draws the same passwords, the wrong one is never the right one, and all are what AWS takes', () => {
  const drawn = runModule(`import { drawPasswords } from './scripts/servers-drawn-passwords.mjs';
    const all = Array.from({ length: 400 }, (_, index) => drawPasswords('a seed', index));
    const isRepeated = all.every(({ right }, index) => right === drawPasswords('a seed', index).right);
    console.log(JSON.stringify({ all, isRepeated, other: drawPasswords('another seed', 0).right }));`) as {
    all: readonly { right: string; wrong: string }[];
    isRepeated: boolean;
    other: string;
  };
  expect(drawn.isRepeated).toBe(true);
  expect(drawn.other).not.toBe(drawn.all[0]?.right);
  expect(drawn.all.filter(({ right, wrong }) => right === wrong)).toEqual([]);
  // The pattern and the length of AWS's model
  const isTaken = (text: string) => /^\S.*\S$/su.test(text) && text.length <= 256;
  expect(drawn.all.filter(({ right, wrong }) => !isTaken(right) || !isTaken(wrong))).toEqual([]);
  const isAscii = (text: string) => /^[ -~]+$/.test(text);
  expect(drawn.all.filter(({ right }) => isAscii(right))).toHaveLength(200);
});

test('the page has a cell for each server, and a note for each reason once', () => {
  const page = runModule(`import { pageWith } from './scripts/servers-page.mjs';
    const attempts = [{ by: 'engine' }, { by: 'command' }];
    const differs = { moto: { outcome: 'signed-in', reason: 'it takes all' } };
    const cases = [
      { name: 'right', right: 'signed-in', attempts },
      { name: 'wrong', right: 'REFUSED', attempts, differs },
      { name: 'wrong again', right: 'REFUSED', attempts, differs },
      { name: 'many', right: '0 wrong', attempts, notFor: { moto: 'it checks nothing' } },
    ];
    const page = 'Before\\n<!-- matrix -->old<!-- /matrix -->\\nafter\\n';
    console.log(JSON.stringify(pageWith(cases, { moto: '1.0', other: '2.0' }, page)));`);
  expect(page).toBe(`Before
<!-- matrix -->

| sign-in | by | AWS | moto 1.0 | other 2.0 |
| --- | --- | --- | --- | --- |
| right | engine, command | \`signed-in\` | as AWS | as AWS |
| wrong | engine, command | \`REFUSED\` | \`signed-in\` [1] | as AWS |
| wrong again | engine, command | \`REFUSED\` | \`signed-in\` [1] | as AWS |
| many | engine, command | \`0 wrong\` | – [2] | as AWS |

1. moto: it takes all.
2. moto: it checks nothing.

<!-- /matrix -->
after
`);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('a server and its children end when the process that started them is gone', async () => {
  // The server starts a child and says both numbers
  const server = `const { spawn } = require('node:child_process');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
    console.log(process.pid + ' ' + child.pid);
    setInterval(() => {}, 1000);`;
  // The process that starts them is killed, so it cannot stop anything itself
  const starter = spawn(
    process.execPath,
    [
      '-e',
      `require('node:child_process').spawn(process.execPath, ${JSON.stringify([KEEPER, process.execPath, '-e', server])},
        { stdio: ['pipe', 'inherit', 'inherit'], detached: true })`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const numbers = await new Promise<string>((resolveText) => {
    starter.stdout.setEncoding('utf8').once('data', resolveText);
  });
  const pids = numbers.trim().split(' ').map(Number);
  expect(pids.map(isRunning)).toEqual([true, true]);
  starter.kill('SIGKILL');
  const end = Date.now() + 10_000;
  while (pids.some(isRunning) && Date.now() < end) await sleep(50);
  expect(pids.map(isRunning)).toEqual([false, false]);
});

test("a server's exit code is the keeper's", async () => {
  const keeper = spawn(process.execPath, [KEEPER, process.execPath, '-e', 'process.exit(7)'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  expect(await new Promise((resolveCode) => keeper.once('close', resolveCode))).toBe(7);
});

describe('.ci/run', () => {
  const says = (line: string, status: number) => `echo progress; echo "${line}"; exit ${status}`;
  const NOTHING = says('0 passed, 0 failed', 0);

  test.each<[string, string, string, string, number, string?, string?, string?]>([
    ['all pass', says('5 passed, 0 failed', 0), says('7 passed, 0 failed', 0), '12 passed, 0 failed', 0],
    [
      'the suite fails',
      says('4 passed, 1 failed', 1),
      says('7 passed, 0 failed', 0),
      '11 passed, 1 failed',
      1,
    ],
    [
      'a server fails',
      says('5 passed, 0 failed', 0),
      says('5 passed, 2 failed', 1),
      '10 passed, 2 failed',
      1,
    ],
    ['the suite ends without its line', 'exit 3', says('7 passed, 0 failed', 0), '7 passed, 1 failed', 1],
    [
      'a line and the exit code differ',
      says('5 passed, 0 failed', 1),
      says('7 passed, 0 failed', 0),
      '12 passed, 1 failed',
      1,
    ],
    ['nothing ran', says('0 passed, 0 failed', 0), says('0 passed, 0 failed', 0), '0 passed, 0 failed', 1],
    [
      'the pool does not load somewhere',
      says('5 passed, 0 failed', 0),
      says('7 passed, 0 failed', 0),
      '15 passed, 1 failed',
      1,
      says('3 passed, 1 failed', 1),
    ],
    [
      'an engine fails',
      says('5 passed, 0 failed', 0),
      says('7 passed, 0 failed', 0),
      '20 passed, 1 failed',
      1,
      NOTHING,
      says('8 passed, 1 failed', 1),
    ],
    [
      'the soak, which runs beside others, fails',
      says('5 passed, 0 failed', 0),
      says('7 passed, 0 failed', 0),
      '18 passed, 1 failed',
      1,
      NOTHING,
      NOTHING,
      says('6 passed, 1 failed', 1),
    ],
    [
      'the soak ends without its line',
      says('5 passed, 0 failed', 0),
      says('7 passed, 0 failed', 0),
      '12 passed, 1 failed',
      1,
      NOTHING,
      NOTHING,
      'exit 3',
    ],
  ])('sums where %s', (_, suite, servers, line, code, loads = NOTHING, engines = NOTHING, soak = NOTHING) => {
    mkdirSync(join(folder, '.ci'));
    copyFileSync(join(ROOT, '.ci/run'), join(folder, '.ci/run'));
    addCommand('npm', [
      'case "$*" in',
      'ci) echo installed ;;',
      `"run --silent test") ${suite} ;;`,
      `"run --silent test:engines") ${engines} ;;`,
      `"run --silent test:servers") ${servers} ;;`,
      `"run --silent test:pool-loads") ${loads} ;;`,
      `"run --silent test:soak") ${soak} ;;`,
      '"run --silent "*) echo "0 passed, 0 failed" ;;',
      'esac',
    ]);
    const { status, stdout } = spawnSync('bash', [join(folder, '.ci/run')], {
      encoding: 'utf8',
      env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
    });
    expect(stdout).toBe(`${line}\n`);
    expect(status).toBe(code);
  });
});
