/**
 * Entry `cognito-srp-engine/verify`: verifies tokens with the pool's public keys, for servers. It needs jose.
 *
 * @module cognito-srp-engine/verify
 */
export type { Claims } from '../cognito/claims.ts';
export type { Fetch } from '../cognito/client/fetch-transport.ts';
export type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
export { ArgumentError, ProtocolError } from '../errors.ts';
export type { PublicKeySet } from './public-key-set.ts';
export {
  createTokenVerifier,
  type TokenRequirements,
  type TokenVerifier,
  type TokenVerifierOptions,
} from './token-verifier.ts';
