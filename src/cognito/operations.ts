/** Wire types of the operations used: AWS's names, its Smithy model's shapes. */

/** What goes into every call that takes it. */
export interface RequestMetadata {
  /** Given to the pool's Lambda triggers. */
  readonly ClientMetadata?: Readonly<Record<string, string>>;
  readonly AnalyticsMetadata?: { readonly AnalyticsEndpointId?: string };
  /** For threat protection. */
  readonly UserContextData?: { readonly IpAddress?: string; readonly EncodedData?: string };
}

/** Threat protection's data of the admin operations: what the server knows of the user's request. */
export interface ContextData {
  readonly IpAddress: string;
  readonly ServerName: string;
  readonly ServerPath: string;
  readonly HttpHeaders: readonly { readonly headerName?: string; readonly headerValue?: string }[];
  readonly EncodedData?: string;
}

interface Admin {
  readonly UserPoolId: string;
  readonly ContextData?: ContextData;
}

export interface InitiateAuthInput extends RequestMetadata {
  readonly ClientId: string;
  readonly AuthFlow: AuthFlow;
  readonly AuthParameters: Readonly<Record<string, string>>;
  readonly Session?: string;
}

export interface RespondToAuthChallengeInput extends RequestMetadata {
  readonly ClientId: string;
  readonly ChallengeName: string;
  readonly ChallengeResponses: Readonly<Record<string, string>>;
  readonly Session?: string;
}

/** The sign-in flows an app client can have enabled. */
export type AuthFlow =
  | 'USER_SRP_AUTH'
  | 'USER_PASSWORD_AUTH'
  | 'CUSTOM_AUTH'
  | 'USER_AUTH'
  | 'REFRESH_TOKEN_AUTH'
  | 'ADMIN_USER_PASSWORD_AUTH';

/** The reply of InitiateAuth and RespondToAuthChallenge. */
export interface AuthReply {
  readonly ChallengeName?: string;
  readonly ChallengeParameters?: Readonly<Record<string, string>>;
  readonly Session?: string;
  readonly AvailableChallenges?: readonly string[];
  readonly AuthenticationResult?: AuthenticationResult;
}

export interface AuthenticationResult {
  readonly AccessToken: string;
  readonly IdToken?: string;
  readonly RefreshToken?: string;
  /** Seconds. */
  readonly ExpiresIn?: number;
  readonly TokenType?: string;
  readonly NewDeviceMetadata?: { readonly DeviceKey?: string; readonly DeviceGroupKey?: string };
}

/** An attribute as the wire has it. */
export interface AttributeType {
  readonly Name: string;
  readonly Value: string;
}

/** What SignUp-type operations have in common. */
interface UserCall extends RequestMetadata {
  readonly ClientId: string;
  readonly SecretHash?: string;
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
  AssociateSoftwareToken: { readonly AccessToken?: string; readonly Session?: string };
  VerifySoftwareToken: {
    readonly AccessToken?: string;
    readonly Session?: string;
    readonly UserCode: string;
    readonly FriendlyDeviceName?: string;
  };
  SignUp: UserCall & {
    readonly Password?: string;
    readonly UserAttributes?: readonly AttributeType[];
    readonly ValidationData?: readonly AttributeType[];
  };
  ConfirmSignUp: UserCall & {
    readonly ConfirmationCode: string;
    readonly ForceAliasCreation?: boolean;
    readonly Session?: string;
  };
  ResendConfirmationCode: UserCall;
  ForgotPassword: UserCall;
  ConfirmForgotPassword: UserCall & { readonly ConfirmationCode: string; readonly Password: string };
  ChangePassword: TokenCall & { readonly PreviousPassword?: string; readonly ProposedPassword: string };
  GetUser: TokenCall;
  UpdateUserAttributes: TokenCall & {
    readonly UserAttributes: readonly AttributeType[];
    readonly ClientMetadata?: Readonly<Record<string, string>>;
  };
  GetUserAttributeVerificationCode: TokenCall & {
    readonly AttributeName: string;
    readonly ClientMetadata?: Readonly<Record<string, string>>;
  };
  VerifyUserAttribute: TokenCall & { readonly AttributeName: string; readonly Code: string };
  SetUserMFAPreference: TokenCall & {
    readonly SMSMfaSettings?: MfaSettings;
    readonly SoftwareTokenMfaSettings?: MfaSettings;
    readonly EmailMfaSettings?: MfaSettings;
  };
  ConfirmDevice: TokenCall & {
    readonly DeviceKey: string;
    readonly DeviceName?: string;
    readonly DeviceSecretVerifierConfig: { readonly PasswordVerifier: string; readonly Salt: string };
  };
  UpdateDeviceStatus: TokenCall & {
    readonly DeviceKey: string;
    readonly DeviceRememberedStatus: 'remembered' | 'not_remembered';
  };
  ForgetDevice: TokenCall & { readonly DeviceKey: string };
  GetDevice: TokenCall & { readonly DeviceKey: string };
  ListDevices: TokenCall & { readonly Limit?: number; readonly PaginationToken?: string };
  GetTokensFromRefreshToken: {
    readonly ClientId: string;
    /** In clear, not a hash. */
    readonly ClientSecret?: string;
    readonly RefreshToken: string;
    readonly DeviceKey?: string;
    readonly ClientMetadata?: Readonly<Record<string, string>>;
  };
  RevokeToken: { readonly ClientId: string; readonly ClientSecret?: string; readonly Token: string };
  GlobalSignOut: TokenCall;
  StartWebAuthnRegistration: TokenCall;
  CompleteWebAuthnRegistration: TokenCall & { readonly Credential: object };
}

export type OperationName = keyof Operations;

/**
 * Whether doing it twice does no harm, so that a lost reply may be followed by the same request. What
 * carries a Session spends it; what sends a code would send two.
 */
export function isRepeatable(operation: OperationName, input: object): boolean {
  if ('Session' in input && input.Session !== undefined) return false;
  switch (operation) {
    case 'InitiateAuth':
    case 'AdminInitiateAuth':
    // With rotation on, the old token is taken again within its grace period
    case 'GetTokensFromRefreshToken':
    case 'RevokeToken':
    case 'GetUser':
    case 'GetDevice':
    case 'ListDevices':
    case 'UpdateDeviceStatus':
    case 'SetUserMFAPreference':
    case 'StartWebAuthnRegistration':
      return true;
    default:
      return false;
  }
}
