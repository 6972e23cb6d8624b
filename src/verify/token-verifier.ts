/** Verifies ID and access tokens against the user pool's JWKS (jose): for servers that have to trust them. */
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import type { Claims } from '../cognito/claims.ts';
import type { Fetch } from '../cognito/client/fetch-transport.ts';
import { checkPool, endpointOf, issuerOf, type UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { ProtocolError } from '../errors.ts';

export interface TokenVerifierOptions {
  /**
   * `iss` the tokens must have. Default the service's, also behind an `endpoint`:
   * `https://cognito-idp.{region}.amazonaws.com/{userPoolId}`, or what the region's partition has for `amazonaws.com`.
   */
  readonly issuer?: string;
  /** Default: the runtime's. */
  readonly fetch?: Fetch;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
  /** How far clocks may differ, in seconds. Default 0. */
  readonly clockTolerance?: number;
}

export interface TokenVerifier {
  /**
   * The claims of a token of this pool and this client, verified: RS256 signature, `iss`, `exp`, `token_use`, and
   * the client (`client_id` of an access token, `aud` of an ID token).
   *
   * @throws ProtocolError TOKEN_INVALID; NETWORK_FAILED where the JWKS cannot be had
   */
  verify(token: string, use: 'access' | 'id'): Promise<Claims>;
}

/** jose's codes for tokens that are not right; the rest is about the keys. */
const REFUSALS = /^ERR_(JW[ST]_|JWKS_NO_MATCHING_KEY|JOSE_(ALG_NOT_ALLOWED|NOT_SUPPORTED))/;

/**
 * A verifier for one pool and client. It fetches the pool's keys once, keeps them, and fetches them again for a
 * key it does not know: make one and keep it.
 *
 * @throws ArgumentError for a pool that cannot be right
 */
export function createTokenVerifier(
  pool: UserPoolClient,
  { issuer, fetch, now = Date.now, clockTolerance = 0 }: TokenVerifierOptions = {},
): TokenVerifier {
  const { userPoolId, clientId } = pool;
  checkPool(pool);
  const endpoint = endpointOf(pool);
  const keys = createRemoteJWKSet(
    new URL(`${endpoint}/${userPoolId}/.well-known/jwks.json`),
    fetch && { [customFetch]: fetch },
  );
  const invalid = (message: string) => new ProtocolError('TOKEN_INVALID', message);

  return {
    verify: async (token, use) => {
      const { payload } = await jwtVerify(token, keys, {
        algorithms: ['RS256'],
        issuer: issuer ?? issuerOf(pool),
        currentDate: new Date(now()),
        clockTolerance,
        requiredClaims: ['exp', 'token_use'],
      }).catch((error: { code?: string; message: string }) => {
        if (REFUSALS.test(error.code ?? '')) {
          // No cause: jose's error carries the claims, and they may hold an address
          throw invalid(`The ${use} token: ${error.message}`);
        }
        throw new ProtocolError('NETWORK_FAILED', 'The keys of the user pool could not be had', {
          recovery: 'try-later',
          cause: error,
        });
      });
      if (payload['token_use'] !== use) throw invalid(`The token is no ${use} token`);
      const client = use === 'access' ? payload['client_id'] : payload['aud'];
      if (client !== clientId) throw invalid(`The ${use} token was issued to another client`);
      return payload;
    },
  };
}
