/** Signing in, signing up and resetting a password, in Chromium against the pool on another origin. */
import type { Page } from 'playwright-core';
import { resendConfirmationCode } from '../../src/index.ts';
import { createUserPool, type UserPool } from '../../src/pool/index.ts';
import { accessibilityProblems } from './accessibility.ts';
import {
  alertOf,
  atAccount,
  atStep,
  PASSWORD,
  signInAs,
  storageOf,
  textOf,
  useChromium,
  type World,
} from './world.ts';

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

test('the regions for messages are rendered before there are any', async () => {
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
    const user = pool.users.find('nora');
    if (user && body.includes('UserConfirmed')) user.status = 'CONFIRMED';
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
  expect(await alertOf(page)).toContain('does not keep the rules');
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

describe('the panel of the local pool', () => {
  const panelOf = (page: Page) => page.getByRole('complementary', { name: 'Local pool' });
  const bob = { username: 'bob', password: PASSWORD, mfa: { sms: '+4915100000008' } };

  test('is marked as local, and has the messages of the user at hand alone', async () => {
    const world = await chromium.open({ pool: { users: [alice, bob] } });
    const { page, pool } = world;
    const panel = panelOf(page);
    expect(await textOf(panel)).toContain('only on this machine');
    const other = await world.newTab();
    await other.getByLabel('User name, e-mail or phone').fill('alice@example.com');
    await other.getByRole('button', { name: 'Forgot your password?' }).click();
    await other.getByRole('button', { name: 'Send a code' }).click();
    await panelOf(other).getByText('to alice@example.com').waitFor();
    await signInAs(page, 'bob');
    await atStep(page, 'Check your phone');
    await panel.getByText('Text message to +4915100000008').waitFor();
    expect(await panel.locator('.messages li').count()).toBe(1);
    const code = pool.outbox.at(-1)?.code ?? '';
    await panel.getByRole('button', { name: `Fill in code ${code}` }).click();
    const field = page.getByLabel('Code', { exact: true });
    expect(await field.inputValue()).toBe(code);
    expect(await field.evaluate((input) => input === document.activeElement)).toBe(true);
  });

  test('keeps the focus where it is when another message comes', async () => {
    const { page, pool } = await chromium.open({ pool: { users: [{ ...alice, status: 'UNCONFIRMED' }] } });
    const chips = panelOf(page).locator('.messages .chip');
    await signInAs(page, 'alice');
    await atStep(page, 'Confirm your account');
    await page.getByRole('button', { name: 'Send a new code' }).click();
    await chips.first().waitFor();
    await chips.first().focus();
    const client = { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' };
    await resendConfirmationCode(client, { username: 'alice' }, { fetch: pool.fetch });
    await chips.nth(1).waitFor();
    expect(await chips.nth(1).evaluate((chip) => chip === document.activeElement)).toBe(true);
  });

  test('has the code of an authenticator app that is being set up: nobody needs a phone', async () => {
    const { page } = await chromium.open({
      pool: { users: [alice], mfa: 'ON', allowedFirstAuthFactors: ['PASSWORD'] },
    });
    await signInAs(page, 'alice');
    await page.getByRole('button', { name: 'Authenticator app' }).click();
    await page.locator('.secret-code').waitFor();
    await panelOf(page).getByText('The app being set up').waitFor();
    await panelOf(page).locator('.authenticators .chip').click();
    await page.getByRole('button', { name: 'Finish' }).click();
    await atAccount(page);
  });

  test('leads to the other pools, as the settings do', async () => {
    const second = createUserPool({
      userPoolId: 'local_Strict1',
      mfa: 'ON',
      users: [{ username: 'frank', password: PASSWORD }],
    });
    const listening = await second.listen();
    try {
      const { page } = await chromium.open({
        pool: { users: [alice] },
        morePools: [
          {
            label: 'Strict pool',
            userPoolId: second.userPoolId,
            clientId: 'web',
            endpoint: listening.endpoint,
            passwordPolicy: {},
            people: [],
          },
        ],
      });
      expect(await panelOf(page).getByRole('link', { name: 'Strict pool' }).getAttribute('href')).toBe(
        '?userPoolId=local_Strict1',
      );
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('main').getByRole('link', { name: 'Strict pool' }).click();
      await page.waitForURL(/userPoolId=local_Strict1/);
      await signInAs(page, 'frank');
      await page.getByRole('heading', { level: 1, name: /Protect your account|Set up/ }).waitFor();
    } finally {
      await listening.close();
    }
  });
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
