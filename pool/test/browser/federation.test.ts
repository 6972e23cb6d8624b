/** Chromium signs in to the built pool through the stand-in identity provider: app → pool → provider → pool → app. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createUserPool } from 'cognito-local-pool';
import * as oauth from 'oauth4webapi';
import { type Browser, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, findBrowser } from '../../../scripts/browser.mjs';
import { sendRequest } from '../../../test/support/pool-calls.ts';
import { SIGNED } from '../admin-calls.ts';
import { startStandIn } from '../federation/stand-in.ts';
import { CLIENT, oidcProvider, PROVIDER_NAME } from '../federation/world.ts';

const INSECURE = { [oauth.allowInsecureRequests]: true };

let browser: Browser;
const ends: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: await findBrowser('chromium'),
    args: CHROMIUM_ARGUMENTS,
    timeout: 60_000,
  });
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});
afterAll(() => browser?.close());

/** An app with a server of its own. Its /start begins a sign-in by code and PKCE, and its /callback ends it. */
async function serveApp(issuerOf: () => URL) {
  const client = { client_id: CLIENT.ClientId };
  let pending = { verifier: '', state: '', nonce: '' };
  const discover = async () =>
    oauth.processDiscoveryResponse(issuerOf(), await oauth.discoveryRequest(issuerOf(), INSECURE));
  const begin = async (): Promise<string> => {
    pending = {
      verifier: oauth.generateRandomCodeVerifier(),
      state: oauth.generateRandomState(),
      nonce: oauth.generateRandomNonce(),
    };
    const url = new URL((await discover()).authorization_endpoint ?? '');
    url.search = new URLSearchParams({
      client_id: CLIENT.ClientId,
      response_type: 'code',
      redirect_uri: `${app.url}/callback`,
      scope: 'openid email',
      identity_provider: PROVIDER_NAME,
      state: pending.state,
      nonce: pending.nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
      code_challenge_method: 'S256',
    }).toString();
    return url.href;
  };
  const finish = async (url: URL): Promise<oauth.IDToken | undefined> => {
    const pool = await discover();
    const response = await oauth.authorizationCodeGrantRequest(
      pool,
      client,
      oauth.None(),
      oauth.validateAuthResponse(pool, client, url, pending.state),
      `${app.url}/callback`,
      pending.verifier,
      INSECURE,
    );
    const checks = { expectedNonce: pending.nonce, requireIdToken: true };
    const result = await oauth.processAuthorizationCodeResponse(pool, client, response, checks);
    return oauth.getValidatedIdTokenClaims(result);
  };
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', app.url);
    try {
      if (url.pathname === '/start') {
        response.writeHead(302, { location: await begin() }).end();
        return;
      }
      if (url.pathname === '/callback') app.claims = await finish(url);
      response.setHeader('content-type', 'text/html');
      response.end(`<h1>Hello, ${app.claims?.['cognito:username']}</h1>`);
    } catch (error) {
      const { error: code } = Object(error);
      response.setHeader('content-type', 'text/html');
      response.end(`<h1>Not signed in: ${String(code ?? error)}</h1>`);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  ends.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const app: { readonly url: string; claims?: oauth.IDToken | undefined } = {
    // It listens on a port, so its address is not a path
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
  };
  return app;
}

/** The app, the pool with the provider that CreateIdentityProvider makes, and a page of a new browser. */
async function open() {
  const issuer: { url?: URL } = {};
  const app = await serveApp(() => issuer.url ?? new URL('http://localhost/'));
  const pool = createUserPool({
    issuer: 'endpoint',
    clients: [{ ...CLIENT, CallbackURLs: [`${app.url}/callback`] }],
  });
  const listening = await pool.listen();
  ends.push(() => listening.close());
  const endpoint = listening.endpoint.replace('127.0.0.1', 'localhost');
  issuer.url = new URL(`${endpoint}/${pool.userPoolId}`);
  const standIn = await startStandIn([`${endpoint}/oauth2/idpresponse`], {
    'Alice-1': { email: 'alice@example.com', email_verified: true },
  });
  ends.push(() => standIn.end());
  const input = { UserPoolId: pool.userPoolId, ...oidcProvider(standIn.issuer) };
  expect((await sendRequest(pool, 'CreateIdentityProvider', input, SIGNED)).status).toBe(200);
  const context = await browser.newContext();
  ends.push(() => context.close());
  const page = await context.newPage();
  return { app, pool, page, endpoint, standIn };
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();

test('the app gets the user of the provider, and the next time there is no page in between', async () => {
  const { app, page, standIn, endpoint } = await open();
  const visited: string[] = [];
  page.on('framenavigated', (frame) => visited.push(new URL(frame.url()).origin));
  await page.goto(`${app.url}/start`);
  await heading(page, 'Sign in');
  expect(visited).toEqual([standIn.issuer]);
  await page.getByRole('button', { name: 'Continue as Alice-1' }).click();
  await heading(page, `Hello, ${PROVIDER_NAME}_Alice-1`);
  expect(app.claims).toMatchObject({
    iss: expect.stringContaining(endpoint),
    email: 'alice@example.com',
    email_verified: true,
    identities: [{ userId: 'Alice-1', providerName: PROVIDER_NAME }],
  });
  await page.goto(`${app.url}/start`);
  await heading(page, `Hello, ${PROVIDER_NAME}_Alice-1`);
  expect(visited).toEqual([standIn.issuer, app.url, app.url]);
});

test('the app is told that the user has cancelled', async () => {
  const { app, pool, page } = await open();
  await page.goto(`${app.url}/start`);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await heading(page, 'Not signed in: access_denied');
  expect(pool.users.all()).toEqual([]);
});
