/** The addresses of a sign-in by redirect: the user pool's domain, and where a browser is sent back to. */
import { mustBe } from '../errors.ts';
import { requireObject } from '../required-input.ts';

/** Where the user pool signs users in by redirect. */
export interface RedirectDomain {
  /**
   * The domain of the user pool: `https://shop.auth.eu-west-1.amazoncognito.com`, or one of your own. A local pool has its endpoint in
   * place of it.
   */
  readonly domain: string;
  /**
   * The claim `iss` that ID tokens must have. The default is the service's, even if the pool has an `endpoint`:
   * `https://cognito-idp.{region}.amazonaws.com/{userPoolId}`.
   */
  readonly issuer?: string | undefined;
}

/**
 * The checked domain without a slash at its end.
 *
 * @throws ArgumentError ENDPOINT_INVALID or ENDPOINT_INSECURE
 */
export function domainOf(input: RedirectDomain): string {
  const { domain } = requireObject(input, 'input');
  const url = typeof domain === 'string' ? parseUrl(domain) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw mustBe(
      'ENDPOINT_INVALID',
      'domain',
      'a URL such as "https://shop.auth.eu-west-1.amazoncognito.com"',
    );
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw mustBe('ENDPOINT_INSECURE', 'domain', 'https; plain http is for localhost, 127.0.0.1 and [::1]');
  }
  return url.href.replace(/\/+$/, '');
}

/**
 * @param field the caller's name for an address that the service sends a browser to
 * @throws ArgumentError OPTION_INVALID or ENDPOINT_INSECURE
 */
export function checkReturnUri(value: unknown, field: string): void {
  const url = typeof value === 'string' ? parseUrl(value) : undefined;
  if (!url || String(value).includes('#')) {
    throw mustBe('OPTION_INVALID', field, 'an absolute URL without a fragment, as the app client has it');
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw mustBe('ENDPOINT_INSECURE', field, 'https, or a scheme of an app; plain http is for localhost');
  }
}

export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** RFC 6761 §6.3 for the names, RFC 1122 §3.2.1.3 and RFC 4291 §2.5.3 for the addresses. */
export const isLoopback = ({ hostname }: URL): boolean =>
  /^(localhost|[\w-]+\.localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(hostname);
