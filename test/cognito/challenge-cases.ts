/**
 * For every challenge of the table: a pool that asks it, a right answer and wrong ones. If one is missing, this file does
 * not compile.
 */
import { Secret, TOTP } from 'otpauth';
import { createUserPool, type UserPool, type UserPoolOptions } from '../../pool/src/index.ts';
import {
  type ChallengeName,
  type ChallengeOf,
  type ChallengeShapes,
  type Credentials,
  completePasskeyRegistration,
  type SignInOptions,
  type Step,
  signIn,
  startPasskeyRegistration,
  startSoftwareTokenSetup,
  type UserPoolClient,
} from '../../src/index.ts';
import { createAuthenticator } from '../support/authenticator.ts';

export const PASSWORD = 'Correct-Horse-9';
const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const EMAIL = { email: 'alice@example.com', email_verified: 'true' };
const PHONE = { phone_number: '+4912345678', phone_number_verified: 'true' };

type Answer<Name extends ChallengeName> = ChallengeShapes[Name]['answer'];

/** A pool with a clock of its own, and what a case keeps between its steps. */
export interface World {
  readonly pool: UserPool;
  readonly client: UserPoolClient;
  readonly options: SignInOptions;
  readonly clock: { ms: number };
  readonly authenticator: ReturnType<typeof createAuthenticator>;
}

export interface Case<Name extends ChallengeName> {
  readonly options: UserPoolOptions;
  readonly credentials: Credentials;
  /** Before the sign-in: what the user has done earlier. */
  readonly prepare?: (world: World) => Promise<void>;
  /** After the challenge came: what has to be done before it is answered. */
  readonly before?: (world: World, challenge: ChallengeOf<Name>) => Promise<ChallengeOf<Name>>;
  /** What is shown, besides what all challenges have. */
  readonly shows: object;
  readonly right: (world: World, challenge: ChallengeOf<Name>) => Answer<Name>;
  /** What the right answer leads to: `signed-in`, or the next challenge. */
  readonly next: 'signed-in' | ChallengeName;
  readonly wrong: {
    readonly answer: (world: World, challenge: ChallengeOf<Name>) => Answer<Name>;
    /** The error, or the challenge that comes instead of one. */
    readonly gets: { readonly code: string; readonly recovery: string } | { readonly next: ChallengeName };
  };
  /** An answer of another shape, and the field that is named. */
  readonly misshapen: { readonly answer: object; readonly field: string };
  /** The service asks by another name than the pool's: [in the pool, on the wire]. */
  readonly renamed?: readonly [string, string];
}

const alice = { username: 'alice', password: PASSWORD, attributes: EMAIL };
const password: Credentials = { flow: 'USER_PASSWORD_AUTH', username: 'alice', password: PASSWORD };

const sentCode = ({ pool }: World) => ({ code: pool.outbox.at(-1)?.code ?? 'no code was sent' });
const otherCode = (world: World) => ({ code: sentCode(world).code.replace(/./g, (d) => `${9 - Number(d)}`) });
const totp = (secret: string, { clock }: World) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.ms });

const MISMATCH = { code: 'CODE_MISMATCH', recovery: 'answer-again' };
const REFUSED = { code: 'INCORRECT_USERNAME_OR_PASSWORD', recovery: 'start-again' };
const NO_CODE = { answer: { code: '' }, field: 'answer.code' };
const NO_PASSWORD = { answer: { password: 7 }, field: 'answer.password' };
const MASKED = (medium: string) => ({ delivery: { medium, destination: expect.stringContaining('***') } });

/** Two rounds of one riddle. */
const riddle: UserPoolOptions['triggers'] = {
  defineAuthChallenge: (event) => {
    const { session } = event.request;
    const right = session.filter(({ challengeResult }) => challengeResult).length;
    event.response =
      right >= 2
        ? { issueTokens: true, failAuthentication: false }
        : { issueTokens: false, failAuthentication: session.length > 4, challengeName: 'CUSTOM_CHALLENGE' };
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

const setupSecrets = new WeakMap<World, string>();

export const CASES: { readonly [Name in ChallengeName]: Case<Name> } = {
  SMS_MFA: {
    options: { users: [{ ...alice, mfa: { sms: '+4912345678' } }] },
    credentials: password,
    shows: MASKED('SMS'),
    right: sentCode,
    next: 'signed-in',
    wrong: { answer: otherCode, gets: MISMATCH },
    misshapen: NO_CODE,
  },
  EMAIL_OTP: {
    options: { users: [{ ...alice, mfa: { email: true } }] },
    credentials: password,
    shows: MASKED('EMAIL'),
    right: sentCode,
    next: 'signed-in',
    wrong: { answer: otherCode, gets: MISMATCH },
    misshapen: { answer: { code: ' ' }, field: 'answer.code' },
  },
  SMS_OTP: {
    options: { users: [{ ...alice, attributes: { ...EMAIL, ...PHONE } }] },
    credentials: { flow: 'USER_AUTH', username: 'alice', preferredChallenge: 'SMS_OTP' },
    shows: MASKED('SMS'),
    right: (world) => ({ code: sentCode(world).code.replace(/(....)/, ' $1 ') }),
    next: 'signed-in',
    wrong: { answer: otherCode, gets: MISMATCH },
    misshapen: { answer: { code: 12345678 }, field: 'answer.code' },
  },
  SOFTWARE_TOKEN_MFA: {
    options: { users: [{ ...alice, mfa: { totp: TOTP_SECRET } }] },
    credentials: password,
    shows: {},
    right: (world) => ({ code: totp(TOTP_SECRET, world) }),
    next: 'signed-in',
    wrong: {
      answer: (world) => ({ code: String((Number(totp(TOTP_SECRET, world)) + 1) % 1e6).padStart(6, '0') }),
      gets: MISMATCH,
    },
    misshapen: { answer: {}, field: 'answer.code' },
  },
  SELECT_MFA_TYPE: {
    options: { users: [{ ...alice, mfa: { sms: '+4912345678', totp: TOTP_SECRET, email: true } }] },
    credentials: password,
    shows: { options: ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] },
    right: () => ({ choice: 'EMAIL_OTP' }),
    next: 'EMAIL_OTP',
    wrong: {
      // Another choice is no mistake: it leads to another challenge
      answer: () => ({ choice: 'SMS_MFA' }),
      gets: { next: 'SMS_MFA' },
    },
    misshapen: { answer: { choice: 'PIGEON' }, field: 'answer.choice' },
  },
  MFA_SETUP: {
    options: { users: [alice], mfa: 'ON' },
    credentials: password,
    shows: { options: ['SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'], needsAdministrator: false },
    before: async (world, challenge) => {
      const setup = await startSoftwareTokenSetup(world.client, challenge, { issuer: 'Test' }, world.options);
      setupSecrets.set(world, setup.secretCode);
      return setup.challenge;
    },
    right: (world) => ({ code: totp(setupSecrets.get(world) ?? '', world), friendlyDeviceName: 'Phone' }),
    next: 'signed-in',
    wrong: {
      answer: (world) => ({
        code: String((Number(totp(setupSecrets.get(world) ?? '', world)) + 1) % 1e6).padStart(6, '0'),
      }),
      gets: MISMATCH,
    },
    misshapen: { answer: { email: '' }, field: 'answer.email' },
  },
  NEW_PASSWORD_REQUIRED: {
    options: {
      users: [{ ...alice, status: 'FORCE_CHANGE_PASSWORD' }],
      requiredAttributes: ['email', 'given_name'],
    },
    credentials: password,
    shows: { requiredAttributes: ['given_name'], userAttributes: EMAIL },
    right: () => ({ newPassword: 'Another-Horse-10', attributes: { given_name: 'Ann' } }),
    next: 'signed-in',
    wrong: {
      answer: () => ({ newPassword: 'short', attributes: { given_name: 'Ann' } }),
      gets: { code: 'PASSWORD_POLICY', recovery: 'answer-again' },
    },
    misshapen: {
      answer: { newPassword: 'Another-Horse-10', attributes: { given_name: 7 } },
      field: 'answer.attributes',
    },
  },
  CUSTOM_CHALLENGE: {
    options: { users: [alice], triggers: riddle },
    credentials: { flow: 'CUSTOM_AUTH', username: 'alice' },
    shows: { publicParameters: { question: 'The colour of the sky?' } },
    right: () => ({ answer: 'blue' }),
    next: 'CUSTOM_CHALLENGE',
    wrong: { answer: () => ({ answer: 'green' }), gets: { next: 'CUSTOM_CHALLENGE' } },
    misshapen: { answer: { answer: '' }, field: 'answer.answer' },
  },
  SELECT_CHALLENGE: {
    options: { users: [alice] },
    credentials: { flow: 'USER_AUTH', username: 'alice' },
    shows: { options: ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP'] },
    right: () => ({ choice: 'PASSWORD', password: PASSWORD }),
    next: 'signed-in',
    wrong: { answer: () => ({ choice: 'PASSWORD', password: 'wrong' }), gets: REFUSED },
    misshapen: { answer: { choice: 'PASSWORD_SRP' }, field: 'answer.password' },
  },
  PASSWORD: {
    options: { users: [alice] },
    credentials: { flow: 'USER_AUTH', username: 'alice', preferredChallenge: 'PASSWORD' },
    shows: {},
    right: () => ({ password: PASSWORD }),
    next: 'signed-in',
    wrong: { answer: () => ({ password: 'wrong' }), gets: REFUSED },
    misshapen: NO_PASSWORD,
  },
  PASSWORD_SRP: {
    options: { users: [alice] },
    credentials: { flow: 'USER_AUTH', username: 'alice', preferredChallenge: 'PASSWORD_SRP' },
    shows: {},
    right: () => ({ password: PASSWORD }),
    next: 'signed-in',
    wrong: { answer: () => ({ password: 'wrong' }), gets: REFUSED },
    misshapen: NO_PASSWORD,
  },
  ADMIN_NO_SRP_AUTH: {
    options: { users: [alice] },
    credentials: { flow: 'USER_AUTH', username: 'alice', preferredChallenge: 'PASSWORD' },
    renamed: ['PASSWORD', 'ADMIN_NO_SRP_AUTH'],
    shows: {},
    right: () => ({ password: PASSWORD }),
    next: 'signed-in',
    wrong: { answer: () => ({ password: 'wrong' }), gets: REFUSED },
    misshapen: NO_PASSWORD,
  },
  WEB_AUTHN: {
    options: { users: [alice] },
    credentials: { flow: 'USER_AUTH', username: 'alice', preferredChallenge: 'WEB_AUTHN' },
    prepare: async ({ client, options, authenticator }) => {
      const step = await signIn(client, password, options);
      if (step.status !== 'signed-in') throw new Error('The user has to be signed in to register a passkey');
      const { accessToken } = step.tokens;
      const creation = await startPasskeyRegistration(client, { accessToken }, options);
      const credential = authenticator.create(creation as never);
      await completePasskeyRegistration(client, { accessToken, credential }, options);
    },
    shows: { requestOptions: expect.objectContaining({ challenge: expect.any(String) }) },
    right: ({ authenticator }, { requestOptions }) => ({
      credential: authenticator.get(requestOptions as never),
    }),
    next: 'signed-in',
    wrong: {
      answer: ({ authenticator }, { requestOptions }) => ({
        credential: authenticator.get({ ...requestOptions, challenge: 'AAAA' } as never),
      }),
      gets: REFUSED,
    },
    misshapen: { answer: { credential: 'a text' }, field: 'answer.credential' },
  },
  UNKNOWN: {
    options: { users: [alice], triggers: riddle },
    credentials: { flow: 'CUSTOM_AUTH', username: 'alice' },
    renamed: ['CUSTOM_CHALLENGE', 'RIDDLE_OF_THE_FUTURE'],
    shows: {
      challengeName: 'RIDDLE_OF_THE_FUTURE',
      parameters: expect.objectContaining({ question: 'The colour of the sky?' }),
    },
    right: () => ({ responses: { ANSWER: 'blue' } }),
    next: 'UNKNOWN',
    wrong: { answer: () => ({ responses: { ANSWER: 'green' } }), gets: { next: 'UNKNOWN' } },
    misshapen: { answer: { responses: { ANSWER: 7 } }, field: 'answer.responses' },
  },
};

/** A new pool of a case, its user prepared. */
export async function createWorld<Name extends ChallengeName>(
  { options, prepare, renamed }: Case<Name>,
  more: UserPoolOptions = {},
): Promise<World & { readonly sent: string[] }> {
  const clock = { ms: Date.now() };
  const pool = createUserPool({
    clients: [
      {
        clientId: 'web',
        explicitAuthFlows: ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH', 'CUSTOM_AUTH'].map(
          (flow) => `ALLOW_${flow}`,
        ),
      },
    ],
    ...options,
    ...more,
    now: () => clock.ms,
  });
  const sent: string[] = [];
  const fetch: UserPool['fetch'] = async (url, init) => {
    sent.push(new Headers(init?.headers).get('x-amz-target')?.split('.')[1] ?? '');
    if (!renamed) return pool.fetch(url, init);
    const [inPool, onWire] = renamed;
    const body = String(init?.body).replace(`"ChallengeName":"${onWire}"`, `"ChallengeName":"${inPool}"`);
    const response = await pool.fetch(url, { ...init, body });
    const text = await response.text();
    return new Response(text.replace(`"ChallengeName":"${inPool}"`, `"ChallengeName":"${onWire}"`), response);
  };
  const world = {
    pool,
    client: { userPoolId: pool.userPoolId, clientId: 'web', endpoint: 'http://127.0.0.1' },
    options: { fetch, retryDelayMs: 1 },
    clock,
    authenticator: createAuthenticator(),
    sent,
  };
  await prepare?.(world);
  sent.length = 0;
  return world;
}

/** Signs in as far as the challenge, ready to be answered. */
export async function reach<Name extends ChallengeName>(
  name: Name,
  { credentials, before }: Case<Name>,
  world: World,
): Promise<ChallengeOf<Name>> {
  const challenge = challengeOf(await signIn(world.client, credentials, world.options), name);
  return before ? before(world, challenge) : challenge;
}

/** The challenge of a step, which has to have this name. */
export function challengeOf<Name extends ChallengeName>(step: Step, name: Name): ChallengeOf<Name> {
  if (step.status !== 'challenge' || step.challenge.name !== name) {
    throw new Error(
      `Expected ${name}, got ${step.status === 'challenge' ? step.challenge.name : step.status}`,
    );
  }
  return step.challenge as ChallengeOf<Name>;
}

/** `signed-in`, or the name of the challenge. */
export const whereIs = (step: Step): string =>
  step.status === 'challenge' ? step.challenge.name : step.status;
