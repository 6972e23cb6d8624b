/** Inputs of the operations that are called, in the names and shapes of AWS's Smithy model. */
import type { AttributeType } from '../values.ts';

/** What goes into every call that takes it. */
export interface RequestMetadata {
  /** Given to the pool's Lambda triggers. */
  readonly ClientMetadata?: Readonly<Record<string, string>> | undefined;
  readonly AnalyticsMetadata?: { readonly AnalyticsEndpointId?: string } | undefined;
  /** For threat protection. */
  readonly UserContextData?: { readonly IpAddress?: string; readonly EncodedData?: string } | undefined;
}

/** Threat protection's data of the admin operations: what the server knows of the user's request. */
export interface ContextData {
  readonly IpAddress: string;
  readonly ServerName: string;
  readonly ServerPath: string;
  readonly HttpHeaders: readonly {
    readonly headerName?: string | undefined;
    readonly headerValue?: string;
  }[];
  readonly EncodedData?: string | undefined;
}

/** What the admin operations take in addition. */
interface Admin {
  readonly UserPoolId: string;
  readonly ContextData?: ContextData | undefined;
}

export interface InitiateAuthInput extends RequestMetadata {
  readonly ClientId: string;
  readonly AuthFlow: AuthFlow;
  readonly AuthParameters: Readonly<Record<string, string>>;
  readonly Session?: string | undefined;
}

export interface RespondToAuthChallengeInput extends RequestMetadata {
  readonly ClientId: string;
  readonly ChallengeName: string;
  readonly ChallengeResponses: Readonly<Record<string, string>>;
  readonly Session?: string | undefined;
}

/** The sign-in flows an app client can have enabled. */
export type AuthFlow =
  | 'USER_SRP_AUTH'
  | 'USER_PASSWORD_AUTH'
  | 'CUSTOM_AUTH'
  | 'USER_AUTH'
  | 'REFRESH_TOKEN_AUTH'
  | 'ADMIN_USER_PASSWORD_AUTH';

/** What the operations for a user without tokens have in common. */
interface UserCall extends RequestMetadata {
  readonly ClientId: string;
  readonly SecretHash?: string | undefined;
  readonly Username: string;
}

interface TokenCall {
  readonly AccessToken: string;
}

interface MfaSettings {
  readonly Enabled: boolean;
  readonly PreferredMfa: boolean;
}

/** Operation name → input. */
export interface Operations {
  InitiateAuth: InitiateAuthInput;
  RespondToAuthChallenge: RespondToAuthChallengeInput;
  AdminInitiateAuth: Omit<InitiateAuthInput, 'UserContextData'> & Admin;
  AdminRespondToAuthChallenge: Omit<RespondToAuthChallengeInput, 'UserContextData'> & Admin;
  AssociateSoftwareToken: {
    readonly AccessToken?: string | undefined;
    readonly Session?: string | undefined;
  };
  VerifySoftwareToken: {
    readonly AccessToken?: string | undefined;
    readonly Session?: string | undefined;
    readonly UserCode: string;
    readonly FriendlyDeviceName?: string | undefined;
  };
  SignUp: UserCall & {
    readonly Password?: string | undefined;
    readonly UserAttributes?: readonly AttributeType[] | undefined;
    readonly ValidationData?: readonly AttributeType[] | undefined;
  };
  ConfirmSignUp: UserCall & {
    readonly ConfirmationCode: string;
    readonly ForceAliasCreation?: boolean | undefined;
    readonly Session?: string | undefined;
  };
  ResendConfirmationCode: UserCall;
  ForgotPassword: UserCall;
  ConfirmForgotPassword: UserCall & { readonly ConfirmationCode: string; readonly Password: string };
  ChangePassword: TokenCall & {
    readonly PreviousPassword?: string | undefined;
    readonly ProposedPassword: string;
  };
  GetUser: TokenCall;
  UpdateUserAttributes: TokenCall & {
    readonly UserAttributes: readonly AttributeType[];
    readonly ClientMetadata?: Readonly<Record<string, string>> | undefined;
  };
  GetUserAttributeVerificationCode: TokenCall & {
    readonly AttributeName: string;
    readonly ClientMetadata?: Readonly<Record<string, string>> | undefined;
  };
  VerifyUserAttribute: TokenCall & { readonly AttributeName: string; readonly Code: string };
  SetUserMFAPreference: TokenCall & {
    readonly SMSMfaSettings?: MfaSettings | undefined;
    readonly SoftwareTokenMfaSettings?: MfaSettings | undefined;
    readonly EmailMfaSettings?: MfaSettings | undefined;
    readonly WebAuthnMfaSettings?: { readonly Enabled: boolean } | undefined;
  };
  GetUserAuthFactors: TokenCall;
  DeleteUser: TokenCall;
  DeleteUserAttributes: TokenCall & { readonly UserAttributeNames: readonly string[] };
  ConfirmDevice: TokenCall & {
    readonly DeviceKey: string;
    readonly DeviceName?: string | undefined;
    readonly DeviceSecretVerifierConfig: { readonly PasswordVerifier: string; readonly Salt: string };
  };
  UpdateDeviceStatus: TokenCall & {
    readonly DeviceKey: string;
    readonly DeviceRememberedStatus: 'remembered' | 'not_remembered';
  };
  ForgetDevice: TokenCall & { readonly DeviceKey: string };
  GetDevice: TokenCall & { readonly DeviceKey: string };
  ListDevices: TokenCall & {
    readonly Limit?: number | undefined;
    readonly PaginationToken?: string | undefined;
  };
  GetTokensFromRefreshToken: {
    readonly ClientId: string;
    /** The secret itself, not a hash. */
    readonly ClientSecret?: string | undefined;
    readonly RefreshToken: string;
    readonly DeviceKey?: string | undefined;
    readonly ClientMetadata?: Readonly<Record<string, string>> | undefined;
  };
  RevokeToken: {
    readonly ClientId: string;
    readonly ClientSecret?: string | undefined;
    readonly Token: string;
    readonly RevokeAssociatedSessions?: 'NONE' | 'LINKED' | undefined;
  };
  GlobalSignOut: TokenCall;
  ListUserSessions: TokenCall & { readonly NextToken?: string | undefined };
  RevokeUserSession: TokenCall & {
    readonly SessionId: string;
    readonly RevokeAssociatedSessions?: 'NONE' | 'LINKED' | undefined;
  };
  GetClientToken: {
    readonly ClientId: string;
    readonly Secret: string;
    readonly Scopes?: readonly string[] | undefined;
    readonly ClientMetadata?: Readonly<Record<string, string>> | undefined;
  };
  GetDerivedToken: {
    readonly ClientId: string;
    readonly ClientSecret?: string | undefined;
    readonly SubjectToken: string;
    readonly SubjectTokenType: string;
    readonly SubjectTokenProviderName?: string | undefined;
    readonly ActorToken?: string | undefined;
    readonly ActorTokenType?: string | undefined;
    readonly ActorTokenProviderName?: string | undefined;
    readonly Scopes?: readonly string[] | undefined;
    readonly Audiences?: readonly string[] | undefined;
    readonly Resources?: readonly string[] | undefined;
    readonly RequestedTokenType?: string | undefined;
  };
  UpdateAuthEventFeedback: {
    readonly UserPoolId: string;
    readonly Username: string;
    readonly EventId: string;
    readonly FeedbackToken: string;
    readonly FeedbackValue: 'Valid' | 'Invalid';
  };
  StartWebAuthnRegistration: TokenCall;
  CompleteWebAuthnRegistration: TokenCall & { readonly Credential: object };
  ListWebAuthnCredentials: TokenCall & {
    readonly MaxResults?: number | undefined;
    readonly NextToken?: string | undefined;
  };
  DeleteWebAuthnCredential: TokenCall & { readonly CredentialId: string };
}

export type OperationName = keyof Operations;
