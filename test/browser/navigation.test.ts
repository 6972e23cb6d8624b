/** Going back and forward, several tabs, and the keyboard work as a user expects. */
import type { Page } from 'playwright-core';
import { atAccount, atStep, PASSWORD, signInAs, storageOf, useChromium } from '../support/login-page.ts';
import { fillCode, reach } from './challenge-cases.ts';

const chromium = useChromium();
const bob = { username: 'bob', password: PASSWORD, mfa: { sms: '+4915100000008' } };
const users = [{ username: 'alice', password: PASSWORD }, bob];

test('back leaves a challenge, forward returns to it', async () => {
  const world = await reach('SMS_MFA', chromium.open);
  const { page } = world;
  await page.goBack();
  await atStep(page, 'Sign in');
  await page.goForward();
  await atStep(page, 'Check your phone');
  await fillCode(world);
  await page.getByRole('button', { name: 'Continue' }).click();
  await atAccount(page);
});

test('back after signing in shows no form again', async () => {
  const world = await reach('SELECT_MFA_TYPE', chromium.open);
  const { page } = world;
  await page.getByRole('button', { name: 'E-mail A code to your mailbox' }).click();
  await atStep(page, 'Check your e-mail');
  await fillCode(world);
  await page.getByRole('button', { name: 'Continue' }).click();
  await atAccount(page);
  await page.goBack();
  await atAccount(page);
});

test('going back shows the screens in the order in which they came', async () => {
  const { page } = await chromium.open({ pool: { users } });
  await page.getByRole('button', { name: 'Create an account' }).click();
  await atStep(page, 'Create an account');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await atStep(page, 'Sign in');
  await page.goBack();
  await atStep(page, 'Create an account');
  await page.goBack();
  await atStep(page, 'Sign in');
});

test('an address of a step that is not under way leads to the sign-in', async () => {
  const { page, url } = await chromium.open({ pool: { users } });
  for (const hash of ['#challenge', '#signed-in', '#remember-device', '#nonsense', '#reset-password']) {
    await page.goto(`${url}/${hash}`);
    await page.reload();
    await atStep(page, 'Sign in');
  }
});

test('two tabs sign in two users, each at its own step, also over a reload', async () => {
  const world = await chromium.open({
    pool: { users: [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4915100000007' } }, bob] },
  });
  const { page, pool } = world;
  const other = await world.newTab();
  const codeOf = (name: string) => pool.outbox.filter(({ username }) => username === name).at(-1)?.code ?? '';
  const finish = async (tab: Page, username: string) => {
    await tab.getByLabel('Code', { exact: true }).fill(codeOf(username));
    await tab.getByRole('button', { name: 'Continue' }).click();
    await atAccount(tab, username);
  };
  await signInAs(page, 'bob');
  await atStep(page, 'Check your phone');
  await signInAs(other, 'alice');
  await atStep(other, 'Check your phone');
  for (const tab of [page, other]) {
    await tab.reload();
    await atStep(tab, 'Check your phone');
  }
  await finish(other, 'alice');
  await finish(page, 'bob');
  // One user is signed in at a time: the last one
  await atAccount(other, 'bob');
  const stored = await storageOf(page);
  expect(stored).toContain('CognitoIdentityServiceProvider.web.bob.accessToken');
  expect(stored).not.toContain('CognitoIdentityServiceProvider.web.alice.accessToken');
});

test('a code that is being typed stays while another user signs in in another tab', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page } = world;
  const other = await world.newTab();
  await signInAs(page, 'bob');
  await atStep(page, 'Check your phone');
  const code = page.getByLabel('Code', { exact: true });
  await code.fill('12');
  // The session reads the store for the last time 1.5 s after the message
  const heard = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        new BroadcastChannel('login-page.session').addEventListener('message', () => {
          setTimeout(resolve, 2000);
        });
      }),
  );
  await signInAs(other, 'alice');
  await atAccount(other);
  await heard;
  expect(await code.inputValue()).toBe('12');
});

test('a sign-in reaches the other tab, where the same user is at a step', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page, pool } = world;
  const other = await world.newTab();
  await signInAs(page, 'bob');
  await atStep(page, 'Check your phone');
  await signInAs(other, 'bob');
  await atStep(other, 'Check your phone');
  await other.getByLabel('Code', { exact: true }).fill(pool.outbox.at(-1)?.code ?? '');
  await other.getByRole('button', { name: 'Continue' }).click();
  await atAccount(other, 'bob');
  await atAccount(page, 'bob');
});

test('settings lead back to where the user was', async () => {
  const world = await reach('SMS_MFA', chromium.open);
  const { page, url } = world;
  const visit = async () => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await atStep(page, 'Settings');
    await page.getByRole('button', { name: 'Back' }).click();
  };
  await visit();
  await atStep(page, 'Check your phone');
  await fillCode(world);
  await page.getByRole('button', { name: 'Continue' }).click();
  await atAccount(page);
  await visit();
  await atAccount(page);
  // Opened by a link there is nothing to go back to
  await page.goto(`${url}/?#settings`);
  await atStep(page, 'Settings');
  await page.getByRole('button', { name: 'Back' }).click();
  await atAccount(page);
});

test('signing out in one tab signs out the other', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page } = world;
  await signInAs(page, 'alice');
  await atAccount(page);
  const other = await world.newTab();
  await atAccount(other);
  await other.getByRole('button', { name: 'Sign out', exact: true }).click();
  await atStep(other, 'Sign in');
  await atStep(page, 'Sign in');
});

test('the keyboard alone signs in', async () => {
  const { page, pool } = await chromium.open({ pool: { users } });
  await page.keyboard.type('bob');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await atStep(page, 'Check your phone');
  await page.keyboard.type(pool.outbox.at(-1)?.code ?? '');
  await page.keyboard.press('Enter');
  await atAccount(page, 'bob');
});
