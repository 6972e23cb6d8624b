/** A sign-in through the stand-in identity provider: page → pool → provider → pool → page. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { type Started, startLoginPage } from '../../examples/login-page/start.ts';
import { CHROMIUM_ARGUMENTS, findBrowser } from '../../scripts/browser.mjs';
import { accessibilityProblems } from '../browser/accessibility.ts';
import { atAccount, PAGE_FOLDER, storageOf, textOf } from '../support/login-page.ts';

let started: Started;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  started = await startLoginPage(PAGE_FOLDER, { page: 0, pool: 0 });
  browser = await chromium.launch({
    executablePath: await findBrowser('chromium'),
    args: CHROMIUM_ARGUMENTS,
    timeout: 60_000,
  });
});
afterAll(async () => {
  await browser?.close();
  await started?.close();
});
beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  await page.goto(started.url);
});
afterEach(() => context.close());

test('the user of a provider is signed in, and can reload, refresh and sign out', async () => {
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Continue with Company' }).click();
  await page.getByRole('button', { name: 'Continue as Robin-1' }).click();
  await atAccount(page, 'Robin');
  const profile = await textOf(page.getByRole('region', { name: 'Your profile' }));
  expect(profile).toContain('robin@company.example');
  expect(new URL(page.url()).search).toBe('');
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toContain('verifier');
  await page.reload();
  await atAccount(page, 'Robin');
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await page.waitForFunction(() => document.querySelector('[aria-busy]') === null);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByText('You are signed out.').waitFor();
  expect(await storageOf(page)).not.toMatch(/eyJ[\w-]+\./);
});

test('a user who cancels at the provider is back at the first screen, with the reason', async () => {
  await page.getByRole('button', { name: 'Continue with Company' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  expect(await textOf(page.locator('.notice'))).not.toBe('');
  expect(new URL(page.url()).search).toBe('');
});

test('an address that no sign-in of this browser has led to is refused', async () => {
  await page.goto(`${started.url}/?code=stolen&state=${'A'.repeat(43)}`);
  await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
  expect(await textOf(page.locator('.notice'))).not.toBe('');
  expect(await storageOf(page)).not.toMatch(/eyJ[\w-]+\./);
});
