/** Reads and writes the cookies of the pool (RFC 6265). */

/** @returns the value, or undefined if the request does not have the cookie */
export function readCookie(request: Request, name: string): string | undefined {
  const start = `${name}=`;
  const cookies = (request.headers.get('cookie') ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(start))?.slice(start.length);
}

export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  /** How long the browser keeps it, in seconds. 0 removes it. Undefined: until the browser ends. */
  readonly maxAge?: number;
}

/**
 * Makes a Set-Cookie header. No script reads the cookie. `Lax` sends it with a link or a redirect of another site, and not with a form
 * or a script of one. `Secure` would keep it from a pool without TLS, except on localhost.
 */
export function writeCookie(request: Request, { name, value, path, maxAge }: Cookie): string {
  const lifetime = maxAge === undefined ? '' : `; Max-Age=${maxAge}`;
  const secure = new URL(request.url).protocol === 'https:' ? '; Secure' : '';
  return `${name}=${value}; Path=${path}${lifetime}; HttpOnly; SameSite=Lax${secure}`;
}
