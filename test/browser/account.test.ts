/** After the sign-in: devices, fresh tokens, the ways out. */
import { accessibilityProblems } from './accessibility.ts';
import { fillCode } from './challenge-cases.ts';
import { atStep, PASSWORD, signInAs, storageOf, textOf, useChromium, type World } from './world.ts';

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

const accessToken = async ({ page }: World): Promise<string> => {
  const [local = {}] = JSON.parse(await storageOf(page)) as Record<string, string>[];
  return Object.entries(local).find(([key]) => key.endsWith('.accessToken'))?.[1] ?? '';
};

test.each([
  ['when the pool asks', devices],
  ['when the pool remembers by itself', { ...devices, onlyRememberedOnUserPrompt: false }],
])('a remembered device signs in without a code, %s', async (_, tracking) => {
  const world = await chromium.open({ pool: { users, devices: tracking } });
  const { page } = world;
  await arrive(world);
  await atStep(page, 'Remember this device?');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.reload();
  await atStep(page, 'Remember this device?');
  await page.getByRole('button', { name: 'Yes, remember it' }).click();
  await atStep(page, 'Signed in');
  await signOut(world);
  await signInAs(page, 'alice');
  await atStep(page, 'Signed in');
});

test.each([
  ['when the pool asks', devices],
  ['when the pool remembers by itself', { ...devices, onlyRememberedOnUserPrompt: false }],
])('a device that is not to be remembered is asked for a code again, %s', async (_, tracking) => {
  const world = await chromium.open({ pool: { users, devices: tracking } });
  const { page } = world;
  await arrive(world);
  await atStep(page, 'Remember this device?');
  await page.getByRole('button', { name: 'No, ask me every time' }).click();
  await atStep(page, 'Signed in');
  await signOut(world);
  await signInAs(page, 'alice');
  await atStep(page, 'Check your phone');
});

test('a device that cannot be confirmed does not keep the user out', async () => {
  const world = await chromium.open({ pool: { users, devices } });
  const { page, pool } = world;
  pool.faults.add({ name: 'throttle', operation: 'ConfirmDevice' });
  await arrive(world);
  await atStep(page, 'Remember this device?');
  await page.getByRole('button', { name: 'Yes, remember it' }).click();
  await atStep(page, 'Signed in');
  await page.getByText('This device could not be remembered.').waitFor();
});

test('devices are listed and forgotten; the next sign-in asks for a code', async () => {
  const world = await chromium.open({ pool: { users, devices } });
  const { page } = world;
  await arrive(world);
  await page.getByRole('button', { name: 'Yes, remember it' }).click();
  await atStep(page, 'Signed in');
  await page.getByRole('button', { name: 'Show my devices' }).click();
  await page.getByRole('heading', { name: 'Chrome on Linux (this device)' }).waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Forget' }).click();
  await page.getByText('No device is remembered.').waitFor();
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
  await atStep(page, 'Signed in');
  const before = await accessToken(world);
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await page.waitForFunction(
    (old) =>
      Object.entries(localStorage).some(([key, value]) => key.endsWith('.accessToken') && value !== old),
    before,
  );
  expect(await accessToken(world)).not.toBe(before);
});

test('signing out everywhere reaches another browser at its next refresh', async () => {
  const world = await chromium.open({ pool: { users: [{ username: 'alice', password: PASSWORD }] } });
  const { page, context, url } = world;
  const elsewhere = await context.browser()?.newContext();
  const other = await elsewhere?.newPage();
  if (!other) throw new Error('No second browser');
  await other.goto(url);
  await signInAs(other, 'alice');
  await atStep(other, 'Signed in');

  await signInAs(page, 'alice');
  await atStep(page, 'Signed in');
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await atStep(page, 'Sign in');
  await page.getByText('You are signed out on all your devices.').waitFor();
  expect(await accessToken(world)).toBe('');

  await other.getByRole('button', { name: 'Refresh now' }).click();
  await atStep(other, 'Sign in');
  await other.getByText('You have been signed out.').waitFor();
  await elsewhere?.close();
});

test('the claims of the ID token are shown on request', async () => {
  const { page, pool } = await chromium.open({
    pool: { users: [{ username: 'alice', password: PASSWORD }] },
  });
  await signInAs(page, 'alice');
  await atStep(page, 'Signed in');
  await page.getByText('Claims of your ID token').click();
  const claims = await textOf(page.locator('details .claims'));
  expect(claims).toContain('cognito:username');
  expect(claims).toContain(pool.users.find('alice')?.sub);
});
