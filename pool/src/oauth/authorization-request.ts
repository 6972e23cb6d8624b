/** Reads an authorization request (RFC 6749 section 4.1.1), and checks it against the settings of its client. */
import { levelOfAcr } from '../domain/authentication-levels.ts';
import { findByIdentifier } from '../domain/identity-providers.ts';
import { chooseScopes, needsOpenId } from '../domain/scopes.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { checkFlow } from './allowed-flows.ts';
import { OAuthError, type RedirectTarget } from './oauth-error.ts';
import { parameterOf, scopesIn, wordsOf } from './parameters.ts';
import { problemOfRedirectUri, REDIRECT_URI_RULE } from './redirect-uris.ts';

/** The values of `prompt`. `select_account` and `consent` reach an external provider alone. */
export type Prompt = 'none' | 'login' | 'select_account' | 'consent';

const PROMPTS: readonly string[] = ['none', 'login', 'select_account', 'consent'] satisfies Prompt[];

/** A request that was checked. */
export interface AuthorizationRequest extends RedirectTarget {
  readonly client: Client;
  /** False if DefaultRedirectURI stands in for a `redirect_uri` that the request does not have. */
  readonly namesRedirectUri: boolean;
  /** What is granted: without a `scope` all scopes of the client. */
  readonly scopes: readonly string[];
  readonly nonce: string | undefined;
  /** By the method S256, the only one of the service. */
  readonly codeChallenge: string | undefined;
  /** The URL that the access token is for (RFC 8707). */
  readonly resource: string | undefined;
  /** The name of a provider of the client, or `COGNITO`. Undefined if the request names none. */
  readonly identityProvider: string | undefined;
  readonly prompt: readonly Prompt[];
  /** How long ago the user may have signed in, in seconds. */
  readonly maxAge: number | undefined;
  /** The level that `acr_values` asks for, or 0. */
  readonly targetLevel: number;
  readonly loginHint: string | undefined;
  readonly lang: string | undefined;
}

/**
 * Reads a request of a client that was found.
 *
 * @param parameters those of the query
 * @throws OAuthError with a target if the client may hear of it, without one if the redirect URI is not that of the client
 */
export function readAuthorizationRequest(
  pool: Pool,
  client: Client,
  parameters: URLSearchParams,
): AuthorizationRequest {
  const given = parameterOf(parameters, 'redirect_uri');
  const redirectUri = redirectUriOf(client, given);
  // The answer to an unknown response_type stands in the query, like that to code
  const responseType = parameters.get('response_type') === 'token' ? 'token' : 'code';
  // Two states cannot both come back, and the refusal of the second has to go somewhere
  const [state] = parameters.getAll('state').filter((value) => value !== '');
  const target = { redirectUri, responseType, state } as const;
  const read = (name: string) => parameterOf(parameters, name);
  return refusingTo(target, () => {
    read('state');
    checkResponseType(client, read('response_type'));
    return {
      ...target,
      client,
      namesRedirectUri: given !== undefined,
      codeChallenge: codeChallengeOf(read('code_challenge'), read('code_challenge_method')),
      scopes: grantedScopes(pool, client, scopesIn(parameters)),
      nonce: read('nonce'),
      resource: resourceOf(read('resource')),
      identityProvider: providerOf(pool, client, read('identity_provider'), read('idp_identifier')),
      prompt: promptOf(read('prompt')),
      maxAge: maxAgeOf(read('max_age')),
      targetLevel: targetLevelOf(pool, read('acr_values')),
      loginHint: read('login_hint'),
      lang: read('lang'),
    };
  });
}

/** The client hears of what is refused, because its redirect URI was checked. */
function refusingTo<Value>(target: RedirectTarget, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    const { code, description, reason } = error;
    throw new OAuthError(code, { description, reason, target });
  }
}

const invalidRequest = (description: string, reason?: string): OAuthError =>
  new OAuthError('invalid_request', { description, reason });

/**
 * The redirect URI is compared as it is written, with its trailing slash (RFC 9700 section 2.1).
 *
 * @throws OAuthError redirect_mismatch, which the user sees and nobody is redirected for
 */
function redirectUriOf({ CallbackURLs: urls = [], DefaultRedirectURI }: Client, given?: string): string {
  const redirectUri = given ?? DefaultRedirectURI;
  if (redirectUri !== undefined && urls.includes(redirectUri)) return redirectUri;
  const reason =
    given === undefined
      ? 'The request has no redirect_uri, and the client no DefaultRedirectURI'
      : 'The redirect_uri is not one of the CallbackURLs of the client, character for character';
  throw new OAuthError('redirect_mismatch', { reason });
}

/** The setting of AllowedOAuthFlows that each response type needs. */
const FLOWS = { code: 'code', token: 'implicit' } as const;

function checkResponseType(client: Client, given: string | undefined): void {
  if (given === undefined) throw invalidRequest('response_type is missing');
  // What the service answers to another value is not known
  if (given !== 'code' && given !== 'token') throw new OAuthError('unsupported_response_type');
  checkFlow(client, FLOWS[given]);
}

/** S256 gives 43 characters, and the characters are those of base64url (RFC 7636 section 4.2). */
const CODE_CHALLENGE = /^[\w-]{43}$/;

/** Documented: a challenge needs its method, and the method is S256. The descriptions are those of RFC 7636 section 4.4.1. */
function codeChallengeOf(challenge: string | undefined, method: string | undefined): string | undefined {
  if (challenge === undefined && method === undefined) return undefined;
  if (challenge === undefined) throw invalidRequest('code challenge required');
  if (method !== 'S256') {
    throw invalidRequest('transform algorithm not supported, only S256 is');
  }
  if (!CODE_CHALLENGE.test(challenge)) {
    throw invalidRequest('code_challenge is not a SHA-256 in base64url');
  }
  return challenge;
}

/**
 * Documented: scopes that the client is not allowed are ignored, unknown ones are refused, and phone, email and profile are asked
 * for together with openid alone. That the last rule refuses, as does a request of which no scope is left, is an assumption.
 */
function grantedScopes(pool: Pool, client: Client, asked: readonly string[] | undefined): readonly string[] {
  const { granted, unknown } = chooseScopes(pool, client, asked);
  const reason =
    unknown.length > 0
      ? 'A scope is neither of the service nor of a resource server of the pool'
      : granted.length === 0
        ? 'The AllowedOAuthScopes of the client have none of the scopes'
        : needsOpenId(asked ?? []) && !granted.includes('openid')
          ? 'The scopes phone, email and profile need the scope openid'
          : undefined;
  if (reason !== undefined) throw new OAuthError('invalid_scope', { reason });
  return granted;
}

/** Documented: https, http on localhost, or a custom scheme. RFC 8707 section 2 forbids a fragment. The rest of the rule is that of
 * callback URLs. */
function resourceOf(resource: string | undefined): string | undefined {
  if (resource !== undefined && problemOfRedirectUri(resource) !== undefined) {
    throw new OAuthError('invalid_target', { description: `resource must be ${REDIRECT_URI_RULE}` });
  }
  return resource;
}

/** Reported, not documented: the text. */
const NO_PROVIDER = 'Login option is not available. Please try another one';

function providerOf(
  pool: Pool,
  { SupportedIdentityProviders: providers = [] }: Client,
  name: string | undefined,
  identifier: string | undefined,
): string | undefined {
  if (name === undefined && identifier === undefined) return undefined;
  const byIdentifier = identifier === undefined ? undefined : findByIdentifier(pool, identifier);
  const provider = name ?? byIdentifier?.ProviderName;
  if (provider !== undefined && providers.includes(provider)) return provider;
  throw invalidRequest(NO_PROVIDER, 'The SupportedIdentityProviders of the client do not have this provider');
}

/** OpenID Connect Core 1.0 section 3.1.2.1: `none` cannot stand beside another value. */
function promptOf(text = ''): readonly Prompt[] {
  const prompt = wordsOf(text);
  if (prompt.some((each) => !PROMPTS.includes(each)) || (prompt.includes('none') && prompt.length > 1)) {
    throw invalidRequest(`prompt must be some of ${PROMPTS.join(', ')}, or none alone`);
  }
  // Each was found in PROMPTS
  return prompt as readonly Prompt[];
}

function maxAgeOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) {
    throw invalidRequest('max_age must be a number of seconds');
  }
  return Number(text);
}

/** Documented: the first value that the pool knows counts, and a pool of the tier LITE ignores them all. */
function targetLevelOf({ settings }: Pool, values = ''): number {
  const { UserPoolTier, AcrConfiguration } = settings.userPool;
  if (UserPoolTier === 'LITE') return 0;
  const [level = 0] = wordsOf(values).flatMap((value) => levelOfAcr(value, AcrConfiguration) ?? []);
  return level;
}
