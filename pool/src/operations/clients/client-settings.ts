/** The settings of an app client: what CreateUserPoolClient and UpdateUserPoolClient make of their members. */
import type { ExplicitAuthFlowsType, Inputs } from '../../model/types.generated.ts';
import type { Client } from '../../settings/pool-settings.ts';

/** The members that both operations have, besides those that name the client. */
export type ClientSettings = Omit<Inputs['UpdateUserPoolClient'], 'ClientId' | 'ClientName' | 'UserPoolId'>;

/** Captured for the four that begin. The places of the others are not known. */
const FLOW_ORDER: readonly ExplicitAuthFlowsType[] = [
  'ALLOW_USER_PASSWORD_AUTH',
  'ALLOW_ADMIN_USER_PASSWORD_AUTH',
  'ALLOW_CUSTOM_AUTH',
  'ALLOW_USER_SRP_AUTH',
  'ALLOW_REFRESH_TOKEN_AUTH',
  'ALLOW_USER_AUTH',
  'ALLOW_CLIENT_TOKEN_AUTH',
  'ALLOW_TOKEN_EXCHANGE_DELEGATION',
  'ALLOW_TOKEN_EXCHANGE_IMPERSONATION',
  'ADMIN_NO_SRP_AUTH',
  'CUSTOM_AUTH_FLOW_ONLY',
  'USER_PASSWORD_AUTH',
];

const DEFAULT_REFRESH_DAYS = 30;
const DEFAULT_SESSION_MINUTES = 3;

/** Fills in the defaults that the service shows. What it leaves out in its replies stays absent. */
export function settingsOf(given: ClientSettings): Omit<Client, 'ClientId' | 'secrets'> {
  return {
    AccessTokenValidity: given.AccessTokenValidity,
    AllowedOAuthFlows: given.AllowedOAuthFlows,
    AllowedOAuthFlowsUserPoolClient: given.AllowedOAuthFlowsUserPoolClient ?? false,
    AllowedOAuthScopes: given.AllowedOAuthScopes,
    AnalyticsConfiguration: given.AnalyticsConfiguration,
    AuthSessionValidity: given.AuthSessionValidity ?? DEFAULT_SESSION_MINUTES,
    CallbackURLs: given.CallbackURLs,
    DefaultRedirectURI: given.DefaultRedirectURI,
    EnablePropagateAdditionalUserContextData: given.EnablePropagateAdditionalUserContextData ?? false,
    EnableTokenRevocation: given.EnableTokenRevocation ?? true,
    ExplicitAuthFlows: orderedFlows(given.ExplicitAuthFlows),
    IdTokenValidity: given.IdTokenValidity,
    LogoutURLs: given.LogoutURLs,
    PreventUserExistenceErrors: given.PreventUserExistenceErrors,
    ReadAttributes: given.ReadAttributes,
    RefreshTokenRotation: given.RefreshTokenRotation,
    ...refreshValidity(given),
    SupportedIdentityProviders: given.SupportedIdentityProviders,
    WriteAttributes: given.WriteAttributes,
  };
}

/** An empty list counts as absent. AWS's behaviour is not known. */
function orderedFlows(
  flows: readonly ExplicitAuthFlowsType[] = [],
): readonly ExplicitAuthFlowsType[] | undefined {
  return flows.length === 0 ? undefined : FLOW_ORDER.filter((flow) => flows.includes(flow));
}

/** 0 means 30 days, whatever the unit. How the service shows that is not known. */
function refreshValidity({
  RefreshTokenValidity: validity = 0,
  TokenValidityUnits: units = {},
}: ClientSettings) {
  if (validity !== 0) return { RefreshTokenValidity: validity, TokenValidityUnits: units };
  return {
    RefreshTokenValidity: DEFAULT_REFRESH_DAYS,
    TokenValidityUnits:
      units.RefreshToken === undefined ? units : { ...units, RefreshToken: 'days' as const },
  };
}
