/** The page's headers, size, speed and fields are what a login page should have. */
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { LANGUAGES } from '../../login-page/language.ts';
import { importsOf, repositoryFiles } from '../package/import-rules.ts';
import {
  atAccount,
  atStep,
  builtPage,
  PAGE_FOLDER,
  PASSWORD,
  root,
  signInAs,
  useChromium,
  type World,
} from '../support/login-page.ts';
import { reach } from './challenge-cases.ts';

const chromium = useChromium();
const users = [{ username: 'alice', password: PASSWORD }];
const LONGEST_TASK_MS = 100;

test('the policy is a header that forbids inline script, eval and sending a form', async () => {
  const { page, url, endpoint } = await chromium.open({ pool: { users } });
  const header = (await page.request.get(url)).headers()['content-security-policy'] ?? '';
  const policy = new Map(header.split('; ').map((line) => [line.split(' ')[0], line.split(' ').slice(1)]));
  expect(policy.get('default-src')).toEqual(["'none'"]);
  expect(policy.get('script-src')).toEqual(["'self'"]);
  expect(policy.get('style-src')).toEqual(["'self'"]);
  expect(policy.get('form-action')).toEqual(["'none'"]);
  expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
  expect(policy.get('connect-src')).toEqual(["'self'", endpoint]);
  expect(header).not.toContain('unsafe');
  expect(await page.locator('script:not([src]), [style], [onclick]').count()).toBe(0);
});

test.each([
  ['eu-west-1_AbCdEf123', ['https://cognito-idp.eu-west-1.amazonaws.com']],
  ['us-gov-west-1_AbCdEf123', ['https://cognito-idp.us-gov-west-1.amazonaws.com']],
  ['cn-north-1_AbCdEf123', ['https://cognito-idp.cn-north-1.amazonaws.com.cn']],
  ['eusc-de-east-1_AbCdEf123', ['https://cognito-idp.eusc-de-east-1.amazonaws.eu']],
  ['nonsense', []],
  ['evil.example/_a', []],
  ['eu-west-1.evil.example_a', []],
  ['eu-west-1 https:_a', []],
])('for the pool %s of the address the policy has that host alone', async (userPoolId, hosts) => {
  const { page, url } = await chromium.open({ pool: { users } });
  const response = await page.request.get(`${url}/?${new URLSearchParams({ userPoolId })}`);
  const connect = /connect-src ([^;]*)/.exec(response.headers()['content-security-policy'] ?? '')?.[1];
  expect(connect?.split(' ')).toEqual(["'self'", ...hosts]);
});

test('it imports public entries of the package, and no other file of it', () => {
  const sources = repositoryFiles(root).filter(({ path }) => /^(examples\/)?login-page\/.*\.ts$/.test(path));
  const packages = sources
    .flatMap((source) => importsOf(source))
    .filter((path) => !/^(examples\/)?login-page\//.test(path));
  const entries = [
    '',
    '/flow',
    '/redirect',
    '/session',
    '/texts',
    ...LANGUAGES.map((language) => `/texts/${language}`),
  ];
  const inPage = [...entries.map((entry) => `cognito-srp-engine${entry}`), 'uqr'];
  const inServer = ['cognito-local-pool', 'esbuild', 'otpauth'];
  expect([...new Set(packages)].filter((path) => !path.startsWith('node:')).sort()).toEqual(
    [...inPage, ...inServer].sort(),
  );
});

test('the scripts of the first view are at most 54 KB, compressed, and other languages and the account come later', async () => {
  const assets = await builtPage();
  const bodyOf = (path: string) => assets.get(path)?.body ?? '';
  const page = bodyOf('/page.js');
  const shared = [...page.matchAll(/(?:from|import)"\.(\/[\w-]+\.js)"/g)].map(([, path = '']) => path);
  const scripts = [page, ...shared.map(bodyOf)];
  const texts = ['Forgot your password?', 'Passwort', 'contraseña', 'For developers'];
  expect(texts.filter((text) => scripts.some((script) => script.includes(text)))).toEqual([texts[0]]);
  const sizes = scripts.map((script) => gzipSync(script, { level: 9 }).length);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(54 * 1024);
  const { metafile } = await build({
    entryPoints: [`${PAGE_FOLDER}/main.ts`],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    logLevel: 'silent',
  });
  expect(
    Object.keys(metafile.inputs).filter((path) => /^pool\/|cognito-local-pool|jsbn|jose/.test(path)),
  ).toEqual([]);
});

test('the first paint, and the form, come within a second on a processor slowed down four times', async () => {
  const { page, context } = await chromium.open({ pool: { users } });
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  let best = { paint: Number.POSITIVE_INFINITY, form: Number.POSITIVE_INFINITY };
  // The best one counts, because what other processes of this machine take away is not the page's
  for (let i = 0; i < 20 && Math.max(best.paint, best.form) >= 1000; i++) {
    await page.reload({ waitUntil: 'commit' });
    const { paint, form } = await page.evaluate(async () => {
      while (!document.querySelector('#field-username')) await new Promise(requestAnimationFrame);
      const form = performance.now();
      const paint = await new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const entry = list.getEntriesByName('first-contentful-paint')[0];
          if (entry) resolve(entry.startTime);
        }).observe({ type: 'paint', buffered: true });
      });
      return { paint, form };
    });
    best = { paint: Math.min(best.paint, paint), form: Math.min(best.form, form) };
  }
  expect(best.paint).toBeLessThan(1000);
  expect(best.form).toBeLessThan(1000);
});

/** A task that is too long is reported; it is then forgotten. */
const expectReported = async (page: Page): Promise<void> => {
  const reported = await page.evaluate(async () => {
    // In a task of the page's own: the debugger's are not reported
    const task = () => {
      for (const end = performance.now() + 120; performance.now() < end; );
    };
    await new Promise<void>((resolve) => setTimeout(() => resolve(task())));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { tasks } = window as unknown as { tasks: number[] };
    return tasks.splice(1).some((duration) => duration >= 100);
  });
  expect(reported).toBe(true);
};

test('no task of a sign-in takes more than 100 ms', async () => {
  const { page } = await chromium.open({ pool: { users } });
  const longest: number[] = [];
  // The page does the same work each time: what other processes of this machine take away is in some, not in all
  for (let i = 0; i < 20 && Math.min(...longest) > LONGEST_TASK_MS; i++) {
    await page.evaluate(() => {
      const tasks: number[] = [0];
      Object.assign(window, { tasks });
      new PerformanceObserver((list) => {
        tasks.push(...list.getEntries().map(({ duration }) => duration));
      }).observe({ type: 'longtask' });
    });
    await expectReported(page);
    await signInAs(page, 'alice');
    await atAccount(page);
    longest.push(await page.evaluate(() => Math.max(...(window as unknown as { tasks: number[] }).tasks)));
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await atStep(page, 'Sign in');
    await page.reload();
  }
  expect(Math.min(...longest)).toBeLessThanOrEqual(LONGEST_TASK_MS);
});

const autofill = ({ page }: World) =>
  page
    .locator('main input')
    .evaluateAll((inputs) =>
      inputs.map((input) => `${input.getAttribute('name')}: ${input.getAttribute('autocomplete')}`),
    );

test('password managers find every field by its autofill name, in one form for each step', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page } = world;
  expect(await autofill(world)).toEqual(['username: username webauthn', 'password: current-password']);
  await page.getByRole('button', { name: 'Create an account' }).click();
  await atStep(page, 'Create an account');
  expect(await autofill(world)).toEqual([
    'username: username',
    'given_name: given-name',
    'email: email',
    'newPassword: new-password',
  ]);
  expect(await page.locator('main form').count()).toBe(1);
  const code = await reach('SMS_MFA', chromium.open);
  expect(await autofill(code)).toEqual(['username: username', 'code: one-time-code']);
  expect(await code.page.locator('#field-code').getAttribute('inputmode')).toBe('numeric');
  const renewed = await reach('NEW_PASSWORD_REQUIRED', chromium.open);
  expect(await autofill(renewed)).toEqual([
    'username: username',
    'given_name: given-name',
    'newPassword: new-password',
  ]);
});
