/**
 * Entry `cognito-srp-engine`: signs users in to Cognito user pools, and keeps their tokens, devices and accounts. The entry
 * `cognito-srp-engine/portable` is the same, built on jsbn and buffer.
 *
 * @module cognito-srp-engine
 */

export {
  type UpdateAuthEventFeedbackInput,
  updateAuthEventFeedback,
} from './cognito/account/event-feedback.ts';
export {
  type ConfirmForgotPasswordInput,
  type ConfirmSignUpInput,
  type ConfirmSignUpResult,
  confirmForgotPassword,
  confirmSignUp,
  type ForgotPasswordInput,
  type ForgotPasswordResult,
  forgotPassword,
  type ResendConfirmationCodeInput,
  type ResendConfirmationCodeResult,
  resendConfirmationCode,
  type SignUpInput,
  type SignUpResult,
  signUp,
} from './cognito/account/sign-up-and-recovery.ts';
export {
  type ChangePasswordInput,
  changePassword,
  type GetUserAuthFactorsInput,
  getUserAuthFactors,
  type MfaPreference,
  type SetUserMfaPreferenceInput,
  setUserMfaPreference,
  type UserAuthFactors,
} from './cognito/account/user-credentials.ts';
export {
  type CompletePasskeyRegistrationInput,
  completePasskeyRegistration,
  type DeletePasskeyInput,
  deletePasskey,
  type ListPasskeysInput,
  listPasskeys,
  type RegisteredPasskey,
  type StartPasskeyRegistrationInput,
  startPasskeyRegistration,
} from './cognito/account/user-passkeys.ts';
export {
  type AttributeDelivery,
  type GetUserInput,
  getUser,
  type SendAttributeCodeInput,
  type SendAttributeCodeResult,
  sendAttributeCode,
  type UpdateUserAttributesInput,
  type UpdateUserAttributesResult,
  type UserProfile,
  updateUserAttributes,
  type VerifyUserAttributeInput,
  verifyUserAttribute,
} from './cognito/account/user-profile.ts';
export {
  type DeleteUserAttributesInput,
  type DeleteUserInput,
  deleteUser,
  deleteUserAttributes,
} from './cognito/account/user-removal.ts';
export {
  type ListUserSessionsInput,
  listUserSessions,
  type RevokeUserSessionInput,
  revokeUserSession,
  type UserSession,
} from './cognito/account/user-sessions.ts';
export { type Claims, decodeClaims } from './cognito/claims.ts';
export type { CallOptions } from './cognito/client/call-options.ts';
export type { Fetch, ReplyMetadata, Transport, TransportRefusal } from './cognito/client/fetch-transport.ts';
export type { UserPoolClient } from './cognito/client/user-pool-client.ts';
export type { ContextData } from './cognito/client/wire-types.ts';
export {
  type ConfirmDeviceInput,
  type ConfirmDeviceResult,
  type ConfirmNewDeviceInput,
  confirmDevice,
  confirmNewDevice,
  type DeviceDescription,
  type DeviceStatus,
  type ForgetDeviceInput,
  forgetDevice,
  type GetDeviceInput,
  getDevice,
  type ListDevicesInput,
  listDevices,
  type UpdateDeviceStatusInput,
  updateDeviceStatus,
} from './cognito/devices/tracked-devices.ts';
export type {
  AnswerTo,
  AnswerToName,
  Challenge,
  ChallengeCommon,
  ChallengeName,
  ChallengeOf,
  ChallengeShapes,
  CodeAnswer,
  Delivery,
  FirstFactor,
  FirstFactorOption,
  MfaOption,
  MfaType,
  PasswordAnswer,
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
  type PasskeyDescriptor,
  type PasskeyJson,
  type PasskeyRequest,
  type PasskeyTransport,
  passkeyCreation,
  passkeyRequest,
} from './cognito/sign-in/passkey-json.ts';
export { respond, signIn } from './cognito/sign-in/sign-in.ts';
export type { AdminOptions, SignInOptions } from './cognito/sign-in/sign-in-attempt.ts';
export {
  type AssociateSoftwareTokenInput,
  associateSoftwareToken,
  type SoftwareTokenLabel,
  type SoftwareTokenSecret,
  type VerifySoftwareTokenInput,
  verifySoftwareToken,
} from './cognito/sign-in/software-token-setup.ts';
export {
  type StartSoftwareTokenSetupResult,
  startSoftwareTokenSetup,
} from './cognito/sign-in/start-software-token-setup.ts';
export type { ChallengeStep, NewDevice, SignedIn, Step, Tokens } from './cognito/sign-in/step.ts';
export type {
  Device,
  DeviceProblem,
  DeviceProblemCode,
  DeviceSource,
  StoredDevice,
} from './cognito/sign-in/stored-device.ts';
export { identityPoolLogin } from './cognito/tokens/identity-pool-login.ts';
export {
  type KeyValueStorage,
  memoryStorage,
  type WebStorageArea,
  webStorage,
} from './cognito/tokens/key-value-storage.ts';
export type { StoreLayout } from './cognito/tokens/store-layout.ts';
export {
  createTokenKeeper,
  type GetTokensInput,
  type TokenKeeper,
  type TokenKeeperInput,
} from './cognito/tokens/token-keeper.ts';
export {
  type AssociatedSessions,
  type GlobalSignOutInput,
  globalSignOut,
  type RefreshTokensInput,
  type RevokeTokenInput,
  refreshTokens,
  revokeToken,
} from './cognito/tokens/token-operations.ts';
export {
  type ClientToken,
  type DerivableTokenType,
  type DerivedToken,
  type GetClientTokenInput,
  type GetDerivedTokenInput,
  getClientToken,
  getDerivedToken,
} from './cognito/tokens/tokens-of-a-client.ts';
export {
  createUserStore,
  type StoredUser,
  type UserStore,
  type UserStoreOptions,
} from './cognito/tokens/user-store.ts';
export type { AccessTokenInput } from './cognito/values.ts';
export {
  ArgumentError,
  type ArgumentErrorCode,
  type ErrorCode,
  ProtocolError,
  type ProtocolErrorCode,
  type ProtocolErrorDetails,
  type Recovery,
  type ReplyOrigin,
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
