/** A pool with an identity provider, and the app that signs in through it. */
import { createUserPool, type UserPool, type UserPoolOptions } from '../../src/index.ts';
import { claimsOf } from '../raw-calls.ts';
import { type Agent, CALLBACK, POOL, type Visited } from './browser-agent.ts';
import { REGISTRATION } from './stand-in.ts';

export const PROVIDER_NAME = 'Stand-In';

export const MAPPING = { username: 'sub', email: 'email', email_verified: 'email_verified', name: 'name' };

/** The provider as CreateIdentityProvider takes it. */
export const oidcProvider = (issuer: string, more: Readonly<Record<string, string>> = {}) => ({
  ProviderName: PROVIDER_NAME,
  ProviderType: 'OIDC' as const,
  ProviderDetails: {
    client_id: REGISTRATION.clientId,
    client_secret: REGISTRATION.clientSecret,
    authorize_scopes: 'openid email profile',
    oidc_issuer: issuer,
    attributes_request_method: 'GET',
    ...more,
  },
  AttributeMapping: MAPPING,
});

export const CLIENT = {
  ClientId: 'app',
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['code', 'implicit'] as const,
  AllowedOAuthScopes: ['openid', 'email', 'profile', 'aws.cognito.signin.user.admin'],
  CallbackURLs: [CALLBACK],
  SupportedIdentityProviders: [PROVIDER_NAME, 'COGNITO'],
  ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] as const,
};

export const createFederatedPool = (issuer: string, options: UserPoolOptions = {}): UserPool =>
  createUserPool({ clients: [CLIENT], identityProviders: [oidcProvider(issuer)], ...options });

/** The address where the app begins a sign-in. */
export function authorizeUrl(more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({
    client_id: CLIENT.ClientId,
    response_type: 'code',
    scope: 'openid email profile',
    redirect_uri: CALLBACK,
    state: 'state-of-the-app',
    identity_provider: PROVIDER_NAME,
    ...more,
  });
  return `${POOL}/oauth2/authorize?${query}`;
}

/** Chooses an account on the page of the stand-in provider. An empty one cancels. */
export const choose = (agent: Agent, page: Visited, account: string): Promise<Visited> =>
  agent.visit(page.url.href, new URLSearchParams({ account }));

/** Signs in through the stand-in provider, up to the app's callback. */
export async function signInThrough(
  agent: Agent,
  account: string,
  more: Readonly<Record<string, string>> = {},
): Promise<URL> {
  const page = await agent.visit(authorizeUrl({ prompt: 'login', ...more }));
  const { url, text } = await choose(agent, page, account);
  if (!url.href.startsWith(CALLBACK)) throw new Error(`Not at the app: ${url} ${text}`);
  return url;
}

export interface Tokens {
  readonly id_token: string;
  readonly access_token: string;
  readonly refresh_token: string;
}

/** Exchanges the code that came to the app's callback. */
export async function exchange(pool: UserPool, callback: URL): Promise<Tokens> {
  const code = callback.searchParams.get('code');
  if (code === null) throw new Error(`No code: ${callback}`);
  const response = await pool.fetch(`${POOL}/oauth2/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: CLIENT.ClientId,
      redirect_uri: CALLBACK,
      code,
    }),
  });
  if (response.status !== 200) throw new Error(`No tokens: ${response.status} ${await response.text()}`);
  // The token endpoint has these members for a code with the scope openid
  return (await response.json()) as Tokens;
}

/** The claims of the ID token for the code that came to the app's callback. */
export const idClaims = async (pool: UserPool, callback: URL): Promise<Readonly<Record<string, unknown>>> =>
  claimsOf((await exchange(pool, callback)).id_token);

/** What came to the app in place of a code. */
export const errorAt = ({ searchParams }: URL) => ({
  error: searchParams.get('error'),
  description: searchParams.get('error_description'),
  state: searchParams.get('state'),
});
