/**
 * `npm run bench [rounds]`: everything in one run on one machine, interleaved, each round with a new random user,
 * password, salt and B; every result that is timed is checked. Writes docs/performance.json and its chart.
 */
import { execFileSync } from 'node:child_process';
import { createDiffieHellman, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { createChart } from './chart.mjs';
import { createExchange, createStub, N, power, verifyDevice } from './exchange.mjs';
import { implementations, withFolder } from './implementations.mjs';

const root = resolve(import.meta.dirname, '..');
const rounds = Number(process.argv[2] ?? 15);
const ENGINE = 'this engine';
/** Sign-ins of one implementation before the next has its turn. */
const IN_A_ROW = 3;
const LIMIT = 'OpenSSL, the three powers alone';

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

async function timed(times, run) {
  const start = performance.now();
  const result = await run();
  times.push(performance.now() - start);
  return result;
}

const shuffled = (items) => {
  const order = items.map((item) => ({ item, at: randomBytes(4).readUInt32LE() }));
  return order.sort((a, b) => a.at - b.at).map(({ item }) => item);
};

/** g^a, g^x and S of a sign-in by OpenSSL. Making the object tests the prime, which takes seconds. */
function openssl() {
  const group = createDiffieHellman(Buffer.from(N.toString(16), 'hex'), Buffer.of(2));
  const compute = (base, exponent) => {
    group.setPrivateKey(exponent);
    return group.computeSecret(base);
  };
  return {
    name: LIMIT,
    async cryptography() {
      const [a, x, aux, base] = [32, 32, 64, 380].map((length) => randomBytes(length));
      const two = Buffer.of(2);
      const powers = [compute(two, a), compute(two, x), compute(base, aux)];
      return { base, aux, power: powers[2] };
    },
    check: ({ base, aux, power: given }) => {
      const [b, e, p] = [base, aux, given].map((bytes) => BigInt(`0x${bytes.toString('hex')}`));
      if (power(b, e) !== p) throw new Error('OpenSSL: a wrong power');
    },
  };
}

/** Times one subject once, then checks what it gave. */
async function measure(subject, kept) {
  const exchange = createExchange();
  const answer = await timed(kept.cryptography, () => subject.cryptography(exchange));
  if (subject.check) subject.check(answer);
  else exchange.verify(answer);
  if (subject.signIn) {
    const { fetch, seen } = createStub(exchange);
    const token = await timed(kept.signIn, () => subject.signIn(exchange, fetch));
    if (token.split('.').length !== 3) throw new Error(`${subject.name}: no token`);
    exchange.verify(seen);
  }
  if (subject.device) verifyDevice(await timed(kept.device, () => subject.device()));
}

/** Medians in ms of (a) cryptography, (b) signIn and (c) device, by name. */
async function compare(subjects) {
  const times = new Map(subjects.map(({ name }) => [name, { cryptography: [], signIn: [], device: [] }]));
  for (let round = -1; round < rounds; round++) {
    for (const subject of shuffled(subjects)) {
      // The first round warms up
      const kept = round < 0 ? { cryptography: [], signIn: [], device: [] } : times.get(subject.name);
      for (let i = 0; i < IN_A_ROW; i++) await measure(subject, kept);
    }
    process.stderr.write(`round ${round + 1} of ${rounds}\r`);
  }
  return Object.fromEntries(
    [...times].map(([name, lists]) => [
      name,
      Object.fromEntries(
        Object.entries(lists)
          .filter(([, list]) => list.length > 0)
          .map(([what, list]) => [what, median(list)]),
      ),
    ]),
  );
}

/** (e) ms to import, in processes of their own, less nothing: loading and running the module's code. */
function importTimes(subjects) {
  const code = (specifier) =>
    `const t = performance.now(); await import(${JSON.stringify(specifier)}); console.log(performance.now() - t);`;
  const times = new Map(subjects.map(({ name }) => [name, []]));
  for (let i = 0; i < 7; i++) {
    for (const { name, specifier } of shuffled(subjects)) {
      const args = ['--input-type=module', '--eval', code(specifier)];
      times.get(name).push(Number(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' })));
    }
  }
  return Object.fromEntries([...times].map(([name, list]) => [name, median(list)]));
}

/** (d) and (f), in a process of its own that has signed nobody in before. */
function many() {
  const args = ['--expose-gc', resolve(import.meta.dirname, 'many.mjs')];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }));
}

const result = await withFolder(async (folder) => {
  const subjects = await implementations(folder);
  return {
    node: process.version,
    cpu: cpus()[0].model,
    rounds,
    milliseconds: await compare([...subjects, openssl()]),
    importMilliseconds: importTimes(subjects),
    many: many(),
  };
});

const ours = result.milliseconds[ENGINE];
result.timesThisEngine = Object.fromEntries(
  Object.entries(result.milliseconds).map(([name, values]) => [
    name,
    Object.fromEntries(
      Object.entries(values).map(([what, value]) => [what, Number((value / ours[what]).toFixed(2))]),
    ),
  ]),
);

const cell = (name, what) => {
  const value = result.milliseconds[name][what];
  return value === undefined ? '' : `${value.toFixed(1)} ms (${result.timesThisEngine[name][what]}×)`;
};
const table = [
  '| | cryptography | whole signIn | device verifier | import |',
  '| --- | ---: | ---: | ---: | ---: |',
  ...Object.keys(result.milliseconds).map((name) => {
    const imported = result.importMilliseconds[name];
    const cells = ['cryptography', 'signIn', 'device'].map((what) => cell(name, what));
    return `| ${name} | ${cells.join(' | ')} | ${imported === undefined ? '' : `${imported.toFixed(0)} ms`} |`;
  }),
].join('\n');

writeFileSync(resolve(root, 'docs/performance.json'), `${JSON.stringify(result, undefined, 2)}\n`);
writeFileSync(resolve(root, 'docs/performance.svg'), createChart(result.milliseconds, ENGINE));
console.log(`${table}\n\n${JSON.stringify(result.many, undefined, 2)}`);
