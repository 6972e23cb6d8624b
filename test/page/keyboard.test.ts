/** Each way through the page by the keyboard alone: no test here has a mouse, and Tab leads once round each page. */
import { addAuthenticator, appCode, SCREEN_CASES, shownSecret } from '../browser/challenge-cases.ts';
import { PASSWORD, useChromium, type World, type WorldOptions } from '../support/login-page.ts';
import { type Keyboard, keyboardOf } from './keyboard.ts';

const chromium = useChromium();
const walked = new Set<string>();
const NEW_PASSWORD = 'Another-Horse-10';
const NAME = 'User name, e-mail or phone';
const HELLO = 'Hello, alice';
const alice = {
  username: 'alice',
  password: PASSWORD,
  attributes: { email: 'alice@example.com', email_verified: 'true' },
};
const ALICE: WorldOptions = { pool: { users: [alice] } };
const withDevices: WorldOptions = {
  pool: { users: [alice], devices: { challengeRequiredOnNewDevice: true, onlyRememberedOnUserPrompt: true } },
};

/** What the user does in a step, once the focus is where it belongs. */
type Act = (keyboard: Keyboard, world: World) => Promise<void>;
/** The heading of a step, the element that has the focus when the step is shown, and what the user does. */
type Step = readonly [heading: string, focus: string, act: Act];

interface Journey {
  readonly options: WorldOptions;
  /** Before the first key. */
  readonly prepare?: (world: World) => Promise<void>;
  readonly steps: readonly Step[];
  /** The last step, and what has the focus there. */
  readonly end: readonly [heading: string, focus: string];
}

const codeOf = ({ pool }: World): string => pool.outbox.at(-1)?.code ?? '';
const press =
  (key: string): Act =>
  (keyboard) =>
    keyboard.press(key);
const choose =
  (name: string): Act =>
  (keyboard) =>
    keyboard.choose(name);
/** Types into the field that has the focus, and sends the form. */
const enter =
  (text: string | ((world: World) => string | Promise<string>)): Act =>
  async (keyboard, world) => {
    await keyboard.type(typeof text === 'string' ? text : await text(world));
    await keyboard.press('Enter');
  };

const byPassword: Step = [
  'Sign in',
  NAME,
  async (keyboard) => {
    await keyboard.type('alice');
    await keyboard.press('Tab');
    await keyboard.type(PASSWORD);
    await keyboard.press('Enter');
  },
];
const byChoice: Step = [
  'Sign in',
  NAME,
  async (keyboard) => {
    await keyboard.type('alice');
    await keyboard.choose('Other ways to sign in');
  },
];
const signedIn = [HELLO, HELLO] as const;
const enterCode = enter(codeOf);
/** Sends what fails, and waits for the words that say so. */
const expectAlert = ({ page }: World, text: string) => page.locator('[role=alert]').getByText(text).waitFor();

const JOURNEYS: Readonly<Record<string, Journey>> = {
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
  'a forgotten password': {
    options: ALICE,
    steps: [
      [
        'Sign in',
        NAME,
        async (keyboard) => {
          await keyboard.type('alice');
          await keyboard.choose('Forgot your password?');
        },
      ],
      ['Reset your password', NAME, press('Enter')],
      ['Choose a new password', 'Code', choose('Send a new code')],
      [
        'Choose a new password',
        'Code',
        async (keyboard, world) => {
          world.secrets.add(NEW_PASSWORD);
          await keyboard.type(codeOf(world));
          await keyboard.tabTo('New password');
          await keyboard.type(NEW_PASSWORD);
          await keyboard.press('Enter');
        },
      ],
    ],
    end: signedIn,
  },
  NEW_PASSWORD_REQUIRED: {
    options: SCREEN_CASES.NEW_PASSWORD_REQUIRED.options,
    steps: [
      byPassword,
      [
        'Choose a new password',
        'First name',
        async (keyboard, world) => {
          world.secrets.add(NEW_PASSWORD);
          await keyboard.type('Ann');
          await keyboard.tabTo('New password');
          await keyboard.type('short');
          await keyboard.press('Enter');
          await expectAlert(world, 'does not meet the rules');
          await keyboard.expectFocus('New password');
          await keyboard.type(NEW_PASSWORD);
          await keyboard.press('Enter');
        },
      ],
    ],
    end: ['Hello, Ann', 'Hello, Ann'],
  },
  SMS_MFA: {
    options: SCREEN_CASES.SMS_MFA.options,
    steps: [byPassword, ['Check your phone', 'Code', enterCode]],
    end: signedIn,
  },
  EMAIL_OTP: {
    options: SCREEN_CASES.EMAIL_OTP.options,
    steps: [byPassword, ['Check your e-mail', 'Code', enterCode]],
    end: signedIn,
  },
  SOFTWARE_TOKEN_MFA: {
    options: SCREEN_CASES.SOFTWARE_TOKEN_MFA.options,
    steps: [
      byPassword,
      [
        'Enter a code',
        'Code',
        enter(({ pool }) => appCode(pool.users.find('alice')?.softwareToken?.secret ?? '')),
      ],
    ],
    end: signedIn,
  },
  SELECT_MFA_TYPE: {
    options: SCREEN_CASES.SELECT_MFA_TYPE.options,
    steps: [
      byPassword,
      ['How do you want your code?', 'How do you want your code?', choose('E-mail')],
      ['Check your e-mail', 'Code', enterCode],
    ],
    end: signedIn,
  },
  'MFA_SETUP of an authenticator app': {
    options: SCREEN_CASES.MFA_SETUP.options,
    steps: [
      byPassword,
      ['Protect your account', 'Protect your account', choose('E-mail')],
      ['Your e-mail address', 'E-mail', choose('Choose another way')],
      ['Protect your account', 'Protect your account', choose('Authenticator app')],
      [
        'Set up your authenticator app',
        'Code from the app',
        enter(async ({ page }) => appCode(await shownSecret(page))),
      ],
    ],
    end: signedIn,
  },
  'MFA_SETUP of an e-mail address': {
    options: SCREEN_CASES.MFA_SETUP.options,
    steps: [
      byPassword,
      ['Protect your account', 'Protect your account', choose('E-mail')],
      ['Your e-mail address', 'E-mail', enter('alice@example.com')],
      ['Check your e-mail', 'Code', enterCode],
    ],
    end: signedIn,
  },
  'SELECT_CHALLENGE, with the password': {
    options: SCREEN_CASES.SELECT_CHALLENGE.options,
    steps: [byChoice, ['Choose how to sign in', 'Password', enter(PASSWORD)]],
    end: signedIn,
  },
  'SELECT_CHALLENGE, with a code that is sent again': {
    options: SCREEN_CASES.SMS_OTP.options,
    steps: [
      byChoice,
      ['Choose how to sign in', 'Password', choose('Text message')],
      ['Check your phone', 'Code', choose('Send a new code')],
      ['Check your phone', 'Code', enterCode],
    ],
    end: signedIn,
  },
  CUSTOM_CHALLENGE: {
    options: SCREEN_CASES.CUSTOM_CHALLENGE.options,
    steps: [
      byPassword,
      [
        'One more question',
        'Your answer',
        async (keyboard, world) => {
          await keyboard.type('green');
          await keyboard.press('Enter');
          await expectAlert(world, 'That was not right. Try again.');
        },
      ],
      ['One more question', 'Your answer', enter('blue')],
    ],
    end: signedIn,
  },
  'a passkey that is added and used': {
    options: ALICE,
    prepare: async (world) => {
      await addAuthenticator(world);
      // Otherwise the name field would offer the passkey, and this user takes every offer
      await world.page.evaluate(() => {
        PublicKeyCredential.isConditionalMediationAvailable = async () => false;
      });
    },
    steps: [
      byPassword,
      [HELLO, HELLO, choose('Add a passkey')],
      [
        HELLO,
        HELLO,
        async (keyboard, { page }) => {
          await page.getByText('Your passkey is ready').waitFor();
          await keyboard.choose('Sign out');
        },
      ],
      // The name that was typed before is filled in
      ['Sign in', NAME, choose('Sign in with a passkey')],
      ['Use your passkey', 'Use your passkey', choose('Continue')],
    ],
    end: signedIn,
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
};

test.each(Object.entries(JOURNEYS))('%s', async (_, { options, prepare, steps, end }) => {
  const world = await chromium.open(options);
  await prepare?.(world);
  const keyboard = keyboardOf(world.page, walked);
  for (const [heading, focus, act] of steps) {
    await keyboard.arrive(heading, focus);
    await act(keyboard, world);
  }
  await keyboard.arrive(...end);
});
