/** The sessions of a signed-in user, in pools that track sessions: listed and revoked. */

import { malformed, mustBe } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { requireTexts } from '../../required-input.ts';
import type { CallOptions } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import { listItems } from '../client/pages.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { type AssociatedSessions, checkAssociatedSessions } from '../tokens/token-operations.ts';
import { type AccessTokenInput, isNonEmptyString, isRecord, toEpochMillis } from '../values.ts';

/** A session of the user: one sign-in that still has tokens, or the cookie of the managed login. */
export interface UserSession {
  /** 28 characters, which begin with `tkn` or `sso`. `revokeUserSession` takes it. */
  readonly id: string;
  /** `TOKEN` for a sign-in, `SSO` for a cookie of the managed login. */
  readonly type: string;
  /** The app client that the session belongs to. The sessions of all clients of the pool are listed. */
  readonly clientId: string;
  /** Whether the access token of the request belongs to this session. */
  readonly isCurrent: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt?: number;
  /** When the session last got tokens: milliseconds since the epoch. */
  readonly lastActiveAt?: number;
  /** What the service reads from the user agent, or `unknown`. */
  readonly deviceType?: string;
  readonly lastIpAddress?: string;
  /** Where the service thinks that address is. */
  readonly lastLocation?: { readonly city?: string; readonly country?: string };
  /** The SSO session that this session came through. A sign-in without the managed login has none. */
  readonly originSessionId?: string;
}

/** The user of {@link listUserSessions}. */
export interface ListUserSessionsInput extends AccessTokenInput {}

/**
 * Lists the sessions of the user on all devices (AWS operation ListUserSessions). It asks for the next page when the
 * loop gets there. A new session is listed after a few seconds.
 *
 * The pool has to track sessions (SetUserPoolSessionConfiguration). How the service refuses the call otherwise is not
 * documented; its model names OperationNotEnabledException.
 *
 * @param pool the user pool and its app client
 * @param input the access token
 * @param options how the requests are sent
 * @returns the sessions, one after the other
 * @throws ServiceError ACCESS_TOKEN_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError REPLY_MALFORMED, or another code if no usable reply came
 * @throws ArgumentError OPTION_INVALID for an access token that is not a string, or another code if the pool or an
 *   option cannot be right
 * @example
 * ```ts
 * import { listUserSessions, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * for await (const { id, deviceType, isCurrent } of listUserSessions(pool, { accessToken })) {
 *   console.log(id, deviceType, isCurrent ? 'this session' : '');
 * }
 * ```
 */
export async function* listUserSessions(
  pool: UserPoolClient,
  input: ListUserSessionsInput,
  options: CallOptions = {},
): AsyncGenerator<UserSession, void, undefined> {
  const operation = 'ListUserSessions';
  const { accessToken } = requireTexts(input, 'accessToken');
  const { call } = connect(pool, options);
  const sessions = listItems('Sessions', 'NextToken', (NextToken) =>
    call(operation, { AccessToken: accessToken, NextToken }, { retry: 'after-lost-reply' }),
  );
  for await (const session of sessions) yield readSession(operation, session);
}

/** Reads the wire's `SessionDescriptionType`. */
function readSession(operation: string, value: unknown): UserSession {
  const session = isRecord(value) ? value : {};
  const { SessionId: id, LastLocation: location } = session;
  if (!isNonEmptyString(id)) throw malformed('REPLY_MALFORMED', 'SessionId', 'a string', { operation });
  const textOf = (member: string) => toText(session[member]);
  return omitUndefined({
    id,
    type: textOf('SessionType') ?? '',
    clientId: textOf('ClientId') ?? '',
    isCurrent: session['IsCurrentSession'] === true,
    createdAt: toEpochMillis(session['CreateDate']),
    lastActiveAt: toEpochMillis(session['LastActiveDate']),
    deviceType: textOf('DeviceType'),
    lastIpAddress: textOf('LastIPAddress'),
    lastLocation: isRecord(location)
      ? omitUndefined({ city: toText(location['City']), country: toText(location['Country']) })
      : undefined,
    originSessionId: textOf('OriginSessionId'),
  });
}

const toText = (value: unknown): string | undefined => (isNonEmptyString(value) ? value : undefined);

/** The session that {@link revokeUserSession} ends. */
export interface RevokeUserSessionInput extends AccessTokenInput {
  /** `id` of a session that `listUserSessions` gave. It must not be the session of the access token. */
  readonly sessionId: string;
  /**
   * `LINKED` also ends what is linked to the session: the SSO session that a token session came through, or the token
   * sessions that came through an SSO session. Default `NONE`.
   */
  readonly revokeAssociatedSessions?: AssociatedSessions | undefined;
}

// AWS's model: SessionIdType
const SESSION_ID = /^(tkn|sso)[a-z0-9]{25}$/;

/**
 * Ends another session of the user with its refresh and access tokens (AWS operation RevokeUserSession). To end the
 * session of the access token itself, call `revokeToken`.
 *
 * How the service refuses an unknown session, or the caller's own, is not documented.
 *
 * @param pool the user pool and its app client
 * @param input the access token and the session
 * @param options how the request is sent
 * @returns nothing; the session has ended. A server that only verifies signatures takes its access token until its end.
 * @throws ServiceError ACCESS_TOKEN_REFUSED, PARAMETER_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError OPTION_INVALID for a session id of another form or another `revokeAssociatedSessions`, or
 *   another code if the pool or an option cannot be right
 * @example
 * ```ts
 * import { listUserSessions, revokeUserSession, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * for await (const { id, isCurrent } of listUserSessions(pool, { accessToken })) {
 *   if (!isCurrent) await revokeUserSession(pool, { accessToken, sessionId: id });
 * }
 * ```
 */
export async function revokeUserSession(
  pool: UserPoolClient,
  input: RevokeUserSessionInput,
  options: CallOptions = {},
): Promise<void> {
  const { accessToken, sessionId, revokeAssociatedSessions } = requireTexts(input, 'accessToken');
  if (typeof sessionId !== 'string' || !SESSION_ID.test(sessionId)) {
    throw mustBe('OPTION_INVALID', 'sessionId', '"tkn" or "sso" and 25 letters or digits');
  }
  checkAssociatedSessions(revokeAssociatedSessions);
  await connect(pool, options).call('RevokeUserSession', {
    AccessToken: accessToken,
    SessionId: sessionId,
    RevokeAssociatedSessions: revokeAssociatedSessions,
  });
}
