/** A browser, and for each test a pool, the page on another origin, and everything that must not happen there. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import type { LocalPool } from '../../examples/login-page/pools.ts';
import { type Assets, buildPage, type ServedPage, servePage } from '../../examples/login-page/server.ts';
import { CHROMIUM_ARGUMENTS, findBrowser } from '../../scripts/browser.mjs';
import { createUserPool, type UserPool, type UserPoolOptions } from '../../src/pool/index.ts';

export const root = join(__dirname, '../..');
export const PAGE_FOLDER = join(root, 'examples/login-page');
export const PASSWORD = 'Correct-Horse-9';
/** Longer than anything takes on a busy machine; a test that passes does not wait for it. */
const STEP_MS = 25_000;
const TEST_MS = 90_000;

/** The page as a browser gets it, made of the built package. */
export function builtPage(): Promise<Assets> {
  if (!existsSync(join(root, 'dist/esm/index.js'))) {
    throw new Error('The page imports the built package: run "npm run build" first');
  }
  return buildPage(PAGE_FOLDER);
}

export interface World {
  readonly pool: UserPool;
  readonly endpoint: string;
  readonly url: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** Texts that may appear in no URL and no console message; codes and passwords of the pool are among them. */
  readonly secrets: Set<string>;
  /** Another tab of the same browser, with the same watching. */
  newTab(): Promise<Page>;
}

export interface WorldOptions {
  readonly pool?: UserPoolOptions;
  readonly flow?: LocalPool['flow'];
}

/** Starts Chromium for a test file; `open` gives a world of its own to each test. */
export function useChromium(): { open(options?: WorldOptions): Promise<World> } {
  let browser: Browser;
  let assets: Assets;
  let ends: (() => Promise<void>)[] = [];
  jest.setTimeout(TEST_MS);

  beforeAll(async () => {
    assets = await builtPage();
    browser = await chromium.launch({
      executablePath: await findBrowser('chromium'),
      args: CHROMIUM_ARGUMENTS,
      timeout: 60_000,
    });
  }, 600_000);
  afterEach(async () => {
    const ending = ends.reverse();
    ends = [];
    for (const end of ending) await end();
  });
  afterAll(() => browser?.close());

  return {
    open: async (options = {}) => {
      const pool = createUserPool(options.pool);
      const listening = await pool.listen();
      ends.push(() => listening.close());
      const served = await serve(assets, pool, listening.endpoint, options);
      ends.push(() => served.close());
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
      const secrets = new Set([PASSWORD]);
      const seen: string[] = [];
      const watch = (page: Page) => {
        page.on('console', (message) => seen.push(`console: ${message.text()}`));
        page.on('pageerror', (error) => seen.push(`page error: ${error.message}`));
        page.on('request', (request) => seen.push(`request: ${request.url()}`));
        page.on('framenavigated', (frame) => seen.push(`address: ${frame.url()}`));
      };
      ends.push(async () => {
        await context.close();
        for (const { code } of pool.outbox) secrets.add(code);
        expect(forbidden(seen, secrets)).toEqual([]);
      });
      const newTab = async () => {
        const page = await context.newPage();
        page.setDefaultTimeout(STEP_MS);
        watch(page);
        await page.goto(served.url);
        await page.waitForSelector('h1');
        return page;
      };
      const page = await newTab();
      return {
        pool,
        endpoint: listening.endpoint,
        url: served.url,
        context,
        page,
        secrets,
        newTab,
      };
    },
  };
}

export function serve(
  assets: Assets,
  pool: UserPool,
  endpoint: string,
  { pool: poolOptions, flow }: WorldOptions,
): Promise<ServedPage> {
  const local: LocalPool = {
    label: 'Pool of this test',
    userPoolId: pool.userPoolId,
    clientId: pool.clientIds[0] ?? '',
    endpoint,
    passwordPolicy: poolOptions?.passwordPolicy ?? {},
    people: [],
    ...(flow && { flow }),
  };
  const authenticators = new Map([[`/authenticators/${pool.userPoolId}`, () => []]]);
  return servePage(assets, { pools: [local] }, 0, authenticators);
}

/** Browsers report these themselves, for every reply that is not 2xx and every lost connection. */
const EXPECTED = /^console: Failed to load resource: /;

/** Errors, broken policies, and secrets where they must not be. A code can be part of a port by chance. */
function forbidden(seen: readonly string[], secrets: ReadonlySet<string>): string[] {
  return seen.filter((line) => {
    const withoutOrigin = line.replace(/http:\/\/(localhost|127\.0\.0\.1):\d+/g, '');
    const holdsSecret = [...secrets].some((secret) => withoutOrigin.includes(secret));
    const isReport = !/^(request|address): /.test(line) && !EXPECTED.test(line);
    return holdsSecret || isReport;
  });
}

export const textOf = async (locator: Locator): Promise<string> => (await locator.textContent()) ?? '';

/** Waits for the step with this heading. */
export const atStep = (page: Page, heading: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();

export async function signInAs(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('User name, e-mail or phone').fill(username);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Everything this origin keeps. */
export const storageOf = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));

export const alertOf = (page: Page): Promise<string> =>
  textOf(page.locator('main form [role=alert] p').first());
