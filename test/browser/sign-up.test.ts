/** A user signs up, confirms the account or resets a password, and is then signed in. */
import type { Page } from 'playwright-core';
import type { UserPool } from '../../pool/src/index.ts';
import {
  alertOf,
  aliceWithAliases as alice,
  atAccount,
  atStep,
  PASSWORD,
  signInAs,
  storageOf,
  textOf,
  useChromium,
  type World,
} from '../support/login-page.ts';
import { accessibilityProblems } from './accessibility.ts';

const chromium = useChromium();
const passwordPolicy = { minimumLength: 8, requireNumbers: true, requireUppercase: true };

async function signUpAs(page: Page, username: string): Promise<void> {
  await page.getByRole('button', { name: 'Create an account' }).click();
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('First name').fill('Nora');
  await page.getByLabel('E-mail').fill(`${username}@example.com`);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create account' }).click();
}

/** As a pre sign-up trigger would, which the local pool does not have. */
const confirmAtOnce = ({ page, pool, endpoint }: World) =>
  page.route(`${endpoint}/`, async (route) => {
    const response = await route.fetch();
    const body = await response.text();
    if (body.includes('UserConfirmed')) pool.users.update('nora', { status: 'CONFIRMED' });
    await route.fulfill({ response, body: body.replace('"UserConfirmed":false', '"UserConfirmed":true') });
  });

async function resetTo(page: Page, pool: UserPool, newPassword: string): Promise<void> {
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  await page.getByRole('button', { name: 'Forgot your password?' }).click();
  await page.getByRole('button', { name: 'Send a code' }).click();
  await atStep(page, 'Choose a new password');
  await page.getByLabel('Code', { exact: true }).fill(pool.outbox.at(-1)?.code ?? '');
  await page.getByLabel('New password', { exact: true }).fill(newPassword);
  await page.getByRole('button', { name: 'Save and sign in' }).click();
}

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
  await atAccount(page, 'nora');
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
    await page.getByRole('status').getByText('A new code is on its way.').waitFor();
    await page.getByText('We sent a code by e-mail to a***@e***.').waitFor();
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
    await atAccount(page);
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
  const reason = page.getByText('Your password has to be reset before you can sign in.');
  if (status === 'RESET_REQUIRED') {
    await signInAs(page, 'alice');
    await reason.waitFor();
  } else {
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
  expect(await alertOf(page)).toContain('does not meet the rules');
  await page.getByLabel('New password', { exact: true }).fill(newPassword);
  await page.getByRole('button', { name: 'Save and sign in' }).click();
  await atAccount(page);
});

test.each(['a new account', 'a confirmed account', 'a new password'])(
  'after %s, a client that only takes passwords in clear signs in',
  async (what) => {
    const world = await chromium.open({
      flow: 'USER_PASSWORD_AUTH',
      pool: {
        users: [alice],
        clients: [{ clientId: 'web', explicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }],
      },
    });
    const { page, pool, secrets } = world;
    secrets.add('Another-Horse-10');
    if (what === 'a new account') await confirmAtOnce(world);
    if (what === 'a new password') {
      await resetTo(page, pool, 'Another-Horse-10');
      return atAccount(page);
    }
    await signUpAs(page, 'nora');
    if (what === 'a confirmed account') {
      await atStep(page, 'Confirm your account');
      await page.getByLabel('Code', { exact: true }).fill(pool.outbox.at(-1)?.code ?? '');
      await page.getByRole('button', { name: 'Confirm', exact: true }).click();
      await page.getByText('Your account is confirmed. You can sign in now.').waitFor();
      await signInAs(page, 'nora');
    }
    await atAccount(page, 'nora');
  },
);

test.each(['confirmation', 'reset'])(
  'where the sign-in after a %s fails, the first screen says what is done',
  async (what) => {
    const { page, pool, secrets } = await chromium.open({ pool: { users: [alice] } });
    secrets.add('Another-Horse-10');
    pool.faults.add({ name: 'internal-error', operation: 'InitiateAuth' });
    if (what === 'reset') {
      await resetTo(page, pool, 'Another-Horse-10');
      await page.getByText('Your new password is saved.').waitFor();
    } else {
      await signUpAs(page, 'nora');
      await atStep(page, 'Confirm your account');
      await page.getByLabel('Code', { exact: true }).fill(pool.outbox.at(-1)?.code ?? '');
      await page.getByRole('button', { name: 'Confirm', exact: true }).click();
      await page.getByText('Your account is confirmed.').waitFor();
    }
    await atStep(page, 'Sign in');
    pool.faults.clear();
    await signInAs(
      page,
      what === 'reset' ? 'alice' : 'nora',
      what === 'reset' ? 'Another-Horse-10' : PASSWORD,
    );
    await atAccount(page, what === 'reset' ? 'alice' : 'nora');
  },
);
