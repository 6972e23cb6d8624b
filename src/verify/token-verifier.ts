/** Verifies ID and access tokens with the public keys of the user pool, for servers that have to trust them. */
import { jwtVerify } from 'jose';
import type { Claims } from '../cognito/claims.ts';
import type { Fetch } from '../cognito/client/fetch-transport.ts';
import { checkPool, endpointOf, issuerOf, type UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { isNonEmptyString, scalarText } from '../cognito/values.ts';
import { mustBe, ProtocolError } from '../errors.ts';
import { requireObject } from '../required-input.ts';
import type { PublicKeySet } from './public-key-set.ts';
import { ALGORITHM, createPublicKeys, invalidToken, toVerifyError } from './public-keys.ts';

/** What {@link createTokenVerifier} takes beside the pool. */
export interface TokenVerifierOptions {
  /**
   * The claim `iss` that tokens must have. The default is the service's, even if the pool has an `endpoint`:
   * `https://cognito-idp.{region}.amazonaws.com/{userPoolId}`, with the domain of the region's partition.
   */
  readonly issuer?: string | undefined;
  /** Further app clients of the pool whose tokens are taken. Default: only the pool's `clientId`. */
  readonly clientIds?: readonly string[] | undefined;
  /**
   * The pool's public keys, as {@link TokenVerifier.keys} gave them before, so that nothing is fetched at the start. They are
   * fetched if a token names another key.
   */
  readonly keys?: PublicKeySet | undefined;
  /** Fetches the public keys. Default: the runtime's `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** How far this clock and the service's may differ, in seconds. Default 0. */
  readonly clockTolerance?: number | undefined;
}

/** What a token has to be, and what it has to permit. */
export interface TokenRequirements {
  /** The kind of token. */
  readonly use: 'access' | 'id';
  /** The user has to be in at least one of these groups (claim `cognito:groups`). */
  readonly groups?: readonly string[] | undefined;
  /** The access token has to have at least one of these scopes (claim `scope`). */
  readonly scopes?: readonly string[] | undefined;
}

/** Verifies the tokens of one pool and its clients. */
export interface TokenVerifier {
  /**
   * Verifies a token of this pool and these clients: its RS256 signature, `iss`, `exp`, `token_use`, and the client,
   * which is `client_id` in an access token and `aud` in an ID token.
   *
   * @param token the token, as it came in the request
   * @param required the kind of token that is expected, or that together with groups and scopes
   * @returns the claims of the token
   * @throws ProtocolError TOKEN_INVALID if the token is not right or is not signed with RS256 (a server answers 401),
   *   TOKEN_INSUFFICIENT if it is right and does not have a group or a scope that is required (403), NETWORK_FAILED if the public keys could not be fetched, KEYS_INVALID if they came and cannot be used: the JWKS is malformed, an RSA key
   *   has less than 2048 bits, or the key that the token names is for another algorithm
   */
  readonly verify: (token: string, required: TokenRequirements['use'] | TokenRequirements) => Promise<Claims>;
  /**
   * Fetches the public keys now: before the first token, so that it does not wait for them, or later, so that keys which the pool has
   * withdrawn are no longer taken. It throws as `verify` does, and then the keys at hand stay.
   */
  readonly fetchKeys: () => Promise<void>;
  /** The public keys at hand, to keep them for another process. Undefined before they were fetched. */
  readonly keys: () => PublicKeySet | undefined;
}

/**
 * Creates a verifier for the tokens of one pool and its clients. It fetches the pool's public keys once and keeps them, and
 * fetches them again if a token names a key it does not know. So create one verifier and keep it.
 *
 * @param pool the user pool and its app client
 * @param options the expected issuer, and where keys and time come from
 * @returns the verifier. Nothing is fetched before its method `verify` is called.
 * @throws ArgumentError if the pool cannot be right
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
 * @example
 * ```ts
 * import { createTokenVerifier, type UserPoolClient } from 'cognito-srp-engine/verify';
 *
 * declare const pool: UserPoolClient;
 * declare const request: Request;
 *
 * const verifier = createTokenVerifier(pool);
 * const token = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
 * const { username } = await verifier.verify(token, 'access');
 * console.log(username);
 * ```
 */
export function createTokenVerifier(pool: UserPoolClient, options: TokenVerifierOptions = {}): TokenVerifier {
  checkPool(pool);
  const { userPoolId } = pool;
  const { issuer = issuerOf(pool), fetch, now = Date.now, clockTolerance = 0 } = options;
  const clientIds = [pool.clientId, ...requireTextList(options.clientIds ?? [], 'clientIds')];
  const source = createPublicKeys(
    `${endpointOf(pool)}/${userPoolId}/.well-known/jwks.json`,
    fetch,
    options.keys,
  );

  async function verifySignature(token: string, use: 'access' | 'id'): Promise<Claims> {
    try {
      const { payload } = await jwtVerify(token, source, {
        algorithms: [ALGORITHM],
        issuer,
        currentDate: new Date(now()),
        clockTolerance,
        requiredClaims: ['exp', 'token_use'],
      });
      return payload;
    } catch (error) {
      throw toVerifyError(error, token, use, source);
    }
  }

  return {
    verify: async (token, required) => {
      const { use, groups, scopes } = readRequirements(required);
      const claims = await verifySignature(token, use);
      if (claims['token_use'] !== use) throw invalidToken(`The token is not an ${use} token`);
      const client = use === 'access' ? claims['client_id'] : claims['aud'];
      if (!clientIds.some((clientId) => clientId === client)) {
        throw invalidToken(`The ${use} token was issued to another client`);
      }
      checkOneOf(claims['cognito:groups'], groups, 'groups');
      checkOneOf(scalarText(claims['scope']).split(' '), scopes, 'scopes');
      return claims;
    },
    fetchKeys: () =>
      source.reload().catch((error: unknown) => Promise.reject(toVerifyError(error, '', 'access', source))),
    keys: () => source.jwks(),
  };
}

function readRequirements(required: TokenRequirements['use'] | TokenRequirements): TokenRequirements {
  const read = typeof required === 'string' ? { use: required } : requireObject(required, 'required');
  if (read.use !== 'access' && read.use !== 'id') throw mustBe('OPTION_INVALID', 'use', '"access" or "id"');
  if (read.groups !== undefined) requireTextList(read.groups, 'groups');
  if (read.scopes !== undefined) requireTextList(read.scopes, 'scopes');
  if (read.scopes !== undefined && read.use === 'id') {
    throw mustBe('OPTION_INVALID', 'scopes', 'left out for ID tokens, which have none');
  }
  return read;
}

function requireTextList(value: readonly string[], field: string): readonly string[] {
  if (Array.isArray(value) && value.every(isNonEmptyString)) return value;
  throw mustBe('OPTION_INVALID', field, 'an array of strings that are not empty');
}

/** @throws ProtocolError TOKEN_INSUFFICIENT */
function checkOneOf(
  owned: unknown,
  required: readonly string[] | undefined,
  field: 'groups' | 'scopes',
): void {
  if (required === undefined) return;
  if (Array.isArray(owned) && required.some((each) => owned.includes(each))) return;
  throw new ProtocolError('TOKEN_INSUFFICIENT', `The token has none of the required ${field}`, {
    field,
    recovery: 'ask-administrator',
  });
}
