/** Every fault does what its name says, when its rule says so. */
import { connect } from 'node:net';
import { claimsOf } from '../../test/support/client.ts';
import type { FaultName, FaultRule } from '../src/index.ts';
import {
  createWire,
  PASSWORD,
  refused,
  SESSION_UNKNOWN,
  signedIn,
  srpClient,
  WRONG_PASSWORD,
} from './wire.ts';

const OPERATION = 'AWSCognitoIdentityProviderService.InitiateAuth';
const BODY = JSON.stringify({
  ClientId: 'web',
  AuthFlow: 'USER_PASSWORD_AUTH',
  AuthParameters: { USERNAME: 'alice', PASSWORD },
});
const REQUEST = { method: 'POST', headers: { 'x-amz-target': OPERATION }, body: BODY };

const withFault = (...faults: readonly FaultRule[]) => createWire({ faults });

test('throttle refuses with TooManyRequestsException', async () => {
  expect(await withFault({ name: 'throttle' }).signIn()).toMatchObject(
    refused('TooManyRequestsException', 'Too many requests'),
  );
});

test('internal-error refuses with InternalErrorException', async () => {
  expect(await withFault({ name: 'internal-error' }).signIn()).toMatchObject({
    status: 500,
    __type: 'InternalErrorException',
  });
});

describe('a connection that is reset', () => {
  const mfa = { sms: '+4912345678' };
  const users = [{ username: 'alice', password: PASSWORD, mfa }];

  test.each<[FaultName, number]>([
    ['reset-before', 0],
    ['reset-after', 1],
  ])('%s: %i codes have been sent', async (name, sent) => {
    const { pool, signIn } = createWire({ users, faults: [{ name }] });
    await expect(signIn()).rejects.toThrow('fetch failed');
    await expect(signIn()).rejects.toBeInstanceOf(TypeError);
    expect(pool.outbox).toHaveLength(2 * sent);
  });

  test.each<FaultName>(['reset-before', 'reset-after'])(
    '%s through a port: the socket is gone',
    async (name) => {
      const { pool } = createWire({ users, faults: [{ name }] });
      const { endpoint, port, close } = await pool.listen();
      await expect(fetch(endpoint, REQUEST)).rejects.toThrow('fetch failed');
      const received = await new Promise<string>((resolve) => {
        let text = '';
        const socket = connect(port, '127.0.0.1', () => {
          socket.write(
            `POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: ${OPERATION}\r\nContent-Length: ${BODY.length}\r\n\r\n${BODY}`,
          );
        });
        socket.on('data', (chunk) => {
          text += chunk;
        });
        socket.on('error', () => {});
        socket.on('close', () => resolve(text));
      });
      expect(received).toBe('');
      await close();
    },
  );
});

describe('slow', () => {
  test('answers later', async () => {
    const { signIn } = withFault({ name: 'slow', delay: 50 });
    const before = performance.now();
    expect(await signIn()).toMatchObject(signedIn);
    expect(performance.now() - before).toBeGreaterThanOrEqual(49);
  });

  test('ends at once where nobody waits any more', async () => {
    const { pool } = withFault({ name: 'slow', delay: 600_000 });
    const reply = pool.fetch('http://127.0.0.1/', { ...REQUEST, signal: AbortSignal.timeout(20) });
    await expect(reply).rejects.toMatchObject({ name: 'TimeoutError' });
    const { endpoint, close } = await pool.listen();
    await expect(fetch(endpoint, { ...REQUEST, signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    await close();
  });
});

test('truncated-body gives half of the body with the status of the whole', async () => {
  const { pool } = withFault({ name: 'truncated-body' });
  const response = await pool.fetch('http://127.0.0.1/', REQUEST);
  expect(response.status).toBe(200);
  const text = await response.text();
  expect(text).toMatch(/^\{"AuthenticationResult"/);
  expect(() => JSON.parse(text)).toThrow(SyntaxError);
});

test.each([
  [undefined, 502],
  [200, 200],
])('html gives a page with status %s', async (status, expected) => {
  const { pool } = withFault({ name: 'html', ...(status !== undefined && { status }) });
  const response = await pool.fetch('http://127.0.0.1/', REQUEST);
  expect(response.status).toBe(expected);
  expect(response.headers.get('content-type')).toBe('text/html');
  expect(await response.text()).toMatch(/^<!doctype html>/);
});

test('session-lost makes the pool forget the Session', async () => {
  const wire = createWire({
    users: [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4912345678' } }],
    faults: [{ name: 'session-lost', challengeName: 'SMS_MFA' }],
  });
  const { Session } = await wire.signIn();
  const code = { SMS_MFA_CODE: wire.lastCode() };
  expect(await wire.respond('SMS_MFA', Session, code)).toMatchObject(SESSION_UNKNOWN);
});

test.each([
  [undefined, /^0$/],
  [1, /^f{16}c90f[0-9a-f]{748}$/],
])('zero-B gives an SRP_B of %s times N', async (multiple, srpB) => {
  const wire = withFault({ name: 'zero-B', ...(multiple !== undefined && { multiple }) });
  const { SRP_A } = srpClient(wire);
  const { ChallengeParameters } = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A });
  expect(ChallengeParameters['SRP_B']).toMatch(srpB);
});

test('clock-ahead changes Date, and TIMESTAMP is checked by that clock', async () => {
  const wire = withFault({ name: 'clock-ahead' });
  const response = await wire.pool.fetch('http://127.0.0.1/', REQUEST);
  const date = Date.parse(response.headers.get('date') ?? '');
  expect(date).toBe(wire.now() + 3_600_000);
  const { SRP_A, prove } = srpClient(wire);
  const challenge = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A });
  expect(await wire.respond('PASSWORD_VERIFIER', undefined, prove(challenge))).toMatchObject(WRONG_PASSWORD);
  const corrected = srpClient({ ...wire, now: () => date });
  const again = await wire.initiate('USER_SRP_AUTH', { USERNAME: 'alice', SRP_A: corrected.SRP_A });
  expect(await wire.respond('PASSWORD_VERIFIER', undefined, corrected.prove(again))).toMatchObject(signedIn);
});

test('clock-ahead dates the tokens of a sign-in and of a refresh by that clock', async () => {
  const { initiate, call, now, pool } = createWire({
    clients: [
      { clientId: 'web', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] },
    ],
  });
  pool.faults.add({ name: 'clock-ahead', ahead: 7200 });
  const ahead = Math.floor(now() / 1000) + 7200;
  const first = await initiate('USER_PASSWORD_AUTH', { USERNAME: 'alice', PASSWORD });
  const { RefreshToken = '' } = first.AuthenticationResult as { readonly RefreshToken?: string };
  const refreshes = [
    await initiate('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: RefreshToken }),
    await call('GetTokensFromRefreshToken', { ClientId: 'web', RefreshToken }),
  ];
  for (const { AuthenticationResult } of [first, ...refreshes]) {
    const { AccessToken } = AuthenticationResult;
    expect(claimsOf(AccessToken)).toMatchObject({ iat: ahead, auth_time: ahead });
    expect(await call('GetUser', { AccessToken })).toMatchObject({ status: 200, Username: 'alice' });
  }
});

describe('when a fault strikes', () => {
  const statuses = async (rule: Omit<FaultRule, 'name'>, calls: number) => {
    const wire = withFault({ name: 'internal-error', ...rule });
    const seen: number[] = [];
    for (let i = 0; i < calls; i++) seen.push((await wire.signIn()).status);
    return seen;
  };

  test.each<[Omit<FaultRule, 'name'>, readonly number[]]>([
    [{}, [500, 500, 500, 500]],
    [{ times: 2 }, [500, 500, 200, 200]],
    [{ nth: 2 }, [200, 500, 200, 200]],
    [{ nth: 2, times: 2 }, [200, 500, 500, 200]],
    [{ operation: 'InitiateAuth', nth: 1 }, [500, 200, 200, 200]],
    [{ operation: 'RespondToAuthChallenge' }, [200, 200, 200, 200]],
    [{ challengeName: 'SMS_MFA' }, [200, 200, 200, 200]],
  ])('%j', async (rule, expected) => {
    expect(await statuses(rule, 4)).toEqual(expected);
  });

  test('rules come and go while the pool runs', async () => {
    const { pool, signIn } = createWire();
    pool.faults.add({ name: 'throttle' });
    expect((await signIn()).__type).toBe('TooManyRequestsException');
    pool.faults.clear();
    expect(await signIn()).toMatchObject(signedIn);
  });

  test('a fault of another name is refused', () => {
    expect(() => withFault({ name: 'bad-luck' as FaultName })).toThrow(TypeError);
  });
});
