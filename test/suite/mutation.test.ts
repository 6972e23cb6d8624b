/** A part of `npm run mutation` fails below its score, and where a survivor is not argued or an argued mutant is noticed. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { judge, type ReportedMutant } from '../../scripts/mutation/verdict.mjs';
import { evaluate } from '../support/node-process.ts';

const SOURCE = 'const one = 1;\nconst two = one + 1;\n';
const SURVIVOR: ReportedMutant = {
  status: 'Survived',
  replacement: 'one - 1',
  location: { start: { line: 2, column: 13 }, end: { line: 2, column: 20 } },
};
const ROW = { file: 'src/two.ts', line: 'const two = one + 1;', from: 'one + 1', to: 'one - 1' };
const STRICT = { everySurvivorArgued: true };

const reportOf = (...mutants: readonly ReportedMutant[]) => ({
  files: { 'src/two.ts': { source: SOURCE, mutants } },
});
const withStatus = (status: string, count: number) =>
  Array.from({ length: count }, () => ({ ...SURVIVOR, status, replacement: 'one' }));

test('the score is the share of the killed and the endless ones', () => {
  const { figures } = judge(
    reportOf(
      ...withStatus('Killed', 7),
      ...withStatus('Timeout', 2),
      SURVIVOR,
      ...withStatus('NoCoverage', 2),
    ),
    [],
    {},
  );
  expect(figures).toEqual({ mutants: 12, killed: 7, timeout: 2, survived: 3, argued: 0, score: 75 });
});

test.each([
  [9, []],
  [8, ['the score is 88.8 %, and has to be 90 %']],
])('%i killed and one survivor: %j', (killed, problems) => {
  expect(judge(reportOf(...withStatus('Killed', killed), SURVIVOR), [], {}).problems).toEqual(problems);
});

describe('where every survivor has to be argued', () => {
  const killed = withStatus('Killed', 20);

  test('one that is not is named with its place and texts', () => {
    expect(judge(reportOf(...killed, SURVIVOR), [], STRICT).problems).toEqual([
      `line 2 survives and is not argued: ${JSON.stringify(ROW)}`,
    ]);
  });

  test('one that no test runs is a survivor', () => {
    expect(
      judge(reportOf(...killed, { ...SURVIVOR, status: 'NoCoverage' }), [], STRICT).problems,
    ).toHaveLength(1);
  });

  test('one that is argued is no problem', () => {
    expect(judge(reportOf(...killed, SURVIVOR), [ROW], STRICT).problems).toEqual([]);
  });
});

test('an argued mutant that a test notices is a problem in every part', () => {
  expect(judge(reportOf({ ...SURVIVOR, status: 'Killed' }), [ROW], {}).problems).toEqual([
    'is argued and does not survive any more: ["src/two.ts","const two = one + 1;","one + 1","one - 1"]',
  ]);
});

describe('the parts', () => {
  const root = resolve(__dirname, '../..');
  const script = resolve(root, 'scripts/mutation/mutation.mjs');
  const { status, stderr } = spawnSync(process.execPath, [script, 'no-such-part'], { encoding: 'utf8' });
  const named = /^Name one or more of these parts: (srp, client, .*)\n$/.exec(stderr)?.[1];

  test('are named where npm run mutation is given another', () => {
    expect(status).toBe(2);
    expect(named).toBeDefined();
  });

  test('are all run in CI', () => {
    const workflow = readFileSync(resolve(root, '.github/workflows/ci.yml'), 'utf8');
    expect(workflow).toContain(`part: [${named}]\n`);
  });

  test('have all been measured', () => {
    const report = readFileSync(resolve(root, 'docs/internals/mutation.md'), 'utf8');
    expect([...report.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, name]) => name)).toEqual(named?.split(', '));
  });

  test.each(['src/srp', 'src/cognito', 'pool/src/sign-in'])('have each file of %s once', async (folder) => {
    const globs = await evaluate<readonly (readonly string[])[]>(
      'module',
      `import { PARTS } from './scripts/mutation/parts.mjs';
       console.log(JSON.stringify(Object.values(PARTS).map(({ mutate }) => mutate)));`,
    );
    const isIn = (file: string, mutate: readonly string[]) => {
      const matches = (glob: string) => patternOf(glob).test(file);
      const leftOut = mutate.filter((glob) => glob.startsWith('!')).map((glob) => glob.slice(1));
      return mutate.some(matches) && !leftOut.some(matches);
    };
    const files = readdirSync(resolve(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.generated.ts'))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`);
    expect(files.length).toBeGreaterThan(15);
    const parts = files.map((file) => [file, globs.filter((mutate) => isIn(file, mutate)).length]);
    expect(parts.filter(([, count]) => count !== 1)).toEqual([]);
  });
});

/** Translates globs that have `*` within a folder and lists in braces. */
const patternOf = (glob: string): RegExp =>
  new RegExp(
    `^${glob
      .replaceAll('.', '\\.')
      .replaceAll('*', '[^/]*')
      .replace(/\{([^}]*)\}/g, (_, names: string) => `(${names.replaceAll(',', '|')})`)}$`,
  );
