/** An engine without `BigInt` gets one error that says what to import, before anything is computed. */
import { bigIntegerRequirements } from '#big-integer';
import {
  devicePasswordVerifierResponses,
  generateDeviceVerifier,
  generateEphemeral,
  passwordVerifierResponses,
} from '../../src/srp/index.ts';
import { runtimeIncomplete } from '../../src/srp/runtime.ts';
import { errorOf } from '../support/secrets.ts';

const device = { key: 'k', groupKey: 'g', password: 'p' };
const calls: readonly [string, () => unknown][] = [
  ['generateEphemeral', () => generateEphemeral()],
  ['generateDeviceVerifier', () => generateDeviceVerifier(device)],
  [
    'passwordVerifierResponses',
    () =>
      passwordVerifierResponses({} as never, {}, { userPoolId: 'a_b', password: '', now: 0, username: 'u' }),
  ],
  [
    'devicePasswordVerifierResponses',
    () => devicePasswordVerifierResponses({} as never, {}, { device, now: 0 }),
  ],
];

/** Runs without the global `BigInt`. */
async function withoutBigInt<T>(run: () => Promise<T>): Promise<T> {
  const real = globalThis.BigInt;
  Reflect.deleteProperty(globalThis, 'BigInt');
  try {
    return await run();
  } finally {
    globalThis.BigInt = real;
  }
}

// The portable build needs nothing of the engine, so it has no such error
const needsBigInt = bigIntegerRequirements.length > 0;

(needsBigInt ? test.each(calls) : test.skip.each(calls))('%s names BigInt', async (_, call) => {
  expect(await withoutBigInt(() => errorOf(call))).toMatchObject({
    name: 'ArgumentError',
    code: 'RUNTIME_INCOMPLETE',
    field: 'BigInt',
    message: 'No BigInt here: import "cognito-srp-engine/portable"',
  });
});

test('what is missing is named at once, each with its remedy', () => {
  const error = runtimeIncomplete([
    ['BigInt', 'import another'],
    ['fetch', 'pass a transport'],
  ]);
  expect(error).toMatchObject({
    code: 'RUNTIME_INCOMPLETE',
    field: 'BigInt, fetch',
    message: 'No BigInt, fetch here: import another; pass a transport',
  });
});
