/** Entry `cognito-srp-engine` (and, built on jsbn and buffer, `cognito-srp-engine/portable`). */

export {
  confirmForgotPassword,
  confirmSignUp,
  forgotPassword,
  resendConfirmationCode,
  type SignUpInput,
  type SignUpResult,
  signUp,
} from './cognito/account/sign-up-and-recovery.ts';
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
} from './cognito/account/signed-in-user.ts';
export { type Claims, decodeClaims } from './cognito/claims.ts';
export type { CallOptions } from './cognito/client/connection.ts';
export type { Fetch, Transport } from './cognito/client/fetch-transport.ts';
export type { UserPoolClient } from './cognito/client/user-pool-client.ts';
export type { ContextData } from './cognito/client/wire-types.ts';
export {
  confirmDevice,
  confirmNewDevice,
  type DeviceDescription,
  type DeviceStatus,
  forgetDevice,
  getDevice,
  listDevices,
  updateDeviceStatus,
} from './cognito/devices/tracked-devices.ts';
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
} from './cognito/sign-in/challenge-types.ts';
export type {
  ChoiceCredentials,
  Credentials,
  CustomCredentials,
  Flow,
  PasswordCredentials,
  SrpCredentials,
} from './cognito/sign-in/flows.ts';
export { parseChallenge } from './cognito/sign-in/kept-challenge.ts';
export {
  type PasskeyCreation,
  type PasskeyRequest,
  passkeyCreation,
  passkeyRequest,
} from './cognito/sign-in/passkey-json.ts';
export { respond, signIn } from './cognito/sign-in/sign-in.ts';
export type { SignInOptions } from './cognito/sign-in/sign-in-attempt.ts';
export {
  associateSoftwareToken,
  type SoftwareTokenLabel,
  type SoftwareTokenSecret,
  verifySoftwareToken,
} from './cognito/sign-in/software-token-setup.ts';
export { startSoftwareTokenSetup } from './cognito/sign-in/start-software-token-setup.ts';
export type { ChallengeStep, NewDevice, SignedIn, Step, Tokens } from './cognito/sign-in/step.ts';
export type {
  Device,
  DeviceProblem,
  DeviceProblemCode,
  DeviceSource,
  StoredDevice,
} from './cognito/sign-in/stored-device.ts';
export {
  type KeyValueStorage,
  memoryStorage,
  type WebStorageArea,
  webStorage,
} from './cognito/tokens/key-value-storage.ts';
export { createTokenKeeper, type TokenKeeper, type TokenKeeperInput } from './cognito/tokens/token-keeper.ts';
export {
  globalSignOut,
  type RefreshInput,
  refreshTokens,
  revokeToken,
} from './cognito/tokens/token-operations.ts';
export {
  createUserStore,
  type StoredUser,
  type StoreLayout,
  type UserStore,
  type UserStoreOptions,
} from './cognito/tokens/user-store.ts';
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
  type DeviceKeys,
  type DevicePasswordClaim,
  type DevicePasswordVerifierInput,
  type DeviceSecretVerifierConfig,
  type DeviceSrpAuthInput,
  type DeviceSrpAuthResponses,
  type DeviceVerifier,
  devicePasswordVerifierResponses,
  deviceSrpAuthResponses,
  type Ephemeral,
  formatTimestamp,
  generateDeviceVerifier,
  generateEphemeral,
  type PasswordClaim,
  type PasswordVerifierInput,
  passwordVerifierResponses,
  type Rng,
  type SrpAuthInput,
  type SrpAuthParameters,
  secretHash,
  srpAuthParameters,
  type WireParameters,
} from './srp/index.ts';
