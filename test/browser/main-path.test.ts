/** Signing in, signing up and resetting a password, in Chromium against the pool on another origin. */
import { accessibilityProblems } from './accessibility.ts';
import { alertOf, atStep, PASSWORD, signInAs, storageOf, textOf, useChromium } from './world.ts';

const chromium = useChromium();
const alice = {
  username: 'alice',
  password: PASSWORD,
  attributes: {
    email: 'alice@example.com',
    email_verified: 'true',
    phone_number: '+4915100000007',
    phone_number_verified: 'true',
    given_name: 'Alice',
  },
  aliases: ['alice@example.com', '+4915100000007'],
};
const passwordPolicy = { minimumLength: 8, requireNumbers: true, requireUppercase: true };

test.each(['alice', 'alice@example.com', '+4915100000007'])('%s signs in', async (name) => {
  const { page } = await chromium.open({ pool: { users: [alice] } });
  expect(await accessibilityProblems(page)).toEqual([]);
  await signInAs(page, name);
  await atStep(page, 'Signed in');
  expect(await page.getByRole('heading', { level: 2, name: 'Hello, alice' }).count()).toBe(1);
  expect(await textOf(page.locator('.claims').first())).toContain('alice@example.com');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.reload();
  await atStep(page, 'Signed in');
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
  await atStep(page, 'Signed in');
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
  await atStep(page, 'Signed in');
});

test('what is missing is said at its field, and nothing is sent', async () => {
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

test('a new user signs up, confirms the code and is signed in', async () => {
  const { page, pool } = await chromium.open({
    pool: { passwordPolicy, requiredAttributes: ['email', 'given_name'] },
  });
  await page.getByRole('button', { name: 'Create an account' }).click();
  await atStep(page, 'Create an account');
  await page.getByLabel('User name').fill('nora');
  await page.getByLabel('First name').fill('Nora');
  await page.getByLabel('E-mail').fill('nora@example.com');
  await page.getByLabel('Password', { exact: true }).fill('horse');
  const rules = page.getByRole('list', { name: 'Rules for the password' }).locator('li');
  expect(await rules.allTextContents()).toEqual([
    'At least 8 characters (not met yet)',
    'An uppercase letter (not met yet)',
    'A number (not met yet)',
  ]);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  expect((await rules.allTextContents()).every((text) => text.endsWith('(met)'))).toBe(true);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Create account' }).click();
  await atStep(page, 'Confirm your account');
  expect(await textOf(page.locator('.lead'))).toContain('n***@e***');
  expect(await storageOf(page)).not.toContain(PASSWORD);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.reload();
  await atStep(page, 'Confirm your account');
  await page.getByLabel('Code', { exact: true }).fill(pool.outbox.at(-1)?.code ?? '');
  await page.getByRole('button', { name: 'Confirm', exact: true }).click();
  await atStep(page, 'Signed in');
});

test.each([
  ['is signed in', ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_AUTH']],
  ['signs in, where the client has no USER_AUTH', ['ALLOW_USER_SRP_AUTH']],
])(
  'an unconfirmed user is led to the confirmation, has a new code sent and %s',
  async (_, explicitAuthFlows) => {
    const { page, pool } = await chromium.open({
      pool: {
        users: [{ ...alice, status: 'UNCONFIRMED' }],
        clients: [{ clientId: 'web', explicitAuthFlows }],
      },
    });
    await signInAs(page, 'alice');
    await atStep(page, 'Confirm your account');
    await page.getByRole('button', { name: 'Send a new code' }).click();
    await page.getByText('A new code is on its way to a***@e***.').waitFor();
    await page.getByLabel('Code', { exact: true }).fill('000000');
    await page.getByRole('button', { name: 'Confirm', exact: true }).click();
    expect(await alertOf(page)).toContain('not right');
    await page.getByLabel('Code', { exact: true }).fill(pool.outbox.at(-1)?.code ?? '');
    await page.getByRole('button', { name: 'Confirm', exact: true }).click();
    if (explicitAuthFlows.length === 1) {
      await atStep(page, 'Sign in');
      await page.getByText('Your account is confirmed.').waitFor();
      await signInAs(page, 'alice');
    }
    await atStep(page, 'Signed in');
  },
);

test.each([
  ['by the link', 'CONFIRMED'],
  ['because the pool asks for it', 'RESET_REQUIRED'],
] as const)('a password is reset %s', async (_, status) => {
  const { page, pool, secrets } = await chromium.open({
    pool: { users: [{ ...alice, status }], passwordPolicy },
  });
  const newPassword = 'Another-Horse-10';
  secrets.add(newPassword);
  if (status === 'RESET_REQUIRED') await signInAs(page, 'alice');
  else {
    await page.getByLabel('User name, e-mail or phone').fill('alice');
    await page.getByRole('button', { name: 'Forgot your password?' }).click();
  }
  await atStep(page, 'Reset your password');
  expect(await page.getByLabel('User name, e-mail or phone').inputValue()).toBe('alice');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Send a code' }).click();
  await atStep(page, 'Choose a new password');
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.reload();
  await atStep(page, 'Choose a new password');
  await page.getByLabel('Code', { exact: true }).fill(pool.outbox.at(-1)?.code ?? '');
  await page.getByLabel('New password', { exact: true }).fill('short');
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  expect(await alertOf(page)).toContain('does not keep the rules');
  await page.getByLabel('New password', { exact: true }).fill(newPassword);
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await atStep(page, 'Signed in');
});

test('the messages of the local pool stand beside the page, marked as local, and fill in the code', async () => {
  const { page, pool } = await chromium.open({
    pool: { users: [{ ...alice, mfa: { sms: '+4915100000008' } }] },
  });
  const panel = page.getByRole('complementary', { name: 'Local pool' });
  expect(await textOf(panel)).toContain('only on this machine');
  await signInAs(page, 'alice');
  await atStep(page, 'Check your phone');
  const code = pool.outbox.at(-1)?.code ?? '';
  await panel.getByRole('button', { name: `Fill in code ${code}` }).click();
  expect(await page.getByLabel('Code', { exact: true }).inputValue()).toBe(code);
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

test('a pool that cannot be is said to be one, and an endpoint in the address is not taken', async () => {
  const { page, url } = await chromium.open();
  await page.goto(`${url}/?userPoolId=nonsense&clientId=web&endpoint=http://127.0.0.1:9`);
  await atStep(page, 'Sign in');
  await signInAs(page, 'alice');
  expect(await alertOf(page)).toContain('Check the settings.');
});
