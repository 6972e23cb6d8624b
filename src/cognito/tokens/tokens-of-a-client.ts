/** Tokens that an app client gets without a sign-in: its own, and one that is derived from another token. */

import { malformed, mustBe } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { requireObject, requireTexts } from '../../required-input.ts';
import { isSeconds } from '../claims.ts';
import type { CallOptions } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import type { Output } from '../client/fetch-transport.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { isNonEmptyString, isRecord, isStringArray } from '../values.ts';

/** The scopes that {@link getClientToken} asks for. */
export interface GetClientTokenInput {
  /** Such as `orders/read`. Default: all scopes of the app client. */
  readonly scopes?: readonly string[] | undefined;
}

/** A token that {@link getClientToken} gives back. */
export interface ClientToken {
  readonly accessToken: string;
  /** Seconds from now, as the service said. 0 if it did not say. */
  readonly expiresIn: number;
  /** When the token ends: milliseconds since the epoch by the caller's clock. */
  readonly expiresAt: number;
  /** `Bearer`. */
  readonly tokenType: string;
}

/**
 * Gets an access token for the app client itself, from server to server (AWS operation GetClientToken). It needs the
 * client's secret, so it has no place in a browser.
 *
 * The app client must have the flow `ALLOW_CLIENT_TOKEN_AUTH` and no other. AWS's text says that no IAM credentials are
 * taken, though its model does not mark the operation as unsigned. Which claims the token has is not documented.
 *
 * @param pool the user pool and its app client, with `clientSecret`
 * @param input the scopes
 * @param options how the request is sent
 * @returns the token. There is no refresh token: call it again.
 * @throws ServiceError OPERATION_NOT_ENABLED, PARAMETER_REFUSED, SECRET_HASH_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError REPLY_MALFORMED, or another code if no usable reply came
 * @throws ArgumentError CLIENT_SECRET_INVALID if the pool has no `clientSecret`, OPTION_INVALID for scopes that are not
 *   a list of strings, or another code if the pool or an option cannot be right
 * @example
 * ```ts
 * import { getClientToken, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient & { readonly clientSecret: string };
 *
 * const { accessToken } = await getClientToken(pool, { scopes: ['orders/read'] });
 * await fetch('https://orders.example.com/', { headers: { authorization: `Bearer ${accessToken}` } });
 * ```
 */
export async function getClientToken(
  pool: UserPoolClient,
  input: GetClientTokenInput = {},
  options: CallOptions = {},
): Promise<ClientToken> {
  const operation = 'GetClientToken';
  const { clientId, clientSecret } = requireObject(pool, 'pool');
  const { scopes } = requireObject(input, 'input');
  checkScopes(scopes);
  if (!isNonEmptyString(clientSecret)) {
    throw mustBe('CLIENT_SECRET_INVALID', 'clientSecret', "given, because the token is the client's own");
  }
  const { call, now } = connect(pool, options);
  const output = await call(
    operation,
    {
      ClientId: clientId,
      Secret: clientSecret,
      Scopes: scopes,
      ClientMetadata: options.clientMetadata,
    },
    { retry: 'after-lost-reply' },
  );
  const result = output['ClientAuthenticationResult'];
  const { AccessToken: accessToken, ...rest } = isRecord(result) ? result : {};
  if (!isNonEmptyString(accessToken)) {
    throw malformed('REPLY_MALFORMED', 'AccessToken', 'a string', { operation });
  }
  return { accessToken, ...readLifetime(rest, now()) };
}

/** The kind of a token that {@link getDerivedToken} takes. `SAML2` is an assertion. */
export type DerivableTokenType = 'ACCESS_TOKEN' | 'ID_TOKEN' | 'SAML2';

/** The token that {@link getDerivedToken} derives another one from. */
export interface GetDerivedTokenInput {
  /** The token that says for whom the new one is. */
  readonly subjectToken: string;
  readonly subjectTokenType: DerivableTokenType;
  /** The name of the identity provider that issued it, unless it is the user pool itself. */
  readonly subjectTokenProvider?: string | undefined;
  /**
   * The token of the service that acts for the user. The new token then has the claim `act`, and the app client needs
   * `ALLOW_TOKEN_EXCHANGE_DELEGATION`. Without it the client needs `ALLOW_TOKEN_EXCHANGE_IMPERSONATION`. The form of
   * `act` is not documented.
   */
  readonly actorToken?: string | undefined;
  /** It has to be given with `actorToken`. */
  readonly actorTokenType?: DerivableTokenType | undefined;
  readonly actorTokenProvider?: string | undefined;
  /** Default: the scopes of the subject's token. The new token has those that the app client may have, too. */
  readonly scopes?: readonly string[] | undefined;
  /** The logical name of the service that the new token is for. It excludes `resource`. */
  readonly audience?: string | undefined;
  /** The identifier of the resource server that the new token is for. It excludes `audience`. */
  readonly resource?: string | undefined;
  /** Default: what the service chooses. */
  readonly requestedTokenType?: 'ACCESS_TOKEN' | 'ID_TOKEN' | undefined;
}

/** A token that {@link getDerivedToken} gives back. */
export interface DerivedToken {
  readonly token: string;
  /** `ACCESS_TOKEN` or `ID_TOKEN`. */
  readonly issuedTokenType: string;
  /** Seconds from now, as the service said. 0 if it did not say. */
  readonly expiresIn: number;
  /** When the token ends: milliseconds since the epoch by the caller's clock. */
  readonly expiresAt: number;
  /** `Bearer`, or `N_A` for a token that is not sent to a resource server. */
  readonly tokenType: string;
  /** The scopes that were granted, if the service said so. */
  readonly scopes?: readonly string[];
}

/**
 * Exchanges a token for one that is made for another service (AWS operation GetDerivedToken, OAuth 2.0 Token Exchange,
 * RFC 8693). The app client's id and its secret, if it has one, stand in for AWS credentials.
 *
 * @param pool the user pool and the app client that the new token is for
 * @param input the token, what acts for its user, and what the new token is for
 * @param options how the request is sent
 * @returns the new token. There is no refresh token.
 * @throws ServiceError OPERATION_NOT_ENABLED, PARAMETER_REFUSED, ACCESS_TOKEN_REFUSED, TRIGGER_REFUSED, TRIGGER_FAILED,
 *   or another `ServiceErrorCode`
 * @throws ProtocolError REPLY_MALFORMED, or another code if no usable reply came
 * @throws ArgumentError OPTION_INVALID for a member that does not fit the others or is of another kind, or another code
 *   if the pool or an option cannot be right
 * @example
 * ```ts
 * import { getDerivedToken, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const usersAccessToken: string;
 *
 * const { token } = await getDerivedToken(pool, {
 *   subjectToken: usersAccessToken,
 *   subjectTokenType: 'ACCESS_TOKEN',
 *   resource: 'orders',
 *   scopes: ['orders/read'],
 * });
 * await fetch('https://orders.example.com/', { headers: { authorization: `Bearer ${token}` } });
 * ```
 */
export async function getDerivedToken(
  pool: UserPoolClient,
  input: GetDerivedTokenInput,
  options: CallOptions = {},
): Promise<DerivedToken> {
  const operation = 'GetDerivedToken';
  checkDerivation(input);
  const { audience, resource } = input;
  const { call, now } = connect(pool, options);
  const output = await call(operation, {
    ClientId: pool.clientId,
    ClientSecret: pool.clientSecret,
    SubjectToken: input.subjectToken,
    SubjectTokenType: input.subjectTokenType,
    SubjectTokenProviderName: input.subjectTokenProvider,
    ActorToken: input.actorToken,
    ActorTokenType: input.actorTokenType,
    ActorTokenProviderName: input.actorTokenProvider,
    Scopes: input.scopes,
    Audiences: audience === undefined ? undefined : [audience],
    Resources: resource === undefined ? undefined : [resource],
    RequestedTokenType: input.requestedTokenType,
  });
  const { IssuedToken: token, IssuedTokenType: issuedTokenType, Scopes: scopes } = output;
  if (!isNonEmptyString(token)) throw malformed('REPLY_MALFORMED', 'IssuedToken', 'a string', { operation });
  return omitUndefined({
    token,
    issuedTokenType: isNonEmptyString(issuedTokenType) ? issuedTokenType : '',
    ...readLifetime(output, now()),
    scopes: isStringArray(scopes) ? scopes : undefined,
  });
}

const SUBJECT_TYPES: readonly DerivableTokenType[] = ['ACCESS_TOKEN', 'ID_TOKEN', 'SAML2'];

/** @throws ArgumentError OPTION_INVALID */
function checkDerivation(input: GetDerivedTokenInput): void {
  const { actorToken, actorTokenType, requestedTokenType } = requireTexts(input, 'subjectToken');
  checkTokenType('subjectTokenType', input.subjectTokenType);
  for (const field of [
    'subjectTokenProvider',
    'actorToken',
    'actorTokenProvider',
    'audience',
    'resource',
  ] as const) {
    if (input[field] !== undefined) requireTexts(input, field);
  }
  if (actorToken !== undefined) checkTokenType('actorTokenType', actorTokenType);
  if (actorToken === undefined && actorTokenType !== undefined) {
    throw mustBe('OPTION_INVALID', 'actorToken', 'given with "actorTokenType"');
  }
  if (input.audience !== undefined && input.resource !== undefined) {
    throw mustBe('OPTION_INVALID', 'resource', 'left out if "audience" is given');
  }
  checkScopes(input.scopes);
  if (requestedTokenType !== undefined && !['ACCESS_TOKEN', 'ID_TOKEN'].includes(requestedTokenType)) {
    throw mustBe('OPTION_INVALID', 'requestedTokenType', '"ACCESS_TOKEN" or "ID_TOKEN"');
  }
}

function checkTokenType(field: string, type: DerivableTokenType | undefined): void {
  if (type !== undefined && SUBJECT_TYPES.includes(type)) return;
  throw mustBe('OPTION_INVALID', field, `one of ${SUBJECT_TYPES.join(', ')}`);
}

function checkScopes(scopes: readonly string[] | undefined): void {
  if (scopes === undefined || (isStringArray(scopes) && scopes.every(isNonEmptyString))) return;
  throw mustBe('OPTION_INVALID', 'scopes', 'a list of scopes, such as ["orders/read"]');
}

/** @param now milliseconds since the epoch by the caller's clock, which `expiresAt` then follows */
function readLifetime({ ExpiresIn, TokenType }: Output, now: number) {
  const expiresIn = isSeconds(ExpiresIn) ? ExpiresIn : 0;
  return {
    expiresIn,
    expiresAt: now + expiresIn * 1000,
    tokenType: isNonEmptyString(TokenType) ? TokenType : 'Bearer',
  };
}
