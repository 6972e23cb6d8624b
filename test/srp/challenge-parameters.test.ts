/** Challenge parameters that cannot be right are refused, and no signature is made. */
import { type BigInteger, fromHex, toByteArray, toHex } from '#big-integer';
import { bytesToHex } from '../../src/srp/encoding.ts';
import { premasterSecret, privateKey, scramblingParameter, sessionKey } from '../../src/srp/formulas.ts';
import { cognitoGroup } from '../../src/srp/group.ts';
import {
  devicePasswordVerifierResponses,
  generateEphemeral,
  passwordVerifierResponses,
} from '../../src/srp/index.ts';
import { N, N_HEX } from '../support/group.ts';
import { errorOf, expectNoSecret } from '../support/secrets.ts';

const ephemeral = generateEphemeral();
const good = {
  SRP_B: 'a1b2c3',
  SALT: '8ce8291892390f6b53a245933faf6164',
  SECRET_BLOCK: 'c2VjcmV0IGJsb2Nr',
  USER_ID_FOR_SRP: 'alice',
};
const password = 'Correct-Horse-9';
const clientSecret = 'client-secret-of-the-app';
const device = { key: 'eu-west-1_0a0a', groupKey: '-groupKey', password: 'device-password-0' };

const answerUser = (parameters: Record<string, string | undefined> | undefined) =>
  passwordVerifierResponses(ephemeral, parameters, {
    userPoolId: 'eu-west-1_AbCdEf123',
    clientId: 'web',
    clientSecret,
    password,
    now: 0,
  });
const answerDevice = (parameters: Record<string, string | undefined> | undefined) =>
  devicePasswordVerifierResponses(ephemeral, parameters, {
    username: 'alice',
    clientId: 'web',
    clientSecret,
    device,
    now: 0,
  });

/** S and K that a right exchange with the good parameters would have. */
function exchangeSecrets(): string[] {
  const group = cognitoGroup();
  const B = fromHex(good.SRP_B);
  const u = scramblingParameter(group, fromHex(ephemeral.SRP_A), B);
  const x = privateKey(group, toByteArray(fromHex(good.SALT)), 'AbCdEf123alice', password);
  const S = premasterSecret(group, fromHex(ephemeral.a()), B, u, x);
  return [toHex(S), bytesToHex(sessionKey(group, S, u)), toHex(x)];
}
const secrets = [password, clientSecret, device.password, ephemeral.a(), ...exchangeSecrets()];

type Row = readonly [
  title: string,
  parameters: Record<string, string | undefined>,
  code: string,
  field: string,
];

const withB = (SRP_B: string | undefined) => ({ ...good, SRP_B });
const hex = (n: bigint) => n.toString(16);
const rows: readonly Row[] = [
  ['SRP_B = 0', withB('0'), 'SRP_B_INVALID', 'SRP_B'],
  ['SRP_B = 00', withB('00'), 'SRP_B_INVALID', 'SRP_B'],
  ['SRP_B of 768 zeros', withB('0'.repeat(768)), 'SRP_B_INVALID', 'SRP_B'],
  ['SRP_B = N', withB(N_HEX), 'SRP_B_INVALID', 'SRP_B'],
  ['SRP_B = N in upper case with leading zeros', withB(`00${N_HEX.toUpperCase()}`), 'SRP_B_INVALID', 'SRP_B'],
  ['SRP_B = N + 1', withB(hex(N + 1n)), 'SRP_B_INVALID', 'SRP_B'],
  ['SRP_B = 2N', withB(hex(2n * N)), 'SRP_B_INVALID', 'SRP_B'],
  ['SRP_B = 3N', withB(hex(3n * N)), 'SRP_B_INVALID', 'SRP_B'],
  ...['zz', '0x12', '-5', ' 12', '12 ', '12\n', '1.5', '1 2', '+5', '１２', 'a1b2g'].map(
    (text): Row => [`SRP_B = ${JSON.stringify(text)}`, withB(text), 'SRP_B_INVALID', 'SRP_B'],
  ),
  ['SRP_B of 10,000 digits', withB('1'.repeat(10_000)), 'SRP_B_INVALID', 'SRP_B'],
  ['SRP_B of 10,000 digits, nearly all zeros', withB(`${'0'.repeat(9_999)}5`), 'SRP_B_INVALID', 'SRP_B'],
  ['no SRP_B', withB(undefined), 'CHALLENGE_PARAMETER_MISSING', 'SRP_B'],
  ['an empty SRP_B', withB(''), 'CHALLENGE_PARAMETER_MISSING', 'SRP_B'],
  ...['zz', '0x12', '-5', ' 12', 'f'.repeat(10_000)].map(
    (text): Row => [`SALT = ${text.slice(0, 9)}`, { ...good, SALT: text }, 'SALT_INVALID', 'SALT'],
  ),
  ['no SALT', { ...good, SALT: undefined }, 'CHALLENGE_PARAMETER_MISSING', 'SALT'],
  ['an empty SALT', { ...good, SALT: '' }, 'CHALLENGE_PARAMETER_MISSING', 'SALT'],
  [
    'SECRET_BLOCK of 900 KB',
    { ...good, SECRET_BLOCK: 'A'.repeat(900_000) },
    'SECRET_BLOCK_INVALID',
    'SECRET_BLOCK',
  ],
  [
    'SECRET_BLOCK of one character more than 16 KB',
    { ...good, SECRET_BLOCK: 'A'.repeat(16_385) },
    'SECRET_BLOCK_INVALID',
    'SECRET_BLOCK',
  ],
  ['no SECRET_BLOCK', { ...good, SECRET_BLOCK: undefined }, 'CHALLENGE_PARAMETER_MISSING', 'SECRET_BLOCK'],
  ['an empty SECRET_BLOCK', { ...good, SECRET_BLOCK: '' }, 'CHALLENGE_PARAMETER_MISSING', 'SECRET_BLOCK'],
];

describe.each([
  ['passwordVerifierResponses', answerUser],
  ['devicePasswordVerifierResponses', answerDevice],
] as const)('%s', (_name, answer) => {
  test('answers the good parameters that each row changes', () => {
    expect(answer(good).PASSWORD_CLAIM_SECRET_BLOCK).toBe(good.SECRET_BLOCK);
  });

  test.each(rows)('refuses %s', async (_title, parameters, code, field) => {
    const error = await errorOf(() => answer(parameters));
    expect(error).toMatchObject({ name: 'ProtocolError', code, field, recovery: 'start-again' });
    expect(error.message).toContain(`"${field}"`);
    expectNoSecret(error, secrets);
  });

  test('says which parameter is missing where there are none at all', async () => {
    const error = await errorOf(() => answer(undefined));
    expect(error).toMatchObject({ name: 'ProtocolError', code: 'CHALLENGE_PARAMETER_MISSING' });
    expectNoSecret(error, secrets);
  });

  test('takes a SECRET_BLOCK of 16 KB', () => {
    const SECRET_BLOCK = 'A'.repeat(16_384);
    expect(answer({ ...good, SECRET_BLOCK }).PASSWORD_CLAIM_SECRET_BLOCK).toBe(SECRET_BLOCK);
  });

  test.each([
    // What moto sends
    '70d24e26-5c2e-4c7e-9d3a-1d2f3a4b5c6d',
    'c2Vj-_==',
    'c2VjcmV0IGJsb2N',
    ...['*', 'abc', 'c2Vj cmV0', '====', 'c2VjcmV0IGJsb2Nr\n', 'a==='],
  ])('takes the SECRET_BLOCK %j, hands it back as it came, and signs what Buffer makes of it', (block) => {
    const bytes = Buffer.from(block, 'base64');
    const claim = answer({ ...good, SECRET_BLOCK: block });
    expect(claim.PASSWORD_CLAIM_SECRET_BLOCK).toBe(block);
    const asBase64 = bytes.toString('base64');
    const { PASSWORD_CLAIM_SIGNATURE } = answer({ ...good, SECRET_BLOCK: asBase64 || '=' });
    expect(claim.PASSWORD_CLAIM_SIGNATURE).toBe(PASSWORD_CLAIM_SIGNATURE);
  });

  test('takes SRP_B = 1 and SRP_B = N - 1, the ends of the range', () => {
    expect(answer(withB('1')).PASSWORD_CLAIM_SIGNATURE).toHaveLength(44);
    expect(answer(withB(hex(N - 1n))).PASSWORD_CLAIM_SIGNATURE).toHaveLength(44);
  });
});

test('a user without USER_ID_FOR_SRP, USERNAME and typed name cannot be signed for', async () => {
  const error = await errorOf(() => answerUser({ ...good, USER_ID_FOR_SRP: undefined }));
  expect(error).toMatchObject({ code: 'CHALLENGE_PARAMETER_MISSING', field: 'USER_ID_FOR_SRP' });
  expectNoSecret(error, secrets);
});

describe('the scrambling parameter', () => {
  const [A, B]: readonly [BigInteger, BigInteger] = [fromHex(ephemeral.SRP_A), fromHex(good.SRP_B)];

  test('u = 0 is refused', async () => {
    const H = () => new Uint8Array(32);
    const error = await errorOf(() => scramblingParameter({ ...cognitoGroup(), H }, A, B));
    expect(error).toMatchObject({
      name: 'ProtocolError',
      code: 'U_ZERO',
      field: 'SRP_B',
      recovery: 'start-again',
    });
    expect(error.message).toContain('a number for which u is not 0');
    expectNoSecret(error, secrets);
  });

  test('u = 1 is not', () => {
    const H = () => Uint8Array.from({ length: 32 }, (_, i) => (i === 31 ? 1 : 0));
    expect(toHex(scramblingParameter({ ...cognitoGroup(), H }, A, B))).toBe('1');
  });
});
