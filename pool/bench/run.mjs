/**
 * `npm run bench:pool [-- signIns]`: measures how the pool starts, looks up users, stands many sign-ins at once, keeps its memory,
 * and what a data folder costs. It writes the tables of pool/docs/performance.md, and exits with 1 where a limit is missed.
 *
 * signIns is how many sign-ins come before the memory is measured. Default 50000, which takes about five minutes.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  measuredToday,
  median,
  quantile,
  requirement,
  requirementsTable,
  table,
  writeBetween,
} from '../../bench/report.mjs';
import { createUserPool } from '../dist/esm/index.js';
import { measureDataFolder } from './data-folder.mjs';
import { residentOf, runLoad, startCommand, startServer } from './processes.mjs';
import { measureTokens } from './tokens.mjs';

const signIns = Number(process.argv[2] ?? 50_000);
if (!Number.isInteger(signIns) || signIns < 100) {
  console.error('usage: npm run bench:pool [-- signIns], 100 or more');
  process.exit(2);
}
const PAGE = 'pool/docs/performance.md';
const FEW = 100;
const SOME = 1000;
const MANY = 100_000;
const ROUNDS = 3;

/** What a test of an application would have: a name, a password, an address as alias, and four attributes. */
const userOf = (i) => ({
  username: `user${i}`,
  password: 'Correct-Horse-9',
  aliases: [`user${i}@example.com`],
  attributes: {
    sub: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    email: `user${i}@example.com`,
    email_verified: 'true',
    name: `User ${i}`,
  },
});
const usersOf = (count) => Array.from({ length: count }, (_, i) => userOf(i));
const say = (text) => process.stderr.write(`${text}\n`);

/** Starts the command with so many users in its seed, several times. */
async function measureStart(folder, count) {
  const seed = join(folder, `${count}.json`);
  writeFileSync(seed, JSON.stringify({ users: usersOf(count) }));
  const runs = [];
  for (let i = 0; i < ROUNDS; i++) {
    const pool = await startCommand(seed);
    runs.push({ ms: pool.startMs, megabytes: residentOf(pool.pid) });
    await pool.stop();
  }
  say(`started with ${count} users`);
  return {
    ms: median(runs.map(({ ms }) => ms)),
    megabytes: Math.max(...runs.map(({ megabytes }) => megabytes)),
  };
}

const NAMES = {
  name: ({ username }) => username,
  'e-mail address as alias': ({ aliases: [alias] }) => alias,
  sub: ({ attributes: { sub } }) => sub,
};

/** The microseconds of a look-up of the last user. One is too short to be timed, so a thousand are. */
function measureLookUps() {
  const pools = [FEW, MANY].map((count) => ({
    pool: createUserPool({ users: usersOf(count) }),
    last: userOf(count - 1),
  }));
  return Object.fromEntries(
    Object.entries(NAMES).map(([what, nameOf]) => {
      const times = pools.map(() => []);
      for (let round = 0; round < 201; round++) {
        for (const [i, { pool, last }] of pools.entries()) {
          const name = nameOf(last);
          const before = performance.now();
          for (let n = 0; n < 1000; n++) pool.users.find(name);
          times[i].push(performance.now() - before);
        }
        if (pools.some(({ pool, last }) => pool.users.find(nameOf(last))?.username !== last.username)) {
          throw new Error(`${what}: another user was found`);
        }
      }
      const [few, many] = times.map(median);
      return [what, { few, many }];
    }),
  );
}

/** What is looked for, and how many of the users have it. */
const FILTERS = {
  'email = "user99999@example.com"': 1,
  'email ^= "user9999"': 11,
  'name ^= "User 1"': 60,
  'name = "Nobody"': 0,
};
const HEADERS = {
  'x-amz-target': 'AWSCognitoIdentityProviderService.ListUsers',
  authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/local/cognito-idp/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
};

/** The milliseconds of a page of ListUsers, from request to reply. A page has 60 users at most. */
async function measurePages() {
  const pool = createUserPool({ users: usersOf(MANY) });
  const measured = {};
  for (const [Filter, found] of Object.entries(FILTERS)) {
    const times = [];
    for (let i = 0; i < 21; i++) {
      const body = JSON.stringify({ UserPoolId: pool.userPoolId, Filter });
      const before = performance.now();
      const response = await pool.fetch('http://localhost/', { method: 'POST', headers: HEADERS, body });
      const { Users } = await response.json();
      times.push(performance.now() - before);
      if (Users?.length !== found) throw new Error(`${Filter}: ${Users?.length} users instead of ${found}`);
    }
    measured[Filter] = median(times);
  }
  say('listed users');
  return measured;
}

const ARITHMETICS = {
  'one thread, bigint': 'bigint',
  'one thread, OpenSSL': 'openssl',
  'worker threads': 'workers',
};
const CLIENTS = 64;

/** 64 clients that sign in at once, each eight times. The arithmetics take turns, because the machine may be shared. */
async function measureLoad() {
  const runs = Object.fromEntries(Object.keys(ARITHMETICS).map((name) => [name, []]));
  for (let i = 0; i < ROUNDS; i++) {
    for (const [name, arithmetic] of Object.entries(ARITHMETICS)) {
      const pool = await startServer({ users: FEW, arithmetic });
      const { times, errors, perSecond } = await runLoad({
        endpoint: pool.endpoint,
        clients: CLIENTS,
        signIns: 8,
        users: FEW,
      });
      await pool.stop();
      const [p50, p99] = [quantile(times, 0.5), quantile(times, 0.99)];
      runs[name].push({ p50, p99, spread: p99 / p50, failed: errors.length, perSecond });
      say(`${CLIENTS} at once: ${name}`);
    }
  }
  return Object.fromEntries(
    Object.entries(runs).map(([name, list]) => [
      name,
      {
        ...Object.fromEntries(
          ['p50', 'p99', 'spread', 'perSecond'].map((key) => [key, median(list.map((run) => run[key]))]),
        ),
        failed: list.reduce((sum, { failed }) => sum + failed, 0),
      },
    ]),
  );
}

/** Memory after so many sign-ins of 100 users, less what was used once each had signed in. */
async function measureMemory() {
  const pool = await startServer({ users: FEW, arithmetic: 'openssl' });
  await runLoad({ endpoint: pool.endpoint, clients: FEW, signIns: 1, users: FEW });
  const before = await pool.ask('memory');
  const clients = 16;
  const { errors } = await runLoad({
    endpoint: pool.endpoint,
    clients,
    signIns: Math.ceil(signIns / clients),
    users: FEW,
  });
  const after = await pool.ask('memory');
  await pool.stop();
  if (errors.length > 0) throw new Error(`${errors.length} sign-ins failed: ${errors[0]}`);
  say(`${signIns} sign-ins`);
  const megabytes = ({ used, rss }) => ({ used: used / 2 ** 20, resident: rss / 2 ** 20 });
  return { before: megabytes(before), after: megabytes(after) };
}

const folder = mkdtempSync(join(tmpdir(), 'pool-bench-'));
const starts = {};
try {
  for (const count of [SOME, MANY]) starts[count] = await measureStart(folder, count);
} finally {
  rmSync(folder, { recursive: true });
}
const lookUps = measureLookUps();
const pages = await measurePages();
const load = await measureLoad();
const kept = await measureDataFolder(MANY);
say('signed in with a data folder');
const tokens = await measureTokens(1000);
say('issued tokens');
const memory = await measureMemory();

const one = load['one thread, bigint'];
const requirements = [
  requirement('start with 1,000 users, s', starts[SOME].ms / 1000, { atMost: 1.5 }),
  requirement('start with 100,000 users, s', starts[MANY].ms / 1000, { atMost: 5 }),
  requirement('start with 100,000 users, MB resident', starts[MANY].megabytes, { atMost: 350 }),
  ...Object.entries(lookUps).map(([what, { few, many }]) =>
    requirement(`look-up by ${what}: the last of 100,000 ÷ of 100`, many / few, { atMost: 1.2 }),
  ),
  ...Object.entries(pages).map(([filter, ms]) =>
    requirement(`a page of ListUsers over 100,000 users, \`${filter}\`, ms`, ms, { atMost: 50 }),
  ),
  ...Object.entries(load).flatMap(([name, { spread, failed }]) => [
    requirement(`${CLIENTS} at once, ${name}: p99 ÷ p50`, spread, { atMost: 3 }),
    requirement(`${CLIENTS} at once, ${name}: failures`, failed, { atMost: 0 }),
  ]),
  requirement('sign-in with 100,000 users, p50: with --data ÷ without', kept.ratioOfMedians, { atMost: 1.1 }),
  requirement(
    'sign-ins a second: worker threads ÷ one thread',
    load['worker threads'].perSecond / one.perSecond,
    {
      atLeast: 1.5,
    },
  ),
  requirement(
    `${signIns.toLocaleString('en')} sign-ins: MB in use after them, less before`,
    memory.after.used - memory.before.used,
    { atMost: 100 },
  ),
];

const milliseconds = (ms) => `${ms.toFixed(1)} ms`;
const seconds = (ms) => `${(ms / 1000).toFixed(2)} s`;

const tables = {
  start: [
    ['users in the seed', 'until it answers', 'MB resident'],
    ...Object.entries(starts).map(([count, { ms, megabytes }]) => [
      Number(count).toLocaleString('en'),
      `${(ms / 1000).toFixed(2)} s`,
      megabytes.toFixed(0),
    ]),
  ],
  'look-up': [
    ['by', '100 users', '100,000 users'],
    ...Object.entries(lookUps).map(([what, times]) => [
      what,
      ...[times.few, times.many].map((time) => `${time.toFixed(2)} µs`),
    ]),
  ],
  pages: [
    ['Filter', 'a page'],
    ...Object.entries(pages).map(([filter, ms]) => [`\`${filter}\``, `${ms.toFixed(1)} ms`]),
  ],
  load: [
    ['', 'sign-ins a second', 'p50', 'p99', 'failed'],
    ...Object.entries(load).map(([name, { perSecond, p50, p99, failed }]) => [
      name,
      `${perSecond.toFixed(0)} (${(perSecond / one.perSecond).toFixed(2)}×)`,
      `${p50.toFixed(0)} ms`,
      `${p99.toFixed(0)} ms`,
      String(failed),
    ]),
  ],
  tokens: [
    ['', 'a second'],
    ...Object.entries(tokens).map(([what, perSecond]) => [what, perSecond.toFixed(0)]),
  ],
  data: [
    ['100,000 users', 'a sign-in, p50', 'p99', 'until it answers'],
    [
      'in memory',
      ...[kept.inMemory.p50, kept.inMemory.p99].map(milliseconds),
      seconds(kept.inMemory.startMs),
    ],
    [
      'with `--data`',
      ...[kept.withData.p50, kept.withData.p99].map(milliseconds),
      `${seconds(kept.withData.firstStartMs)}, later ${seconds(kept.withData.laterStartMs)}`,
    ],
  ],
  memory: [
    ['', 'MB in use', 'MB resident'],
    ...Object.entries(memory).map(([when, { used, resident }]) => [
      when,
      used.toFixed(0),
      resident.toFixed(0),
    ]),
  ],
};

const machine = `${cpus().length} cores (${cpus()[0].model.trim()}).`;
writeBetween(PAGE, 'machine', `${measuredToday()} ${machine}`);
for (const [name, rows] of Object.entries(tables)) {
  writeBetween(PAGE, name, table(rows));
  console.log(`${table(rows)}\n`);
}
writeBetween(PAGE, 'limits', requirementsTable(requirements));
console.log(requirementsTable(requirements));
if (requirements.some(({ ok }) => !ok)) process.exitCode = 1;
