/** `passkeys` and `sessions` list what the stored user has, and remove what they are told to. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserPool, UserPoolOptions } from '../../pool/src/index.ts';
import {
  completePasskeyRegistration,
  signIn as signInByEngine,
  startPasskeyRegistration,
} from '../../src/index.ts';
import { type CeremonyOptions, createAuthenticator } from '../support/authenticator.ts';
import { client } from '../support/client.ts';
import { answers, at, PASSWORD, parsed, poolWith, respond, signedIn } from './pool.ts';
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
  async function world(poolOptions: UserPoolOptions = {}) {
    const pool = poolWith({ users: [alice], ...poolOptions });
    await command(pool, 'sign-in');
    const accessToken = await signedInElsewhere(pool);
    const options = { fetch: pool.fetch };
    const creation = await startPasskeyRegistration(client, { accessToken }, options);
    const authenticator = createAuthenticator();
    const credential = authenticator.create(creation as { challenge: string });
    await completePasskeyRegistration(client, { accessToken, credential }, options);
    return { pool, authenticator, id: credential.id };
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

  test('mfa-on: a passkey signs in without a code; mfa-off: it does not', async () => {
    const { pool, authenticator } = await world({
      passkeyFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
    });
    pool.users.setMfa('alice', { sms: '+4912345678' });
    const flags = ['--flow', 'USER_AUTH', '--preferred-challenge', 'WEB_AUTHN', '--json'];
    expect(await command(pool, 'passkeys mfa-on')).toEqual({
      exitCode: 0,
      stdout: 'A passkey counts as both factors\n',
      stderr: '',
    });
    const { challenge } = parsed(await command(pool, 'sign-in', ...flags)) as {
      readonly challenge: { readonly requestOptions: CeremonyOptions };
    };
    expect(challenge).toMatchObject({
      name: 'WEB_AUTHN',
      requestOptions: { userVerification: 'required' },
    });
    const credential = JSON.stringify(authenticator.get(challenge.requestOptions));
    signedIn(await respond(pool, { challenge }, answers(`WEB_AUTHN=${credential}`)));

    const off = await command(pool, 'passkeys mfa-off', '--json');
    expect(parsed(off)).toEqual({ status: 'mfa-off' });
    expect(parsed(await command(pool, 'sign-in', ...flags))).toMatchObject({
      challenge: { name: 'SELECT_CHALLENGE', options: ['PASSWORD_SRP', 'PASSWORD'] },
    });
  });

  test('exit code 1: mfa-on in a pool that does not allow it', async () => {
    const { pool } = await world();
    const { exitCode, stderr } = await command(pool, 'passkeys mfa-on');
    expect([exitCode, stderr]).toEqual([1, expect.stringContaining('Passkey MFA is not enabled')]);
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
