/** What a screen reader says of the page, and the language in which the page speaks. */

import { LANGUAGES } from '../../login-page/language.ts';
import { accessibilityProblems } from '../browser/accessibility.ts';
import { fillCode, reach } from '../browser/challenge-cases.ts';
import { alertOf, atStep, PASSWORD, signInAs, textOf, useChromium } from '../support/login-page.ts';

const chromium = useChromium();
const alice = { username: 'alice', password: PASSWORD, attributes: { email: 'alice@example.com' } };

test('the form and its fields have names, and the name field has the focus when the page is opened', async () => {
  const { page } = await chromium.open({ pool: { users: [alice] } });
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-username');
  expect(await page.locator('main').ariaSnapshot()).toBe(
    `- main:
  - heading "Sign in" [level=1]
  - form "Sign in":
    - text: User name, e-mail or phone
    - textbox "User name, e-mail or phone"
    - paragraph
    - text: Password
    - textbox "Password"
    - button "Show password"
    - paragraph
    - button "Forgot your password?"
    - button "Sign in"
    - alert
    - status
    - paragraph: or
    - button "Sign in with a passkey"
    - button "Other ways to sign in"
  - text: New here?
  - button "Create an account"`,
  );
});

test('a heading above a field has no focus, and the form is described by what stands above it', async () => {
  const { page } = await reach('SMS_MFA', chromium.open);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('field-code');
  const described = await page.locator('form').getAttribute('aria-describedby');
  expect(await textOf(page.locator(`#${described}`))).toContain('We sent a code by text message');
  expect(await page.getByRole('form', { name: 'Check your phone' }).count()).toBe(1);
});

test('the field that is wrong is marked, and described by what is wrong with it', async () => {
  const world = await reach('SMS_MFA', chromium.open);
  const { page } = world;
  const field = page.getByLabel('Code', { exact: true });
  await field.fill('000000');
  await page.keyboard.press('Enter');
  await page.locator('form [role=alert] p').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  const ids = ((await field.getAttribute('aria-describedby')) ?? '').split(' ');
  const texts = await Promise.all(ids.map((id) => textOf(page.locator(`#${id}`))));
  expect(texts.join(' ')).toContain('That code is not right.');
  await fillCode(world);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /^Hello/ }).waitFor();
});

test('a new password that is refused is told what it lacks', async () => {
  const { page } = await reach('NEW_PASSWORD_REQUIRED', chromium.open);
  await page.getByLabel('First name').fill('Ann');
  await page.getByLabel('New password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Save and continue' }).click();
  expect(await alertOf(page)).toContain('does not meet the rules');
  await page.getByRole('alert').getByText('Still missing: at least 8 characters.').waitFor();
});

test('a user without a passkey is told why there is a choice', async () => {
  const { page } = await chromium.open({ pool: { users: [alice] } });
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await atStep(page, 'Choose how to sign in');
  await page.getByRole('status').getByText('This account cannot sign in with a passkey here.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('a code that was the first factor is sent again, and of another one the page says that it cannot', async () => {
  const world = await reach('SMS_OTP', chromium.open);
  const { page, pool } = world;
  const sent = pool.outbox.length;
  await page.getByRole('button', { name: 'Send a new code' }).click();
  await page.getByText('A new code is on its way.').waitFor();
  expect(pool.outbox.length).toBe(sent + 1);
  await fillCode(world);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { level: 1, name: /^Hello/ }).waitFor();
  const second = await reach('SMS_MFA', chromium.open);
  await second.page.getByText('To get a new code, start again.').waitFor();
  expect(await second.page.getByRole('button', { name: 'Send a new code' }).count()).toBe(0);
});

test('each language is chosen, is kept over a reload, and fits on a small phone', async () => {
  const { page } = await chromium.open({ pool: { users: [alice] } });
  const titles = new Set<string>();
  for (const language of LANGUAGES) {
    await page.locator('select.language').selectOption(language);
    await page.waitForFunction((lang) => document.documentElement.lang.startsWith(lang), language);
    titles.add(await textOf(page.locator('h1')));
    expect(await accessibilityProblems(page)).toEqual([]);
  }
  expect(titles.size).toBe(LANGUAGES.length);
  await page.reload();
  await page.waitForFunction(() => document.documentElement.lang === 'ja');
  await page.locator('select.language').selectOption('en');
  await signInAs(page, 'alice', 'wrong-horse');
  expect(await alertOf(page)).toContain('is not right');
  await page.locator('select.language').selectOption('de');
  await atStep(page, 'Anmelden');
});
