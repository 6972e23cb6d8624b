/** The page of a user: who it is, how they sign in, and what they can change. */
import { accessibilityProblems } from '../browser/accessibility.ts';
import { appCode, fillCode, shownSecret } from '../browser/challenge-cases.ts';
import {
  atAccount,
  atStep,
  PASSWORD,
  signInAs,
  storageOf,
  textOf,
  useChromium,
} from '../support/login-page.ts';

const chromium = useChromium();
const alice = {
  username: 'alice',
  password: PASSWORD,
  attributes: { given_name: 'Alice', email: 'alice@example.com', email_verified: 'true' },
  groups: ['staff', 'editors'],
};
const pool = { users: [alice], groups: [{ name: 'staff' }, { name: 'editors' }] };

async function open() {
  const world = await chromium.open({ pool });
  await signInAs(world.page, 'alice');
  await atAccount(world.page, 'Alice');
  return world;
}

test('the user is called by name, with the groups, and without what a developer wants to know', async () => {
  const { page } = await chromium.open({ pool });
  await signInAs(page, 'alice');
  await page.getByRole('heading', { level: 1, name: 'Hello, Alice' }).waitFor();
  const profile = await textOf(page.getByRole('region', { name: 'Your profile' }));
  for (const text of ['Alice', 'alice@example.com', 'staff', 'editors']) expect(profile).toContain(text);
  expect(await page.getByText('token', { exact: false }).filter({ visible: true }).count()).toBe(0);
});

test('an authenticator app is added, and asked for at the next sign-in', async () => {
  const { page, pool } = await open();
  await page.getByRole('button', { name: 'Add an authenticator app' }).click();
  await atStep(page, 'Set up your authenticator app');
  await page.locator('.secret-code').waitFor();
  const secret = await shownSecret(page);
  expect(await storageOf(page)).not.toContain(secret);
  expect(await accessibilityProblems(page)).toEqual([]);
  // The link is for phones
  const link = page.locator('.open-in-app');
  expect(await link.getAttribute('href')).toMatch(new RegExp(`^otpauth://totp/.*secret=${secret}`));
  expect(await link.isVisible()).toBe(false);
  await page.getByLabel('Code from the app').fill(appCode(secret));
  await page.getByRole('button', { name: 'Finish' }).click();
  await atAccount(page, 'Alice');
  await page.getByRole('status').getByText('Saved.').waitFor();
  expect(pool.users.find('alice')?.softwareToken?.secret).toBe(secret);

  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await signInAs(page, 'alice');
  await atStep(page, 'Enter a code');
});

test('an authenticator app is removed', async () => {
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
  const { page } = await chromium.open({
    pool: { users: [{ ...alice, groups: [], mfa: { totp: secret } }] },
  });
  await signInAs(page, 'alice');
  await page.getByLabel('Code', { exact: true }).fill(appCode(secret));
  await page.keyboard.press('Enter');
  await atAccount(page, 'Alice');
  await page.getByRole('button', { name: 'Remove' }).click();
  await page.getByText('Your password alone is enough to sign in.').waitFor();
});

test('the secret is copied', async () => {
  const { page, context, url, secrets } = await open();
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url });
  await page.getByRole('button', { name: 'Add an authenticator app' }).click();
  await page.getByRole('button', { name: 'Copy' }).click();
  await page.getByRole('status').getByText('Copied.').waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  secrets.add(copied);
  expect(copied).toBe(await shownSecret(page));
});

test('the e-mail address is changed by a code that goes to the new one', async () => {
  const world = await open();
  const { page, pool } = world;
  await page.getByRole('button', { name: 'Change your e-mail address' }).click();
  await page.getByLabel('E-mail', { exact: true }).fill('new@example.com');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Send a code' }).click();
  await page.getByText('n***@e***').waitFor();
  expect(pool.outbox.at(-1)).toMatchObject({ to: 'new@example.com' });
  await fillCode(world);
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await atAccount(page, 'Alice');
  expect(await textOf(page.getByRole('region', { name: 'Your profile' }))).toContain('new@example.com');
});

test('the account is deleted after a question, and nothing is left of it here', async () => {
  const { page, pool } = await open();
  await page.getByRole('button', { name: 'Delete your account' }).click();
  await atStep(page, 'Delete your account');
  await page.getByText('This cannot be undone.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Back' }).click();
  await atAccount(page, 'Alice');
  await page.getByRole('button', { name: 'Delete your account' }).click();
  await page.getByRole('button', { name: 'Delete my account' }).click();
  // The question has the same words
  await atStep(page, 'Sign in');
  await page.getByText('Your account is deleted.').waitFor();
  expect(pool.users.find('alice')).toBeUndefined();
  expect(await storageOf(page)).not.toContain('alice');
});
