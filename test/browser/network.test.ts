/** Slow, lost and repeated: the page shows work at once, can be cancelled, and never sends twice. */
import { fillCode, reach } from './challenge-cases.ts';
import { alertOf, atStep, PASSWORD, signInAs, useChromium, type World } from './world.ts';

const chromium = useChromium();
const users = [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4915100000008' } }];
const slowly = (world: World, delay: number, operation = 'RespondToAuthChallenge') =>
  world.pool.faults.add({ name: 'slow', delay, operation });

test('the button shows work at once, and a slow answer is told', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page } = world;
  slowly(world, 3600, 'InitiateAuth');
  await signInAs(page, 'alice');
  const button = page.getByRole('button', { name: 'Sign in', exact: true });
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  expect(await page.locator('form').getAttribute('aria-busy')).toBe('true');
  await page.getByText('This is taking longer than usual.').waitFor();
  await atStep(page, 'Check your phone');
});

test('work can be cancelled, and done after all', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page, pool } = world;
  slowly(world, 20_000, 'InitiateAuth');
  await signInAs(page, 'alice');
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(await alertOf(page)).toBe('Cancelled. You can try again.');
  expect(await page.locator('form').getAttribute('aria-busy')).toBeNull();
  pool.faults.clear();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await atStep(page, 'Check your phone');
});

test('pressing twice, and Enter besides, sends once', async () => {
  const world = await reach('SMS_MFA', chromium.open);
  const { page, endpoint } = world;
  const answers: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(endpoint) && request.method() === 'POST') answers.push(request.url());
  });
  slowly(world, 300);
  await fillCode(world);
  const button = page.getByRole('button', { name: 'Continue' });
  await button.dblclick();
  await button.click({ force: true });
  await page.keyboard.press('Enter');
  await atStep(page, 'Signed in');
  expect(answers).toHaveLength(1);
});

test('a lost connection is told, and the same form goes on when it is back', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page, pool } = world;
  pool.faults.add({ name: 'reset-before', operation: 'InitiateAuth' });
  await signInAs(page, 'alice');
  expect(await alertOf(page)).toBe(
    'The service could not be reached. Check your connection, then try again.',
  );
  expect(await page.getByLabel('Password', { exact: true }).inputValue()).toBe(PASSWORD);
  pool.faults.clear();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await atStep(page, 'Check your phone');
});

test('an answer that may have arrived is not sent again: the page offers to start again', async () => {
  const world = await reach('SMS_MFA', chromium.open);
  const { page, pool } = world;
  pool.faults.add({ name: 'reset-after', operation: 'RespondToAuthChallenge', nth: 1 });
  await fillCode(world);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').getByRole('button', { name: 'Start again' }).click();
  await atStep(page, 'Sign in');
  await signInAs(page, 'alice');
  await atStep(page, 'Check your phone');
});

test('offline shows on every screen, and goes when the network is back', async () => {
  const { page, context } = await chromium.open({ pool: { users } });
  await context.setOffline(true);
  await page.getByText('You are offline. What you enter is kept.').waitFor();
  for (const [button, heading] of [
    ['Create an account', 'Create an account'],
    ['Sign in', 'Sign in'],
    ['Forgot your password?', 'Reset your password'],
  ] as const) {
    await page.getByRole('button', { name: button, exact: true }).last().click();
    await atStep(page, heading);
  }
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  await page.getByRole('button', { name: 'Send a code' }).click();
  expect(await alertOf(page)).toContain('You are offline.');
  await context.setOffline(false);
  await page.locator('.offline:empty').waitFor({ state: 'attached' });
});

test('the network goes while an answer is awaited: the page says so', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page, context, pool } = world;
  slowly(world, 1500, 'InitiateAuth');
  await signInAs(page, 'alice');
  await context.setOffline(true);
  pool.faults.clear();
  pool.faults.add({ name: 'reset-before' });
  await page.getByRole('alert').getByText('You are offline.').waitFor();
});

test('who leaves a step ends its work', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page } = world;
  slowly(world, 1000, 'InitiateAuth');
  await signInAs(page, 'alice');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await atStep(page, 'Create an account');
  await page.waitForTimeout(1500);
  await atStep(page, 'Create an account');
});
