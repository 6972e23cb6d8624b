/** Chromium signs in to a pool on another origin than the page, and the address or the settings choose the pool. */
import type { Page } from 'playwright-core';
import {
  alertOf,
  aliceWithAliases as alice,
  atAccount,
  atStep,
  PASSWORD,
  signInAs,
  textOf,
  useChromium,
} from '../support/login-page.ts';
import { accessibilityProblems } from './accessibility.ts';

const chromium = useChromium();

test.each(['alice', 'alice@example.com', '+4915100000007'])('%s signs in', async (name) => {
  const { page } = await chromium.open({ pool: { users: [alice] } });
  expect(await accessibilityProblems(page)).toEqual([]);
  await signInAs(page, name);
  await atAccount(page);
  expect(await page.getByRole('heading', { level: 2, name: 'Your profile' }).count()).toBe(1);
  expect(await textOf(page.locator('.claims').first())).toContain('alice@example.com');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.reload();
  await atAccount(page);
});

test('the pool is on another origin than the page, and no request holds the password', async () => {
  const { page, endpoint, url } = await chromium.open({ pool: { users: [alice] } });
  const bodies: string[] = [];
  const origins = new Set<string>();
  page.on('request', (request) => {
    bodies.push(request.postData() ?? '');
    origins.add(new URL(request.url()).origin);
  });
  await signInAs(page, 'alice');
  await atAccount(page);
  expect(origins).toContain(new URL(endpoint).origin);
  expect(new URL(endpoint).origin).not.toBe(new URL(url).origin);
  expect(bodies.filter((body) => body.includes(PASSWORD))).toEqual([]);
});

test('a wrong password is announced, and the field asks for another', async () => {
  const { page } = await chromium.open({ pool: { users: [alice] } });
  await signInAs(page, 'alice', 'wrong-horse');
  expect(await alertOf(page)).toBe('The user name or password is not right. Check both and try again.');
  const password = page.getByLabel('Password', { exact: true });
  expect(await password.getAttribute('aria-invalid')).toBe('true');
  expect(await password.evaluate((input) => input === document.activeElement)).toBe(true);
  expect(await accessibilityProblems(page)).toEqual([]);
  await password.fill(PASSWORD);
  await page.keyboard.press('Enter');
  await atAccount(page);
});

test('a password that is shown is hidden again when it is sent, and the button says what it does', async () => {
  const { page } = await chromium.open({ pool: { users: [alice] } });
  const field = page.getByLabel('Password', { exact: true });
  await field.fill('wrong-horse');
  await page.getByRole('button', { name: 'Show password', exact: true }).click();
  expect(await field.getAttribute('type')).toBe('text');
  const hide = page.getByRole('button', { name: 'Hide password', exact: true });
  expect(await textOf(hide.locator('span').first())).toBe('Hide');
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  await page.keyboard.press('Enter');
  expect(await alertOf(page)).toContain('is not right');
  expect(await field.getAttribute('type')).toBe('password');
  await page.getByRole('button', { name: 'Show password', exact: true }).waitFor();
});

test('the regions for messages are rendered before there is a message', async () => {
  const { page } = await chromium.open({ pool: { users: [alice] } });
  const displays = (on: Page) =>
    on
      .locator('main :is([role=alert], [role=status]), .offline')
      .evaluateAll((regions) =>
        regions.map((region) => [region.textContent, getComputedStyle(region).display === 'none']),
      );
  const empty = await displays(page);
  expect(empty.length).toBeGreaterThanOrEqual(3);
  expect(empty.filter(([text, isHidden]) => text === '' && isHidden)).toEqual([]);
});

test('a missing value is reported at its field, and nothing is sent', async () => {
  const { page, endpoint } = await chromium.open({ pool: { users: [alice] } });
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().startsWith(endpoint)) sent.push(request.url());
  });
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  expect(await textOf(page.locator('#field-username-problem'))).toBe('Please fill this in.');
  expect(await page.locator('#field-username').evaluate((input) => input === document.activeElement)).toBe(
    true,
  );
  expect(sent).toEqual([]);
});

test('settings choose another pool by the address, without the local messages', async () => {
  const { page, url } = await chromium.open();
  await page.getByRole('button', { name: 'Settings' }).click();
  await atStep(page, 'Settings');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByLabel('User pool ID').fill('eu-west-1_AbCdEf123');
  await page.getByLabel('App client ID').fill('4h57kpqgh2sd8example');
  await page.getByLabel('Password sign-in').selectOption('USER_PASSWORD_AUTH');
  await page.getByRole('button', { name: 'Use this pool' }).click();
  await page.waitForURL(
    `${url}/?userPoolId=eu-west-1_AbCdEf123&clientId=4h57kpqgh2sd8example&flow=USER_PASSWORD_AUTH#sign-in`,
  );
  await page.getByText('eu-west-1_AbCdEf123').waitFor();
  expect(await page.getByRole('complementary').count()).toBe(0);
});

test('the settings refuse a user pool and an app client that cannot exist', async () => {
  const { page } = await chromium.open();
  await page.getByRole('button', { name: 'Settings' }).click();
  await atStep(page, 'Settings');
  await page.getByLabel('User pool ID').fill('foo');
  await page.getByLabel('App client ID').fill('a b');
  await page.getByRole('button', { name: 'Use this pool' }).click();
  for (const field of ['userPoolId', 'clientId']) {
    expect(await textOf(page.locator(`#field-${field}-problem`))).toBe('This does not look right.');
  }
  await atStep(page, 'Settings');
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('a pool in the address that cannot exist is reported, and an endpoint there is ignored', async () => {
  const { page, url } = await chromium.open();
  await page.goto(`${url}/?userPoolId=nonsense&clientId=web&endpoint=http://127.0.0.1:9`);
  await atStep(page, 'Sign in');
  await signInAs(page, 'alice');
  expect(await alertOf(page)).toContain('Check the settings.');
});
