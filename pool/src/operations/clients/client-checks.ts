/** What CreateUserPoolClient and UpdateUserPoolClient refuse, beyond AWS's model. */
import { hasSecret, refreshTokenMs, rotationOf, tokenSeconds } from '../../domain/clients.ts';
import { findDocument } from '../../domain/documents.ts';
import { IDENTITY_PROVIDER } from '../../domain/identity-providers.ts';
import { isKnownScope, isUserScope } from '../../domain/scopes.ts';
import { invalidParameter, ServiceException } from '../../domain/service-exception.ts';
import { unavailableInTier } from '../../domain/tiers.ts';
import { problemOfRedirectUri } from '../../oauth/redirect-uris.ts';
import type { Pool } from '../../service/pool.ts';
import type { Client } from '../../settings/pool-settings.ts';

type Check = (client: Client, pool: Pool) => void;

/** In the order in which they are tried. AWS's order is not known. */
const CHECKS: readonly Check[] = [
  checkFlows,
  checkTier,
  checkValidities,
  checkAttributes,
  checkOAuth,
  checkUrls,
  checkProviders,
  checkContextData,
];

/** @throws ServiceException for the first rule that the settings of a client break */
export function checkClient(client: Client, pool: Pool): void {
  for (const check of CHECKS) check(client, pool);
}

/** A list without ALLOW_REFRESH_TOKEN_AUTH is taken. The service refused one in 2020 (aws/aws-cdk#7625). */
function checkFlows(client: Client): void {
  const { ExplicitAuthFlows: flows = [] } = client;
  const today = flows.filter((flow) => flow.startsWith('ALLOW_'));
  if (today.length > 0 && today.length < flows.length) {
    // AWS's text is not known.
    throw invalidParameter('ExplicitAuthFlows cannot have values with and without the prefix ALLOW_.');
  }
  if (flows.includes('ALLOW_CLIENT_TOKEN_AUTH')) {
    // Documented: such a client has no other flow, and a secret. AWS's texts are not known.
    if (flows.length > 1) {
      throw invalidParameter('ALLOW_CLIENT_TOKEN_AUTH cannot be selected with another ExplicitAuthFlow.');
    }
    if (!hasSecret(client)) throw invalidParameter('ALLOW_CLIENT_TOKEN_AUTH needs a client secret.');
  }
  if (rotationOf(client) && flows.includes('ALLOW_REFRESH_TOKEN_AUTH')) {
    throw invalidParameter(
      'ALLOW_REFRESH_TOKEN_AUTH is not a permitted ExplicitAuthFlow when refresh token rotation is enabled.',
    );
  }
}

function checkTier(client: Client, { settings }: Pool): void {
  if (settings.userPool.UserPoolTier !== 'LITE') return;
  const features = [
    ...(rotationOf(client) ? ['Refresh Token Rotation'] : []),
    // AWS's name of this feature is not known.
    ...(client.ExplicitAuthFlows?.includes('ALLOW_USER_AUTH') ? ['Choice Based Sign-In'] : []),
  ];
  if (features.length > 0) throw unavailableInTier('LITE', features);
}

const DAY_SECONDS = 86_400;
const TEN_YEARS_MS = 3650 * DAY_SECONDS * 1000;

/**
 * AWS's console says that access and ID tokens cannot be valid for longer than the refresh token (lgallard/terraform-aws-cognito-user-pool
 * #68 quotes it). That the refusal has the same text is an assumption.
 */
function checkValidities(client: Client): void {
  const tokens = [tokenSeconds(client, 'AccessToken'), tokenSeconds(client, 'IdToken')];
  const refreshMs = refreshTokenMs(client);
  const fits =
    tokens.every((seconds) => seconds >= 300 && seconds <= DAY_SECONDS && seconds * 1000 <= refreshMs) &&
    refreshMs >= 3_600_000 &&
    refreshMs <= TEN_YEARS_MS;
  if (!fits) throw invalidParameter('Invalid range for token validity.');
}

/** Nobody but the service writes these. */
const NOT_WRITABLE = ['sub', 'email_verified', 'phone_number_verified'];

/** The texts for UpdateUserPoolClient and for ReadAttributes are those of CreateUserPoolClient, because AWS's are not known. */
function checkAttributes(client: Client, pool: Pool): void {
  const names = pool.schema.map(({ Name }) => Name);
  const isUnknown = (name: string) => pool.strictSchema && !names.includes(name);
  const { ReadAttributes: readable = [], WriteAttributes: writable } = client;
  if (readable.some(isUnknown)) {
    throw invalidParameter('Invalid read attributes specified while creating a client');
  }
  if (writable === undefined) return;
  const isWrong = (name: string) => isUnknown(name) || NOT_WRITABLE.includes(name);
  if (writable.some(isWrong) || !pool.requiredAttributes.every((name) => writable.includes(name))) {
    throw invalidParameter('Invalid write attributes specified while creating a client');
  }
}

function checkOAuth(client: Client, pool: Pool): void {
  const { AllowedOAuthFlows: flows = [], AllowedOAuthScopes: scopes = [], CallbackURLs: urls = [] } = client;
  const unknown = scopes.find((scope) => !isKnownScope(pool, scope));
  if (unknown !== undefined) {
    throw new ServiceException('ScopeDoesNotExistException', `Invalid scope requested: ${unknown}`);
  }
  if (client.AllowedOAuthFlowsUserPoolClient && (flows.length === 0 || scopes.length === 0)) {
    // Reported, not documented
    throw invalidParameter(
      'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.',
    );
  }
  const redirects = flows.includes('code') || flows.includes('implicit');
  if (redirects && urls.length === 0) {
    throw invalidOAuthFlow('CallbackUrls can not be empty when code flow or implicit flow is selected');
  }
  if (!flows.includes('client_credentials')) return;
  // AWS's texts of these two are not known.
  if (redirects) throw invalidOAuthFlow('client_credentials flow can not be selected with another flow');
  if (!hasSecret(client)) throw invalidOAuthFlow('client_credentials flow needs a client secret');
  const refused = scopes.find(isUserScope);
  if (refused !== undefined) {
    throw invalidOAuthFlow(`${refused} is not supported with client_credentials flow`);
  }
}

const invalidOAuthFlow = (text: string) => new ServiceException('InvalidOAuthFlowException', text);

/** AWS's texts are not known. */
function checkUrls({ CallbackURLs = [], LogoutURLs = [], DefaultRedirectURI }: Client): void {
  for (const url of [...CallbackURLs, ...LogoutURLs]) {
    const problem = problemOfRedirectUri(url);
    if (problem !== undefined) throw invalidParameter(`${url} ${problem}.`);
  }
  if (DefaultRedirectURI !== undefined && !CallbackURLs.includes(DefaultRedirectURI)) {
    throw invalidParameter(`DefaultRedirectURI ${DefaultRedirectURI} is not in CallbackURLs.`);
  }
}

/** Reported: lgallard/terraform-aws-cognito-user-pool#71 */
function checkProviders({ SupportedIdentityProviders: providers = [] }: Client, pool: Pool): void {
  const unknown = providers.find(
    (name) => name !== 'COGNITO' && !findDocument(pool, IDENTITY_PROVIDER, name),
  );
  if (unknown === undefined) return;
  throw invalidParameter(`The provider ${unknown} does not exist for User Pool ${pool.userPoolId}.`);
}

/** AWS's text is not known. */
function checkContextData(client: Client): void {
  if (client.EnablePropagateAdditionalUserContextData && !hasSecret(client)) {
    throw invalidParameter('EnablePropagateAdditionalUserContextData needs a client secret.');
  }
}
