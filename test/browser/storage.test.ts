/** The page works where the browser forbids storage, and keeps the texts of each pool apart. */
import type { LocalPool } from '../../examples/login-page/pools.ts';
import { createUserPool } from '../../pool/src/index.ts';
import { atAccount, atStep, idle, PASSWORD, signInAs, useChromium } from '../support/login-page.ts';
import { fillCode } from './challenge-cases.ts';

const chromium = useChromium();
const users = [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4915100000008' } }];

test.each(['localStorage', 'sessionStorage'] as const)('without %s the page signs in', async (name) => {
  const blocked = {
    localStorage: () => {
      Object.defineProperty(window, 'localStorage', {
        get: () => {
          throw new DOMException('Blocked', 'SecurityError');
        },
      });
    },
    sessionStorage: () => {
      Object.defineProperty(window, 'sessionStorage', {
        get: () => {
          throw new DOMException('Blocked', 'SecurityError');
        },
      });
    },
  };
  const world = await chromium.open({ pool: { users }, before: blocked[name] });
  const { page } = world;
  await signInAs(page, 'alice');
  await atStep(page, 'Check your phone');
  await fillCode(world);
  await page.getByRole('button', { name: 'Continue' }).click();
  await atAccount(page);
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await idle(page);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await atStep(page, 'Sign in');
  await page.getByText('You are signed out.').waitFor();
  expect(await page.getByLabel('User name, e-mail or phone').inputValue()).toBe('alice');
});

test('an error of something else is not explained as a passkey error', async () => {
  const { page } = await chromium.open({ pool: { users } });
  await page.evaluate(() => {
    window.fetch = () => {
      throw new DOMException('No', 'SecurityError');
    };
  });
  await signInAs(page, 'alice');
  const alert = page.getByRole('alert').locator('p');
  await alert.waitFor();
  expect(await alert.textContent()).not.toMatch(/passkey/i);
});

test('the name that was typed for one pool is not put in for another', async () => {
  const second = createUserPool({ userPoolId: 'local_Second1' });
  const other: LocalPool = {
    label: 'Second pool',
    userPoolId: second.userPoolId,
    clientId: 'web',
    endpoint: 'http://127.0.0.1:9',
    passwordPolicy: {},
    people: [],
  };
  const world = await chromium.open({ pool: { users }, morePools: [other] });
  const { page, url } = world;
  await signInAs(page, 'alice');
  await fillCode(world);
  await page.getByRole('button', { name: 'Continue' }).click();
  await atAccount(page);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await atStep(page, 'Sign in');
  const name = page.getByLabel('User name, e-mail or phone');
  expect(await name.inputValue()).toBe('alice');
  await page.goto(`${url}/?userPoolId=${other.userPoolId}`);
  expect(await name.inputValue()).toBe('');
});
