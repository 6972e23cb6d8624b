/** Verifies ID and access tokens with the public keys of the user pool, for servers that have to trust them. */
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import type { Claims } from '../cognito/claims.ts';
import type { Fetch } from '../cognito/client/fetch-transport.ts';
import { checkPool, endpointOf, issuerOf, type UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { isRecord } from '../cognito/values.ts';
import { ProtocolError } from '../errors.ts';

/** What {@link createTokenVerifier} takes beside the pool. */
export interface TokenVerifierOptions {
  /**
   * The claim `iss` that tokens must have. The default is the service's, even if the pool has an `endpoint`:
   * `https://cognito-idp.{region}.amazonaws.com/{userPoolId}`, with the domain of the region's partition.
   */
  readonly issuer?: string;
  /** Fetches the public keys. Default: the runtime's `fetch`. */
  readonly fetch?: Fetch;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
  /** How far this clock and the service's may differ, in seconds. Default 0. */
  readonly clockTolerance?: number;
}

/** Verifies the tokens of one pool and client. */
export interface TokenVerifier {
  /**
   * Verifies a token of this pool and this client: its RS256 signature, `iss`, `exp`, `token_use`, and the client,
   * which is `client_id` in an access token and `aud` in an ID token.
   *
   * @param token the token, as it came in the request
   * @param use the kind of token that is expected
   * @returns the claims of the token
   * @throws ProtocolError TOKEN_INVALID if the token is not right, NETWORK_FAILED if the public keys could not be
   *   fetched
   */
  verify(token: string, use: 'access' | 'id'): Promise<Claims>;
}

/** jose's error codes for a token that is not right. Its other codes are about the public keys. */
const TOKEN_ERRORS = /^ERR_(JW[ST]_|JWKS_NO_MATCHING_KEY|JOSE_(ALG_NOT_ALLOWED|NOT_SUPPORTED))/;

/**
 * Creates a verifier for the tokens of one pool and client. It fetches the pool's public keys once and keeps them, and
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
  const { userPoolId, clientId } = pool;
  const { issuer = issuerOf(pool), fetch, now = Date.now, clockTolerance = 0 } = options;
  const keys = createRemoteJWKSet(
    new URL(`${endpointOf(pool)}/${userPoolId}/.well-known/jwks.json`),
    fetch && { [customFetch]: fetch },
  );

  async function verifySignature(token: string, use: 'access' | 'id'): Promise<Claims> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer,
        currentDate: new Date(now()),
        clockTolerance,
        requiredClaims: ['exp', 'token_use'],
      });
      return payload;
    } catch (error) {
      if (isTokenError(error)) throw invalidToken(`The ${use} token is not valid: ${error.message}`);
      throw new ProtocolError('NETWORK_FAILED', 'The public keys of the user pool could not be fetched', {
        recovery: 'try-later',
        cause: error,
      });
    }
  }

  return {
    verify: async (token, use) => {
      const claims = await verifySignature(token, use);
      if (claims['token_use'] !== use) throw invalidToken(`The token is not an ${use} token`);
      const client = use === 'access' ? claims['client_id'] : claims['aud'];
      if (client !== clientId) throw invalidToken(`The ${use} token was issued to another client`);
      return claims;
    },
  };
}

const isTokenError = (error: unknown): error is { readonly message: string } =>
  isRecord(error) && TOKEN_ERRORS.test(String(error['code']));

/** The error has no cause: jose's error holds the claims, and they may hold an e-mail address. */
const invalidToken = (message: string): ProtocolError => new ProtocolError('TOKEN_INVALID', message);
