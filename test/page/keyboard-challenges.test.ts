/** Each challenge, a forgotten password and a passkey by the keyboard alone. */
import { addAuthenticator, appCode, SCREEN_CASES, shownSecret } from '../browser/challenge-cases.ts';
import { PASSWORD } from '../support/login-page.ts';
import {
  ALICE,
  byPassword,
  choose,
  codeOf,
  enter,
  enterCode,
  expectAlert,
  HELLO,
  NAME,
  press,
  type Step,
  signedIn,
  testJourneys,
} from './keyboard-journeys.ts';

const NEW_PASSWORD = 'Another-Horse-10';

const byChoice: Step = [
  'Sign in',
  NAME,
  async (keyboard) => {
    await keyboard.type('alice');
    await keyboard.choose('Other ways to sign in');
  },
];

testJourneys({
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
      [
        HELLO,
        HELLO,
        async (keyboard, { page }) => {
          await keyboard.choose('Add a passkey');
          // The heading stays the same, and a button to cancel stands below it while the passkey is made
          await page.getByText('Your passkey is ready').waitFor();
        },
      ],
      [HELLO, HELLO, choose('Sign out')],
      // The name that was typed before is filled in
      ['Sign in', NAME, choose('Sign in with a passkey')],
      ['Use your passkey', 'Use your passkey', choose('Continue')],
    ],
    end: signedIn,
  },
});
