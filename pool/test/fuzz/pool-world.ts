/** A local pool with something of every kind, and what requests name in it. */
import { describe } from '../../../test/fuzz/case-checks.ts';
import {
  CLIENT_SECRET,
  makeSigningKeys,
  PASSWORD,
  steadyRng,
  TIME,
} from '../../../test/fuzz/steady-world.ts';
import { Fault } from '../../../test/fuzz/target.ts';
import { createUserPool, type UserPool, type UserPoolOptions } from '../../src/index.ts';
import { SIGNED } from '../admin-calls.ts';
import { nameMembers } from '../named-members.ts';

export const POOL_ID = 'us-east-1_LocalPool';
const REDIRECT = 'https://app.example/callback';
const FLOWS = [
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
];

const PROVIDER_URL = 'https://idp.example';

/** An identity provider that answers every request with the same. */
const providerFetch: typeof fetch = async () =>
  Response.json({
    issuer: PROVIDER_URL,
    authorization_endpoint: `${PROVIDER_URL}/authorize`,
    token_endpoint: `${PROVIDER_URL}/token`,
    userinfo_endpoint: `${PROVIDER_URL}/userinfo`,
    jwks_uri: `${PROVIDER_URL}/jwks`,
    keys: [],
    id_token: 'not.a.token',
    access_token: 'a',
    token_type: 'Bearer',
  });

export const POOL_OPTIONS: UserPoolOptions = {
  userPoolId: POOL_ID,
  users: [
    {
      username: 'alice',
      password: PASSWORD,
      attributes: { email: 'alice@example.com', email_verified: 'true', phone_number: '+15555550100' },
    },
    {
      username: 'bob',
      password: PASSWORD,
      mfa: { totp: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', sms: '+4912345678' },
    },
    { username: 'carol', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' },
  ],
  clients: [
    {
      clientId: 'web',
      explicitAuthFlows: FLOWS,
      callbackUrls: [REDIRECT],
      logoutUrls: [REDIRECT],
      allowedOAuthFlows: ['code', 'implicit'],
      supportedIdentityProviders: ['COGNITO', 'Example'],
    },
    { clientId: 'confidential', clientSecret: CLIENT_SECRET, explicitAuthFlows: FLOWS },
    {
      clientId: 'machine',
      clientSecret: CLIENT_SECRET,
      allowedOAuthFlows: ['client_credentials'],
      allowedOAuthScopes: ['orders/read'],
    },
  ],
  resourceServers: [{ identifier: 'orders', scopes: ['read'] }],
  groups: [{ name: 'writers' }],
  identityProviders: [
    {
      ProviderName: 'Example',
      ProviderType: 'OIDC',
      ProviderDetails: {
        client_id: 'c',
        client_secret: 's',
        authorize_scopes: 'openid',
        oidc_issuer: PROVIDER_URL,
        attributes_request_method: 'GET',
      },
    },
  ],
  devices: {},
  userSessionTracking: true,
  userPool: { UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' } },
};

export interface PoolWorld {
  readonly pool: UserPool;
  /** Texts that stand for what the pool has given: `{AccessToken}`. */
  readonly named: ReadonlyMap<string, string>;
  /** What no line of the log may have. */
  readonly secrets: readonly string[];
  /** What the log has got since this was asked last. */
  readonly takeLog: () => string;
  /** Whether somebody can still sign in, so that cases can reach something. */
  readonly isWhole: () => Promise<boolean>;
}

export type Reply = Readonly<Record<string, unknown>>;

export const targetOf = (operation: string): string => `AWSCognitoIdentityProviderService.${operation}`;

export async function sendOperation(pool: UserPool, operation: string, body: string): Promise<Response> {
  return pool.fetch('http://127.0.0.1/', {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': targetOf(operation), ...SIGNED },
    body,
  });
}

/** @returns a function that makes worlds, which all have the same keys */
export function createWorldMaker(options: UserPoolOptions = POOL_OPTIONS): () => Promise<PoolWorld> {
  const signingKeys = makeSigningKeys();
  return async () => {
    let log: string[] = [];
    const pool = createUserPool({
      ...options,
      signingKeys,
      rng: steadyRng('pool'),
      now: () => TIME,
      log: (entry) => log.push(JSON.stringify(entry)),
      logTriggers: () => {},
      identityProviderFetch: providerFetch,
    });
    const named = await textsOf(pool);
    const password = JSON.stringify({
      ClientId: 'web',
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'alice', PASSWORD },
    });
    const token = JSON.stringify({ AccessToken: named.get('AccessToken') });
    return {
      pool,
      named,
      secrets: [
        PASSWORD,
        CLIENT_SECRET,
        ...['AccessToken', 'RefreshToken', 'Session'].map((name) => named.get(name) ?? PASSWORD),
      ],
      takeLog: () => {
        const lines = log.join('\n');
        log = [];
        return lines;
      },
      isWhole: async () => {
        const replies = [
          await sendOperation(pool, 'InitiateAuth', password),
          await sendOperation(pool, 'GetUser', token),
        ];
        return replies.every(({ status }) => status === 200);
      },
    };
  };
}

async function textsOf(pool: UserPool): Promise<ReadonlyMap<string, string>> {
  const must = async (operation: string, input: object): Promise<Reply> => {
    const response = await sendOperation(pool, operation, JSON.stringify(input));
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${operation}: ${text}`);
    return JSON.parse(text || '{}') as Reply;
  };
  const rng = steadyRng('device');
  const named = await nameMembers({ userPoolId: POOL_ID, password: PASSWORD, must, rng });
  return new Map(Object.entries(named).map(([name, value]) => [name, String(value)]));
}

/** Puts what the pool has given in place of what stands for it. */
export const withNames = (text: string, { named }: PoolWorld): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => named.get(name) ?? whole);

/** Runs a request whose reply has to be an answer or a refusal, and whose line in the log shows no secret. */
export async function checkReply(world: PoolWorld, send: () => Promise<Response>): Promise<Response> {
  let response: Response;
  try {
    response = await send();
  } catch (error) {
    throw new Fault(`The pool threw: ${describe(error)}`);
  }
  if (response.status >= 500) {
    throw new Fault(`Status ${response.status}: ${(await response.text()).slice(0, 500)}`);
  }
  const log = world.takeLog();
  const shown = world.secrets.find((secret) => log.includes(secret));
  if (shown !== undefined) throw new Fault(`The log shows ${shown}: ${log.slice(0, 1000)}`);
  return response;
}
