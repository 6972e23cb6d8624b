/** Every challenge is shown, is accessible, survives a reload and an outage, and is answered. */
import type { ChallengeName } from '../../src/index.ts';
import {
  alertOf,
  atAccount,
  atStep,
  PASSWORD,
  signInAs,
  storageOf,
  textOf,
  useChromium,
} from '../support/login-page.ts';
import { accessibilityProblems } from './accessibility.ts';
import { appCode, fillCode, onTheWire, reach, SCREEN_CASES, shownSecret } from './challenge-cases.ts';

const chromium = useChromium();
/** A JWT or JWE. By their dots: the letters alone stand in one random Session out of a hundred. */
const TOKEN = /eyJ[\w-]+\./;
const NAMES = Object.keys(SCREEN_CASES) as ChallengeName[];

describe.each(NAMES)('%s', (name) => {
  const { heading, fill, button, next = 'Hello, alice' } = SCREEN_CASES[name];

  test('is accessible, survives a reload and being offline, and is answered', async () => {
    const world = await reach(name, chromium.open);
    const { page, context } = world;
    const send = page.getByRole('button', { name: button, exact: true });

    const [first = page.locator('h1')] = await page.locator('form .field input').all();
    expect(await first.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(new URL(page.url()).hash).toBe('#challenge');

    await page.reload();
    await atStep(page, heading);
    expect(await storageOf(page)).not.toContain(PASSWORD);
    expect(await storageOf(page)).not.toMatch(TOKEN);

    await fill?.(world);
    if (name !== 'MFA_SETUP') {
      await context.setOffline(true);
      await send.click();
      expect(await alertOf(page)).toContain('You are offline.');
      await context.setOffline(false);
    }
    await send.click();
    await atStep(page, next);
  });
});

test('an authenticator app is set up by the secret, which a reload replaces', async () => {
  const { page, pool } = await reach('MFA_SETUP', chromium.open);
  await page.getByRole('button', { name: 'Authenticator app' }).click();
  await atStep(page, 'Set up your authenticator app');
  await page.getByRole('img', { name: /^QR code/ }).waitFor();
  expect(await page.locator('.qr').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(
    0,
  );
  const secret = await shownSecret(page);
  expect(await storageOf(page)).not.toContain(secret);
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.reload();
  await atStep(page, 'Protect your account');
  await page.getByRole('button', { name: 'Authenticator app' }).click();
  await page.locator('.secret-code').waitFor();
  const second = await shownSecret(page);
  expect(second).not.toBe(secret);

  await page.getByLabel('Code from the app').fill('000000');
  await page.getByRole('button', { name: 'Finish' }).click();
  expect(await alertOf(page)).toBe('That code is not right. Check it and enter it again.');
  await page.getByLabel('Code from the app').fill(appCode(second));
  await page.getByLabel('Name of this app or phone').fill('Phone');
  await page.getByRole('button', { name: 'Finish' }).click();
  await atAccount(page);
  expect(pool.users.find('alice')?.softwareToken?.friendlyName).toBe('Phone');
});

test('a set-up of text messages alone says that an administrator has to act', async () => {
  const { options, reach: go } = SCREEN_CASES.MFA_SETUP;
  const world = await chromium.open(options);
  const { page } = world;
  const offer = (body: string) => body.replace(/("MFAS_CAN_SETUP":)"[^\]]*\]"/, '$1"[\\"SMS_MFA\\"]"');
  await onTheWire((body) => body, offer)(world);
  await go(page);
  await atStep(page, 'Ask for help');
  expect(await textOf(page.locator('.lead'))).toContain('Ask the person who looks after your account');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign in again' }).click();
  await atStep(page, 'Sign in');
});

test.each([
  [['FACE_OTP'], 'Ask for help', 'Ask the person who looks after your account to do it. Then sign in again.'],
  [
    ['FACE_OTP', 'EMAIL_OTP'],
    'Protect your account',
    'For FACE_OTP, ask the person who looks after your account.',
  ],
])(
  'a set-up of %j, of which FACE_OTP is newer than the page, says what the user can do',
  async (names, heading, text) => {
    const { options, reach: go } = SCREEN_CASES.MFA_SETUP;
    const world = await chromium.open(options);
    const { page } = world;
    const offered = JSON.stringify(JSON.stringify(names));
    const offer = (body: string) => body.replace(/("MFAS_CAN_SETUP":)"[^\]]*\]"/, `$1${offered}`);
    await onTheWire((body) => body, offer)(world);
    await go(page);
    await atStep(page, heading);
    expect(await textOf(page.locator('.lead'))).toContain(text);
    expect(await accessibilityProblems(page)).toEqual([]);
  },
);

test.each([
  ['second', 'SELECT_MFA_TYPE', '\\"EMAIL_OTP\\"', '\\"FACE_OTP\\"'],
  ['first', 'SELECT_CHALLENGE', ',"EMAIL_OTP"', ',"FACE_OTP"'],
] as const)(
  'a %s factor that is newer than the page is shown and chosen in %s',
  async (_, name, inPool, outside) => {
    const { options, reach: go, heading } = SCREEN_CASES[name];
    const world = await chromium.open(options);
    const { page } = world;
    const rename = (from: string, to: string) => (body: string) => body.replace(from, to);
    // The pool knows EMAIL_OTP by its own name, and the page by another one
    await onTheWire(rename('"ANSWER":"FACE_OTP"', '"ANSWER":"EMAIL_OTP"'), rename(inPool, outside))(world);
    await go(page);
    await atStep(page, heading);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'FACE_OTP' }).click();
    await atStep(page, 'Check your e-mail');
  },
);

test('e-mail is set up as second factor', async () => {
  const world = await reach('MFA_SETUP', chromium.open);
  const { page } = world;
  await page.getByRole('button', { name: 'E-mail' }).click();
  await atStep(page, 'Your e-mail address');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByLabel('E-mail', { exact: true }).fill('alice@example.com');
  await page.getByRole('button', { name: 'Send a code' }).click();
  await atStep(page, 'Check your e-mail');
  await fillCode(world);
  await page.getByRole('button', { name: 'Continue' }).click();
  await atAccount(page);
});

test('a wrong code is announced and can be entered again', async () => {
  const world = await reach('SMS_MFA', chromium.open);
  const { page } = world;
  await page.getByLabel('Code', { exact: true }).fill('000000');
  await page.getByRole('button', { name: 'Continue' }).click();
  expect(await alertOf(page)).toBe('That code is not right. Check it and enter it again.');
  expect(await page.locator('#field-code').evaluate((input) => input === document.activeElement)).toBe(true);
  expect(await accessibilityProblems(page)).toEqual([]);
  await fillCode(world);
  await page.keyboard.press('Enter');
  await atAccount(page);
});

test.each([
  ['CUSTOM_CHALLENGE', 'One more question'],
  ['UNKNOWN', 'One more step'],
] as const)('a wrong answer to %s is asked again, and said to be wrong', async (name, heading) => {
  const { page } = await reach(name, chromium.open);
  expect(await textOf(page.locator('.lead'))).toContain('The colour of the sky?');
  await page.getByLabel('Your answer').fill('green');
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
  await page.getByText('That was not right. Try again.').waitFor();
  expect(await alertOf(page)).toBe('That was not right. Try again.');
  await atStep(page, heading);
  expect(await page.getByLabel('Your answer').inputValue()).toBe('');
});

test('the last wrong answer ends the sign-in, and the message does not speak of a password', async () => {
  const { page } = await reach('CUSTOM_CHALLENGE', chromium.open);
  const over = page.getByText('The answer was not right, and this sign-in is over.');
  const again = page.getByText('That was not right. Try again.');
  for (let answers = 0; answers < 8 && !(await over.isVisible()); answers++) {
    await page.getByLabel('Your answer').fill(`green ${answers}`);
    await page.getByRole('button', { name: 'Answer', exact: true }).click();
    await page.waitForFunction(
      (typed) =>
        document.querySelector<HTMLInputElement>('#field-answer')?.value !== typed ||
        document.querySelector('[role=alert]')?.textContent?.includes('is over'),
      `green ${answers}`,
    );
    await over.or(again).first().waitFor();
  }
  await over.waitFor();
  await page.getByRole('alert').getByRole('button', { name: 'Start again' }).click();
  await atStep(page, 'Sign in');
});

test('a password that breaks the policy is refused with the rules in view', async () => {
  const { page } = await reach('NEW_PASSWORD_REQUIRED', chromium.open);
  await page.getByLabel('First name').fill('Ann');
  await page.getByLabel('New password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Save and continue' }).click();
  expect(await alertOf(page)).toContain('does not meet the rules');
});

test('a sign-in that was left too long begins again, with the reason', async () => {
  const { page } = await reach('SMS_MFA', chromium.open);
  await page.clock.install({ time: Date.now() + 4 * 60_000 });
  await page.reload();
  await atStep(page, 'Sign in');
  await page.getByText('That took longer than the sign-in is kept open.').waitFor();
  await signInAs(page, 'alice');
  await atStep(page, 'Check your phone');
});

test('a session that the pool has lost is reported, with a way to begin again', async () => {
  const world = await reach('SMS_MFA', chromium.open);
  const { page, pool } = world;
  pool.faults.add({ name: 'session-lost', operation: 'RespondToAuthChallenge', nth: 1 });
  await fillCode(world);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('alert').getByRole('button', { name: 'Start again' }).click();
  await atStep(page, 'Sign in');
});
