/** The panel beside the page shows the messages of the user who signs in, and offers users and pools to try. */
import type { Page } from 'playwright-core';
import { createUserPool } from '../../pool/src/index.ts';
import { resendConfirmationCode } from '../../src/index.ts';
import {
  aliceWithAliases as alice,
  atAccount,
  atStep,
  PASSWORD,
  signInAs,
  textOf,
  useChromium,
} from '../support/login-page.ts';

const chromium = useChromium();

const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Local pool' });
const bob = { username: 'bob', password: PASSWORD, mfa: { sms: '+4915100000008' } };

test('the panel is marked as local, and has the messages of the user at hand alone', async () => {
  const world = await chromium.open({ pool: { users: [alice, bob] } });
  const { page, pool } = world;
  const panel = panelOf(page);
  expect(await textOf(panel)).toContain('only on this machine');
  const other = await world.newTab();
  await other.getByLabel('User name, e-mail or phone').fill('alice@example.com');
  await other.getByRole('button', { name: 'Forgot your password?' }).click();
  await other.getByRole('button', { name: 'Send a code' }).click();
  await panelOf(other).getByText('to alice@example.com').waitFor();
  await signInAs(page, 'bob');
  await atStep(page, 'Check your phone');
  await panel.getByText('Text message to +4915100000008').waitFor();
  expect(await panel.locator('.messages li').count()).toBe(1);
  const code = pool.outbox.at(-1)?.code ?? '';
  await panel.getByRole('button', { name: `Fill in code ${code}` }).click();
  const field = page.getByLabel('Code', { exact: true });
  expect(await field.inputValue()).toBe(code);
  expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
});

test('the panel keeps the focus where it is when another message comes', async () => {
  const { page, pool } = await chromium.open({ pool: { users: [{ ...alice, status: 'UNCONFIRMED' }] } });
  const chips = panelOf(page).locator('.messages .chip');
  await signInAs(page, 'alice');
  await atStep(page, 'Confirm your account');
  await page.getByRole('button', { name: 'Send a new code' }).click();
  await chips.first().waitFor();
  await chips.first().focus();
  const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
  await resendConfirmationCode(client, { username: 'alice' }, { fetch: pool.fetch });
  await chips.nth(1).waitFor();
  expect(await chips.nth(1).evaluate((chip) => chip === document.activeElement)).toBe(true);
});

test('the panel has the code of an authenticator app that is being set up: nobody needs a phone', async () => {
  const { page } = await chromium.open({
    // A user with a phone number is asked for its code
    pool: {
      users: [{ username: 'alice', password: PASSWORD }],
      mfa: 'ON',
      allowedFirstAuthFactors: ['PASSWORD'],
    },
  });
  await signInAs(page, 'alice');
  await page.getByRole('button', { name: 'Authenticator app' }).click();
  await page.locator('.secret-code').waitFor();
  await panelOf(page).getByText('The app being set up').waitFor();
  await panelOf(page).locator('.authenticators .chip').click();
  await page.getByRole('button', { name: 'Finish' }).click();
  await atAccount(page);
});

test('the panel leads to the other pools, as the settings do', async () => {
  const second = createUserPool({
    userPoolId: 'local_Strict1',
    mfa: 'ON',
    users: [{ username: 'frank', password: PASSWORD }],
  });
  const listening = await second.listen();
  try {
    const { page } = await chromium.open({
      pool: { users: [alice] },
      morePools: [
        {
          label: 'Strict pool',
          userPoolId: second.userPoolId,
          clientId: 'web',
          endpoint: listening.endpoint,
          passwordPolicy: {},
          people: [],
        },
      ],
    });
    expect(await panelOf(page).getByRole('link', { name: 'Strict pool' }).getAttribute('href')).toBe(
      '?userPoolId=local_Strict1',
    );
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('main').getByRole('link', { name: 'Strict pool' }).click();
    await page.waitForURL(/userPoolId=local_Strict1/);
    await signInAs(page, 'frank');
    await page.getByRole('heading', { level: 1, name: /Protect your account|Set up/ }).waitFor();
  } finally {
    await listening.close();
  }
});
