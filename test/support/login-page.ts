/** Opens the login page in Chromium, with a new pool for each test, and watches for what must not happen there. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { peoplePath } from '../../examples/login-page/local/local-pool.ts';
import { knownUsers } from '../../examples/login-page/local/people.ts';
import type { LocalPool } from '../../examples/login-page/pools.ts';
import { type Assets, buildPage, type ServedPage, servePage } from '../../examples/login-page/server.ts';
import { createUserPool, type UserPool, type UserPoolOptions } from '../../pool/src/index.ts';
import { CHROMIUM_ARGUMENTS, findBrowser } from '../../scripts/browser.mjs';
import { createWatch } from './watch.ts';

export const root = join(__dirname, '../..');
export const PAGE_FOLDER = join(root, 'examples/login-page');
export const PASSWORD = 'Correct-Horse-9';
/** A user who can also sign in by e-mail address and phone number. */
export const aliceWithAliases = {
  username: 'alice',
  password: PASSWORD,
  attributes: {
    email: 'alice@example.com',
    email_verified: 'true',
    phone_number: '+4915100000007',
    phone_number_verified: 'true',
    given_name: 'Alice',
  },
  aliases: ['alice@example.com', '+4915100000007'],
};
/** Longer than one step takes on a busy machine. A test that passes does not wait for it. */
const STEP_MS = 60_000;

/** Builds the page from the built package. */
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
  /** Texts that must not appear in a URL or a console message, among them all secrets that the pool knows. */
  readonly secrets: Set<string>;
  /** Opens another tab of the same browser, which is watched too. */
  readonly newTab: () => Promise<Page>;
  /** Opens the page in another browser, which is watched too. */
  readonly elsewhere: () => Promise<Page>;
}

export interface WorldOptions {
  readonly pool?: UserPoolOptions;
  readonly flow?: LocalPool['flow'];
  /** Pools that the page lists beside the pool of the test. */
  readonly morePools?: readonly LocalPool[];
  /** Runs in every page before its own scripts. */
  readonly before?: () => void;
}

/** Starts Chromium for a test file. `open` makes a pool, a server and a page for one test. */
export function useChromium(): { open: (options?: WorldOptions) => Promise<World> } {
  let browser: Browser;
  let assets: Assets;
  let ends: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    assets = await builtPage();
    browser = await chromium.launch({
      executablePath: await findBrowser('chromium'),
      args: CHROMIUM_ARGUMENTS,
      timeout: 60_000,
    });
  });
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
      if (options.before) await context.addInitScript(options.before);
      const watch = createWatch(pool, [PASSWORD]);
      const reading: Promise<void>[] = [];
      const watchPage = (page: Page) => {
        page.setDefaultTimeout(STEP_MS);
        page.on('console', (message) => watch.console(message.text()));
        page.on('pageerror', (error) => watch.pageError(error.message));
        page.on('request', (request) => watch.request(request.url(), request.postData()));
        page.on('framenavigated', (frame) => watch.address(frame.url()));
        page.on('response', (response) => {
          if (!response.url().startsWith(listening.endpoint)) return;
          // A reply that was cut off holds no secret
          reading.push(response.text().then(watch.reply, () => undefined));
        });
      };
      const contexts = [context];
      ends.push(async () => {
        // Requests that are still under way when the test ends are not of interest
        for (const routed of contexts.flatMap((each) => [each, ...each.pages()])) {
          await routed.unrouteAll({ behavior: 'ignoreErrors' });
        }
        await Promise.all(reading);
        for (const each of contexts) await each.close();
        expect(watch.problems()).toEqual([]);
      });
      const openIn = async (where: BrowserContext) => {
        const page = await where.newPage();
        watchPage(page);
        await page.goto(served.url);
        await page.waitForSelector('h1');
        return page;
      };
      const newTab = () => openIn(context);
      const elsewhere = async () => {
        const other = await browser.newContext();
        contexts.push(other);
        return openIn(other);
      };
      const page = await newTab();
      return {
        pool,
        endpoint: listening.endpoint,
        url: served.url,
        context,
        page,
        secrets: watch.secrets,
        newTab,
        elsewhere,
      };
    },
  };
}

export function serve(
  assets: Assets,
  pool: UserPool,
  endpoint: string,
  { pool: poolOptions, flow, morePools = [] }: WorldOptions,
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
  const data = new Map([[peoplePath(pool.userPoolId), () => knownUsers(pool)]]);
  return servePage(assets, { pools: [local, ...morePools] }, 0, data);
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

/** Waits for the page of the signed-in user, and opens the drawer for developers. */
export async function atAccount(page: Page, name = 'alice'): Promise<void> {
  await page.getByRole('heading', { level: 1, name: new RegExp(`^Hello, ${name}$`, 'i') }).waitFor();
  await page.locator('details.developer').evaluate((drawer: HTMLDetailsElement) => {
    drawer.open = true;
  });
}

/** @returns everything that this origin keeps, as JSON */
export const storageOf = (page: Page): Promise<string> =>
  page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));

export const alertOf = (page: Page): Promise<string> =>
  textOf(page.locator('main form [role=alert] p').first());

/** Waits until nothing on the page is under way any more. */
export const idle = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => document.querySelector('[aria-busy]') === null);
};
