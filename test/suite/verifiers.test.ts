/** What `npm run test:verifiers` does on a machine that lacks a toolchain, and that what it installs is pinned. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '../..');
const SCRIPT = join(ROOT, 'scripts/verifiers.mjs');
const textOf = (path: string) => readFileSync(join(ROOT, path), 'utf8');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-verifiers-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const PYTHON_AND_GO = { python3: 'exit 0', go: 'echo go1.26.8' };

test.each<[string, Readonly<Record<string, string>>, string]>([
  ['all are missing', {}, 'Python, Go, Java, and Maven'],
  ['Java and Maven are missing', PYTHON_AND_GO, 'Java and Maven'],
  [
    'Java is too old',
    { ...PYTHON_AND_GO, javac: 'echo javac 11.0.2', mvn: 'echo Apache Maven 3.8.7' },
    'Java',
  ],
  ['Maven is too old', { ...PYTHON_AND_GO, javac: 'echo javac 21', mvn: 'echo Apache Maven 3.5.4' }, 'Maven'],
])('where %s, one line says what is needed, and one test has failed', (_, commands, missing) => {
  for (const [name, line] of Object.entries(commands)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT], {
    encoding: 'utf8',
    env: { ...process.env, PATH: folder },
  });
  expect(stderr).toBe(
    `npm run test:verifiers needs Python 3.10 or later with venv and pip, Go 1.25 or later, a JDK 17 or later, and Maven 3.6 or later. Missing: ${missing}\n`,
  );
  expect(stdout).toBe('0 passed, 1 failed\n');
  expect(status).toBe(1);
});

test('.ci/run runs it', () => {
  expect(textOf('.ci/run')).toMatch(/^add test:verifiers$/m);
});

test('the Python packages are pinned, each in one version', () => {
  const lines = textOf('pool/test/verifiers/python/requirements.txt').trimEnd().split('\n');
  expect(lines.filter((line) => !/^[\w.-]+==[\w.]+$/.test(line))).toEqual([]);
  expect(lines.map((line) => line.split('==')[0])).toContain('PyJWT');
});

test('the Java libraries and the plugins of Maven are pinned, each in one version', () => {
  const pom = textOf('pool/test/verifiers/java/pom.xml');
  const pinned = pom.match(/<artifactId>.*<\/artifactId>\s*<version>[\d.]+<\/version>/g) ?? [];
  expect(pinned).toHaveLength(pom.match(/<artifactId>/g)?.length ?? 0);
});
