/** For each challenge: how the page gets there, and the answer. If one is missing, this file does not compile. */
import { Secret, TOTP } from 'otpauth';
import type { Page } from 'playwright-core';
import type { Triggers } from '../../pool/src/index.ts';
import type { ChallengeName } from '../../src/index.ts';
import {
  atAccount,
  atStep,
  PASSWORD,
  signInAs,
  textOf,
  type World,
  type WorldOptions,
} from '../support/login-page.ts';

export interface ScreenCase {
  readonly options: WorldOptions;
  /** Before the sign-in. */
  readonly prepare?: (world: World) => Promise<void>;
  readonly reach: (page: Page) => Promise<void>;
  readonly heading: string;
  /** Fills in the right answer, all but the last click. */
  readonly fill?: (world: World) => Promise<void>;
  /** What is clicked to send it. */
  readonly button: string;
  /** Where that leads. */
  readonly next?: string;
}

const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const PHONE = '+4915100000008';
const alice = {
  username: 'alice',
  password: PASSWORD,
  attributes: { email: 'alice@example.com', email_verified: 'true' },
};
const withPhone = {
  ...alice,
  attributes: { ...alice.attributes, phone_number: PHONE, phone_number_verified: 'true' },
};

const byPassword = (page: Page) => signInAs(page, 'alice');
const byChoice = async (page: Page) => {
  await page.getByLabel('User name, e-mail or phone').fill('alice');
  await page.getByRole('button', { name: 'Other ways to sign in' }).click();
};
export const fillCode = async ({ page, pool }: World) => {
  const field = page.getByLabel('Code', { exact: true });
  // Where a code is asked for, it has been sent
  await field.waitFor();
  await field.fill(pool.outbox.at(-1)?.code ?? 'none was sent');
};
const fillPassword = async ({ page }: World) => {
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
};
const fillAnswer = async ({ page }: World) => {
  await page.getByLabel('Your answer').fill('blue');
};
export const appCode = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate();

/** Asks once; the password comes first where it is given. */
export const riddle: Triggers = {
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

/** Between the page and the pool: the page itself never asks for a lone PASSWORD, and AWS invents new names. */
export const onTheWire =
  (request: (body: string) => string, reply: (body: string) => string = (body) => body) =>
  async ({ context, endpoint }: World) => {
    await context.route(`${endpoint}/`, async (route) => {
      const body = route.request().postData();
      const response = await route.fetch(body === null ? {} : { postData: request(body) });
      await route.fulfill({ response, body: reply(await response.text()) });
    });
  };
const prefer = (challenge: string) => (body: string) =>
  body.replace('"AuthParameters":{', `"AuthParameters":{"PREFERRED_CHALLENGE":"${challenge}",`);
const renamed = (inPool: string, outside: string, request = (body: string) => body) =>
  onTheWire(
    (body) => request(body).replace(`"ChallengeName":"${outside}"`, `"ChallengeName":"${inPool}"`),
    (body) => body.replace(`"ChallengeName":"${inPool}"`, `"ChallengeName":"${outside}"`),
  );

const sms: ScreenCase = {
  options: { pool: { users: [{ ...alice, mfa: { sms: PHONE } }] } },
  reach: byPassword,
  heading: 'Check your phone',
  fill: fillCode,
  button: 'Continue',
};
const password: ScreenCase = {
  options: { pool: { users: [alice] } },
  reach: byChoice,
  heading: 'Enter your password',
  fill: fillPassword,
  button: 'Continue',
};

export const SCREEN_CASES: { readonly [Name in ChallengeName]: ScreenCase } = {
  SMS_MFA: sms,
  EMAIL_OTP: {
    ...sms,
    options: { pool: { users: [{ ...alice, mfa: { email: true } }] } },
    heading: 'Check your e-mail',
  },
  SMS_OTP: {
    ...sms,
    options: { pool: { users: [withPhone] } },
    reach: async (page) => {
      await byChoice(page);
      await page.getByRole('button', { name: 'Text message' }).click();
    },
  },
  SOFTWARE_TOKEN_MFA: {
    ...sms,
    options: { pool: { users: [{ ...alice, mfa: { totp: TOTP_SECRET } }] } },
    heading: 'Enter a code',
    fill: async ({ page }) => {
      await page.getByLabel('Code', { exact: true }).fill(appCode(TOTP_SECRET));
    },
  },
  SELECT_MFA_TYPE: {
    options: { pool: { users: [{ ...alice, mfa: { sms: PHONE, totp: TOTP_SECRET, email: true } }] } },
    reach: byPassword,
    heading: 'How do you want your code?',
    button: 'E-mail A code to your mailbox',
    next: 'Check your e-mail',
  },
  MFA_SETUP: {
    options: { pool: { users: [alice], mfa: 'ON', allowedFirstAuthFactors: ['PASSWORD'] } },
    reach: byPassword,
    heading: 'Protect your account',
    button: 'Authenticator app A code that your app shows',
    next: 'Set up your authenticator app',
  },
  NEW_PASSWORD_REQUIRED: {
    options: {
      pool: {
        users: [{ ...alice, status: 'FORCE_CHANGE_PASSWORD' }],
        requiredAttributes: ['email', 'given_name'],
      },
    },
    reach: byPassword,
    heading: 'Choose a new password',
    fill: async ({ page, secrets }) => {
      secrets.add('Another-Horse-10');
      await page.getByLabel('First name').fill('Ann');
      await page.getByLabel('New password', { exact: true }).fill('Another-Horse-10');
    },
    button: 'Save and continue',
    next: 'Hello, Ann',
  },
  CUSTOM_CHALLENGE: {
    options: { pool: { users: [alice], triggers: riddle }, flow: 'CUSTOM_AUTH' },
    reach: byPassword,
    heading: 'One more question',
    fill: fillAnswer,
    button: 'Answer',
  },
  SELECT_CHALLENGE: {
    options: { pool: { users: [alice] } },
    reach: byChoice,
    heading: 'Choose how to sign in',
    fill: fillPassword,
    button: 'Continue with password',
  },
  PASSWORD: { ...password, prepare: onTheWire(prefer('PASSWORD')) },
  PASSWORD_SRP: { ...password, prepare: onTheWire(prefer('PASSWORD_SRP')) },
  ADMIN_NO_SRP_AUTH: { ...password, prepare: renamed('PASSWORD', 'ADMIN_NO_SRP_AUTH', prefer('PASSWORD')) },
  WEB_AUTHN: {
    options: { pool: { users: [alice] } },
    prepare: async (world) => {
      const authenticator = await addAuthenticator(world);
      await registerPasskey(world.page, authenticator);
      // Otherwise the name field would offer the passkey, and this user takes every offer
      await forgetPasskeyUser(world.page);
      await world.page.reload();
      await authenticator.setPresence(true);
    },
    reach: async (page) => {
      await page.getByLabel('User name, e-mail or phone').fill('alice');
      await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    },
    heading: 'Use your passkey',
    button: 'Continue',
  },
  UNKNOWN: {
    options: { pool: { users: [alice], triggers: riddle }, flow: 'CUSTOM_AUTH' },
    prepare: renamed('CUSTOM_CHALLENGE', 'RIDDLE_OF_THE_FUTURE'),
    reach: byPassword,
    heading: 'One more step',
    fill: fillAnswer,
    button: 'Answer',
  },
};

export interface VirtualAuthenticator {
  /** Whether somebody is there, who then says yes to everything at once. */
  readonly setPresence: (enabled: boolean) => Promise<void>;
  /** Forgets its passkeys. */
  readonly clear: () => Promise<void>;
}

/** Chromium's virtual authenticator, built in. */
export async function addAuthenticator({ context, page }: World): Promise<VirtualAuthenticator> {
  const devtools = await context.newCDPSession(page);
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
  return {
    setPresence: async (enabled) => {
      await devtools.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled });
    },
    clear: async () => {
      await devtools.send('WebAuthn.clearCredentials', { authenticatorId });
    },
  };
}

/** Signs alice in, adds a passkey, and signs her out again. The authenticator is then left alone. */
export async function registerPasskey(page: Page, authenticator: VirtualAuthenticator): Promise<void> {
  await signInAs(page, 'alice');
  await atAccount(page);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await page.getByText('Your passkey is ready').waitFor();
  await authenticator.setPresence(false);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await atStep(page, 'Sign in');
}

/** Forgets who has a passkey here: the page then offers none by itself. */
export const forgetPasskeyUser = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const key of Object.keys(localStorage)) {
      if (key.endsWith('.passkey-user')) localStorage.removeItem(key);
    }
  });

/** Opens the case's world at its challenge. */
export async function reach(
  name: ChallengeName,
  open: (options: WorldOptions) => Promise<World>,
): Promise<World> {
  const { options, prepare, reach: go, heading } = SCREEN_CASES[name];
  const world = await open(options);
  await prepare?.(world);
  await go(world.page);
  await atStep(world.page, heading);
  return world;
}

/** The secret that the set-up shows, as typed. */
export const shownSecret = (page: Page): Promise<string> => textOf(page.locator('.secret-code'));
