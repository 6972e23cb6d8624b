/** The guide has a row for every challenge and every code, and names only functions that exist. */
import poolNames from '../../pool/test/package/public-names.json' with { type: 'json' };
import type { DeviceProblemCode, ErrorCode } from '../../src/index.ts';
import { evaluate } from '../support/node-process.ts';
import { challengeNames } from '../types/challenge.types.ts';
import { textOf } from './docs-blocks.ts';
import publicNames from './public-names.json' with { type: 'json' };

test.each(Object.keys(challengeNames))('the guide has a row and a sample for %s', (name) => {
  const page = textOf('docs/guide/challenges.md');
  expect(page).toMatch(new RegExp(`^\\| \\[\`${name}\`\\]`, 'm'));
  const [, section = ''] = page.split(`\n## \`${name}\`\n`);
  const [own = ''] = section.split('\n## ');
  expect(own).toContain(`ChallengeOf<'${name}'>`);
  expect(own).toMatch(/^```ts\n[\s\S]*respond\(/m);
});

/** Not one can be missing: without it, this file does not compile. */
const CODES: Readonly<Record<ErrorCode | DeviceProblemCode, true>> = {
  USER_POOL_ID_INVALID: true,
  CLIENT_ID_INVALID: true,
  CLIENT_SECRET_INVALID: true,
  REGION_INVALID: true,
  ENDPOINT_INVALID: true,
  ENDPOINT_INSECURE: true,
  USERNAME_INVALID: true,
  PASSWORD_INVALID: true,
  OPTION_INVALID: true,
  CHALLENGE_INVALID: true,
  ANSWER_INVALID: true,
  RANDOMNESS_MISSING: true,
  RANDOMNESS_INVALID: true,
  RUNTIME_INCOMPLETE: true,
  NETWORK_FAILED: true,
  TIMED_OUT: true,
  BODY_NOT_JSON: true,
  BODY_TOO_LARGE: true,
  REPLY_MALFORMED: true,
  CHALLENGE_UNEXPECTED: true,
  CHALLENGE_PARAMETER_MISSING: true,
  CHALLENGE_PARAMETER_INVALID: true,
  SRP_B_INVALID: true,
  SALT_INVALID: true,
  SECRET_BLOCK_INVALID: true,
  TOKEN_INVALID: true,
  TOKEN_INSUFFICIENT: true,
  REDIRECT_UNEXPECTED: true,
  KEYS_INVALID: true,
  U_ZERO: true,
  INCORRECT_USERNAME_OR_PASSWORD: true,
  ATTEMPTS_EXCEEDED: true,
  USER_DISABLED: true,
  USER_NOT_FOUND: true,
  USER_NOT_CONFIRMED: true,
  USER_ALREADY_CONFIRMED: true,
  SIGN_UP_NOT_PERMITTED: true,
  PASSWORD_RESET_NOT_PERMITTED: true,
  FEDERATED_USER: true,
  NO_VERIFIED_ADDRESS: true,
  TEMPORARY_PASSWORD_UNUSED: true,
  PASSWORD_RESET_REQUIRED: true,
  TEMPORARY_PASSWORD_EXPIRED: true,
  SESSION_EXPIRED: true,
  SESSION_USED: true,
  SESSION_INVALID: true,
  CODE_MISMATCH: true,
  CODE_EXPIRED: true,
  CODE_USED: true,
  CODE_DELIVERY_FAILED: true,
  PASSWORD_POLICY: true,
  USERNAME_EXISTS: true,
  ALIAS_EXISTS: true,
  USERNAME_REFUSED: true,
  ATTRIBUTE_REFUSED: true,
  ATTRIBUTE_NOT_PERMITTED: true,
  ATTRIBUTE_IMMUTABLE: true,
  MFA_NOT_SET_UP: true,
  PASSKEY_REFUSED: true,
  PASSKEY_NOT_ENABLED: true,
  ACCESS_TOKEN_REFUSED: true,
  REFRESH_TOKEN_REFUSED: true,
  REFRESH_TOKEN_REUSED: true,
  AUTHORIZATION_CODE_REFUSED: true,
  SIGN_IN_DENIED: true,
  LOGIN_REQUIRED: true,
  OPERATION_UNKNOWN: true,
  OPERATION_NOT_ENABLED: true,
  CREDENTIALS_REFUSED: true,
  SECRET_HASH_REFUSED: true,
  CLIENT_NOT_FOUND: true,
  FLOW_NOT_ENABLED: true,
  DEVICE_NOT_FOUND: true,
  DEVICE_REFUSED: true,
  TRIGGER_REFUSED: true,
  TRIGGER_FAILED: true,
  POOL_MISCONFIGURED: true,
  TIMESTAMP_REFUSED: true,
  PARAMETER_REFUSED: true,
  FIREWALL_REFUSED: true,
  THROTTLED: true,
  INTERNAL_ERROR: true,
  REFUSED: true,
  DEVICE_GONE: true,
  DEVICE_DAMAGED: true,
  DEVICE_UNREADABLE: true,
  DEVICE_OF_ANOTHER_USER: true,
  CONFIRMATION_FAILED: true,
};

test.each(Object.keys(CODES))('the guide has a row for the code %s', (code) => {
  expect(textOf('docs/guide/errors.md')).toMatch(new RegExp(`^\\| \`${code}\` `, 'm'));
});

test('moving.md calls what there is', () => {
  const here = [...textOf('docs/guide/moving.md').matchAll(/^\|.* \| (.*) \|$/gm)].map(
    ([, cell = '']) => cell,
  );
  const called = here.flatMap((cell) => [...cell.matchAll(/(?<![\w.])\w+(?=\()/g)].map(([name]) => name));
  const names = [...Object.values(publicNames), ...Object.values(poolNames)].flatMap((entry) =>
    Object.values(entry).flat(),
  );
  expect(called).toEqual(expect.arrayContaining(['signIn', 'confirmForgotPassword', 'createUserStore']));
  expect(called.filter((name) => !names.includes(name))).toEqual([]);
});

test('the README has at most 150 lines', () => {
  expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

/** The cells of the rows in Markdown tables, by their first cell. The first row of a name counts. */
function rowsOf(markdown: string): ReadonlyMap<string, readonly string[]> {
  const rows = [...markdown.matchAll(/^\| (.*) \|$/gm)].map(([, row = '']) =>
    row.split('|').map((cell) => cell.trim()),
  );
  return new Map(rows.reverse().map(([name = '', ...cells]) => [name, cells]));
}

test.each([
  ['cognito-srp-engine', 'this engine'],
  ['amazon-cognito-identity-js', 'amazon-cognito-identity-js'],
  ['aws-amplify', 'aws-amplify'],
  ['amazon-cognito-passwordless-auth', 'amazon-cognito-passwordless-auth'],
])('the README has the measured time of %s', (name, measuredName) => {
  const [readme = ''] = rowsOf(textOf('README.md')).get(name) ?? [];
  const [, wholeSignIn = ''] = rowsOf(textOf('docs/internals/performance.md')).get(measuredName) ?? [];
  expect(wholeSignIn).toMatch(/^[\d.]+ ms \([\d.]+×\)$/);
  const [time, ratio] = wholeSignIn.split(/ \(|×/);
  expect(readme).toBe(ratio === '1.0' ? time : `${time} (${ratio} × as long)`);
});

test('the page about performance has the sizes of the record: npm run api writes both', () => {
  const { bundles } = JSON.parse(textOf('api/sizes.json')) as {
    readonly bundles: Readonly<Record<string, number>>;
  };
  const rows = rowsOf(textOf('docs/internals/performance.md'));
  const onPage = Object.keys(bundles).map((title) => [title, Number(rows.get(title)?.[0])]);
  expect(Object.fromEntries(onPage)).toEqual(bundles);
});

test('the page about performance says how far this engine is from native code, by the measured times', async () => {
  const sentence = await evaluate<string>(
    'module',
    `import { readFileSync } from 'node:fs';
     import { nativePowersSentence } from './bench/native-powers.mjs';
     const { milliseconds } = JSON.parse(readFileSync('docs/internals/performance.json', 'utf8'));
     console.log(JSON.stringify(nativePowersSentence(milliseconds, 'this engine')));`,
  );
  expect(sentence).toMatch(/ takes \d\.\d times as long /);
  expect(textOf('docs/internals/performance.md')).toContain(`\n${sentence}\n`);
});
