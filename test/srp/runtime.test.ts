/** An engine without `BigInt` gets one error that says what to import, before anything is computed. */
import { bigIntegerRequirements } from '#big-integer';
import {
  devicePasswordVerifierResponses,
  generateDeviceVerifier,
  generateEphemeral,
  passwordVerifierResponses,
} from '../../src/srp/index.ts';
import { runtimeIncomplete } from '../../src/srp/runtime.ts';
import { withGlobal } from '../support/with-global.ts';

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

/** @returns the message of what `call` throws, or nothing */
async function messageOf(call: () => unknown): Promise<string> {
  try {
    await call();
    return '';
  } catch (error) {
    return String(error);
  }
}

test.each(calls)('%s names BigInt, except in the portable build', async (_, call) => {
  const message = await withGlobal('BigInt', undefined, () => messageOf(call));
  const isNeeded = bigIntegerRequirements.length > 0;
  if (isNeeded) expect(message).toBe('ArgumentError: No BigInt here: import "cognito-srp-engine/portable"');
  else expect(message).not.toContain('BigInt');
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
