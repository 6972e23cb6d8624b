/** `passkeys` and `sessions` list what the stored user has, and remove what they are told to. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  completePasskeyRegistration,
  signIn as signInByEngine,
  startPasskeyRegistration,
} from '../../src/index.ts';
import type { UserPool } from '../../src/pool/index.ts';
import { createAuthenticator } from '../support/authenticator.ts';
import { client } from '../support/client.ts';
import { at, PASSWORD, parsed, poolWith } from './pool.ts';
import { type Outcome, run } from './run.ts';

const alice = { username: 'alice', password: PASSWORD };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognito-srp-sessions-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const command = (pool: UserPool, name: string, ...flags: string[]): Promise<Outcome> =>
  run([...name.split(' '), ...at(pool), '--device', join(folder, 'device.json'), ...flags], {
    fetch: pool.fetch,
    env: { COGNITO_PASSWORD: PASSWORD },
  });

async function signedInElsewhere(pool: UserPool): Promise<string> {
  const step = await signInByEngine(client, alice, { fetch: pool.fetch });
  if (step.status !== 'signed-in') throw new Error(step.challenge.name);
  return step.tokens.accessToken;
}

describe('passkeys', () => {
  async function world() {
    const pool = poolWith({ users: [alice] });
    await command(pool, 'sign-in');
    const accessToken = await signedInElsewhere(pool);
    const options = { fetch: pool.fetch };
    const creation = await startPasskeyRegistration(client, { accessToken }, options);
    const credential = createAuthenticator().create(creation as { challenge: string });
    await completePasskeyRegistration(client, { accessToken, credential }, options);
    return { pool, id: credential.id };
  }

  test('list: with name, relying party and date', async () => {
    const { pool, id } = await world();
    const { exitCode, stdout, stderr } = await command(pool, 'passkeys list');
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`^ *${id} +Passkey 1, localhost, added \\d{4}-.*\n$`));
    const passkeys = parsed(await command(pool, 'passkeys list', '--json'))['passkeys'];
    expect(passkeys).toMatchObject([{ id, name: 'Passkey 1', relyingPartyId: 'localhost' }]);
  });

  test('delete: the named one', async () => {
    const { pool, id } = await world();
    expect(await command(pool, 'passkeys delete', `--passkey-id=${id}`)).toEqual({
      exitCode: 0,
      stdout: `Deleted: ${id}\n`,
      stderr: '',
    });
    expect((await command(pool, 'passkeys list')).stdout).toBe('No passkeys\n');
    expect(await command(pool, 'passkeys delete', `--passkey-id=${id}`)).toMatchObject({ exitCode: 1 });
  });

  test('exit code 2: delete without a name', async () => {
    const { pool } = await world();
    const { exitCode, stderr } = await command(pool, 'passkeys delete');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('The command needs --passkey-id')]);
  });
});

describe('sessions', () => {
  interface Listed {
    readonly id: string;
    readonly isCurrent: boolean;
  }
  const list = async (pool: UserPool) =>
    parsed(await command(pool, 'sessions list', '--json'))['sessions'] as readonly Listed[];

  test('list: with which is this one; revoke: another one, and not this one', async () => {
    const pool = poolWith({ users: [alice], userSessionTracking: true });
    await signedInElsewhere(pool);
    await command(pool, 'sign-in');
    const sessions = await list(pool);
    expect(sessions.map(({ isCurrent }) => isCurrent)).toEqual([false, true]);
    const [other, own] = sessions.map(({ id }) => id);
    const { stdout } = await command(pool, 'sessions list');
    expect(stdout).toMatch(new RegExp(`^ *${own} +web, 127.0.0.1, last .*, this session$`, 'm'));

    expect(await command(pool, 'sessions revoke', `--session-id=${own}`)).toMatchObject({ exitCode: 1 });
    const revoked = await command(pool, 'sessions revoke', `--session-id=${other}`, '--json');
    expect(parsed(revoked)).toEqual({ status: 'revoked', sessionId: other });
    expect((await list(pool)).map(({ id }) => id)).toEqual([own]);
  });

  test('exit code 1: a pool that does not track sessions', async () => {
    const pool = poolWith({ users: [alice] });
    await command(pool, 'sign-in');
    const { exitCode, stderr } = await command(pool, 'sessions list');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('User session tracking is not enabled')]);
  });

  test('exit code 2: revoke without a name', async () => {
    const pool = poolWith({ users: [alice], userSessionTracking: true });
    await command(pool, 'sign-in');
    const { exitCode, stderr } = await command(pool, 'sessions revoke');
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('The command needs --session-id')]);
  });
});
