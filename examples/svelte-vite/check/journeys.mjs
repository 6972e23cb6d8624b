/** What is tried: each walk begins at the first form, in a browser that knows nothing. */
import { Secret, TOTP } from 'otpauth';

const PASSWORD = 'Correct-Horse-9';
const NEW_PASSWORD = 'Another-Horse-10';

async function signIn({ at, fill, press }, username, password = PASSWORD) {
  await at('Sign in');
  await fill({ 'User name, e-mail or phone': username, Password: password });
  await press('Sign in');
}

/** Answers the question about the device, and looks at what a signed-in user sees. */
async function arrive({ at, choose, press, sees }, name) {
  await at('Remember this device?');
  await choose(/No, ask me/);
  await at(`Hello, ${name}`);
  await press('Ask the server');
  await sees('The server has verified the token of');
}

export const JOURNEYS = [
  {
    mode: 'production',
    walks: {
      'wrong password, then the right one; a reload; sign-out': async (page) => {
        await signIn(page, 'alice', 'wrong');
        await page.sees('The user name or password is not right.');
        await page.fill({ Password: PASSWORD });
        await page.press('Sign in');
        await arrive(page, 'Alice');
        await page.sees('writers');
        await page.reload();
        await page.at('Hello, Alice');
        await page.press('Sign out');
        await page.at('Sign in');
        await page.reload();
        await page.at('Sign in');
      },
      'a code by text message, with a wrong one and a reload before': async (page) => {
        await signIn(page, 'bob');
        await page.at('Check your phone');
        await page.fill({ Code: '000000' });
        await page.press('Continue');
        await page.sees('That code is not right.');
        await page.reload();
        await page.at('Check your phone');
        await page.fill({ Code: page.code() });
        await page.press('Continue');
        await arrive(page, 'bob');
      },
      'a sign-in by the keyboard alone': async (page) => {
        const { keyboard } = page.page;
        await page.at('Sign in');
        await keyboard.type('bob');
        await keyboard.press('Tab');
        await keyboard.type(PASSWORD);
        await keyboard.press('Enter');
        await page.at('Check your phone');
        await keyboard.type(page.code());
        await keyboard.press('Enter');
        await page.at('Remember this device?');
        await keyboard.press('Tab');
        await keyboard.press('Enter');
        await page.at('Hello, bob');
      },
      'a choice of the second factor': async (page) => {
        await signIn(page, 'carol');
        await page.at('How do you want your code?');
        await page.choose(/E-mail/);
        await page.at('Check your e-mail');
        await page.fill({ Code: page.code() });
        await page.press('Continue');
        await arrive(page, 'carol@example.com');
      },
      'a new password': async (page) => {
        await signIn(page, 'dave', 'Temporary-1');
        await page.at('Choose a new password');
        await page.fill({ 'New password': 'short' });
        await page.press('Continue');
        await page.sees('This password does not meet');
        await page.fill({ 'New password': NEW_PASSWORD });
        await page.press('Continue');
        await arrive(page, 'dave');
      },
      'another first factor': async (page) => {
        await page.at('Sign in');
        await page.fill({ 'User name, e-mail or phone': 'alice' });
        await page.press('Other ways to sign in');
        await page.at('Choose how to sign in');
        await page.choose(/E-mail/);
        await page.at('Check your e-mail');
        await page.press('Send a new code');
        await page.sees('A new code is on its way.');
        await page.fill({ Code: page.code() });
        await page.press('Continue');
        await arrive(page, 'Alice');
      },
      'a code by text message in place of the password': async (page) => {
        await page.at('Sign in');
        await page.fill({ 'User name, e-mail or phone': 'alice' });
        await page.press('Other ways to sign in');
        await page.at('Choose how to sign in');
        await page.choose(/Text message/);
        await page.at('Check your phone');
        await page.fill({ Code: page.code() });
        await page.press('Continue');
        await arrive(page, 'Alice');
      },
      'a device that is remembered, and replaces the code': async (page) => {
        await signIn(page, 'bob');
        await page.at('Check your phone');
        await page.fill({ Code: page.code() });
        await page.press('Continue');
        await page.at('Remember this device?');
        await page.choose(/Yes, remember it/);
        await page.at('Hello, bob');
        await page.press('Sign out');
        await signIn(page, 'bob');
        await page.at('Hello, bob');
      },
      'a passkey': async (page) => {
        await page.at('Sign in');
        await page.addPasskey('alice');
        await page.fill({ 'User name, e-mail or phone': 'alice' });
        await page.press('Other ways to sign in');
        await page.at('Choose how to sign in');
        await page.choose(/Passkey/);
        await page.at('Use your passkey');
        await page.press('Continue');
        await arrive(page, 'Alice');
      },
      'sign-up, left before the code, and confirmed at the next sign-in': async (page) => {
        await page.at('Sign in');
        await page.press('Create an account');
        await page.at('Create an account');
        await page.fill({
          'User name, e-mail or phone': 'frank',
          'E-mail': 'frank@example.com',
          'New password': NEW_PASSWORD,
        });
        await page.press('Create account');
        await page.at('Confirm your account');
        await page.reload();
        await page.at('Confirm your account');
        await page.press('Start again');
        await signIn(page, 'frank', NEW_PASSWORD);
        await page.at('Confirm your account');
        await page.press('Send a new code');
        await page.sees('A new code is on its way.');
        await page.fill({ Code: page.code() });
        await page.press('Confirm');
        await arrive(page, 'frank@example.com');
      },
      'sign-up that signs in': async (page) => {
        await page.at('Sign in');
        await page.press('Create an account');
        await page.at('Create an account');
        await page.fill({
          'User name, e-mail or phone': 'grace',
          'E-mail': 'grace@example.com',
          'New password': NEW_PASSWORD,
        });
        await page.press('Create account');
        await page.at('Confirm your account');
        await page.fill({ Code: page.code() });
        await page.press('Confirm');
        await arrive(page, 'grace@example.com');
      },
      'a forgotten password': async (page) => {
        await page.at('Sign in');
        await page.press('Forgot your password?');
        await page.at('Reset your password');
        await page.fill({ 'User name, e-mail or phone': 'alice' });
        await page.press('Send a code');
        await page.at('Choose a new password');
        await page.fill({ Code: page.code(), 'New password': NEW_PASSWORD });
        await page.press('Save and sign in');
        await arrive(page, 'Alice');
      },
    },
  },
  {
    mode: 'mfa',
    walks: {
      'an authenticator app is set up, and asked for the next time': async (page) => {
        await signIn(page, 'erin');
        await page.at('Protect your account');
        await page.choose(/Authenticator app/);
        await page.at('Set up your authenticator app');
        const app = new TOTP({ secret: Secret.fromBase32(await page.page.locator('code').innerText()) });
        await page.fill({ Code: app.generate() });
        await page.press('Continue');
        await page.at('Hello, erin');
        await page.press('Sign out');
        await signIn(page, 'erin');
        await page.at('Enter a code');
        // The code before can be used once, and the one after it is accepted already
        await page.fill({ Code: app.generate({ timestamp: Date.now() + 30_000 }) });
        await page.press('Continue');
        await page.at('Hello, erin');
      },
      'an e-mail address is set up, and gets the code the next time': async (page) => {
        await signIn(page, 'heidi');
        await page.at('Protect your account');
        await page.fill({ 'E-mail': 'heidi@example.com' });
        await page.press('Continue');
        await page.at('Check your e-mail');
        await page.fill({ Code: page.code() });
        await page.press('Continue');
        await page.at('Hello, heidi@example.com');
        await page.press('Sign out');
        await signIn(page, 'heidi');
        await page.at('Check your e-mail');
      },
    },
  },
  {
    mode: 'custom',
    walks: {
      "a question of the pool's own, with a wrong answer before": async (page) => {
        await signIn(page, 'bob');
        await page.at('One more question');
        await page.sees('The colour of the sky?');
        await page.fill({ 'Your answer': 'green' });
        await page.press('Continue');
        await page.sees('That was not right. Try again.');
        await page.fill({ 'Your answer': 'blue' });
        await page.press('Continue');
        await arrive(page, 'bob');
      },
    },
  },
];
