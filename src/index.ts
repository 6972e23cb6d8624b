/** Entry `cognito-srp-engine` (and, built on jsbn and buffer, `cognito-srp-engine/portable`). */

export type { SignInOptions } from './cognito/attempt.ts';
export type { CallOptions } from './cognito/call.ts';
export type {
  AnswerTo,
  Challenge,
  ChallengeCommon,
  ChallengeName,
  ChallengeOf,
  ChallengeShapes,
  Delivery,
  FirstFactor,
  MfaType,
} from './cognito/challenge.ts';
export { type Claims, decodeClaims } from './cognito/claims.ts';
export {
  confirmDevice,
  type DeviceDescription,
  type DeviceStatus,
  forgetDevice,
  getDevice,
  listDevices,
  rememberDevice,
  updateDeviceStatus,
} from './cognito/device.ts';
export type {
  ChoiceCredentials,
  Credentials,
  CustomCredentials,
  Flow,
  PasswordCredentials,
  SrpCredentials,
} from './cognito/flows.ts';
export { startSoftwareTokenSetup } from './cognito/mfa-setup.ts';
export type { ContextData } from './cognito/operations.ts';
export {
  type PasskeyCreation,
  type PasskeyRequest,
  passkeyCreation,
  passkeyRequest,
} from './cognito/passkey.ts';
export { parseChallenge } from './cognito/resume.ts';
export { respond, signIn } from './cognito/sign-in.ts';
export {
  confirmForgotPassword,
  confirmSignUp,
  forgotPassword,
  resendConfirmationCode,
  type SignUpInput,
  type SignUpResult,
  signUp,
} from './cognito/sign-up.ts';
export {
  associateSoftwareToken,
  type SoftwareTokenLabel,
  type SoftwareTokenSecret,
  verifySoftwareToken,
} from './cognito/software-token.ts';
export type { ChallengeStep, NewDevice, SignedIn, Step, Tokens } from './cognito/step.ts';
export { type KeyValueStorage, memoryStorage, type WebStorageArea, webStorage } from './cognito/storage.ts';
export type {
  Device,
  DeviceProblem,
  DeviceProblemCode,
  DeviceSource,
  StoredDevice,
} from './cognito/stored-device.ts';
export { createTokenKeeper, type TokenKeeper, type TokenKeeperInput } from './cognito/token-keeper.ts';
export { globalSignOut, type RefreshInput, refreshTokens, revokeToken } from './cognito/tokens.ts';
export type { Fetch, Transport } from './cognito/transport.ts';
export {
  changePassword,
  completePasskeyRegistration,
  getUser,
  type MfaPreference,
  sendAttributeCode,
  setUserMfaPreference,
  startPasskeyRegistration,
  type UserProfile,
  updateUserAttributes,
  verifyUserAttribute,
} from './cognito/user.ts';
export type { UserPoolClient } from './cognito/user-pool.ts';
export {
  createUserStore,
  type StoredUser,
  type StoreLayout,
  type UserStore,
  type UserStoreOptions,
} from './cognito/user-store.ts';
export {
  ArgumentError,
  type ArgumentErrorCode,
  type ErrorCode,
  ProtocolError,
  type ProtocolErrorCode,
  type Recovery,
  ServiceError,
  type ServiceErrorCode,
} from './errors.ts';
export {
  type ChallengeParameters,
  type ClientCredentials,
  type DeviceCredentials,
  type DeviceVerifier,
  devicePasswordVerifierResponses,
  deviceSrpAuthResponses,
  type Ephemeral,
  formatTimestamp,
  generateDeviceVerifier,
  generateEphemeral,
  type PasswordClaim,
  passwordVerifierResponses,
  type Rng,
  secretHash,
  srpAuthParameters,
  type WireParameters,
} from './srp/index.ts';
