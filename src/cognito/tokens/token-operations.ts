/** What can be done with tokens after the sign-in: refresh them, revoke them, and sign out everywhere. */

import { malformed, mustBe, ProtocolError, ServiceError, type ServiceErrorCode } from '../../errors.ts';
import { requireObject, requireText, requireTexts } from '../../required-input.ts';

import { secretHashOf } from '../../srp/secret-hash.ts';
import { decodeClaims } from '../claims.ts';
import type { CallOptions } from '../client/call-options.ts';
import { type Connection, connect } from '../client/connection.ts';
import type { Reply } from '../client/fetch-transport.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { readReply } from '../sign-in/replies.ts';
import { type Tokens, toTokens } from '../sign-in/step.ts';
import { type AccessTokenInput, isNonEmptyString } from '../values.ts';

/**
 * The default of `timeoutMs` for a refresh. The grace period of a rotated refresh token lasts 60 seconds at most, so
 * there has to be time for another request in it.
 */
export const REFRESH_TIMEOUT_MS = 5000;

/** The refresh token that {@link refreshTokens} uses, and whose it is. */
export interface RefreshTokensInput {
  /** The canonical name: `step.username`. A client with a secret needs it for the method `REFRESH_TOKEN_AUTH`. */
  readonly username?: string | undefined;
  readonly refreshToken: string;
  /**
   * The key of the device that signed in. If the pool tracks devices, the service refuses to refresh without it.
   * A token keeper reads it from the access token.
   */
  readonly deviceKey?: string | undefined;
  /**
   * The AWS operation. The default is `GetTokensFromRefreshToken`, which can rotate refresh tokens. If the endpoint
   * does not offer it, InitiateAuth is called with the flow `REFRESH_TOKEN_AUTH`. An endpoint outside AWS that answers
   * with an HTML page and HTTP 404, 500 or 501 is taken not to offer it.
   */
  readonly method?: 'GetTokensFromRefreshToken' | 'REFRESH_TOKEN_AUTH' | undefined;
}

/**
 * Gets new tokens for a refresh token (AWS operation GetTokensFromRefreshToken, or InitiateAuth).
 *
 * If the reply is lost, the same request is sent again: if the app client rotates refresh tokens, the service takes
 * the old one once more during its grace period. The default of `timeoutMs` is 5000 here, so that there is time for
 * that.
 *
 * @param pool the user pool and its app client
 * @param input the refresh token, whose it is, and the device that signed in
 * @param options how the request is sent
 * @returns new tokens, with the refresh token to keep from now on: a new one, or the one that was given
 * @throws ServiceError REFRESH_TOKEN_REFUSED or REFRESH_TOKEN_REUSED, if the user has to sign in again; USER_DISABLED,
 *   USER_NOT_FOUND, SECRET_HASH_REFUSED, FLOW_NOT_ENABLED, or another `ServiceErrorCode`
 * @throws ProtocolError TOKEN_INVALID if the new tokens are another user's, or another code if no usable reply came
 * @throws ArgumentError USERNAME_INVALID if a client with a secret uses REFRESH_TOKEN_AUTH without a user name, or
 *   another code if the pool or an option cannot be right
 * @example
 * ```ts
 * import { refreshTokens, type UserPoolClient, type UserStore } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const store: UserStore;
 * declare const username: string;
 * declare const refreshToken: string;
 *
 * await store.saveTokens(username, await refreshTokens(pool, { username, refreshToken }));
 * ```
 */
export async function refreshTokens(
  pool: UserPoolClient,
  input: RefreshTokensInput,
  options: CallOptions = {},
): Promise<Tokens> {
  const timeoutMs = options.timeoutMs ?? REFRESH_TIMEOUT_MS;
  const connection = connect(pool, { ...options, timeoutMs });
  requireText(input, 'refreshToken');
  if (input.method === 'REFRESH_TOKEN_AUTH') return refreshByInitiateAuth(connection, input);
  try {
    return await refreshByRefreshToken(connection, input);
  } catch (error) {
    if (input.method !== undefined) throw error;
    if (isNotOffered(error)) return refreshByInitiateAuth(connection, input);
    if (pool.endpoint !== undefined && isPageOfServer(error)) {
      return refreshAfterPage(connection, input, error, options);
    }
    throw error;
  }
}

/** Whether the endpoint does not know an operation, or the app client's settings forbid it. */
const isNotOffered = (error: unknown): boolean =>
  error instanceof ServiceError &&
  (error.code === 'OPERATION_UNKNOWN' || error.code === 'OPERATION_NOT_ENABLED');

/** Whether each repetition of the request was answered with a page, as servers do that lack an operation. */
const isPageOfServer = (error: unknown): error is ProtocolError =>
  error instanceof ProtocolError && error.code === 'BODY_NOT_JSON' && PAGE_STATUSES.includes(error.status);

/** moto answers an operation that it lacks with HTTP 500. A gateway's 502, 503 and 504 say that it failed for now. */
const PAGE_STATUSES: readonly unknown[] = [404, 500, 501];

/** What a refusal of REFRESH_TOKEN_AUTH has to say to count: it is about the user or the token, not about the flow. */
const ENDED: readonly ServiceErrorCode[] = ['REFRESH_TOKEN_REFUSED', 'USER_DISABLED', 'USER_NOT_FOUND'];

/**
 * Asks an endpoint by REFRESH_TOKEN_AUTH that has answered GetTokensFromRefreshToken with pages. Either it lacks the
 * operation, or it stands before the service, which has failed for a moment and may have rotated the refresh token.
 * AWS is not asked, because it has the operation. A second request is safe where tokens rotate: the service refuses
 * this flow before it looks at the token, and the page stays the failure, so that the caller tries later. What this
 * flow failed with is its `cause`.
 */
async function refreshAfterPage(
  connection: Connection,
  input: RefreshTokensInput,
  page: ProtocolError,
  { signal }: CallOptions,
): Promise<Tokens> {
  try {
    return await refreshByInitiateAuth(connection, input);
  } catch (error) {
    const hasEnded = error instanceof ServiceError && ENDED.includes(error.code);
    const isMixedUp = error instanceof ProtocolError && error.code === 'TOKEN_INVALID';
    throw hasEnded || isMixedUp || signal?.aborted ? error : page.with({ cause: error });
  }
}

async function refreshByRefreshToken(connection: Connection, input: RefreshTokensInput): Promise<Tokens> {
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
  return readTokens(connection, reply, input);
}

async function refreshByInitiateAuth(connection: Connection, input: RefreshTokensInput): Promise<Tokens> {
  const { pool, metadata, send } = connection;
  const { username = '', refreshToken, deviceKey } = input;
  if (pool.clientSecret !== undefined && username === '') {
    throw mustBe(
      'USERNAME_INVALID',
      'username',
      'the canonical name, because SECRET_HASH is made of it and the client has a secret',
    );
  }
  const secretHash = secretHashOf(username, pool);
  const reply = await send(
    'InitiateAuth',
    {
      ClientId: pool.clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: {
        REFRESH_TOKEN: refreshToken,
        ...(secretHash !== undefined && { SECRET_HASH: secretHash }),
        ...(deviceKey !== undefined && { DEVICE_KEY: deviceKey }),
      },
      ...metadata,
    },
    { retry: 'after-lost-reply' },
  );
  return readTokens(connection, reply, input);
}

function readTokens(
  { now }: Connection,
  reply: Reply,
  { username, refreshToken }: RefreshTokensInput,
): Tokens {
  const { AuthenticationResult, origin } = readReply(reply);
  if (!AuthenticationResult) throw malformed('REPLY_MALFORMED', 'AuthenticationResult', 'there', origin);
  const tokens = toTokens(AuthenticationResult, now(), reply.date);
  const owner = decodeClaims(tokens.accessToken)?.['username'];
  if (username !== undefined && isNonEmptyString(owner) && owner !== username) {
    // The caller's storage has mixed up two users. Neither may be signed in as the other.
    throw malformed('TOKEN_INVALID', 'username', "the refresh token's user: sign in again", origin);
  }
  return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
}

/**
 * Whether the revocation of a session also ends the sessions that are linked to it. `NONE` ends one session, `LINKED` also
 * what is linked to it.
 */
export type AssociatedSessions = 'NONE' | 'LINKED';

/** @throws ArgumentError OPTION_INVALID */
export function checkAssociatedSessions(value: AssociatedSessions | undefined): void {
  if (value === undefined || value === 'NONE' || value === 'LINKED') return;
  throw mustBe('OPTION_INVALID', 'revokeAssociatedSessions', '"NONE" or "LINKED"');
}

/** The refresh token that {@link revokeToken} ends. */
export interface RevokeTokenInput {
  readonly refreshToken: string;
  /**
   * `LINKED` also ends the SSO session of the managed login that this sign-in came through. It does nothing for other
   * sign-ins, and in pools that do not track sessions. Default `NONE`.
   */
  readonly revokeAssociatedSessions?: AssociatedSessions | undefined;
}

/**
 * Ends a refresh token and the access tokens that were made with it (AWS operation RevokeToken): a sign-out on one
 * device.
 *
 * @param pool the user pool and its app client
 * @param input the refresh token, and whether a linked session ends with it
 * @param options how the request is sent
 * @returns nothing; the tokens have ended. A token that has ended already is not an error.
 * @throws ServiceError OPERATION_NOT_ENABLED if the app client has not enabled token revocation, SECRET_HASH_REFUSED,
 *   PARAMETER_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError OPTION_INVALID for another `revokeAssociatedSessions`, or another code if the pool or an option
 *   cannot be right
 * @example
 * ```ts
 * import { revokeToken, type UserPoolClient, type UserStore } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const store: UserStore;
 *
 * const user = await store.load();
 * if (user) await store.signOut(user.username);
 * if (user?.tokens.refreshToken) await revokeToken(pool, { refreshToken: user.tokens.refreshToken });
 * ```
 */
export async function revokeToken(
  pool: UserPoolClient,
  input: RevokeTokenInput,
  options: CallOptions = {},
): Promise<void> {
  const { clientId, clientSecret } = requireObject(pool, 'pool');
  const { refreshToken, revokeAssociatedSessions } = requireTexts(input, 'refreshToken');
  checkAssociatedSessions(revokeAssociatedSessions);
  await connect(pool, options).call(
    'RevokeToken',
    {
      ClientId: clientId,
      Token: refreshToken,
      ClientSecret: clientSecret,
      RevokeAssociatedSessions: revokeAssociatedSessions,
    },
    { retry: 'after-lost-reply' },
  );
}

/** The user of {@link globalSignOut}. */
export interface GlobalSignOutInput extends AccessTokenInput {}

/**
 * Ends every token of the user, on all devices (AWS operation GlobalSignOut).
 *
 * @param pool the user pool and its app client
 * @param input the access token
 * @param options how the request is sent
 * @returns nothing; the tokens have ended. A server that only verifies signatures takes an access token until its end.
 * @throws ServiceError ACCESS_TOKEN_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError if the pool or an option cannot be right
 * @example
 * ```ts
 * import { globalSignOut, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * await globalSignOut(pool, { accessToken });
 * ```
 */
export async function globalSignOut(
  pool: UserPoolClient,
  input: GlobalSignOutInput,
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('GlobalSignOut', { AccessToken: requireText(input, 'accessToken') });
}
