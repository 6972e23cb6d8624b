/** A browser that was signed in through the API opens the login page signed in. */
import { chromium } from 'playwright-core';
import { signedInState } from '../../examples/playwright-signed-in/signed-in-state.ts';
import { createUserPool } from '../../pool/src/index.ts';
import { CHROMIUM_ARGUMENTS, findBrowser } from '../../scripts/browser.mjs';
import { atAccount, builtPage, PASSWORD, serve } from '../support/login-page.ts';

test('the app is entered without its form', async () => {
  const alice = { username: 'alice', password: PASSWORD };
  const pool = createUserPool({ users: [alice] });
  const listening = await pool.listen();
  const served = await serve(await builtPage(), pool, listening.endpoint, {});
  const browser = await chromium.launch({
    executablePath: await findBrowser('chromium'),
    args: CHROMIUM_ARGUMENTS,
  });
  try {
    const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: listening.endpoint };
    const storageState = await signedInState(client, alice, served.url);
    const page = await (await browser.newContext({ storageState })).newPage();
    await page.goto(served.url);
    await atAccount(page);
    await page.getByText('Hello, alice').waitFor();
  } finally {
    await browser.close();
    await served.close();
    await listening.close();
  }
}, 600_000);
