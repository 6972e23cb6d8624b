/**
 * Plays the service for the tests of this folder. `service` gives the service's replies one after the other and keeps what
 * was sent. Where the local pool can judge an answer, `localPool` is used instead.
 */
import { webcrypto } from 'node:crypto';
import { createUserPool, type UserPool, type UserPoolOptions } from '../../../pool/src/index.ts';
import {
  type CallOptions,
  type Challenge,
  type ChallengeName,
  type DeviceCredentials,
  parseChallenge,
  type SignedIn,
  type Step,
  type Tokens,
} from '../../../src/index.ts';
import { alice, client } from '../../support/client.ts';
import { errorOf as thrownBy } from '../../support/secrets.ts';

export { alice, client };
export const PASSWORD = alice.password;

export interface Call {
  readonly url: string;
  readonly operation: string;
  readonly input: {
    readonly Session?: string;
    readonly ChallengeName?: string;
    readonly RefreshToken?: string;
    readonly UserCode?: string;
    readonly AuthParameters?: Readonly<Record<string, string>>;
    readonly ChallengeResponses?: Readonly<Record<string, string>>;
  };
}

export type Fetch = NonNullable<CallOptions['fetch']>;

export function recorded(fetch: Fetch) {
  const calls: Call[] = [];
  return {
    calls,
    operations: () => calls.map(({ operation }) => operation),
    sessions: () => calls.map(({ input }) => input.Session),
    responses: (challengeName: string) => {
      const call = calls.find(({ input }) => input.ChallengeName === challengeName);
      if (!call) throw new Error(`${challengeName} was not answered`);
      return call.input.ChallengeResponses ?? {};
    },
    fetch: (async (url, init) => {
      const operation = new Headers(init.headers).get('x-amz-target')?.split('.')[1] ?? '';
      calls.push({ url, operation, input: JSON.parse(String(init.body)) });
      return fetch(url, init);
    }) satisfies Fetch,
  };
}

/** A refusal in the form in which AWS sends it. */
export class Refusal {
  readonly name: string;
  readonly message: string;
  constructor(name: string, message: string) {
    this.name = name;
    this.message = message;
  }
}

/** Plays the service with these replies, one after the other. An Error stands for a connection that breaks. */
export function service(...replies: readonly (object | Refusal | Error)[]) {
  const left = [...replies];
  return recorded(async () => {
    const reply = left.shift();
    if (reply === undefined) throw new TypeError('The service was called once more than it has replies');
    if (reply instanceof Error) throw reply;
    if (reply instanceof Refusal) {
      const { name, message } = reply;
      const headers = { 'x-amzn-ErrorType': `${name}:` };
      return Response.json({ __type: name, message }, { status: 400, headers });
    }
    return Response.json(reply);
  });
}

export function localPool(options: UserPoolOptions = {}) {
  const pool: UserPool = createUserPool({ users: [alice], ...options });
  return { pool, ...recorded(pool.fetch) };
}

/** Makes a Session, which has at least 20 characters. */
export const session = (n: number) => `session-${n}`.padEnd(20, '-');

export const jwt = (claims: object) =>
  ['{}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');

/** Makes the AuthenticationResult of a user. Each n gives other tokens. */
export const result = (username: string, n = 1) => ({
  AccessToken: jwt({ username, n }),
  IdToken: jwt({ 'cognito:username': username, n }),
  ExpiresIn: 3600,
  TokenType: 'Bearer',
});
export const signedInReply = (username = 'alice', more: object = {}) => ({
  ChallengeParameters: {},
  AuthenticationResult: { ...result(username), RefreshToken: `refresh-${username}-1`, ...more },
});

export const device: DeviceCredentials = {
  key: 'eu-west-1_a1b2c3d4-0000-4000-8000-000000000001',
  groupKey: '-group1',
  password: 'ZGV2aWNlIHBhc3N3b3Jk',
};
export const VERIFIER = { SRP_B: 'abcdef0123456789', SALT: '1234', SECRET_BLOCK: 'c2VjcmV0' };
export const deviceSrpAuth = (Session: string) => ({
  ChallengeName: 'DEVICE_SRP_AUTH',
  ChallengeParameters: {},
  Session,
});
export const devicePasswordVerifier = (Session: string) => ({
  ChallengeName: 'DEVICE_PASSWORD_VERIFIER',
  ChallengeParameters: { ...VERIFIER, DEVICE_KEY: device.key, USERNAME: 'alice' },
  Session,
});
export const passwordVerifier = (username = 'alice') => ({
  ChallengeName: 'PASSWORD_VERIFIER',
  ChallengeParameters: { ...VERIFIER, USERNAME: username, USER_ID_FOR_SRP: username },
});

/** Makes a challenge of this name, as an application would keep it. */
export function kept<Name extends ChallengeName>(name: Name, show: object = {}) {
  const common = {
    version: 1,
    username: 'alice',
    userPoolId: 'us-east-1_LocalPool',
    clientId: 'web',
    parameters: {},
  };
  const json = JSON.stringify({ ...common, name, session: session(1), expiresAt: 0, ...show });
  return parseChallenge(json) as Extract<Challenge, { name: Name }>;
}

/** @returns the challenge of a step, which must have this name */
export function challengeOf<Name extends ChallengeName>(step: Step, name: Name) {
  if (step.status !== 'challenge' || step.challenge.name !== name) {
    throw new Error(`The step is not ${name}: ${JSON.stringify(step)}`);
  }
  return step.challenge as Extract<Challenge, { name: Name }>;
}

export function signedInOf(step: Step): SignedIn {
  if (step.status !== 'signed-in') throw new Error(`Not signed in: ${JSON.stringify(step)}`);
  return step;
}

export const errorOf = (promise: Promise<unknown>): Promise<Error> => thrownBy(() => promise);

export const tokensOf = (username: string, expiresAt: number): Tokens => ({
  accessToken: jwt({ username, n: 0 }),
  idToken: jwt({ 'cognito:username': username, n: 0 }),
  refreshToken: `refresh-${username}-0`,
  expiresIn: 3600,
  expiresAt,
  tokenType: 'Bearer',
});
export const inAnHour = () => Date.now() + 3_600_000;

/** Makes an `rng` that gives these bytes where as many are asked for. Other lengths stay random. */
export const rngOf = (bytes: Uint8Array) => (length: number) =>
  length === bytes.length ? bytes : webcrypto.getRandomValues(new Uint8Array(length));
