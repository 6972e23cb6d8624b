/**
 * Entry `cognito-srp-engine/srp`: the cryptography alone, for callers with a transport of their own
 * (AWS SDK, k6, a proxy). Plain objects go in, `AuthParameters` and `ChallengeResponses` come out, and nothing is sent.
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
export {
  type DeviceSecretVerifierConfig,
  type DeviceVerifier,
  generateDeviceVerifier,
} from './device-verifier.ts';
export { type Ephemeral, generateEphemeral } from './ephemeral.ts';
export type { DeviceCredentials, DeviceKeys } from './identity.ts';
export { formatTimestamp } from './password-proof.ts';
export type { Rng } from './random.ts';
export { type ClientCredentials, secretHash } from './secret-hash.ts';
export {
  type DevicePasswordClaim,
  type DevicePasswordVerifierInput,
  type DeviceSrpAuthInput,
  type DeviceSrpAuthResponses,
  devicePasswordVerifierResponses,
  deviceSrpAuthResponses,
  type PasswordClaim,
  type PasswordVerifierInput,
  passwordVerifierResponses,
  type SrpAuthInput,
  type SrpAuthParameters,
  srpAuthParameters,
  type WireParameters,
} from './wire-parameters.ts';
