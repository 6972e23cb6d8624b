/** `sign-in --target-acr` reaches an authentication level, from scratch or from the stored sign-in. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimsOf } from '../support/client.ts';
import { answers, at, PASSWORD, parsed, poolWith, sentCode } from './pool.ts';
import { run } from './run.ts';

const alice = { username: 'alice', password: PASSWORD, attributes: { phone_number: '+4912345678' } };
const LEVEL_3 = 'urn:cognito:loa:3';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognito-srp-step-up-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function world() {
  const pool = poolWith({ users: [alice] });
  const file = join(folder, 'device.json');
  const command = (name: string, ...flags: string[]) =>
    run([name, ...flags], { fetch: pool.fetch, env: { COGNITO_PASSWORD: PASSWORD } });
  const signIn = (...flags: string[]) =>
    command('sign-in', ...at(pool), '--device', file, '--json', ...flags);
  return { pool, file, command, signIn };
}

test('the stored sign-in is stepped up with what is missing', async () => {
  const { pool, file, command, signIn } = world();
  await signIn();
  const flags = ['--flow', 'USER_AUTH', '--target-acr', 'urn:cognito:loa:4', '--target-acr', LEVEL_3];
  const asked = await signIn(...flags, '--step-up', '--max-age', '600');
  expect(asked.exitCode).toBe(4);
  expect(parsed(asked)).toMatchObject({ challenge: { name: 'SMS_MFA' } });
  const step = join(folder, 'step.json');
  writeFileSync(step, asked.stdout);
  const done = await command(
    'respond',
    ...['--endpoint', 'http://127.0.0.1', '--challenge', step, '--device', file, '--json'],
    ...answers(`SMS_MFA=${sentCode(pool)}`),
  );
  expect(done).toMatchObject({ exitCode: 0, stderr: '' });
  const { accessToken } = parsed(done)['tokens'] as { accessToken: string };
  expect(claimsOf(accessToken)).toMatchObject({ acr: LEVEL_3, amr: ['pwd', 'sms', 'mfa'] });
});

test('from scratch the user begins with a first factor', async () => {
  const { signIn } = world();
  const flags = ['--flow', 'USER_AUTH', '--preferred-challenge', 'PASSWORD_SRP', '--target-acr', LEVEL_3];
  expect(parsed(await signIn(...flags))).toMatchObject({ challenge: { name: 'SMS_MFA' } });
});

test('exit code 2: nobody is signed in', async () => {
  const { signIn } = world();
  const outcome = await signIn('--flow', 'USER_AUTH', '--target-acr', LEVEL_3, '--step-up');
  expect(outcome.exitCode).toBe(2);
  expect(JSON.parse(outcome.stderr)).toMatchObject({ code: 'NOT_SIGNED_IN' });
});

test('exit code 1: a level that cannot be reached', async () => {
  const { signIn } = world();
  const outcome = await signIn('--flow', 'USER_AUTH', '--target-acr', 'urn:cognito:loa:4');
  expect(outcome.exitCode).toBe(1);
  expect(JSON.parse(outcome.stderr)).toMatchObject({ code: 'PARAMETER_REFUSED' });
});
