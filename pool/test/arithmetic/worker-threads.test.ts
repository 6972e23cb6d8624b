/** The SRP calculations run in worker threads of a process, which ends when its work is done. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';

const src = resolve(__dirname, '../../src');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pool-workers-'));
  await symlink(resolve(__dirname, '../../../node_modules'), join(folder, 'node_modules'), 'dir');
  await build({
    entryPoints: {
      'in-workers': join(src, 'arithmetic/in-workers.ts'),
      'of-a-process': join(src, 'arithmetic/of-a-process.ts'),
      worker: join(src, 'arithmetic/worker.ts'),
      pool: join(src, 'index.ts'),
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
  });
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a program in a process of its own. Returns what it wrote, as JSON. */
async function run(program: string): Promise<unknown> {
  const path = join(folder, 'program.mjs');
  await writeFile(
    path,
    `import { inWorkers } from './in-workers.mjs';
    import { startArithmetic } from './of-a-process.mjs';
    import { createUserPool } from './pool.mjs';
    const worker = new URL('./worker.mjs', import.meta.url);
    ${program}`,
  );
  const { stdout } = await promisify(execFile)(process.execPath, [path], { timeout: 30_000 });
  return JSON.parse(stdout);
}

const SIGN_IN = `
  const pool = createUserPool({ users: [{ username: 'alice', password: 'Correct-Horse-9' }], arithmetic });
  const ask = async (PASSWORD) => (await pool.fetch('http://localhost/', {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth' },
    body: JSON.stringify({
      ClientId: 'web', AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'alice', PASSWORD },
    }),
  })).status;`;

test('a pool with them accepts the right password and refuses others', async () => {
  const program = `const arithmetic = inWorkers(worker, 2); ${SIGN_IN}
    const statuses = await Promise.all(['Correct-Horse-9', 'wrong', 'Correct-Horse-9'].map(ask));
    await arithmetic.close();
    console.log(JSON.stringify(statuses));`;
  expect(await run(program)).toEqual([200, 400, 200]);
});

test('they do not keep a process alive that has nothing left to do', async () => {
  const program = `const arithmetic = inWorkers(worker, 1); ${SIGN_IN}
    console.log(JSON.stringify(await ask('Correct-Horse-9')));`;
  expect(await run(program)).toBe(200);
});

test('the thread that asks is free while they calculate', async () => {
  const program = `const arithmetic = inWorkers(worker, 1);
    const verifier = { salt: 1n, v: 4n };
    let ticks = 0;
    let done = false;
    const tick = () => { ticks += 1; if (!done) setImmediate(tick); };
    await arithmetic.run('passwordFits', verifier, 'alice', 'x');
    setImmediate(tick);
    await Promise.all(Array.from({ length: 20 }, () => arithmetic.run('passwordFits', verifier, 'alice', 'x')));
    done = true;
    await arithmetic.close();
    console.log(JSON.stringify(ticks > 20));`;
  expect(await run(program)).toBe(true);
});

test.each([
  ['calculates in its own thread on one core', 1, 0],
  ['has a thread for calculations on two', 2, 1],
  ['has one fewer than cores on three', 3, 2],
])('a process %s', async (_, cores, threads) => {
  const program = `const arithmetic = await startArithmetic(worker, ${cores}); ${SIGN_IN}
    const status = await ask('Correct-Horse-9');
    const threads = arithmetic.threads ?? 0;
    await arithmetic.close();
    console.log(JSON.stringify({ status, threads }));`;
  expect(await run(program)).toEqual({ status: 200, threads });
});
