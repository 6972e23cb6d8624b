/** Speaks OpenID Connect to an identity provider: discovery, the authorization request, the code exchange and UserInfo. Uses oauth4webapi. */
import * as oauth from 'oauth4webapi';
import type { Claims } from './attribute-mapping.ts';
import { FederationError } from './federation-error.ts';
import type { SentRequest } from './pending-federation.ts';
import type { Provider } from './provider.ts';
import { type Call, describeFailure } from './provider-failures.ts';
import type { ProviderSettings } from './provider-settings.ts';

/** A provider whose endpoints are known. */
export interface ReachedProvider {
  readonly provider: Provider;
  readonly server: oauth.AuthorizationServer;
}

/** What the authorization request of the app hands on to the provider. */
export interface PassedOn {
  readonly loginHint: string | undefined;
  readonly prompt: string | undefined;
  readonly lang: string | undefined;
  /** Seconds. */
  readonly maxAge: number | undefined;
  /** In the provider's words: what AcrMapping makes of the level that the app asks for. */
  readonly acrValues: string | undefined;
}

/** What a provider says of a user who has signed in. */
export interface ProviderAnswer {
  readonly idToken: Claims;
  /** Undefined if the provider has no such endpoint. */
  readonly userInfo: Claims | undefined;
  readonly tokenResponse: Claims;
}

/** What calls to providers need. */
export interface ProviderAccess extends Pick<ProviderSettings, 'fetch' | 'timeoutMs'> {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * Finds the endpoints of a provider: those that its details give, and the others by discovery.
 *
 * @throws FederationError if the provider does not answer, or if an endpoint is not one that the pool may call
 */
export async function reachProvider(access: ProviderAccess, provider: Provider): Promise<ReachedProvider> {
  const { endpoints, issuer } = provider;
  // UserInfo is optional, because an ID token may have all claims
  const isComplete = endpoints.authorization && endpoints.token && endpoints.jwks;
  const found = isComplete ? { issuer } : await discover(access, provider);
  const server = {
    ...found,
    ...(endpoints.authorization && { authorization_endpoint: endpoints.authorization }),
    ...(endpoints.token && { token_endpoint: endpoints.token }),
    ...(endpoints.userInfo && { userinfo_endpoint: endpoints.userInfo }),
    ...(endpoints.jwks && { jwks_uri: endpoints.jwks }),
  };
  const { authorization_endpoint, token_endpoint, jwks_uri, userinfo_endpoint } = server;
  for (const [name, url] of Object.entries({ authorization_endpoint, token_endpoint, jwks_uri })) {
    if (url === undefined)
      throw new FederationError(`The identity provider ${provider.name} has no ${name}.`);
    checkUrl(provider, name, url);
  }
  if (userinfo_endpoint !== undefined) checkUrl(provider, 'userinfo_endpoint', userinfo_endpoint);
  return { provider, server };
}

async function discover(access: ProviderAccess, provider: Provider): Promise<oauth.AuthorizationServer> {
  const issuer = checkUrl(provider, 'oidc_issuer', provider.issuer);
  return call(provider, 'discovery', async () => {
    const response = await oauth.discoveryRequest(issuer, optionsOf(access));
    return oauth.processDiscoveryResponse(issuer, response);
  });
}

/** All of 127.0.0.0/8, which `LOOPBACK_HOSTS` does not have: several providers of a test can then have the same port. */
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Plain http would show the client secret and the tokens to the network, so it is for this machine alone. */
function checkUrl({ name }: Provider, member: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname))) return url;
  throw new FederationError(
    `The ${member} of the identity provider ${name} must be a URL with https, or with http on this machine.`,
  );
}

/** The `authorization_endpoint` with the request (OpenID Connect Core 1.0 section 3.1.2.1). */
export async function authorizationUrl(
  { provider, server }: ReachedProvider,
  { state, nonce, codeVerifier, redirectUri }: SentRequest,
  { loginHint, prompt, lang, maxAge, acrValues }: PassedOn,
): Promise<URL> {
  // `reachProvider` has checked that it is there
  const url = new URL(server.authorization_endpoint ?? '');
  const parameters = {
    client_id: provider.clientId,
    redirect_uri: redirectUri,
    scope: provider.scopes,
    response_type: 'code',
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    login_hint: loginHint,
    prompt,
    max_age: maxAge?.toString(),
    ui_locales: lang,
    acr_values: acrValues,
  };
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}

/**
 * Exchanges the code for tokens, verifies the ID token with the keys of the provider, and asks UserInfo.
 *
 * @param parameters what the provider sent the browser back with
 * @throws FederationError as the service words it, as far as that is known
 */
export async function readAnswer(
  access: ProviderAccess,
  { provider, server }: ReachedProvider,
  sent: SentRequest,
  parameters: URLSearchParams,
): Promise<ProviderAnswer> {
  const client: oauth.Client = {
    client_id: provider.clientId,
    // oauth4webapi reads the clock of the machine, and the pool's may be another one
    [oauth.clockSkew]: Math.round((access.now() - Date.now()) / 1000),
  };
  // Documented: the service sends the secret in the body, and knows no other way
  const authentication = provider.clientSecret ? oauth.ClientSecretPost(provider.clientSecret) : oauth.None();
  const options = optionsOf(access);
  const tokens = await call(provider, 'token', async () => {
    const checked = oauth.validateAuthResponse(server, client, parameters, sent.state);
    const response = await oauth.authorizationCodeGrantRequest(
      server,
      client,
      authentication,
      checked,
      sent.redirectUri,
      sent.codeVerifier,
      options,
    );
    const result = await oauth.processAuthorizationCodeResponse(server, client, response, {
      expectedNonce: sent.nonce,
      requireIdToken: true,
    });
    return { response, result };
  });
  await call(provider, 'jwks', () =>
    oauth.validateApplicationLevelSignature(server, tokens.response, options),
  );
  const idToken = oauth.getValidatedIdTokenClaims(tokens.result);
  if (!idToken) throw new FederationError(`${provider.name} Error - no ID token`);
  const userInfo =
    server.userinfo_endpoint === undefined
      ? undefined
      : await call(provider, 'userInfo', () =>
          readUserInfo(access, { provider, server }, client, tokens.result.access_token, idToken.sub),
        );
  return { idToken: { ...idToken }, userInfo, tokenResponse: { ...tokens.result } };
}

async function readUserInfo(
  access: ProviderAccess,
  { provider, server }: ReachedProvider,
  client: oauth.Client,
  accessToken: string,
  subject: string,
): Promise<Claims> {
  const response = await oauth.protectedResourceRequest(
    accessToken,
    provider.userInfoMethod,
    new URL(server.userinfo_endpoint ?? ''),
    new Headers({ accept: 'application/json' }),
    undefined,
    optionsOf(access),
  );
  return { ...(await oauth.processUserInfoResponse(server, client, subject, response)) };
}

type Sent = oauth.CustomFetchOptions<string, oauth.ProtectedResourceRequestBody>;

const optionsOf = ({ fetch, timeoutMs }: ProviderAccess) => ({
  [oauth.customFetch]: (url: string, { body, signal, ...init }: Sent) =>
    // The pool sends a form or nothing, and `fetch` takes null for what is undefined
    fetch(url, { ...init, body: (body as URLSearchParams | undefined) ?? null, signal: signal ?? null }),
  // `checkUrl` has allowed plain http on loopback alone
  [oauth.allowInsecureRequests]: true,
  signal: () => AbortSignal.timeout(timeoutMs),
});

/** @throws FederationError for whatever goes wrong in a call to the provider */
async function call<Result>(provider: Provider, kind: Call, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw describeFailure(provider, kind, error);
  }
}
