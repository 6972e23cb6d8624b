/** Compares random device verifiers inside Jest, and names the seed where two disagree. */
import { randomBytes } from 'node:crypto';
import { deviceVerifier } from './device-engine.ts';
import { type Compute, disagreement, drawDevice, type Engines } from './device-verifiers.ts';
import { createDraw } from './handshakes.ts';

const { load } = require('./bundle.cjs') as {
  load: (
    file: string,
    build: 'native' | 'jsbn',
    requireExternal: NodeJS.Require,
    external: string[],
  ) => { readonly deviceVerifier: Compute };
};

/** jsbn itself stays outside the bundle, so that it is the one whose powers are shared. */
export const engines: Engines = {
  native: deviceVerifier,
  jsbn: load('device-engine.ts', 'jsbn', require, ['jsbn']).deviceVerifier,
};

const toHexByte = (n: number) => (n % 256).toString(16).padStart(2, '0');

/**
 * The first bytes of the salts are spread from 00 to ff. Every fourth salt begins with 00, and there the second byte is
 * spread from 00 to ff.
 */
export function runDevices(count: number): void {
  const seed = process.env['DEVICE_SEED'] ?? randomBytes(16).toString('hex');
  const draw = createDraw(seed);
  for (let i = 0; i < count; i++) {
    const byte = toHexByte(Math.round((i * 255) / (count - 1)));
    const input = drawDevice(draw, i % 4 === 0 ? `00${byte}` : byte);
    const other = disagreement(input, engines, i, true);
    if (other !== undefined) {
      throw new Error(
        `${other} disagrees with bigint on device ${i} of DEVICE_SEED=${seed}: ${JSON.stringify(input)}`,
      );
    }
  }
}
