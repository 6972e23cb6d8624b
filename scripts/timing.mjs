/**
 * `npm run timing [samples]`: does the time of a power tell the exponent? After dudect (O. Reparaz, J. Balasch,
 * I. Verbauwhede, 2017): two classes of exponents of one length, in random order, Welch's t of their times. |t| above
 * 4.5 is a difference that is not chance; below, none was found with so many samples, which is not a proof.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import esbuild from 'esbuild';
import { N } from '../bench/exchange.mjs';

const samples = Number(process.argv[2] ?? 2000);
const { outputFiles } = await esbuild.build({
  stdin: {
    contents: `export * as native from './src/srp/big-integer.native.ts';
      export * as jsbn from './src/srp/big-integer.jsbn.ts';`,
    resolveDir: resolve(import.meta.dirname, '..'),
  },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`;
const { native, jsbn } = await import(url);

const random = (bits) => BigInt(`0x${randomBytes(bits / 8).toString('hex')}`);
const bit = (at) => 1n << BigInt(at);
/** 256 bits long, 8 of them ones; and 248 of them. */
const few = () => {
  let exponent = bit(255);
  while (exponent.toString(2).replaceAll('0', '').length < 8) exponent |= bit(randomInt(255));
  return exponent;
};
const CLASSES = {
  'few ones, many ones': [few, () => bit(255) | (bit(255) - 1n - (few() - bit(255)))],
  'random, random (control)': [() => bit(255) | random(248), () => bit(255) | random(248)],
};

const { of, ofG } = native.powersModulo(N, 2n);
const inJsbn = (n) => jsbn.fromHex(n.toString(16));
const N_JSBN = inJsbn(N);
const SUBJECTS = [
  { title: 'modPow, random base', share: 1, prepare: (e) => [random(3064), e], run: of },
  { title: 'powers of g from the table', share: 1, prepare: (e) => [e], run: ofG },
  {
    title: 'portable: jsbn modPow',
    share: 10,
    prepare: (e) => [inJsbn(random(3064)), inJsbn(e)],
    run: (base, e) => jsbn.modPow(base, e, N_JSBN),
  },
];

const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length;
const variance = (list, m) => list.reduce((sum, x) => sum + (x - m) ** 2, 0) / (list.length - 1);

/** Welch's t of two lists, without the slowest tenth of all, which the machine interrupted. */
function welch(lists) {
  const limit = lists.flat().sort((a, b) => a - b)[Math.floor(lists.flat().length * 0.9)];
  const [a, b] = lists.map((list) => list.filter((x) => x <= limit));
  const [ma, mb] = [mean(a), mean(b)];
  const t = (ma - mb) / Math.sqrt(variance(a, ma) / a.length + variance(b, mb) / b.length);
  return { t, difference: (mb - ma) / ma };
}

console.log('| | classes | samples | \\|t\\| | difference |\n| --- | --- | ---: | ---: | ---: |');
for (const { title, share, prepare, run } of SUBJECTS) {
  for (const [classes, draws] of Object.entries(CLASSES)) {
    const times = [[], []];
    for (let i = -20; i < (2 * samples) / share; i++) {
      const which = randomInt(2);
      const given = prepare(draws[which]());
      const start = performance.now();
      run(...given);
      const took = performance.now() - start;
      if (i >= 0) times[which].push(took);
    }
    const { t, difference } = welch(times);
    const count = times[0].length + times[1].length;
    console.log(
      `| ${title} | ${classes} | ${count} | ${Math.abs(t).toFixed(1)} | ${(100 * difference).toFixed(2)} % |`,
    );
  }
}
