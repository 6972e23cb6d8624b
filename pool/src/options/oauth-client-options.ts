/** The options of an app client that are about OAuth: what they are, their checks, and the settings that they stand for. */
import { KEPT_SCOPE } from '../domain/scopes.ts';
import type { OAuthFlowType } from '../model/types.generated.ts';
import { problemOfRedirectUri, REDIRECT_URI_RULE } from '../oauth/redirect-uris.ts';
import type { Client } from '../settings/pool-settings.ts';
import { type Check, type Checks, invalid, list, oneOf, text } from './checks.ts';

/** What an app client may do at `/oauth2/authorize`, `/oauth2/token` and `/logout`. The fields are those of AWS's UserPoolClientType. */
export interface OAuthClientOptions {
  /**
   * Where users may be sent after a sign-in: CallbackURLs. A request has to name one of them character for character. They are `https`,
   * `http` on localhost, 127.0.0.1 or [::1], or have a scheme of an app. Default none.
   */
  readonly callbackUrls?: readonly string[];
  /** Stands in for a `redirect_uri` that a request does not have: DefaultRedirectURI. It is one of `callbackUrls`. Default none. */
  readonly defaultRedirectUri?: string;
  /** Where users may be sent after a sign-out: LogoutURLs. The rules are those of `callbackUrls`. Default none. */
  readonly logoutUrls?: readonly string[];
  /**
   * AllowedOAuthFlows. `client_credentials` needs a secret and stands alone. Default: `code` if there are `callbackUrls`, and otherwise
   * none, so that the client cannot be used at the OAuth endpoints.
   */
  readonly allowedOAuthFlows?: readonly OAuthFlowType[];
  /**
   * AllowedOAuthScopes: `openid`, `email`, `phone`, `profile`, `aws.cognito.signin.user.admin`, or those of a resource server, such as
   * `orders/read`. Default: these five, and none for `client_credentials`.
   */
  readonly allowedOAuthScopes?: readonly string[];
  /** SupportedIdentityProviders: `COGNITO`, and the names of identity providers. Default `COGNITO` if users can be sent anywhere. */
  readonly supportedIdentityProviders?: readonly string[];
}

/** The characters are those of AWS's model. */
const REDIRECT_URI: Check = (value, path) => {
  text(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,1024}$/u, '1 to 1024 characters without spaces')(value, path);
  // The check of the text has let nothing else pass
  const problem = problemOfRedirectUri(value as string);
  if (problem !== undefined) {
    throw invalid(`${path} must be ${REDIRECT_URI_RULE}; it ${problem}`);
  }
};

export const OAUTH_CLIENT: Checks<OAuthClientOptions> = {
  callbackUrls: list(REDIRECT_URI),
  defaultRedirectUri: text(),
  logoutUrls: list(REDIRECT_URI),
  allowedOAuthFlows: list(oneOf('code', 'implicit', 'client_credentials')),
  allowedOAuthScopes: list(text(KEPT_SCOPE, 'a scope, without spaces')),
  supportedIdentityProviders: list(text()),
};

/**
 * Checks what the options say together. Each of them was checked before.
 *
 * @throws TypeError that names the field
 */
export function checkOAuthClient(
  options: OAuthClientOptions & { readonly clientSecret?: string },
  path: string,
): void {
  const { callbackUrls = [], defaultRedirectUri, allowedOAuthFlows: flows = [], clientSecret } = options;
  if (defaultRedirectUri !== undefined && !callbackUrls.includes(defaultRedirectUri)) {
    throw invalid(`${path}.defaultRedirectUri must be one of callbackUrls`);
  }
  const redirects = flows.includes('code') || flows.includes('implicit');
  if (redirects && callbackUrls.length === 0) {
    throw invalid(`${path}.callbackUrls must have a URL for the flows code and implicit`);
  }
  if (!flows.includes('client_credentials')) return;
  if (redirects) throw invalid(`${path}.allowedOAuthFlows must have client_credentials alone or not at all`);
  if (clientSecret === undefined)
    throw invalid(`${path}.clientSecret must be a string for client_credentials`);
}

const OWN_SCOPES = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];

/** The settings that the options stand for. A client without OAuth has those that were given. */
export function oauthSettingsOf(options: OAuthClientOptions): Partial<Client> {
  const { callbackUrls = [], logoutUrls } = options;
  const flows = options.allowedOAuthFlows ?? (callbackUrls.length > 0 ? ['code' as const] : []);
  const named = {
    CallbackURLs: options.callbackUrls,
    DefaultRedirectURI: options.defaultRedirectUri,
    LogoutURLs: logoutUrls,
    SupportedIdentityProviders: options.supportedIdentityProviders,
  };
  // GetClientToken needs scopes alone, and /logout its URLs
  if (flows.length === 0) return { ...named, AllowedOAuthScopes: options.allowedOAuthScopes };
  const redirects = flows.some((flow) => flow !== 'client_credentials');
  return {
    ...named,
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: flows,
    AllowedOAuthScopes: options.allowedOAuthScopes ?? (redirects ? OWN_SCOPES : []),
    SupportedIdentityProviders: options.supportedIdentityProviders ?? (redirects ? ['COGNITO'] : undefined),
  };
}
