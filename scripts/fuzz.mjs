/**
 * `npm run fuzz -- [TARGET …] [--cases N] [--seed S] [--minutes M] [--write]`: gives inputs that nobody would write to everything that
 * takes what others wrote. The targets are the keys of `TARGETS` in test/fuzz/targets.ts; without a name all of them run.
 *
 * - `--cases`: for each target. Default 1 000 000, or no limit with `--minutes`.
 * - `--seed`: the same seed gives the same cases. Default: the day, such as 20261127, so that a run of today can be repeated.
 * - `--minutes`: for all targets together.
 * - `--write`: writes docs/internals/fuzzing.md from the newest results, which stand in node_modules/.fuzz.
 *
 * Each target runs in a thread of its own, whose heap is limited. A thread that gets stuck in a case is ended. A fault is printed with what
 * repeats it, and its smallest input is added to test/fuzz/corpus. A target fails, too, if a million cases of it would take more than an hour of
 * one processor. The last line is plain: `N passed, N failed`, counted in targets.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import esbuild from 'esbuild';
import { writeReport } from './fuzz-report.mjs';
import { judgeSpeed } from './fuzz-speed.mjs';

const root = resolve(import.meta.dirname, '..');
const folder = join(root, 'node_modules/.fuzz');
const bundle = join(folder, `targets-${process.pid}.cjs`);

/** Far more than a target needs, and far less than a fault that allocates without a limit. */
const HEAP_LIMIT_MB = 1024;
/** What the heap may grow by from the first world to the last one, after a collection. */
const GROWTH_LIMIT_MB = 64;
/** No case takes as long. */
const STUCK_MS = 180_000;

const { values, positionals } = readArguments();
const wanted = {
  cases: values.minutes ? Number.MAX_SAFE_INTEGER : 1_000_000,
  seed: seedOfToday(),
  ...numbers(),
};
// The threads need the collector to measure what is left
setFlagsFromString('--expose-gc');
mkdirSync(folder, { recursive: true });
process.once('exit', () => rmSync(bundle, { force: true }));
await build();
const names = positionals.length > 0 ? positionals : await targetNames();
const results = [];
for (const [index, name] of names.entries()) results.push(await runTarget(name, names.length - index));
if (values.write) writeReport(root, folder);
const failed = results.filter(({ ok, isInTime }) => !ok || !isInTime).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        cases: { type: 'string' },
        seed: { type: 'string' },
        minutes: { type: 'string' },
        write: { type: 'boolean', default: false },
      },
    });
  } catch ({ message }) {
    return giveUp(message);
  }
}

function giveUp(message) {
  console.error(
    `${message}\nusage: npm run fuzz -- [TARGET …] [--cases N] [--seed S] [--minutes M] [--write]`,
  );
  process.exit(2);
}

function numbers() {
  const given = ['cases', 'seed', 'minutes'].filter((name) => values[name] !== undefined);
  for (const name of given) {
    if (!/^\d+(\.\d+)?$/.test(values[name])) giveUp(`--${name} must be a number`);
  }
  return Object.fromEntries(given.map((name) => [name, Number(values[name])]));
}

/** 20261127 on 2026-11-27, by UTC. */
function seedOfToday() {
  return Number(new Date().toISOString().slice(0, 10).replaceAll('-', ''));
}

/** The targets are TypeScript and import the sources, so that no build has to be made. */
async function build() {
  await esbuild.build({
    entryPoints: [join(root, 'test/fuzz/targets.ts')],
    outfile: bundle,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    packages: 'external',
  });
}

async function targetNames() {
  const { default: module } = await import(bundle);
  return Object.keys(module.TARGETS);
}

/** @param share by how many targets, this one included, the rest of the time is divided */
async function runTarget(name, share) {
  const minutes = wanted.minutes && minutesLeft() / share;
  const begun = performance.now();
  const cpuBefore = process.cpuUsage();
  const run = await runInThread(name, minutes);
  const { user, system } = process.cpuUsage(cpuBefore);
  const cpuSeconds = (user + system) / 1e6;
  const seconds = (performance.now() - begun) / 1000;
  const growthMb = (run.heapMb.at(-1) ?? 0) - (run.heapMb[0] ?? 0);
  const problems = [
    ...run.faults.map(({ text }) => text.split('\n', 1)[0]),
    ...(growthMb > GROWTH_LIMIT_MB ? [`The heap has grown by ${Math.round(growthMb)} MB`] : []),
    ...(run.problem ? [run.problem] : []),
    ...(run.cases === 0 ? ['No case has run'] : []),
  ];
  for (const fault of run.faults) keepFault(fault);
  for (const problem of problems) console.error(`${name}: ${problem}`);
  const ok = problems.length === 0;
  // Looking for the smallest input of a fault takes a time of its own
  const slowness = ok ? judgeSpeed({ cases: run.cases, cpuSeconds }) : undefined;
  if (slowness) console.error(`${name}: ${slowness}`);
  const largestMb = Math.max(0, ...run.heapMb);
  console.error(
    `${name}: ${run.cases} cases in ${Math.round(seconds)} s (${Math.round(cpuSeconds)} s of the processor), seed ${wanted.seed}, longest ${Math.round(run.longestMs)} ms, heap ${Math.round(largestMb)} MB: ${ok ? 'no fault' : `${problems.length} faults`}`,
  );
  const result = {
    name,
    inputs: run.inputs,
    cases: run.cases,
    seconds,
    cpuSeconds,
    seed: wanted.seed,
    longestMs: run.longestMs,
    growthMb,
    largestMb,
    ok,
    isInTime: slowness === undefined,
  };
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ ...result, at: new Date().toISOString() }));
  return result;
}

/** The time that `--minutes` gives, from the start of the process. */
function minutesLeft() {
  return Math.max(0.05, wanted.minutes - performance.now() / 60_000);
}

/** Runs a target until it is done, has failed, or is stuck. */
function runInThread(name, minutes) {
  return new Promise((done) => {
    const cases = new Int32Array(new SharedArrayBuffer(4));
    const run = { inputs: '', cases: 0, longestMs: 0, heapMb: [], faults: [], problem: undefined };
    const worker = new Worker(new URL('./fuzz-worker.mjs', import.meta.url), {
      workerData: { bundle, name, cases, wanted: { ...wanted, minutes } },
      resourceLimits: { maxOldGenerationSizeMb: HEAP_LIMIT_MB },
    });
    let before = -1;
    const watch = setInterval(() => {
      const isStuck = cases[0] === before && before > 0;
      before = cases[0];
      if (!isStuck) return;
      end(`Case ${before} of seed ${wanted.seed} does not end`);
      void worker.terminate();
    }, STUCK_MS);
    const end = (problem) => {
      clearInterval(watch);
      done({ ...run, cases: Math.max(run.cases, cases[0]), problem: run.problem ?? problem });
    };
    worker.on('message', (message) => {
      if (message.heapMb !== undefined) run.heapMb.push(message.heapMb);
      Object.assign(run, message.result);
    });
    worker.on('error', (error) => end(error.stack ?? String(error)));
    worker.on('exit', (code) => end(code === 0 ? undefined : `The thread ended with ${code}`));
  });
}

/** Prints what repeats a fault, and adds its input to the corpus. */
function keepFault({ target, seed, path, input, repeats, text }) {
  console.error(`\n${target}: ${text}`);
  console.error(`Input: ${JSON.stringify(input).slice(0, 1000)}`);
  console.error(`Repeat it: npm run fuzz -- ${target} --seed ${seed} (path ${path})`);
  if (!repeats) console.error('The input alone does not have the fault, so the cases before it matter.');
  const file = join(root, 'test/fuzz/corpus', `${target}.json`);
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const why = `found with seed ${seed}: ${text.split('\n', 1)[0].slice(0, 120)}`;
  writeFileSync(file, `${JSON.stringify([...kept, { why, input }], null, 2)}\n`);
}
