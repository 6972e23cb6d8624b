/** Where an application sends a user after the sign-in, who may have been given the address by somebody else. */

/**
 * A path of the application, and never another site.
 *
 * @param wanted as it came in a request
 * @param origin of the application
 * @returns the path with its query and fragment; undefined unless it stays at the origin
 */
export function ownPath(wanted: string | null | undefined, origin: string): string | undefined {
  // `//host` and `/\host` are other sites for a browser, and it takes tabs and line ends away before it looks
  if (!wanted || !/^\/(?![/\\])[\x21-\x7e]*$/.test(wanted) || wanted.includes('\\')) return undefined;
  const url = URL.canParse(wanted, origin) ? new URL(wanted, origin) : undefined;
  // `/..//host` becomes `//host` once it is resolved
  if (url?.origin !== origin || url.pathname.startsWith('//')) return undefined;
  return url.pathname + url.search + url.hash;
}
