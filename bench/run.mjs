/**
 * `npm run bench [rounds]`: compares all implementations in one run on one machine, in turn, each time with a new random
 * user, password, salt, B and device. Every timed result is checked. It writes docs/internals/performance.json, the chart
 * and the tables and a sentence of docs/internals/performance.md, and exits with 1 where a limit is missed.
 */
import { execFileSync } from 'node:child_process';
import { createDiffieHellman, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { createChart } from './chart.mjs';
import { createDevice, createExchange, createStub, N, power, verifyDevice, warmUp } from './exchange.mjs';
import { ENGINE, IMPLEMENTATIONS, withFolder } from './implementations.mjs';
import { OPENSSL, writeNativePowers } from './native-powers.mjs';
import {
  internals,
  measuredToday,
  median,
  requirement,
  requirementsTable,
  table,
  writeBetween,
  writeJson,
} from './report.mjs';

const root = resolve(import.meta.dirname, '..');
const rounds = Number(process.argv[2] ?? 9);
if (!Number.isInteger(rounds) || rounds < 1 || rounds % 2 === 0) {
  console.error('usage: npm run bench [-- rounds], an odd number');
  process.exit(2);
}
/** How many sign-ins one implementation does before the next has its turn. */
const IN_A_ROW = 3;
/** (d): how many sign-ins one process does. jsbn and the peers do fewer, because each takes them many times as long. */
const MANY = { [ENGINE]: 1000, others: 100 };
/** (f): the numbers of the sign-ins that are reported. Each is measured in this many processes. */
const NTH = [1, 2, 3, 5, 10, 20];
const PROCESSES = 3;

const counted = { timed: 0, checked: 0 };

async function timed(times, run) {
  const start = performance.now();
  const result = await run();
  times.push(performance.now() - start);
  counted.timed++;
  return result;
}

/** @throws whatever the check throws */
function checked(check) {
  check();
  counted.checked++;
}

const shuffled = (items) => {
  const order = items.map((item) => ({ item, at: randomBytes(4).readUInt32LE() }));
  return order.sort((a, b) => a.at - b.at).map(({ item }) => item);
};

/** Computes g^a, g^x and S of a sign-in by OpenSSL. Making its object takes seconds, because that tests the prime. */
function openssl() {
  const group = createDiffieHellman(Buffer.from(N.toString(16), 'hex'), Buffer.of(2));
  return {
    name: OPENSSL,
    prepare: () => [
      [Buffer.of(2), randomBytes(32)],
      [Buffer.of(2), randomBytes(32)],
      [randomBytes(380), randomBytes(64)],
    ],
    compute: (problems) =>
      problems.map(([base, exponent]) => {
        group.setPrivateKey(exponent);
        return group.computeSecret(base);
      }),
    check: (problems, powers) => {
      const number = (bytes) => BigInt(`0x${bytes.toString('hex')}`);
      problems.forEach(([base, exponent], i) => {
        if (power(number(base), number(exponent)) !== number(powers[i]))
          throw new Error('OpenSSL: a wrong power');
      });
    },
  };
}

/** Times one implementation once, then checks its results. */
async function measure(subject, kept) {
  if (subject.compute) {
    const problems = subject.prepare();
    const powers = await timed(kept.cryptography, () => subject.compute(problems));
    checked(() => subject.check(problems, powers));
    return;
  }
  const exchange = createExchange();
  const answer = await timed(kept.cryptography, () => subject.cryptography(exchange));
  checked(() => exchange.verify(answer, subject));

  const whole = createExchange();
  const { fetch, seen, accessToken } = createStub(whole);
  const token = await timed(kept.signIn, () => subject.signIn(whole, fetch));
  checked(() => {
    if (token !== accessToken) throw new Error(`${subject.name}: another token`);
    whole.verify(seen, subject);
  });

  if (!subject.device) return;
  const device = createDevice();
  const atHand = subject.beforeDevice?.();
  const verifier = await timed(kept.device, () => subject.device(device, atHand));
  checked(() => verifyDevice(device, verifier));
}

/** @returns medians in ms of (a) cryptography, (b) signIn and (c) device, by name */
async function compare(subjects) {
  const lists = () => ({ cryptography: [], signIn: [], device: [] });
  const times = new Map(subjects.map(({ name }) => [name, lists()]));
  await warmUp();
  for (let round = -1; round < rounds; round++) {
    for (const subject of shuffled(subjects)) {
      // The times of the first round are not kept, because the code is compiled in it
      const kept = round < 0 ? lists() : times.get(subject.name);
      for (let i = 0; i < IN_A_ROW; i++) await measure(subject, kept);
    }
    process.stderr.write(`round ${round + 1} of ${rounds}\n`);
  }
  const medians = (measured) =>
    Object.entries(measured)
      .filter(([, list]) => list.length > 0)
      .map(([what, list]) => [what, median(list)]);
  return Object.fromEntries(
    [...times].map(([name, measured]) => [name, Object.fromEntries(medians(measured))]),
  );
}

const node = (...args) => execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' });

/** (e) @returns ms to load and run each module's code, measured in a process of its own */
function importTimes(subjects) {
  const code = ({ specifier, exported }) => `const start = performance.now();
    const module = await import(${JSON.stringify(specifier)});
    const took = performance.now() - start;
    if (typeof (module.${exported} ?? module.default?.${exported}) !== 'function') throw new Error('not exported');
    console.log(took);`;
  const times = new Map(subjects.map(({ name }) => [name, []]));
  for (let i = 0; i < 7; i++) {
    for (const subject of shuffled(subjects)) {
      times.get(subject.name).push(Number(node('--input-type=module', '--eval', code(subject))));
      counted.timed++;
      counted.checked++;
    }
  }
  return Object.fromEntries([...times].map(([name, list]) => [name, median(list)]));
}

/** Runs sign-ins in a process of its own, which checks each. */
function inOneProcess(name, count) {
  const result = JSON.parse(
    node('--expose-gc', resolve(import.meta.dirname, 'many.mjs'), name, String(count)),
  );
  counted.timed += count;
  counted.checked += result.times.length;
  return result;
}

const lowerQuartile = (values) => [...values].sort((a, b) => a - b)[values.length >> 2];

/** (d) Measures throughput and memory of many sign-ins in one process. */
function many(name) {
  const count = MANY[name] ?? MANY.others;
  const { times, megabytesBefore, megabytesAfter } = inOneProcess(name, count);
  const part = Math.floor(0.3 * count);
  process.stderr.write(`${count} sign-ins: ${name}\n`);
  return {
    signIns: count,
    perSecond: (1000 * count) / times.reduce((sum, time) => sum + time, 0),
    /** The median of each tenth of the sign-ins, in ms. */
    medians: Array.from({ length: 10 }, (_, i) =>
      median(times.slice((i * count) / 10, ((i + 1) * count) / 10)),
    ),
    /** The lower quartile of the last three tenths, divided by that of the first three. A pause of the machine does not move it. */
    lastByFirst: lowerQuartile(times.slice(-part)) / lowerQuartile(times.slice(0, part)),
    megabytesBefore,
    megabytesAfter,
  };
}

/** (f) @returns the ms of the first, second, … sign-in of a process, as medians of several processes */
function byNumber(names) {
  const runs = new Map(names.map((name) => [name, []]));
  for (let i = 0; i < PROCESSES; i++) {
    for (const name of shuffled(names)) runs.get(name).push(inOneProcess(name, NTH.at(-1)).times);
  }
  return Object.fromEntries(
    [...runs].map(([name, lists]) => [
      name,
      Object.fromEntries(NTH.map((nth) => [nth, median(lists.map((times) => times[nth - 1]))])),
    ]),
  );
}

const names = Object.keys(IMPLEMENTATIONS);
const measured = await withFolder(async (folder) => {
  const subjects = [];
  for (const name of names) subjects.push(await IMPLEMENTATIONS[name](folder));
  return {
    milliseconds: await compare([...subjects, openssl()]),
    importMilliseconds: importTimes(subjects),
  };
});
const { milliseconds, importMilliseconds } = measured;
const nth = byNumber(names);
const inOne = Object.fromEntries(names.map((name) => [name, many(name)]));

const times = (name, what) => milliseconds[name][what] / milliseconds[ENGINE][what];
const ours = inOne[ENGINE];
const requirements = [
  requirement(
    'cryptography, amazon-cognito-identity-js ÷ this engine',
    times('amazon-cognito-identity-js', 'cryptography'),
    { atLeast: 15 },
  ),
  requirement('cryptography, aws-amplify ÷ this engine', times('aws-amplify', 'cryptography'), {
    atLeast: 15,
  }),
  requirement(
    'cryptography, passwordless-auth ÷ this engine',
    times('amazon-cognito-passwordless-auth', 'cryptography'),
    { atLeast: 3.5 },
  ),
  requirement('whole signIn, aws-amplify ÷ this engine', times('aws-amplify', 'signIn'), { atLeast: 15 }),
  requirement('1,000 sign-ins: time of the last 300 ÷ first 300, lower quartiles', ours.lastByFirst, {
    atMost: 1.15,
  }),
  requirement(
    '1,000 sign-ins: MB in use after them, less before',
    ours.megabytesAfter - ours.megabytesBefore,
    { atMost: 10 },
  ),
  requirement('results checked ÷ results timed', counted.checked / counted.timed, { atLeast: 1 }),
];

const ms = (value, digits = 1) => (value === undefined ? '' : `${value.toFixed(digits)} ms`);
const cell = (name, what) =>
  milliseconds[name][what] === undefined
    ? ''
    : `${ms(milliseconds[name][what])} (${times(name, what).toFixed(what === 'cryptography' ? 2 : 1)}×)`;
const tables = {
  node: [
    ['', 'cryptography', 'whole signIn', 'device verifier', 'import'],
    ...Object.keys(milliseconds).map((name) => [
      name,
      ...['cryptography', 'signIn', 'device'].map((what) => cell(name, what)),
      ms(importMilliseconds[name], 0),
    ]),
  ],
  nth: [['', ...NTH.map(String)], ...names.map((name) => [name, ...NTH.map((n) => ms(nth[name][n]))])],
  many: [
    ['', 'sign-ins', 'a second', 'first tenth', 'last tenth', 'MB before', 'MB after'],
    ...names.map((name) => {
      const { signIns, perSecond, medians, megabytesBefore, megabytesAfter } = inOne[name];
      const memory = [megabytesBefore, megabytesAfter].map((value) => value.toFixed(1));
      return [name, String(signIns), perSecond.toFixed(1), ms(medians[0]), ms(medians.at(-1)), ...memory];
    }),
  ],
};

writeJson('performance.json', {
  node: process.version,
  cpu: cpus()[0].model,
  rounds,
  requirements,
  ...measured,
  nth,
  many: inOne,
});
writeFileSync(resolve(internals, 'performance.svg'), createChart(milliseconds, nth, ENGINE));
for (const [name, rows] of Object.entries(tables)) {
  const text = name === 'node' ? `${table(rows)}\n\n${measuredToday()}` : table(rows);
  writeBetween('docs/internals/performance.md', name, text);
  console.log(`${table(rows)}\n`);
}
writeBetween('docs/internals/performance.md', 'limits-node', requirementsTable(requirements));
writeNativePowers(milliseconds, ENGINE);
console.log(requirementsTable(requirements));
if (requirements.some(({ ok }) => !ok)) process.exitCode = 1;
