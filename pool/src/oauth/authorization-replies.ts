/** Makes the replies of the endpoints that a browser visits: redirects, and the way to the page /error. */
import { baseHeaders } from '../http/replies.ts';
import type { Service } from '../service/service.ts';
import type { OAuthError, RedirectTarget } from './oauth-error.ts';

/**
 * Makes a redirect. It is not kept, and the page that it leads to does not learn the address that it came from, because both have
 * the code.
 *
 * @param setCookie a Set-Cookie header
 */
export function redirectTo(service: Service, location: string, setCookie?: string): Response {
  return new Response(null, {
    status: 302,
    headers: {
      ...baseHeaders(service),
      Location: toHeader(location),
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      ...(setCookie !== undefined && { 'Set-Cookie': setCookie }),
    },
  });
}

/** A URL of a client may have letters that a header cannot have. */
const toHeader = (url: string): string =>
  url.replace(/[^\x21-\x7e]+/g, (text) => new URLSearchParams({ '': text }).toString().slice(1));

/**
 * Adds the members of an answer to a redirect URI, without changing anything that it has (RFC 6749 section 3.1.2). The `state` is
 * added to them.
 */
export function answerTo(
  { redirectUri, responseType, state }: RedirectTarget,
  members: Readonly<Record<string, string | undefined>>,
): string {
  const given = Object.entries({ ...members, state }).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const answer = new URLSearchParams(given).toString();
  if (responseType === 'token') return `${redirectUri}#${answer}`;
  const separator = !redirectUri.includes('?') ? '?' : /[?&]$/.test(redirectUri) ? '' : '&';
  return `${redirectUri}${separator}${answer}`;
}

/** Sends a refusal to the client, or the user to the page /error. */
export function redirectRefusal(service: Service, error: OAuthError, clientId: string | undefined): Response {
  const { code, description, target } = error;
  if (target) return redirectTo(service, answerTo(target, { error_description: description, error: code }));
  const query = new URLSearchParams({
    error: code,
    ...(clientId !== undefined && { client_id: clientId }),
  });
  return redirectTo(service, `/error?${query}`);
}
