/** What `npm run test:clients` does on a machine that lacks a toolchain. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const SCRIPT = join(ROOT, 'scripts/clients.mjs');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-clients-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const PYTHON = { python3: 'exit 0' };
const GO = { go: 'echo go1.26.8' };
const JAVA = { javac: 'echo javac 21', mvn: 'echo Apache Maven 3.8.7' };

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['all are missing', {}, 'Python, Go, Java, and Maven'],
  ['Python is missing', { ...GO, ...JAVA }, 'Python'],
  ['Python is too old', { ...GO, ...JAVA, python3: 'exit 1' }, 'Python'],
  ['Go is missing', { ...PYTHON, ...JAVA }, 'Go'],
  ['Go is too old', { ...PYTHON, ...JAVA, go: 'echo go1.23.9' }, 'Go'],
  ['Java and Maven are missing', { ...PYTHON, ...GO }, 'Java and Maven'],
])('where %s, one line says what is needed, and one test has failed', (_, commands, missing) => {
  for (const [name, line] of Object.entries(commands)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT], {
    encoding: 'utf8',
    env: { ...process.env, PATH: folder },
  });
  expect(stderr).toBe(
    `npm run test:clients needs Python 3.10 or later with venv and pip, Go 1.24 or later, a JDK 17 or later, and Maven 3.6 or later. Missing: ${missing}\n`,
  );
  expect(stdout).toBe('0 passed, 1 failed\n');
  expect(status).toBe(1);
});

test('.ci/run runs it after npm test', () => {
  const added = [...readFileSync(join(ROOT, '.ci/run'), 'utf8').matchAll(/^add (\S+)$/gm)];
  expect(added.map(([, script]) => script).slice(0, 2)).toEqual(['test', 'test:clients']);
});

test('the Python packages are pinned, each in one version', () => {
  const path = join(ROOT, 'pool/test/clients/python/requirements.txt');
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines.filter((line) => !/^[\w.-]+==[\w.]+$/.test(line))).toEqual([]);
  expect(lines.map((line) => line.split('==')[0])).toEqual(
    expect.arrayContaining(['awscli', 'boto3', 'pycognito']),
  );
});
