/** Begins a sign-in that leads through the login page of the user pool's domain (RFC 6749 §4.1, RFC 7636). */
import { calculatePKCECodeChallenge } from 'oauth4webapi';
import type { CallOptions } from '../cognito/client/call-options.ts';
import type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { checkStepUp } from '../cognito/sign-in/step-up.ts';
import { checkStorage, type KeyValueStorage } from '../cognito/tokens/key-value-storage.ts';
import { isNonEmptyString, isStringArray, toBase64url } from '../cognito/values.ts';
import { mustBe } from '../errors.ts';
import { requireTexts } from '../required-input.ts';
import { randomBytes } from '../srp/random.ts';
import { oauthServer, requireWebCrypto } from './oauth-server.ts';
import { createPendingRedirects } from './pending-redirects.ts';
import { checkReturnUri, type RedirectDomain } from './redirect-domain.ts';

/** What {@link beginRedirectSignIn} takes beside the pool. */
export interface BeginRedirectInput extends RedirectDomain {
  /** Where the login page sends the browser back to. It has to be one of the app client's CallbackURLs, character for character. */
  readonly redirectUri: string;
  /**
   * Keeps what {@link completeRedirectSignIn} needs. It has to belong to the browser alone: `sessionStorage` in a page, cookies on a
   * server.
   */
  readonly storage: KeyValueStorage;
  /** The provider that the user goes to at once: `Google`, `COGNITO`, or a provider's name. Default: the user chooses. */
  readonly identityProvider?: string | undefined;
  /** In place of `identityProvider`: an identifier of a provider, such as the domain of the user's e-mail address. */
  readonly idpIdentifier?: string | undefined;
  /** The name that is filled in, at the login page or at an OpenID Connect provider. */
  readonly loginHint?: string | undefined;
  /** The language of the login page: `de`. */
  readonly lang?: string | undefined;
  /** `none` shows no page, and fails with LOGIN_REQUIRED if nobody is signed in there. `login` asks again. Several are separated by blanks. */
  readonly prompt?: string | undefined;
  /**
   * The authentication levels to reach, the preferred one first: `['urn:cognito:loa:4']`, or the pool's own names. The service takes the
   * first one that it knows. The claim `acr` of the new tokens tells the level: check it before you rely on it.
   */
  readonly targetAcrValues?: readonly string[] | undefined;
  /**
   * How long ago the user may have signed in at the login page, in seconds: a whole number, 0 or more. After a longer time the page asks
   * again, and {@link completeRedirectSignIn} refuses an ID token of an older sign-in (claim `auth_time`).
   */
  readonly maxAgeSeconds?: number | undefined;
  /** They have to have `openid`. Default: all scopes of the app client. */
  readonly scopes?: readonly string[] | undefined;
  /** The URL of the API that the access token is for (claim `aud`). */
  readonly resource?: string | undefined;
  /** Comes back with the result: the path of the page that the user wanted. It is not checked here. */
  readonly returnTo?: string | undefined;
  /** How long the user has for it, in seconds. Default 600. */
  readonly lifetimeSeconds?: number | undefined;
}

const LIFETIME_SECONDS = 600;

/**
 * Begins a sign-in by redirect. `state`, `nonce` and the PKCE verifier are random and are kept in the storage.
 *
 * @param pool the user pool and its app client
 * @param input the domain, where the login page sends the browser back to, and what it is asked for
 * @param options `rng` and `now` are used. Nothing is sent.
 * @returns the address of the login page, where the browser has to go
 * @throws ArgumentError ENDPOINT_INVALID or ENDPOINT_INSECURE for the domain, OPTION_INVALID for another member, RUNTIME_INCOMPLETE
 *   where there is no `crypto.subtle`, or another code if the pool or an option cannot be right. What the storage throws is thrown.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html
 * @example
 * ```ts
 * import type { UserPoolClient } from 'cognito-srp-engine';
 * import { beginRedirectSignIn } from 'cognito-srp-engine/redirect';
 *
 * declare const pool: UserPoolClient;
 *
 * const url = await beginRedirectSignIn(pool, {
 *   domain: 'https://shop.auth.eu-west-1.amazoncognito.com',
 *   redirectUri: 'https://shop.example.com/callback',
 *   storage: window.sessionStorage,
 *   identityProvider: 'Google',
 * });
 * window.location.assign(url);
 * ```
 */
export async function beginRedirectSignIn(
  pool: UserPoolClient,
  input: BeginRedirectInput,
  options: CallOptions = {},
): Promise<string> {
  const { server, now } = oauthServer(pool, input, options);
  requireWebCrypto();
  checkInput(input);
  const { redirectUri, returnTo, lifetimeSeconds = LIFETIME_SECONDS, scopes, maxAgeSeconds } = input;
  const random = () => toBase64url(randomBytes(32, options.rng));
  const [state, nonce, verifier] = [random(), random(), random()];
  const url = new URL(server.authorization_endpoint ?? '');
  url.search = new URLSearchParams(
    Object.entries({
      client_id: pool.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      state,
      nonce,
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      scope: scopes?.join(' '),
      identity_provider: input.identityProvider,
      idp_identifier: input.idpIdentifier,
      login_hint: input.loginHint,
      lang: input.lang,
      prompt: input.prompt,
      acr_values: input.targetAcrValues?.join(' '),
      max_age: maxAgeSeconds?.toString(),
      resource: input.resource,
    }).filter((parameter): parameter is [string, string] => parameter[1] !== undefined),
  ).toString();
  const expiresAt = now() + lifetimeSeconds * 1000;
  const pending = { nonce, verifier, redirectUri, returnTo, maxAgeSeconds, expiresAt };
  await createPendingRedirects(input.storage, pool.clientId).add(state, pending);
  return url.href;
}

const TEXTS = [
  'identityProvider',
  'idpIdentifier',
  'loginHint',
  'lang',
  'prompt',
  'resource',
  'returnTo',
] as const;

function checkInput(input: BeginRedirectInput): void {
  const { redirectUri, storage, scopes, lifetimeSeconds = LIFETIME_SECONDS } = input;
  checkReturnUri(redirectUri, 'redirectUri');
  checkStorage(storage);
  checkStepUp(input);
  requireTexts(input, ...TEXTS.filter((name) => input[name] !== undefined));
  if (input.identityProvider !== undefined && input.idpIdentifier !== undefined) {
    throw mustBe('OPTION_INVALID', 'idpIdentifier', 'left out if "identityProvider" is given');
  }
  if (
    scopes !== undefined &&
    !(isStringArray(scopes) && scopes.every(isNonEmptyString) && scopes.includes('openid'))
  ) {
    throw mustBe('OPTION_INVALID', 'scopes', 'a list of scopes with "openid", which brings the ID token');
  }
  if (typeof lifetimeSeconds !== 'number' || !(lifetimeSeconds >= 1 && lifetimeSeconds <= 86_400)) {
    throw mustBe('OPTION_INVALID', 'lifetimeSeconds', 'a number from 1 to 86400');
  }
}
