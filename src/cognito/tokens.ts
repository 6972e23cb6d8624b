/** Tokens after the sign-in: refreshed, revoked. One function per operation. */
import { ArgumentError, ProtocolError, ServiceError } from '../errors.ts';
import { secretHashOf } from '../srp/password-verifier.ts';
import { type CallOptions, type Connection, connect } from './call.ts';
import { decodeClaims } from './claims.ts';
import { readAuthReply, type Tokens, tokensOf } from './step.ts';
import type { UserPoolClient } from './user-pool.ts';

export interface RefreshInput {
  /** The canonical name: `step.username`. Needed by clients with a secret on old endpoints. */
  readonly username?: string | undefined;
  readonly refreshToken: string;
  /** Of the device that signed in: with device tracking on, refreshing without it is refused. */
  readonly deviceKey?: string | undefined;
  /**
   * `GetTokensFromRefreshToken` honours rotation and is the default. `REFRESH_TOKEN_AUTH` is for endpoints
   * that do not know it; an endpoint that says so is asked that way by itself.
   */
  readonly method?: 'GetTokensFromRefreshToken' | 'REFRESH_TOKEN_AUTH' | undefined;
}

/**
 * New tokens for a refresh token.
 *
 * A lost reply is followed by the same request: with rotation on, the service takes the old token once more
 * during its grace period.
 *
 * @returns tokens with the refresh token to keep from now on: the rotated one, or the old one
 * @throws ServiceError REFRESH_TOKEN_REFUSED, REFRESH_TOKEN_REUSED: sign in again
 */
export async function refreshTokens(
  pool: UserPoolClient,
  input: RefreshInput,
  options: CallOptions = {},
): Promise<Tokens> {
  const connection = connect(pool, options);
  if (input.method === 'REFRESH_TOKEN_AUTH') return refreshByInitiateAuth(connection, input);
  try {
    return await refreshByToken(connection, input);
  } catch (error) {
    const unknown = error instanceof ServiceError && error.code === 'OPERATION_UNKNOWN';
    if (!unknown || input.method !== undefined) throw error;
    return refreshByInitiateAuth(connection, input);
  }
}

async function refreshByToken(connection: Connection, input: RefreshInput): Promise<Tokens> {
  const { refreshToken, deviceKey } = input;
  const { pool, options, call } = connection;
  const operation = 'GetTokensFromRefreshToken';
  const { output } = await call(operation, {
    ClientId: pool.clientId,
    RefreshToken: refreshToken,
    ...(pool.clientSecret !== undefined && { ClientSecret: pool.clientSecret }),
    ...(deviceKey !== undefined && { DeviceKey: deviceKey }),
    ...(options.clientMetadata && { ClientMetadata: options.clientMetadata }),
  });
  return refreshed(connection, operation, output, input);
}

async function refreshByInitiateAuth(connection: Connection, input: RefreshInput): Promise<Tokens> {
  const { pool, metadata, call } = connection;
  const operation = 'InitiateAuth';
  if (pool.clientSecret !== undefined && !input.username) {
    throw new ArgumentError(
      'USERNAME_INVALID',
      'username',
      '"username" must be the canonical name: REFRESH_TOKEN_AUTH of a client with a secret signs it',
    );
  }
  const { output } = await call(operation, {
    ClientId: pool.clientId,
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    AuthParameters: {
      REFRESH_TOKEN: input.refreshToken,
      ...secretHashOf(input.username ?? '', pool),
      ...(input.deviceKey !== undefined && { DEVICE_KEY: input.deviceKey }),
    },
    ...metadata,
  });
  return refreshed(connection, operation, output, input);
}

function refreshed(
  { options }: Connection,
  operation: string,
  output: Readonly<Record<string, unknown>>,
  { username, refreshToken }: RefreshInput,
): Tokens {
  const { AuthenticationResult } = readAuthReply(operation, output);
  if (!AuthenticationResult) {
    throw new ProtocolError('REPLY_MALFORMED', `${operation}: a refresh must give "AuthenticationResult"`, {
      operation,
      field: 'AuthenticationResult',
    });
  }
  const tokens = tokensOf(AuthenticationResult, options);
  const owner = decodeClaims(tokens.accessToken)?.['username'];
  if (username !== undefined && typeof owner === 'string' && owner !== username) {
    // A storage that mixed two users up must not go on under either name
    throw new ProtocolError(
      'TOKEN_INVALID',
      `${operation}: the refresh token is another user's; sign in again`,
      {
        operation,
        field: 'username',
      },
    );
  }
  return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
}

/** RevokeToken: ends a refresh token and the access tokens that came of it. */
export async function revokeToken(
  pool: UserPoolClient,
  { refreshToken }: { readonly refreshToken: string },
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('RevokeToken', {
    ClientId: pool.clientId,
    Token: refreshToken,
    ...(pool.clientSecret !== undefined && { ClientSecret: pool.clientSecret }),
  });
}

/** GlobalSignOut: ends every token of the user, on all devices. */
export async function globalSignOut(
  pool: UserPoolClient,
  { accessToken }: { readonly accessToken: string },
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('GlobalSignOut', { AccessToken: accessToken });
}
