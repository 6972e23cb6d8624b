/** The script of the load test signs its users in to a pool on a port. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import seed from '../../examples/load-test/seed.json' with { type: 'json' };
import { createUserPool } from '../../pool/src/index.ts';

const execute = promisify(execFile);

interface Report {
  readonly users: number;
  readonly counters: Readonly<Record<string, number>>;
  readonly histograms: Readonly<Record<string, readonly number[]>>;
}

/** Runs the script through artillery-stub.mjs, which says what it is and is not. */
async function runScript(variables: Readonly<Record<string, string>> = {}): Promise<Report> {
  const listening = await createUserPool(seed).listen();
  try {
    const { stdout } = await execute(process.execPath, [
      join(__dirname, 'artillery-stub.mjs'),
      join(__dirname, '../../examples/load-test/load-test.yml'),
      '--target',
      listening.endpoint,
      '--variables',
      JSON.stringify(variables),
    ]);
    return JSON.parse(stdout) as Report;
  } finally {
    await listening.close();
  }
}

test('every user of the list signs in, at the same time as the others, and is timed', async () => {
  const { users, counters, histograms } = await runScript();
  expect(users).toBe(20);
  expect(counters).toEqual({ 'sign_in.signed-in': 20 });
  expect(histograms['sign_in.ms']).toHaveLength(20);
});

test.each([
  ['INCORRECT_USERNAME_OR_PASSWORD', { password: 'wrong' }],
  ['USER_NOT_FOUND', { username: 'nobody' }],
  ['CLIENT_ID_INVALID', { clientId: '' }],
])('failures are counted by their code: %s', async (code, variables) => {
  expect((await runScript(variables)).counters).toEqual({ [`sign_in.${code}`]: 20 });
});
