/** Reads an identity provider as CreateIdentityProvider stored it, and refuses one that the pool cannot sign in through. */
import { findDocument } from '../domain/documents.ts';
import { IDENTITY_PROVIDER } from '../domain/identity-providers.ts';
import type { IdentityProviderType } from '../model/types.generated.ts';
import type { PoolState } from '../service/pool.ts';
import { FederationError } from './federation-error.ts';

/** The endpoints that ProviderDetails gives. Those that are undefined are found by discovery. */
export interface GivenEndpoints {
  readonly authorization: string | undefined;
  readonly token: string | undefined;
  readonly userInfo: string | undefined;
  readonly jwks: string | undefined;
}

/** An OpenID Connect provider, as a sign-in uses it. */
export interface Provider {
  readonly name: string;
  readonly type: 'OIDC' | 'Google';
  readonly clientId: string;
  /** Undefined for a public client, which the provider has to know as one. */
  readonly clientSecret: string | undefined;
  /** Separated by spaces. */
  readonly scopes: string;
  /** The issuer, where discovery begins and which the ID token must name. */
  readonly issuer: string;
  readonly endpoints: GivenEndpoints;
  /** How the attributes are asked for: `attributes_request_method`. */
  readonly userInfoMethod: 'GET' | 'POST';
  /** Attribute of the user → claim of the provider. `username` is the claim that names the user. */
  readonly mapping: Readonly<Record<string, string>>;
  /** `Level1` to `Level4` → the `acr` of the provider. */
  readonly acrMapping: Readonly<Record<string, string>>;
}

const GOOGLE_ISSUER = 'https://accounts.google.com';
const DEFAULT_SCOPES = 'openid';

/**
 * Finds a provider by its name.
 *
 * @param issuers the issuers that stand in for those of providers, by the name of the provider
 * @throws FederationError if the pool does not have it, or if it is of a type that is only stored
 */
export function findProvider(
  pool: PoolState,
  providerName: string,
  issuers: Readonly<Record<string, string>>,
): Provider {
  const stored = findDocument(pool, IDENTITY_PROVIDER, providerName);
  // A client keeps the name of a provider that was deleted. Reported, not documented: the text
  if (!stored) throw new FederationError('Login option is not available. Please try another one');
  return readProvider(stored, issuers);
}

/** @throws FederationError as `findProvider` does */
function readProvider(stored: IdentityProviderType, issuers: Readonly<Record<string, string>>): Provider {
  const { ProviderName: name = '', ProviderType: type, ProviderDetails: details = {} } = stored;
  if (type !== 'OIDC' && type !== 'Google') {
    throw new FederationError(
      `The identity provider ${name} is of type ${type}. The local pool stores and describes it, but signs in only through providers of type OIDC and Google.`,
    );
  }
  const required = (detail: string, fallback?: string): string => {
    const value = details[detail] ?? fallback;
    if (value) return value;
    throw new FederationError(`The identity provider ${name} has no ${detail} in its ProviderDetails.`);
  };
  const standIn = Object.hasOwn(issuers, name) ? issuers[name] : undefined;
  return {
    name,
    type,
    clientId: required('client_id'),
    clientSecret: details['client_secret'],
    scopes: details['authorize_scopes'] ?? DEFAULT_SCOPES,
    issuer: standIn ?? required('oidc_issuer', type === 'Google' ? GOOGLE_ISSUER : undefined),
    endpoints: standIn === undefined ? givenEndpoints(type, details) : NO_ENDPOINTS,
    userInfoMethod: details['attributes_request_method']?.toUpperCase() === 'POST' ? 'POST' : 'GET',
    mapping: stored.AttributeMapping ?? {},
    acrMapping: stored.AcrMapping ?? {},
  };
}

const NO_ENDPOINTS: GivenEndpoints = {
  authorization: undefined,
  token: undefined,
  userInfo: undefined,
  jwks: undefined,
};

/** Google's People API, which AWS shows as `attributes_url`, has other names than the claims that are mapped. */
const PEOPLE_API = 'https://people.googleapis.com/';

function givenEndpoints(type: Provider['type'], details: Readonly<Record<string, string>>): GivenEndpoints {
  const userInfo = details['attributes_url'];
  return {
    authorization: details['authorize_url'],
    token: details['token_url'],
    userInfo: type === 'Google' && userInfo?.startsWith(PEOPLE_API) ? undefined : userInfo,
    jwks: details['jwks_uri'],
  };
}
