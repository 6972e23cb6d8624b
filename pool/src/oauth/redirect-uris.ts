/** Which URLs an app client may have as CallbackURLs and LogoutURLs. */

/** The hosts that may be reached without TLS, on any port. */
const LOCAL_HOSTS = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Says what is wrong with a URL that a browser is to be sent to. Documented: it is absolute and has no fragment, and it is `https`,
 * `http` on this machine, or has a scheme of an app, such as `myapp://callback`.
 *
 * @returns what follows the URL in a sentence, or undefined if nothing is wrong. AWS's texts are not known.
 */
export function problemOfRedirectUri(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed) return 'is not an absolute URL';
  if (url.includes('#')) return 'contains a fragment';
  if (parsed.protocol === 'http:' && !LOCAL_HOSTS.includes(parsed.hostname)) {
    return 'cannot use the HTTP protocol';
  }
  return undefined;
}
