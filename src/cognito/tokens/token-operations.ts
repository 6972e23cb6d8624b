/** Tokens after the sign-in: refreshed, revoked. One function per operation. */

import { malformed, mustBe, ServiceError } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { secretHashOf } from '../../srp/secret-hash.ts';
import { decodeClaims } from '../claims.ts';
import type { CallOptions } from '../client/call-options.ts';
import { type Connection, connect } from '../client/connection.ts';
import type { Reply } from '../client/fetch-transport.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { readReply } from '../sign-in/replies.ts';
import { type Tokens, toTokens } from '../sign-in/step.ts';
import { isNonEmptyString } from '../values.ts';

export interface RefreshInput {
  /** The canonical name: `step.username`. Needed by clients with a secret on old endpoints. */
  readonly username?: string | undefined;
  readonly refreshToken: string;
  /**
   * Of the device that signed in: with device tracking on, refreshing without it is refused. The token keeper
   * reads it from the access token.
   */
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
 * during its grace period. So that there is time for it, `timeoutMs` is 5000 by default.
 *
 * @returns tokens with the refresh token to keep from now on: the rotated one, or the old one
 * @throws ServiceError REFRESH_TOKEN_REFUSED, REFRESH_TOKEN_REUSED: sign in again
 */
export async function refreshTokens(
  pool: UserPoolClient,
  input: RefreshInput,
  options: CallOptions = {},
): Promise<Tokens> {
  // Within the grace period of a rotation, which lasts 60 seconds at most, there has to be time for another try
  const connection = connect(pool, { ...options, timeoutMs: options.timeoutMs ?? 5000 });
  if (input.method === 'REFRESH_TOKEN_AUTH') return refreshByInitiateAuth(connection, input);
  try {
    return await refreshByToken(connection, input);
  } catch (error) {
    const unknown = error instanceof ServiceError && error.code.startsWith('OPERATION_');
    if (!unknown || input.method !== undefined) throw error;
    return refreshByInitiateAuth(connection, input);
  }
}

async function refreshByToken(connection: Connection, input: RefreshInput): Promise<Tokens> {
  const { pool, options, send } = connection;
  const reply = await send(
    'GetTokensFromRefreshToken',
    {
      ClientId: pool.clientId,
      RefreshToken: input.refreshToken,
      ClientSecret: pool.clientSecret,
      DeviceKey: input.deviceKey,
      ClientMetadata: options.clientMetadata,
    },
    { retry: 'after-lost-reply' },
  );
  return readRefreshedTokens(connection, reply, input);
}

async function refreshByInitiateAuth(connection: Connection, input: RefreshInput): Promise<Tokens> {
  const { pool, metadata, send } = connection;
  if (pool.clientSecret !== undefined && !input.username) {
    throw mustBe(
      'USERNAME_INVALID',
      'username',
      'the canonical name: REFRESH_TOKEN_AUTH of a client with a secret signs it',
    );
  }
  const reply = await send(
    'InitiateAuth',
    {
      ClientId: pool.clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: omitUndefined({
        REFRESH_TOKEN: input.refreshToken,
        SECRET_HASH: secretHashOf(input.username ?? '', pool),
        DEVICE_KEY: input.deviceKey,
      }) as Readonly<Record<string, string>>,
      ...metadata,
    },
    { retry: 'after-lost-reply' },
  );
  return readRefreshedTokens(connection, reply, input);
}

function readRefreshedTokens(
  { now }: Connection,
  reply: Reply,
  { username, refreshToken }: RefreshInput,
): Tokens {
  const { AuthenticationResult, origin } = readReply(reply);
  if (!AuthenticationResult) throw malformed('REPLY_MALFORMED', 'AuthenticationResult', 'there', origin);
  const tokens = toTokens(AuthenticationResult, now());
  const owner = decodeClaims(tokens.accessToken)?.['username'];
  if (username !== undefined && isNonEmptyString(owner) && owner !== username) {
    // A storage that mixed two users up must not go on under either name
    throw malformed('TOKEN_INVALID', 'username', "the refresh token's user; sign in again", origin);
  }
  return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
}

/** RevokeToken: ends a refresh token and the access tokens that came of it. */
export async function revokeToken(
  pool: UserPoolClient,
  { refreshToken }: { readonly refreshToken: string },
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call(
    'RevokeToken',
    {
      ClientId: pool.clientId,
      Token: refreshToken,
      ClientSecret: pool.clientSecret,
    },
    { retry: 'after-lost-reply' },
  );
}

/** GlobalSignOut: ends every token of the user, on all devices. */
export async function globalSignOut(
  pool: UserPoolClient,
  { accessToken }: { readonly accessToken: string },
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('GlobalSignOut', { AccessToken: accessToken });
}
