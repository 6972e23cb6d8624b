/** Completes a sign-in that comes back from the login page: checks the callback, and exchanges its code for tokens. */
import {
  authorizationCodeGrantRequest,
  getValidatedIdTokenClaims,
  processAuthorizationCodeResponse,
  skipAuthTimeCheck,
  type TokenEndpointResponse,
  validateApplicationLevelSignature,
  validateAuthResponse,
} from 'oauth4webapi';
import { type Claims, decodeClaims } from '../cognito/claims.ts';
import type { CallOptions } from '../cognito/client/call-options.ts';
import type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
import type { SignedIn } from '../cognito/sign-in/step.ts';
import { checkStorage, type KeyValueStorage } from '../cognito/tokens/key-value-storage.ts';
import { isNonEmptyString } from '../cognito/values.ts';
import { mustBe, ProtocolError } from '../errors.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { explained } from './oauth-failures.ts';
import { type OAuthServer, oauthServer, requireWebCrypto } from './oauth-server.ts';
import { createPendingRedirects, type PendingRedirect } from './pending-redirects.ts';
import { parseUrl, type RedirectDomain } from './redirect-domain.ts';
import { clientAt, serviceTimeOf } from './service-clock.ts';
import { tokensOf } from './token-reply.ts';

/** What {@link completeRedirectSignIn} takes beside the pool. */
export interface CompleteRedirectInput extends RedirectDomain {
  /** The address that the browser came back to, with its query: `window.location.href`, or a server's `request.url`. */
  readonly url: string | URL;
  /** The storage that {@link beginRedirectSignIn} was given. */
  readonly storage: KeyValueStorage;
}

/** A sign-in by redirect. It is a step like that of `signIn`, so `store.save` and `session.begin` take it. */
export interface RedirectedSignIn extends SignedIn {
  /** What {@link beginRedirectSignIn} was given. */
  readonly returnTo?: string;
  /** The claims of the ID token, which has been verified. */
  readonly claims: Claims;
}

/**
 * Whether an address is one that the login page has sent the browser back to. It says nothing about who made it.
 *
 * @param url the address of the page, with its query
 * @returns whether it has a `state`, and a code or an error
 * @example
 * ```ts
 * import { isRedirectCallback } from 'cognito-srp-engine/redirect';
 *
 * console.log(isRedirectCallback('https://shop.example.com/callback?code=…&state=…')); // true
 * ```
 */
export function isRedirectCallback(url: string | URL): boolean {
  const query = parseUrl(String(url))?.searchParams;
  return !!query?.has('state') && (query.has('code') || query.has('error'));
}

/**
 * Completes a sign-in by redirect. The `state` has to be one that was begun with this storage, which is then removed, so an address
 * counts once. The code is exchanged with the PKCE verifier, and the ID token is verified: RS256 signature, `iss`, `aud`, `exp`, `nonce`,
 * and `auth_time` if the sign-in was begun with `maxAgeSeconds`. Times are compared with the service's clock.
 *
 * @param pool the user pool and its app client
 * @param input the address that the browser came back to, the domain, and the storage
 * @param options how requests are sent. Nothing is repeated, because a code counts once. `transport` is not used.
 * @returns the sign-in
 * @throws ProtocolError REDIRECT_UNEXPECTED if no sign-in with this `state` was begun with this storage, or it was completed before, or
 *   is too old; TOKEN_INVALID if the ID token is not right; REPLY_MALFORMED if there is none, because the scope `openid` is missing; KEYS_INVALID,
 *   NETWORK_FAILED, TIMED_OUT, BODY_NOT_JSON or BODY_TOO_LARGE
 * @throws ServiceError SIGN_IN_DENIED, LOGIN_REQUIRED, AUTHORIZATION_CODE_REFUSED, SECRET_HASH_REFUSED, FLOW_NOT_ENABLED,
 *   PARAMETER_REFUSED, TRIGGER_REFUSED, TRIGGER_FAILED, INTERNAL_ERROR, THROTTLED or REFUSED. Its `name` is the error code of OAuth,
 *   and its `message` is the description.
 * @throws ArgumentError as {@link beginRedirectSignIn}. The sign-in can be completed later then.
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html
 * @example
 * ```ts
 * import { createUserStore, type UserPoolClient } from 'cognito-srp-engine';
 * import { completeRedirectSignIn, isRedirectCallback } from 'cognito-srp-engine/redirect';
 *
 * declare const pool: UserPoolClient;
 *
 * if (isRedirectCallback(window.location.href)) {
 *   const step = await completeRedirectSignIn(pool, {
 *     url: window.location.href,
 *     domain: 'https://shop.auth.eu-west-1.amazoncognito.com',
 *     storage: window.sessionStorage,
 *   });
 *   await createUserStore(window.localStorage, pool).save(step);
 *   window.history.replaceState(null, '', step.returnTo ?? '/');
 * }
 * ```
 */
export async function completeRedirectSignIn(
  pool: UserPoolClient,
  input: CompleteRedirectInput,
  options: CallOptions = {},
): Promise<RedirectedSignIn> {
  const oauth = oauthServer(pool, input, options);
  requireWebCrypto();
  checkStorage(input.storage);
  const url = parseUrl(String(input.url));
  if (!url) throw mustBe('OPTION_INVALID', 'url', 'the absolute URL that the browser came back to');
  const [state, ...others] = url.searchParams.getAll('state');
  const known = state === undefined || others.length > 0 ? undefined : state;
  const pending = known && (await createPendingRedirects(input.storage, pool.clientId).take(known));
  if (!pending) throw unexpected('No sign-in with this "state" was begun here, or it was completed before');
  if (pending.expiresAt <= oauth.now()) throw unexpected('The sign-in took longer than it is kept');
  const exchanged = await exchangeCode(oauth, url.searchParams, known ?? '', pending);
  return signedIn(oauth, exchanged, pending);
}

const unexpected = (message: string): ProtocolError =>
  new ProtocolError('REDIRECT_UNEXPECTED', message, { field: 'state', recovery: 'start-again' });

interface ExchangedCode {
  readonly reply: TokenEndpointResponse;
  /** When it came, by the service's clock. */
  readonly serviceNow: number;
}

async function exchangeCode(
  { server, client, auth, request, now }: OAuthServer,
  query: URLSearchParams,
  state: string,
  { nonce, verifier, redirectUri, maxAgeSeconds }: PendingRedirect,
): Promise<ExchangedCode> {
  const checked = await explained('authorize', () => validateAuthResponse(server, client, query, state));
  return request('start-again', async (http) => {
    const response = await explained('authorization_code', () =>
      authorizationCodeGrantRequest(server, client, auth, checked, redirectUri, verifier, http),
    );
    const serviceNow = await serviceTimeOf(response, now());
    const reply = await explained('authorization_code', () =>
      processAuthorizationCodeResponse(server, clientAt(client, serviceNow), response, {
        expectedNonce: nonce,
        maxAge: maxAgeSeconds ?? skipAuthTimeCheck,
      }),
    );
    await explained('jwks', () => validateApplicationLevelSignature(server, response, http));
    return { reply, serviceNow };
  });
}

function signedIn(
  { now }: OAuthServer,
  { reply, serviceNow }: ExchangedCode,
  { returnTo }: PendingRedirect,
): RedirectedSignIn {
  const claims = getValidatedIdTokenClaims(reply) ?? {};
  const { sub, 'cognito:username': username } = claims as Claims;
  const access = decodeClaims(reply.access_token);
  // The access token is not verified here. It has to be of the same user as the ID token, which is
  if (!isNonEmptyString(username) || access?.['sub'] !== sub || access?.['username'] !== username) {
    throw new ProtocolError('TOKEN_INVALID', 'The access token is not of the user of the ID token');
  }
  return omitUndefined({
    status: 'signed-in' as const,
    username,
    tokens: tokensOf(reply, { now: now(), serviceNow }),
    returnTo,
    claims: claims as Claims,
  });
}
