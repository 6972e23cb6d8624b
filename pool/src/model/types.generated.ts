/** Made by pool/scripts/generate-model.mjs from AWS's model, see pool/model/README.md. Do not edit. */

/** The checked input of each operation. Bytes are in base64, and a timestamp is a number of seconds. */
export interface Inputs {
  readonly AddCustomAttributes: AddCustomAttributesRequest;
  readonly AddUserPoolClientSecret: AddUserPoolClientSecretRequest;
  readonly AdminAddUserToGroup: AdminAddUserToGroupRequest;
  readonly AdminConfirmSignUp: AdminConfirmSignUpRequest;
  readonly AdminCreateUser: AdminCreateUserRequest;
  readonly AdminDeleteSoftwareToken: AdminDeleteSoftwareTokenRequest;
  readonly AdminDeleteUser: AdminDeleteUserRequest;
  readonly AdminDeleteUserAttributes: AdminDeleteUserAttributesRequest;
  readonly AdminDisableProviderForUser: AdminDisableProviderForUserRequest;
  readonly AdminDisableUser: AdminDisableUserRequest;
  readonly AdminEnableUser: AdminEnableUserRequest;
  readonly AdminForgetDevice: AdminForgetDeviceRequest;
  readonly AdminGetDevice: AdminGetDeviceRequest;
  readonly AdminGetUser: AdminGetUserRequest;
  readonly AdminGetUserAuthFactors: AdminGetUserAuthFactorsRequest;
  readonly AdminInitiateAuth: AdminInitiateAuthRequest;
  readonly AdminLinkProviderForUser: AdminLinkProviderForUserRequest;
  readonly AdminListDevices: AdminListDevicesRequest;
  readonly AdminListGroupsForUser: AdminListGroupsForUserRequest;
  readonly AdminListUserAuthEvents: AdminListUserAuthEventsRequest;
  readonly AdminListUserSessions: AdminListUserSessionsRequest;
  readonly AdminRemoveUserFromGroup: AdminRemoveUserFromGroupRequest;
  readonly AdminResetUserPassword: AdminResetUserPasswordRequest;
  readonly AdminRespondToAuthChallenge: AdminRespondToAuthChallengeRequest;
  readonly AdminRevokeUserSession: AdminRevokeUserSessionRequest;
  readonly AdminSetUserMFAPreference: AdminSetUserMFAPreferenceRequest;
  readonly AdminSetUserPassword: AdminSetUserPasswordRequest;
  readonly AdminSetUserSettings: AdminSetUserSettingsRequest;
  readonly AdminUpdateAuthEventFeedback: AdminUpdateAuthEventFeedbackRequest;
  readonly AdminUpdateDeviceStatus: AdminUpdateDeviceStatusRequest;
  readonly AdminUpdateUserAttributes: AdminUpdateUserAttributesRequest;
  readonly AdminUserGlobalSignOut: AdminUserGlobalSignOutRequest;
  readonly AssociateSoftwareToken: AssociateSoftwareTokenRequest;
  readonly CancelPointInTimeRecovery: CancelPointInTimeRecoveryRequest;
  readonly ChangePassword: ChangePasswordRequest;
  readonly CompleteWebAuthnRegistration: CompleteWebAuthnRegistrationRequest;
  readonly ConfirmDevice: ConfirmDeviceRequest;
  readonly ConfirmForgotPassword: ConfirmForgotPasswordRequest;
  readonly ConfirmSignUp: ConfirmSignUpRequest;
  readonly CreateCIMDPolicy: CreateCIMDPolicyRequest;
  readonly CreateGroup: CreateGroupRequest;
  readonly CreateIdentityProvider: CreateIdentityProviderRequest;
  readonly CreateManagedLoginBranding: CreateManagedLoginBrandingRequest;
  readonly CreateResourceServer: CreateResourceServerRequest;
  readonly CreateTerms: CreateTermsRequest;
  readonly CreateUserImportJob: CreateUserImportJobRequest;
  readonly CreateUserPool: CreateUserPoolRequest;
  readonly CreateUserPoolClient: CreateUserPoolClientRequest;
  readonly CreateUserPoolDomain: CreateUserPoolDomainRequest;
  readonly CreateUserPoolReplica: CreateUserPoolReplicaRequest;
  readonly DeleteCIMDPolicy: DeleteCIMDPolicyRequest;
  readonly DeleteGroup: DeleteGroupRequest;
  readonly DeleteIdentityProvider: DeleteIdentityProviderRequest;
  readonly DeleteManagedLoginBranding: DeleteManagedLoginBrandingRequest;
  readonly DeleteResourceServer: DeleteResourceServerRequest;
  readonly DeleteTerms: DeleteTermsRequest;
  readonly DeleteUser: DeleteUserRequest;
  readonly DeleteUserAttributes: DeleteUserAttributesRequest;
  readonly DeleteUserPool: DeleteUserPoolRequest;
  readonly DeleteUserPoolClient: DeleteUserPoolClientRequest;
  readonly DeleteUserPoolClientSecret: DeleteUserPoolClientSecretRequest;
  readonly DeleteUserPoolDomain: DeleteUserPoolDomainRequest;
  readonly DeleteUserPoolReplica: DeleteUserPoolReplicaRequest;
  readonly DeleteWebAuthnCredential: DeleteWebAuthnCredentialRequest;
  readonly DescribeCIMDPolicy: DescribeCIMDPolicyRequest;
  readonly DescribeIdentityProvider: DescribeIdentityProviderRequest;
  readonly DescribeManagedLoginBranding: DescribeManagedLoginBrandingRequest;
  readonly DescribeManagedLoginBrandingByClient: DescribeManagedLoginBrandingByClientRequest;
  readonly DescribePointInTimeRecovery: DescribePointInTimeRecoveryRequest;
  readonly DescribeResourceServer: DescribeResourceServerRequest;
  readonly DescribeRiskConfiguration: DescribeRiskConfigurationRequest;
  readonly DescribeTerms: DescribeTermsRequest;
  readonly DescribeTermsByClient: DescribeTermsByClientRequest;
  readonly DescribeUserImportJob: DescribeUserImportJobRequest;
  readonly DescribeUserPool: DescribeUserPoolRequest;
  readonly DescribeUserPoolClient: DescribeUserPoolClientRequest;
  readonly DescribeUserPoolDomain: DescribeUserPoolDomainRequest;
  readonly ForgetDevice: ForgetDeviceRequest;
  readonly ForgotPassword: ForgotPasswordRequest;
  readonly GetCSVHeader: GetCSVHeaderRequest;
  readonly GetClientToken: GetClientTokenRequest;
  readonly GetDerivedToken: GetDerivedTokenRequest;
  readonly GetDevice: GetDeviceRequest;
  readonly GetGroup: GetGroupRequest;
  readonly GetIdentityProviderByIdentifier: GetIdentityProviderByIdentifierRequest;
  readonly GetLogDeliveryConfiguration: GetLogDeliveryConfigurationRequest;
  readonly GetProvisionedLimit: GetProvisionedLimitRequest;
  readonly GetSigningCertificate: GetSigningCertificateRequest;
  readonly GetTokensFromRefreshToken: GetTokensFromRefreshTokenRequest;
  readonly GetUICustomization: GetUICustomizationRequest;
  readonly GetUser: GetUserRequest;
  readonly GetUserAttributeVerificationCode: GetUserAttributeVerificationCodeRequest;
  readonly GetUserAuthFactors: GetUserAuthFactorsRequest;
  readonly GetUserPoolClientSessionConfiguration: GetUserPoolClientSessionConfigurationRequest;
  readonly GetUserPoolMfaConfig: GetUserPoolMfaConfigRequest;
  readonly GetUserPoolSessionConfiguration: GetUserPoolSessionConfigurationRequest;
  readonly GlobalSignOut: GlobalSignOutRequest;
  readonly InitiateAuth: InitiateAuthRequest;
  readonly InitiatePointInTimeRecovery: InitiatePointInTimeRecoveryRequest;
  readonly ListCIMDPolicies: ListCIMDPoliciesRequest;
  readonly ListClientMetadataURLs: ListClientMetadataURLsRequest;
  readonly ListDevices: ListDevicesRequest;
  readonly ListGroups: ListGroupsRequest;
  readonly ListIdentityProviders: ListIdentityProvidersRequest;
  readonly ListPointInTimeRecoveries: ListPointInTimeRecoveriesRequest;
  readonly ListResourceServers: ListResourceServersRequest;
  readonly ListTagsForResource: ListTagsForResourceRequest;
  readonly ListTerms: ListTermsRequest;
  readonly ListUserImportJobs: ListUserImportJobsRequest;
  readonly ListUserPoolClientSecrets: ListUserPoolClientSecretsRequest;
  readonly ListUserPoolClients: ListUserPoolClientsRequest;
  readonly ListUserPoolReplicas: ListUserPoolReplicasRequest;
  readonly ListUserPools: ListUserPoolsRequest;
  readonly ListUserSessions: ListUserSessionsRequest;
  readonly ListUsers: ListUsersRequest;
  readonly ListUsersInGroup: ListUsersInGroupRequest;
  readonly ListWebAuthnCredentials: ListWebAuthnCredentialsRequest;
  readonly ResendConfirmationCode: ResendConfirmationCodeRequest;
  readonly RespondToAuthChallenge: RespondToAuthChallengeRequest;
  readonly RevokeToken: RevokeTokenRequest;
  readonly RevokeUserSession: RevokeUserSessionRequest;
  readonly SetLogDeliveryConfiguration: SetLogDeliveryConfigurationRequest;
  readonly SetRiskConfiguration: SetRiskConfigurationRequest;
  readonly SetUICustomization: SetUICustomizationRequest;
  readonly SetUserMFAPreference: SetUserMFAPreferenceRequest;
  readonly SetUserPoolClientSessionConfiguration: SetUserPoolClientSessionConfigurationRequest;
  readonly SetUserPoolMfaConfig: SetUserPoolMfaConfigRequest;
  readonly SetUserPoolSessionConfiguration: SetUserPoolSessionConfigurationRequest;
  readonly SetUserSettings: SetUserSettingsRequest;
  readonly SignUp: SignUpRequest;
  readonly StartPointInTimeRecovery: StartPointInTimeRecoveryRequest;
  readonly StartUserImportJob: StartUserImportJobRequest;
  readonly StartWebAuthnRegistration: StartWebAuthnRegistrationRequest;
  readonly StopUserImportJob: StopUserImportJobRequest;
  readonly TagResource: TagResourceRequest;
  readonly UntagResource: UntagResourceRequest;
  readonly UpdateAuthEventFeedback: UpdateAuthEventFeedbackRequest;
  readonly UpdateCIMDPolicy: UpdateCIMDPolicyRequest;
  readonly UpdateClientMetadataURLState: UpdateClientMetadataURLStateRequest;
  readonly UpdateDeviceStatus: UpdateDeviceStatusRequest;
  readonly UpdateGroup: UpdateGroupRequest;
  readonly UpdateIdentityProvider: UpdateIdentityProviderRequest;
  readonly UpdateManagedLoginBranding: UpdateManagedLoginBrandingRequest;
  readonly UpdateProvisionedLimit: UpdateProvisionedLimitRequest;
  readonly UpdateResourceServer: UpdateResourceServerRequest;
  readonly UpdateTerms: UpdateTermsRequest;
  readonly UpdateUserAttributes: UpdateUserAttributesRequest;
  readonly UpdateUserPool: UpdateUserPoolRequest;
  readonly UpdateUserPoolClient: UpdateUserPoolClientRequest;
  readonly UpdateUserPoolDomain: UpdateUserPoolDomainRequest;
  readonly UpdateUserPoolReplica: UpdateUserPoolReplicaRequest;
  readonly VerifySoftwareToken: VerifySoftwareTokenRequest;
  readonly VerifyUserAttribute: VerifyUserAttributeRequest;
}

/** The output of each operation. Undefined is an empty body. */
export interface Outputs {
  readonly AddCustomAttributes: AddCustomAttributesResponse;
  readonly AddUserPoolClientSecret: AddUserPoolClientSecretResponse;
  readonly AdminAddUserToGroup: undefined;
  readonly AdminConfirmSignUp: AdminConfirmSignUpResponse;
  readonly AdminCreateUser: AdminCreateUserResponse;
  readonly AdminDeleteSoftwareToken: AdminDeleteSoftwareTokenResponse;
  readonly AdminDeleteUser: undefined;
  readonly AdminDeleteUserAttributes: AdminDeleteUserAttributesResponse;
  readonly AdminDisableProviderForUser: AdminDisableProviderForUserResponse;
  readonly AdminDisableUser: AdminDisableUserResponse;
  readonly AdminEnableUser: AdminEnableUserResponse;
  readonly AdminForgetDevice: undefined;
  readonly AdminGetDevice: AdminGetDeviceResponse;
  readonly AdminGetUser: AdminGetUserResponse;
  readonly AdminGetUserAuthFactors: AdminGetUserAuthFactorsResponse;
  readonly AdminInitiateAuth: AdminInitiateAuthResponse;
  readonly AdminLinkProviderForUser: AdminLinkProviderForUserResponse;
  readonly AdminListDevices: AdminListDevicesResponse;
  readonly AdminListGroupsForUser: AdminListGroupsForUserResponse;
  readonly AdminListUserAuthEvents: AdminListUserAuthEventsResponse;
  readonly AdminListUserSessions: AdminListUserSessionsResponse;
  readonly AdminRemoveUserFromGroup: undefined;
  readonly AdminResetUserPassword: AdminResetUserPasswordResponse;
  readonly AdminRespondToAuthChallenge: AdminRespondToAuthChallengeResponse;
  readonly AdminRevokeUserSession: AdminRevokeUserSessionResponse;
  readonly AdminSetUserMFAPreference: AdminSetUserMFAPreferenceResponse;
  readonly AdminSetUserPassword: AdminSetUserPasswordResponse;
  readonly AdminSetUserSettings: AdminSetUserSettingsResponse;
  readonly AdminUpdateAuthEventFeedback: AdminUpdateAuthEventFeedbackResponse;
  readonly AdminUpdateDeviceStatus: AdminUpdateDeviceStatusResponse;
  readonly AdminUpdateUserAttributes: AdminUpdateUserAttributesResponse;
  readonly AdminUserGlobalSignOut: AdminUserGlobalSignOutResponse;
  readonly AssociateSoftwareToken: AssociateSoftwareTokenResponse;
  readonly CancelPointInTimeRecovery: CancelPointInTimeRecoveryResponse;
  readonly ChangePassword: ChangePasswordResponse;
  readonly CompleteWebAuthnRegistration: CompleteWebAuthnRegistrationResponse;
  readonly ConfirmDevice: ConfirmDeviceResponse;
  readonly ConfirmForgotPassword: ConfirmForgotPasswordResponse;
  readonly ConfirmSignUp: ConfirmSignUpResponse;
  readonly CreateCIMDPolicy: CreateCIMDPolicyResponse;
  readonly CreateGroup: CreateGroupResponse;
  readonly CreateIdentityProvider: CreateIdentityProviderResponse;
  readonly CreateManagedLoginBranding: CreateManagedLoginBrandingResponse;
  readonly CreateResourceServer: CreateResourceServerResponse;
  readonly CreateTerms: CreateTermsResponse;
  readonly CreateUserImportJob: CreateUserImportJobResponse;
  readonly CreateUserPool: CreateUserPoolResponse;
  readonly CreateUserPoolClient: CreateUserPoolClientResponse;
  readonly CreateUserPoolDomain: CreateUserPoolDomainResponse;
  readonly CreateUserPoolReplica: CreateUserPoolReplicaResponse;
  readonly DeleteCIMDPolicy: DeleteCIMDPolicyResponse;
  readonly DeleteGroup: undefined;
  readonly DeleteIdentityProvider: undefined;
  readonly DeleteManagedLoginBranding: undefined;
  readonly DeleteResourceServer: undefined;
  readonly DeleteTerms: undefined;
  readonly DeleteUser: undefined;
  readonly DeleteUserAttributes: DeleteUserAttributesResponse;
  readonly DeleteUserPool: undefined;
  readonly DeleteUserPoolClient: undefined;
  readonly DeleteUserPoolClientSecret: DeleteUserPoolClientSecretResponse;
  readonly DeleteUserPoolDomain: DeleteUserPoolDomainResponse;
  readonly DeleteUserPoolReplica: DeleteUserPoolReplicaResponse;
  readonly DeleteWebAuthnCredential: DeleteWebAuthnCredentialResponse;
  readonly DescribeCIMDPolicy: DescribeCIMDPolicyResponse;
  readonly DescribeIdentityProvider: DescribeIdentityProviderResponse;
  readonly DescribeManagedLoginBranding: DescribeManagedLoginBrandingResponse;
  readonly DescribeManagedLoginBrandingByClient: DescribeManagedLoginBrandingByClientResponse;
  readonly DescribePointInTimeRecovery: DescribePointInTimeRecoveryResponse;
  readonly DescribeResourceServer: DescribeResourceServerResponse;
  readonly DescribeRiskConfiguration: DescribeRiskConfigurationResponse;
  readonly DescribeTerms: DescribeTermsResponse;
  readonly DescribeTermsByClient: DescribeTermsByClientResponse;
  readonly DescribeUserImportJob: DescribeUserImportJobResponse;
  readonly DescribeUserPool: DescribeUserPoolResponse;
  readonly DescribeUserPoolClient: DescribeUserPoolClientResponse;
  readonly DescribeUserPoolDomain: DescribeUserPoolDomainResponse;
  readonly ForgetDevice: undefined;
  readonly ForgotPassword: ForgotPasswordResponse;
  readonly GetCSVHeader: GetCSVHeaderResponse;
  readonly GetClientToken: GetClientTokenResponse;
  readonly GetDerivedToken: GetDerivedTokenResponse;
  readonly GetDevice: GetDeviceResponse;
  readonly GetGroup: GetGroupResponse;
  readonly GetIdentityProviderByIdentifier: GetIdentityProviderByIdentifierResponse;
  readonly GetLogDeliveryConfiguration: GetLogDeliveryConfigurationResponse;
  readonly GetProvisionedLimit: GetProvisionedLimitResponse;
  readonly GetSigningCertificate: GetSigningCertificateResponse;
  readonly GetTokensFromRefreshToken: GetTokensFromRefreshTokenResponse;
  readonly GetUICustomization: GetUICustomizationResponse;
  readonly GetUser: GetUserResponse;
  readonly GetUserAttributeVerificationCode: GetUserAttributeVerificationCodeResponse;
  readonly GetUserAuthFactors: GetUserAuthFactorsResponse;
  readonly GetUserPoolClientSessionConfiguration: GetUserPoolClientSessionConfigurationResponse;
  readonly GetUserPoolMfaConfig: GetUserPoolMfaConfigResponse;
  readonly GetUserPoolSessionConfiguration: GetUserPoolSessionConfigurationResponse;
  readonly GlobalSignOut: GlobalSignOutResponse;
  readonly InitiateAuth: InitiateAuthResponse;
  readonly InitiatePointInTimeRecovery: InitiatePointInTimeRecoveryResponse;
  readonly ListCIMDPolicies: ListCIMDPoliciesResponse;
  readonly ListClientMetadataURLs: ListClientMetadataURLsResponse;
  readonly ListDevices: ListDevicesResponse;
  readonly ListGroups: ListGroupsResponse;
  readonly ListIdentityProviders: ListIdentityProvidersResponse;
  readonly ListPointInTimeRecoveries: ListPointInTimeRecoveriesResponse;
  readonly ListResourceServers: ListResourceServersResponse;
  readonly ListTagsForResource: ListTagsForResourceResponse;
  readonly ListTerms: ListTermsResponse;
  readonly ListUserImportJobs: ListUserImportJobsResponse;
  readonly ListUserPoolClientSecrets: ListUserPoolClientSecretsResponse;
  readonly ListUserPoolClients: ListUserPoolClientsResponse;
  readonly ListUserPoolReplicas: ListUserPoolReplicasResponse;
  readonly ListUserPools: ListUserPoolsResponse;
  readonly ListUserSessions: ListUserSessionsResponse;
  readonly ListUsers: ListUsersResponse;
  readonly ListUsersInGroup: ListUsersInGroupResponse;
  readonly ListWebAuthnCredentials: ListWebAuthnCredentialsResponse;
  readonly ResendConfirmationCode: ResendConfirmationCodeResponse;
  readonly RespondToAuthChallenge: RespondToAuthChallengeResponse;
  readonly RevokeToken: RevokeTokenResponse;
  readonly RevokeUserSession: RevokeUserSessionResponse;
  readonly SetLogDeliveryConfiguration: SetLogDeliveryConfigurationResponse;
  readonly SetRiskConfiguration: SetRiskConfigurationResponse;
  readonly SetUICustomization: SetUICustomizationResponse;
  readonly SetUserMFAPreference: SetUserMFAPreferenceResponse;
  readonly SetUserPoolClientSessionConfiguration: SetUserPoolClientSessionConfigurationResponse;
  readonly SetUserPoolMfaConfig: SetUserPoolMfaConfigResponse;
  readonly SetUserPoolSessionConfiguration: SetUserPoolSessionConfigurationResponse;
  readonly SetUserSettings: SetUserSettingsResponse;
  readonly SignUp: SignUpResponse;
  readonly StartPointInTimeRecovery: StartPointInTimeRecoveryResponse;
  readonly StartUserImportJob: StartUserImportJobResponse;
  readonly StartWebAuthnRegistration: StartWebAuthnRegistrationResponse;
  readonly StopUserImportJob: StopUserImportJobResponse;
  readonly TagResource: TagResourceResponse;
  readonly UntagResource: UntagResourceResponse;
  readonly UpdateAuthEventFeedback: UpdateAuthEventFeedbackResponse;
  readonly UpdateCIMDPolicy: UpdateCIMDPolicyResponse;
  readonly UpdateClientMetadataURLState: UpdateClientMetadataURLStateResponse;
  readonly UpdateDeviceStatus: UpdateDeviceStatusResponse;
  readonly UpdateGroup: UpdateGroupResponse;
  readonly UpdateIdentityProvider: UpdateIdentityProviderResponse;
  readonly UpdateManagedLoginBranding: UpdateManagedLoginBrandingResponse;
  readonly UpdateProvisionedLimit: UpdateProvisionedLimitResponse;
  readonly UpdateResourceServer: UpdateResourceServerResponse;
  readonly UpdateTerms: UpdateTermsResponse;
  readonly UpdateUserAttributes: UpdateUserAttributesResponse;
  readonly UpdateUserPool: UpdateUserPoolResponse;
  readonly UpdateUserPoolClient: UpdateUserPoolClientResponse;
  readonly UpdateUserPoolDomain: UpdateUserPoolDomainResponse;
  readonly UpdateUserPoolReplica: UpdateUserPoolReplicaResponse;
  readonly VerifySoftwareToken: VerifySoftwareTokenResponse;
  readonly VerifyUserAttribute: VerifyUserAttributeResponse;
}

/** The name of an operation of the service. */
export type OperationName = keyof Inputs;

export interface AccountRecoverySettingType { readonly RecoveryMechanisms?: readonly RecoveryOptionType[] | undefined }
export interface AccountTakeoverActionType { readonly EventAction: AccountTakeoverEventActionType; readonly Notify: boolean }
export interface AccountTakeoverActionsType { readonly HighAction?: AccountTakeoverActionType | undefined; readonly LowAction?: AccountTakeoverActionType | undefined; readonly MediumAction?: AccountTakeoverActionType | undefined }
export type AccountTakeoverEventActionType = 'BLOCK' | 'MFA_IF_CONFIGURED' | 'MFA_REQUIRED' | 'NO_ACTION';
export interface AccountTakeoverRiskConfigurationType { readonly Actions: AccountTakeoverActionsType; readonly NotifyConfiguration?: NotifyConfigurationType | undefined }
export interface AcrLevelConfigType { readonly AcrValue: string }
export interface AddCustomAttributesRequest { readonly CustomAttributes: readonly SchemaAttributeType[]; readonly UserPoolId: string }
export type AddCustomAttributesResponse = Readonly<Record<never, never>>;
export interface AddUserPoolClientSecretRequest { readonly ClientId: string; readonly ClientSecret?: string | undefined; readonly UserPoolId: string }
export interface AddUserPoolClientSecretResponse { readonly ClientSecretDescriptor?: ClientSecretDescriptorType | undefined }
export interface AdminAddUserToGroupRequest { readonly GroupName: string; readonly UserPoolId: string; readonly Username: string }
export interface AdminConfirmSignUpRequest { readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly UserPoolId: string; readonly Username: string }
export type AdminConfirmSignUpResponse = Readonly<Record<never, never>>;
export interface AdminCreateUserConfigType { readonly AllowAdminCreateUserOnly?: boolean | undefined; readonly InviteMessageTemplate?: MessageTemplateType | undefined; readonly UnusedAccountValidityDays?: number | undefined }
export interface AdminCreateUserRequest { readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly DesiredDeliveryMediums?: readonly DeliveryMediumType[] | undefined; readonly ForceAliasCreation?: boolean | undefined; readonly MessageAction?: MessageActionType | undefined; readonly TemporaryPassword?: string | undefined; readonly UserAttributes?: readonly AttributeType[] | undefined; readonly UserPoolId: string; readonly Username: string; readonly ValidationData?: readonly AttributeType[] | undefined }
export interface AdminCreateUserResponse { readonly User?: UserType | undefined }
export interface AdminDeleteSoftwareTokenRequest { readonly UserPoolId: string; readonly Username: string }
export type AdminDeleteSoftwareTokenResponse = Readonly<Record<never, never>>;
export interface AdminDeleteUserAttributesRequest { readonly UserAttributeNames: readonly string[]; readonly UserPoolId: string; readonly Username: string }
export type AdminDeleteUserAttributesResponse = Readonly<Record<never, never>>;
export interface AdminDeleteUserRequest { readonly UserPoolId: string; readonly Username: string }
export interface AdminDisableProviderForUserRequest { readonly User: ProviderUserIdentifierType; readonly UserPoolId: string }
export type AdminDisableProviderForUserResponse = Readonly<Record<never, never>>;
export interface AdminDisableUserRequest { readonly UserPoolId: string; readonly Username: string }
export type AdminDisableUserResponse = Readonly<Record<never, never>>;
export interface AdminEnableUserRequest { readonly UserPoolId: string; readonly Username: string }
export type AdminEnableUserResponse = Readonly<Record<never, never>>;
export interface AdminForgetDeviceRequest { readonly DeviceKey: string; readonly UserPoolId: string; readonly Username: string }
export interface AdminGetDeviceRequest { readonly DeviceKey: string; readonly UserPoolId: string; readonly Username: string }
export interface AdminGetDeviceResponse { readonly Device: DeviceType }
export interface AdminGetUserAuthFactorsRequest { readonly UserPoolId: string; readonly Username: string }
export interface AdminGetUserAuthFactorsResponse { readonly ConfiguredUserAuthFactors?: readonly AuthFactorType[] | undefined; readonly PreferredMfaSetting?: string | undefined; readonly UserMFASettingList?: readonly string[] | undefined; readonly Username: string }
export interface AdminGetUserRequest { readonly UserPoolId: string; readonly Username: string }
export interface AdminGetUserResponse { readonly Enabled?: boolean | undefined; readonly MFAOptions?: readonly MFAOptionType[] | undefined; readonly PreferredMfaSetting?: string | undefined; readonly UserAttributes?: readonly AttributeType[] | undefined; readonly UserCreateDate?: number | undefined; readonly UserLastModifiedDate?: number | undefined; readonly UserMFASettingList?: readonly string[] | undefined; readonly UserStatus?: UserStatusType | undefined; readonly Username: string }
export interface AdminInitiateAuthRequest { readonly AnalyticsMetadata?: AnalyticsMetadataType | undefined; readonly AuthFlow: AuthFlowType; readonly AuthParameters: Readonly<Record<string, string>>; readonly ClientId: string; readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly ContextData?: ContextDataType | undefined; readonly Session?: string | undefined; readonly UserPoolId: string }
export interface AdminInitiateAuthResponse { readonly AuthenticationResult?: AuthenticationResultType | undefined; readonly AvailableChallenges?: readonly ChallengeNameType[] | undefined; readonly ChallengeName?: ChallengeNameType | undefined; readonly ChallengeParameters?: Readonly<Record<string, string>> | undefined; readonly Session?: string | undefined }
export interface AdminLinkProviderForUserRequest { readonly DestinationUser: ProviderUserIdentifierType; readonly SourceUser: ProviderUserIdentifierType; readonly UserPoolId: string }
export type AdminLinkProviderForUserResponse = Readonly<Record<never, never>>;
export interface AdminListDevicesRequest { readonly Limit?: number | undefined; readonly PaginationToken?: string | undefined; readonly UserPoolId: string; readonly Username: string }
export interface AdminListDevicesResponse { readonly Devices?: readonly DeviceType[] | undefined; readonly PaginationToken?: string | undefined }
export interface AdminListGroupsForUserRequest { readonly Limit?: number | undefined; readonly NextToken?: string | undefined; readonly UserPoolId: string; readonly Username: string }
export interface AdminListGroupsForUserResponse { readonly Groups?: readonly GroupType[] | undefined; readonly NextToken?: string | undefined }
export interface AdminListUserAuthEventsRequest { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined; readonly UserPoolId: string; readonly Username: string }
export interface AdminListUserAuthEventsResponse { readonly AuthEvents?: readonly AuthEventType[] | undefined; readonly NextToken?: string | undefined }
export interface AdminListUserSessionsRequest { readonly NextToken?: string | undefined; readonly UserPoolId: string; readonly Username: string }
export interface AdminListUserSessionsResponse { readonly NextToken?: string | undefined; readonly Sessions?: readonly SessionDescriptionType[] | undefined }
export interface AdminRemoveUserFromGroupRequest { readonly GroupName: string; readonly UserPoolId: string; readonly Username: string }
export interface AdminResetUserPasswordRequest { readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly UserPoolId: string; readonly Username: string }
export type AdminResetUserPasswordResponse = Readonly<Record<never, never>>;
export interface AdminRespondToAuthChallengeRequest { readonly AnalyticsMetadata?: AnalyticsMetadataType | undefined; readonly ChallengeName: ChallengeNameType; readonly ChallengeResponses: Readonly<Record<string, string>>; readonly ClientId: string; readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly ContextData?: ContextDataType | undefined; readonly Session?: string | undefined; readonly UserPoolId: string }
export interface AdminRespondToAuthChallengeResponse { readonly AuthenticationResult?: AuthenticationResultType | undefined; readonly AvailableChallenges?: readonly ChallengeNameType[] | undefined; readonly ChallengeName?: ChallengeNameType | undefined; readonly ChallengeParameters?: Readonly<Record<string, string>> | undefined; readonly Session?: string | undefined }
export interface AdminRevokeUserSessionRequest { readonly RevokeAssociatedSessions?: RevokeAssociatedSessionsType | undefined; readonly SessionId: string; readonly UserPoolId: string; readonly Username: string }
export type AdminRevokeUserSessionResponse = Readonly<Record<never, never>>;
export interface AdminSetUserMFAPreferenceRequest { readonly EmailMfaSettings?: EmailMfaSettingsType | undefined; readonly SMSMfaSettings?: SMSMfaSettingsType | undefined; readonly SoftwareTokenMfaSettings?: SoftwareTokenMfaSettingsType | undefined; readonly UserPoolId: string; readonly Username: string; readonly WebAuthnMfaSettings?: WebAuthnMfaSettingsType | undefined }
export type AdminSetUserMFAPreferenceResponse = Readonly<Record<never, never>>;
export interface AdminSetUserPasswordRequest { readonly Password: string; readonly Permanent?: boolean | undefined; readonly UserPoolId: string; readonly Username: string }
export type AdminSetUserPasswordResponse = Readonly<Record<never, never>>;
export interface AdminSetUserSettingsRequest { readonly MFAOptions: readonly MFAOptionType[]; readonly UserPoolId: string; readonly Username: string }
export type AdminSetUserSettingsResponse = Readonly<Record<never, never>>;
export interface AdminUpdateAuthEventFeedbackRequest { readonly EventId: string; readonly FeedbackValue: FeedbackValueType; readonly UserPoolId: string; readonly Username: string }
export type AdminUpdateAuthEventFeedbackResponse = Readonly<Record<never, never>>;
export interface AdminUpdateDeviceStatusRequest { readonly DeviceKey: string; readonly DeviceRememberedStatus?: DeviceRememberedStatusType | undefined; readonly UserPoolId: string; readonly Username: string }
export type AdminUpdateDeviceStatusResponse = Readonly<Record<never, never>>;
export interface AdminUpdateUserAttributesRequest { readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly UserAttributes: readonly AttributeType[]; readonly UserPoolId: string; readonly Username: string }
export type AdminUpdateUserAttributesResponse = Readonly<Record<never, never>>;
export interface AdminUserGlobalSignOutRequest { readonly UserPoolId: string; readonly Username: string }
export type AdminUserGlobalSignOutResponse = Readonly<Record<never, never>>;
export interface AdvancedSecurityAdditionalFlowsType { readonly CustomAuthMode?: AdvancedSecurityEnabledModeType | undefined }
export type AdvancedSecurityEnabledModeType = 'AUDIT' | 'ENFORCED';
export type AdvancedSecurityModeType = 'OFF' | 'AUDIT' | 'ENFORCED';
export type AliasAttributeType = 'phone_number' | 'email' | 'preferred_username';
export interface AnalyticsConfigurationType { readonly ApplicationArn?: string | undefined; readonly ApplicationId?: string | undefined; readonly ExternalId?: string | undefined; readonly RoleArn?: string | undefined; readonly UserDataShared?: boolean | undefined }
export interface AnalyticsMetadataType { readonly AnalyticsEndpointId?: string | undefined }
export type AssetCategoryType = 'FAVICON_ICO' | 'FAVICON_SVG' | 'EMAIL_GRAPHIC' | 'SMS_GRAPHIC' | 'AUTH_APP_GRAPHIC' | 'PASSWORD_GRAPHIC' | 'PASSKEY_GRAPHIC' | 'PAGE_HEADER_LOGO' | 'PAGE_HEADER_BACKGROUND' | 'PAGE_FOOTER_LOGO' | 'PAGE_FOOTER_BACKGROUND' | 'PAGE_BACKGROUND' | 'FORM_BACKGROUND' | 'FORM_LOGO' | 'IDP_BUTTON_ICON';
export type AssetExtensionType = 'ICO' | 'JPEG' | 'PNG' | 'SVG' | 'WEBP';
export interface AssetType { readonly Bytes?: string | undefined; readonly Category: AssetCategoryType; readonly ColorMode: ColorSchemeModeType; readonly Extension: AssetExtensionType; readonly ResourceId?: string | undefined }
export interface AssociateSoftwareTokenRequest { readonly AccessToken?: string | undefined; readonly Session?: string | undefined }
export interface AssociateSoftwareTokenResponse { readonly SecretCode?: string | undefined; readonly Session?: string | undefined }
export interface AttributeType { readonly Name: string; readonly Value?: string | undefined }
export interface AuthEventType { readonly ChallengeResponses?: readonly ChallengeResponseType[] | undefined; readonly CreationDate?: number | undefined; readonly EventContextData?: EventContextDataType | undefined; readonly EventFeedback?: EventFeedbackType | undefined; readonly EventId?: string | undefined; readonly EventResponse?: EventResponseType | undefined; readonly EventRisk?: EventRiskType | undefined; readonly EventType?: EventType | undefined }
export type AuthFactorType = 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN' | 'SOFTWARE_TOKEN';
export type AuthFlowType = 'USER_SRP_AUTH' | 'REFRESH_TOKEN_AUTH' | 'REFRESH_TOKEN' | 'CUSTOM_AUTH' | 'ADMIN_NO_SRP_AUTH' | 'USER_PASSWORD_AUTH' | 'ADMIN_USER_PASSWORD_AUTH' | 'USER_AUTH';
export interface AuthenticationResultType { readonly AccessToken?: string | undefined; readonly ExpiresIn?: number | undefined; readonly IdToken?: string | undefined; readonly NewDeviceMetadata?: NewDeviceMetadataType | undefined; readonly RefreshToken?: string | undefined; readonly TokenType?: string | undefined }
export type CIMDCacheActionType = 'REFRESH' | 'INVALIDATE';
export interface CIMDPolicySummaryType { readonly CIMDPolicyId: string; readonly CacheDuration?: number | undefined; readonly ClientId?: string | undefined; readonly CreationDate?: number | undefined; readonly LastModifiedDate?: number | undefined; readonly PolicyName: string }
export interface CIMDPolicyType { readonly CIMDPolicyId: string; readonly CacheDuration?: number | undefined; readonly ClientId?: string | undefined; readonly CreationDate?: number | undefined; readonly LastModifiedDate?: number | undefined; readonly PolicyName: string; readonly URLPatterns?: readonly string[] | undefined; readonly UserPoolId: string }
export interface CancelPointInTimeRecoveryRequest { readonly RestoreId: string; readonly UserPoolId: string }
export interface CancelPointInTimeRecoveryResponse { readonly Restoration?: RestorationType | undefined }
export type ChallengeName = 'Password' | 'Mfa';
export type ChallengeNameType = 'SMS_MFA' | 'EMAIL_OTP' | 'SOFTWARE_TOKEN_MFA' | 'SELECT_MFA_TYPE' | 'MFA_SETUP' | 'PASSWORD_VERIFIER' | 'CUSTOM_CHALLENGE' | 'SELECT_CHALLENGE' | 'DEVICE_SRP_AUTH' | 'DEVICE_PASSWORD_VERIFIER' | 'ADMIN_NO_SRP_AUTH' | 'NEW_PASSWORD_REQUIRED' | 'SMS_OTP' | 'PASSWORD' | 'WEB_AUTHN' | 'PASSWORD_SRP';
export type ChallengeResponse = 'Success' | 'Failure';
export interface ChallengeResponseType { readonly ChallengeName?: ChallengeName | undefined; readonly ChallengeResponse?: ChallengeResponse | undefined }
export interface ChangePasswordRequest { readonly AccessToken: string; readonly PreviousPassword?: string | undefined; readonly ProposedPassword: string }
export type ChangePasswordResponse = Readonly<Record<never, never>>;
export interface ClientAuthenticationResultType { readonly AccessToken?: string | undefined; readonly ExpiresIn?: number | undefined; readonly TokenType?: string | undefined }
export interface ClientMetadataURLType { readonly CachedDate?: number | undefined; readonly ExpirationDate?: number | undefined; readonly URL: string }
export interface ClientSSOSessionConfigType { readonly MaxValidityMinutes: number }
export interface ClientSecretDescriptorType { readonly ClientSecretCreateDate?: number | undefined; readonly ClientSecretId?: string | undefined; readonly ClientSecretValue?: string | undefined }
export type ClientTypeType = 'REGULAR' | 'DCR';
export interface CloudWatchLogsConfigurationType { readonly LogGroupArn?: string | undefined }
export interface CodeDeliveryDetailsType { readonly AttributeName?: string | undefined; readonly DeliveryMedium?: DeliveryMediumType | undefined; readonly Destination?: string | undefined }
export type ColorSchemeModeType = 'LIGHT' | 'DARK' | 'DYNAMIC';
export interface CompleteWebAuthnRegistrationRequest { readonly AccessToken: string; readonly Credential: Readonly<Record<string, unknown>> }
export type CompleteWebAuthnRegistrationResponse = Readonly<Record<never, never>>;
export interface CompromisedCredentialsActionsType { readonly EventAction: CompromisedCredentialsEventActionType }
export type CompromisedCredentialsEventActionType = 'BLOCK' | 'NO_ACTION';
export interface CompromisedCredentialsRiskConfigurationType { readonly Actions: CompromisedCredentialsActionsType; readonly EventFilter?: readonly EventFilterType[] | undefined }
export interface ConfirmDeviceRequest { readonly AccessToken: string; readonly DeviceKey: string; readonly DeviceName?: string | undefined; readonly DeviceSecretVerifierConfig?: DeviceSecretVerifierConfigType | undefined }
export interface ConfirmDeviceResponse { readonly UserConfirmationNecessary?: boolean | undefined }
export interface ConfirmForgotPasswordRequest { readonly AnalyticsMetadata?: AnalyticsMetadataType | undefined; readonly ClientId: string; readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly ConfirmationCode: string; readonly Password: string; readonly SecretHash?: string | undefined; readonly UserContextData?: UserContextDataType | undefined; readonly Username: string }
export type ConfirmForgotPasswordResponse = Readonly<Record<never, never>>;
export interface ConfirmSignUpRequest { readonly AnalyticsMetadata?: AnalyticsMetadataType | undefined; readonly ClientId: string; readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly ConfirmationCode: string; readonly ForceAliasCreation?: boolean | undefined; readonly SecretHash?: string | undefined; readonly Session?: string | undefined; readonly UserContextData?: UserContextDataType | undefined; readonly Username: string }
export interface ConfirmSignUpResponse { readonly Session?: string | undefined }
export interface ContextDataType { readonly EncodedData?: string | undefined; readonly HttpHeaders: readonly HttpHeader[]; readonly IpAddress: string; readonly ServerName: string; readonly ServerPath: string }
export interface CreateCIMDPolicyRequest { readonly CacheDuration?: number | undefined; readonly ClientId: string; readonly PolicyName: string; readonly URLPatterns: readonly string[]; readonly UserPoolId: string }
export interface CreateCIMDPolicyResponse { readonly CIMDPolicy: CIMDPolicyType }
export interface CreateGroupRequest { readonly Description?: string | undefined; readonly GroupName: string; readonly Precedence?: number | undefined; readonly RoleArn?: string | undefined; readonly UserPoolId: string }
export interface CreateGroupResponse { readonly Group?: GroupType | undefined }
export interface CreateIdentityProviderRequest { readonly AcrMapping?: Readonly<Record<string, string>> | undefined; readonly AttributeMapping?: Readonly<Record<string, string>> | undefined; readonly IdpIdentifiers?: readonly string[] | undefined; readonly ProviderDetails: Readonly<Record<string, string>>; readonly ProviderName: string; readonly ProviderType: IdentityProviderTypeType; readonly UserPoolId: string }
export interface CreateIdentityProviderResponse { readonly IdentityProvider: IdentityProviderType }
export interface CreateManagedLoginBrandingRequest { readonly Assets?: readonly AssetType[] | undefined; readonly ClientId: string; readonly Settings?: Readonly<Record<string, unknown>> | undefined; readonly UseCognitoProvidedValues?: boolean | undefined; readonly UserPoolId: string }
export interface CreateManagedLoginBrandingResponse { readonly ManagedLoginBranding?: ManagedLoginBrandingType | undefined }
export interface CreateResourceServerRequest { readonly Identifier: string; readonly Name: string; readonly Scopes?: readonly ResourceServerScopeType[] | undefined; readonly UserPoolId: string }
export interface CreateResourceServerResponse { readonly ResourceServer: ResourceServerType }
export interface CreateTermsRequest { readonly ClientId: string; readonly Enforcement: TermsEnforcementType; readonly Links?: Readonly<Record<string, string>> | undefined; readonly TermsName: string; readonly TermsSource: TermsSourceType; readonly UserPoolId: string }
export interface CreateTermsResponse { readonly Terms?: TermsType | undefined }
export interface CreateUserImportJobRequest { readonly CloudWatchLogsRoleArn: string; readonly JobName: string; readonly PasswordHashingAlgorithm?: PasswordHashingAlgorithmType | undefined; readonly UserPoolId: string }
export interface CreateUserImportJobResponse { readonly UserImportJob?: UserImportJobType | undefined }
export interface CreateUserPoolClientRequest { readonly AccessTokenValidity?: number | undefined; readonly AllowedOAuthFlows?: readonly OAuthFlowType[] | undefined; readonly AllowedOAuthFlowsUserPoolClient?: boolean | undefined; readonly AllowedOAuthScopes?: readonly string[] | undefined; readonly AnalyticsConfiguration?: AnalyticsConfigurationType | undefined; readonly AuthSessionValidity?: number | undefined; readonly CallbackURLs?: readonly string[] | undefined; readonly ClientName: string; readonly ClientSecret?: string | undefined; readonly DefaultRedirectURI?: string | undefined; readonly EnablePropagateAdditionalUserContextData?: boolean | undefined; readonly EnableTokenRevocation?: boolean | undefined; readonly ExplicitAuthFlows?: readonly ExplicitAuthFlowsType[] | undefined; readonly GenerateSecret?: boolean | undefined; readonly IdTokenValidity?: number | undefined; readonly LogoutURLs?: readonly string[] | undefined; readonly PreventUserExistenceErrors?: PreventUserExistenceErrorTypes | undefined; readonly PublishSecretsInAWSSecretsManager?: boolean | undefined; readonly ReadAttributes?: readonly string[] | undefined; readonly RefreshTokenRotation?: RefreshTokenRotationType | undefined; readonly RefreshTokenValidity?: number | undefined; readonly SupportedIdentityProviders?: readonly string[] | undefined; readonly TokenValidityUnits?: TokenValidityUnitsType | undefined; readonly UserPoolId: string; readonly WriteAttributes?: readonly string[] | undefined }
export interface CreateUserPoolClientResponse { readonly UserPoolClient?: UserPoolClientType | undefined }
export interface CreateUserPoolDomainRequest { readonly CustomDomainConfig?: CustomDomainConfigType | undefined; readonly Domain: string; readonly ManagedLoginVersion?: number | undefined; readonly Routing?: RoutingType | undefined; readonly UserPoolId: string }
export interface CreateUserPoolDomainResponse { readonly CloudFrontDomain?: string | undefined; readonly ManagedLoginVersion?: number | undefined; readonly Routing?: RoutingType | undefined }
export interface CreateUserPoolReplicaRequest { readonly RegionName: string; readonly UserPoolId: string; readonly UserPoolTags?: Readonly<Record<string, string>> | undefined }
export interface CreateUserPoolReplicaResponse { readonly UserPoolReplica?: UserPoolReplicaType | undefined }
export interface CreateUserPoolRequest { readonly AccountRecoverySetting?: AccountRecoverySettingType | undefined; readonly AcrConfiguration?: Readonly<Record<string, AcrLevelConfigType>> | undefined; readonly AdminCreateUserConfig?: AdminCreateUserConfigType | undefined; readonly AliasAttributes?: readonly AliasAttributeType[] | undefined; readonly AutoVerifiedAttributes?: readonly VerifiedAttributeType[] | undefined; readonly DcrConfiguration?: DcrConfigurationType | undefined; readonly DeletionProtection?: DeletionProtectionType | undefined; readonly DeviceConfiguration?: DeviceConfigurationType | undefined; readonly EmailConfiguration?: EmailConfigurationType | undefined; readonly EmailVerificationMessage?: string | undefined; readonly EmailVerificationSubject?: string | undefined; readonly IssuerConfiguration?: IssuerConfigurationType | undefined; readonly KeyConfiguration?: KeyConfigurationType | undefined; readonly LambdaConfig?: LambdaConfigType | undefined; readonly MfaConfiguration?: UserPoolMfaType | undefined; readonly Policies?: UserPoolPolicyType | undefined; readonly PoolName: string; readonly Schema?: readonly SchemaAttributeType[] | undefined; readonly SmsAuthenticationMessage?: string | undefined; readonly SmsConfiguration?: SmsConfigurationType | undefined; readonly SmsVerificationMessage?: string | undefined; readonly UserAttributeUpdateSettings?: UserAttributeUpdateSettingsType | undefined; readonly UserPoolAddOns?: UserPoolAddOnsType | undefined; readonly UserPoolTags?: Readonly<Record<string, string>> | undefined; readonly UserPoolTier?: UserPoolTierType | undefined; readonly UsernameAttributes?: readonly UsernameAttributeType[] | undefined; readonly UsernameConfiguration?: UsernameConfigurationType | undefined; readonly VerificationMessageTemplate?: VerificationMessageTemplateType | undefined }
export interface CreateUserPoolResponse { readonly UserPool?: UserPoolType | undefined }
export interface CustomDomainConfigType { readonly CertificateArn: string; readonly SecurityPolicy?: SecurityPolicyType | undefined }
export interface CustomEmailLambdaVersionConfigType { readonly LambdaArn: string; readonly LambdaVersion: CustomEmailSenderLambdaVersionType }
export type CustomEmailSenderLambdaVersionType = 'V1_0';
export interface CustomSMSLambdaVersionConfigType { readonly LambdaArn: string; readonly LambdaVersion: CustomSMSSenderLambdaVersionType }
export type CustomSMSSenderLambdaVersionType = 'V1_0';
export interface DcrConfigurationType { readonly AllowedScopes?: readonly string[] | undefined; readonly AuthenticatedGrantTypes?: readonly OAuthFlowType[] | undefined; readonly EnableStatus?: StatusType | undefined; readonly OpenDcrEnabled?: boolean | undefined; readonly OpenDcrGrantTypes?: readonly OAuthFlowType[] | undefined }
export type DefaultEmailOptionType = 'CONFIRM_WITH_LINK' | 'CONFIRM_WITH_CODE';
export interface DeleteCIMDPolicyRequest { readonly CIMDPolicyId: string; readonly UserPoolId: string }
export type DeleteCIMDPolicyResponse = Readonly<Record<never, never>>;
export interface DeleteGroupRequest { readonly GroupName: string; readonly UserPoolId: string }
export interface DeleteIdentityProviderRequest { readonly ProviderName: string; readonly UserPoolId: string }
export interface DeleteManagedLoginBrandingRequest { readonly ManagedLoginBrandingId: string; readonly UserPoolId: string }
export interface DeleteResourceServerRequest { readonly Identifier: string; readonly UserPoolId: string }
export interface DeleteTermsRequest { readonly TermsId: string; readonly UserPoolId: string }
export interface DeleteUserAttributesRequest { readonly AccessToken: string; readonly UserAttributeNames: readonly string[] }
export type DeleteUserAttributesResponse = Readonly<Record<never, never>>;
export interface DeleteUserPoolClientRequest { readonly ClientId: string; readonly UserPoolId: string }
export interface DeleteUserPoolClientSecretRequest { readonly ClientId: string; readonly ClientSecretId: string; readonly UserPoolId: string }
export type DeleteUserPoolClientSecretResponse = Readonly<Record<never, never>>;
export interface DeleteUserPoolDomainRequest { readonly Domain: string; readonly UserPoolId: string }
export type DeleteUserPoolDomainResponse = Readonly<Record<never, never>>;
export interface DeleteUserPoolReplicaRequest { readonly RegionName: string; readonly UserPoolId: string }
export interface DeleteUserPoolReplicaResponse { readonly UserPoolReplica?: UserPoolReplicaType | undefined }
export interface DeleteUserPoolRequest { readonly UserPoolId: string }
export interface DeleteUserRequest { readonly AccessToken: string }
export interface DeleteWebAuthnCredentialRequest { readonly AccessToken: string; readonly CredentialId: string }
export type DeleteWebAuthnCredentialResponse = Readonly<Record<never, never>>;
export type DeletionProtectionType = 'ACTIVE' | 'INACTIVE';
export type DeliveryMediumType = 'SMS' | 'EMAIL';
export interface DescribeCIMDPolicyRequest { readonly CIMDPolicyId: string; readonly UserPoolId: string }
export interface DescribeCIMDPolicyResponse { readonly CIMDPolicy: CIMDPolicyType }
export interface DescribeIdentityProviderRequest { readonly ProviderName: string; readonly UserPoolId: string }
export interface DescribeIdentityProviderResponse { readonly IdentityProvider: IdentityProviderType }
export interface DescribeManagedLoginBrandingByClientRequest { readonly ClientId: string; readonly ReturnMergedResources?: boolean | undefined; readonly UserPoolId: string }
export interface DescribeManagedLoginBrandingByClientResponse { readonly ManagedLoginBranding?: ManagedLoginBrandingType | undefined }
export interface DescribeManagedLoginBrandingRequest { readonly ManagedLoginBrandingId: string; readonly ReturnMergedResources?: boolean | undefined; readonly UserPoolId: string }
export interface DescribeManagedLoginBrandingResponse { readonly ManagedLoginBranding?: ManagedLoginBrandingType | undefined }
export interface DescribePointInTimeRecoveryRequest { readonly RestoreId: string; readonly UserPoolId: string }
export interface DescribePointInTimeRecoveryResponse { readonly Restoration?: RestorationType | undefined }
export interface DescribeResourceServerRequest { readonly Identifier: string; readonly UserPoolId: string }
export interface DescribeResourceServerResponse { readonly ResourceServer: ResourceServerType }
export interface DescribeRiskConfigurationRequest { readonly ClientId?: string | undefined; readonly UserPoolId: string }
export interface DescribeRiskConfigurationResponse { readonly RiskConfiguration: RiskConfigurationType }
export interface DescribeTermsByClientRequest { readonly ClientId: string; readonly TermsName: string; readonly UserPoolId: string }
export interface DescribeTermsByClientResponse { readonly Terms?: TermsType | undefined }
export interface DescribeTermsRequest { readonly TermsId: string; readonly UserPoolId: string }
export interface DescribeTermsResponse { readonly Terms?: TermsType | undefined }
export interface DescribeUserImportJobRequest { readonly JobId: string; readonly UserPoolId: string }
export interface DescribeUserImportJobResponse { readonly UserImportJob?: UserImportJobType | undefined }
export interface DescribeUserPoolClientRequest { readonly ClientId: string; readonly UserPoolId: string }
export interface DescribeUserPoolClientResponse { readonly UserPoolClient?: UserPoolClientType | undefined }
export interface DescribeUserPoolDomainRequest { readonly Domain: string }
export interface DescribeUserPoolDomainResponse { readonly DomainDescription?: DomainDescriptionType | undefined }
export interface DescribeUserPoolRequest { readonly UserPoolId: string }
export interface DescribeUserPoolResponse { readonly UserPool?: UserPoolType | undefined }
export interface DeviceConfigurationType { readonly ChallengeRequiredOnNewDevice?: boolean | undefined; readonly DeviceOnlyRememberedOnUserPrompt?: boolean | undefined }
export type DeviceRememberedStatusType = 'remembered' | 'not_remembered';
export interface DeviceSecretVerifierConfigType { readonly PasswordVerifier?: string | undefined; readonly Salt?: string | undefined }
export interface DeviceType { readonly DeviceAttributes?: readonly AttributeType[] | undefined; readonly DeviceCreateDate?: number | undefined; readonly DeviceKey?: string | undefined; readonly DeviceLastAuthenticatedDate?: number | undefined; readonly DeviceLastModifiedDate?: number | undefined }
export interface DomainDescriptionType { readonly AWSAccountId?: string | undefined; readonly CloudFrontDistribution?: string | undefined; readonly CustomDomainConfig?: CustomDomainConfigType | undefined; readonly Domain?: string | undefined; readonly ManagedLoginVersion?: number | undefined; readonly Routing?: RoutingType | undefined; readonly S3Bucket?: string | undefined; readonly Status?: DomainStatusType | undefined; readonly UserPoolId?: string | undefined; readonly Version?: string | undefined }
export type DomainStatusType = 'CREATING' | 'DELETING' | 'UPDATING' | 'ACTIVE' | 'FAILED';
export interface EmailConfigurationType { readonly ConfigurationSet?: string | undefined; readonly EmailSendingAccount?: EmailSendingAccountType | undefined; readonly From?: string | undefined; readonly ReplyToEmailAddress?: string | undefined; readonly SourceArn?: string | undefined }
export interface EmailMfaConfigType { readonly Message?: string | undefined; readonly Subject?: string | undefined }
export interface EmailMfaSettingsType { readonly Enabled?: boolean | undefined; readonly PreferredMfa?: boolean | undefined }
export type EmailSendingAccountType = 'COGNITO_DEFAULT' | 'DEVELOPER';
export type EncryptionKeyType = 'AWS_OWNED_KEY' | 'CUSTOMER_MANAGED_KEY';
export interface EumsSmsConfigurationType { readonly CallerArn: string; readonly ConfigurationSetName?: string | undefined; readonly ExternalId?: string | undefined; readonly InEntityId?: string | undefined; readonly InTemplateId?: string | undefined; readonly OriginationIdentity?: string | undefined; readonly Region?: string | undefined }
export interface EventContextDataType { readonly City?: string | undefined; readonly Country?: string | undefined; readonly DeviceName?: string | undefined; readonly IpAddress?: string | undefined; readonly Timezone?: string | undefined }
export interface EventFeedbackType { readonly FeedbackDate?: number | undefined; readonly FeedbackValue: FeedbackValueType; readonly Provider: string }
export type EventFilterType = 'SIGN_IN' | 'PASSWORD_CHANGE' | 'SIGN_UP';
export type EventResponseType = 'Pass' | 'Fail' | 'InProgress';
export interface EventRiskType { readonly CompromisedCredentialsDetected?: boolean | undefined; readonly RiskDecision?: RiskDecisionType | undefined; readonly RiskLevel?: RiskLevelType | undefined }
export type EventSourceName = 'userNotification' | 'userAuthEvents';
export type EventType = 'SignIn' | 'SignUp' | 'ForgotPassword' | 'PasswordChange' | 'ResendCode';
export type ExplicitAuthFlowsType = 'ADMIN_NO_SRP_AUTH' | 'CUSTOM_AUTH_FLOW_ONLY' | 'USER_PASSWORD_AUTH' | 'ALLOW_ADMIN_USER_PASSWORD_AUTH' | 'ALLOW_CUSTOM_AUTH' | 'ALLOW_USER_PASSWORD_AUTH' | 'ALLOW_USER_SRP_AUTH' | 'ALLOW_REFRESH_TOKEN_AUTH' | 'ALLOW_USER_AUTH' | 'ALLOW_TOKEN_EXCHANGE_DELEGATION' | 'ALLOW_TOKEN_EXCHANGE_IMPERSONATION' | 'ALLOW_CLIENT_TOKEN_AUTH';
export interface FailoverType { readonly PrimaryRoute53HealthCheckId: string; readonly SecondaryRegion: string }
export type FeatureType = 'ENABLED' | 'DISABLED';
export type FeedbackValueType = 'Valid' | 'Invalid';
export interface FirehoseConfigurationType { readonly StreamArn?: string | undefined }
export interface ForgetDeviceRequest { readonly AccessToken?: string | undefined; readonly DeviceKey: string }
export interface ForgotPasswordRequest { readonly AnalyticsMetadata?: AnalyticsMetadataType | undefined; readonly ClientId: string; readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly SecretHash?: string | undefined; readonly UserContextData?: UserContextDataType | undefined; readonly Username: string }
export interface ForgotPasswordResponse { readonly CodeDeliveryDetails?: CodeDeliveryDetailsType | undefined }
export interface GetCSVHeaderRequest { readonly UserPoolId: string }
export interface GetCSVHeaderResponse { readonly CSVHeader?: readonly string[] | undefined; readonly UserPoolId?: string | undefined }
export interface GetClientTokenRequest { readonly ClientId: string; readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly Scopes?: readonly string[] | undefined; readonly Secret: string }
export interface GetClientTokenResponse { readonly ClientAuthenticationResult?: ClientAuthenticationResultType | undefined }
export interface GetDerivedTokenRequest { readonly ActorToken?: string | undefined; readonly ActorTokenProviderName?: string | undefined; readonly ActorTokenType?: TokenTypeIdentifierType | undefined; readonly Audiences?: readonly string[] | undefined; readonly ClientId: string; readonly ClientSecret?: string | undefined; readonly RequestedTokenType?: IssuedTokenTypeIdentifierType | undefined; readonly Resources?: readonly string[] | undefined; readonly Scopes?: readonly string[] | undefined; readonly SubjectToken: string; readonly SubjectTokenProviderName?: string | undefined; readonly SubjectTokenType: TokenTypeIdentifierType }
export interface GetDerivedTokenResponse { readonly ExpiresIn?: number | undefined; readonly IssuedToken: string; readonly IssuedTokenType: IssuedTokenTypeIdentifierType; readonly Scopes?: readonly string[] | undefined; readonly TokenType: OAuthTokenTypeType }
export interface GetDeviceRequest { readonly AccessToken?: string | undefined; readonly DeviceKey: string }
export interface GetDeviceResponse { readonly Device: DeviceType }
export interface GetGroupRequest { readonly GroupName: string; readonly UserPoolId: string }
export interface GetGroupResponse { readonly Group?: GroupType | undefined }
export interface GetIdentityProviderByIdentifierRequest { readonly IdpIdentifier: string; readonly UserPoolId: string }
export interface GetIdentityProviderByIdentifierResponse { readonly IdentityProvider: IdentityProviderType }
export interface GetLogDeliveryConfigurationRequest { readonly UserPoolId: string }
export interface GetLogDeliveryConfigurationResponse { readonly LogDeliveryConfiguration?: LogDeliveryConfigurationType | undefined }
export interface GetProvisionedLimitRequest { readonly LimitDefinition: LimitDefinitionType }
export interface GetProvisionedLimitResponse { readonly Limit: LimitType }
export interface GetSigningCertificateRequest { readonly UserPoolId: string }
export interface GetSigningCertificateResponse { readonly Certificate?: string | undefined }
export interface GetTokensFromRefreshTokenRequest { readonly ClientId: string; readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly ClientSecret?: string | undefined; readonly DeviceKey?: string | undefined; readonly RefreshToken: string }
export interface GetTokensFromRefreshTokenResponse { readonly AuthenticationResult?: AuthenticationResultType | undefined }
export interface GetUICustomizationRequest { readonly ClientId?: string | undefined; readonly UserPoolId: string }
export interface GetUICustomizationResponse { readonly UICustomization: UICustomizationType }
export interface GetUserAttributeVerificationCodeRequest { readonly AccessToken: string; readonly AttributeName: string; readonly ClientMetadata?: Readonly<Record<string, string>> | undefined }
export interface GetUserAttributeVerificationCodeResponse { readonly CodeDeliveryDetails?: CodeDeliveryDetailsType | undefined }
export interface GetUserAuthFactorsRequest { readonly AccessToken: string }
export interface GetUserAuthFactorsResponse { readonly ConfiguredUserAuthFactors?: readonly AuthFactorType[] | undefined; readonly PreferredMfaSetting?: string | undefined; readonly UserMFASettingList?: readonly string[] | undefined; readonly Username: string }
export interface GetUserPoolClientSessionConfigurationRequest { readonly ClientId: string; readonly UserPoolId: string }
export interface GetUserPoolClientSessionConfigurationResponse { readonly ClientId?: string | undefined; readonly SSOSession?: ClientSSOSessionConfigType | undefined; readonly UserPoolId?: string | undefined }
export interface GetUserPoolMfaConfigRequest { readonly UserPoolId: string }
export interface GetUserPoolMfaConfigResponse { readonly EmailMfaConfiguration?: EmailMfaConfigType | undefined; readonly MfaConfiguration?: UserPoolMfaType | undefined; readonly SmsMfaConfiguration?: SmsMfaConfigType | undefined; readonly SoftwareTokenMfaConfiguration?: SoftwareTokenMfaConfigType | undefined; readonly WebAuthnConfiguration?: WebAuthnConfigurationType | undefined }
export interface GetUserPoolSessionConfigurationRequest { readonly UserPoolId: string }
export interface GetUserPoolSessionConfigurationResponse { readonly TokenSession?: UserPoolTokenSessionConfigType | undefined; readonly UserPoolId?: string | undefined; readonly UserSessionTracking?: UserSessionTrackingType | undefined }
export interface GetUserRequest { readonly AccessToken: string }
export interface GetUserResponse { readonly MFAOptions?: readonly MFAOptionType[] | undefined; readonly PreferredMfaSetting?: string | undefined; readonly UserAttributes: readonly AttributeType[]; readonly UserMFASettingList?: readonly string[] | undefined; readonly Username: string }
export interface GlobalSignOutRequest { readonly AccessToken: string }
export type GlobalSignOutResponse = Readonly<Record<never, never>>;
export interface GroupType { readonly CreationDate?: number | undefined; readonly Description?: string | undefined; readonly GroupName?: string | undefined; readonly LastModifiedDate?: number | undefined; readonly Precedence?: number | undefined; readonly RoleArn?: string | undefined; readonly UserPoolId?: string | undefined }
export interface HttpHeader { readonly headerName?: string | undefined; readonly headerValue?: string | undefined }
export interface IdentityProviderType { readonly AcrMapping?: Readonly<Record<string, string>> | undefined; readonly AttributeMapping?: Readonly<Record<string, string>> | undefined; readonly CreationDate?: number | undefined; readonly IdpIdentifiers?: readonly string[] | undefined; readonly LastModifiedDate?: number | undefined; readonly ProviderDetails?: Readonly<Record<string, string>> | undefined; readonly ProviderName?: string | undefined; readonly ProviderType?: IdentityProviderTypeType | undefined; readonly UserPoolId?: string | undefined }
export type IdentityProviderTypeType = 'SAML' | 'Facebook' | 'Google' | 'LoginWithAmazon' | 'SignInWithApple' | 'OIDC';
export interface InboundFederationLambdaType { readonly LambdaArn: string; readonly LambdaVersion: InboundFederationLambdaVersionType }
export type InboundFederationLambdaVersionType = 'V1_0';
export interface InitiateAuthRequest { readonly AnalyticsMetadata?: AnalyticsMetadataType | undefined; readonly AuthFlow: AuthFlowType; readonly AuthParameters: Readonly<Record<string, string>>; readonly ClientId: string; readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly Session?: string | undefined; readonly UserContextData?: UserContextDataType | undefined }
export interface InitiateAuthResponse { readonly AuthenticationResult?: AuthenticationResultType | undefined; readonly AvailableChallenges?: readonly ChallengeNameType[] | undefined; readonly ChallengeName?: ChallengeNameType | undefined; readonly ChallengeParameters?: Readonly<Record<string, string>> | undefined; readonly Session?: string | undefined }
export interface InitiatePointInTimeRecoveryRequest { readonly RestoreTimestamp: number; readonly UserPoolId: string }
export interface InitiatePointInTimeRecoveryResponse { readonly Restoration?: RestorationType | undefined }
export type IssuedTokenTypeIdentifierType = 'ACCESS_TOKEN' | 'ID_TOKEN';
export interface IssuerConfigurationType { readonly Type?: IssuerType | undefined }
export type IssuerType = 'ORIGINAL' | 'UPDATED';
export interface KeyConfigurationType { readonly KeyType?: EncryptionKeyType | undefined; readonly KmsKeyArn?: string | undefined }
export interface LambdaConfigType { readonly CreateAuthChallenge?: string | undefined; readonly CustomEmailSender?: CustomEmailLambdaVersionConfigType | undefined; readonly CustomMessage?: string | undefined; readonly CustomSMSSender?: CustomSMSLambdaVersionConfigType | undefined; readonly DefineAuthChallenge?: string | undefined; readonly InboundFederation?: InboundFederationLambdaType | undefined; readonly KMSKeyID?: string | undefined; readonly PostAuthentication?: string | undefined; readonly PostConfirmation?: string | undefined; readonly PreAuthentication?: string | undefined; readonly PreSignUp?: string | undefined; readonly PreTokenGeneration?: string | undefined; readonly PreTokenGenerationConfig?: PreTokenGenerationVersionConfigType | undefined; readonly UserMigration?: string | undefined; readonly VerifyAuthChallengeResponse?: string | undefined }
export type LimitClass = 'API_CATEGORY';
export interface LimitDefinitionType { readonly Attributes: Readonly<Record<string, string>>; readonly LimitClass: LimitClass }
export interface LimitType { readonly FreeLimitValue: number; readonly LimitDefinition: LimitDefinitionType; readonly ProvisionedLimitValue: number }
export interface ListCIMDPoliciesRequest { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined; readonly UserPoolId: string }
export interface ListCIMDPoliciesResponse { readonly CIMDPolicies: readonly CIMDPolicySummaryType[]; readonly NextToken?: string | undefined }
export interface ListClientMetadataURLsRequest { readonly CIMDPolicyId: string; readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined; readonly UserPoolId: string }
export interface ListClientMetadataURLsResponse { readonly ClientMetadataURLs: readonly ClientMetadataURLType[]; readonly NextToken?: string | undefined }
export interface ListDevicesRequest { readonly AccessToken: string; readonly Limit?: number | undefined; readonly PaginationToken?: string | undefined }
export interface ListDevicesResponse { readonly Devices?: readonly DeviceType[] | undefined; readonly PaginationToken?: string | undefined }
export interface ListGroupsRequest { readonly Limit?: number | undefined; readonly NextToken?: string | undefined; readonly UserPoolId: string }
export interface ListGroupsResponse { readonly Groups?: readonly GroupType[] | undefined; readonly NextToken?: string | undefined }
export interface ListIdentityProvidersRequest { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined; readonly UserPoolId: string }
export interface ListIdentityProvidersResponse { readonly NextToken?: string | undefined; readonly Providers: readonly ProviderDescription[] }
export interface ListPointInTimeRecoveriesRequest { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined; readonly UserPoolId: string }
export interface ListPointInTimeRecoveriesResponse { readonly NextToken?: string | undefined; readonly Restorations?: readonly RestorationDescriptionType[] | undefined }
export interface ListResourceServersRequest { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined; readonly UserPoolId: string }
export interface ListResourceServersResponse { readonly NextToken?: string | undefined; readonly ResourceServers: readonly ResourceServerType[] }
export interface ListTagsForResourceRequest { readonly ResourceArn: string }
export interface ListTagsForResourceResponse { readonly Tags?: Readonly<Record<string, string>> | undefined }
export interface ListTermsRequest { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined; readonly UserPoolId: string }
export interface ListTermsResponse { readonly NextToken?: string | undefined; readonly Terms: readonly TermsDescriptionType[] }
export interface ListUserImportJobsRequest { readonly MaxResults: number; readonly PaginationToken?: string | undefined; readonly UserPoolId: string }
export interface ListUserImportJobsResponse { readonly PaginationToken?: string | undefined; readonly UserImportJobs?: readonly UserImportJobType[] | undefined }
export interface ListUserPoolClientSecretsRequest { readonly ClientId: string; readonly NextToken?: string | undefined; readonly UserPoolId: string }
export interface ListUserPoolClientSecretsResponse { readonly ClientSecrets?: readonly ClientSecretDescriptorType[] | undefined; readonly NextToken?: string | undefined }
export interface ListUserPoolClientsRequest { readonly ClientType?: ClientTypeType | undefined; readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined; readonly UserPoolId: string }
export interface ListUserPoolClientsResponse { readonly NextToken?: string | undefined; readonly UserPoolClients?: readonly UserPoolClientDescription[] | undefined }
export interface ListUserPoolReplicasRequest { readonly NextToken?: string | undefined; readonly UserPoolId: string }
export interface ListUserPoolReplicasResponse { readonly NextToken?: string | undefined; readonly UserPoolReplicas?: readonly UserPoolReplicaType[] | undefined }
export interface ListUserPoolsRequest { readonly MaxResults: number; readonly NextToken?: string | undefined }
export interface ListUserPoolsResponse { readonly NextToken?: string | undefined; readonly UserPools?: readonly UserPoolDescriptionType[] | undefined }
export interface ListUserSessionsRequest { readonly AccessToken: string; readonly NextToken?: string | undefined }
export interface ListUserSessionsResponse { readonly NextToken?: string | undefined; readonly Sessions?: readonly SessionDescriptionType[] | undefined }
export interface ListUsersInGroupRequest { readonly GroupName: string; readonly Limit?: number | undefined; readonly NextToken?: string | undefined; readonly UserPoolId: string }
export interface ListUsersInGroupResponse { readonly NextToken?: string | undefined; readonly Users?: readonly UserType[] | undefined }
export interface ListUsersRequest { readonly AttributesToGet?: readonly string[] | undefined; readonly Filter?: string | undefined; readonly Limit?: number | undefined; readonly PaginationToken?: string | undefined; readonly UserPoolId: string }
export interface ListUsersResponse { readonly PaginationToken?: string | undefined; readonly Users?: readonly UserType[] | undefined }
export interface ListWebAuthnCredentialsRequest { readonly AccessToken: string; readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined }
export interface ListWebAuthnCredentialsResponse { readonly Credentials: readonly WebAuthnCredentialDescription[]; readonly NextToken?: string | undefined }
export interface LogConfigurationType { readonly CloudWatchLogsConfiguration?: CloudWatchLogsConfigurationType | undefined; readonly EventSource: EventSourceName; readonly FirehoseConfiguration?: FirehoseConfigurationType | undefined; readonly LogLevel: LogLevel; readonly S3Configuration?: S3ConfigurationType | undefined }
export interface LogDeliveryConfigurationType { readonly LogConfigurations: readonly LogConfigurationType[]; readonly UserPoolId: string }
export type LogLevel = 'ERROR' | 'INFO';
export interface MFAOptionType { readonly AttributeName?: string | undefined; readonly DeliveryMedium?: DeliveryMediumType | undefined }
export interface ManagedLoginBrandingType { readonly Assets?: readonly AssetType[] | undefined; readonly CreationDate?: number | undefined; readonly LastModifiedDate?: number | undefined; readonly ManagedLoginBrandingId?: string | undefined; readonly Settings?: Readonly<Record<string, unknown>> | undefined; readonly UseCognitoProvidedValues?: boolean | undefined; readonly UserPoolId?: string | undefined }
export type MessageActionType = 'RESEND' | 'SUPPRESS';
export interface MessageTemplateType { readonly EmailMessage?: string | undefined; readonly EmailSubject?: string | undefined; readonly SMSMessage?: string | undefined }
export interface NewDeviceMetadataType { readonly DeviceGroupKey?: string | undefined; readonly DeviceKey?: string | undefined }
export interface NotifyConfigurationType { readonly BlockEmail?: NotifyEmailType | undefined; readonly From?: string | undefined; readonly MfaEmail?: NotifyEmailType | undefined; readonly NoActionEmail?: NotifyEmailType | undefined; readonly ReplyTo?: string | undefined; readonly SourceArn: string }
export interface NotifyEmailType { readonly HtmlBody?: string | undefined; readonly Subject: string; readonly TextBody?: string | undefined }
export interface NumberAttributeConstraintsType { readonly MaxValue?: string | undefined; readonly MinValue?: string | undefined }
export type OAuthFlowType = 'implicit' | 'client_credentials' | 'code';
export type OAuthTokenTypeType = 'Bearer' | 'N_A';
export type PasswordHashingAlgorithmType = 'BCRYPT' | 'SCRYPT' | 'ARGON2ID' | 'PBKDF2_SHA256';
export interface PasswordPolicyType { readonly MinimumLength?: number | undefined; readonly PasswordHistorySize?: number | undefined; readonly RequireLowercase?: boolean | undefined; readonly RequireNumbers?: boolean | undefined; readonly RequireSymbols?: boolean | undefined; readonly RequireUppercase?: boolean | undefined; readonly TemporaryPasswordValidityDays?: number | undefined }
export type PreTokenGenerationLambdaVersionType = 'V1_0' | 'V2_0' | 'V3_0';
export interface PreTokenGenerationVersionConfigType { readonly LambdaArn: string; readonly LambdaVersion: PreTokenGenerationLambdaVersionType }
export type PreventUserExistenceErrorTypes = 'LEGACY' | 'ENABLED';
export interface ProviderDescription { readonly CreationDate?: number | undefined; readonly LastModifiedDate?: number | undefined; readonly ProviderName?: string | undefined; readonly ProviderType?: IdentityProviderTypeType | undefined }
export interface ProviderUserIdentifierType { readonly ProviderAttributeName?: string | undefined; readonly ProviderAttributeValue?: string | undefined; readonly ProviderName?: string | undefined }
export type RecoveryOptionNameType = 'verified_email' | 'verified_phone_number' | 'admin_only';
export interface RecoveryOptionType { readonly Name: RecoveryOptionNameType; readonly Priority: number }
export interface RefreshTokenRotationType { readonly Feature: FeatureType; readonly RetryGracePeriodSeconds?: number | undefined }
export type ReplicaRoleType = 'PRIMARY' | 'SECONDARY';
export type ReplicaStatusType = 'CREATING' | 'ACTIVE' | 'INACTIVE' | 'DELETING';
export interface ResendConfirmationCodeRequest { readonly AnalyticsMetadata?: AnalyticsMetadataType | undefined; readonly ClientId: string; readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly SecretHash?: string | undefined; readonly UserContextData?: UserContextDataType | undefined; readonly Username: string }
export interface ResendConfirmationCodeResponse { readonly CodeDeliveryDetails?: CodeDeliveryDetailsType | undefined }
export type ResourceServerManagedByType = 'COGNITO';
export interface ResourceServerScopeType { readonly ScopeDescription: string; readonly ScopeName: string }
export interface ResourceServerType { readonly Identifier?: string | undefined; readonly ManagedBy?: ResourceServerManagedByType | undefined; readonly Name?: string | undefined; readonly Scopes?: readonly ResourceServerScopeType[] | undefined; readonly UserPoolId?: string | undefined }
export interface RespondToAuthChallengeRequest { readonly AnalyticsMetadata?: AnalyticsMetadataType | undefined; readonly ChallengeName: ChallengeNameType; readonly ChallengeResponses: Readonly<Record<string, string>>; readonly ClientId: string; readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly Session?: string | undefined; readonly UserContextData?: UserContextDataType | undefined }
export interface RespondToAuthChallengeResponse { readonly AuthenticationResult?: AuthenticationResultType | undefined; readonly AvailableChallenges?: readonly ChallengeNameType[] | undefined; readonly ChallengeName?: ChallengeNameType | undefined; readonly ChallengeParameters?: Readonly<Record<string, string>> | undefined; readonly Session?: string | undefined }
export interface RestorationDescriptionType { readonly RestoreId?: string | undefined; readonly RestoreStatus?: RestoreStatusType | undefined; readonly RestoreTimestamp?: number | undefined }
export interface RestorationType { readonly RestoreId?: string | undefined; readonly RestorePreview?: readonly RestorePreviewType[] | undefined; readonly RestoreStatus?: RestoreStatusType | undefined; readonly RestoreTimestamp?: number | undefined; readonly TriggerTimestamp?: number | undefined }
export interface RestorePreviewType { readonly CreateCount?: number | undefined; readonly DeleteCount?: number | undefined; readonly Entity?: string | undefined; readonly UpdateCount?: number | undefined }
export type RestoreStatusType = 'PREVIEW_GENERATING' | 'PREVIEW_GENERATED' | 'PREVIEW_CANCELLED' | 'PREVIEW_GENERATION_FAILED' | 'PREVIEW_EXPIRED' | 'RESTORING' | 'RESTORE_COMPLETED' | 'TEMPORARY_INTERNAL_ERROR_SEE_SUPPORT_CASE' | 'AWS_ABORTED';
export type RevokeAssociatedSessionsType = 'NONE' | 'LINKED';
export interface RevokeTokenRequest { readonly ClientId: string; readonly ClientSecret?: string | undefined; readonly RevokeAssociatedSessions?: RevokeAssociatedSessionsType | undefined; readonly Token: string }
export type RevokeTokenResponse = Readonly<Record<never, never>>;
export interface RevokeUserSessionRequest { readonly AccessToken: string; readonly RevokeAssociatedSessions?: RevokeAssociatedSessionsType | undefined; readonly SessionId: string }
export type RevokeUserSessionResponse = Readonly<Record<never, never>>;
export interface RiskConfigurationType { readonly AccountTakeoverRiskConfiguration?: AccountTakeoverRiskConfigurationType | undefined; readonly ClientId?: string | undefined; readonly CompromisedCredentialsRiskConfiguration?: CompromisedCredentialsRiskConfigurationType | undefined; readonly LastModifiedDate?: number | undefined; readonly RiskExceptionConfiguration?: RiskExceptionConfigurationType | undefined; readonly UserPoolId?: string | undefined }
export type RiskDecisionType = 'NoRisk' | 'AccountTakeover' | 'Block';
export interface RiskExceptionConfigurationType { readonly BlockedIPRangeList?: readonly string[] | undefined; readonly SkippedIPRangeList?: readonly string[] | undefined }
export type RiskLevelType = 'Low' | 'Medium' | 'High';
export interface RoutingType { readonly Failover?: FailoverType | undefined }
export interface S3ConfigurationType { readonly BucketArn?: string | undefined }
export interface SMSMfaSettingsType { readonly Enabled?: boolean | undefined; readonly PreferredMfa?: boolean | undefined }
export interface SchemaAttributeType { readonly AttributeDataType?: string | undefined; readonly DeveloperOnlyAttribute?: boolean | undefined; readonly Mutable?: boolean | undefined; readonly Name?: string | undefined; readonly NumberAttributeConstraints?: NumberAttributeConstraintsType | undefined; readonly Required?: boolean | undefined; readonly StringAttributeConstraints?: StringAttributeConstraintsType | undefined }
export type SecurityPolicyType = 'TLS_V1' | 'TLS_V1_2_2021' | 'TLS_V1_3_2025';
export interface SessionDescriptionType { readonly ClientId?: string | undefined; readonly CreateDate?: number | undefined; readonly DeviceType?: string | undefined; readonly IsCurrentSession?: boolean | undefined; readonly LastActiveDate?: number | undefined; readonly LastIPAddress?: string | undefined; readonly LastLocation?: SessionLocationType | undefined; readonly OriginSessionId?: string | undefined; readonly SessionId?: string | undefined; readonly SessionType?: SessionTypeType | undefined }
export interface SessionLocationType { readonly City?: string | undefined; readonly Country?: string | undefined }
export type SessionTypeType = 'TOKEN' | 'SSO';
export interface SetLogDeliveryConfigurationRequest { readonly LogConfigurations: readonly LogConfigurationType[]; readonly UserPoolId: string }
export interface SetLogDeliveryConfigurationResponse { readonly LogDeliveryConfiguration?: LogDeliveryConfigurationType | undefined }
export interface SetRiskConfigurationRequest { readonly AccountTakeoverRiskConfiguration?: AccountTakeoverRiskConfigurationType | undefined; readonly ClientId?: string | undefined; readonly CompromisedCredentialsRiskConfiguration?: CompromisedCredentialsRiskConfigurationType | undefined; readonly RiskExceptionConfiguration?: RiskExceptionConfigurationType | undefined; readonly UserPoolId: string }
export interface SetRiskConfigurationResponse { readonly RiskConfiguration: RiskConfigurationType }
export interface SetUICustomizationRequest { readonly CSS?: string | undefined; readonly ClientId?: string | undefined; readonly ImageFile?: string | undefined; readonly UserPoolId: string }
export interface SetUICustomizationResponse { readonly UICustomization: UICustomizationType }
export interface SetUserMFAPreferenceRequest { readonly AccessToken: string; readonly EmailMfaSettings?: EmailMfaSettingsType | undefined; readonly SMSMfaSettings?: SMSMfaSettingsType | undefined; readonly SoftwareTokenMfaSettings?: SoftwareTokenMfaSettingsType | undefined; readonly WebAuthnMfaSettings?: WebAuthnMfaSettingsType | undefined }
export type SetUserMFAPreferenceResponse = Readonly<Record<never, never>>;
export interface SetUserPoolClientSessionConfigurationRequest { readonly ClientId: string; readonly SSOSession: ClientSSOSessionConfigType; readonly UserPoolId: string }
export interface SetUserPoolClientSessionConfigurationResponse { readonly ClientId?: string | undefined; readonly SSOSession?: ClientSSOSessionConfigType | undefined; readonly UserPoolId?: string | undefined }
export interface SetUserPoolMfaConfigRequest { readonly EmailMfaConfiguration?: EmailMfaConfigType | undefined; readonly MfaConfiguration?: UserPoolMfaType | undefined; readonly SmsMfaConfiguration?: SmsMfaConfigType | undefined; readonly SoftwareTokenMfaConfiguration?: SoftwareTokenMfaConfigType | undefined; readonly UserPoolId: string; readonly WebAuthnConfiguration?: WebAuthnConfigurationType | undefined }
export interface SetUserPoolMfaConfigResponse { readonly EmailMfaConfiguration?: EmailMfaConfigType | undefined; readonly MfaConfiguration?: UserPoolMfaType | undefined; readonly SmsMfaConfiguration?: SmsMfaConfigType | undefined; readonly SoftwareTokenMfaConfiguration?: SoftwareTokenMfaConfigType | undefined; readonly WebAuthnConfiguration?: WebAuthnConfigurationType | undefined }
export interface SetUserPoolSessionConfigurationRequest { readonly TokenSession: UserPoolTokenSessionConfigType; readonly UserPoolId: string; readonly UserSessionTracking: UserSessionTrackingType }
export interface SetUserPoolSessionConfigurationResponse { readonly TokenSession?: UserPoolTokenSessionConfigType | undefined; readonly UserPoolId?: string | undefined; readonly UserSessionTracking?: UserSessionTrackingType | undefined }
export interface SetUserSettingsRequest { readonly AccessToken: string; readonly MFAOptions: readonly MFAOptionType[] }
export type SetUserSettingsResponse = Readonly<Record<never, never>>;
export interface SignInPolicyType { readonly AllowedFirstAuthFactors?: readonly AuthFactorType[] | undefined }
export interface SignUpRequest { readonly AnalyticsMetadata?: AnalyticsMetadataType | undefined; readonly ClientId: string; readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly Password?: string | undefined; readonly SecretHash?: string | undefined; readonly UserAttributes?: readonly AttributeType[] | undefined; readonly UserContextData?: UserContextDataType | undefined; readonly Username: string; readonly ValidationData?: readonly AttributeType[] | undefined }
export interface SignUpResponse { readonly CodeDeliveryDetails?: CodeDeliveryDetailsType | undefined; readonly Session?: string | undefined; readonly UserConfirmed: boolean; readonly UserSub: string }
export interface SmsConfigurationType { readonly EumsSms?: EumsSmsConfigurationType | undefined; readonly ExternalId?: string | undefined; readonly SnsCallerArn?: string | undefined; readonly SnsRegion?: string | undefined }
export interface SmsMfaConfigType { readonly SmsAuthenticationMessage?: string | undefined; readonly SmsConfiguration?: SmsConfigurationType | undefined }
export interface SoftwareTokenMfaConfigType { readonly Enabled?: boolean | undefined }
export interface SoftwareTokenMfaSettingsType { readonly Enabled?: boolean | undefined; readonly PreferredMfa?: boolean | undefined }
export interface StartPointInTimeRecoveryRequest { readonly RestoreId: string; readonly UserPoolId: string }
export interface StartPointInTimeRecoveryResponse { readonly Restoration?: RestorationType | undefined }
export interface StartUserImportJobRequest { readonly JobId: string; readonly UserPoolId: string }
export interface StartUserImportJobResponse { readonly UserImportJob?: UserImportJobType | undefined }
export interface StartWebAuthnRegistrationRequest { readonly AccessToken: string }
export interface StartWebAuthnRegistrationResponse { readonly CredentialCreationOptions: Readonly<Record<string, unknown>> }
export type StatusType = 'Enabled' | 'Disabled';
export interface StopUserImportJobRequest { readonly JobId: string; readonly UserPoolId: string }
export interface StopUserImportJobResponse { readonly UserImportJob?: UserImportJobType | undefined }
export interface StringAttributeConstraintsType { readonly MaxLength?: string | undefined; readonly MinLength?: string | undefined }
export interface TagResourceRequest { readonly ResourceArn: string; readonly Tags: Readonly<Record<string, string>> }
export type TagResourceResponse = Readonly<Record<never, never>>;
export interface TermsDescriptionType { readonly CreationDate: number; readonly Enforcement: TermsEnforcementType; readonly LastModifiedDate: number; readonly TermsId: string; readonly TermsName: string }
export type TermsEnforcementType = 'NONE';
export type TermsSourceType = 'LINK';
export interface TermsType { readonly ClientId: string; readonly CreationDate: number; readonly Enforcement: TermsEnforcementType; readonly LastModifiedDate: number; readonly Links: Readonly<Record<string, string>>; readonly TermsId: string; readonly TermsName: string; readonly TermsSource: TermsSourceType; readonly UserPoolId: string }
export type TimeUnitsType = 'seconds' | 'minutes' | 'hours' | 'days';
export type TokenTypeIdentifierType = 'ACCESS_TOKEN' | 'ID_TOKEN' | 'SAML2';
export interface TokenValidityUnitsType { readonly AccessToken?: TimeUnitsType | undefined; readonly IdToken?: TimeUnitsType | undefined; readonly RefreshToken?: TimeUnitsType | undefined }
export interface UICustomizationType { readonly CSS?: string | undefined; readonly CSSVersion?: string | undefined; readonly ClientId?: string | undefined; readonly CreationDate?: number | undefined; readonly ImageUrl?: string | undefined; readonly LastModifiedDate?: number | undefined; readonly UserPoolId?: string | undefined }
export interface UntagResourceRequest { readonly ResourceArn: string; readonly TagKeys: readonly string[] }
export type UntagResourceResponse = Readonly<Record<never, never>>;
export interface UpdateAuthEventFeedbackRequest { readonly EventId: string; readonly FeedbackToken: string; readonly FeedbackValue: FeedbackValueType; readonly UserPoolId: string; readonly Username: string }
export type UpdateAuthEventFeedbackResponse = Readonly<Record<never, never>>;
export interface UpdateCIMDPolicyRequest { readonly CIMDPolicyId: string; readonly CacheDuration?: number | undefined; readonly ClientId: string; readonly PolicyName?: string | undefined; readonly URLPatterns: readonly string[]; readonly UserPoolId: string }
export interface UpdateCIMDPolicyResponse { readonly CIMDPolicy: CIMDPolicyType }
export interface UpdateClientMetadataURLStateRequest { readonly Action: CIMDCacheActionType; readonly CIMDPolicyId: string; readonly URL: string; readonly UserPoolId: string }
export type UpdateClientMetadataURLStateResponse = Readonly<Record<never, never>>;
export interface UpdateDeviceStatusRequest { readonly AccessToken: string; readonly DeviceKey: string; readonly DeviceRememberedStatus?: DeviceRememberedStatusType | undefined }
export type UpdateDeviceStatusResponse = Readonly<Record<never, never>>;
export interface UpdateGroupRequest { readonly Description?: string | undefined; readonly GroupName: string; readonly Precedence?: number | undefined; readonly RoleArn?: string | undefined; readonly UserPoolId: string }
export interface UpdateGroupResponse { readonly Group?: GroupType | undefined }
export interface UpdateIdentityProviderRequest { readonly AcrMapping?: Readonly<Record<string, string>> | undefined; readonly AttributeMapping?: Readonly<Record<string, string>> | undefined; readonly IdpIdentifiers?: readonly string[] | undefined; readonly ProviderDetails?: Readonly<Record<string, string>> | undefined; readonly ProviderName: string; readonly UserPoolId: string }
export interface UpdateIdentityProviderResponse { readonly IdentityProvider: IdentityProviderType }
export interface UpdateManagedLoginBrandingRequest { readonly Assets?: readonly AssetType[] | undefined; readonly ManagedLoginBrandingId?: string | undefined; readonly Settings?: Readonly<Record<string, unknown>> | undefined; readonly UseCognitoProvidedValues?: boolean | undefined; readonly UserPoolId?: string | undefined }
export interface UpdateManagedLoginBrandingResponse { readonly ManagedLoginBranding?: ManagedLoginBrandingType | undefined }
export interface UpdateProvisionedLimitRequest { readonly LimitDefinition: LimitDefinitionType; readonly RequestedLimitValue: number }
export interface UpdateProvisionedLimitResponse { readonly Limit: LimitType }
export type UpdateReplicaStatusType = 'ACTIVE' | 'INACTIVE';
export interface UpdateResourceServerRequest { readonly Identifier: string; readonly Name: string; readonly Scopes?: readonly ResourceServerScopeType[] | undefined; readonly UserPoolId: string }
export interface UpdateResourceServerResponse { readonly ResourceServer: ResourceServerType }
export interface UpdateTermsRequest { readonly Enforcement?: TermsEnforcementType | undefined; readonly Links?: Readonly<Record<string, string>> | undefined; readonly TermsId: string; readonly TermsName?: string | undefined; readonly TermsSource?: TermsSourceType | undefined; readonly UserPoolId: string }
export interface UpdateTermsResponse { readonly Terms?: TermsType | undefined }
export interface UpdateUserAttributesRequest { readonly AccessToken: string; readonly ClientMetadata?: Readonly<Record<string, string>> | undefined; readonly UserAttributes: readonly AttributeType[] }
export interface UpdateUserAttributesResponse { readonly CodeDeliveryDetailsList?: readonly CodeDeliveryDetailsType[] | undefined }
export interface UpdateUserPoolClientRequest { readonly AccessTokenValidity?: number | undefined; readonly AllowedOAuthFlows?: readonly OAuthFlowType[] | undefined; readonly AllowedOAuthFlowsUserPoolClient?: boolean | undefined; readonly AllowedOAuthScopes?: readonly string[] | undefined; readonly AnalyticsConfiguration?: AnalyticsConfigurationType | undefined; readonly AuthSessionValidity?: number | undefined; readonly CallbackURLs?: readonly string[] | undefined; readonly ClientId: string; readonly ClientName?: string | undefined; readonly DefaultRedirectURI?: string | undefined; readonly EnablePropagateAdditionalUserContextData?: boolean | undefined; readonly EnableTokenRevocation?: boolean | undefined; readonly ExplicitAuthFlows?: readonly ExplicitAuthFlowsType[] | undefined; readonly IdTokenValidity?: number | undefined; readonly LogoutURLs?: readonly string[] | undefined; readonly PreventUserExistenceErrors?: PreventUserExistenceErrorTypes | undefined; readonly PublishSecretsInAWSSecretsManager?: boolean | undefined; readonly ReadAttributes?: readonly string[] | undefined; readonly RefreshTokenRotation?: RefreshTokenRotationType | undefined; readonly RefreshTokenValidity?: number | undefined; readonly SupportedIdentityProviders?: readonly string[] | undefined; readonly TokenValidityUnits?: TokenValidityUnitsType | undefined; readonly UserPoolId: string; readonly WriteAttributes?: readonly string[] | undefined }
export interface UpdateUserPoolClientResponse { readonly UserPoolClient?: UserPoolClientType | undefined }
export interface UpdateUserPoolDomainRequest { readonly CustomDomainConfig?: CustomDomainConfigType | undefined; readonly Domain: string; readonly ManagedLoginVersion?: number | undefined; readonly Routing?: RoutingType | undefined; readonly UserPoolId: string }
export interface UpdateUserPoolDomainResponse { readonly CloudFrontDomain?: string | undefined; readonly ManagedLoginVersion?: number | undefined; readonly Routing?: RoutingType | undefined }
export interface UpdateUserPoolReplicaRequest { readonly RegionName: string; readonly Status: UpdateReplicaStatusType; readonly UserPoolId: string }
export interface UpdateUserPoolReplicaResponse { readonly UserPoolReplica?: UserPoolReplicaType | undefined }
export interface UpdateUserPoolRequest { readonly AccountRecoverySetting?: AccountRecoverySettingType | undefined; readonly AcrConfiguration?: Readonly<Record<string, AcrLevelConfigType>> | undefined; readonly AdminCreateUserConfig?: AdminCreateUserConfigType | undefined; readonly AutoVerifiedAttributes?: readonly VerifiedAttributeType[] | undefined; readonly DcrConfiguration?: DcrConfigurationType | undefined; readonly DeletionProtection?: DeletionProtectionType | undefined; readonly DeviceConfiguration?: DeviceConfigurationType | undefined; readonly EmailConfiguration?: EmailConfigurationType | undefined; readonly EmailVerificationMessage?: string | undefined; readonly EmailVerificationSubject?: string | undefined; readonly IssuerConfiguration?: IssuerConfigurationType | undefined; readonly KeyConfiguration?: KeyConfigurationType | undefined; readonly LambdaConfig?: LambdaConfigType | undefined; readonly MfaConfiguration?: UserPoolMfaType | undefined; readonly Policies?: UserPoolPolicyType | undefined; readonly PoolName?: string | undefined; readonly SmsAuthenticationMessage?: string | undefined; readonly SmsConfiguration?: SmsConfigurationType | undefined; readonly SmsVerificationMessage?: string | undefined; readonly UserAttributeUpdateSettings?: UserAttributeUpdateSettingsType | undefined; readonly UserPoolAddOns?: UserPoolAddOnsType | undefined; readonly UserPoolId: string; readonly UserPoolTags?: Readonly<Record<string, string>> | undefined; readonly UserPoolTier?: UserPoolTierType | undefined; readonly VerificationMessageTemplate?: VerificationMessageTemplateType | undefined }
export type UpdateUserPoolResponse = Readonly<Record<never, never>>;
export interface UserAttributeUpdateSettingsType { readonly AttributesRequireVerificationBeforeUpdate?: readonly VerifiedAttributeType[] | undefined }
export interface UserContextDataType { readonly EncodedData?: string | undefined; readonly IpAddress?: string | undefined }
export type UserImportJobStatusType = 'Created' | 'Pending' | 'InProgress' | 'Stopping' | 'Expired' | 'Stopped' | 'Failed' | 'Succeeded';
export interface UserImportJobType { readonly CloudWatchLogsRoleArn?: string | undefined; readonly CompletionDate?: number | undefined; readonly CompletionMessage?: string | undefined; readonly CreationDate?: number | undefined; readonly FailedUsers?: number | undefined; readonly ImportedUsers?: number | undefined; readonly JobId?: string | undefined; readonly JobName?: string | undefined; readonly PasswordHashingAlgorithm?: PasswordHashingAlgorithmType | undefined; readonly PreSignedUrl?: string | undefined; readonly SkippedUsers?: number | undefined; readonly StartDate?: number | undefined; readonly Status?: UserImportJobStatusType | undefined; readonly UserPoolId?: string | undefined }
export interface UserPoolAddOnsType { readonly AdvancedSecurityAdditionalFlows?: AdvancedSecurityAdditionalFlowsType | undefined; readonly AdvancedSecurityMode: AdvancedSecurityModeType }
export interface UserPoolClientDescription { readonly ClientId?: string | undefined; readonly ClientName?: string | undefined; readonly UserPoolId?: string | undefined }
export interface UserPoolClientType { readonly AccessTokenValidity?: number | undefined; readonly AllowedOAuthFlows?: readonly OAuthFlowType[] | undefined; readonly AllowedOAuthFlowsUserPoolClient?: boolean | undefined; readonly AllowedOAuthScopes?: readonly string[] | undefined; readonly AnalyticsConfiguration?: AnalyticsConfigurationType | undefined; readonly AuthSessionValidity?: number | undefined; readonly CallbackURLs?: readonly string[] | undefined; readonly ClientId?: string | undefined; readonly ClientName?: string | undefined; readonly ClientSecret?: string | undefined; readonly ClientSecretArn?: string | undefined; readonly ClientType?: ClientTypeType | undefined; readonly CreationDate?: number | undefined; readonly DefaultRedirectURI?: string | undefined; readonly EnablePropagateAdditionalUserContextData?: boolean | undefined; readonly EnableTokenRevocation?: boolean | undefined; readonly ExplicitAuthFlows?: readonly ExplicitAuthFlowsType[] | undefined; readonly IdTokenValidity?: number | undefined; readonly LastModifiedDate?: number | undefined; readonly LogoutURLs?: readonly string[] | undefined; readonly PreventUserExistenceErrors?: PreventUserExistenceErrorTypes | undefined; readonly ReadAttributes?: readonly string[] | undefined; readonly RefreshTokenRotation?: RefreshTokenRotationType | undefined; readonly RefreshTokenValidity?: number | undefined; readonly SupportedIdentityProviders?: readonly string[] | undefined; readonly TokenValidityUnits?: TokenValidityUnitsType | undefined; readonly UserPoolId?: string | undefined; readonly WriteAttributes?: readonly string[] | undefined }
export interface UserPoolDescriptionType { readonly CreationDate?: number | undefined; readonly Id?: string | undefined; readonly LambdaConfig?: LambdaConfigType | undefined; readonly LastModifiedDate?: number | undefined; readonly Name?: string | undefined; readonly ReplicaRegions?: readonly string[] | undefined; readonly Status?: StatusType | undefined }
export type UserPoolMfaType = 'OPTIONAL' | 'OFF' | 'ON';
export interface UserPoolPolicyType { readonly PasswordPolicy?: PasswordPolicyType | undefined; readonly SignInPolicy?: SignInPolicyType | undefined }
export interface UserPoolReplicaType { readonly RegionName?: string | undefined; readonly Role?: ReplicaRoleType | undefined; readonly Status?: ReplicaStatusType | undefined; readonly UserPoolArn?: string | undefined }
export type UserPoolTierType = 'LITE' | 'ESSENTIALS' | 'PLUS';
export interface UserPoolTokenSessionConfigType { readonly MaxPerUser: number }
export interface UserPoolType { readonly AccountRecoverySetting?: AccountRecoverySettingType | undefined; readonly AcrConfiguration?: Readonly<Record<string, AcrLevelConfigType>> | undefined; readonly AdminCreateUserConfig?: AdminCreateUserConfigType | undefined; readonly AliasAttributes?: readonly AliasAttributeType[] | undefined; readonly Arn?: string | undefined; readonly AutoVerifiedAttributes?: readonly VerifiedAttributeType[] | undefined; readonly CreationDate?: number | undefined; readonly CustomDomain?: string | undefined; readonly DcrConfiguration?: DcrConfigurationType | undefined; readonly DeletionProtection?: DeletionProtectionType | undefined; readonly DeviceConfiguration?: DeviceConfigurationType | undefined; readonly Domain?: string | undefined; readonly EmailConfiguration?: EmailConfigurationType | undefined; readonly EmailConfigurationFailure?: string | undefined; readonly EmailVerificationMessage?: string | undefined; readonly EmailVerificationSubject?: string | undefined; readonly EstimatedNumberOfUsers?: number | undefined; readonly Id?: string | undefined; readonly IssuerConfiguration?: IssuerConfigurationType | undefined; readonly KeyConfiguration?: KeyConfigurationType | undefined; readonly LambdaConfig?: LambdaConfigType | undefined; readonly LastModifiedDate?: number | undefined; readonly MfaConfiguration?: UserPoolMfaType | undefined; readonly Name?: string | undefined; readonly Policies?: UserPoolPolicyType | undefined; readonly SchemaAttributes?: readonly SchemaAttributeType[] | undefined; readonly SmsAuthenticationMessage?: string | undefined; readonly SmsConfiguration?: SmsConfigurationType | undefined; readonly SmsConfigurationFailure?: string | undefined; readonly SmsVerificationMessage?: string | undefined; readonly Status?: StatusType | undefined; readonly UserAttributeUpdateSettings?: UserAttributeUpdateSettingsType | undefined; readonly UserPoolAddOns?: UserPoolAddOnsType | undefined; readonly UserPoolTags?: Readonly<Record<string, string>> | undefined; readonly UserPoolTier?: UserPoolTierType | undefined; readonly UsernameAttributes?: readonly UsernameAttributeType[] | undefined; readonly UsernameConfiguration?: UsernameConfigurationType | undefined; readonly VerificationMessageTemplate?: VerificationMessageTemplateType | undefined }
export type UserSessionTrackingType = 'ENABLED' | 'DISABLED';
export type UserStatusType = 'UNCONFIRMED' | 'CONFIRMED' | 'ARCHIVED' | 'COMPROMISED' | 'UNKNOWN' | 'RESET_REQUIRED' | 'FORCE_CHANGE_PASSWORD' | 'EXTERNAL_PROVIDER';
export interface UserType { readonly Attributes?: readonly AttributeType[] | undefined; readonly Enabled?: boolean | undefined; readonly MFAOptions?: readonly MFAOptionType[] | undefined; readonly UserCreateDate?: number | undefined; readonly UserLastModifiedDate?: number | undefined; readonly UserStatus?: UserStatusType | undefined; readonly Username?: string | undefined }
export type UserVerificationType = 'required' | 'preferred';
export type UsernameAttributeType = 'phone_number' | 'email';
export interface UsernameConfigurationType { readonly CaseSensitive: boolean }
export interface VerificationMessageTemplateType { readonly DefaultEmailOption?: DefaultEmailOptionType | undefined; readonly EmailMessage?: string | undefined; readonly EmailMessageByLink?: string | undefined; readonly EmailSubject?: string | undefined; readonly EmailSubjectByLink?: string | undefined; readonly SmsMessage?: string | undefined }
export type VerifiedAttributeType = 'phone_number' | 'email';
export interface VerifySoftwareTokenRequest { readonly AccessToken?: string | undefined; readonly FriendlyDeviceName?: string | undefined; readonly Session?: string | undefined; readonly UserCode: string }
export interface VerifySoftwareTokenResponse { readonly Session?: string | undefined; readonly Status?: VerifySoftwareTokenResponseType | undefined }
export type VerifySoftwareTokenResponseType = 'SUCCESS' | 'ERROR';
export interface VerifyUserAttributeRequest { readonly AccessToken: string; readonly AttributeName: string; readonly Code: string }
export type VerifyUserAttributeResponse = Readonly<Record<never, never>>;
export interface WebAuthnConfigurationType { readonly FactorConfiguration?: WebAuthnFactorConfigurationType | undefined; readonly RelyingPartyId?: string | undefined; readonly UserVerification?: UserVerificationType | undefined }
export interface WebAuthnCredentialDescription { readonly AuthenticatorAttachment?: string | undefined; readonly AuthenticatorTransports: readonly string[]; readonly CreatedAt: number; readonly CredentialId: string; readonly FriendlyCredentialName: string; readonly RelyingPartyId: string }
export type WebAuthnFactorConfigurationType = 'SINGLE_FACTOR' | 'MULTI_FACTOR_WITH_USER_VERIFICATION';
export interface WebAuthnMfaSettingsType { readonly Enabled?: boolean | undefined }
