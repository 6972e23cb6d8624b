/** A passkey in Chromium's virtual authenticator is added, used by a button, and offered in the name field. */

import type { UserPoolOptions } from '../../pool/src/index.ts';
import {
  alertOf,
  atAccount,
  atStep,
  idle,
  PASSWORD,
  signInAs,
  textOf,
  useChromium,
} from '../support/login-page.ts';
import { accessibilityProblems } from './accessibility.ts';
import { addAuthenticator, fillCode, forgetPasskeyUser, registerPasskey } from './challenge-cases.ts';

const chromium = useChromium();
const users = [
  {
    username: 'alice',
    password: PASSWORD,
    attributes: { email: 'alice@example.com', email_verified: 'true' },
  },
];

test('a passkey is added, and signs in without a password', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page, pool } = world;
  const authenticator = await addAuthenticator(world);
  await registerPasskey(page, authenticator);
  expect(pool.users.find('alice')?.passkeys).toHaveLength(1);
  expect(await accessibilityProblems(page)).toEqual([]);

  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await atStep(page, 'Use your passkey');
  await authenticator.setPresence(true);
  await page.getByRole('button', { name: 'Continue' }).click();
  await atAccount(page);
});

test('passkeys are listed and deleted', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page, pool } = world;
  const authenticator = await addAuthenticator(world);
  await registerPasskey(page, authenticator);
  await signInAs(page, 'alice');
  await atAccount(page);
  await page.getByRole('heading', { name: 'Passkey 1' }).waitFor();
  expect(await textOf(page.locator('.passkeys li'))).toMatch(/Added .*\d:\d\d/);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('Sign in with fingerprint, face or screen lock next time.').waitFor();
  // The button that had it is gone
  await page.waitForFunction(() => document.activeElement?.textContent === 'Passkeys');
  expect(pool.users.find('alice')?.passkeys).toEqual([]);
});

/** A user with a passkey and a code by e-mail, who is signed in by the code. */
async function openWithBothFactors(pool: UserPoolOptions) {
  const world = await chromium.open({ pool: { users, ...pool } });
  const authenticator = await addAuthenticator(world);
  await registerPasskey(world.page, authenticator);
  world.pool.users.setMfa('alice', { email: true });
  // Otherwise the name field would offer the passkey
  await forgetPasskeyUser(world.page);
  await signInAs(world.page, 'alice');
  await atStep(world.page, 'Check your e-mail');
  await fillCode(world);
  await world.page.getByRole('button', { name: 'Continue' }).click();
  await atAccount(world.page);
  return { ...world, authenticator };
}

test('a passkey is made to count as both factors, and then signs in without the code', async () => {
  const { page, authenticator } = await openWithBothFactors({
    passkeyFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
  });
  const signOut = page.getByRole('button', { name: 'Sign out', exact: true });
  const byPasskey = page.getByRole('button', { name: 'Sign in with a passkey' });
  await page.getByRole('button', { name: 'Sign in without a code' }).click();
  await page.getByText('From the next sign-in on, your passkey is enough.').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await signOut.click();
  await byPasskey.click();
  await atStep(page, 'Use your passkey');
  await authenticator.setPresence(true);
  await page.getByRole('button', { name: 'Continue' }).click();
  await atAccount(page);

  await page.getByRole('button', { name: 'Always ask for a code' }).click();
  await page.getByText('From the next sign-in on, your passkey is not enough.').waitFor();
  await forgetPasskeyUser(page);
  await signOut.click();
  await byPasskey.click();
  // The pool does not offer the passkey to a user who needs a code
  await atStep(page, 'Choose how to sign in');
  await page.getByRole('button', { name: 'Passkey' }).waitFor({ state: 'detached' });
});

test('a pool that does not accept a passkey as both factors says so', async () => {
  const { page } = await openWithBothFactors({});
  await page.getByRole('button', { name: 'Sign in without a code' }).click();
  await page
    .getByRole('region', { name: 'Passkey as second factor' })
    .getByText('This cannot work as the service is set up.')
    .waitFor();
});

test('a user without a second factor is not asked about the passkey as both factors', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page } = world;
  await registerPasskey(page, await addAuthenticator(world));
  await forgetPasskeyUser(page);
  await signInAs(page, 'alice');
  await atAccount(page);
  await idle(page);
  await page.getByRole('heading', { name: 'Passkey as second factor' }).waitFor({ state: 'hidden' });
});

test('the next visit offers it in the name field: taking the offer signs in', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page } = world;
  const authenticator = await addAuthenticator(world);
  await registerPasskey(page, authenticator);
  await authenticator.setPresence(true);
  await page.reload();
  await atAccount(page);
});

test('a user who does not take the offer signs in with the password', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page } = world;
  await registerPasskey(page, await addAuthenticator(world));
  await page.reload();
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await atAccount(page);
});

test('a missing passkey is reported, and another way is open', async () => {
  const world = await chromium.open({ pool: { users } });
  const { page } = world;
  const authenticator = await addAuthenticator(world);
  await registerPasskey(page, authenticator);
  await authenticator.clear();
  await forgetPasskeyUser(page);
  await page.reload();
  await authenticator.setPresence(true);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await atStep(page, 'Use your passkey');
  await page.getByRole('button', { name: 'Continue' }).click();
  expect(await alertOf(page)).toContain('The passkey was not used.');
  await page.getByRole('button', { name: 'Start again' }).click();
  await atStep(page, 'Sign in');
});

test('a user without a passkey is offered the other ways', async () => {
  const { page } = await chromium.open({ pool: { users } });
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await atStep(page, 'Choose how to sign in');
});
