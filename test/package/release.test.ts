/** What a release is made of: the versions, the owner's fields, the workflows, the interface's report and the bill of materials. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import poolPackageJson from '../../pool/package.json' with { type: 'json' };
import { evaluate, root } from '../support/node-process.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
/** Runs an expression with the names of a script in scope. */
const withScript = <T>(script: string, names: string, expression: string): Promise<T> =>
  evaluate(
    'module',
    `import { ${names} } from './scripts/${script}';\nconsole.log(JSON.stringify(${expression}));`,
  );

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cognito-srp-release-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('both packages, the lock file and release-please have one version', () => {
  const lock = JSON.parse(read('package-lock.json')) as {
    version: string;
    packages: Record<string, { version: string }>;
  };
  const manifest = JSON.parse(read('.release-please-manifest.json')) as Record<string, string>;
  const others = [poolPackageJson.version, lock.version, lock.packages['']?.version, manifest['.']];
  expect([...others, lock.packages['pool']?.version]).toEqual(Array(5).fill(packageJson.version));
});

test('Dependabot looks at every list of dependencies that it can read, a week after a version', () => {
  const lists: readonly [file: RegExp, ecosystem: string][] = [
    [/(^|\/)package-lock\.json$/, 'npm'],
    [/(^|\/)go\.mod$/, 'gomod'],
    [/(^|\/)Cargo\.toml$/, 'cargo'],
    [/(^|\/)pom\.xml$/, 'maven'],
    [/(^|\/)requirements\.txt$/, 'pip'],
    [/(^|\/)Dockerfile$/, 'docker'],
    [/^\.github\/workflows\/ci\.yml$/, 'github-actions'],
  ];
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
  const needed = files.flatMap((file) =>
    lists
      .filter(([list]) => list.test(file))
      .map(
        ([, ecosystem]) =>
          `${ecosystem} ${ecosystem === 'github-actions' ? '/' : `/${dirname(file)}`.replace('/.', '/')}`,
      ),
  );
  const [, ...updates] = read('.github/dependabot.yml').split('- package-ecosystem: ');
  const there = updates.flatMap((update) => {
    expect(update).toContain('cooldown: { default-days: 7 }');
    const [ecosystem = ''] = update.split('\n');
    const [, folders = ''] = /director(?:y|ies): \[?([^\]\n]+)/.exec(update) ?? [];
    return folders.split(', ').map((folder) => `${ecosystem} ${folder}`);
  });
  expect(there.sort()).toEqual([...new Set(needed)].sort());
  expect(there.length).toBeGreaterThanOrEqual(lists.length);
});

test('the page about releasing names every script with pinned versions, because nobody else raises them', () => {
  const scripts = execFileSync('git', ['ls-files', 'scripts'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n');
  const pinned = /^(?:export )?const \w*VERSIONS? = [^;/]*'\d+(?:\.\d+)+'/m;
  const withVersions = scripts.filter((path) => pinned.test(read(path)));
  expect(withVersions.length).toBeGreaterThan(3);
  const page = read('docs/internals/releasing.md');
  expect(withVersions.filter((path) => !page.includes(`| \`${path}\` `))).toEqual([]);
});

test('the page about releasing names the Node that the release workflow packs with', () => {
  const versions = [...read('.github/workflows/release.yml').matchAll(/node-version: (.+)$/gm)];
  const [version = '', ...others] = new Set(versions.map(([, text]) => text));
  expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(others).toEqual([]);
  const named = read('docs/internals/releasing.md').match(/Node \d+\.\d+\.\d+/g);
  expect(new Set(named)).toEqual(new Set([`Node ${version}`]));
});

test('release-please raises the version of the pool in each file that has it', () => {
  const config = JSON.parse(read('release-please-config.json')) as {
    packages: { '.': { 'extra-files': { path: string; jsonpath: string }[] } };
  };
  const places = config.packages['.']['extra-files'].map(({ path, jsonpath }) => `${path} ${jsonpath}`);
  expect(places).toEqual(['pool/package.json $.version', 'package-lock.json $.packages.pool.version']);
});

describe('the workflows', () => {
  const workflows = readdirSync(join(root, '.github/workflows')).map(
    (name) => [name, read(`.github/workflows/${name}`)] as const,
  );

  test.each(workflows)('%s has no secret, and uses actions by their commit', (_, text) => {
    expect(text).not.toMatch(/secrets\.|TOKEN: (?!\$\{\{ github\.token \}\})/);
    const used = [...text.matchAll(/uses: (.+)$/gm)].map(([, action]) => action);
    expect(used.length).toBeGreaterThan(0);
    // The tests of ci.yml, which release.yml waits for, are of the same commit
    const others = used.filter((action) => action !== './.github/workflows/ci.yml');
    expect(
      others.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(action ?? '')),
    ).toEqual([]);
  });

  test('release.yml alone may have the identity that npm trusts, and publishes with provenance', () => {
    const withIdentity = workflows.filter(([, text]) => text.includes('id-token: write'));
    expect(withIdentity.map(([name]) => name)).toEqual(['release.yml']);
    expect(read('.github/workflows/release.yml')).toMatch(/npm publish .+ --provenance --access public/);
  });

  /** The jobs of release.yml by their names, as they are written. */
  const jobsOfRelease = (): Record<string, string> =>
    Object.fromEntries(
      read('.github/workflows/release.yml')
        .split(/^ {2}(?=[\w-]+:$)/m)
        .map((job) => [job.split(':')[0], job]),
    );
  const stepsOf = (job = '') => job.split(/^ {6}- /m).slice(1);

  test('release.yml adds the files to the release before it publishes, also where it is run again on the tag', () => {
    const { tests, build, publish = '' } = jobsOfRelease();
    for (const job of [tests, build]) {
      expect(job).toContain("needs.pull-request.outputs.created == 'true' || (github.event_name == ");
      expect(job).toContain("github.event_name == 'workflow_dispatch' && github.ref_type == 'tag'");
    }
    const steps = stepsOf(publish);
    const at = (command: string) => steps.findIndex((step) => step.includes(command));
    const upload = at('gh release upload "$TAG" release/* --clobber');
    expect(upload).toBeGreaterThan(at('uses: actions/download-artifact@'));
    expect(upload).toBeLessThan(at('npm publish '));
    expect(publish).toMatch(/ TAG: .+ needs\.pull-request\.outputs\.tag \|\| github\.ref_name /);
    expect(steps[upload]).not.toMatch(/^ +if:/m);
  });

  test('release.yml publishes only what has passed the tests of ci.yml and the checks of a release', () => {
    const { tests, build, publish } = jobsOfRelease();
    expect(tests).toContain('uses: ./.github/workflows/ci.yml');
    expect(read('.github/workflows/ci.yml')).toMatch(/^ {2}workflow_call:$/m);
    const steps = stepsOf(build);
    const check = steps.findIndex((step) => step.includes('npm run release:check -- --publish'));
    expect(check).toBeGreaterThan(steps.findIndex((step) => step.includes('npm ci')));
    expect(check).toBeLessThan(steps.findIndex((step) => step.includes('uses: actions/upload-artifact@')));
    expect(publish).toContain('needs: [pull-request, tests, build]');
    expect(publish).toContain("needs.tests.result == 'success' && needs.build.result == 'success'");
  });

  test('in release.yml, no job that runs code of a package may write or has an identity', () => {
    const withRights = Object.entries(jobsOfRelease()).filter(([, job]) => / (\w|-)+: write$/m.test(job));
    expect(withRights.map(([name]) => name)).toEqual(['pull-request', 'publish']);
    for (const [, job] of withRights) {
      expect(job).not.toMatch(/actions\/checkout@|npm (ci|install|run|exec)|npx /);
    }
  });

  test('check out the tags of the releases where the interface is compared with the last one', () => {
    const jobs = workflows.flatMap(([name, text]) =>
      text
        .split(/^ {2}(?=[\w-]+:$)/m)
        .filter((job) => /run: (bash \.ci\/run|npm run release:check)/.test(job))
        .map((job) => [`${name} ${job.split(':')[0]}`, job.includes('fetch-depth: 0')]),
    );
    expect(jobs).toEqual([
      ['ci.yml everything', true],
      ['release.yml build', true],
    ]);
  });
});

describe("the owner's fields", () => {
  const owner = {
    repository: 'https://github.com/example/srp',
    homepage: '',
    bugs: '',
    security: 'security@example.com',
    author: 'Example',
  };
  const apply = (what: object, where: string) =>
    withScript<Record<string, unknown>>(
      'release/owner.mjs',
      'withOwner',
      `withOwner({ name: 'x', license: 'MIT', type: 'module' }, ${JSON.stringify(what)}, '${where}')`,
    );

  test('are in both package.json and in SECURITY.md what owner.json says', async () => {
    const differ = await withScript<unknown[]>(
      'release/owner.mjs',
      'filesThatDiffer',
      `filesThatDiffer(${read('owner.json')}).map(([path]) => path)`,
    );
    expect(differ).toEqual([]);
  });

  test('become the fields that npm and provenance read, with the folder of the pool', async () => {
    expect(await apply(owner, 'pool')).toEqual({
      name: 'x',
      license: 'MIT',
      author: 'Example',
      repository: { type: 'git', url: 'git+https://github.com/example/srp.git', directory: 'pool' },
      homepage: 'https://github.com/example/srp/tree/main/pool#readme',
      bugs: 'https://github.com/example/srp/issues',
      type: 'module',
    });
  });

  test('are left out while they are empty', async () => {
    const empty = Object.fromEntries(Object.keys(owner).map((name) => [name, '']));
    expect(await apply(empty, '.')).toEqual({ name: 'x', license: 'MIT', type: 'module' });
  });

  test('refuses an address that provenance could not match', async () => {
    const bad = JSON.stringify({ ...owner, repository: 'github.com/example/srp' });
    await expect(withScript('release/owner.mjs', 'checkOwner', `checkOwner(${bad})`)).rejects.toThrow(
      '"repository" in owner.json must be https://github.com/OWNER/NAME',
    );
  });
});

describe('the report of an interface', () => {
  const VERSIONS = {
    before: {
      'index.d.ts': `import type { Hidden } from './hidden.js';
        /** Old. */ export declare function gone(): void;
        export interface Same { readonly a: string }
        export interface Wider { readonly a: string }
        export declare function f(hidden: Hidden): void;`,
      'hidden.d.ts': 'export type Hidden = 1;',
    },
    after: {
      'index.d.ts': `import type { Hidden } from './hidden.js';
        /** New. */ export interface Same { /** Said. */ readonly a: string; }
        export interface Wider { readonly a?: string }
        export declare const fresh: number;
        export declare function f(hidden: Hidden): void;`,
      'hidden.d.ts': 'export type Hidden = 1 | 2;',
    },
  };

  test('tells what was removed, changed and added, in types that no entry exports too, and not what a comment says', async () => {
    for (const [version, files] of Object.entries(VERSIONS)) {
      mkdirSync(join(folder, version));
      for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, version, name), text);
    }
    const report = (version: string) => {
      const path = join(folder, version);
      const entry = { specifier: 'x', file: join(path, 'index.d.ts') };
      return `reportOf('x', [${JSON.stringify(entry)}], ${JSON.stringify(path)})`;
    };
    const changes = await evaluate(
      'module',
      `import { reportOf } from './scripts/release/api-report.mjs';
       import { compareReports } from './scripts/release/api-changes.mjs';
       console.log(JSON.stringify(compareReports(${report('before')}, ${report('after')})));`,
    );
    expect(changes).toEqual({
      removed: ['`x`: gone'],
      changed: ['`x`: Wider', 'Not exported, but named by what is: Hidden'],
      added: ['`x`: fresh'],
    });
  });

  test('tells one name of a list that an entry exports again', async () => {
    const report = (names: readonly string[]) =>
      `# x\n\n## \`x/portable\`\n\nFrom \`x\`:\n\n${names.map((name) => `- \`${name}\``).join('\n')}\n`;
    const args = [report(['a', 'b', 'c']), report(['a', 'c'])].map((text) => JSON.stringify(text)).join();
    expect(await withScript('release/api-changes.mjs', 'compareReports', `compareReports(${args})`)).toEqual({
      removed: ['`x/portable`: b'],
      changed: [],
      added: [],
    });
  });

  test('makes a version that is too small a step fail', async () => {
    const [breaking, adding, none] = [
      { removed: ['a'], changed: ['b'], added: [] },
      { removed: [], changed: [], added: ['c'] },
      { removed: [], changed: [], added: [] },
    ];
    const steps = [
      ['0.2.0', '0.2.1', breaking, '0.3.0'],
      ['0.2.0', '0.3.0', breaking, 'nothing'],
      ['0.2.0', '0.2.1', adding, '0.3.0'],
      ['0.2.0', '0.2.1', none, 'nothing'],
      ['1.2.0', '1.3.0', breaking, '2.0.0'],
      ['1.2.0', '1.2.1', adding, '1.3.0'],
      ['1.2.0', '1.3.0', adding, 'nothing'],
      ['1.2.0', '2.0.0', breaking, 'nothing'],
    ] as const;
    const reasons = await withScript<(string | null)[]>(
      'release/api-changes.mjs',
      'stepTooSmall',
      `${JSON.stringify(steps)}.map((step) => stepTooSmall(...step) ?? null)`,
    );
    const demanded = reasons.map((reason) => /must be (\S+) at least/.exec(reason ?? '')?.[1] ?? 'nothing');
    expect(demanded).toEqual(steps.map(([, , , wanted]) => wanted));
  });
});

describe('the comparison with the last release', () => {
  const checkout = () => join(folder, 'released');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], {
      cwd: checkout(),
      stdio: 'pipe',
    });
  const write = (version: string, names: readonly string[]) => {
    const report = `# x\n\n## \`x\`\n\n${names.map((name) => `- \`${name}\``).join('\n')}\n`;
    writeFileSync(join(checkout(), 'package.json'), JSON.stringify({ version }));
    for (const { name } of [packageJson, poolPackageJson]) {
      writeFileSync(join(checkout(), `api/${name}.api.md`), report);
    }
  };
  const step = (isForPublishing: boolean) =>
    withScript<string | string[]>(
      'release/version-step.mjs',
      'checkVersionStep',
      `checkVersionStep(() => {}, ${JSON.stringify({ isForPublishing, checkout: checkout() })})`,
    );

  beforeAll(() => {
    mkdirSync(join(checkout(), 'api'), { recursive: true });
    git('init', '--quiet');
    write('0.2.0', ['a', 'b']);
    git('add', '.');
    git('commit', '--quiet', '--message', 'x');
  });

  test('is not done without a tag, and then nothing but the first version is published', async () => {
    expect(await step(false)).toBe('not done');
    expect(await step(true)).toBe('not done');
    write('0.2.1', ['a']);
    expect(await step(false)).toBe('not done');
    expect(await step(true)).toEqual([expect.stringContaining('No release before 0.2.1 is tagged here')]);
  });

  test('is made with the last tag', async () => {
    git('tag', 'v0.2.0');
    write('0.2.1', ['a']);
    const tooSmall = 'takes away or changes what 0.2.0 has, so it must be 0.3.0 at least';
    expect(await step(true)).toEqual([
      `cognito-srp-engine: 0.2.1 ${tooSmall}`,
      `cognito-local-pool: 0.2.1 ${tooSmall}`,
    ]);
    write('0.3.0', ['a']);
    expect(await step(true)).toEqual([]);
  });
});

test('a size that moves by more than 2 % is told, and less is not', async () => {
  const sizes = (gzip: number, files: number) =>
    `{ bundles: { all: ${gzip} }, packages: { x: { files: ${files} } } }`;
  const moved = await withScript<string[]>(
    'release/sizes.mjs',
    'sizesThatMoved',
    `[sizesThatMoved(${sizes(10_000, 3)}, ${sizes(10_190, 3)}), sizesThatMoved(${sizes(10_000, 3)}, ${sizes(10_300, 4)})]`,
  );
  expect(moved).toEqual([
    [],
    ['bundles, all: 10000 → 10300 (+3.0 %)', 'packages, x, files: 3 → 4 (+33.3 %)'],
  ]);
});

test('a tarball has the same bytes under any permissions of the checkout', async () => {
  const sumOf = async (mode: number) => {
    const checkout = join(folder, `mode-${mode}`);
    mkdirSync(checkout);
    writeFileSync(join(checkout, 'package.json'), '{ "name": "x", "version": "1.0.0", "bin": "run.js" }');
    writeFileSync(join(checkout, 'run.js'), '#!/usr/bin/env node\n');
    writeFileSync(join(checkout, 'README.md'), '# x\n');
    chmodSync(join(checkout, 'README.md'), mode);
    chmodSync(join(checkout, 'run.js'), mode | 0o100);
    const args = `{ folder: '.' }, ${JSON.stringify(join(checkout, 'out'))}, ${JSON.stringify(checkout)}`;
    return withScript<string>('release/tarballs.mjs', 'pack', `pack(${args}).sha256`);
  };
  expect(await sumOf(0o600)).toBe(await sumOf(0o644));
});

describe('the bill of materials', () => {
  interface Component {
    readonly name: string;
    readonly version: string;
    readonly purl?: string;
    readonly hashes?: readonly { readonly content: string }[];
    readonly properties?: readonly object[];
  }
  interface Bill {
    readonly components: readonly Component[];
    readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
  }
  const billOf = (of: string) =>
    evaluate<Bill>(
      'module',
      `import { readLicenses } from './scripts/licenses.mjs';
       import { PACKAGES, packageJsonOf, readJson, readText } from './scripts/release/packages.mjs';
       import { sbomOf } from './scripts/release/sbom.mjs';
       const one = PACKAGES.find(({ folder }) => folder === '${of}');
       const bundled = readLicenses(readText('${of}/dist/third-party-licenses.txt'));
       console.log(JSON.stringify(sbomOf(packageJsonOf(one), bundled, readJson('package-lock.json'))));`,
    );

  test('has of the engine what npm installs with it, and what the command and CommonJS contain', async () => {
    const { components } = await billOf('.');
    const named = (isBundled: boolean) =>
      components.filter(({ properties }) => (properties !== undefined) === isBundled).map(({ name }) => name);
    expect(named(false)).toEqual(['base64-js', 'buffer', 'ieee754', 'jsbn']);
    expect(named(true).sort()).toEqual([
      '@noble/hashes',
      'fastest-levenshtein',
      'jose',
      'llhttp',
      'oauth4webapi',
      'undici',
      'uqr',
    ]);
  });

  test('has of the pool what its build contains, nested versions too, and tinypool', async () => {
    const { components, dependencies } = await billOf('pool');
    const names = components.map(({ name, version }) => `${name}@${version}`);
    expect(names).toEqual(
      expect.arrayContaining([expect.stringMatching(/^tinypool@/), expect.stringMatching(/^jose@/)]),
    );
    expect(names.filter((name) => name.startsWith('tslib@')).length).toBe(2);
    const refs = new Set(dependencies.map(({ ref }) => ref));
    expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('has the sum of every package of npm', async () => {
    const { components } = await billOf('pool');
    const ofNpm = components.filter(({ purl }) => purl !== undefined);
    expect(ofNpm.filter(({ hashes }) => hashes?.[0]?.content.length !== 128)).toEqual([]);
    expect(components.filter(({ purl }) => purl === undefined).map(({ name }) => name)).toEqual([
      'cognito-idp-service-model',
    ]);
  });
});

test.each([
  ['dist', ['undici', 'llhttp', 'jose']],
  ['pool/dist', ['@simplewebauthn/server', 'reflect-metadata', 'cognito-idp-service-model']],
])('%s has the licence of what is bundled into it', (of, expected) => {
  const text = read(`${of}/third-party-licenses.txt`);
  for (const name of expected)
    expect(text).toMatch(new RegExp(`^${name} \\S+ \\((MIT|Apache-2\\.0)\\)$`, 'm'));
  // What Apache-2.0 and the authors of undici's fetch ask for
  if (of === 'dist') expect(text).toContain('Ethan Arrowood');
  else expect(text).toContain('Copyright Amazon.com, Inc. or its affiliates. It was changed');
});
