/** The pools that `npm start` starts, with users who lead to every screen. */
import { createUserPool, type UserPoolOptions } from 'cognito-local-pool';
import type { PasswordFlow } from '../../../login-page/app.ts';
import type { LocalPool, Person } from '../pools.ts';
import { peoplePath } from './local-pool.ts';
import { knownUsers } from './people.ts';

const PASSWORD = 'Correct-Horse-9';
const passwordPolicy = {
  minimumLength: 8,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
} as const;

const address = (username: string) => ({ email: `${username}@example.com`, email_verified: 'true' });
const PHONE = '+4915100000007';

interface Embedded {
  readonly label: string;
  readonly flow?: PasswordFlow;
  readonly options: UserPoolOptions;
  readonly people: readonly Person[];
}

const person = (username: string, shows: string): Person => ({ username, password: PASSWORD, shows });

const POOLS: readonly Embedded[] = [
  {
    label: 'Local pool',
    options: {
      userPoolId: 'us-east-1_LocalPool',
      passwordPolicy,
      requiredAttributes: ['email', 'given_name'],
      devices: { challengeRequiredOnNewDevice: true, onlyRememberedOnUserPrompt: true },
      userSessionTracking: true,
      passkeyFactorConfiguration: 'MULTI_FACTOR_WITH_USER_VERIFICATION',
      users: [
        {
          username: 'alice',
          password: PASSWORD,
          attributes: { ...address('alice'), phone_number: PHONE, given_name: 'Alice' },
          aliases: ['alice@example.com', PHONE],
        },
        {
          username: 'bob',
          password: PASSWORD,
          attributes: { ...address('bob'), given_name: 'Bob' },
          mfa: { sms: '+4915100000008' },
        },
        {
          username: 'carol',
          password: PASSWORD,
          attributes: { ...address('carol'), given_name: 'Carol' },
          mfa: { totp: 'MNQXE33MMNQXE33MMNQXE33MMNQXE33M' },
        },
        {
          username: 'dave',
          password: PASSWORD,
          attributes: { ...address('dave'), given_name: 'Dave' },
          mfa: { totp: 'MRQXMZLEMF3GKZDBOZSWIYLWMVSGC5TF', sms: '+4915100000009', email: true },
        },
        {
          username: 'erin',
          password: PASSWORD,
          attributes: address('erin'),
          status: 'FORCE_CHANGE_PASSWORD',
        },
      ],
    },
    people: [
      person('alice', 'a password'),
      person('bob', 'a code by text message'),
      person('carol', 'an authenticator app'),
      person('dave', 'a choice of codes'),
      person('erin', 'a new password is due'),
    ],
  },
  {
    label: 'Local pool: a second factor for all',
    options: {
      userPoolId: 'local_Strict1',
      passwordPolicy,
      mfa: 'ON',
      users: [{ username: 'frank', password: PASSWORD, attributes: address('frank') }],
    },
    people: [person('frank', 'sets up a second factor')],
  },
  {
    label: 'Local pool: a question of its own',
    flow: 'CUSTOM_AUTH',
    options: {
      userPoolId: 'local_Riddle1',
      passwordPolicy,
      users: [{ username: 'grace', password: PASSWORD, attributes: address('grace') }],
      triggers: {
        defineAuthChallenge: (event) => {
          const { session } = event.request;
          const asked = session.filter(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE');
          const right = asked.some(({ challengeResult }) => challengeResult);
          const unproved = session.at(-1)?.challengeName === 'SRP_A';
          event.response = right
            ? { issueTokens: true, failAuthentication: false }
            : {
                issueTokens: false,
                failAuthentication: asked.length >= 3,
                challengeName: unproved ? 'PASSWORD_VERIFIER' : 'CUSTOM_CHALLENGE',
              };
          return event;
        },
        createAuthChallenge: (event) => {
          event.response = {
            publicChallengeParameters: { question: 'What colour is a clear sky at noon?' },
            privateChallengeParameters: { answer: 'blue' },
          };
          return event;
        },
        verifyAuthChallengeResponse: (event) => {
          const { challengeAnswer, privateChallengeParameters } = event.request;
          const given = challengeAnswer.trim().toLowerCase();
          event.response = { answerCorrect: given === privateChallengeParameters['answer'] };
          return event;
        },
      },
    },
    people: [person('grace', 'answers “blue”')],
  },
];

export interface EmbeddedPools {
  readonly pools: readonly LocalPool[];
  /** The JSON that the panel asks for, by path. */
  readonly data: ReadonlyMap<string, () => unknown>;
  close(): Promise<void>;
}

/** @param port the port of the first pool. 0 takes a free one, and so do all other pools */
export async function startEmbeddedPools(port = 0): Promise<EmbeddedPools> {
  const outcomes = await Promise.allSettled(
    POOLS.map(async ({ options, ...page }, index) => {
      const pool = createUserPool(options);
      const listening = await pool.listen(index === 0 ? port : 0);
      return { page, pool, listening };
    }),
  );
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const close = async () => {
    await Promise.all(started.map(({ listening }) => listening.close()));
  };
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue;
    await close();
    throw outcome.reason;
  }
  return {
    pools: started.map(({ page, pool, listening }) => ({
      ...page,
      userPoolId: pool.userPoolId,
      clientId: pool.clientIds[0] ?? '',
      endpoint: listening.endpoint,
      passwordPolicy,
    })),
    data: new Map(started.map(({ pool }) => [peoplePath(pool.userPoolId), () => knownUsers(pool)])),
    close,
  };
}
