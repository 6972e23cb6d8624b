/** Where the page goes at the end of a sign-in. */
import { leadsToApp } from '../src/oauth/redirect-uris.ts';

/**
 * @param redirectTo what POST /login has answered: a URL of the app, or the path /error of the pool
 * @param page the address of the page
 * @returns undefined for a URL such as `javascript:`, which would run in this page
 */
export function appAddress(redirectTo: string, page: string): string | undefined {
  const target = URL.canParse(redirectTo, page) ? new URL(redirectTo, page) : undefined;
  return target && leadsToApp(target) ? target.href : undefined;
}
