/** What `npm run test:loads` does on a machine without Go. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const SCRIPT = resolve(__dirname, '../../scripts/load-tools.mjs');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognito-load-tools-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test.each([
  ['is missing', undefined],
  ['is too old', 'echo go1.24.9'],
])('where Go %s, one line says what is needed, and one test has failed', (_, line) => {
  if (line !== undefined) writeFileSync(join(folder, 'go'), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT], {
    encoding: 'utf8',
    env: { ...process.env, PATH: folder },
  });
  expect(stderr).toBe('npm run test:loads needs Go 1.25 or later. Missing: Go\n');
  expect(stdout).toBe('0 passed, 1 failed\n');
  expect(status).toBe(1);
});
