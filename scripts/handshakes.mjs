/**
 * `node scripts/handshakes.mjs [count] [seed]`: random handshakes computed by the package over bigint, over
 * jsbn and by amazon-cognito-identity-js. The suite does a thousand; this does as many as there is time for,
 * each code with its own arithmetic all along.
 */
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { load } = require('../test/interop/bundle.cjs');

const count = Number(process.argv[2] ?? 10_000);
const seed = process.argv[3] ?? randomBytes(16).toString('hex');
if (!Number.isInteger(count) || count < 1) {
  console.error('usage: node scripts/handshakes.mjs [count] [seed]');
  process.exit(2);
}

const engines = {
  native: load('engine.ts', 'native', require).answer,
  jsbn: load('engine.ts', 'jsbn', require).answer,
};
const { createDraw, disagreement, drawHandshake } = load('handshakes.ts', 'native', require);

console.log(`${count} handshakes, seed ${seed}`);
const draw = createDraw(seed);
const start = performance.now();
let reported = start;
for (let i = 0; i < count; i++) {
  const handshake = drawHandshake(draw);
  const other = disagreement(handshake, engines, i, false);
  if (other !== undefined) {
    console.error(`${other} disagrees with bigint on handshake ${i} of seed ${seed}:`);
    console.error(JSON.stringify(handshake, undefined, 2));
    process.exit(1);
  }
  const now = performance.now();
  if (now - reported > 5000) {
    const rate = (i + 1) / ((now - start) / 1000);
    console.log(
      `${i + 1} of ${count}, ${rate.toFixed(1)} a second, ${Math.ceil((count - i) / rate)} s to go`,
    );
    reported = now;
  }
}
const seconds = ((performance.now() - start) / 1000).toFixed(1);
console.log(
  `${count} handshakes in ${seconds} s: bigint, jsbn and amazon-cognito-identity-js agree on every one`,
);
