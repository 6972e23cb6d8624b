/**
 * Proves that the built example works: Chromium signs in with a second factor, reloads, gets new tokens before a page is drawn, changes
 * the user's name, and signs out; once with scripts, and once without. Run it after `vite build`.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createUserPool } from 'cognito-local-pool';
import { chromium } from 'playwright-core';

const USER_POOL_ID = 'us-east-1_LocalPool';
const SECRET = 'a-secret-of-the-server';
const PASSWORD = 'Correct-Horse-9';

const pool = createUserPool({
  userPoolId: USER_POOL_ID,
  clients: [{ clientId: 'shop', clientSecret: SECRET }],
  users: [
    {
      username: 'alice',
      password: PASSWORD,
      attributes: { name: 'Alice', email: 'alice@example.com', email_verified: 'true' },
      mfa: { email: true },
    },
  ],
});
const listening = await pool.listen();
const port = await freePort();
const app = `http://localhost:${port}`;
const server = spawn(process.execPath, ['build'], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: {
    ...process.env,
    PORT: String(port),
    ORIGIN: app,
    COGNITO_USER_POOL_ID: USER_POOL_ID,
    COGNITO_CLIENT_ID: 'shop',
    COGNITO_CLIENT_SECRET: SECRET,
    COGNITO_ENDPOINT: listening.endpoint,
  },
});
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH,
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  await untilServed();
  await walk('Alice B.', { javaScriptEnabled: true });
  await walk('Alice C.', { javaScriptEnabled: false });
  console.log('The example works');
} finally {
  await browser.close();
  server.kill();
  await listening.close();
}

async function walk(name, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const bodies = [];
  page.on('response', (response) => bodies.push(response.text().catch(() => '')));
  const at = (heading) => page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
  const fill = async (fields) => {
    for (const [label, value] of Object.entries(fields)) await page.getByLabel(label).fill(value);
  };
  const press = (label) => page.getByRole('button', { name: label, exact: true }).click();
  const cookies = async () =>
    Object.fromEntries((await context.cookies(app)).map((cookie) => [cookie.name.split('.').at(-1), cookie]));

  await page.goto(app, { waitUntil: 'networkidle' });
  await at('Sign in');
  await fill({ 'User name': 'alice', Password: 'wrong' });
  await press('Continue');
  await page.getByRole('alert').filter({ hasText: 'The user name or password is not right' }).waitFor();
  await fill({ 'User name': 'alice', Password: PASSWORD });
  await press('Continue');
  await at('Enter your code');
  await fill({ Code: '000000' });
  await press('Continue');
  await page.getByRole('alert').filter({ hasText: 'That code is not right' }).waitFor();
  await fill({ Code: pool.outbox.at(-1).code });
  await press('Continue');
  await page.getByRole('heading', { name: /^Hello, Alice/ }).waitFor();

  const first = await cookies();
  assert.ok(first.accessToken && first.refreshToken && !first.challenge);
  for (const cookie of Object.values(first)) assert.ok(cookie.httpOnly, cookie.name);
  const ended = first.tokenExpiry.value.replace(/^\d+/, String(Date.now()));
  await context.addCookies([{ ...first.tokenExpiry, value: ended }]);
  await page.reload({ waitUntil: 'networkidle' });
  await page.getByRole('heading', { name: /^Hello, Alice/ }).waitFor();
  assert.notEqual((await cookies()).accessToken.value, first.accessToken.value);

  await fill({ Name: name });
  await press('Change');
  await at(`Hello, ${name}`);
  await press('Sign out');
  await at('Sign in');
  assert.deepEqual(await cookies(), {});

  const texts = await Promise.all(bodies);
  assert.ok(texts.some((text) => text.includes('Alice')));
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
      const { port: free } = probe.address();
      probe.close(() => resolve(free));
    });
  });
}
