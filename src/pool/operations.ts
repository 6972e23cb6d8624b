/** Operation name → what answers it, with the members it reads. */
import { adminOperation, type Operation, operation } from './operation-input.ts';
import {
  confirmDevice,
  forgetDevice,
  getDevice,
  listDevices,
  updateDeviceStatus,
} from './self-service/devices.ts';
import { setUserMfaPreference } from './self-service/mfa-preference.ts';
import {
  completeWebAuthnRegistration,
  deleteWebAuthnCredential,
  listWebAuthnCredentials,
  startWebAuthnRegistration,
} from './self-service/passkey-registration.ts';
import { changePassword, confirmForgotPassword, forgotPassword } from './self-service/passwords.ts';
import {
  getUser,
  getUserAttributeVerificationCode,
  updateUserAttributes,
  verifyUserAttribute,
} from './self-service/profile.ts';
import { globalSignOut, revokeToken } from './self-service/revocation.ts';
import { confirmSignUp, resendConfirmationCode, signUp } from './self-service/sign-up.ts';
import { associateSoftwareToken, verifySoftwareToken } from './self-service/software-tokens.ts';
import { adminInitiateAuth, initiateAuth } from './sign-in/initiate-auth.ts';
import { getTokensFromRefreshToken } from './sign-in/refresh.ts';
import { respondToAuthChallenge } from './sign-in/respond-to-auth-challenge.ts';

const INITIATE_AUTH = {
  ClientId: 'text',
  AuthFlow: 'text',
  AuthParameters: 'texts',
  Session: 'text?',
} as const;
const RESPOND_TO_AUTH_CHALLENGE = {
  ClientId: 'text',
  ChallengeName: 'text',
  ChallengeResponses: 'texts',
  Session: 'text?',
  ClientMetadata: 'texts?',
} as const;
const USER = { ClientId: 'text', Username: 'text', SecretHash: 'text?' } as const;
const BEARER = { AccessToken: 'text' } as const;
const DEVICE = { ...BEARER, DeviceKey: 'text' } as const;
const SETUP = { AccessToken: 'text?', Session: 'text?' } as const;

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  InitiateAuth: operation(initiateAuth, INITIATE_AUTH),
  RespondToAuthChallenge: operation(respondToAuthChallenge, RESPOND_TO_AUTH_CHALLENGE),
  AdminInitiateAuth: adminOperation(adminInitiateAuth, INITIATE_AUTH),
  AdminRespondToAuthChallenge: adminOperation(respondToAuthChallenge, RESPOND_TO_AUTH_CHALLENGE),

  GetTokensFromRefreshToken: operation(getTokensFromRefreshToken, {
    RefreshToken: 'text',
    ClientId: 'text',
    ClientSecret: 'text?',
    DeviceKey: 'text?',
  }),
  RevokeToken: operation(revokeToken, { Token: 'text', ClientId: 'text', ClientSecret: 'text?' }),
  GlobalSignOut: operation(globalSignOut, BEARER),

  SignUp: operation(signUp, { ...USER, Password: 'text?', UserAttributes: 'attributes?' }),
  ConfirmSignUp: operation(confirmSignUp, { ...USER, ConfirmationCode: 'text', Session: 'text?' }),
  ResendConfirmationCode: operation(resendConfirmationCode, USER),

  ForgotPassword: operation(forgotPassword, USER),
  ConfirmForgotPassword: operation(confirmForgotPassword, {
    ...USER,
    ConfirmationCode: 'text',
    Password: 'text',
  }),
  ChangePassword: operation(changePassword, {
    ...BEARER,
    PreviousPassword: 'text?',
    ProposedPassword: 'text',
  }),

  GetUser: operation(getUser, BEARER),
  UpdateUserAttributes: operation(updateUserAttributes, { ...BEARER, UserAttributes: 'attributes' }),
  GetUserAttributeVerificationCode: operation(getUserAttributeVerificationCode, {
    ...BEARER,
    AttributeName: 'text',
  }),
  VerifyUserAttribute: operation(verifyUserAttribute, { ...BEARER, AttributeName: 'text', Code: 'text' }),

  SetUserMFAPreference: operation(setUserMfaPreference, {
    ...BEARER,
    SMSMfaSettings: 'object?',
    SoftwareTokenMfaSettings: 'object?',
    EmailMfaSettings: 'object?',
  }),
  AssociateSoftwareToken: operation(associateSoftwareToken, SETUP),
  VerifySoftwareToken: operation(verifySoftwareToken, {
    ...SETUP,
    UserCode: 'text',
    FriendlyDeviceName: 'text?',
  }),

  ConfirmDevice: operation(confirmDevice, {
    ...DEVICE,
    DeviceName: 'text?',
    DeviceSecretVerifierConfig: 'object?',
  }),
  UpdateDeviceStatus: operation(updateDeviceStatus, { ...DEVICE, DeviceRememberedStatus: 'text?' }),
  ForgetDevice: operation(forgetDevice, DEVICE),
  GetDevice: operation(getDevice, DEVICE),
  ListDevices: operation(listDevices, { ...BEARER, Limit: 'integer?', PaginationToken: 'text?' }),

  StartWebAuthnRegistration: operation(startWebAuthnRegistration, BEARER),
  CompleteWebAuthnRegistration: operation(completeWebAuthnRegistration, { ...BEARER, Credential: 'object' }),
  ListWebAuthnCredentials: operation(listWebAuthnCredentials, {
    ...BEARER,
    MaxResults: 'integer?',
    NextToken: 'text?',
  }),
  DeleteWebAuthnCredential: operation(deleteWebAuthnCredential, { ...BEARER, CredentialId: 'text' }),
};
