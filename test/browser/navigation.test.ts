/** Back, forward, tabs, the keyboard alone. */
import { fillCode, reach } from './challenge-cases.ts';
import { atStep, PASSWORD, signInAs, useChromium } from './world.ts';

const chromium = useChromium();
const users = [
  { username: 'alice', password: PASSWORD },
  { username: 'bob', password: PASSWORD, mfa: { sms: '+4915100000008' } },
];

test('back leaves a challenge, forward returns to it', async () => {
  const world = await reach('SMS_MFA', chromium.open);
  const { page } = world;
  await page.goBack();
  await atStep(page, 'Sign in');
  await page.goForward();
  await atStep(page, 'Check your phone');
  await fillCode(world);
  await page.getByRole('button', { name: 'Continue' }).click();
  await atStep(page, 'Signed in');
});

test('back after signing in shows no form again', async () => {
  const world = await reach('SELECT_MFA_TYPE', chromium.open);
  const { page } = world;
  await page.getByRole('button', { name: 'E-mail A code to your mailbox' }).click();
  await atStep(page, 'Check your e-mail');
  await fillCode(world);
  await page.getByRole('button', { name: 'Continue' }).click();
  await atStep(page, 'Signed in');
  await page.goBack();
  await atStep(page, 'Signed in');
});

test('back goes through the screens as they came', async () => {
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

test('two tabs sign in two users at their own steps, and a sign-in reaches the other tab', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page, pool } = world;
  const other = await world.newTab();
  await signInAs(page, 'bob');
  await atStep(page, 'Check your phone');
  await signInAs(other, 'bob');
  await atStep(other, 'Check your phone');
  const [first, second] = pool.outbox.map(({ code }) => code);
  await other.getByLabel('Code', { exact: true }).fill(second ?? '');
  await page.getByLabel('Code', { exact: true }).fill(first ?? '');
  await other.getByRole('button', { name: 'Continue' }).click();
  await atStep(other, 'Signed in');
  await atStep(page, 'Signed in');
});

test('signing out in one tab signs out the other', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page } = world;
  await signInAs(page, 'alice');
  await atStep(page, 'Signed in');
  const other = await world.newTab();
  await atStep(other, 'Signed in');
  await other.getByRole('button', { name: 'Sign out', exact: true }).click();
  await atStep(other, 'Sign in');
  await atStep(page, 'Sign in');
});

test('the keyboard alone signs in', async () => {
  const { page, pool } = await chromium.open({ pool: { users } });
  await page.keyboard.press('Tab');
  await page.keyboard.type('bob');
  await page.keyboard.press('Tab');
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await atStep(page, 'Check your phone');
  await page.keyboard.press('Tab');
  await page.keyboard.type(pool.outbox.at(-1)?.code ?? '');
  await page.keyboard.press('Enter');
  await atStep(page, 'Signed in');
});
