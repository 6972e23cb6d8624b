/**
 * `npm run walk`: how far a reader has to go through src/ to follow one sign-in.
 *
 * Signs in to the local pool in this process, with every function of src/ instrumented by Babel, and prints how many
 * files each stage enters and how often it changes from one file to another. Writes the same text to
 * docs/internals/architecture.md.
 *
 * How it counts:
 *
 * - A call is counted when a function is entered. Coming back from a function is not counted.
 * - A visit begins when a function is entered that stands in another file than the function entered before it.
 *   Revisits are the visits to a file that was visited before.
 * - A callback without a name belongs to the function it stands in, so it is not counted.
 * - The local pool (pool/src) is not counted: a stage shows the client's side.
 * - Arithmetic and files of one-liners (`NOT_COUNTED`) are left out, because a reader reads them once, not on the way.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { transformSync } from '@babel/core';
import esbuild from 'esbuild';
import { table } from '../bench/report.mjs';

const root = resolve(import.meta.dirname, '..');
const src = join(root, 'src');
const PAGE = 'docs/internals/architecture.md';
const [BEGIN, END] = ['<!-- walk:begin -->', '<!-- walk:end -->'];

/** Files of arithmetic and of one-liners, without folder and ending. */
const NOT_COUNTED =
  /^(values|omit-undefined|required-input|encoding.*|big-integer.*|comb.*|montgomery.*|hash|base64url|claims|runtime)$/;

/** The stages in the order they run. test/package/walk.test.ts holds them to `limit`. */
export const STAGES = [
  {
    title: '`signIn` to SMS_MFA',
    limit: { files: 19, visits: 35 },
  },
  {
    title: '`respond` to tokens and a new device',
    limit: { files: 14, visits: 20 },
  },
  {
    title: '`confirmNewDevice`',
    limit: { files: 12, visits: 19 },
  },
  {
    title: '`signIn` with that device to tokens',
    limit: { files: 20, visits: 61 },
  },
];

/** A Babel plugin: each function that has a name adds its file and name to `enteredFunctions` when it is entered. */
function reportEntry({ types: t }) {
  const keyName = ({ key, computed }) => (computed ? '' : (key.name ?? key.value ?? ''));

  /** Names a function by the variable or by the members that hold it: `CHALLENGES.SMS_MFA.read`. */
  function ownName({ node, parentPath }) {
    if (node.id) return node.id.name;
    const isMethod = t.isObjectMethod(node) || t.isClassMethod(node);
    const names = isMethod ? [keyName(node)] : [];
    let holder = parentPath;
    if (!isMethod && t.isAssignmentPattern(holder.node)) return holder.node.left.name ?? '';
    for (; holder.isObjectExpression() || holder.isObjectProperty(); holder = holder.parentPath) {
      if (holder.isObjectProperty()) names.unshift(keyName(holder.node));
    }
    if (holder.isVariableDeclarator() && t.isIdentifier(holder.node.id)) names.unshift(holder.node.id.name);
    return names.join('.');
  }

  function fullName(path) {
    const outer = path.getFunctionParent();
    return [...(outer ? [fullName(outer)] : []), ownName(path)].filter(Boolean).join(' > ');
  }

  return {
    visitor: {
      Function: {
        exit(path, { opts }) {
          if (ownName(path) === '') return;
          const entry = t.objectExpression([
            t.objectProperty(t.identifier('file'), t.stringLiteral(opts.file)),
            t.objectProperty(t.identifier('name'), t.stringLiteral(fullName(path))),
          ]);
          const push = t.memberExpression(t.identifier('enteredFunctions'), t.identifier('push'));
          path.ensureBlock();
          path.get('body').unshiftContainer('body', t.expressionStatement(t.callExpression(push, [entry])));
        },
      },
    },
  };
}

/** An esbuild plugin: each file of src/ is stripped of its types, then instrumented. */
const instrumentation = {
  name: 'instrumentation',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const { code } = esbuild.transformSync(readFileSync(path, 'utf8'), { loader: 'ts', target: 'esnext' });
      const options = {
        babelrc: false,
        configFile: false,
        plugins: [[reportEntry, { file: relative(src, path) }]],
      };
      return { contents: transformSync(code, options).code, loader: 'js' };
    });
  },
};

/** Bundles the client and the pool with their instrumented functions, and imports the bundle. */
async function importInstrumented() {
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: `export { signIn, respond, confirmNewDevice } from './src/index.ts';
        export { createUserPool } from './pool/src/index.ts';`,
      resolveDir: root,
    },
    absWorkingDir: root,
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    plugins: [instrumentation],
    banner: {
      // The packages of the pool that are CommonJS call `require` for Node's modules
      js: `import { createRequire } from 'node:module';
        const require = createRequire(${JSON.stringify(import.meta.url)});
        const enteredFunctions = [];`,
    },
    footer: { js: 'export { enteredFunctions };' },
  });
  const folder = mkdtempSync(join(tmpdir(), 'walk-'));
  try {
    const file = join(folder, 'instrumented.mjs');
    writeFileSync(file, outputFiles[0].text);
    return await import(pathToFileURL(file).href);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const isCounted = ({ file }) =>
  !file.startsWith('../pool/') && !NOT_COUNTED.test(file.replace(/^.*\/|\.ts$/g, ''));

/** @returns one entry a visit: its file, and the functions entered there, in order */
function visitsOf(calls) {
  const visits = [];
  for (const { file, name } of calls) {
    const visit = visits.at(-1);
    if (visit?.file === file) visit.names.push(name);
    else visits.push({ file, names: [name] });
  }
  return visits;
}

/** Runs the four stages. @returns one result a stage, in the order of `STAGES` */
export async function measureWalk() {
  const engine = await importInstrumented();
  const { enteredFunctions } = engine;
  const results = [];
  async function walkStage(run) {
    enteredFunctions.length = 0;
    const value = await run();
    const calls = enteredFunctions.filter(isCounted);
    const visits = visitsOf(calls);
    const files = new Set(visits.map(({ file }) => file)).size;
    results.push({ ...STAGES[results.length], calls: calls.length, files, visits });
    return value;
  }

  const password = 'Correct-Horse-9';
  const pool = engine.createUserPool({
    devices: { challengeRequiredOnNewDevice: true },
    users: [{ username: 'alice', password, mfa: { sms: '+15550100' } }],
  });
  const client = {
    userPoolId: pool.userPoolId,
    clientId: pool.clientIds[0],
    endpoint: 'http://localhost/',
  };
  const { fetch } = pool;
  const credentials = { username: 'alice', password };

  const asked = await walkStage(() => engine.signIn(client, credentials, { fetch }));
  const { code } = pool.outbox.at(-1);
  const answered = await walkStage(() => engine.respond(client, asked.challenge, { code }, { fetch }));
  const { device } = await walkStage(() => engine.confirmNewDevice(client, answered, {}, { fetch }));
  const last = await walkStage(() => engine.signIn(client, credentials, { fetch, device }));
  if (last.status !== 'signed-in') throw new Error(`The last stage must end with tokens, not ${last.status}`);
  return results;
}

function report(results) {
  const rows = results.map(({ title, calls, files, visits }) => [
    title,
    String(calls),
    String(files),
    String(visits.length),
    String(visits.length - files),
  ]);
  const head = ['stage', 'calls', 'files', 'visits', 'revisits'];
  const [{ title, visits }] = results;
  const way = visits.map(({ file, names }, i) => {
    const functions = [...new Set(names)].map((name) => `\`${name}\``).join(', ');
    return `${i + 1}. \`${file}\` ${functions}`;
  });
  return `${table([head, ...rows])}\n\nThe way of ${title}, one line a visit:\n\n${way.join('\n')}`;
}

/** @throws Error if the page is missing or does not have both marks, once each and in order */
function writeToPage(text) {
  const path = join(root, PAGE);
  const [before, rest, ...more] = readFileSync(path, 'utf8').split(BEGIN);
  const end = rest?.indexOf(END) ?? -1;
  if (end < 0 || more.length > 0) throw new Error(`${PAGE} must have ${BEGIN} and ${END}, once each`);
  writeFileSync(path, `${before}${BEGIN}\n\n${text}\n\n${rest.slice(end)}`);
}

async function main() {
  const text = report(await measureWalk());
  console.log(text);
  writeToPage(text);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
