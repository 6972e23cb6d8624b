/** Which URLs a browser may be sent to, and an access token may be for. */
import { LOOPBACK_HOSTS } from '../http/hosts.ts';

/** What they name is run or read by the browser itself, with the rights of the page that leads there, and is no app. */
const BROWSER_SCHEMES: readonly string[] = [
  'javascript:',
  'data:',
  'vbscript:',
  'file:',
  'blob:',
  'filesystem:',
  'about:',
  'view-source:',
];

/** Whether a URL leads to a site or to an app, and not to something that the browser itself runs or reads. */
export const leadsToApp = (url: URL): boolean => !BROWSER_SCHEMES.includes(url.protocol);

/** The rule in words, after "must be". */
export const REDIRECT_URI_RULE =
  'an https URL, an http URL of localhost or one of an app, without a fragment';

/**
 * Says what is wrong with a URL that a browser is to be sent to. Documented: it is absolute and has no fragment, and it is `https`,
 * `http` on this machine, or has a scheme of an app, such as `myapp://callback`. Whether AWS refuses the schemes of the browser and a
 * URL with a password is not known. RFC 9700 section 4.1 is against URLs that different programs read differently.
 *
 * @returns what follows the URL in a sentence, or undefined if nothing is wrong. AWS's texts are not known.
 */
export function problemOfRedirectUri(url: string): string | undefined {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  // A browser reads "https:app.example" as "https://app.example", and other programs as a path
  if (!parsed || (/^https?:/i.test(url) && !/^https?:\/\/[^/\\]/i.test(url))) return 'is not an absolute URL';
  if (url.includes('#')) return 'contains a fragment';
  if (!leadsToApp(parsed)) return `cannot use the scheme ${parsed.protocol.slice(0, -1)}`;
  if (parsed.username !== '' || parsed.password !== '') return 'contains a user or a password';
  if (parsed.protocol === 'http:' && !LOOPBACK_HOSTS.includes(parsed.hostname)) {
    return 'cannot use the HTTP protocol';
  }
  return undefined;
}
