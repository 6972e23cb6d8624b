/** Without a network every step says so, keeps what was entered, and goes on afterwards. */
import type { Page } from 'playwright-core';
import {
  alertOf,
  atAccount,
  atStep,
  PASSWORD,
  signInAs,
  storageOf,
  textOf,
  useChromium,
  type World,
} from '../support/login-page.ts';
import { appCode, fillCode, reach, shownSecret } from './challenge-cases.ts';
import { hold } from './hold.ts';

const chromium = useChromium();
const alice = {
  username: 'alice',
  password: PASSWORD,
  attributes: { email: 'alice@example.com', email_verified: 'true' },
};
const devices = { challengeRequiredOnNewDevice: true, onlyRememberedOnUserPrompt: true };
const KEPT = 'You are offline. What you entered is kept: try again when you are back.';
const NOTHING_ENTERED = 'You are offline. Try again when you are back.';

/** Presses a button offline, reads what is said, and presses it again with the network back. */
async function pressOffline({ page, context }: World, name: string, said: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await context.setOffline(true);
  await page.locator('.offline', { hasText: 'You are offline.' }).waitFor();
  await button.click();
  expect(await alertOf(page)).toBe(said);
  await context.setOffline(false);
  await page.locator('.offline:empty').waitFor({ state: 'attached' });
  await button.click();
}

test('signing up and confirming go on after an outage', async () => {
  const world = await chromium.open({ pool: {} });
  const { page } = world;
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByLabel('User name').fill('nora');
  await page.getByLabel('First name').fill('Nora');
  await page.getByLabel('E-mail').fill('nora@example.com');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await pressOffline(world, 'Create account', KEPT);
  await atStep(page, 'Confirm your account');
  await fillCode(world);
  await pressOffline(world, 'Confirm', KEPT);
  await atAccount(page, 'nora');
});

test('resetting a password goes on after an outage', async () => {
  const world = await chromium.open({ pool: { users: [alice] } });
  const { page, secrets } = world;
  secrets.add('Another-Horse-10');
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  await page.getByRole('button', { name: 'Forgot your password?' }).click();
  await pressOffline(world, 'Send a code', KEPT);
  await atStep(page, 'Choose a new password');
  await fillCode(world);
  await page.getByLabel('New password', { exact: true }).fill('Another-Horse-10');
  await pressOffline(world, 'Save and sign in', KEPT);
  await atAccount(page);
});

test('the question about the device goes on after an outage', async () => {
  const world = await chromium.open({ pool: { users: [alice], devices } });
  await signInAs(world.page, 'alice');
  await atStep(world.page, 'Remember this device?');
  await pressOffline(world, 'Yes, remember it This is my own device', NOTHING_ENTERED);
  await atAccount(world.page);
});

test('the QR code is shown after an outage', async () => {
  const world = await reach('MFA_SETUP', chromium.open);
  const { page, context } = world;
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Authenticator app' }).click();
  await atStep(page, 'Set up your authenticator app');
  expect(await textOf(page.locator('.secret [role=alert]'))).toBe(NOTHING_ENTERED);
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Show the QR code' }).click();
  await page.locator('.secret-code').waitFor();
  await page.getByLabel('Code from the app').fill(appCode(await shownSecret(page)));
  await pressOffline(world, 'Finish', KEPT);
  await atAccount(page);
});

const partOf = (page: Page, title: string) => page.locator(`section[aria-label="${title}"]`);

test('the actions of a signed-in user go on after an outage', async () => {
  const world = await chromium.open({ pool: { users: [alice], devices } });
  const { page, context } = world;
  await signInAs(page, 'alice');
  await page.getByRole('button', { name: 'Yes, remember it' }).click();
  await atAccount(page);
  await page.getByText('Last used').waitFor();
  await context.setOffline(true);
  for (const [title, button] of [
    ['Claims of your ID token', 'Refresh now'],
    ['Chrome on Linux (this device)', 'Forget'],
    ['Passkeys', 'Add a passkey'],
    ['Sign out', 'Sign out everywhere'],
  ] as const) {
    await page.getByRole('button', { name: button }).click();
    const said = partOf(page, title).locator(':scope > .message-place > [role=alert]');
    expect([button, await textOf(said)]).toEqual([button, NOTHING_ENTERED]);
  }
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Forget' }).click();
  await page.getByText('No device is remembered.').waitFor();
});

test('signing out works, and the service is told when the network is back', async () => {
  const world = await chromium.open({ pool: { users: [alice] } });
  const { page, context, endpoint } = world;
  await signInAs(page, 'alice');
  await atAccount(page);
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await atStep(page, 'Sign in');
  await page.getByText('Leave this page open: the service is told').waitFor();
  expect(await storageOf(page)).not.toMatch(/eyJ[\w-]+\./);
  const revoking = page.waitForResponse(
    async (response) =>
      response.url().startsWith(endpoint) &&
      (await response.request().allHeaders())['x-amz-target']?.endsWith('.RevokeToken') === true,
  );
  await context.setOffline(false);
  expect((await revoking).status()).toBe(200);
});

test('signing out works where the service does not answer, and says that it was not told', async () => {
  const { page, endpoint } = await chromium.open({ pool: { users: [alice] } });
  await signInAs(page, 'alice');
  await atAccount(page);
  const held = await hold(page, endpoint, 'RevokeToken');
  held.lose();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await atStep(page, 'Sign in');
  await page.getByText('The service could not be told').waitFor();
  expect(await storageOf(page)).not.toMatch(/eyJ[\w-]+\./);
});
