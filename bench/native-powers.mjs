/** The sentence of docs/internals/performance.md about what native code could do. */
import { writeBetween } from './report.mjs';

export const OPENSSL = 'OpenSSL, the three powers alone';

/**
 * @param milliseconds medians by implementation, as performance.json has them
 * @param engine the name of this engine
 * @returns the sentence. The numbers are rounded as in performance.json, so that the file gives the same one
 */
export function nativePowersSentence(milliseconds, engine) {
  const [ours, theirs] = [engine, OPENSSL].map((name) => Number(milliseconds[name].cryptography.toFixed(2)));
  return `On Node, the cryptography of this engine takes ${(ours / theirs).toFixed(1)} times as long as OpenSSL's three powers alone: [above](#against-others-on-node-20).`;
}

export const writeNativePowers = (milliseconds, engine) =>
  writeBetween('docs/internals/performance.md', 'native-powers', nativePowersSentence(milliseconds, engine));
