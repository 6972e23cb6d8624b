/** Chromium in front of the built pool, and apps of oauth4webapi that sign in through the page of managed login. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type ClientOptions, createUserPool, type UserPool, type UserPoolOptions } from 'cognito-local-pool';
import * as oauth from 'oauth4webapi';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, findBrowser } from '../../../scripts/browser.mjs';
import { accessibilityProblems } from '../../../test/browser/accessibility.ts';

export const PASSWORD = 'Correct-Horse-9';
const STEP_MS = 60_000;

/** An app with a server of its own, which gets the code. */
export interface WebApp {
  readonly clientId: string;
  readonly url: string;
  /** The claims of the ID token of the last sign-in. */
  readonly claims: () => oauth.IDToken | undefined;
}

export interface World {
  readonly pool: UserPool;
  /** `http://localhost:…`, because a passkey belongs to a host name. */
  readonly endpoint: string;
  readonly apps: readonly [WebApp, WebApp];
  readonly context: BrowserContext;
  readonly page: Page;
  /** Opens the sign-in of the first app. */
  readonly open: (query?: string) => Promise<void>;
}

export interface WorldOptions {
  readonly pool?: Omit<UserPoolOptions, 'clients'>;
  readonly client?: Partial<ClientOptions>;
}

export const ALICE = {
  username: 'alice',
  password: PASSWORD,
  attributes: { email: 'alice@example.com', email_verified: 'true' },
};

const INSECURE = { [oauth.allowInsecureRequests]: true };

/** Serves an app: /start goes to the pool, and /callback exchanges the code. */
async function serveApp(clientId: string, issuer: () => URL, ends: (() => Promise<void>)[]): Promise<WebApp> {
  const client: oauth.Client = { client_id: clientId };
  let claims: oauth.IDToken | undefined;
  let pending = { verifier: '', state: '', nonce: '' };
  const discover = async () =>
    oauth.processDiscoveryResponse(issuer(), await oauth.discoveryRequest(issuer(), INSECURE));
  const start = async (search: string): Promise<string> => {
    const server = await discover();
    const verifier = oauth.generateRandomCodeVerifier();
    pending = { verifier, state: oauth.generateRandomState(), nonce: oauth.generateRandomNonce() };
    const target = new URL(server.authorization_endpoint ?? '');
    target.search = new URLSearchParams([
      ['client_id', clientId],
      ['response_type', 'code'],
      ['redirect_uri', `${url()}/callback`],
      ['scope', 'openid email'],
      ['state', pending.state],
      ['nonce', pending.nonce],
      ['code_challenge', await oauth.calculatePKCECodeChallenge(verifier)],
      ['code_challenge_method', 'S256'],
      ...new URLSearchParams(search),
    ]).toString();
    return target.href;
  };
  const callback = async (path: string): Promise<string> => {
    const server = await discover();
    const parameters = oauth.validateAuthResponse(server, client, new URL(path, url()), pending.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      oauth.None(),
      parameters,
      `${url()}/callback`,
      pending.verifier,
      INSECURE,
    );
    const result = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: pending.nonce,
      requireIdToken: true,
    });
    claims = oauth.getValidatedIdTokenClaims(result);
    return `Hello, ${claims?.['cognito:username']}`;
  };
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    const html = (text: string) =>
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end(`<!doctype html><title>App</title><link rel="icon" href="data:,"><h1>${text}</h1>`);
    if (path.startsWith('/start')) {
      start(new URL(path, url()).search).then(
        (location) => response.writeHead(302, { location }).end(),
        (error: unknown) => html(String(error)),
      );
    } else if (path.startsWith('/callback')) {
      callback(path).then(html, (error: unknown) => html(String(error)));
    } else html('Signed out');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const url = () => `http://localhost:${(server.address() as AddressInfo).port}`;
  return { clientId, url: url(), claims: () => claims };
}

/** Starts Chromium for a test file. `open` makes a pool, two apps and a page for one test. */
export function useBrowser(): (options?: WorldOptions) => Promise<World> {
  let browser: Browser;
  let ends: (() => Promise<void>)[] = [];
  beforeAll(async () => {
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

  return async ({ pool: poolOptions, client } = {}) => {
    let endpoint = '';
    const userPoolId = 'local_Page1';
    const issuer = () => new URL(`${endpoint}/${userPoolId}`);
    const apps = [await serveApp('web', issuer, ends), await serveApp('other', issuer, ends)] as const;
    const pool = createUserPool({
      userPoolId,
      issuer: 'endpoint',
      users: [ALICE],
      ...poolOptions,
      clients: apps.map(({ clientId, url }) => ({
        clientId,
        explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
        callbackUrls: [`${url}/callback`],
        logoutUrls: [`${url}/`],
        allowedOAuthFlows: ['code'] as const,
        allowedOAuthScopes: ['openid', 'email'],
        ...client,
      })),
    });
    const listening = await pool.listen();
    ends.push(() => listening.close());
    endpoint = `http://localhost:${listening.port}`;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(STEP_MS);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      // Chromium writes each refusal of the pool, too
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
        problems.push(message.text());
    });
    ends.push(async () => {
      await context.close();
      expect(problems).toEqual([]);
    });
    return {
      pool,
      endpoint,
      apps,
      context,
      page,
      open: async (query = '') => {
        await page.goto(`${apps[0].url}/start${query}`);
        await page.waitForSelector('h1');
      },
    };
  };
}

/** Waits for the step with this heading. */
export const atStep = (page: Page, heading: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();

export async function signIn(page: Page, password = PASSWORD): Promise<void> {
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Waits until the app has exchanged its code. */
export const atApp = (page: Page, username = 'alice'): Promise<void> => atStep(page, `Hello, ${username}`);

export const lastCode = (pool: UserPool): string => pool.outbox.at(-1)?.code ?? 'none was sent';

/**
 * Checks what is shown with axe-core and at 320 pixels. With the variable `LOGIN_SCREENSHOTS` it writes pictures to that folder.
 */
export async function looksRight(page: Page, name: string): Promise<void> {
  expect(await accessibilityProblems(page)).toEqual([]);
  const folder = process.env['LOGIN_SCREENSHOTS'];
  if (folder === undefined) return;
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await page.screenshot({ path: `${folder}/${name}-phone.png`, fullPage: true });
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: null });
}
