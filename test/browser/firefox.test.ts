/** Firefox signs in with a second factor, reloads, signs out, and shows errors. */
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import type { ServedPage } from '../../examples/login-page/server.ts';
import { createUserPool, type Listening, type UserPool } from '../../pool/src/index.ts';
import { findBrowser } from '../../scripts/browser.mjs';
import { builtPage, PASSWORD, serve } from '../support/login-page.ts';
import { createWatch, type Watch } from '../support/watch.ts';

const options = {
  pool: {
    users: [
      {
        username: 'alice',
        password: PASSWORD,
        attributes: { email: 'alice@example.com', email_verified: 'true' },
        mfa: { sms: '+4915100000008', email: true },
      },
    ],
  },
};

let browser: Browser;
let pool: UserPool;
let listening: Listening;
let served: ServedPage;
let page: Page;
let watch: Watch;

beforeAll(async () => {
  browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: await findBrowser('firefox'),
    headless: true,
    timeout: 120_000,
  });
});
afterAll(() => browser?.close());

beforeEach(async () => {
  pool = createUserPool(options.pool);
  listening = await pool.listen();
  served = await serve(await builtPage(), pool, listening.endpoint, options);
  const context = await browser.createBrowserContext();
  page = await context.newPage();
  watch = createWatch(pool, [PASSWORD]);
  page.on('console', (message) => watch.console(message.text()));
  page.on('pageerror', (error) => watch.pageError(String(error)));
  page.on('request', (request) => watch.request(request.url()));
  page.on('framenavigated', (frame) => watch.address(frame.url()));
  await page.goto(served.url);
});
afterEach(async () => {
  // Without a browser the tests have failed already
  if (!browser) return;
  await readStorage();
  await page.browserContext().close();
  await served.close();
  await listening.close();
  expect(watch.problems()).toEqual([]);
});

/** Firefox shows replies to no test: tokens and Sessions are read where the page keeps them. */
const readStorage = async () =>
  watch.storage(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }])));

const at = async (heading: string) => {
  await page.locator(`::-p-xpath(//h1[text()="${heading}"])`).wait();
  await readStorage();
};
const press = (label: string) => page.locator(`main ::-p-text(${label})`).click();
const type = (field: string, text: string) => page.locator(`#field-${field}`).fill(text);

test('signs in with a chosen second factor, over a reload, and out again', async () => {
  await type('username', 'alice');
  await type('password', PASSWORD);
  await page.keyboard.press('Enter');
  await at('How do you want your code?');
  await press('A code to your mailbox');
  await at('Check your e-mail');
  await page.reload();
  await at('Check your e-mail');
  await type('code', '000000');
  await page.keyboard.press('Enter');
  await page.locator('[role=alert] ::-p-text(That code is not right.)').wait();
  await type('code', pool.outbox.at(-1)?.code ?? '');
  await page.keyboard.press('Enter');
  await at('Hello, alice');
  await page.reload();
  await at('Hello, alice');
  await page.locator('::-p-xpath(//button[text()="Sign out"])').click();
  await at('Sign in');
});

test('a wrong password is announced', async () => {
  await type('username', 'alice');
  await type('password', 'wrong-horse');
  await page.keyboard.press('Enter');
  await page.locator('[role=alert] ::-p-text(not right)').wait();
});

test('a new user signs up and is signed in', async () => {
  await press('Create an account');
  await at('Create an account');
  await type('username', 'nora');
  await type('given_name', 'Nora');
  await type('email', 'nora@example.com');
  await type('newPassword', PASSWORD);
  await page.keyboard.press('Enter');
  await at('Confirm your account');
  await type('code', pool.outbox.at(-1)?.code ?? '');
  await page.keyboard.press('Enter');
  await at('Hello, Nora');
});
