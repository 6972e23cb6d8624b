/** The built command runs as a process of its own. */

import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { processesIn } from '../../../test/cli/spawned.ts';

const ROOT = resolve(__dirname, '../../..');
const COMMAND = join(ROOT, 'pool/dist/esm/cli/main.js');
const SIGN_IN = join(ROOT, 'dist/esm/cli/main.js');
const PASSWORD = 'Correct-Horse-9';
const CLIENT_SECRET = 'client-secret-of-the-server';
const SEED = {
  userPoolId: 'local_Seeded1',
  clients: [{ clientId: 'web' }, { clientId: 'server', clientSecret: CLIENT_SECRET }],
  users: [
    { username: 'alice', password: PASSWORD },
    { username: 'new', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' },
    { username: 'off', password: PASSWORD, enabled: false },
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-cli-'));
const { start, killAll } = processesIn(folder);
beforeAll(() => writeFileSync(join(folder, 'seed.json'), JSON.stringify(SEED)));
afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true });
});

async function startPool(...flags: string[]) {
  const pool = start([COMMAND, '--json', ...flags]);
  const [line = ''] = (await pool.shows('\n')).split('\n');
  return { ...pool, line, endpoint: String((JSON.parse(line) as { endpoint: string }).endpoint) };
}

test('writes where it answers as one line of JSON, and nothing else', async () => {
  const seeded = await startPool('--seed', 'seed.json');
  expect(JSON.parse(seeded.line)).toEqual({
    endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    userPoolId: 'local_Seeded1',
    clientIds: ['web', 'server'],
    pools: [{ userPoolId: 'local_Seeded1', clientIds: ['web', 'server'] }],
  });
  seeded.child.kill('SIGTERM');
  expect(await seeded.ended).toEqual({ exitCode: 0, stdout: `${seeded.line}\n`, stderr: '' });
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s stops it cleanly', async (signal) => {
  const first = await startPool('--port', '0', '--quiet');
  // A client that keeps its connection open does not hold it up
  const jwks = await fetch(`${first.endpoint}/us-east-1_LocalPool/.well-known/jwks.json`);
  expect(jwks.status).toBe(200);
  first.child.kill(signal);
  expect(await first.ended).toEqual({ exitCode: 0, stdout: `${first.line}\n`, stderr: '' });
});

test('says how to sign in to it, with a line that works', async () => {
  const pool = start([COMMAND]);
  const text = await pool.shows('Ctrl-C');
  const [, password = '', line = ''] =
    /^ {2}COGNITO_PASSWORD=(\S+) npx cognito-srp-engine (sign-in .*)$/m.exec(text) ?? [];
  const attempt = start([SIGN_IN, ...line.split(' ')], { COGNITO_PASSWORD: password });
  expect(await attempt.ended).toMatchObject({ exitCode: 0, stderr: '' });
  pool.child.kill('SIGTERM');
  const { exitCode, stderr } = await pool.ended;
  expect([exitCode, stderr.trim().split('\n').length]).toEqual([0, 2]);
  expect(stderr).toMatch(/ InitiateAuth us-east-1_LocalPool alice 200 /);
});

test('shows no secret of a seed', async () => {
  const pool = start([COMMAND, '--seed', 'seed.json']);
  const text = await pool.shows('Ctrl-C');
  for (const secret of [PASSWORD, CLIENT_SECRET]) expect(text).not.toContain(secret);
  expect(text).toContain('alice, new, off');
  pool.child.kill('SIGINT');
  await pool.ended;
});

test('a reader that closes the pipe early does not cause an error', async () => {
  const { child, ended } = start([COMMAND, '--help']);
  child.stdout.destroy();
  expect(await ended).toMatchObject({ exitCode: 0, stderr: '' });
});

/** /dev/full of Linux stands for a full disk. */
const FULL = '/dev/full';
(existsSync(FULL) ? test : test.skip)('a pool whose address nobody could read does not start', async () => {
  const full = openSync(FULL, 'w');
  const child = spawn(process.execPath, [COMMAND], { stdio: ['ignore', full, 'pipe'] });
  closeSync(full);
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  expect(await new Promise((done) => child.on('close', done))).toBe(70);
  expect(stderr).toBe(
    'cognito-local-pool: Standard output could not be written (ENOSPC), so nobody can read where the pool answers\n',
  );
});
