/** Says whether a request comes from the page of managed login in the browser that has opened it. */
import { RANDOM_TOKEN } from '../domain/base64url.ts';
import { readCookie, writeCookie } from '../http/cookies.ts';

/**
 * The cookie that ties a sign-in to the browser that has opened the page. Another browser can do nothing with a ticket that it
 * was given, or that was taken from this one.
 */
const COOKIE = 'cognito-login';

/** @returns undefined if the request does not have the cookie */
export function browserOf(request: Request): string | undefined {
  const value = readCookie(request, COOKIE);
  return value !== undefined && RANDOM_TOKEN.test(value) ? value : undefined;
}

/**
 * Makes the Set-Cookie header. The cookie ends with the browser's session. It is `Lax`, because the page is reached by a link of
 * another site, and a browser that has it already must keep it for its other tabs.
 *
 * @param value what `randomToken` makes
 */
export const browserCookie = (request: Request, value: string): string =>
  writeCookie(request, { name: COOKIE, value, path: '/login' });

/**
 * Checks a POST of the page, against forged requests (CSRF). A browser sends Origin with every POST, and a page cannot choose it.
 * Sec-Fetch-Site says the same, in browsers that have it. A form of another site cannot have the content type.
 *
 * @returns why the request is refused, or undefined
 */
export function refusalOf(request: Request): string | undefined {
  const { headers } = request;
  if (headers.get('origin') !== new URL(request.url).origin) return 'Origin is not that of the page';
  const site = headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin') return 'Sec-Fetch-Site is not same-origin';
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/json') return 'Content-Type is not application/json';
  if (browserOf(request) === undefined) return `The cookie ${COOKIE} is missing`;
  return undefined;
}
