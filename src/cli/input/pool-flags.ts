/** Reads which user pool, app client and endpoint a command talks to, from its flags and the environment. */
import type { CallOptions, UserPoolClient } from '../../index.ts';
import { toUsageError } from '../failures.ts';
import type { Io } from '../io.ts';
import { withProgress } from '../output/progress.ts';
import { type Flags, type FlagTable, readNumber } from './flags.ts';
import { proxiedFetch } from './proxied-fetch.ts';

/** The flags of a command that knows the user pool and the app client from elsewhere. */
export const ENDPOINT_FLAGS = {
  endpoint: { type: 'string', placeholder: 'URL', help: 'where to send the requests instead of to AWS' },
  'allow-http': {
    type: 'string',
    placeholder: 'HOST',
    multiple: true,
    help: 'host of --endpoint that may be reached by plain http, in a test network',
  },
  region: {
    type: 'string',
    placeholder: 'REGION',
    help: 'AWS region; default: the part of the pool id before "_"',
  },
  timeout: {
    type: 'string',
    placeholder: 'SECONDS',
    help: 'time limit for each request and its reply; default 30',
  },
} as const satisfies FlagTable;

export const CLIENT_FLAGS = {
  'user-pool-id': {
    type: 'string',
    placeholder: 'ID',
    required: true,
    help: 'id of the user pool, such as eu-west-1_AbCdEf123',
  },
  'client-id': { type: 'string', placeholder: 'ID', required: true, help: 'id of the app client' },
} as const satisfies FlagTable;

const MAX_TIMEOUT_SECONDS = 86_400;

type EndpointFlag = keyof typeof ENDPOINT_FLAGS;
type ClientFlag = keyof typeof CLIENT_FLAGS;

/** @throws UsageError USAGE_INVALID if --timeout is not a number in range, or a proxy of the environment is not a URL */
export function readCallOptions(flags: Flags<EndpointFlag | 'json'>, io: Io): CallOptions {
  const { now, env } = io;
  const send = io.fetch ?? proxiedFetch(env) ?? fetch;
  const seconds = readNumber(flags, 'timeout', { min: 0.001, max: MAX_TIMEOUT_SECONDS });
  return {
    timeoutMs: seconds === undefined ? undefined : seconds * 1000,
    fetch: flags.has('json') ? send : withProgress(send, io),
    now,
  };
}

/** Reads the client from --user-pool-id and --client-id. The engine checks both when it is called. */
export function readClient(flags: Flags<EndpointFlag | ClientFlag>, io: Io): UserPoolClient {
  const ids = { userPoolId: flags.get('user-pool-id') ?? '', clientId: flags.get('client-id') ?? '' };
  return completeClient(ids, flags, io);
}

/** Adds what flags and the environment say to the ids of a user pool and an app client. */
export const completeClient = (
  { userPoolId, clientId }: Pick<UserPoolClient, 'userPoolId' | 'clientId'>,
  flags: Flags<EndpointFlag>,
  { env }: Pick<Io, 'env'>,
): UserPoolClient => ({
  userPoolId,
  clientId,
  // An empty variable counts as none, because shells and CI systems often cannot leave it out.
  clientSecret: env['COGNITO_CLIENT_SECRET'] || undefined,
  region: flags.get('region'),
  endpoint: flags.get('endpoint'),
  dangerouslyAllowPlainHttp: isPlainHttpAllowed(flags),
});

/**
 * Whether --allow-http names the host of the endpoint. Only that host is meant, so that a flag that stays in a script opens
 * nothing else.
 *
 * @throws UsageError USAGE_INVALID
 */
function isPlainHttpAllowed(flags: Flags<EndpointFlag>): boolean {
  const hosts = flags.getAll('allow-http') ?? [];
  if (!hosts.every((host) => /^([\w-]+(\.[\w-]+)*|\[[0-9a-f:.]+\])$/i.test(host))) {
    throw toUsageError('--allow-http must be a host name or an address, without scheme and port');
  }
  const [, host = ''] = /^http:\/\/(\[[^\]]*\]|[^:/?#]*)/i.exec(flags.get('endpoint') ?? '') ?? [];
  return hosts.some((allowed) => allowed.toLowerCase() === host.toLowerCase());
}
