/** Verifies ID and access tokens with the public keys of the user pool, for servers that have to trust them. */
import { jwtVerify } from 'jose';
import type { Claims } from '../cognito/claims.ts';
import type { Fetch } from '../cognito/client/fetch-transport.ts';
import { checkPool, endpointOf, issuerOf, type UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { ALGORITHM, createPublicKeys, invalidToken, toVerifyError } from './public-keys.ts';

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
   * @throws ProtocolError TOKEN_INVALID if the token is not right or is not signed with RS256, NETWORK_FAILED if the
   *   public keys could not be fetched, KEYS_INVALID if they came and cannot be used: the JWKS is malformed, an RSA key
   *   has less than 2048 bits, or the key that the token names is for another algorithm
   */
  verify(token: string, use: 'access' | 'id'): Promise<Claims>;
}

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
  const keys = createPublicKeys(`${endpointOf(pool)}/${userPoolId}/.well-known/jwks.json`, fetch);

  async function verifySignature(token: string, use: 'access' | 'id'): Promise<Claims> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: [ALGORITHM],
        issuer,
        currentDate: new Date(now()),
        clockTolerance,
        requiredClaims: ['exp', 'token_use'],
      });
      return payload;
    } catch (error) {
      throw toVerifyError(error, token, use, keys);
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
