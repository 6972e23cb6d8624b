/**
 * `npm run test:long [-- count] [seed]`: random handshakes computed by the package over bigint, by the package over jsbn
 * and by amazon-cognito-identity-js, 100 000 of them unless told otherwise. Each code uses its own arithmetic all along.
 * Before them come the independent vectors, which Python computed; with every tenth handshake comes a device verifier.
 * Handshake number i depends on the seed and i alone, so that a disagreement can be repeated.
 *
 * The processor's cores share the work. It exits with 1 at the first disagreement. `npm test` computes a sample.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const DEFAULT_COUNT = 100_000;
const DEVICE_EVERY = 10;
const REPORT_EVERY_MS = 5_000;

const root = resolve(import.meta.dirname, '..');
const require = createRequire(import.meta.url);

if (isMainThread) await runAll();
else runShare(workerData);

function readArguments([count = String(DEFAULT_COUNT), seed = randomBytes(16).toString('hex')]) {
  if (/^[1-9]\d*$/.test(count)) return { count: Number(count), seed };
  console.error('usage: npm run test:long [-- count] [seed]');
  process.exit(2);
}

function loadEngines() {
  const { load } = require('../test/interop/bundle.cjs');
  const enginesOf = (file, name) => ({
    native: load(file, 'native', require)[name],
    jsbn: load(file, 'jsbn', require)[name],
  });
  return {
    handshakes: load('handshakes.ts', 'native', require),
    devices: load('device-verifiers.ts', 'native', require),
    handshakeEngines: enginesOf('engine.ts', 'answer'),
    deviceEngines: enginesOf('device-engine.ts', 'deviceVerifier'),
  };
}

/** The share of one worker: every `step`-th handshake. */
function runShare({ seed, count, first, step }) {
  const { handshakes, devices, handshakeEngines, deviceEngines } = loadEngines();
  for (let i = first; i < count; i += step) {
    const draw = handshakes.createDraw(`${seed} ${i}`);
    const handshake = handshakes.drawHandshake(draw);
    const other = handshakes.disagreement(handshake, handshakeEngines, i, false);
    if (other) return parentPort.postMessage({ other, i, input: handshake });
    if (i % DEVICE_EVERY === 0) {
      const device = devices.drawDevice(draw);
      const odd = devices.disagreement(device, deviceEngines, i, false);
      if (odd) return parentPort.postMessage({ other: odd, i, input: device });
    }
    parentPort.postMessage({ i });
  }
}

/** @throws Error where an implementation does not give the answer of a vector */
function checkVectors() {
  const { handshakes, handshakeEngines } = loadEngines();
  const { cases } = JSON.parse(readFileSync(join(root, 'vectors/cognito-srp.json'), 'utf8'));
  const users = cases.filter(({ kind }) => kind === 'user');
  const implementations = {
    ...handshakeEngines,
    'amazon-cognito-identity-js': handshakes.identityAnswer,
  };
  for (const vector of users) {
    for (const [name, compute] of Object.entries(implementations)) {
      const answer = compute({ ...vector, username: vector.userIdForSrp });
      const isRight = ['SRP_A', 'PASSWORD_CLAIM_SIGNATURE'].every((key) => answer[key] === vector[key]);
      if (!isRight) throw new Error(`${name} does not give the answer of the vector "${vector.title}"`);
    }
  }
  console.log(`${users.length} independent vectors: every implementation gives their answers`);
}

async function runAll() {
  const { count, seed } = readArguments(process.argv.slice(2));
  checkVectors();
  console.log(`${count} handshakes, seed ${seed}`);
  const step = Math.min(availableParallelism(), count);
  const progress = createProgress(count);
  const shares = Array.from({ length: step }, (_, first) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { seed, count, first, step } });
    worker.on('message', ({ other, i, input }) => {
      if (!other) return progress.add();
      console.error(`${other} disagrees with bigint on handshake ${i} of seed ${seed}:`);
      console.error(JSON.stringify(input, undefined, 2));
      process.exit(1);
    });
    return new Promise((done, fail) => worker.once('exit', done).once('error', fail));
  });
  await Promise.all(shares);
  progress.end();
}

function createProgress(count) {
  const start = performance.now();
  let done = 0;
  let reported = start;
  const seconds = () => (performance.now() - start) / 1000;
  return {
    add: () => {
      done += 1;
      if (performance.now() - reported < REPORT_EVERY_MS) return;
      reported = performance.now();
      const rate = done / seconds();
      const left = Math.ceil((count - done) / rate);
      console.log(`${done} of ${count}, ${rate.toFixed(1)} a second, ${left} s to go`);
    },
    end: () =>
      console.log(
        `${done} handshakes in ${seconds().toFixed(1)} s: bigint, jsbn and amazon-cognito-identity-js agree on every one`,
      ),
  };
}
