/** Chromium and Firefox sign in by redirect through the pool's login page, without third-party cookies, and refuse what was changed. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createUserPool, type Listening } from 'cognito-local-pool';
import { build } from 'esbuild';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { CHROMIUM_ARGUMENTS, findBrowser } from '../../scripts/browser.mjs';

const PASSWORD = 'Correct-Horse-9';

/** Both block cookies of third parties. */
const BROWSERS = {
  chromium: async () =>
    puppeteer.launch({
      executablePath: await findBrowser('chromium'),
      args: [...CHROMIUM_ARGUMENTS, '--test-third-party-cookie-phaseout'],
      timeout: 120_000,
    }),
  firefox: async () =>
    puppeteer.launch({
      browser: 'firefox',
      executablePath: await findBrowser('firefox'),
      extraPrefsFirefox: { 'network.cookie.cookieBehavior': 1 },
      timeout: 120_000,
    }),
};

/** Serves the page at `http://localhost:…`. */
async function serveApp(settings: () => object) {
  const { outputFiles } = await build({
    entryPoints: [`${__dirname}/page.ts`],
    bundle: true,
    format: 'iife',
    platform: 'browser',
    write: false,
  });
  const script = outputFiles[0]?.text ?? '';
  const server = createServer((_, response) => {
    response
      .setHeader('content-type', 'text/html')
      .end(
        `<!doctype html><link rel="icon" href="data:,"><body><script>window.settings = ${JSON.stringify(settings())};</script><script>${script}</script>`,
      );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe.each(['chromium', 'firefox'] as const)('%s', (name) => {
  let browser: Browser;
  let page: Page;
  let listening: Listening;
  let app: Awaited<ReturnType<typeof serveApp>>;

  beforeAll(async () => {
    browser = await BROWSERS[name]();
    let endpoint = '';
    const userPoolId = 'eu-west-1_Redirect1';
    app = await serveApp(() => ({ userPoolId, clientId: 'web', endpoint }));
    const pool = createUserPool({
      userPoolId,
      clients: [{ clientId: 'web', callbackUrls: [app.url], logoutUrls: [app.url] }],
      users: [{ username: 'alice', password: PASSWORD }],
    });
    listening = await pool.listen();
    endpoint = `http://localhost:${listening.port}`;
  });
  afterAll(async () => {
    await browser?.close();
    app?.close();
    await listening?.close();
  });

  beforeEach(async () => {
    page = await (await browser.createBrowserContext()).newPage();
    await page.goto(app.url);
    await at('Welcome');
  });
  afterEach(() => page.browserContext().close());

  const at = (heading: string) => page.locator(`::-p-xpath(//h1[text()="${heading}"])`).wait();
  const press = (label: string) => page.locator(`::-p-xpath(//button[normalize-space()="${label}"])`).click();

  async function signIn(): Promise<void> {
    await press('Sign in');
    await page.locator('input[autocomplete~=username]').fill('alice');
    await page.locator('input[type=password]').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await at('Hello, alice');
  }

  test('signs in through the login page, over a reload, again without it, and out again', async () => {
    await signIn();
    expect(page.url()).toBe(app.url);
    expect(await page.evaluate(() => Object.keys(sessionStorage))).toEqual([]);
    await page.reload();
    await at('Hello, alice');
    await page.evaluate(() => localStorage.clear());
    await page.reload();
    await at('Welcome');
    await press('Sign in');
    await at('Hello, alice');
    await press('Sign out');
    await at('Welcome');
    // The session of the login page has ended, too
    await press('Sign in');
    await page.locator('input[type=password]').wait();
  });

  test('refuses another state, another nonce, and the callback of another browser', async () => {
    await signIn();
    await page.evaluate(() => localStorage.clear());

    const otherState = new URL(await page.evaluate(() => window.begin()));
    otherState.searchParams.set('state', 'a'.repeat(43));
    await page.goto(otherState.href);
    await at('REDIRECT_UNEXPECTED');

    const otherNonce = await page.evaluate(() => window.begin());
    await page.evaluate(() => {
      for (const [key, value] of Object.entries(sessionStorage)) {
        sessionStorage.setItem(key, value.replace(/"nonce":"[^"]+"/, '"nonce":"another"'));
      }
    });
    await page.goto(otherNonce);
    await at('TOKEN_INVALID');

    const begun = await page.evaluate(() => window.begin());
    // A tab that has no part in it, as a link from a stranger would open one
    await page.evaluate(() => sessionStorage.clear());
    await page.goto(begun);
    await at('REDIRECT_UNEXPECTED');
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual([]);
    await press('Sign in');
    await at('Hello, alice');
  });
});
