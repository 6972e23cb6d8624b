/** The cookies of a request and its response, as Fetch and as Node's http have them. */
import { mustBe } from '../errors.ts';
import { type CookieAttributes, formatCookies, formatSetCookie, parseCookies } from './cookie-header.ts';
import type { CookieJar } from './cookie-storage.ts';

/** The cookies of a {@link https://developer.mozilla.org/docs/Web/API/Request Request}, and what its response has to set. */
export interface FetchCookies extends CookieJar {
  readonly get: (name: string) => string | undefined;
  /** The headers `Set-Cookie` so far, one for each cookie that has changed. */
  readonly setCookies: () => readonly string[];
  /** The header `Cookie` that the browser would send after the response. Middleware gives it to what answers the request. */
  readonly cookieHeader: () => string;
  /**
   * Adds the headers `Set-Cookie` and `Cache-Control: no-store` to a response, because no cache may keep somebody's cookies.
   *
   * @returns the response, or the same one without changes if no cookie has changed
   */
  readonly addTo: (response: Response) => Response;
}

/**
 * Reads the cookies of a request. What is set is kept until {@link FetchCookies.addTo} puts it into a response.
 *
 * @param request anything that has the header `Cookie`
 * @returns the cookies of this request
 * @throws ArgumentError OPTION_INVALID
 * @example
 * ```ts
 * import { cookieStorage, fetchCookies } from 'cognito-srp-engine/cookies';
 *
 * const jar = fetchCookies(new Request('https://example.com/', { headers: { cookie: 'theme=dark' } }));
 * console.log(cookieStorage(jar).getItem('theme')); // dark
 * ```
 */
export function fetchCookies(request: { readonly headers: Pick<Headers, 'get'> }): FetchCookies {
  if (typeof request?.headers?.get !== 'function') throw mustBe('OPTION_INVALID', 'request', 'a Request');
  const { get, set, cookies, written } = createJar(request.headers.get('cookie') ?? '');
  return {
    get,
    set,
    setCookies: () => [...written.values()],
    cookieHeader: () => formatCookies(cookies),
    addTo: (response) => {
      if (written.size === 0) return response;
      // The headers of what Response.redirect and fetch give cannot be changed
      const copy = new Response(response.body, response);
      for (const header of written.values()) copy.headers.append('set-cookie', header);
      copy.headers.set('cache-control', 'no-store');
      return copy;
    },
  };
}

/** What {@link nodeCookies} needs of an `IncomingMessage`. */
export interface NodeRequest {
  readonly headers: { readonly cookie?: string | undefined };
}

/** What {@link nodeCookies} needs of a `ServerResponse`. */
export interface NodeResponse {
  readonly getHeader: (name: string) => number | string | readonly string[] | undefined;
  readonly setHeader: (name: string, value: string | readonly string[]) => unknown;
}

/**
 * Reads the cookies of a request of Node's http module, or of Express. What is set is in the response's headers at once, so set it
 * before the headers are sent.
 *
 * @param request the `IncomingMessage`
 * @param response the `ServerResponse`
 * @returns the cookies of this request
 * @throws ArgumentError OPTION_INVALID
 * @example
 * ```ts
 * import { createServer } from 'node:http';
 * import { cookieStorage, nodeCookies } from 'cognito-srp-engine/cookies';
 *
 * createServer((request, response) => {
 *   const storage = cookieStorage(nodeCookies(request, response));
 *   void storage.setItem('theme', 'dark');
 *   response.end('Stored');
 * });
 * ```
 */
export function nodeCookies(request: NodeRequest, response: NodeResponse): CookieJar {
  if (typeof request?.headers !== 'object') throw mustBe('OPTION_INVALID', 'request', 'an IncomingMessage');
  if (typeof response?.setHeader !== 'function')
    throw mustBe('OPTION_INVALID', 'response', 'a ServerResponse');
  const { get, set, written } = createJar(request.headers.cookie ?? '');
  return {
    get,
    set: (name, value, attributes) => {
      const before = written.get(name);
      set(name, value, attributes);
      const header = response.getHeader('set-cookie') ?? [];
      const others = (Array.isArray(header) ? header : [String(header)]).filter((each) => each !== before);
      const own = written.get(name);
      response.setHeader('set-cookie', own === undefined ? others : [...others, own]);
      response.setHeader('cache-control', 'no-store');
    },
  };
}

function createJar(header: string) {
  const sent = parseCookies(header);
  const cookies = new Map(sent);
  const written = new Map<string, string>();
  return {
    /** As the browser has them after the response. */
    cookies,
    /** Name → header `Set-Cookie`. */
    written,
    get: (name: string): string | undefined => cookies.get(name),
    set: (name: string, value: string, attributes: CookieAttributes): void => {
      if (attributes.maxAge > 0) cookies.set(name, value);
      else cookies.delete(name);
      // What came and went during one request never reaches the browser
      if (attributes.maxAge === 0 && !sent.has(name)) written.delete(name);
      else written.set(name, formatSetCookie(name, value, attributes));
    },
  };
}
