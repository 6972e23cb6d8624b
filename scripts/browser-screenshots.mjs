/**
 * `npm run screenshots`: writes a picture of every screen of examples/login-page to docs/screenshots, light and dark, in
 * the size of a phone and of a desktop. `npm run screenshots -- sign-in passkey` renews those two and keeps the others.
 */
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGUMENTS, findBrowser } from './browser.mjs';
import { startBuilt } from './login-page.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'docs/screenshots');
const PASSWORD = 'Correct-Horse-9';
const SIZES = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5 },
};

/** The margin below the last part of the page, in CSS pixels. */
const MARGIN = 40;

const fill = (page, label, text) => page.getByLabel(label, { exact: true }).fill(text);
const press = (page, name) => page.getByRole('button', { name, exact: true }).click();
const at = (page, heading) => page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
const signIn = async (page, username, password = PASSWORD) => {
  await fill(page, 'User name, e-mail or phone', username);
  await fill(page, 'Password', password);
  await press(page, 'Sign in');
};
const codeSentTo = async (page, address) => {
  const message = page.locator('aside li', { hasText: address });
  await message.first().waitFor();
  return message.first().locator('.chip').textContent();
};

/** Lets `handle` decide about every call to the pool. */
const onCalls = (page, handle) =>
  page.route('**/*', (route) => (route.request().method() === 'POST' ? handle(route) : route.continue()));

/** Answers the question about the device, and waits for the account. */
const enter = async (page, answer = 'No, ask me every time') => {
  await at(page, 'Remember this device?');
  await page.getByRole('button', { name: answer }).click();
  await at(page, 'Hello, Alice');
};

/** For each screen: the function that leads there from a fresh page, and the pool where it is not the first one. */
const SCREENS = {
  'sign-in': [],
  'sign-in-refused': [
    async (page) => {
      await signIn(page, 'alice', 'wrong-horse');
      await page.locator('form [role=alert] p').waitFor();
    },
  ],
  'sign-in-offline': [
    async (page) => {
      await fill(page, 'User name, e-mail or phone', 'alice');
      await fill(page, 'Password', PASSWORD);
      await page.context().setOffline(true);
      await press(page, 'Sign in');
      await page.locator('form [role=alert] p').waitFor();
    },
  ],
  'sign-in-slow': [
    async (page) => {
      await onCalls(page, () => new Promise(() => {}));
      await signIn(page, 'alice');
      await page.getByText('This is taking longer than usual.').waitFor();
    },
  ],
  'sign-up': [
    async (page) => {
      await press(page, 'Create an account');
      await fill(page, 'User name', 'nora');
      await fill(page, 'First name', 'Nora');
      await fill(page, 'E-mail', 'nora@example.com');
      await fill(page, 'Password', 'correct-horse');
    },
  ],
  'confirm-sign-up': [
    async (page, id) => {
      await press(page, 'Create an account');
      await fill(page, 'User name', `nora-${id}`);
      await fill(page, 'First name', 'Nora');
      await fill(page, 'E-mail', `nora-${id}@example.com`);
      await fill(page, 'Password', PASSWORD);
      await press(page, 'Create account');
      await at(page, 'Confirm your account');
      await codeSentTo(page, `nora-${id}@example.com`);
    },
  ],
  'forgot-password': [
    async (page) => {
      await fill(page, 'User name, e-mail or phone', 'alice');
      await press(page, 'Forgot your password?');
    },
  ],
  'reset-password': [
    async (page) => {
      await fill(page, 'User name, e-mail or phone', 'alice');
      await press(page, 'Forgot your password?');
      await press(page, 'Send a code');
      await at(page, 'Choose a new password');
      await fill(page, 'New password', 'correct-horse');
    },
  ],
  'choose-first-factor': [
    async (page) => {
      await fill(page, 'User name, e-mail or phone', 'alice');
      await press(page, 'Other ways to sign in');
      await at(page, 'Choose how to sign in');
    },
  ],
  'passkey-unavailable': [
    async (page) => {
      await fill(page, 'User name, e-mail or phone', 'alice');
      await press(page, 'Sign in with a passkey');
      await at(page, 'Choose how to sign in');
    },
  ],
  'code-by-text-message': [
    async (page) => {
      await signIn(page, 'bob');
      await at(page, 'Check your phone');
      await fill(page, 'Code', await codeSentTo(page, '+4915100000008'));
    },
  ],
  'code-refused': [
    async (page) => {
      await signIn(page, 'bob');
      await at(page, 'Check your phone');
      await codeSentTo(page, '+4915100000008');
      await fill(page, 'Code', '123456');
      await press(page, 'Continue');
      await page.locator('form [role=alert] p').waitFor();
    },
  ],
  'enter-password': [
    async (page) => {
      // The embedded pools never ask for the password alone, so the request is changed to prefer it
      const prefer = '"AuthParameters":{"PREFERRED_CHALLENGE":"PASSWORD_SRP",';
      await onCalls(page, (route) =>
        route.continue({ postData: route.request().postData().replace('"AuthParameters":{', prefer) }),
      );
      await fill(page, 'User name, e-mail or phone', 'alice');
      await press(page, 'Other ways to sign in');
      await at(page, 'Enter your password');
    },
  ],
  'code-of-an-app': [
    async (page) => {
      await signIn(page, 'carol');
      await at(page, 'Enter a code');
      await page.getByText('carol’s authenticator app').waitFor();
    },
  ],
  'choose-mfa': [
    async (page) => {
      await signIn(page, 'dave');
      await at(page, 'How do you want your code?');
    },
  ],
  'new-password': [
    async (page) => {
      await signIn(page, 'erin');
      await at(page, 'Choose a new password');
      await fill(page, 'First name', 'Erin');
      await fill(page, 'New password', 'correct-horse');
    },
  ],
  'mfa-setup': [
    async (page) => {
      await signIn(page, 'frank');
      await at(page, 'Protect your account');
    },
    'local_Strict1',
  ],
  'mfa-setup-authenticator': [
    async (page) => {
      await signIn(page, 'frank');
      await page.getByRole('button', { name: 'Authenticator app' }).click();
      await page.locator('.secret-code').waitFor();
      await page.getByText('The app being set up').waitFor();
    },
    'local_Strict1',
  ],
  'mfa-setup-email': [
    async (page) => {
      await signIn(page, 'frank');
      await page.getByRole('button', { name: 'E-mail' }).click();
      await fill(page, 'E-mail', 'frank@example.com');
    },
    'local_Strict1',
  ],
  'custom-challenge': [
    async (page) => {
      await signIn(page, 'grace');
      await at(page, 'One more question');
    },
    'local_Riddle1',
  ],
  passkey: [
    async (page) => {
      const devtools = await page.context().newCDPSession(page);
      await devtools.send('WebAuthn.enable');
      const { authenticatorId } = await devtools.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'internal',
          hasResidentKey: true,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      });
      await signIn(page, 'alice');
      await enter(page);
      await press(page, 'Add a passkey');
      await page.getByText('Your passkey is ready').waitFor();
      await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false });
      await press(page, 'Sign out');
      await at(page, 'Sign in');
      await press(page, 'Sign in with a passkey');
      await at(page, 'Use your passkey');
    },
  ],
  'remember-device': [
    async (page) => {
      await signIn(page, 'alice');
      await at(page, 'Remember this device?');
    },
  ],
  'signed-in': [
    async (page) => {
      await signIn(page, 'alice');
      await enter(page, 'Yes, remember it');
      await page.getByText('(this device)').waitFor();
      // Signs in again from a browser without a stored device, so that the list has two devices of one name
      await press(page, 'Sign out');
      await at(page, 'Sign in');
      await page.evaluate(() => localStorage.clear());
      await page.reload();
      await signIn(page, 'alice');
      await enter(page, 'Yes, remember it');
      await page.getByText('(this device)').waitFor();
    },
  ],
  'change-email': [
    async (page) => {
      await signIn(page, 'alice');
      await enter(page);
      await press(page, 'Change your e-mail address');
      await at(page, 'Change your e-mail address');
    },
  ],
  'add-authenticator': [
    async (page) => {
      await signIn(page, 'alice');
      await enter(page);
      await press(page, 'Add an authenticator app');
      await page.locator('.secret-code').waitFor();
    },
  ],
  'delete-account': [
    async (page) => {
      await signIn(page, 'alice');
      await enter(page);
      await press(page, 'Delete your account');
      await at(page, 'Delete your account');
    },
  ],
  'signed-in-developer': [
    async (page) => {
      await signIn(page, 'alice');
      await enter(page);
      await page.getByText('For developers').click();
    },
  ],
  'sign-in-japanese': [
    async (page) => {
      await page.locator('.language').selectOption('ja');
      await at(page, 'サインイン');
    },
  ],
  'sign-up-right-to-left': [
    async (page) => {
      await press(page, 'Create an account');
      await fill(page, 'Password', 'correct-horse');
      await page.evaluate(() => document.documentElement.setAttribute('dir', 'rtl'));
    },
  ],
  settings: [(page) => press(page, 'Settings')],
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(SCREENS, name));
if (unknown.length > 0) {
  console.error(
    `No screen is called ${unknown.join(', ')}. The screens are ${Object.keys(SCREENS).join(', ')}`,
  );
  process.exit(2);
}
if (wanted.length === 0) await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: await findBrowser('chromium'),
  args: CHROMIUM_ARGUMENTS,
});
try {
  for (const [size, shape] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark']) {
      // Every run needs new pools, because erin's temporary password can be replaced only once
      const started = await startBuilt({ page: 0, pool: 0 });
      try {
        for (const [screen, [go, userPoolId]] of Object.entries(SCREENS)) {
          if (wanted.length > 0 && !wanted.includes(screen)) continue;
          const context = await browser.newContext({ ...shape, colorScheme, reducedMotion: 'reduce' });
          const page = await context.newPage();
          await page.goto(userPoolId ? `${started.url}/?userPoolId=${userPoolId}` : started.url);
          await page.getByRole('complementary').waitFor();
          await go?.(page, `${size}-${colorScheme}`);
          await page.mouse.move(0, 0);
          const height = await page.evaluate(() => {
            document.activeElement?.blur();
            scrollTo(0, 0);
            const parts = [...document.querySelectorAll('.page > *')];
            return Math.ceil(Math.max(...parts.map((part) => part.getBoundingClientRect().bottom)));
          });
          await page.screenshot({
            path: join(folder, `${screen}-${size}-${colorScheme}.png`),
            caret: 'hide',
            fullPage: true,
            // The whole page, without the empty rest of the window
            clip: { x: 0, y: 0, width: shape.viewport.width, height: height + MARGIN },
          });
          await context.close();
        }
      } finally {
        await started.close();
      }
    }
  }
} finally {
  await browser.close();
}
