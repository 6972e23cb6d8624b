/** Chromium passes every challenge through the page. Each state is accessible, in light, dark and on a small phone. */

import type { Triggers } from 'cognito-local-pool';
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import {
  ALICE,
  atApp,
  atStep,
  lastCode,
  looksRight,
  signIn,
  useBrowser,
  type World,
  type WorldOptions,
} from './world.ts';

const open = useBrowser();

const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const PHONE = '+4915100000008';
const appCode = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate();
const withPhone = {
  ...ALICE,
  attributes: { ...ALICE.attributes, phone_number: PHONE, phone_number_verified: 'true' },
};
const anyFactor = ['PASSWORD', 'WEB_AUTHN', 'EMAIL_OTP', 'SMS_OTP'] as const;

/** Asks once, after the password. */
const riddle: Triggers = {
  defineAuthChallenge: (event) => {
    const { session } = event.request;
    const last = session.at(-1);
    const right = last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult;
    event.response = right
      ? { issueTokens: true, failAuthentication: false }
      : {
          issueTokens: false,
          failAuthentication: session.length > 6,
          challengeName: last?.challengeName === 'SRP_A' ? 'PASSWORD_VERIFIER' : 'CUSTOM_CHALLENGE',
        };
    return event;
  },
  createAuthChallenge: (event) => {
    event.response = {
      publicChallengeParameters: { question: 'The colour of the sky?' },
      privateChallengeParameters: { answer: 'blue' },
    };
    return event;
  },
  verifyAuthChallengeResponse: (event) => {
    const { challengeAnswer, privateChallengeParameters } = event.request;
    event.response = { answerCorrect: challengeAnswer === privateChallengeParameters['answer'] };
    return event;
  },
};

const byPassword = ({ page }: World) => signIn(page);
const byChoice = async ({ page }: World) => {
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  await page.getByRole('button', { name: 'Other ways to sign in' }).click();
};
const press = (page: Page, name: string) => page.getByRole('button', { name }).click();
const enter = async (page: Page, label: string, text: string) => {
  await page.getByLabel(label, { exact: true }).fill(text);
};

/** Between the page and the pool: the page itself never asks for a lone PASSWORD, and AWS invents new names. */
const onTheWire =
  (request: (body: string) => string, reply = (body: string) => body) =>
  async ({ context }: World) => {
    await context.route('**/login/api*', async (route) => {
      const response = await route.fetch({ postData: request(route.request().postData() ?? '') });
      await route.fulfill({ response, body: reply(await response.text()) });
    });
  };
const preferring = (challenge: string) =>
  onTheWire((body) =>
    body.replace('"AuthParameters":{', `"AuthParameters":{"PREFERRED_CHALLENGE":"${challenge}",`),
  );

interface Case {
  readonly options: WorldOptions;
  readonly prepare?: (world: World) => Promise<void>;
  readonly reach: (world: World) => Promise<void>;
  readonly heading: string;
  /** Answers the challenge, and what comes after it. */
  readonly pass: (world: World) => Promise<void>;
}

const code: Case = {
  options: { pool: { mfa: 'OPTIONAL', users: [{ ...ALICE, mfa: { sms: PHONE } }] } },
  reach: byPassword,
  heading: 'Check your phone',
  pass: async ({ page, pool }) => {
    await enter(page, 'Code', lastCode(pool));
    await press(page, 'Continue');
  },
};
const password: Case = {
  options: { pool: { allowedFirstAuthFactors: anyFactor, users: [withPhone] } },
  reach: byChoice,
  heading: 'Enter your password',
  pass: async ({ page }) => {
    await enter(page, 'Password', ALICE.password);
    await press(page, 'Continue');
  },
};
const question: Case = {
  options: { pool: { triggers: riddle }, client: { explicitAuthFlows: ['ALLOW_CUSTOM_AUTH'] } },
  reach: byPassword,
  heading: 'One more question',
  pass: async ({ page }) => {
    await page.getByText('The colour of the sky?').waitFor();
    await enter(page, 'Your answer', 'green');
    await press(page, 'Answer');
    await page.getByText('That was not right. Try again.').waitFor();
    await enter(page, 'Your answer', 'blue');
    await press(page, 'Answer');
  },
};

const CASES: Readonly<Record<string, Case>> = {
  SMS_MFA: code,
  EMAIL_OTP: {
    ...code,
    options: { pool: { mfa: 'OPTIONAL', users: [{ ...ALICE, mfa: { email: true } }] } },
    heading: 'Check your e-mail',
  },
  SMS_OTP: {
    ...code,
    options: password.options,
    reach: async (world) => {
      await byChoice(world);
      await press(world.page, 'Text message');
    },
  },
  SOFTWARE_TOKEN_MFA: {
    options: { pool: { mfa: 'OPTIONAL', users: [{ ...ALICE, mfa: { totp: TOTP_SECRET } }] } },
    reach: byPassword,
    heading: 'Enter a code',
    pass: async ({ page }) => {
      await enter(page, 'Code', appCode(TOTP_SECRET));
      await press(page, 'Continue');
    },
  },
  SELECT_MFA_TYPE: {
    options: {
      pool: {
        mfa: 'OPTIONAL',
        users: [{ ...ALICE, mfa: { sms: PHONE, totp: TOTP_SECRET, email: true } }],
      },
    },
    reach: byPassword,
    heading: 'How do you want your code?',
    pass: async ({ page, pool }) => {
      await press(page, 'E-mail');
      await atStep(page, 'Check your e-mail');
      await enter(page, 'Code', lastCode(pool));
      await press(page, 'Continue');
    },
  },
  MFA_SETUP: {
    options: { pool: { mfa: 'ON' } },
    reach: byPassword,
    heading: 'Protect your account',
    pass: async ({ page }) => {
      await press(page, 'Authenticator app');
      await atStep(page, 'Set up your authenticator app');
      const secret = page.locator('.secret-code');
      await secret.waitFor();
      await looksRight(page, 'mfa-setup-app');
      await enter(page, 'Code from the app', appCode((await secret.textContent()) ?? ''));
      await press(page, 'Finish');
    },
  },
  'MFA_SETUP by e-mail': {
    options: { pool: { mfa: 'ON', users: [{ username: 'alice', password: ALICE.password }] } },
    reach: byPassword,
    heading: 'Protect your account',
    pass: async ({ page, pool }) => {
      await press(page, 'E-mail');
      await atStep(page, 'Your e-mail address');
      await looksRight(page, 'mfa-setup-email');
      await enter(page, 'E-mail', 'alice@example.com');
      await press(page, 'Send a code');
      await atStep(page, 'Check your e-mail');
      await enter(page, 'Code', lastCode(pool));
      await press(page, 'Continue');
    },
  },
  NEW_PASSWORD_REQUIRED: {
    options: {
      pool: {
        users: [{ ...ALICE, status: 'FORCE_CHANGE_PASSWORD' }],
        requiredAttributes: ['email', 'given_name'],
      },
    },
    reach: byPassword,
    heading: 'Choose a new password',
    pass: async ({ page }) => {
      await enter(page, 'First name', 'Alice');
      await enter(page, 'New password', 'weak');
      await press(page, 'Save and continue');
      await page.getByText('This password does not meet the rules above').waitFor();
      await looksRight(page, 'new-password-refused');
      await enter(page, 'New password', 'Another-Horse-10');
      await press(page, 'Save and continue');
    },
  },
  CUSTOM_CHALLENGE: question,
  'a challenge that is new': {
    ...question,
    prepare: onTheWire(
      (body) => body.replace('"ChallengeName":"RIDDLE"', '"ChallengeName":"CUSTOM_CHALLENGE"'),
      (body) => body.replace('"ChallengeName":"CUSTOM_CHALLENGE"', '"ChallengeName":"RIDDLE"'),
    ),
    heading: 'One more step',
  },
  SELECT_CHALLENGE: {
    ...password,
    heading: 'Choose how to sign in',
    pass: async ({ page }) => {
      await enter(page, 'Password', ALICE.password);
      await press(page, 'Continue with password');
    },
  },
  PASSWORD: { ...password, prepare: preferring('PASSWORD') },
  PASSWORD_SRP: { ...password, prepare: preferring('PASSWORD_SRP') },
  WEB_AUTHN: {
    ...password,
    prepare: registerPasskey,
    reach: async ({ page }) => {
      await page.getByLabel('User name, e-mail or phone').fill('alice');
      await press(page, 'Sign in with a passkey');
    },
    heading: 'Use your passkey',
    pass: async ({ page }) => {
      await press(page, 'Continue');
    },
  },
};

test.each(Object.keys(CASES))('passes %s', async (name) => {
  const { options, prepare, reach, heading, pass } = CASES[name] as Case;
  const world = await open(options);
  await world.open();
  if (prepare) {
    await prepare(world);
    await world.open();
  }
  await reach(world);
  await atStep(world.page, heading);
  await looksRight(world.page, name.toLowerCase().replace(/\W+/g, '-'));
  await pass(world);
  await atApp(world.page);
});

/** Gives alice a passkey of Chromium's virtual authenticator, by the operations that an account page would use. */
async function registerPasskey({ context, page, pool }: World): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const { accessToken } = await pool.issueTokens('alice', { clientId: 'web' });
  await page.evaluate(async (token) => {
    const call = async (operation: string, input: object): Promise<Record<string, never>> => {
      const response = await fetch('/', {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
        },
        body: JSON.stringify({ AccessToken: token, ...input }),
      });
      if (!response.ok) throw new Error(await response.text());
      return JSON.parse((await response.text()) || '{}') as Record<string, never>;
    };
    const { CredentialCreationOptions } = await call('StartWebAuthnRegistration', {});
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(
      CredentialCreationOptions ?? ({} as never),
    );
    const credential = (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
    await call('CompleteWebAuthnRegistration', { Credential: credential.toJSON() });
  }, accessToken);
}
