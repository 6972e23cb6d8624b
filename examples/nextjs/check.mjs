/**
 * Proves that the built example works: Chromium signs in through the local pool's login page, reloads, gets new tokens before a page
 * is drawn, calls the server action, and signs out. Run it after `next build`.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createUserPool } from 'cognito-local-pool';
import { chromium } from 'playwright-core';

const USER_POOL_ID = 'us-east-1_LocalPool';
const SECRET = 'a-secret-of-the-server';
const PASSWORD = 'Correct-Horse-9';

const port = await freePort();
const app = `http://localhost:${port}`;
const pool = createUserPool({
  userPoolId: USER_POOL_ID,
  clients: [
    {
      clientId: 'shop',
      clientSecret: SECRET,
      callbackUrls: [`${app}/auth/callback`],
      logoutUrls: [`${app}/`],
    },
  ],
  users: [
    {
      username: 'alice',
      password: PASSWORD,
      attributes: { name: 'Alice', email: 'alice@example.com', email_verified: 'true' },
    },
  ],
});
const listening = await pool.listen();
const endpoint = `http://localhost:${listening.port}`;
const server = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '--port', String(port)], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    ...process.env,
    APP_URL: app,
    COGNITO_USER_POOL_ID: USER_POOL_ID,
    COGNITO_CLIENT_ID: 'shop',
    COGNITO_CLIENT_SECRET: SECRET,
    COGNITO_DOMAIN: endpoint,
    COGNITO_ENDPOINT: endpoint,
  },
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH,
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await untilServed();
  await walk();
  console.log('The example works');
} finally {
  await browser.close();
  server.kill();
  await listening.close();
}

async function walk() {
  const context = await browser.newContext();
  const page = await context.newPage();
  const bodies = [];
  page.on('response', (response) => {
    if (response.url().startsWith(app)) bodies.push(response.text().catch(() => ''));
  });
  const at = (name) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
  const cookies = async () =>
    Object.fromEntries(
      (await context.cookies(app))
        .filter(({ name }) => name.startsWith('Cognito'))
        .map((cookie) => [cookie.name.split('.').at(-1), cookie]),
    );

  await page.goto(app);
  await at('Welcome');
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.locator('input[autocomplete~=username]').fill('alice');
  await page.locator('input[type=password]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await at('Hello, Alice');
  assert.equal(page.url(), `${app}/`);

  const first = await cookies();
  assert.deepEqual(Object.keys(first).sort(), [
    'LastAuthUser',
    'accessToken',
    'clockDrift',
    'idToken',
    'refreshToken',
    'tokenExpiry',
  ]);
  for (const { name, httpOnly, sameSite } of Object.values(first)) {
    assert.deepEqual([name, httpOnly, sameSite], [name, true, 'Lax']);
  }
  assert.equal(await page.evaluate(() => document.cookie), '');

  await page.reload();
  await at('Hello, Alice');
  assert.equal((await cookies()).accessToken.value, first.accessToken.value);

  // The access token counts as ended, so the proxy gets another one, and the page is drawn with it
  const { value } = first.tokenExpiry;
  await context.addCookies([{ ...first.tokenExpiry, value: value.replace(/^\d+/, String(Date.now())) }]);
  await page.reload();
  await at('Hello, Alice');
  const second = await cookies();
  assert.notEqual(second.accessToken.value, first.accessToken.value);
  assert.ok(second.accessToken.httpOnly);

  await page.getByLabel('Name').fill('Alice B.');
  await page.getByRole('button', { name: 'Change' }).click();
  await at('Hello, Alice B.');

  // A token that somebody else has made counts for nothing
  const [head, , signature] = second.accessToken.value.split('.');
  const claims = JSON.parse(Buffer.from(second.accessToken.value.split('.')[1], 'base64url'));
  const forged = Buffer.from(JSON.stringify({ ...claims, 'cognito:groups': ['admins'] })).toString(
    'base64url',
  );
  await context.addCookies([{ ...second.accessToken, value: `${head}.${forged}.${signature}` }]);
  await page.reload();
  await at('Welcome');
  await context.addCookies([second.accessToken]);
  await page.reload();
  await at('Hello, Alice B.');

  await page.getByRole('button', { name: 'Sign out' }).click();
  await at('Welcome');
  assert.deepEqual(await cookies(), {});
  await page.reload();
  await at('Welcome');
  // The login page asks again
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.locator('input[type=password]').waitFor();

  const texts = await Promise.all(bodies);
  assert.ok(texts.filter((text) => text.includes('Hello, ')).length >= 3);
  // Each token begins with {"
  assert.deepEqual(
    texts.filter((text) => /eyJ[\w-]+\./.test(text)),
    [],
  );
}

async function untilServed() {
  for (let tries = 0; tries < 100; tries++) {
    const response = await fetch(app).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('The example was not served');
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
