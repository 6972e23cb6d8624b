/** Standard output that cannot be written fails the command. /dev/full of Linux stands for a full disk. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Listening } from '../../pool/src/index.ts';
import { at, PASSWORD, poolWith } from './pool.ts';

const ROOT = resolve(__dirname, '../..');
const COMMAND = join(ROOT, 'dist/esm/cli/main.js');
const FULL = '/dev/full';
const LOST = 'Standard output could not be written (ENOSPC), so the outcome is lost';

const pool = poolWith({ users: [{ username: 'alice', password: PASSWORD }] });
let listening: Listening;
const children: ChildProcess[] = [];
beforeAll(async () => {
  if (!existsSync(COMMAND)) execFileSync(process.execPath, [join(ROOT, 'scripts/build.mjs')]);
  listening = await pool.listen(0);
});
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  return listening.close();
});

/** @param isSilent whether standard error is on the full disk, too */
function onFullDisk(args: readonly string[], isSilent = false) {
  const full = openSync(FULL, 'w');
  const child = spawn(process.execPath, [COMMAND, ...args], {
    env: { COGNITO_PASSWORD: PASSWORD },
    stdio: ['ignore', full, isSilent ? full : 'pipe'],
  });
  children.push(child);
  closeSync(full);
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  return new Promise<{ readonly exitCode: number | null; readonly stderr: string }>((done) =>
    child.on('close', (exitCode) => done({ exitCode, stderr })),
  );
}

const signIn = (): string[] => {
  const [, , ...who] = at(pool);
  return ['sign-in', '--endpoint', listening.endpoint, ...who];
};

(existsSync(FULL) ? describe : describe.skip)('on a full disk', () => {
  test('a sign-in ends with 70 and one line', async () => {
    expect(await onFullDisk(signIn())).toEqual({ exitCode: 70, stderr: `cognito-srp: ${LOST}\n` });
  });

  test('with --json it is one JSON object, like other failures', async () => {
    const { exitCode, stderr } = await onFullDisk([...signIn(), '--json']);
    expect(exitCode).toBe(70);
    expect(JSON.parse(stderr)).toEqual({
      code: 'OUTPUT_UNWRITABLE',
      name: 'OutputError',
      message: LOST,
    });
  });

  test('help ends with 70, too', async () => {
    expect(await onFullDisk(['--help'])).toMatchObject({ exitCode: 70 });
  });

  test('where standard error cannot be written either, only the exit code reports it', async () => {
    expect(await onFullDisk(signIn(), true)).toEqual({ exitCode: 70, stderr: '' });
  });

  test('a failure that cannot be written keeps its exit code', async () => {
    expect(await onFullDisk([...signIn(), '--flow', 'MAGIC'], true)).toEqual({ exitCode: 2, stderr: '' });
  });
});
