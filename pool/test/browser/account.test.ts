/** What leads to a sign-in or follows it: sign-up, a forgotten password, a device to remember, identity providers. */
import { ALICE, atApp, atStep, lastCode, looksRight, PASSWORD, signIn, useBrowser } from './world.ts';

const open = useBrowser();

test('creates an account, confirms it, and is signed in', async () => {
  const {
    page,
    pool,
    endpoint,
    open: begin,
  } = await open({
    pool: { autoVerifiedAttributes: ['email'], requiredAttributes: ['email', 'given_name'] },
  });
  await begin();
  await page.getByRole('button', { name: 'Create an account' }).click();
  await atStep(page, 'Create an account');
  await looksRight(page, 'sign-up');
  await page.getByLabel('User name').fill('bob');
  await page.getByLabel('E-mail').fill('bob@example.com');
  await page.getByLabel('First name').fill('Bob');
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await atStep(page, 'Confirm your account');
  await looksRight(page, 'confirm-sign-up');
  await page.getByRole('button', { name: 'Send a new code' }).click();
  await page.getByRole('status').getByText('A new code is on its way.').waitFor();
  await page.getByLabel('Code').fill(lastCode(pool));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await atApp(page, 'bob');
  // The address of the service leads to the same view
  await page.goto(`${endpoint}/signup?client_id=web`);
  expect(new URL(page.url()).pathname).toBe('/error');
});

test('the address /signup shows the form of the app', async () => {
  const { page, endpoint, open: begin } = await open();
  await begin('?prompt=login');
  const { search } = new URL(page.url());
  await page.goto(`${endpoint}/signup${search}`);
  await atStep(page, 'Create an account');
  await page.goto(`${endpoint}/forgotPassword${search}`);
  await atStep(page, 'Reset your password');
});

test('sets a new password for a forgotten one, and is signed in', async () => {
  const { page, pool, open: begin } = await open();
  await begin();
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  await page.getByRole('button', { name: 'Forgot your password?' }).click();
  await atStep(page, 'Reset your password');
  await looksRight(page, 'forgot-password');
  await page.getByRole('button', { name: 'Send a code' }).click();
  await atStep(page, 'Choose a new password');
  await looksRight(page, 'reset-password');
  await page.getByLabel('Code').fill('000000');
  await page.getByLabel('New password', { exact: true }).fill('Another-Horse-10');
  await page.keyboard.press('Enter');
  await page.getByText('That code is not right').waitFor();
  await page.getByLabel('Code').fill(lastCode(pool));
  await page.keyboard.press('Enter');
  await atApp(page);
});

test('remembers the device, which then replaces the code', async () => {
  const {
    page,
    pool,
    apps,
    open: begin,
  } = await open({
    pool: {
      mfa: 'OPTIONAL',
      devices: { challengeRequiredOnNewDevice: true, onlyRememberedOnUserPrompt: true },
      users: [{ ...ALICE, mfa: { email: true } }],
    },
  });
  await begin();
  await signIn(page);
  await atStep(page, 'Check your e-mail');
  await page.getByLabel('Code').fill(lastCode(pool));
  await page.keyboard.press('Enter');
  await atStep(page, 'Remember this device?');
  await looksRight(page, 'remember-device');
  await page.getByRole('button', { name: 'Yes, remember it' }).click();
  await atApp(page);
  expect(pool.users.find('alice')?.devices).toMatchObject([{ confirmed: true, remembered: true }]);
  // Another app of the pool has devices of its own in the browser, so the same one is used
  await page.goto(`${apps[0].url}/start?prompt=login`);
  await signIn(page);
  await atApp(page);
  expect(pool.outbox).toHaveLength(1);
});

test('offers the identity providers, alone where the app has no users of the pool', async () => {
  const { page, open: begin } = await open({
    client: { supportedIdentityProviders: ['COGNITO', 'Company', 'Google'] },
  });
  await begin();
  await looksRight(page, 'providers');
  const link = page.getByRole('link', { name: 'Continue with Company' });
  const target = new URL((await link.getAttribute('href')) ?? '', page.url());
  expect(target.pathname).toBe('/oauth2/authorize');
  expect(target.searchParams.get('identity_provider')).toBe('Company');
  expect(target.searchParams.get('client_id')).toBe('web');
  expect(await page.getByRole('link').count()).toBe(2);
});

test('shows providers alone', async () => {
  const { page, open: begin } = await open({ client: { supportedIdentityProviders: ['Company', 'Google'] } });
  await begin();
  await looksRight(page, 'providers-alone');
  expect(await page.getByLabel('Password', { exact: true }).count()).toBe(0);
});

test('says it in the language that the app asks for, and fills in the name that it knows', async () => {
  const { page, open: begin } = await open();
  await begin('?lang=de&login_hint=alice');
  await atStep(page, 'Anmelden');
  await looksRight(page, 'sign-in-german');
  expect(await page.locator('html').getAttribute('lang')).toBe('de');
  expect(await page.locator('#field-username').inputValue()).toBe('alice');
});

test('says at the form that somebody has no connection, and goes on when it is back', async () => {
  const { page, context, open: begin } = await open();
  await begin();
  await context.setOffline(true);
  await signIn(page);
  await page.getByText('You are offline. What you entered is kept').waitFor();
  await looksRight(page, 'offline');
  await context.setOffline(false);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await atApp(page);
});
