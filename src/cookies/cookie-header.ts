/** Reads the header `Cookie` and writes the header `Set-Cookie` (RFC 6265). */

/** The attributes of a cookie. */
export interface CookieAttributes {
  readonly path: string;
  readonly domain?: string;
  /** Seconds. 0 removes the cookie. */
  readonly maxAge: number;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  readonly sameSite: 'lax' | 'strict' | 'none';
}

/** Encodes a text. Half of a surrogate pair has no UTF-8, and `encodeURIComponent` would throw for it. It becomes U+FFFD. */
export const percentEncode = (text: string): string =>
  encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));

/**
 * Encodes a name as `js-cookie` and Amplify's adapter for Next.js do. Both look for `alice%40example.com`, and not for a name with `@`.
 */
export const encodeCookieName = (name: string): string =>
  percentEncode(name)
    .replace(/%(2[346B]|5E|60|7C)/g, decodeURIComponent)
    .replace(/[()]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);

/**
 * Reads a header `Cookie`.
 *
 * @param header with `name=value` pairs
 * @returns encoded name → decoded value. Of two cookies with one name the first counts: its path is the longer one (RFC 6265 §5.4).
 */
export function parseCookies(header: string): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of header.split(';')) {
    const equals = pair.indexOf('=');
    const name = withoutBlanks(pair.slice(0, equals));
    if (equals < 1 || cookies.has(name)) continue;
    cookies.set(name, decodeValue(withoutBlanks(pair.slice(equals + 1))));
  }
  return cookies;
}

/**
 * Takes away the blanks that a browser takes away (RFC 6265 §5.2). `trim` would take away the byte A0 as well. A subdomain may set a
 * cookie named A0`__Host-state`, because a browser sees no prefix there, and here it must not become the cookie that has the prefix.
 */
const withoutBlanks = (text: string): string => /[^ \t](?:[\s\S]*[^ \t])?/.exec(text)?.[0] ?? '';

/** What Amplify's adapter has written itself is not encoded. */
function decodeValue(written: string): string {
  const value = written.replace(/^"(.*)"$/, '$1');
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Writes cookies as a browser sends them. */
export const formatCookies = (cookies: ReadonlyMap<string, string>): string =>
  [...cookies].map(([name, value]) => `${name}=${percentEncode(value)}`).join('; ');

/**
 * Writes one header `Set-Cookie`.
 *
 * @param name encoded
 * @param value not encoded
 */
export function formatSetCookie(name: string, value: string, attributes: CookieAttributes): string {
  const { path, domain, maxAge, httpOnly, secure, sameSite } = attributes;
  return [
    `${name}=${percentEncode(value)}`,
    `Path=${path}`,
    ...(domain === undefined ? [] : [`Domain=${domain}`]),
    `Max-Age=${maxAge}`,
    ...(maxAge === 0 ? ['Expires=Thu, 01 Jan 1970 00:00:00 GMT'] : []),
    ...(httpOnly ? ['HttpOnly'] : []),
    ...(secure ? ['Secure'] : []),
    `SameSite=${sameSite.charAt(0).toUpperCase()}${sameSite.slice(1)}`,
  ].join('; ');
}
