/**
 * The entry `cognito-srp-engine/pool`: a local user pool to develop and test against. It is not made for production.
 *
 * @module cognito-srp-engine/pool
 */
export type { CodePurpose, Medium, OutboxMessage } from './codes.ts';
export type { FaultName, FaultRule, Faults } from './faults.ts';
export type { Listening } from './node-server.ts';
export type {
  ClientOptions,
  DeviceTracking,
  FirstAuthFactor,
  PasskeyFactorConfiguration,
  Placement,
  RefreshTokenRotation,
  SessionPlacement,
  UserPoolOptions,
} from './options.ts';
export type { PasswordPolicy } from './password-policy.ts';
export type {
  ChallengeResult,
  CreateAuthChallengeEvent,
  DefineAuthChallengeEvent,
  Trigger,
  TriggerEvent,
  Triggers,
  VerifyAuthChallengeEvent,
} from './sign-in/triggers.ts';
export type { Verifier } from './srp-host.ts';
export type { SoftwareToken } from './totp.ts';
export { createUserPool, type UserPool } from './user-pool.ts';
export type {
  Device,
  Failures,
  MfaFactor,
  MfaOptions,
  MfaPreference,
  Passkey,
  User,
  UserOptions,
  UserStatus,
  Users,
} from './users.ts';
export { CHALLENGE_NAMES, type ChallengeName, OPERATION_NAMES, type OperationName } from './wire-names.ts';
