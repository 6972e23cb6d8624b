/** What `npm run test:servers` does without Python, that its processes end with it, and how `.ci/run` counts. */
import { spawn, spawnSync } from 'node:child_process';
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

  test.each<[string, string, string, string, number, string?, string?]>([
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
  ])('sums where %s', (_, suite, servers, line, code, loads = NOTHING, engines = NOTHING) => {
    mkdirSync(join(folder, '.ci'));
    copyFileSync(join(ROOT, '.ci/run'), join(folder, '.ci/run'));
    addCommand('npm', [
      'case "$*" in',
      'ci) echo installed ;;',
      `"run --silent test") ${suite} ;;`,
      `"run --silent test:engines") ${engines} ;;`,
      `"run --silent test:servers") ${servers} ;;`,
      `"run --silent test:pool-loads") ${loads} ;;`,
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
