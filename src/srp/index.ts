/**
 * Entry `cognito-srp-engine/srp`: the cryptography alone, for callers with a transport of their own
 * (AWS SDK, k6, a proxy). Plain objects in, `AuthParameters` and `ChallengeResponses` out; no I/O.
 *
 * @module cognito-srp-engine/srp
 */
export {
  ArgumentError,
  type ArgumentErrorCode,
  type ErrorCode,
  ProtocolError,
  type ProtocolErrorCode,
} from '../errors.ts';
export type { ChallengeParameters } from './challenge-parameters.ts';
export { type Ephemeral, generateEphemeral } from './client.ts';
export { type DeviceVerifier, generateDeviceVerifier } from './device-verifier.ts';
export { formatTimestamp } from './password-proof.ts';
export type { Rng } from './random.ts';
export { type ClientCredentials, secretHash } from './secret-hash.ts';
export type { DeviceCredentials } from './verifier.ts';
export {
  devicePasswordVerifierResponses,
  deviceSrpAuthResponses,
  type PasswordClaim,
  passwordVerifierResponses,
  srpAuthParameters,
  type WireParameters,
} from './wire-parameters.ts';
