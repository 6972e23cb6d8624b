/** Made by pool/scripts/operations-index.mjs from the files of the operations. Do not edit. */
import type { OperationName } from '../model/types.generated.ts';
import { addUserPoolClientSecret } from './clients/add-user-pool-client-secret.ts';
import { createUserPoolClient } from './clients/create-user-pool-client.ts';
import { deleteUserPoolClientSecret } from './clients/delete-user-pool-client-secret.ts';
import { deleteUserPoolClient } from './clients/delete-user-pool-client.ts';
import { describeUserPoolClient } from './clients/describe-user-pool-client.ts';
import { getUserPoolClientSessionConfiguration } from './clients/get-user-pool-client-session-configuration.ts';
import { listUserPoolClientSecrets } from './clients/list-user-pool-client-secrets.ts';
import { listUserPoolClients } from './clients/list-user-pool-clients.ts';
import { setUserPoolClientSessionConfiguration } from './clients/set-user-pool-client-session-configuration.ts';
import { updateUserPoolClient } from './clients/update-user-pool-client.ts';
import { createCIMDPolicy } from './configuration/create-cimd-policy.ts';
import { createManagedLoginBranding } from './configuration/create-managed-login-branding.ts';
import { createTerms } from './configuration/create-terms.ts';
import { createUserImportJob } from './configuration/create-user-import-job.ts';
import { deleteCIMDPolicy } from './configuration/delete-cimd-policy.ts';
import { deleteManagedLoginBranding } from './configuration/delete-managed-login-branding.ts';
import { deleteTerms } from './configuration/delete-terms.ts';
import { describeCIMDPolicy } from './configuration/describe-cimd-policy.ts';
import { describeManagedLoginBrandingByClient } from './configuration/describe-managed-login-branding-by-client.ts';
import { describeManagedLoginBranding } from './configuration/describe-managed-login-branding.ts';
import { describeRiskConfiguration } from './configuration/describe-risk-configuration.ts';
import { describeTermsByClient } from './configuration/describe-terms-by-client.ts';
import { describeTerms } from './configuration/describe-terms.ts';
import { describeUserImportJob } from './configuration/describe-user-import-job.ts';
import { getCSVHeader } from './configuration/get-csv-header.ts';
import { getLogDeliveryConfiguration } from './configuration/get-log-delivery-configuration.ts';
import { getUICustomization } from './configuration/get-ui-customization.ts';
import { listCIMDPolicies } from './configuration/list-cimd-policies.ts';
import { listClientMetadataURLs } from './configuration/list-client-metadata-ur-ls.ts';
import { listTerms } from './configuration/list-terms.ts';
import { listUserImportJobs } from './configuration/list-user-import-jobs.ts';
import { setLogDeliveryConfiguration } from './configuration/set-log-delivery-configuration.ts';
import { setRiskConfiguration } from './configuration/set-risk-configuration.ts';
import { setUICustomization } from './configuration/set-ui-customization.ts';
import { startUserImportJob } from './configuration/start-user-import-job.ts';
import { stopUserImportJob } from './configuration/stop-user-import-job.ts';
import { updateCIMDPolicy } from './configuration/update-cimd-policy.ts';
import { updateClientMetadataURLState } from './configuration/update-client-metadata-url-state.ts';
import { updateManagedLoginBranding } from './configuration/update-managed-login-branding.ts';
import { updateTerms } from './configuration/update-terms.ts';
import { adminForgetDevice } from './devices/admin-forget-device.ts';
import { adminGetDevice } from './devices/admin-get-device.ts';
import { adminListDevices } from './devices/admin-list-devices.ts';
import { adminUpdateDeviceStatus } from './devices/admin-update-device-status.ts';
import { confirmDevice } from './devices/confirm-device.ts';
import { forgetDevice } from './devices/forget-device.ts';
import { getDevice } from './devices/get-device.ts';
import { listDevices } from './devices/list-devices.ts';
import { updateDeviceStatus } from './devices/update-device-status.ts';
import { createUserPoolDomain } from './domains/create-user-pool-domain.ts';
import { deleteUserPoolDomain } from './domains/delete-user-pool-domain.ts';
import { describeUserPoolDomain } from './domains/describe-user-pool-domain.ts';
import { updateUserPoolDomain } from './domains/update-user-pool-domain.ts';
import { adminListUserAuthEvents } from './events/admin-list-user-auth-events.ts';
import { adminUpdateAuthEventFeedback } from './events/admin-update-auth-event-feedback.ts';
import { updateAuthEventFeedback } from './events/update-auth-event-feedback.ts';
import { adminAddUserToGroup } from './groups/admin-add-user-to-group.ts';
import { adminListGroupsForUser } from './groups/admin-list-groups-for-user.ts';
import { adminRemoveUserFromGroup } from './groups/admin-remove-user-from-group.ts';
import { createGroup } from './groups/create-group.ts';
import { deleteGroup } from './groups/delete-group.ts';
import { getGroup } from './groups/get-group.ts';
import { listGroups } from './groups/list-groups.ts';
import { listUsersInGroup } from './groups/list-users-in-group.ts';
import { updateGroup } from './groups/update-group.ts';
import { createIdentityProvider } from './identity-providers/create-identity-provider.ts';
import { deleteIdentityProvider } from './identity-providers/delete-identity-provider.ts';
import { describeIdentityProvider } from './identity-providers/describe-identity-provider.ts';
import { getIdentityProviderByIdentifier } from './identity-providers/get-identity-provider-by-identifier.ts';
import { listIdentityProviders } from './identity-providers/list-identity-providers.ts';
import { updateIdentityProvider } from './identity-providers/update-identity-provider.ts';
import { associateSoftwareToken } from './mfa/associate-software-token.ts';
import { setUserMFAPreference } from './mfa/set-user-mfa-preference.ts';
import { verifySoftwareToken } from './mfa/verify-software-token.ts';
import { completeWebAuthnRegistration } from './passkeys/complete-web-authn-registration.ts';
import { deleteWebAuthnCredential } from './passkeys/delete-web-authn-credential.ts';
import { listWebAuthnCredentials } from './passkeys/list-web-authn-credentials.ts';
import { startWebAuthnRegistration } from './passkeys/start-web-authn-registration.ts';
import { changePassword } from './passwords/change-password.ts';
import { confirmForgotPassword } from './passwords/confirm-forgot-password.ts';
import { forgotPassword } from './passwords/forgot-password.ts';
import { addCustomAttributes } from './pools/add-custom-attributes.ts';
import { createUserPool } from './pools/create-user-pool.ts';
import { deleteUserPool } from './pools/delete-user-pool.ts';
import { describeUserPool } from './pools/describe-user-pool.ts';
import { getUserPoolMfaConfig } from './pools/get-user-pool-mfa-config.ts';
import { getUserPoolSessionConfiguration } from './pools/get-user-pool-session-configuration.ts';
import { listTagsForResource } from './pools/list-tags-for-resource.ts';
import { listUserPools } from './pools/list-user-pools.ts';
import { setUserPoolMfaConfig } from './pools/set-user-pool-mfa-config.ts';
import { setUserPoolSessionConfiguration } from './pools/set-user-pool-session-configuration.ts';
import { tagResource } from './pools/tag-resource.ts';
import { untagResource } from './pools/untag-resource.ts';
import { updateUserPool } from './pools/update-user-pool.ts';
import { deleteUserAttributes } from './profile/delete-user-attributes.ts';
import { deleteUser } from './profile/delete-user.ts';
import { getUserAttributeVerificationCode } from './profile/get-user-attribute-verification-code.ts';
import { getUserAuthFactors } from './profile/get-user-auth-factors.ts';
import { getUser } from './profile/get-user.ts';
import { updateUserAttributes } from './profile/update-user-attributes.ts';
import { verifyUserAttribute } from './profile/verify-user-attribute.ts';
import { createResourceServer } from './resource-servers/create-resource-server.ts';
import { deleteResourceServer } from './resource-servers/delete-resource-server.ts';
import { describeResourceServer } from './resource-servers/describe-resource-server.ts';
import { listResourceServers } from './resource-servers/list-resource-servers.ts';
import { updateResourceServer } from './resource-servers/update-resource-server.ts';
import { adminInitiateAuth } from './sign-in/admin-initiate-auth.ts';
import { adminRespondToAuthChallenge } from './sign-in/admin-respond-to-auth-challenge.ts';
import { initiateAuth } from './sign-in/initiate-auth.ts';
import { respondToAuthChallenge } from './sign-in/respond-to-auth-challenge.ts';
import { confirmSignUp } from './sign-up/confirm-sign-up.ts';
import { resendConfirmationCode } from './sign-up/resend-confirmation-code.ts';
import { signUp } from './sign-up/sign-up.ts';
import { getClientToken } from './tokens/get-client-token.ts';
import { getTokensFromRefreshToken } from './tokens/get-tokens-from-refresh-token.ts';
import { globalSignOut } from './tokens/global-sign-out.ts';
import { listUserSessions } from './tokens/list-user-sessions.ts';
import { revokeToken } from './tokens/revoke-token.ts';
import { revokeUserSession } from './tokens/revoke-user-session.ts';
import { adminConfirmSignUp } from './users/admin-confirm-sign-up.ts';
import { adminCreateUser } from './users/admin-create-user.ts';
import { adminDeleteSoftwareToken } from './users/admin-delete-software-token.ts';
import { adminDeleteUserAttributes } from './users/admin-delete-user-attributes.ts';
import { adminDeleteUser } from './users/admin-delete-user.ts';
import { adminDisableProviderForUser } from './users/admin-disable-provider-for-user.ts';
import { adminDisableUser } from './users/admin-disable-user.ts';
import { adminEnableUser } from './users/admin-enable-user.ts';
import { adminGetUserAuthFactors } from './users/admin-get-user-auth-factors.ts';
import { adminGetUser } from './users/admin-get-user.ts';
import { adminLinkProviderForUser } from './users/admin-link-provider-for-user.ts';
import { adminListUserSessions } from './users/admin-list-user-sessions.ts';
import { adminResetUserPassword } from './users/admin-reset-user-password.ts';
import { adminRevokeUserSession } from './users/admin-revoke-user-session.ts';
import { adminSetUserMFAPreference } from './users/admin-set-user-mfa-preference.ts';
import { adminSetUserPassword } from './users/admin-set-user-password.ts';
import { adminSetUserSettings } from './users/admin-set-user-settings.ts';
import { adminUpdateUserAttributes } from './users/admin-update-user-attributes.ts';
import { adminUserGlobalSignOut } from './users/admin-user-global-sign-out.ts';
import { listUsers } from './users/list-users.ts';
import { setUserSettings } from './users/set-user-settings.ts';
import type { Operation } from './operation.ts';

/** The operations that the pool answers, by name. */
export const OPERATIONS: Readonly<Partial<Record<OperationName, Operation>>> = {
  AddCustomAttributes: addCustomAttributes,
  AddUserPoolClientSecret: addUserPoolClientSecret,
  AdminAddUserToGroup: adminAddUserToGroup,
  AdminConfirmSignUp: adminConfirmSignUp,
  AdminCreateUser: adminCreateUser,
  AdminDeleteSoftwareToken: adminDeleteSoftwareToken,
  AdminDeleteUser: adminDeleteUser,
  AdminDeleteUserAttributes: adminDeleteUserAttributes,
  AdminDisableProviderForUser: adminDisableProviderForUser,
  AdminDisableUser: adminDisableUser,
  AdminEnableUser: adminEnableUser,
  AdminForgetDevice: adminForgetDevice,
  AdminGetDevice: adminGetDevice,
  AdminGetUser: adminGetUser,
  AdminGetUserAuthFactors: adminGetUserAuthFactors,
  AdminInitiateAuth: adminInitiateAuth,
  AdminLinkProviderForUser: adminLinkProviderForUser,
  AdminListDevices: adminListDevices,
  AdminListGroupsForUser: adminListGroupsForUser,
  AdminListUserAuthEvents: adminListUserAuthEvents,
  AdminListUserSessions: adminListUserSessions,
  AdminRemoveUserFromGroup: adminRemoveUserFromGroup,
  AdminResetUserPassword: adminResetUserPassword,
  AdminRespondToAuthChallenge: adminRespondToAuthChallenge,
  AdminRevokeUserSession: adminRevokeUserSession,
  AdminSetUserMFAPreference: adminSetUserMFAPreference,
  AdminSetUserPassword: adminSetUserPassword,
  AdminSetUserSettings: adminSetUserSettings,
  AdminUpdateAuthEventFeedback: adminUpdateAuthEventFeedback,
  AdminUpdateDeviceStatus: adminUpdateDeviceStatus,
  AdminUpdateUserAttributes: adminUpdateUserAttributes,
  AdminUserGlobalSignOut: adminUserGlobalSignOut,
  AssociateSoftwareToken: associateSoftwareToken,
  ChangePassword: changePassword,
  CompleteWebAuthnRegistration: completeWebAuthnRegistration,
  ConfirmDevice: confirmDevice,
  ConfirmForgotPassword: confirmForgotPassword,
  ConfirmSignUp: confirmSignUp,
  CreateCIMDPolicy: createCIMDPolicy,
  CreateGroup: createGroup,
  CreateIdentityProvider: createIdentityProvider,
  CreateManagedLoginBranding: createManagedLoginBranding,
  CreateResourceServer: createResourceServer,
  CreateTerms: createTerms,
  CreateUserImportJob: createUserImportJob,
  CreateUserPool: createUserPool,
  CreateUserPoolClient: createUserPoolClient,
  CreateUserPoolDomain: createUserPoolDomain,
  DeleteCIMDPolicy: deleteCIMDPolicy,
  DeleteGroup: deleteGroup,
  DeleteIdentityProvider: deleteIdentityProvider,
  DeleteManagedLoginBranding: deleteManagedLoginBranding,
  DeleteResourceServer: deleteResourceServer,
  DeleteTerms: deleteTerms,
  DeleteUser: deleteUser,
  DeleteUserAttributes: deleteUserAttributes,
  DeleteUserPool: deleteUserPool,
  DeleteUserPoolClient: deleteUserPoolClient,
  DeleteUserPoolClientSecret: deleteUserPoolClientSecret,
  DeleteUserPoolDomain: deleteUserPoolDomain,
  DeleteWebAuthnCredential: deleteWebAuthnCredential,
  DescribeCIMDPolicy: describeCIMDPolicy,
  DescribeIdentityProvider: describeIdentityProvider,
  DescribeManagedLoginBranding: describeManagedLoginBranding,
  DescribeManagedLoginBrandingByClient: describeManagedLoginBrandingByClient,
  DescribeResourceServer: describeResourceServer,
  DescribeRiskConfiguration: describeRiskConfiguration,
  DescribeTerms: describeTerms,
  DescribeTermsByClient: describeTermsByClient,
  DescribeUserImportJob: describeUserImportJob,
  DescribeUserPool: describeUserPool,
  DescribeUserPoolClient: describeUserPoolClient,
  DescribeUserPoolDomain: describeUserPoolDomain,
  ForgetDevice: forgetDevice,
  ForgotPassword: forgotPassword,
  GetCSVHeader: getCSVHeader,
  GetClientToken: getClientToken,
  GetDevice: getDevice,
  GetGroup: getGroup,
  GetIdentityProviderByIdentifier: getIdentityProviderByIdentifier,
  GetLogDeliveryConfiguration: getLogDeliveryConfiguration,
  GetTokensFromRefreshToken: getTokensFromRefreshToken,
  GetUICustomization: getUICustomization,
  GetUser: getUser,
  GetUserAttributeVerificationCode: getUserAttributeVerificationCode,
  GetUserAuthFactors: getUserAuthFactors,
  GetUserPoolClientSessionConfiguration: getUserPoolClientSessionConfiguration,
  GetUserPoolMfaConfig: getUserPoolMfaConfig,
  GetUserPoolSessionConfiguration: getUserPoolSessionConfiguration,
  GlobalSignOut: globalSignOut,
  InitiateAuth: initiateAuth,
  ListCIMDPolicies: listCIMDPolicies,
  ListClientMetadataURLs: listClientMetadataURLs,
  ListDevices: listDevices,
  ListGroups: listGroups,
  ListIdentityProviders: listIdentityProviders,
  ListResourceServers: listResourceServers,
  ListTagsForResource: listTagsForResource,
  ListTerms: listTerms,
  ListUserImportJobs: listUserImportJobs,
  ListUserPoolClientSecrets: listUserPoolClientSecrets,
  ListUserPoolClients: listUserPoolClients,
  ListUserPools: listUserPools,
  ListUserSessions: listUserSessions,
  ListUsers: listUsers,
  ListUsersInGroup: listUsersInGroup,
  ListWebAuthnCredentials: listWebAuthnCredentials,
  ResendConfirmationCode: resendConfirmationCode,
  RespondToAuthChallenge: respondToAuthChallenge,
  RevokeToken: revokeToken,
  RevokeUserSession: revokeUserSession,
  SetLogDeliveryConfiguration: setLogDeliveryConfiguration,
  SetRiskConfiguration: setRiskConfiguration,
  SetUICustomization: setUICustomization,
  SetUserMFAPreference: setUserMFAPreference,
  SetUserPoolClientSessionConfiguration: setUserPoolClientSessionConfiguration,
  SetUserPoolMfaConfig: setUserPoolMfaConfig,
  SetUserPoolSessionConfiguration: setUserPoolSessionConfiguration,
  SetUserSettings: setUserSettings,
  SignUp: signUp,
  StartUserImportJob: startUserImportJob,
  StartWebAuthnRegistration: startWebAuthnRegistration,
  StopUserImportJob: stopUserImportJob,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateAuthEventFeedback: updateAuthEventFeedback,
  UpdateCIMDPolicy: updateCIMDPolicy,
  UpdateClientMetadataURLState: updateClientMetadataURLState,
  UpdateDeviceStatus: updateDeviceStatus,
  UpdateGroup: updateGroup,
  UpdateIdentityProvider: updateIdentityProvider,
  UpdateManagedLoginBranding: updateManagedLoginBranding,
  UpdateResourceServer: updateResourceServer,
  UpdateTerms: updateTerms,
  UpdateUserAttributes: updateUserAttributes,
  UpdateUserPool: updateUserPool,
  UpdateUserPoolClient: updateUserPoolClient,
  UpdateUserPoolDomain: updateUserPoolDomain,
  VerifySoftwareToken: verifySoftwareToken,
  VerifyUserAttribute: verifyUserAttribute,
};
