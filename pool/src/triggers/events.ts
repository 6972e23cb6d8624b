/** The events of the Lambda triggers, with the shapes of AWS's developer guide. */

type Texts = Readonly<Record<string, string>>;

/** What the events of all triggers have in common. */
export interface TriggerEvent<Source extends string, Request, Response> {
  /** `1`. PreTokenGeneration also has `2` and `3`. */
  readonly version: string;
  /** Which trigger is called, and why. */
  readonly triggerSource: Source;
  readonly region: string;
  readonly userPoolId: string;
  /** The canonical user name. For a user who does not exist, the name that was typed. */
  readonly userName: string;
  /** `clientId` is `CLIENT_ID_NOT_APPLICABLE` for the operations of administrators that name no client. */
  readonly callerContext: { readonly awsSdkVersion: string; readonly clientId: string };
  /** What the trigger decides by. */
  readonly request: Request;
  /** The trigger fills this in. It comes with the defaults. */
  response: Response;
}

/** The members of a request that speak of the user. */
export interface TriggerUserRequest {
  /** All values are texts. Those of a user who exists have `sub` and `cognito:user_status`. */
  readonly userAttributes: Texts;
  /** The ClientMetadata of the request. Absent if it has none. */
  readonly clientMetadata?: Texts;
}

/** The same with the member that a client with PreventUserExistenceErrors adds. */
export interface SignInTriggerRequest extends TriggerUserRequest {
  /** Whether nobody has the name. Only a client that hides whether users exist sends it. */
  readonly userNotFound?: boolean;
}

/** Why PreSignUp is called. */
export type SignUpSource = 'PreSignUp_SignUp' | 'PreSignUp_AdminCreateUser' | 'PreSignUp_ExternalProvider';

/** The event of PreSignUp, which decides whether a user may be added, and confirms and verifies at once. */
export type PreSignUpEvent = TriggerEvent<
  SignUpSource,
  TriggerUserRequest & { readonly validationData: Texts | null },
  { autoConfirmUser?: boolean; autoVerifyEmail?: boolean; autoVerifyPhone?: boolean }
>;

/** Why PostConfirmation is called. */
export type ConfirmationSource = 'PostConfirmation_ConfirmSignUp' | 'PostConfirmation_ConfirmForgotPassword';

/** The event of PostConfirmation, which has no answer. */
export type PostConfirmationEvent = TriggerEvent<ConfirmationSource, TriggerUserRequest, object>;

/** The event of PreAuthentication, which refuses a sign-in by throwing. */
export type PreAuthenticationEvent = TriggerEvent<
  'PreAuthentication_Authentication',
  SignInTriggerRequest & { readonly validationData: Texts | null },
  object
>;

/** The event of PostAuthentication, which has no answer. */
export type PostAuthenticationEvent = TriggerEvent<
  'PostAuthentication_Authentication',
  TriggerUserRequest & { readonly newDeviceUsed: boolean },
  object
>;

/** Why tokens are issued: the `triggerSource` of PreTokenGeneration. */
export type TokenSource =
  | 'TokenGeneration_HostedAuth'
  | 'TokenGeneration_Authentication'
  | 'TokenGeneration_NewPasswordChallenge'
  | 'TokenGeneration_AuthenticateDevice'
  | 'TokenGeneration_RefreshTokens'
  | 'TokenGeneration_ClientCredentials';

/** The groups and roles of a user, as PreTokenGeneration gets and returns them. */
export interface GroupConfiguration {
  readonly groupsToOverride?: readonly string[] | null;
  readonly iamRolesToOverride?: readonly string[] | null;
  readonly preferredRole?: string | null;
}

/** How PreTokenGeneration changes the claims of one token. */
export interface ClaimChanges {
  /** In version 1 all values are texts. In versions 2 and 3 they may be any JSON except null. */
  readonly claimsToAddOrOverride?: Readonly<Record<string, unknown>> | null;
  readonly claimsToSuppress?: readonly string[] | null;
}

/** The event of PreTokenGeneration in version 1, which changes the ID token, and the groups of both tokens. */
export type PreTokenGenerationEvent = TriggerEvent<
  TokenSource,
  TriggerUserRequest & { readonly groupConfiguration: GroupConfiguration },
  {
    claimsOverrideDetails?:
      | (ClaimChanges & { readonly groupOverrideDetails?: GroupConfiguration | null })
      | null;
  }
>;

/** The event of PreTokenGeneration in versions 2 and 3, which changes both tokens. */
export type PreTokenGenerationV2Event = TriggerEvent<
  TokenSource,
  TriggerUserRequest & {
    readonly groupConfiguration: GroupConfiguration | null;
    readonly scopes: readonly string[];
  },
  {
    claimsAndScopeOverrideDetails?: {
      readonly idTokenGeneration?: ClaimChanges | null;
      readonly accessTokenGeneration?:
        | (ClaimChanges & {
            readonly scopesToAdd?: readonly string[] | null;
            readonly scopesToSuppress?: readonly string[] | null;
          })
        | null;
      readonly groupOverrideDetails?: GroupConfiguration | null;
    } | null;
  }
>;

/** Why UserMigration is called. */
export type MigrationSource = 'UserMigration_Authentication' | 'UserMigration_ForgotPassword';

/** The event of UserMigration, which brings a user along whom the pool does not have. */
export type UserMigrationEvent = TriggerEvent<
  MigrationSource,
  {
    /** Absent for `UserMigration_ForgotPassword`. */
    readonly password?: string;
    readonly validationData: Texts | null;
    readonly clientMetadata?: Texts;
  },
  {
    userAttributes?: Texts | null;
    /** The user has to choose another password unless it is `CONFIRMED`. */
    finalUserStatus?: string | null;
    messageAction?: string | null;
    desiredDeliveryMediums?: readonly string[] | null;
    forceAliasCreation?: boolean | null;
    enableSMSMFA?: boolean | null;
  }
>;

/** Why a message is sent, as the sources of CustomMessage and of the custom senders end. */
export type MessageOccasion =
  | 'SignUp'
  | 'AdminCreateUser'
  | 'ResendCode'
  | 'ForgotPassword'
  | 'UpdateUserAttribute'
  | 'VerifyUserAttribute'
  | 'Authentication';

/** The event of CustomMessage, which writes the texts of a message. */
export type CustomMessageEvent = TriggerEvent<
  `CustomMessage_${MessageOccasion}`,
  TriggerUserRequest & {
    /** What stands for the code in the texts. */
    readonly codeParameter: string;
    /** What stands for the link in the text of an e-mail. */
    readonly linkParameter: string;
    /** What stands for the user name. Null except for `CustomMessage_AdminCreateUser`. */
    readonly usernameParameter: string | null;
  },
  { smsMessage?: string | null; emailMessage?: string | null; emailSubject?: string | null }
>;

/** The request of a custom sender. */
export interface SenderRequest<Type extends string> {
  readonly type: Type;
  /** The code or the temporary password, base64. AWS encrypts it under the KMS key of the pool. */
  readonly code: string;
  readonly clientMetadata: Texts | null;
  readonly userAttributes: Texts;
}

/** Captured: the event of a custom sender has no response. */
export type SenderEvent<Source extends string, Type extends string> = Omit<
  TriggerEvent<Source, SenderRequest<Type>, never>,
  'response'
>;

/** The event of CustomEmailSender, which sends the e-mails of the pool. */
export type CustomEmailSenderEvent = SenderEvent<
  `CustomEmailSender_${MessageOccasion}`,
  'customEmailSenderRequestV1'
>;

/** The event of CustomSMSSender, which sends the text messages of the pool. */
export type CustomSMSSenderEvent = SenderEvent<
  `CustomSMSSender_${MessageOccasion}`,
  'customSMSSenderRequestV1'
>;

/** The kinds of identity providers in the event of InboundFederation. */
export type InboundProviderType =
  | 'OIDC'
  | 'SAML'
  | 'Facebook'
  | 'Google'
  | 'SignInWithApple'
  | 'LoginWithAmazon';

/** The event of InboundFederation, which chooses the attributes that a provider's user brings along. */
export type InboundFederationEvent = TriggerEvent<
  'InboundFederation_ExternalProvider',
  {
    readonly providerName: string;
    readonly providerType: InboundProviderType;
    /** What the provider said. OIDC and social providers have the first three. */
    readonly attributes: {
      readonly tokenResponse?: Readonly<Record<string, unknown>>;
      readonly idToken?: Readonly<Record<string, unknown>>;
      readonly userInfo?: Readonly<Record<string, unknown>>;
      readonly samlResponse?: Readonly<Record<string, unknown>>;
    };
  },
  { userAttributesToMap?: Texts | null }
>;

/** The result of one challenge that this sign-in has already asked. */
export interface ChallengeResult {
  /**
   * `CUSTOM_CHALLENGE`, `SRP_A`, `PASSWORD_VERIFIER`, or a second factor that DefineAuthChallenge asked for: `SMS_MFA`,
   * `EMAIL_OTP` or `SOFTWARE_TOKEN_MFA`. AWS's guide also names `DEVICE_SRP_AUTH`, `DEVICE_PASSWORD_VERIFIER` and
   * `ADMIN_NO_SRP_AUTH`. When they occur is not known, and this pool does not write them.
   */
  readonly challengeName: string;
  /** Whether the answer was right. */
  readonly challengeResult: boolean;
  /** What CreateAuthChallenge returned as `challengeMetadata`. */
  readonly challengeMetadata?: string;
}

/** The event of DefineAuthChallenge, which decides what comes next. */
export type DefineAuthChallengeEvent = TriggerEvent<
  'DefineAuthChallenge_Authentication',
  SignInTriggerRequest & { readonly session: readonly ChallengeResult[] },
  { challengeName?: string | null; issueTokens?: boolean | null; failAuthentication?: boolean | null }
>;

/** The event of CreateAuthChallenge, which makes the question and keeps what the answer is checked by. */
export type CreateAuthChallengeEvent = TriggerEvent<
  'CreateAuthChallenge_Authentication',
  SignInTriggerRequest & { readonly challengeName: string; readonly session: readonly ChallengeResult[] },
  {
    publicChallengeParameters?: Record<string, string> | null;
    privateChallengeParameters?: Record<string, string> | null;
    challengeMetadata?: string | null;
  }
>;

/** The event of VerifyAuthChallengeResponse, which checks the answer. */
export type VerifyAuthChallengeEvent = TriggerEvent<
  'VerifyAuthChallengeResponse_Authentication',
  SignInTriggerRequest & { readonly privateChallengeParameters: Texts; readonly challengeAnswer: string },
  { answerCorrect?: boolean | null }
>;
