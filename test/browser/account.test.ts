/** The signed-in user remembers and forgets devices, refreshes the tokens and signs out. */

import {
  alertOf,
  atAccount,
  atStep,
  idle,
  PASSWORD,
  signInAs,
  storageOf,
  textOf,
  useChromium,
  type World,
} from '../support/login-page.ts';
import { accessibilityProblems } from './accessibility.ts';
import { fillCode } from './challenge-cases.ts';

const chromium = useChromium();
const users = [{ username: 'alice', password: PASSWORD, mfa: { sms: '+4915100000008' } }];
const devices = { challengeRequiredOnNewDevice: true, onlyRememberedOnUserPrompt: true };

/** Through the code, to the question about the device. */
async function arrive(world: World): Promise<void> {
  await signInAs(world.page, 'alice');
  await atStep(world.page, 'Check your phone');
  await fillCode(world);
  await world.page.getByRole('button', { name: 'Continue' }).click();
}

async function signOut({ page }: World): Promise<void> {
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await atStep(page, 'Sign in');
}

const accessToken = async ({ page }: Pick<World, 'page'>): Promise<string> => {
  const [local = {}] = JSON.parse(await storageOf(page)) as Record<string, string>[];
  return Object.entries(local).find(([key]) => key.endsWith('.accessToken'))?.[1] ?? '';
};

/** Asks for new tokens, and sees them kept. */
async function refresh({ page }: World): Promise<void> {
  const before = await accessToken({ page });
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await page.waitForFunction(
    (old) =>
      Object.entries(localStorage).some(([key, value]) => key.endsWith('.accessToken') && value !== old),
    before,
  );
  expect(await accessToken({ page })).not.toBe(before);
}

test('a pool that remembers devices by itself does not ask', async () => {
  const world = await chromium.open({
    pool: { users, devices: { ...devices, onlyRememberedOnUserPrompt: false } },
  });
  await arrive(world);
  await atAccount(world.page);
  await signOut(world);
  await signInAs(world.page, 'alice');
  await atAccount(world.page);
});

test('a remembered device signs in without a code', async () => {
  const world = await chromium.open({ pool: { users, devices } });
  const { page } = world;
  await arrive(world);
  await atStep(page, 'Remember this device?');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.reload();
  await atStep(page, 'Remember this device?');
  await page.getByRole('button', { name: 'Yes, remember it' }).click();
  await atAccount(page);
  await signOut(world);
  await signInAs(page, 'alice');
  await atAccount(page);
});

test('a device that is not to be remembered is asked for a code again', async () => {
  const world = await chromium.open({ pool: { users, devices } });
  const { page } = world;
  await arrive(world);
  await atStep(page, 'Remember this device?');
  await page.getByRole('button', { name: 'No, ask me every time' }).click();
  await atAccount(page);
  await signOut(world);
  await signInAs(page, 'alice');
  await atStep(page, 'Check your phone');
});

test('a device that cannot be confirmed does not keep the user out', async () => {
  const world = await chromium.open({ pool: { users, devices } });
  const { page, pool } = world;
  pool.faults.add({ name: 'throttle', operation: 'ConfirmDevice' });
  await arrive(world);
  await atAccount(page);
  await page.getByText('This device is not set up yet.').waitFor();
  pool.faults.clear();
  // The service refreshes no tokens of a device that is not confirmed
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await atStep(page, 'Sign in');
  await page.getByText('You have been signed out.').waitFor();
});

test('the question about the device comes again until it is answered, and other tabs are signed in', async () => {
  const world = await chromium.open({ pool: { users, devices } });
  const { page, pool, url } = world;
  await arrive(world);
  await atStep(page, 'Remember this device?');
  await page.goto(url);
  await atStep(page, 'Remember this device?');
  const other = await world.newTab();
  await atAccount(other);
  await refresh({ ...world, page: other });
  pool.faults.add({ name: 'throttle', operation: 'UpdateDeviceStatus' });
  await page.getByRole('button', { name: 'Yes, remember it' }).click();
  await page.getByRole('button', { name: 'Go on without it for now' }).click();
  await atAccount(page);
  pool.faults.clear();
  await page.reload();
  await atStep(page, 'Remember this device?');
  await page.getByRole('button', { name: 'No, ask me every time' }).click();
  await atAccount(page);
});

test('a device that is refused in the middle of a sign-in is forgotten, and the user told to sign in again', async () => {
  const world = await chromium.open({
    pool: { users: [{ username: 'alice', password: PASSWORD }], devices },
  });
  const { page } = world;
  await signInAs(page, 'alice');
  await page.getByRole('button', { name: 'Yes, remember it' }).click();
  await atAccount(page);
  await signOut(world);
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.endsWith('.randomPasswordKey'));
    if (key) localStorage.setItem(key, 'A'.repeat(54));
  });
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  await page.getByRole('button', { name: 'Other ways to sign in' }).click();
  await atStep(page, 'Choose how to sign in');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Continue with password' }).click();
  expect(await alertOf(page)).toContain('please sign in again');
  expect(await storageOf(page)).not.toContain('randomPasswordKey');
  await page.getByRole('alert').getByRole('button', { name: 'Start again' }).click();
  await signInAs(page, 'alice');
  await atStep(page, 'Remember this device?');
});

test('devices are listed and forgotten; the next sign-in asks for a code', async () => {
  const world = await chromium.open({ pool: { users, devices } });
  const { page } = world;
  await arrive(world);
  await page.getByRole('button', { name: 'Yes, remember it' }).click();
  await atAccount(page);
  await page.getByRole('heading', { name: 'Chrome on Linux (this device)' }).waitFor();
  expect(await textOf(page.locator('.devices li'))).toMatch(/Last used .*\d:\d\d/);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Forget' }).click();
  await page.getByText('No device is remembered.').waitFor();
  // The button that had it is gone
  await page.waitForFunction(() => document.activeElement?.textContent === 'Devices');
  expect(await storageOf(page)).not.toContain('randomPasswordKey');
  await signOut(world);
  await signInAs(page, 'alice');
  await atStep(page, 'Check your phone');
});

test('tokens are refreshed on request, also with a device', async () => {
  const world = await chromium.open({ pool: { users, devices } });
  const { page } = world;
  await arrive(world);
  await page.getByRole('button', { name: 'Yes, remember it' }).click();
  await atAccount(page);
  await refresh(world);
});

test('signing out everywhere reaches another browser at its next refresh', async () => {
  const world = await chromium.open({ pool: { users: [{ username: 'alice', password: PASSWORD }] } });
  const { page } = world;
  const other = await world.elsewhere();
  await signInAs(other, 'alice');
  await atAccount(other);

  await signInAs(page, 'alice');
  await atAccount(page);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await atStep(page, 'Sign in');
  await page.getByText('You are signed out on all your devices.').waitFor();
  expect(await accessToken(world)).toBe('');

  await other.getByRole('button', { name: 'Refresh now' }).click();
  await atStep(other, 'Sign in');
  await other.getByText('You have been signed out.').waitFor();
});

test('a session in another browser is listed and ended', async () => {
  const world = await chromium.open({
    pool: { users: [{ username: 'alice', password: PASSWORD }], userSessionTracking: true },
  });
  const { page } = world;
  const other = await world.elsewhere();
  await signInAs(other, 'alice');
  await atAccount(other);
  await signInAs(page, 'alice');
  await atAccount(page);
  await page.getByRole('heading', { name: 'A device (here)' }).waitFor();
  expect(await page.locator('.sessions > li').count()).toBe(2);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Sign out there' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.sessions > li').length === 1);

  await other.getByRole('button', { name: 'Refresh now' }).click();
  await atStep(other, 'Sign in');
  await other.getByText('You have been signed out.').waitFor();
});

test('a pool that does not track sessions shows none', async () => {
  const { page } = await chromium.open({ pool: { users: [{ username: 'alice', password: PASSWORD }] } });
  await signInAs(page, 'alice');
  await atAccount(page);
  await idle(page);
  await page.getByRole('heading', { name: 'Where you are signed in' }).waitFor({ state: 'hidden' });
});

test('another factor confirms that it is the user, and raises the level of the tokens', async () => {
  const attributes = { phone_number: '+4915100000008' };
  const world = await chromium.open({
    pool: { users: [{ username: 'alice', password: PASSWORD, attributes }] },
  });
  const { page } = world;
  await signInAs(page, 'alice');
  await atAccount(page);
  const before = await accessToken(world);
  await page.getByRole('button', { name: 'Confirm with another factor' }).click();
  await atStep(page, 'Check your phone');
  await fillCode(world);
  await page.getByRole('button', { name: 'Continue' }).click();
  await atAccount(page);
  await page.getByText('Confirmed: urn:cognito:loa:3').waitFor();
  expect(await accessToken(world)).not.toBe(before);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('starting again while another factor is asked for leads back to the account', async () => {
  const attributes = { phone_number: '+4915100000008' };
  const world = await chromium.open({
    pool: { users: [{ username: 'alice', password: PASSWORD, attributes }] },
  });
  const { page } = world;
  await signInAs(page, 'alice');
  await atAccount(page);
  const before = await accessToken(world);
  await page.getByRole('button', { name: 'Confirm with another factor' }).click();
  await atStep(page, 'Check your phone');
  await page.getByRole('button', { name: 'Start again' }).click();
  await atAccount(page);
  expect(new URL(page.url()).hash).toBe('#signed-in');
  expect(await accessToken(world)).toBe(before);
  await page.goBack();
  await atAccount(page);
});

test('the claims of the ID token are shown in a drawer for developers', async () => {
  const { page, pool } = await chromium.open({
    pool: { users: [{ username: 'alice', password: PASSWORD }] },
  });
  await signInAs(page, 'alice');
  const drawer = page.locator('details.developer');
  await drawer.waitFor();
  expect(await drawer.evaluate((element: HTMLDetailsElement) => element.open)).toBe(false);
  await page.getByText('For developers').click();
  const claims = await textOf(drawer.locator('.claims'));
  expect(claims).toContain('cognito:username');
  expect(claims).toContain(pool.users.find('alice')?.sub);
});
