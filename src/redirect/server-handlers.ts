/** The three requests of a sign-in by redirect that a server answers: sign-in, callback and sign-out. */
import { type CallOptions, checkCallOptions } from '../cognito/client/call-options.ts';
import type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { isAcrList, isMaxAge } from '../cognito/sign-in/step-up.ts';
import { revokeToken } from '../cognito/tokens/token-operations.ts';
import { createUserStore } from '../cognito/tokens/user-store.ts';
import { type CookieStorageOptions, cookieStorage } from '../cookies/cookie-storage.ts';
import { type FetchCookies, fetchCookies } from '../cookies/request-cookies.ts';
import { mustBe, ProtocolError, ServiceError } from '../errors.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { requireObject } from '../required-input.ts';
import { type BeginRedirectInput, beginRedirectSignIn } from './begin.ts';
import { completeRedirectSignIn, type RedirectedSignIn } from './complete.ts';
import { checkReturnUri, domainOf, isLoopback, type RedirectDomain } from './redirect-domain.ts';
import { ownPath } from './return-path.ts';
import { redirectSignOutUrl } from './sign-out-url.ts';

/** What {@link createRedirectHandlers} takes beside the pool. */
export interface RedirectHandlersInput
  extends RedirectDomain,
    Pick<BeginRedirectInput, 'scopes' | 'resource'> {
  /**
   * The address of the callback, as the app client and the browser have it: `https://shop.example.com/auth/callback`. Its origin is
   * that of the application, whatever the header `Host` says.
   */
  readonly redirectUri: string;
  /** Where the login page sends the browser after a sign-out: one of the app client's LogoutURLs. */
  readonly logoutUri: string;
  /** The path that a user gets who wanted no other one. Default `/`. */
  readonly signedInPath?: string | undefined;
  /** The path that a sign-in which fails leads to, with the error's code in the query: `?error=SIGN_IN_DENIED`. Default `/`. */
  readonly failedPath?: string | undefined;
  /** The attributes of the cookies with the tokens. `secure` is false by default if `redirectUri` is plain http on this machine. */
  readonly cookies?: CookieStorageOptions | undefined;
  /** Is told of each sign-in that fails, and of each sign-out that could not revoke the refresh token, for the log of the server. */
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** Functions from a `Request` to its `Response`. */
export interface RedirectHandlers {
  /**
   * `GET /auth/sign-in`: sends the browser to the login page. It takes from the query: `returnTo`, a path of the application that the
   * user wants to go to; `provider`, an identity provider; `prompt`, `lang` and `login_hint`; `acr_values` and `max_age`, the levels and
   * the age. The browser can change all of it, so a server checks the claims `acr` and `auth_time` before it relies on them.
   */
  readonly signIn: (request: Request) => Promise<Response>;
  /** `GET` of `redirectUri`: stores the tokens in cookies and sends the browser to where the user wanted to go. */
  readonly callback: (request: Request) => Promise<Response>;
  /**
   * `POST /auth/sign-out`: removes the cookies, revokes the refresh token and ends the session of the login page. A request from another
   * site is refused with 403, and another method with 405.
   */
  readonly signOut: (request: Request) => Promise<Response>;
}

/** How long the state of a sign-in is kept, in seconds. */
const PENDING_SECONDS = 600;

/**
 * Creates the handlers of a sign-in by redirect on a server, where the client may have a secret. The tokens are kept in cookies that
 * scripts cannot read, under the names of Amplify's adapter.
 *
 * - Nobody can sign a browser in to an account of theirs: a callback counts only in the browser that began the sign-in, whose state is in
 *   a cookie with the prefix `__Host-`.
 * - A sign-in replaces what the cookies had before, and the tokens come from the service alone, so that no session can be fixed.
 * - `returnTo` is a path of the application, with at most 1024 characters once it is encoded. Anything else leads to `signedInPath`.
 *
 * @param pool the user pool and its app client, with `clientSecret` if it has one
 * @param input the domain, the addresses, and the attributes of the cookies
 * @param options how requests to the service are sent
 * @returns the handlers
 * @throws ArgumentError ENDPOINT_INVALID or ENDPOINT_INSECURE for the domain, OPTION_INVALID for another member, or another code if
 *   the pool or an option cannot be right
 * @example
 * ```ts
 * import type { UserPoolClient } from 'cognito-srp-engine';
 * import { createRedirectHandlers } from 'cognito-srp-engine/redirect';
 *
 * declare const pool: UserPoolClient;
 *
 * const auth = createRedirectHandlers(pool, {
 *   domain: 'https://shop.auth.eu-west-1.amazoncognito.com',
 *   redirectUri: 'https://shop.example.com/auth/callback',
 *   logoutUri: 'https://shop.example.com/',
 * });
 * const response = await auth.signIn(new Request('https://shop.example.com/auth/sign-in?returnTo=/cart'));
 * console.log(response.status); // 303
 * ```
 */
export function createRedirectHandlers(
  pool: UserPoolClient,
  input: RedirectHandlersInput,
  options: CallOptions = {},
): RedirectHandlers {
  checkCallOptions(options);
  const { redirectUri, domain, issuer, scopes, resource, onError } = requireObject(input, 'input');
  domainOf(input);
  checkReturnUri(redirectUri, 'redirectUri');
  const signOutUrl = redirectSignOutUrl(pool, input);
  const { origin, protocol } = new URL(redirectUri);
  if (!/^https?:$/.test(protocol)) throw mustBe('OPTION_INVALID', 'redirectUri', 'an address of the server');
  const secure = input.cookies?.secure ?? !(protocol === 'http:' && isLoopback(new URL(redirectUri)));
  const signedInPath = requireOwnPath(input.signedInPath, 'signedInPath', origin);
  const failedPath = requireOwnPath(input.failedPath, 'failedPath', origin);

  const storeOf = (jar: FetchCookies) =>
    createUserStore(
      cookieStorage(jar, { ...input.cookies, secure }),
      pool,
      omitUndefined({ now: options.now }),
    );
  const pendingOf = (jar: FetchCookies) =>
    cookieStorage(jar, {
      namePrefix: secure ? '__Host-' : '',
      maxAgeSeconds: PENDING_SECONDS,
      secure,
    });

  async function keep(jar: FetchCookies, step: RedirectedSignIn): Promise<void> {
    const store = storeOf(jar);
    const before = await store.load();
    if (before && before.username !== step.username) await store.signOut(before.username);
    await store.save(step);
  }

  /** @param jar that the failed request has changed so far */
  function failed(jar: FetchCookies, error: unknown): Response {
    onError?.(error);
    const isKnown = error instanceof ServiceError || error instanceof ProtocolError;
    const separator = failedPath.includes('?') ? '&' : '?';
    return jar.addTo(seeOther(`${failedPath}${separator}error=${isKnown ? error.code : 'UNKNOWN'}`));
  }

  return {
    signIn: async (request) => {
      if (request.method !== 'GET') return notAllowed('GET');
      const query = new URL(request.url).searchParams;
      const jar = fetchCookies(request);
      const url = await beginRedirectSignIn(
        pool,
        {
          domain,
          redirectUri,
          scopes,
          resource,
          storage: pendingOf(jar),
          lifetimeSeconds: PENDING_SECONDS,
          returnTo: keptReturnPath(query.get('returnTo'), origin),
          identityProvider: query.get('provider') || undefined,
          prompt: query.get('prompt') || undefined,
          targetAcrValues: levelsIn(query.get('acr_values')),
          maxAgeSeconds: ageIn(query.get('max_age')),
          lang: query.get('lang') || undefined,
          loginHint: query.get('login_hint') || undefined,
        },
        options,
      );
      return jar.addTo(seeOther(url));
    },
    callback: async (request) => {
      if (request.method !== 'GET') return notAllowed('GET');
      const jar = fetchCookies(request);
      try {
        const completion = { domain, issuer, url: request.url, storage: pendingOf(jar) };
        const step = await completeRedirectSignIn(pool, completion, options);
        await keep(jar, step);
        // It is checked again, because the cookie that it was kept in belongs to the browser
        return jar.addTo(seeOther(ownPath(step.returnTo, origin) ?? signedInPath));
      } catch (error) {
        return failed(jar, error);
      }
    },
    signOut: async (request) => {
      if (request.method !== 'POST') return notAllowed('POST');
      if (!isOwnPage(request, origin)) return new Response('Forbidden', { status: 403 });
      const jar = fetchCookies(request);
      const store = storeOf(jar);
      const user = await store.load();
      if (user) {
        await store.signOut(user.username);
        const { refreshToken } = user.tokens;
        // The browser is signed out all the same. Until its end somebody who has the token can use it
        if (refreshToken !== undefined) {
          await revokeToken(pool, { refreshToken }, options).catch((error: unknown) => onError?.(error));
        }
      }
      return jar.addTo(seeOther(signOutUrl));
    },
  };
}

/** @param text the names of levels, separated by blanks. Anybody can make a link with others. */
function levelsIn(text: string | null): readonly string[] | undefined {
  const levels = text?.split(' ');
  return isAcrList(levels) ? levels : undefined;
}

function ageIn(text: string | null): number | undefined {
  const age = /^\d+$/.test(text ?? '') ? Number(text) : undefined;
  return isMaxAge(age) ? age : undefined;
}

/** @throws ArgumentError OPTION_INVALID */
function requireOwnPath(path: string | undefined, field: string, origin: string): string {
  const own = ownPath(path ?? '/', origin);
  if (own === undefined) throw mustBe('OPTION_INVALID', field, 'a path of the application: "/account"');
  return own;
}

/**
 * How long a return path may be in its cookie. Anybody can make a link to the sign-in with a long one, and five of these would fill the
 * header `Cookie`, so that servers refuse whatever the browser asks for (HTTP 431) until the cookies end.
 */
const RETURN_PATH_LIMIT = 1024;

function keptReturnPath(wanted: string | null, origin: string): string | undefined {
  const path = ownPath(wanted, origin);
  return path !== undefined && encodeURIComponent(path).length <= RETURN_PATH_LIMIT ? path : undefined;
}

/**
 * Whether a page of the application sent a request. Browsers send `Origin` with each POST (Fetch §3.1), but as `null` for a form of a page
 * with `Referrer-Policy: no-referrer`. A page without an origin of its own sends `null`, too, and `Sec-Fetch-Site: cross-site`.
 */
function isOwnPage({ headers }: Request, origin: string): boolean {
  const sender = headers.get('origin');
  const isHidden = sender === null || sender === 'null';
  return isHidden ? headers.get('sec-fetch-site') === 'same-origin' : sender === origin;
}

const seeOther = (location: string): Response =>
  new Response(null, { status: 303, headers: { location, 'cache-control': 'no-store' } });

const notAllowed = (allow: string): Response =>
  new Response('Method not allowed', { status: 405, headers: { allow } });
