/** What `npm run test:clients` does on a machine that lacks a toolchain, that what it installs is pinned, and its matrix. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CHALLENGE_NAMES } from '../../pool/src/sign-in/challenge-names.ts';
import { evaluate } from '../support/node-process.ts';

const ROOT = resolve(__dirname, '../..');
const SCRIPT = join(ROOT, 'scripts/clients.mjs');
const PROGRAMS = join(ROOT, 'pool/test/clients');
const textOf = (path: string) => readFileSync(path, 'utf8');

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognito-local-pool-clients-test-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

type Commands = Readonly<Record<string, string>>;
const PYTHON = { python3: 'exit 0' };
const GO = { go: 'echo go1.26.8' };
const JAVA = { javac: 'echo javac 21', mvn: 'echo Apache Maven 3.8.7' };
const RUST = { cargo: 'echo cargo 1.95.0' };

/** Runs the script where these commands are there alone. */
function run(commands: Commands, args: readonly string[], variables: Commands = {}) {
  for (const [name, line] of Object.entries(commands)) {
    writeFileSync(join(folder, name), `#!/bin/sh\n${line}\n`, { mode: 0o755 });
  }
  const { CI: _, ...env } = process.env;
  const options = { encoding: 'utf8', env: { ...env, PATH: folder, ...variables } } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, ...args], options);
  return { status, stdout, stderr };
}

const failedWith = (line: string) => ({ status: 1, stdout: '0 passed, 1 failed\n', stderr: `${line}\n` });

const NEEDED =
  'npm run test:clients needs Python 3.10 or later with venv and pip, Go 1.24 or later, a JDK 17 or later, Maven 3.6 or later, and Rust 1.94 or later with cargo. Missing:';

test.each<[string, Commands, string]>([
  ['all are missing', {}, 'Python, Go, Java, Maven, and Rust'],
  ['Python is missing', { ...GO, ...JAVA, ...RUST }, 'Python'],
  ['Python is too old', { ...GO, ...JAVA, ...RUST, python3: 'exit 1' }, 'Python'],
  ['Go is missing', { ...PYTHON, ...JAVA, ...RUST }, 'Go'],
  ['Go is too old', { ...PYTHON, ...JAVA, ...RUST, go: 'echo go1.23.9' }, 'Go'],
  ['Java and Maven are missing', { ...PYTHON, ...GO, ...RUST }, 'Java and Maven'],
  ['Rust is missing', { ...PYTHON, ...GO, ...JAVA }, 'Rust'],
  ['Rust is too old', { ...PYTHON, ...GO, ...JAVA, cargo: 'echo cargo 1.93.1' }, 'Rust'],
])('with --all, where %s, one line says what is needed, and one test has failed', (_, commands, missing) => {
  expect(run(commands, ['--all'])).toEqual(failedWith(`${NEEDED} ${missing}`));
});

test('where CI is set, everything is needed', () => {
  expect(run({ ...PYTHON, ...GO, ...JAVA }, [], { CI: 'true' })).toEqual(failedWith(`${NEEDED} Rust`));
});

test('without any toolchain, one test has failed', () => {
  expect(run({}, [])).toEqual(failedWith(`${NEEDED} Python, Go, Java, Maven, and Rust`));
});

test('a language that is named is needed', () => {
  const needed = 'npm run test:clients needs Rust 1.94 or later with cargo. Missing: Rust';
  expect(run({ ...PYTHON, ...GO }, ['rust'])).toEqual(failedWith(needed));
});

test('a language that nobody knows is refused', () => {
  expect(run({}, ['cobol'])).toEqual(failedWith('"cobol" is not one of python, go, java, rust'));
});

/** Runs an expression with the names of a script in scope. */
const withScript = <T>(script: string, names: string, expression: string): Promise<T> =>
  evaluate(
    'module',
    `import { ${names} } from './scripts/${script}';\nconsole.log(JSON.stringify(${expression}));`,
  );

test('clients whose toolchain is missing are left out, and the others run', async () => {
  const languages = `{
    one: { needs: { One: { need: 'One 1', find: () => 'one' } }, clients: { first: {} } },
    two: { needs: { Two: { need: 'Two 2', find: () => undefined } }, clients: { second: {}, third: {} } },
  }`;
  expect(
    await withScript('clients-chosen.mjs', 'chooseLanguages', `chooseLanguages([], false, ${languages})`),
  ).toEqual({
    chosen: [{ name: 'one', commands: { One: 'one' } }],
    leftOut: 'Left out: second, third (Two 2 is missing). With --all, or where CI is set, this is a failure.',
    write: false,
  });
});

test('.ci/run runs it after npm test', () => {
  const added = [...textOf(join(ROOT, '.ci/run')).matchAll(/^add (\S+)$/gm)];
  expect(added.map(([, script]) => script).slice(0, 2)).toEqual(['test', 'test:clients']);
});

describe('what is installed is pinned', () => {
  test('each Python package, in one version', () => {
    const lines = textOf(join(PROGRAMS, 'python/requirements.txt')).trimEnd().split('\n');
    expect(lines.filter((line) => !/^[\w.-]+==[\w.]+$/.test(line))).toEqual([]);
    expect(lines.map((line) => line.split('==')[0])).toEqual(
      expect.arrayContaining(['awscli', 'boto3', 'pycognito', 'warrant-lite']),
    );
  });

  test('each crate, and Cargo.lock has all of them', () => {
    const [, dependencies] = textOf(join(PROGRAMS, 'rust/Cargo.toml')).split('[dependencies]\n');
    const lines = dependencies?.split('\n\n')[0]?.split('\n') ?? [];
    const lock = textOf(join(PROGRAMS, 'rust/Cargo.lock'));
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) {
      const [, name, version] = /^([\w-]+) = (?:\{ version = )?"=([\d.]+)"/.exec(line) ?? [];
      expect(lock).toContain(`name = "${name}"\nversion = "${version}"`);
    }
  });

  test('each library and plug-in of Maven, in one version', () => {
    const versions = [...textOf(join(PROGRAMS, 'java/pom.xml')).matchAll(/<version>([^<]+)</g)];
    const [own, ...others] = versions.map(([, version]) => version);
    expect(own).toBe('0');
    expect(others.length).toBeGreaterThan(5);
    expect(others.filter((version) => !/^\d+\.\d+\.\d+$/.test(version ?? ''))).toEqual([]);
  });
});

describe('the matrix', () => {
  const matrix = <T>(names: string, expression: string) =>
    withScript<T>('clients-matrix.mjs', names, expression);
  const refusalOf = (results: object) =>
    evaluate<string>(
      'module',
      `import { cellsOf } from './scripts/clients-matrix.mjs';
       try { cellsOf('Spring Security', ${JSON.stringify(results)}); } catch ({ message }) { console.log(JSON.stringify(message)); }`,
    );
  const CASES = [
    'discovery',
    'code with PKCE',
    'wrong code verifier',
    'unknown scope',
    'userInfo',
    'refresh',
    'tokens of a client (client_secret_basic)',
    'tokens of a client (client_secret_post)',
  ].map((name) => ({ name }));

  test('pool/docs/clients.md has the kept cells, and every client has a column in its pinned version', async () => {
    expect(await matrix('differenceOf', 'differenceOf({}) ?? null')).toBeNull();
    const versions = await withScript<object>(
      'clients-installed.mjs',
      'LANGUAGES',
      'Object.fromEntries(Object.values(LANGUAGES).flatMap(({ clients }) => Object.entries(clients)).map(([name, { version }]) => [name, version()]))',
    );
    const kept = JSON.parse(textOf(join(PROGRAMS, 'matrix.json'))) as Record<string, { version: string }>;
    expect(Object.fromEntries(Object.entries(kept).map(([name, { version }]) => [name, version]))).toEqual(
      versions,
    );
  });

  test('each challenge of the pool is in a row, or has a reason why it is not run', async () => {
    const { wires, unasked } = await withScript<{ wires: readonly string[]; unasked: object }>(
      'clients-flows.mjs',
      'TABLES, UNASKED',
      '{ wires: TABLES.flatMap(({ flows }) => Object.values(flows)), unasked: UNASKED }',
    );
    const inRows = wires.flatMap((wire) => [...wire.matchAll(/`([^`]+)`/g)].map(([, name]) => name));
    const run = CHALLENGE_NAMES.filter((name) => inRows.includes(name));
    expect([...run, ...Object.keys(unasked)].sort()).toEqual([...CHALLENGE_NAMES].sort());
    expect(Object.values(unasked)).not.toContain('');
  });

  test('a flow works, differs with a reason, fails, or is unknown with a reason', async () => {
    const results = JSON.stringify([
      ...CASES.map((each) => (each.name === 'refresh' ? { ...each, differs: 'In its own way.' } : each)),
      { name: 'userInfo (again)', error: 'refused' },
    ]);
    expect(await matrix('cellsOf', `cellsOf('Spring Security', ${results})`)).toEqual({
      discovery: { is: 'works' },
      'code with PKCE': { is: 'works' },
      'wrong code verifier': { is: 'works' },
      'unknown scope': { is: 'works' },
      userInfo: { is: 'fails' },
      refresh: { is: 'differs', reason: 'In its own way.' },
      revocation: { is: 'unknown', reason: 'It revokes no tokens.' },
      'tokens of a client': { is: 'works' },
    });
  });

  test('a case needs a flow, and a flow needs either a case or a reason', async () => {
    expect(await refusalOf([...CASES, { name: 'something else' }])).toBe(
      'Spring Security: the case "something else" is of no flow in scripts/clients-flows.mjs',
    );
    expect(await refusalOf([...CASES, { name: 'revocation' }])).toBe(
      'Spring Security: "revocation" has a case, and a reason to have none',
    );
    expect(await refusalOf(CASES.filter(({ name }) => name !== 'refresh'))).toBe(
      'Spring Security: "refresh" has no case, and no reason to have none',
    );
  });

  test('a run that differs from the kept cells is told of, flow by flow', async () => {
    const column = { version: '1', cells: { refresh: { is: 'works' }, discovery: { is: 'fails' } } };
    const kept = { ...column, version: '2', cells: { ...column.cells, discovery: { is: 'works' } } };
    const [run, before] = [column, kept].map((each) => JSON.stringify({ 'Spring Security': each }));
    const page = `pageWith('<!-- matrix --><!-- /matrix -->', ${before})`;
    expect(await matrix<string>('differenceOf, pageWith', `differenceOf(${run}, ${before}, ${page})`)).toBe(
      [
        'Spring Security: the version is 1',
        'Spring Security, discovery: fails',
        '`npm run test:clients -- --write` writes what it has found.',
      ].join('\n'),
    );
  });
});
