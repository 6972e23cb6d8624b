/** The pools that `npm start` starts, with users who lead to every screen. */
import { createUserPool, type UserPoolOptions } from 'cognito-local-pool';
import type { PasswordFlow } from '../../../login-page/app.ts';
import type { LocalPool, Person } from '../pools.ts';
import { peoplePath } from './local-pool.ts';
import { knownUsers } from './people.ts';
import { addStandInProvider, PROVIDER } from './stand-in-provider.ts';

const PASSWORD = 'Correct-Horse-9';
const passwordPolicy = {
  minimumLength: 8,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
} as const;

const address = (username: string) => ({ email: `${username}@example.com`, email_verified: 'true' });
const PHONE = '+4915100000007';

/** What the page may try. A client without this list has fewer. */
const FLOWS = ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH', 'CUSTOM_AUTH', 'REFRESH_TOKEN_AUTH'];

interface Embedded {
  readonly label: string;
  readonly flow?: PasswordFlow;
  /** Whether users of the stand-in identity provider may sign in. */
  readonly hasProvider?: boolean;
  readonly options: UserPoolOptions;
  readonly people: readonly Person[];
}

const person = (username: string, shows: string): Person => ({ username, password: PASSWORD, shows });

const POOLS: readonly Embedded[] = [
  {
    label: 'Local pool',
    hasProvider: true,
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
  readonly close: () => Promise<void>;
}

/**
 * @param folder the path of examples/login-page
 * @param pageUrl where the page is, without a path. A sign-in through a provider comes back there
 * @param port the port of the first pool. 0 takes a free one, and so do all other pools
 */
export async function startEmbeddedPools(folder: string, pageUrl: string, port = 0): Promise<EmbeddedPools> {
  const outcomes = await Promise.allSettled(
    POOLS.map(async ({ options, ...page }, index) => {
      const { hasProvider } = page;
      const client = {
        clientId: 'web',
        callbackUrls: [`${pageUrl}/`],
        supportedIdentityProviders: ['COGNITO', PROVIDER],
        explicitAuthFlows: FLOWS.map((flow) => `ALLOW_${flow}`),
      };
      const pool = createUserPool({ ...options, ...(hasProvider && { clients: [client] }) });
      const listening = await pool.listen(index === 0 ? port : 0);
      const endProvider =
        hasProvider &&
        (await addStandInProvider(folder, pool, listening.endpoint).catch(async (error: unknown) => {
          await listening.close();
          throw error;
        }));
      return { page, pool, listening, endProvider };
    }),
  );
  const started = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  const close = async () => {
    await Promise.all(
      started.map(async ({ listening, endProvider }) => {
        if (endProvider) await endProvider();
        await listening.close();
      }),
    );
  };
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') continue;
    await close();
    throw outcome.reason;
  }
  return {
    pools: started.map(({ page: { hasProvider, ...page }, pool, listening }) => ({
      ...page,
      providers: hasProvider ? [PROVIDER] : [],
      userPoolId: pool.userPoolId,
      clientId: pool.clientIds[0] ?? '',
      endpoint: listening.endpoint,
      passwordPolicy,
    })),
    data: new Map(started.map(({ pool }) => [peoplePath(pool.userPoolId), () => knownUsers(pool)])),
    close,
  };
}
