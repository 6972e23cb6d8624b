/**
 * `npm run timing [samples]`: measures whether the time of a power depends on its exponent, as dudect does (O. Reparaz,
 * J. Balasch, I. Verbauwhede, 2017). Two classes of exponents of one length are drawn in random order, and their times are
 * compared by Welch's t. The slowest times are left out, because the machine interrupted them. |t| above 4.5 is a
 * difference that is not chance. Below it no difference was found with so many samples, which is not a proof.
 *
 * Exits with 1 where the native build has such a difference. A run of the default size writes the table of
 * docs/internals/threat-model.md.
 */
import { randomBytes, randomInt } from 'node:crypto';
import { resolve } from 'node:path';
import esbuild from 'esbuild';
import { N } from '../bench/exchange.mjs';
import { table, writeBetween } from '../bench/report.mjs';

const DEFAULT_SAMPLES = 4000;
const samples = Number(process.argv[2] ?? DEFAULT_SAMPLES);
/** A |t| above this limit is not chance. */
const LIMIT = 4.5;
/** The shares of the samples that are compared, the fastest ones. A difference may be in the body or in the tail. */
const CROPS = [0.5, 0.75, 0.9];
/** The size of the tables of powers of g in src/srp/comb.native.ts. */
const [ROWS, COLUMNS] = [5, 52];

const { outputFiles } = await esbuild.build({
  stdin: {
    contents: `export * as native from './src/srp/big-integer.native.ts';
      export * as jsbn from './src/srp/big-integer.jsbn.ts';
      export { generateEphemeral } from './src/srp/ephemeral.ts';
      export { provePassword } from './src/srp/password-proof.ts';`,
    resolveDir: resolve(import.meta.dirname, '..'),
  },
  bundle: true,
  write: false,
  format: 'esm',
  platform: 'node',
});
const url = `data:text/javascript;base64,${Buffer.from(outputFiles[0].text).toString('base64')}`;
const { native, jsbn, generateEphemeral, provePassword } = await import(url);

const random = (bits) =>
  BigInt.asUintN(bits, BigInt(`0x${randomBytes(Math.ceil(bits / 8)).toString('hex')}`));
const bit = (at) => 1n << BigInt(at);
const ones = (bits) => bit(bits) - 1n;
/** Draws an exponent of 256 bits, 8 of which are ones. `many` draws one with 248 ones. */
const few = () => {
  let exponent = bit(255);
  while (exponent.toString(2).replaceAll('0', '').length < 8) exponent |= bit(randomInt(255));
  return exponent;
};
const many = () => bit(255) | (ones(255) - (few() - bit(255)));
const any = () => bit(255) | random(255);

const CONTROL = { title: 'random, random (control)', draws: [any, any] };
const WEIGHTS = { title: 'few ones, many ones', draws: [few, many] };
/** Random exponents, except that the bits of one row of the tables are all 0 or all 1. */
const rows = Array.from({ length: ROWS }, (_, row) => {
  const mask = BigInt.asUintN(256, ones(COLUMNS) << BigInt(row * COLUMNS));
  return {
    title: `row ${row + 1}: zeros, ones`,
    draws: [() => random(256) & ~mask, () => random(256) | mask],
  };
});

/** A password of 16 characters. The one password stands for that of a user who signs in again and again. */
const anyPassword = () => randomBytes(12).toString('base64');
const THE_PASSWORD = anyPassword();
const PASSWORDS = { title: 'one password, random ones', draws: [() => THE_PASSWORD, anyPassword] };
const ANY_PASSWORDS = { title: 'random, random (control)', draws: [anyPassword, anyPassword] };
const SALT = randomBytes(16).toString('hex');

const { of, ofG } = native.powersModulo(N, 2n);
const inJsbn = (n) => jsbn.fromHex(n.toString(16));
const N_JSBN = inJsbn(N);
const SUBJECTS = [
  {
    title: 'modPow, random base',
    limited: true,
    classes: [WEIGHTS, CONTROL],
    prepare: (e) => [random(3064), e],
    run: of,
  },
  {
    title: 'powers of g from the tables',
    limited: true,
    classes: [WEIGHTS, ...rows, CONTROL],
    prepare: (e) => [e],
    run: ofG,
  },
  {
    title: 'the proof of a password',
    limited: true,
    // Each takes three powers
    share: 2,
    classes: [PASSWORDS, ANY_PASSWORDS],
    // What the service sends is new in every sign-in, but for the salt of the user
    prepare: (password) => [
      generateEphemeral(),
      { SRP_B: random(3064).toString(16), SALT, SECRET_BLOCK: randomBytes(1800).toString('base64') },
      { identity: 'AbCdEf123alice', password, now: 0 },
    ],
    run: provePassword,
  },
  {
    title: 'portable: jsbn modPow',
    // A quarter of the samples is enough, because each takes ten times as long and the difference is large
    share: 4,
    classes: [WEIGHTS, CONTROL],
    prepare: (e) => [inJsbn(random(3064)), inJsbn(e)],
    run: (base, e) => jsbn.modPow(base, e, N_JSBN),
  },
];

const mean = (list) => list.reduce((sum, x) => sum + x, 0) / list.length;
const variance = (list, m) => list.reduce((sum, x) => sum + (x - m) ** 2, 0) / (list.length - 1);

/**
 * Welch's t of two lists of times.
 *
 * @param share how many of all times are compared, the fastest ones
 * @returns |t|, which is infinite where one list has fewer than two of these times, and the relative difference
 */
function welch(lists, share) {
  const sorted = lists.flat().sort((a, b) => a - b);
  const limit = sorted[Math.floor(sorted.length * share)];
  const [a, b] = lists.map((list) => list.filter((x) => x <= limit));
  const [ma, mb] = [mean(a), mean(b)];
  if (Math.min(a.length, b.length) < 2) return { t: Number.POSITIVE_INFINITY, difference: Number.NaN };
  const t = (ma - mb) / Math.sqrt(variance(a, ma) / a.length + variance(b, mb) / b.length);
  return { t: Math.abs(t), difference: (mb - ma) / ma };
}

/** @returns the times in ms of two classes of exponents, which are drawn in random order */
function measure({ prepare, run, share = 1 }, draws) {
  const times = [[], []];
  for (let i = -20; i < samples / share; i++) {
    const which = randomInt(2);
    const given = prepare(draws[which]());
    const start = performance.now();
    run(...given);
    const took = performance.now() - start;
    if (i >= 0) times[which].push(took);
  }
  return times;
}

const percent = (share) => `${100 * share} %`;
const cells = [['', 'classes', 'samples', ...CROPS.map((crop) => `\\|t\\|, ${percent(crop)}`), 'difference']];
const leaks = [];
for (const subject of SUBJECTS) {
  for (const { title, draws } of subject.classes) {
    const times = measure(subject, draws);
    const results = CROPS.map((crop) => welch(times, crop));
    if (subject.limited && results.some(({ t }) => !(t <= LIMIT))) leaks.push(`${subject.title}: ${title}`);
    cells.push([
      subject.title,
      title,
      String(times.flat().length),
      ...results.map(({ t }) => (t === Number.POSITIVE_INFINITY ? '∞' : t.toFixed(1))),
      `${(100 * results.at(-1).difference).toFixed(2)} %`,
    ]);
    process.stderr.write(`${subject.title}: ${title}\n`);
  }
}
console.log(table(cells));
if (samples === DEFAULT_SAMPLES) writeBetween('docs/internals/threat-model.md', 'timing', table(cells));
for (const leak of leaks) console.error(`FAIL |t| above ${LIMIT}: ${leak}`);
if (leaks.length > 0) process.exitCode = 1;
