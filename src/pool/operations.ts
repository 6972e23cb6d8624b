/** The table of operations: the function that answers each, and the members that it reads. */
import { adminOperation, type Operation, operation } from './operation-input.ts';
import { updateAuthEventFeedback } from './self-service/auth-event-feedback.ts';
import { setUserMfaPreference } from './self-service/mfa-preference.ts';
import {
  completeWebAuthnRegistration,
  deleteWebAuthnCredential,
  listWebAuthnCredentials,
  startWebAuthnRegistration,
} from './self-service/passkey-registration.ts';
import { changePassword, confirmForgotPassword, forgotPassword } from './self-service/passwords.ts';
import {
  deleteUser,
  deleteUserAttributes,
  getUser,
  getUserAttributeVerificationCode,
  getUserAuthFactors,
  updateUserAttributes,
  verifyUserAttribute,
} from './self-service/profile.ts';
import {
  confirmDevice,
  forgetDevice,
  getDevice,
  listDevices,
  updateDeviceStatus,
} from './self-service/remembered-devices.ts';
import { globalSignOut, revokeToken } from './self-service/revocation.ts';
import { confirmSignUp, resendConfirmationCode, signUp } from './self-service/sign-up.ts';
import { associateSoftwareToken, verifySoftwareToken } from './self-service/software-tokens.ts';
import { listUserSessions, revokeUserSession } from './self-service/token-sessions.ts';
import { optional } from './shape-checks.ts';
import {
  AttributeListType,
  AttributeNameListType,
  AttributeNameType,
  AuthParametersType,
  ChallengeResponsesType,
  ClientIdType,
  ClientMetadataType,
  ClientSecretType,
  ConfirmationCodeType,
  DeviceKeyType,
  DeviceNameType,
  DeviceRememberedStatusType,
  DeviceSecretVerifierConfigType,
  Document,
  EventIdType,
  FeedbackValueType,
  MfaSettingsType,
  PaginationKey,
  PasswordType,
  QueryLimitType,
  RevokeAssociatedSessionsType,
  SearchPaginationTokenType,
  SecretHashType,
  SessionIdType,
  SessionType,
  SoftwareTokenMFAUserCodeType,
  StringType,
  TokenModelType,
  UsernameType,
  UserPoolIdType,
  WebAuthnCredentialsQueryLimitType,
  WebAuthnMfaSettingsType,
} from './shapes.ts';
import { adminInitiateAuth, initiateAuth } from './sign-in/initiate-auth.ts';
import { getTokensFromRefreshToken } from './sign-in/refresh.ts';
import { respondToAuthChallenge } from './sign-in/respond-to-auth-challenge.ts';
import type { OperationName } from './wire-names.ts';

// AuthFlow and ChallengeName are enums. The tables of flows and challenges refuse other names.
const INITIATE_AUTH = {
  ClientId: ClientIdType,
  AuthFlow: StringType,
  AuthParameters: AuthParametersType,
  Session: optional(SessionType),
};
const RESPOND_TO_AUTH_CHALLENGE = {
  ClientId: ClientIdType,
  ChallengeName: StringType,
  ChallengeResponses: ChallengeResponsesType,
  Session: optional(SessionType),
  ClientMetadata: optional(ClientMetadataType),
};
const USER = { ClientId: ClientIdType, Username: UsernameType, SecretHash: optional(SecretHashType) };
const BEARER = { AccessToken: TokenModelType };
const DEVICE = { ...BEARER, DeviceKey: DeviceKeyType };
const SETUP = { AccessToken: optional(TokenModelType), Session: optional(SessionType) };

export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  InitiateAuth: operation(initiateAuth, INITIATE_AUTH),
  RespondToAuthChallenge: operation(respondToAuthChallenge, RESPOND_TO_AUTH_CHALLENGE),
  AdminInitiateAuth: adminOperation(adminInitiateAuth, INITIATE_AUTH),
  AdminRespondToAuthChallenge: adminOperation(respondToAuthChallenge, RESPOND_TO_AUTH_CHALLENGE),

  GetTokensFromRefreshToken: operation(getTokensFromRefreshToken, {
    RefreshToken: TokenModelType,
    ClientId: ClientIdType,
    ClientSecret: optional(ClientSecretType),
    DeviceKey: optional(DeviceKeyType),
  }),
  RevokeToken: operation(revokeToken, {
    Token: TokenModelType,
    ClientId: ClientIdType,
    ClientSecret: optional(ClientSecretType),
    RevokeAssociatedSessions: optional(RevokeAssociatedSessionsType),
  }),
  GlobalSignOut: operation(globalSignOut, BEARER),
  ListUserSessions: operation(listUserSessions, BEARER),
  RevokeUserSession: operation(revokeUserSession, {
    ...BEARER,
    SessionId: SessionIdType,
    RevokeAssociatedSessions: optional(RevokeAssociatedSessionsType),
  }),
  UpdateAuthEventFeedback: operation(updateAuthEventFeedback, {
    UserPoolId: UserPoolIdType,
    Username: UsernameType,
    EventId: EventIdType,
    FeedbackToken: TokenModelType,
    FeedbackValue: FeedbackValueType,
  }),

  SignUp: operation(signUp, {
    ...USER,
    Password: optional(PasswordType),
    UserAttributes: optional(AttributeListType),
  }),
  ConfirmSignUp: operation(confirmSignUp, {
    ...USER,
    ConfirmationCode: ConfirmationCodeType,
    Session: optional(SessionType),
  }),
  ResendConfirmationCode: operation(resendConfirmationCode, USER),

  ForgotPassword: operation(forgotPassword, USER),
  ConfirmForgotPassword: operation(confirmForgotPassword, {
    ...USER,
    ConfirmationCode: ConfirmationCodeType,
    Password: PasswordType,
  }),
  ChangePassword: operation(changePassword, {
    ...BEARER,
    PreviousPassword: optional(PasswordType),
    ProposedPassword: PasswordType,
  }),

  GetUser: operation(getUser, BEARER),
  GetUserAuthFactors: operation(getUserAuthFactors, BEARER),
  DeleteUser: operation(deleteUser, BEARER),
  UpdateUserAttributes: operation(updateUserAttributes, { ...BEARER, UserAttributes: AttributeListType }),
  DeleteUserAttributes: operation(deleteUserAttributes, {
    ...BEARER,
    UserAttributeNames: AttributeNameListType,
  }),
  GetUserAttributeVerificationCode: operation(getUserAttributeVerificationCode, {
    ...BEARER,
    AttributeName: AttributeNameType,
  }),
  VerifyUserAttribute: operation(verifyUserAttribute, {
    ...BEARER,
    AttributeName: AttributeNameType,
    Code: ConfirmationCodeType,
  }),

  SetUserMFAPreference: operation(setUserMfaPreference, {
    ...BEARER,
    SMSMfaSettings: optional(MfaSettingsType),
    SoftwareTokenMfaSettings: optional(MfaSettingsType),
    EmailMfaSettings: optional(MfaSettingsType),
    WebAuthnMfaSettings: optional(WebAuthnMfaSettingsType),
  }),
  AssociateSoftwareToken: operation(associateSoftwareToken, SETUP),
  VerifySoftwareToken: operation(verifySoftwareToken, {
    ...SETUP,
    UserCode: SoftwareTokenMFAUserCodeType,
    FriendlyDeviceName: optional(StringType),
  }),

  ConfirmDevice: operation(confirmDevice, {
    ...DEVICE,
    DeviceName: optional(DeviceNameType),
    DeviceSecretVerifierConfig: optional(DeviceSecretVerifierConfigType),
  }),
  UpdateDeviceStatus: operation(updateDeviceStatus, {
    ...DEVICE,
    DeviceRememberedStatus: optional(DeviceRememberedStatusType),
  }),
  ForgetDevice: operation(forgetDevice, DEVICE),
  GetDevice: operation(getDevice, DEVICE),
  ListDevices: operation(listDevices, {
    ...BEARER,
    Limit: optional(QueryLimitType),
    PaginationToken: optional(SearchPaginationTokenType),
  }),

  StartWebAuthnRegistration: operation(startWebAuthnRegistration, BEARER),
  CompleteWebAuthnRegistration: operation(completeWebAuthnRegistration, { ...BEARER, Credential: Document }),
  ListWebAuthnCredentials: operation(listWebAuthnCredentials, {
    ...BEARER,
    MaxResults: optional(WebAuthnCredentialsQueryLimitType),
    NextToken: optional(PaginationKey),
  }),
  DeleteWebAuthnCredential: operation(deleteWebAuthnCredential, { ...BEARER, CredentialId: StringType }),
};
