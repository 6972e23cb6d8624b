/** The account of a signed-in user, the question about the device, the settings and what goes wrong, by the keyboard alone. */
import { appCode, SCREEN_CASES, shownSecret } from '../browser/challenge-cases.ts';
import { PASSWORD, type WorldOptions } from '../support/login-page.ts';
import {
  ALICE,
  byPassword,
  choose,
  enter,
  enterCode,
  expectAlert,
  HELLO,
  NAME,
  signedIn,
  testJourneys,
} from './keyboard-journeys.ts';

const withDevices: WorldOptions = {
  pool: { ...ALICE.pool, devices: { challengeRequiredOnNewDevice: true, onlyRememberedOnUserPrompt: true } },
};

testJourneys({
  'a sign-up, a change of the address and a sign-out': {
    options: { pool: {} },
    steps: [
      ['Sign in', NAME, choose('Create an account')],
      [
        'Create an account',
        'User name',
        async (keyboard) => {
          for (const text of ['alice', 'Nora', 'nora@example.com', PASSWORD]) {
            await keyboard.type(text);
            await keyboard.press('Tab');
          }
          await keyboard.choose('Create account');
        },
      ],
      ['Confirm your account', 'Code', enterCode],
      ['Hello, Nora', 'Hello, Nora', choose('Change your e-mail address')],
      [
        'Change your e-mail address',
        'E-mail',
        async (keyboard, { page }) => {
          await keyboard.type('second@example.com');
          await keyboard.press('Enter');
          await page.getByText('s***@e***').waitFor();
        },
      ],
      ['Change your e-mail address', 'Code', enterCode],
      [
        'Hello, Nora',
        'Hello, Nora',
        async (keyboard) => {
          await keyboard.tabTo('Sign out');
          await keyboard.press('Space');
        },
      ],
    ],
    end: ['Sign in', NAME],
  },
  'yes to the question about the device': {
    options: withDevices,
    steps: [
      byPassword,
      ['Remember this device?', 'Remember this device?', choose('Yes, remember it')],
      // The row with the button goes, and the focus stays at the list
      [
        HELLO,
        HELLO,
        async (keyboard) => {
          await keyboard.choose('Forget');
          await keyboard.expectFocus('Devices');
        },
      ],
    ],
    end: [HELLO, 'Devices'],
  },
  'no to the question about the device': {
    options: withDevices,
    steps: [byPassword, ['Remember this device?', 'Remember this device?', choose('No, ask me every time')]],
    end: signedIn,
  },
  'an answer about the device that fails, and going on without it': {
    options: withDevices,
    steps: [
      byPassword,
      [
        'Remember this device?',
        'Remember this device?',
        async (keyboard, { pool }) => {
          pool.faults.add({ name: 'throttle', operation: 'UpdateDeviceStatus' });
          await keyboard.choose('Yes, remember it');
          await keyboard.tabTo('Go on without it for now');
          await keyboard.press('Enter');
        },
      ],
    ],
    end: signedIn,
  },
  'the settings, which lead back': {
    options: ALICE,
    steps: [
      ['Sign in', NAME, choose('Settings')],
      ['Settings', 'User pool ID', choose('Back')],
    ],
    end: ['Sign in', NAME],
  },
  'the settings, which lead to another flow': {
    options: ALICE,
    steps: [
      ['Sign in', NAME, choose('Settings')],
      [
        'Settings',
        'User pool ID',
        async (keyboard, { page }) => {
          await keyboard.tabTo('Password sign-in');
          await keyboard.press('ArrowDown');
          await keyboard.choose('Use this pool');
          await page.waitForURL(/flow=USER_PASSWORD_AUTH/);
        },
      ],
      byPassword,
    ],
    end: signedIn,
  },
  'an authenticator app that is added': {
    options: ALICE,
    steps: [
      byPassword,
      [HELLO, HELLO, choose('Add an authenticator app')],
      ['Set up your authenticator app', 'Code from the app', choose('Back')],
      [HELLO, HELLO, choose('Add an authenticator app')],
      [
        'Set up your authenticator app',
        'Code from the app',
        enter(async ({ page }) => appCode(await shownSecret(page))),
      ],
    ],
    end: signedIn,
  },
  'a secret that cannot be fetched at first': {
    options: ALICE,
    steps: [
      byPassword,
      [
        HELLO,
        HELLO,
        async (keyboard, { pool }) => {
          pool.faults.add({ name: 'throttle', operation: 'AssociateSoftwareToken' });
          await keyboard.choose('Add an authenticator app');
        },
      ],
      [
        'Set up your authenticator app',
        'Code from the app',
        async (keyboard, { page, pool }) => {
          pool.faults.clear();
          await keyboard.choose('Show the QR code');
          await page.locator('.secret-code').waitFor();
        },
      ],
      // The button that was pressed is gone
      ['Set up your authenticator app', 'Secret', choose('Back')],
    ],
    end: signedIn,
  },
  'an account that is deleted': {
    options: ALICE,
    steps: [
      byPassword,
      [HELLO, HELLO, choose('Delete your account')],
      ['Delete your account', 'Delete your account', choose('Back')],
      [HELLO, HELLO, choose('Delete your account')],
      ['Delete your account', 'Delete your account', choose('Delete my account')],
    ],
    end: ['Sign in', NAME],
  },
  'a form that lacks something, and a wrong password': {
    options: ALICE,
    steps: [
      [
        'Sign in',
        NAME,
        async (keyboard, world) => {
          await keyboard.press('Enter');
          await world.page.getByText('Please fill this in.').first().waitFor();
          await keyboard.expectFocus(NAME);
          await keyboard.type('alice');
          await keyboard.press('Enter');
          await keyboard.expectFocus('Password');
          await keyboard.type('Wrong-Horse-9');
          await keyboard.press('Enter');
          await expectAlert(world, 'is not right');
          await keyboard.expectFocus('Password');
          await keyboard.type(PASSWORD);
          await keyboard.press('Enter');
        },
      ],
    ],
    end: signedIn,
  },
  'slow work that is cancelled by its button, and by Escape': {
    options: ALICE,
    steps: [
      [
        'Sign in',
        NAME,
        async (keyboard, world) => {
          world.pool.faults.add({ name: 'slow', delay: 20_000, operation: 'InitiateAuth' });
          await keyboard.type('alice');
          await keyboard.press('Tab');
          await keyboard.type(PASSWORD);
          await keyboard.press('Enter');
          await keyboard.choose('Cancel');
          await expectAlert(world, 'Cancelled.');
          await keyboard.expectFocus('Password');
          await keyboard.press('Enter');
          await world.page.getByRole('button', { name: 'Cancel' }).waitFor();
          await keyboard.press('Escape');
          await expectAlert(world, 'Cancelled.');
          await keyboard.expectFocus('Password');
          world.pool.faults.clear();
          await keyboard.press('Enter');
        },
      ],
    ],
    end: signedIn,
  },
  'a list of the account that is slow, and is cancelled': {
    options: withDevices,
    steps: [
      byPassword,
      ['Remember this device?', 'Remember this device?', choose('No, ask me every time')],
      [
        HELLO,
        HELLO,
        async (keyboard, { pool }) => {
          await keyboard.choose('Settings');
          await keyboard.expectFocus('User pool ID');
          pool.faults.add({ name: 'slow', delay: 20_000, operation: 'ListDevices' });
          await keyboard.choose('Back');
          await keyboard.expectFocus(HELLO);
          await keyboard.choose('Cancel');
          await keyboard.expectFocus('Devices');
        },
      ],
    ],
    end: [HELLO, 'Devices'],
  },
  'a sign-in that the pool has lost': {
    options: SCREEN_CASES.SMS_MFA.options,
    steps: [
      byPassword,
      [
        'Check your phone',
        'Code',
        async (keyboard, world) => {
          world.pool.faults.add({ name: 'session-lost', operation: 'RespondToAuthChallenge', nth: 1 });
          await enterCode(keyboard, world);
          await world.page.getByRole('alert').getByRole('button', { name: 'Start again' }).waitFor();
          await keyboard.choose('Start again');
        },
      ],
    ],
    end: ['Sign in', NAME],
  },
});
