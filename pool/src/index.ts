/**
 * The entry `cognito-local-pool`: a local user pool to develop and test against. It is not made for production.
 *
 * @module cognito-local-pool
 */
export type { Arithmetic, SrpCalculations } from './arithmetic/arithmetic.ts';
export type { CodePurpose, Medium, OutboxMessage } from './domain/codes.ts';
export type { Verifier } from './domain/srp-host.ts';
export type { SoftwareToken } from './domain/totp.ts';
export type { Device, Failures, MfaFactor, MfaPreference, Passkey, User, UserStatus } from './domain/user.ts';
export type { UserChanges } from './domain/users.ts';
export type { FaultName, FaultRule, Faults } from './faults/faults.ts';
export type { LogEntry } from './http/log-entry.ts';
export type { Listening } from './http/node-server.ts';
export type { OperationName } from './model/types.generated.ts';
export {
  type DataFolderOption,
  type Kept,
  type KeptPoolService,
  type KeptPoolServiceOptions,
  type KeptUserPool,
  type KeptUserPoolOptions,
  openPoolService,
  openUserPool,
} from './open-pools.ts';
export { OPERATION_NAMES } from './operations/answered-operations.ts';
export type { OAuthClientOptions } from './options/oauth-client-options.ts';
export type {
  ClientOptions,
  DeviceTracking,
  GroupOptions,
  IdentityProviderOptions,
  MfaOptions,
  PasswordPolicy,
  RefreshTokenRotation,
  ResourceServerOptions,
  TokenValidityUnits,
  UserOptions,
  UserPoolOptions,
} from './options/options.ts';
export type { PoolOptions, PoolServiceOptions, ServiceWideOptions } from './options/service-options.ts';
export { createPoolService, type PoolService, type ServedPool, type ServiceSurface } from './pool-service.ts';
export type { Placement, SessionPlacement } from './settings/pool-settings.ts';
export type { FirstAuthFactor, PasskeyFactorConfiguration } from './settings/rules.ts';
export { CHALLENGE_NAMES, type ChallengeName } from './sign-in/challenge-names.ts';
export type {
  ChallengeResult,
  ClaimChanges,
  ConfirmationSource,
  CreateAuthChallengeEvent,
  CustomEmailSenderEvent,
  CustomMessageEvent,
  CustomSMSSenderEvent,
  DefineAuthChallengeEvent,
  GroupConfiguration,
  InboundFederationEvent,
  InboundProviderType,
  MessageOccasion,
  MigrationSource,
  PostAuthenticationEvent,
  PostConfirmationEvent,
  PreAuthenticationEvent,
  PreSignUpEvent,
  PreTokenGenerationEvent,
  PreTokenGenerationV2Event,
  SenderEvent,
  SenderRequest,
  SignInTriggerRequest,
  SignUpSource,
  TokenSource,
  TriggerEvent,
  TriggerUserRequest,
  UserMigrationEvent,
  VerifyAuthChallengeEvent,
} from './triggers/events.ts';
export type { LambdaContext } from './triggers/lambda-context.ts';
export type { LambdaEvent } from './triggers/lambda-event.ts';
export type { LambdaCallback, Trigger, Triggers } from './triggers/trigger-functions.ts';
export { createUserPool, type UserPool } from './user-pool.ts';
export type { TokenOptions, UserTokens } from './user-pool-tokens.ts';
export type { UserPoolUsers } from './user-pool-users.ts';
