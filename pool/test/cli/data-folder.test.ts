/** The built command keeps its state with --data, whatever ends it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { processesIn } from '../../../test/cli/spawned.ts';

const COMMAND = join(resolve(__dirname, '../../..'), 'pool/dist/esm/cli/main.js');
const PASSWORD = 'Correct-Horse-9';
const CLIENT_ID = '4h57kpqgh2sd8example';
const POOL_ID = 'eu-west-1_Keep1';
const KILLS = 4;

const folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-data-'));
const { start, killAll } = processesIn(folder);
const SEED = { userPoolId: POOL_ID, clients: [{ clientId: CLIENT_ID }] };
beforeAll(() => writeFileSync(join(folder, 'seed.json'), JSON.stringify(SEED)));
afterAll(() => {
  killAll();
  rmSync(folder, { recursive: true });
});

async function startPool(data: string) {
  const pool = start([COMMAND, '--json', '--quiet', '--seed', 'seed.json', '--data', data]);
  const [line = ''] = (await pool.shows('\n')).split('\n');
  return { ...pool, endpoint: String((JSON.parse(line) as { endpoint: string }).endpoint) };
}

async function signUp(endpoint: string, Username: string): Promise<unknown> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.SignUp' },
    body: JSON.stringify({ ClientId: CLIENT_ID, Username, Password: PASSWORD }),
  });
  return response.json();
}

const EXISTS = { __type: 'UsernameExistsException', message: 'User already exists' };

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a user who signed up before %s is there afterwards',
  async (signal) => {
    const first = await startPool(signal);
    expect(await signUp(first.endpoint, 'kept')).toMatchObject({ UserConfirmed: false });
    first.child.kill(signal);
    expect(await first.ended).toMatchObject({ exitCode: 0, stderr: '' });
    const second = await startPool(signal);
    expect(await signUp(second.endpoint, 'kept')).toEqual(EXISTS);
    second.child.kill(signal);
    expect(await second.ended).toMatchObject({ exitCode: 0, stderr: '' });
    // Nothing but the snapshot, a journal of what comes next, and no lock
    expect(readdirSync(join(folder, signal)).sort()).toEqual([
      expect.stringMatching(/^eu-west-1_Keep1\.\d+\.journal$/),
      'eu-west-1_Keep1.json',
    ]);
  },
);

/** The files that count after a kill, as text: the snapshot and its journals. */
const textOfFolder = (data: string): string =>
  readdirSync(join(folder, data))
    .filter((file) => /^eu-west-1_Keep1(\.\d+\.journal|\.json)$/.test(file))
    .map((file) => readIfThere(join(folder, data, file)))
    .join('\n');

/** A file that was listed may have been replaced since. */
function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

test(`after each of ${KILLS} kills under sign-ups, everybody is there whom the folder had before`, async () => {
  let known: readonly string[] = [];
  for (let kill = 1; kill <= KILLS; kill += 1) {
    const { child, ended, endpoint } = await startPool('killed');
    for (const name of known) expect([name, await signUp(endpoint, name)]).toEqual([name, EXISTS]);
    const replied: string[] = [];
    let isKilled = false;
    const signingUp = [1, 2, 3].map(async (lane) => {
      for (let count = 1; !isKilled; count += 1) {
        const name = `user-${kill}-${lane}-${count}`;
        // The last request of each lane fails with its connection
        const reply = await signUp(endpoint, name).catch(() => undefined);
        if (reply !== undefined) replied.push(name);
      }
    });
    await new Promise((next) => setTimeout(next, 700 + Math.random() * 500));
    // A reply comes before its change is written, 100 ms later or more on a busy machine
    let kept: readonly string[] = [];
    while (kept.length === 0) {
      const text = textOfFolder('killed');
      kept = replied.filter((name) => text.includes(`"${name}"`));
      await new Promise((next) => setTimeout(next, 5));
    }
    child.kill('SIGKILL');
    isKilled = true;
    await Promise.all([...signingUp, ended]);
    // A few are enough, and asking again costs as much as they did
    known = kept.slice(-5);
  }
}, 120_000);

test('a second process is refused, with the name of the first', async () => {
  const first = await startPool('shared');
  const second = start([COMMAND, '--json', '--data', 'shared']);
  const { exitCode, stdout, stderr } = await second.ended;
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(JSON.parse(stderr)).toEqual({
    code: 'DATA_UNUSABLE',
    name: 'UsageError',
    message: expect.stringContaining(`process ${first.child.pid}`),
  });
  expect(await signUp(first.endpoint, 'kept')).toMatchObject({ UserConfirmed: false });
  first.child.kill('SIGTERM');
  await first.ended;
});

test('a damaged file is named and left as it is, and nothing starts', async () => {
  const first = await startPool('damaged');
  first.child.kill('SIGTERM');
  await first.ended;
  const file = join(folder, 'damaged', `${POOL_ID}.json`);
  const damaged = readFileSync(file, 'utf8').slice(0, -10);
  writeFileSync(file, damaged);
  const { exitCode, stdout, stderr } = await start([COMMAND, '--data', 'damaged']).ended;
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(
    /^cognito-local-pool: The data folder cannot be used: .*Keep1\.json is damaged: it is not JSON\n$/,
  );
  expect(readFileSync(file, 'utf8')).toBe(damaged);
});

test('says what it keeps, and which pools win over the seed', async () => {
  const textOf = async () => {
    const pool = start([COMMAND, '--seed', 'seed.json', '--data', 'said']);
    const text = await pool.shows('Ctrl-C');
    pool.child.kill('SIGTERM');
    expect(await pool.ended).toMatchObject({ exitCode: 0, stderr: '' });
    return text;
  };
  expect(await textOf()).toContain(
    `It keeps everything in said, which has its keys and verifiers.\n  new there: ${POOL_ID}\n`,
  );
  expect(await textOf()).toContain(`  from there, whatever the seed says: ${POOL_ID}\n`);
});

test('the snapshot is a seed of another pool', async () => {
  const first = await startPool('exported');
  await signUp(first.endpoint, 'kept');
  first.child.kill('SIGTERM');
  await first.ended;
  const second = start([COMMAND, '--json', '--quiet', '--seed', join('exported', `${POOL_ID}.json`)]);
  const { endpoint, clientIds } = JSON.parse((await second.shows('\n')).split('\n')[0] ?? '') as {
    endpoint: string;
    clientIds: string[];
  };
  expect(clientIds).toEqual([CLIENT_ID]);
  expect(await signUp(endpoint, 'kept')).toEqual(EXISTS);
  second.child.kill('SIGTERM');
  expect(await second.ended).toMatchObject({ exitCode: 0, stderr: '' });
});
