/**
 * `npm run test:loads [-- --write]`: the load tests of others, with the local pool as their target. Artillery runs the script of its example
 * as it is written. The scripts for k6 run in sobek, the JavaScript engine of k6: k6 itself is a program of its own, which
 * the check of its example runs where it is installed. It prints what a user of both sees, each case, and ends with one plain line:
 * `N passed, N failed`. With --write it also writes the figures into docs/guide/load-testing.md, unless
 * a case has failed.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { buildWhereOld } from './built.mjs';
import { exampleEnvironment, installExample, packPackages, runStep } from './examples-installed.mjs';
import { buildGo } from './foreign-packages.mjs';
import { giveUp, limitThisProcess, orGiveUp, printAndExit } from './foreign-programs.mjs';
import { artilleryRun } from './load-tools-artillery.mjs';
import { writeLoadGuide } from './load-tools-guide.mjs';
import { engineRun } from './load-tools-k6.mjs';
import { startExamplePool } from './load-tools-pool.mjs';
import { findNode, NODE_VERSIONS } from './release/nodes.mjs';
import { findToolchains, goSince } from './toolchains.mjs';

/** For everything. */
const LIMIT_MS = 1_200_000;
const SIGN_INS = 250;
/** As many as the examples have. */
const USERS = 20;
const ENGINE = resolve(import.meta.dirname, '../node_modules/.cache/load-tools/k6-engine');
const ENGINE_SOURCES = resolve(import.meta.dirname, '../test/load-tools/k6-engine');
const BUNDLES = { './srp': 'dist/srp-alone.js', 'the whole engine': 'dist/whole-engine.js' };
const MODULES = ['k6/crypto', 'k6/execution', 'k6/http', 'k6/metrics'];

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
const say = (line) => console.error(line);

orGiveUp(() => findToolchains('npm run test:loads', { Go: goSince(25) }));
limitThisProcess(LIMIT_MS);
const folder = mkdtempSync(join(tmpdir(), 'cognito-load-tools-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
orGiveUp(() => buildWhereOld(say));

const results = [];
const figures = await measure().catch(({ stack }) => giveUp(stack));
const hasFailed = results.some(({ error }) => error !== undefined);
if (values.write && !hasFailed) writeLoadGuide(figures);
printAndExit(results);

function check(client, name, error) {
  results.push({ client, name, ...(error !== undefined && { error }) });
}

async function measure() {
  // The mean of the last minute: how many processes wanted a core
  const isBusy = loadavg()[0] > cpus().length / 2;
  const env = await exampleEnvironment();
  const tarballs = packPackages(folder);
  say('Building the program with the JavaScript engine of k6 …');
  await buildGo(ENGINE_SOURCES, ENGINE);
  say('Installing Artillery …');
  // Artillery needs a newer Node than this package
  const PATH = findNode(NODE_VERSIONS.at(-1), say) + delimiter + process.env.PATH;
  const artilleryFolder = join(folder, 'artillery');
  await installExample('artillery', artilleryFolder, tarballs, { ...env, PATH });
  const k6Folder = join(folder, 'k6');
  await installExample('k6', k6Folder, tarballs, env);
  await runStep(['npm', 'run', '--silent', 'build'], k6Folder, env);
  return {
    artillery: await measureArtillery(artilleryFolder, { ...env, PATH }),
    engines: await measureEngines(k6Folder, env),
    isBusy,
  };
}

async function measureArtillery(cwd, env) {
  const pool = await startExamplePool(cwd, env);
  say('Running the load test of Artillery …');
  const whole = await artilleryRun({ cwd, env, target: pool.endpoint });
  console.log(whole.summary);
  const { counters, summaries } = whole.aggregate;
  const signedIn = counters['sign_in.signed-in'];
  const all = counters['vusers.created'];
  check('Artillery', 'creates the users of its script', sameAs(all, SIGN_INS));
  check('Artillery', 'signs every user in', sameAs(signedIn, all));
  check('Artillery', 'reports no failed user', sameAs(counters['vusers.failed'], 0));
  check('Artillery', 'times every sign-in', sameAs(summaries['sign_in.ms']?.count, all));
  // What Artillery computes without sign-ins is not part of one
  const single = { config: { phases: [{ duration: 20, arrivalCount: 1 }] } };
  const idle = await artilleryRun({ cwd, env, target: pool.endpoint, overrides: single });
  check('Artillery', 'signs a single user in', sameAs(idle.aggregate.counters['sign_in.signed-in'], 1));
  await pool.stop();
  return { ...whole, cpuSecondsOfOne: (whole.cpuSeconds - idle.cpuSeconds) / (all - 1) };
}

async function measureEngines(cwd, env) {
  const figures = {};
  for (const [name, bundle] of Object.entries(BUNDLES)) {
    say(`Running ${name} in the JavaScript engine of k6 …`);
    const pool = await startExamplePool(cwd, env);
    const run = (iterations, more = {}) =>
      engineRun({
        engine: ENGINE,
        cwd,
        bundle,
        vus: 2,
        iterations,
        env: { ENDPOINT: pool.endpoint, ...more },
      });
    const measured = await run(SIGN_INS);
    const client = `k6's engine, ${name}`;
    check(client, `signs in ${SIGN_INS} times`, sameAs(measured.outcomes, { 'signed-in': SIGN_INS }));
    check(client, 'times every sign-in', sameAs(measured.trends.sign_in_duration?.length, SIGN_INS));
    check(client, 'imports nothing but what k6 has', sameAs(measured.modules, MODULES));
    // Each user once, because the pool locks a user out after five wrong passwords
    const refused = await run(USERS, { PASSWORD: 'wrong' });
    const code = name === './srp' ? 'NotAuthorizedException' : 'INCORRECT_USERNAME_OR_PASSWORD';
    check(client, 'counts a wrong password by its code', sameAs(refused.outcomes, { [code]: USERS }));
    await pool.stop();
    figures[name] = measured;
    console.log(`${client}: ${lineOf(measured)}`);
  }
  return figures;
}

function sameAs(value, expected) {
  const [is, shouldBe] = [value, expected].map((each) => JSON.stringify(each));
  return is === shouldBe ? undefined : `is ${is} instead of ${shouldBe}`;
}

function lineOf({ seconds, cpuSeconds, trends: { sign_in_duration: times } }) {
  const perSecond = times.length / seconds;
  const perCore = times.length / cpuSeconds;
  return `${perSecond.toFixed(1)} sign-ins a second, ${perCore.toFixed(1)} for each second of a core`;
}
