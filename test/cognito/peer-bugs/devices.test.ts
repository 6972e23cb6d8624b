/** Other clients get devices wrong in these ways (see README.md). */
import { createHash, createHmac, getDiffieHellman, webcrypto } from 'node:crypto';
import {
  type CallOptions,
  confirmDevice,
  confirmNewDevice,
  createUserStore,
  type DeviceCredentials,
  forgetDevice,
  generateDeviceVerifier,
  getDevice,
  listDevices,
  memoryStorage,
  respond,
  secretHash,
  signIn,
  updateDeviceStatus,
} from '../../../src/index.ts';
import {
  alice,
  type Call,
  client,
  device,
  devicePasswordVerifier,
  deviceSrpAuth,
  kept,
  localPool,
  PASSWORD,
  passwordVerifier,
  Refusal,
  recorded,
  rngOf,
  service,
  session,
  signedInOf,
  signedInReply,
} from './service.ts';

describe('devices', () => {
  test('a stored device without its password does not keep the user out', async () => {
    const { fetch, calls } = localPool();
    const root = 'CognitoIdentityServiceProvider.web.alice';
    const storage = memoryStorage({
      [`${root}.deviceKey`]: device.key,
      [`${root}.deviceGroupKey`]: device.groupKey,
    });
    const step = await signIn(client, alice, { fetch, device: createUserStore(storage, client).device });
    expect(step).toMatchObject({ status: 'signed-in', deviceProblem: { code: 'DEVICE_DAMAGED' } });
    expect(JSON.stringify(calls)).not.toContain('DEVICE_KEY');
  });

  test('a ConfirmDevice that fails is told, and the user stays signed in', async () => {
    const NewDeviceMetadata = { DeviceKey: device.key, DeviceGroupKey: device.groupKey };
    const played = service(
      signedInReply('alice', { NewDeviceMetadata }),
      new Refusal('InvalidParameterException', 'Invalid device key given.'),
      {},
    );
    const step = signedInOf(await signIn(client, { ...alice, flow: 'USER_PASSWORD_AUTH' }, played));
    const failed = await confirmNewDevice(client, step, {}, played);
    expect(failed).toMatchObject({
      status: 'signed-in',
      tokens: step.tokens,
      newDevice: step.newDevice,
      deviceProblem: { code: 'CONFIRMATION_FAILED' },
    });
    // Once more
    const confirmed = await confirmNewDevice(client, failed, {}, played);
    expect(confirmed.device).toMatchObject({ key: device.key, username: 'alice' });
    expect(confirmed.deviceProblem).toBeUndefined();
  });

  test('a client with a secret signs DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER for the user', async () => {
    const played = service(
      passwordVerifier(),
      deviceSrpAuth(session(2)),
      devicePasswordVerifier(session(3)),
      signedInReply(),
    );
    const secret = { ...client, clientSecret: 'secret-of-the-app-client' };
    await signIn(secret, { username: 'alice@example.com', password: PASSWORD }, { ...played, device });
    const SECRET_HASH = secretHash('alice', 'web', secret.clientSecret);
    for (const name of ['PASSWORD_VERIFIER', 'DEVICE_SRP_AUTH', 'DEVICE_PASSWORD_VERIFIER']) {
      expect(played.responses(name)).toMatchObject({
        USERNAME: 'alice',
        SECRET_HASH,
        DEVICE_KEY: device.key,
      });
    }
    expect(played.sessions()).toEqual([undefined, undefined, session(2), session(3)]);
  });

  test('device operations go to the endpoint, and tell a refusal', async () => {
    const endpoint = 'http://127.0.0.1:9229';
    const pool = { ...client, endpoint };
    const input = { accessToken: 'access', deviceKey: device.key };
    const calls: readonly ((options: CallOptions) => Promise<unknown>)[] = [
      (options) => updateDeviceStatus(pool, { ...input, status: 'remembered' }, options),
      (options) => forgetDevice(pool, input, options),
      (options) => getDevice(pool, input, options),
      (options) => listDevices(pool, input, options).next(),
      (options) => confirmDevice(pool, { accessToken: 'access', newDevice: device }, options),
    ];
    for (const call of calls) {
      const played = service(new Refusal('ResourceNotFoundException', 'Device does not exist.'));
      await expect(call(played)).rejects.toMatchObject({ code: 'DEVICE_NOT_FOUND' });
      expect(played.calls.map(({ url }) => url)).toEqual([`${endpoint}/`]);
    }
    const updated = updateDeviceStatus(pool, { ...input, status: 'not_remembered' }, service({}));
    expect(await updated).toBeUndefined();
  });

  test.each([
    ['00', '80'],
    ['00', '7f'],
    ['80', '00'],
    ['ff', 'ff'],
    ['7f', '00'],
  ])('a device whose salt begins with %s %s can sign in', async (...first) => {
    const salt = Buffer.concat([Buffer.from(first.join(''), 'hex'), Buffer.alloc(14, 0xa5)]);
    const { password, DeviceSecretVerifierConfig } = generateDeviceVerifier(device, rngOf(salt));
    const host = deviceHost(device, DeviceSecretVerifierConfig);
    const played = recorded(async (_, init) => Response.json(host(JSON.parse(String(init.body)))));
    const step = await respond(
      client,
      kept('SMS_MFA'),
      { code: '123456' },
      { ...played, device: { ...device, password } },
    );
    expect(step.status).toBe('signed-in');
    // The host does tell right from wrong
    const other = { ...device, password: 'YW5vdGhlciBwYXNzd29yZA==' };
    expect(
      await respond(client, kept('SMS_MFA'), { code: '123456' }, { ...played, device: other }),
    ).not.toMatchObject({ status: 'signed-in' });
  });
});

/** The service's side of a device's sign-in, which reads salt and verifier as Java's BigInteger does. */
function deviceHost(
  { key, groupKey }: DeviceCredentials,
  { PasswordVerifier, Salt }: { readonly PasswordVerifier: string; readonly Salt: string },
) {
  const N = BigInt(`0x${getDiffieHellman('modp15').getPrime('hex')}`);
  const signed = (base64: string) => {
    const bytes = Buffer.from(base64, 'base64');
    return BigInt.asIntN(bytes.length * 8, unsigned(bytes));
  };
  const unsigned = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`);
  const java = (n: bigint) => {
    const hex = n.toString(16);
    const even = hex.length % 2 ? `0${hex}` : hex;
    return Buffer.from(/^[89a-f]/.test(even) ? `00${even}` : even, 'hex');
  };
  const H = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  const hmac = (secret: Buffer, ...parts: Buffer[]) =>
    createHmac('sha256', secret).update(Buffer.concat(parts)).digest();
  const power = (base: bigint, exponent: bigint) => {
    let power = 1n;
    for (const bit of exponent.toString(2)) power = (power * power * (bit === '1' ? base : 1n)) % N;
    return power;
  };
  const v = signed(PasswordVerifier);
  const b = unsigned(Buffer.from(webcrypto.getRandomValues(new Uint8Array(32))));
  const B = (unsigned(H(java(N), Buffer.of(2))) * v + power(2n, b)) % N;
  const SECRET_BLOCK = 'c2VjcmV0';
  let A = 0n;
  return ({ ChallengeName, ChallengeResponses = {} }: Call['input']): object => {
    if (ChallengeName === 'SMS_MFA') return deviceSrpAuth(session(2));
    if (ChallengeName === 'DEVICE_SRP_AUTH') {
      A = BigInt(`0x${ChallengeResponses['SRP_A']}`);
      return {
        ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
        ChallengeParameters: { SALT: signed(Salt).toString(16), SRP_B: B.toString(16), SECRET_BLOCK },
        Session: session(3),
      };
    }
    const { TIMESTAMP = '', PASSWORD_CLAIM_SIGNATURE } = ChallengeResponses;
    const u = unsigned(H(java(A), java(B)));
    const S = power((A * power(v, u)) % N, b);
    const K = hmac(hmac(java(u), java(S)), Buffer.from('Caldera Derived Key\u0001')).subarray(0, 16);
    const expected = hmac(
      K,
      Buffer.from(groupKey + key),
      Buffer.from(SECRET_BLOCK, 'base64'),
      Buffer.from(TIMESTAMP),
    );
    const right = expected.toString('base64') === PASSWORD_CLAIM_SIGNATURE;
    return right ? signedInReply() : { ChallengeName: 'REFUSED', Session: session(4) };
  };
}
