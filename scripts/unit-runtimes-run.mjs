/**
 * Runs the unit tests in each runtime. Node and Deno run Jest itself. Bun has no modules for the realms that Jest makes, and runs the same
 * files by `bun test`, which has Jest's functions.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, resolve, sep } from 'node:path';
import { findNode, NODE_VERSIONS } from './release/nodes.mjs';
import { BUN_VERSION, DENO_VERSION, findBun, findDeno } from './runtime-programs.mjs';
import { startKept } from './servers-kept.mjs';

const root = resolve(import.meta.dirname, '..');
const JEST = join(root, 'node_modules/jest/bin/jest.js');
const PROJECT = ['--selectProjects', 'unit'];
const EXE = process.platform === 'win32' ? '.exe' : '';
/** A run takes about a minute on a quiet machine. */
const RUN_LIMIT_MS = 1_500_000;

/** Each runs the files, and resolves to the outcome of every test, as unit-runtimes-judge.mjs describes it. */
export const RUNTIMES = [
  ...NODE_VERSIONS.map((version) => ({
    name: `node@${version.split('.')[0]}`,
    title: 'Node',
    version,
    run: ({ outputFile, say }) => runJest([join(findNode(version, say), `node${EXE}`)], outputFile),
  })),
  {
    name: 'bun',
    title: 'Bun',
    version: BUN_VERSION,
    run: ({ files, outputFile, say }) => runBun(findBun(say), files, outputFile),
  },
  {
    name: 'deno',
    title: 'Deno',
    version: DENO_VERSION,
    run: ({ outputFile, say }) =>
      runJest([findDeno(say), 'run', '-A'], outputFile, [
        `--env=${join(import.meta.dirname, 'unit-runtimes-deno.cjs')}`,
      ]),
  },
];

const fromRoot = (path) => relative(root, path).split(sep).join('/');

/** @returns {string[]} the files of the project, as paths from the root */
export const unitFiles = () =>
  JSON.parse(
    execFileSync(process.execPath, [JEST, ...PROJECT, '--listTests', '--json'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  )
    .map(fromRoot)
    .sort();

/** @returns the exit code, and the end of the output */
async function runToEnd(commandLine) {
  const kept = startKept(commandLine, { cwd: root });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    void kept.stop();
  }, RUN_LIMIT_MS);
  const code = await kept.ended;
  clearTimeout(timer);
  return { code, output: isLate ? `stopped after ${RUN_LIMIT_MS / 60_000} minutes` : kept.lastLines() };
}

/** A failure that is not one of a test, so that a run without a result never passes for one without failures. */
const failureOfRun = ({ code, output }) => ({
  file: 'the run',
  title: `exit code ${code}`,
  status: 'failed',
  message: output,
});

async function runJest(command, outputFile, flags = []) {
  const end = await runToEnd([
    ...command,
    JEST,
    ...PROJECT,
    ...flags,
    '--json',
    `--outputFile=${outputFile}`,
  ]);
  if (!existsSync(outputFile)) return [failureOfRun(end)];
  const outcomes = readJest(JSON.parse(readFileSync(outputFile, 'utf8')));
  const hasFailed = outcomes.some(({ status }) => status === 'failed');
  return end.code === 0 || hasFailed ? outcomes : [...outcomes, failureOfRun(end)];
}

/** @param result what Jest writes with `--json` */
export function readJest({ testResults }) {
  return testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = fromRoot(name);
    const outcomes = assertionResults.map((test) => ({
      file,
      title: test.fullName,
      status: test.status === 'passed' || test.status === 'failed' ? test.status : 'skipped',
      message: test.failureMessages.join('\n'),
    }));
    const isBroken = status === 'failed' && !outcomes.some((outcome) => outcome.status === 'failed');
    return isBroken ? [...outcomes, { file, title: 'the file itself', status: 'failed', message }] : outcomes;
  });
}

async function runBun(program, files, outputFile) {
  const { testTimeout, maxWorkers } = createRequire(import.meta.url)('../jest.config.cjs');
  const preloads = ['./scripts/unit-runtimes-bun.mjs', './test/setup.ts'];
  const end = await runToEnd([
    ...[program, 'test', `--timeout=${testTimeout}`, `--parallel=${maxWorkers}`],
    ...preloads.flatMap((path) => ['--preload', path]),
    ...['--reporter=junit', `--reporter-outfile=${outputFile}`],
    // A path without ./ would also run the files whose path has it in its middle
    ...files.map((file) => `./${file}`),
  ]);
  if (!existsSync(outputFile)) return [failureOfRun(end)];
  const outcomes = readJunit(readFileSync(outputFile, 'utf8'));
  const hasFailed = outcomes.some(({ status }) => status === 'failed');
  return end.code === 0 || hasFailed ? outcomes : [...outcomes, failureOfRun(end)];
}

/** @param {string} xml what Bun writes as JUnit's report */
export function readJunit(xml) {
  const cases = xml.matchAll(/<testcase ([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g);
  return [...cases].map(([, attributes, body = '']) => {
    const { file, classname, name } = readAttributes(attributes);
    const problem = /<(?:failure|error)\b([^>]*)>/.exec(body);
    return {
      file,
      // The names of nested blocks are one text, with " > " between them
      title: `${classname.replaceAll(' > ', ' ')} ${name}`.trim(),
      status: problem ? 'failed' : body.includes('<skipped') ? 'skipped' : 'passed',
      message: problem ? (readAttributes(problem[1]).message ?? '') : undefined,
    };
  });
}

const ENTITIES = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const readAttributes = (text) =>
  Object.fromEntries(
    [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value]) => [name, unescapeXml(value)]),
  );

const unescapeXml = (text) =>
  text.replace(/&(?:#(\d+)|(\w+));/g, (all, code, name) =>
    code === undefined ? (ENTITIES[name] ?? all) : String.fromCodePoint(Number(code)),
  );
