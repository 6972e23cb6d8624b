/** Secrets are drawn from secure randomness, and never shown. */
import { inspect } from 'node:util';
import { createUserPool } from '../../pool/src/index.ts';
import { signIn } from '../../src/index.ts';
import { generateDeviceVerifier, generateEphemeral, type Rng } from '../../src/srp/index.ts';
import { randomBytes } from '../../src/srp/random.ts';
import { errorOf } from '../support/secrets.ts';
import { withCrypto, withGlobal } from '../support/with-global.ts';

const device = { key: 'eu-west-1_0a', groupKey: 'group' };
const users = [
  ['generateEphemeral', (rng?: Rng) => generateEphemeral(rng)],
  ['generateDeviceVerifier', (rng?: Rng) => generateDeviceVerifier(device, rng)],
] as const;

describe.each(users)('%s', (_name, use) => {
  test.each([
    ['no crypto', undefined],
    ['a crypto without getRandomValues', { subtle: {} }],
  ])('%s: RANDOMNESS_MISSING', async (_title, crypto) => {
    const error = await withCrypto(crypto, () => errorOf(() => use()));
    expect(error).toMatchObject({ name: 'ArgumentError', code: 'RANDOMNESS_MISSING', field: 'rng' });
    expect(error.message).toBe('"rng" must be given where there is no crypto.getRandomValues');
  });

  test('needs no crypto where rng is given', async () => {
    const rng: Rng = (length) => new Uint8Array(length).fill(7);
    expect(await withCrypto(undefined, () => use(rng))).toEqual(expect.any(Object));
  });

  test.each<[string, (length: number) => unknown]>([
    ['too few bytes', (length) => new Uint8Array(length - 1).fill(1)],
    ['too many bytes', (length) => new Uint8Array(length + 1).fill(1)],
    ['no bytes', () => new Uint8Array(0)],
    ['only zeros', (length) => new Uint8Array(length)],
    ['an array', (length) => Array.from({ length }, () => 1)],
    ['16-bit numbers', (length) => new Uint16Array(length).fill(1)],
    ['a text', (length) => 'x'.repeat(length)],
    ['a promise', (length) => Promise.resolve(new Uint8Array(length).fill(1))],
    ['nothing', () => undefined],
  ])('rng gives %s: RANDOMNESS_INVALID', async (_title, rng) => {
    const error = await errorOf(() => use(rng as Rng));
    expect(error).toMatchObject({ name: 'ArgumentError', code: 'RANDOMNESS_INVALID', field: 'rng' });
  });

  test('uses crypto.getRandomValues by default', async () => {
    const real = globalThis.crypto;
    const lengths: number[] = [];
    const getRandomValues = (bytes: Uint8Array<ArrayBuffer>) => {
      lengths.push(bytes.length);
      return real.getRandomValues(bytes);
    };
    await withCrypto({ getRandomValues }, () => use());
    expect(lengths.length).toBeGreaterThan(0);
    expect(Math.max(...lengths)).toBeGreaterThanOrEqual(32);
  });
});

test('bytes of which one is 0 are random enough', () => {
  const rng: Rng = (length) => Uint8Array.from({ length }, (_, i) => i);
  expect(generateEphemeral(rng).a()).toBe(Buffer.from(rng(32)).toString('hex').replace(/^0+/, ''));
});

test('a salt of zeros is refused, and zeros that may come by chance are not', async () => {
  const zeros: Rng = (length) => new Uint8Array(length);
  expect(await errorOf(() => generateDeviceVerifier(device, zeros, 'kept'))).toMatchObject({
    code: 'RANDOMNESS_INVALID',
    message: '"rng" must be a function that returns a Uint8Array of 16 random bytes',
  });
  expect(randomBytes(15, zeros)).toEqual(new Uint8Array(15));
});

test('a failure of rng itself comes through', async () => {
  const broken = new Error('no entropy');
  const rng: Rng = () => {
    throw broken;
  };
  expect(await errorOf(() => generateEphemeral(rng))).toBe(broken);
});

test('a is the 256 bits that rng gave, in their order', () => {
  const bytes = Uint8Array.from({ length: 32 }, (_, i) => 0xff - i);
  const asked: number[] = [];
  const ephemeral = generateEphemeral((length) => {
    asked.push(length);
    return bytes;
  });
  expect(asked).toEqual([32]);
  expect(ephemeral.a()).toBe(Buffer.from(bytes).toString('hex'));
  expect(BigInt(`0x${ephemeral.a()}`).toString(2)).toHaveLength(256);
});

test('a hundred ephemerals are a hundred different ones', () => {
  const many = Array.from({ length: 100 }, () => generateEphemeral());
  expect(new Set(many.map(({ SRP_A }) => SRP_A)).size).toBe(100);
  expect(new Set(many.map(({ a }) => a())).size).toBe(100);
});

test('two device verifiers have two passwords and two salts', () => {
  const [one, two] = [generateDeviceVerifier(device), generateDeviceVerifier(device)];
  expect(one.password).not.toBe(two.password);
  expect(one.DeviceSecretVerifierConfig.Salt).not.toBe(two.DeviceSecretVerifierConfig.Salt);
});

test('neither JSON.stringify nor a log shows a', () => {
  const ephemeral = generateEphemeral();
  const a = ephemeral.a();
  expect(JSON.stringify(ephemeral)).toBe(JSON.stringify({ SRP_A: ephemeral.SRP_A }));
  const shown = inspect(ephemeral, { showHidden: true, depth: 9 });
  expect(shown).toContain(ephemeral.SRP_A);
  expect(shown).not.toContain(a);
  expect(shown).not.toContain(BigInt(`0x${a}`).toString());
  expect(String(ephemeral)).not.toContain(a);
});

test('signIn without a source of randomness sends nothing', async () => {
  const pool = createUserPool();
  let requests = 0;
  const fetch = (url: string, init: RequestInit) => {
    requests += 1;
    return pool.fetch(url, init);
  };
  const client = { userPoolId: 'us-east-1_LocalPool', clientId: 'web', endpoint: 'http://127.0.0.1' };
  const error = await withCrypto(undefined, () =>
    errorOf(() => signIn(client, { username: 'alice', password: 'Correct-Horse-9' }, { fetch })),
  );
  expect(error).toMatchObject({ name: 'ArgumentError', code: 'RANDOMNESS_MISSING', field: 'rng' });
  expect(requests).toBe(0);
});

test.each([
  ['and without rng', {}, 'fetch, crypto.getRandomValues', 'pass "rng" in the options'],
  ['with rng', { rng: (length: number) => new Uint8Array(length).fill(7) }, 'fetch', 'in the options'],
])(
  'signIn without fetch, without crypto %s names what is missing',
  async (_title, options, field, remedy) => {
    const client = { userPoolId: 'us-east-1_LocalPool', clientId: 'web', endpoint: 'http://127.0.0.1' };
    const call = () => errorOf(() => signIn(client, { username: 'alice', password: 'x' }, options));
    const error = await withCrypto(undefined, () => withGlobal('fetch', undefined, call));
    expect(error).toMatchObject({ name: 'ArgumentError', code: 'RUNTIME_INCOMPLETE', field });
    expect(error.message).toMatch(new RegExp(`${remedy}$`));
  },
);

test('signIn with a source of its own needs no crypto', async () => {
  let requests = 0;
  const fetch = () => {
    requests += 1;
    return Promise.reject(new Error('no network'));
  };
  const options = { fetch, rng: (length: number) => new Uint8Array(length).fill(7) };
  const client = { userPoolId: 'us-east-1_LocalPool', clientId: 'web', endpoint: 'http://127.0.0.1' };
  await withCrypto(undefined, () =>
    errorOf(() => signIn(client, { username: 'alice', password: 'Correct-Horse-9' }, options)),
  );
  expect(requests).toBeGreaterThan(0);
});
