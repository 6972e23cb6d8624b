/** A reader follows a sign-in through src/ within the limits. `npm run walk` prints the way. */
import { evaluate } from '../support/node-process.ts';

interface Stage {
  readonly title: string;
  readonly files: number;
  readonly visits: readonly { readonly file: string; readonly names: readonly string[] }[];
  readonly limit: { readonly files: number; readonly visits: number };
}

let stages: readonly Stage[];
beforeAll(async () => {
  stages = await evaluate(
    'module',
    `import { measureWalk } from './scripts/walk.mjs';
     console.log(JSON.stringify(await measureWalk()));`,
  );
});

test('every stage runs and begins with the function that was called', () => {
  expect(stages.map(({ visits: [first] }) => first?.names[0])).toEqual([
    'signIn',
    'respond',
    'confirmNewDevice',
    'signIn',
  ]);
});

test('the way leaves out the local pool and the arithmetic', () => {
  const files = stages.flatMap(({ visits }) => visits.map(({ file }) => file));
  expect(files).toContain('srp/password-proof.ts');
  expect(files.filter((file) => /^\.\.\/pool\/|montgomery|big-integer/.test(file))).toEqual([]);
});

test('no stage is longer than its limit in scripts/walk.mjs', () => {
  const tooLong = stages.filter(
    ({ files, visits, limit }) => files > limit.files || visits.length > limit.visits,
  );
  expect(
    tooLong.map(({ title, files, visits }) => `${title}: ${files} files, ${visits.length} visits`),
  ).toEqual([]);
});
