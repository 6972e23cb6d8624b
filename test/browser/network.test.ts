/** The page shows slow and lost work, lets the user cancel it, and does not send anything twice. */
import type { FaultRule } from '../../pool/src/index.ts';
import {
  alertOf,
  atAccount,
  atStep,
  PASSWORD,
  signInAs,
  useChromium,
  type World,
} from '../support/login-page.ts';
import { fillCode, reach } from './challenge-cases.ts';
import { hold } from './hold.ts';

const chromium = useChromium();
const users = [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4915100000008' } }];
const slowly = (world: World, delay: number, operation: FaultRule['operation'] = 'RespondToAuthChallenge') =>
  world.pool.faults.add({ name: 'slow', delay, operation });

test('the button shows work at once, and a slow answer is reported', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page, endpoint } = world;
  const held = await hold(page, endpoint, 'InitiateAuth');
  await signInAs(page, 'alice');
  await page.getByRole('button', { name: 'Signing in …', exact: true }).waitFor();
  // The other buttons of the form are quiet meanwhile
  expect(await page.locator('form :is(.primary, .secondary):not([aria-disabled])').count()).toBe(0);
  expect(await page.locator('form').getAttribute('aria-busy')).toBe('true');
  await page.getByText('This is taking longer than usual.').waitFor();
  held.release();
  await atStep(page, 'Check your phone');
});

test('cancelled work can be started again', async () => {
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
    const target = request.headers()['x-amz-target'] ?? '';
    if (request.url().startsWith(endpoint) && target.endsWith('.RespondToAuthChallenge'))
      answers.push(target);
  });
  slowly(world, 300);
  await fillCode(world);
  const button = page.locator('form .primary');
  await button.dblclick();
  await button.click({ force: true });
  await page.keyboard.press('Enter');
  await atAccount(page);
  expect(answers).toHaveLength(1);
});

test('a lost connection is reported, and the same form goes on when it is back', async () => {
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

test('the network goes while an answer is awaited: the page says so', async () => {
  const { page, context, endpoint } = await chromium.open({ pool: { users } });
  const held = await hold(page, endpoint, 'InitiateAuth');
  await signInAs(page, 'alice');
  await held.arrived;
  await context.setOffline(true);
  held.lose();
  await page.getByRole('alert').getByText('You are offline.').waitFor();
});

test('leaving a step ends its work', async () => {
  const { page, endpoint } = await chromium.open({ pool: { users } });
  const held = await hold(page, endpoint, 'InitiateAuth');
  await signInAs(page, 'alice');
  await held.arrived;
  const given = page.waitForEvent('requestfailed');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await atStep(page, 'Create an account');
  expect((await given).failure()?.errorText).toBe('net::ERR_ABORTED');
  held.release();
  // A sign-in that went on would lead away from here
  await page.getByLabel('User name').fill('nora');
  await page.getByLabel('Password', { exact: true }).fill('short');
  await atStep(page, 'Create an account');
});
