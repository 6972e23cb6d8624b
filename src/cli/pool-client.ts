/** Which user pool, app client and endpoint a command talks to: its flags, and the environment. */
import type { CallOptions, UserPoolClient } from '../index.ts';
import { type Flags, numberOf, single, type Values } from './arguments.ts';
import type { Io } from './io.ts';

/** For commands that know the user pool and the app client from elsewhere. */
export const ENDPOINT_FLAGS = {
  endpoint: { type: 'string', placeholder: 'URL', help: 'instead of AWS: http://127.0.0.1:9229' },
  region: { type: 'string', placeholder: 'R', help: 'default: the part of the pool id before "_"' },
  timeout: { type: 'string', placeholder: 'SECONDS', help: 'for each request and its reply; default 30' },
} as const satisfies Flags;

export const CLIENT_FLAGS = {
  'user-pool-id': { type: 'string', placeholder: 'ID', required: true, help: 'eu-west-1_AbCdEf123' },
  'client-id': { type: 'string', placeholder: 'ID', required: true, help: 'the app client' },
} as const satisfies Flags;

const MAX_TIMEOUT_SECONDS = 86_400;

type EndpointFlag = keyof typeof ENDPOINT_FLAGS;
type ClientFlag = keyof typeof CLIENT_FLAGS;

/** @throws UsageError for a --timeout that is none */
export function callOptionsOf(values: Values<EndpointFlag>, { fetch, now }: Io): CallOptions {
  const seconds = numberOf(values, 'timeout', { min: 0.001, max: MAX_TIMEOUT_SECONDS });
  return { timeoutMs: seconds === undefined ? undefined : seconds * 1000, fetch, now };
}

/** The client of --user-pool-id and --client-id. What is wrong with them, the engine says. */
export const clientOf = (values: Values<EndpointFlag | ClientFlag>, io: Io): UserPoolClient =>
  clientWith(
    { userPoolId: single(values, 'user-pool-id') ?? '', clientId: single(values, 'client-id') ?? '' },
    values,
    io,
  );

/** The client of ids that are known, with the rest from flags and the environment. */
export const clientWith = (
  { userPoolId, clientId }: Pick<UserPoolClient, 'userPoolId' | 'clientId'>,
  values: Values<EndpointFlag>,
  { env }: Io,
): UserPoolClient => ({
  userPoolId,
  clientId,
  // An empty variable is how shells and CI systems say "none".
  clientSecret: env['COGNITO_CLIENT_SECRET'] || undefined,
  region: single(values, 'region'),
  endpoint: single(values, 'endpoint'),
});
