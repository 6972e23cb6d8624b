/** The fixtures of `cognito-local-pool/playwright` in Playwright's own runner, with the built package and Chromium. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHROMIUM_ARGUMENTS, findBrowser } from '../../../scripts/browser.mjs';
import { root } from '../../../test/support/node-process.ts';

interface Suite {
  readonly suites?: readonly Suite[];
  readonly specs?: readonly {
    readonly title: string;
    readonly ok: boolean;
    readonly tests: readonly {
      readonly results: readonly { readonly errors: readonly { readonly message: string }[] }[];
    }[];
  }[];
}

interface Report extends Suite {
  readonly errors: readonly { readonly message: string }[];
  readonly stats: { readonly expected: number; readonly unexpected: number };
}

const specsOf = ({ suites = [], specs = [] }: Suite): NonNullable<Suite['specs']> => [
  ...specs,
  ...suites.flatMap(specsOf),
];

async function runCases(): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), 'cognito-local-pool-playwright-'));
  const cases = join(__dirname, 'playwright');
  const { JEST_WORKER_ID: _, ...env } = process.env;
  const variables = {
    CHROMIUM_PATH: await findBrowser('chromium'),
    CHROMIUM_ARGUMENTS: CHROMIUM_ARGUMENTS.join(' '),
    OUTPUT_FOLDER: folder,
  };
  const cli = join(root, 'node_modules/@playwright/test/cli.js');
  const args = [cli, 'test', '--config', join(cases, 'playwright.config.mjs')];
  const output = await new Promise<string>((done) => {
    const options = { cwd: cases, timeout: 170_000, env: { ...env, ...variables } };
    execFile(process.execPath, args, options, (_error, stdout, stderr) => done(stdout || stderr));
  });
  await rm(folder, { recursive: true, force: true });
  if (!output.startsWith('{')) throw new Error(output);
  return JSON.parse(output) as Report;
}

test('every case passes in Playwright', async () => {
  const report = await runCases();
  const failed = specsOf(report)
    .filter(({ ok }) => !ok)
    .map(({ title, tests }) => [
      title,
      tests.flatMap(({ results }) => results.flatMap(({ errors }) => errors)),
    ]);
  expect([...report.errors, ...failed]).toEqual([]);
  const refused = specsOf(report).find(({ title }) => title === 'is an error');
  expect(JSON.stringify(refused)).toContain('test.use({ storageState }) takes its place');
  expect(report.stats).toMatchObject({ expected: 14, unexpected: 0 });
});
