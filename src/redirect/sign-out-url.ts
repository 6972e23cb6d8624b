/** Where a browser goes to end its session at the login page. */
import { checkPool, type UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { checkReturnUri, domainOf, type RedirectDomain } from './redirect-domain.ts';

/** What {@link redirectSignOutUrl} takes beside the pool. */
export interface RedirectSignOutInput extends Pick<RedirectDomain, 'domain'> {
  /** Where the browser is sent afterwards. It has to be one of the app client's LogoutURLs, character for character. */
  readonly logoutUri: string;
}

/**
 * The address that ends the session of the login page, which would otherwise sign the same user in again without a question. It does
 * not revoke tokens: sign out of the session or call `revokeToken` first. It does not sign out of Google or another provider.
 *
 * @param pool the user pool and its app client
 * @param input the domain, and where the browser is sent afterwards
 * @returns the address, where the browser has to go
 * @throws ArgumentError ENDPOINT_INVALID or ENDPOINT_INSECURE for the domain, OPTION_INVALID for `logoutUri`, or another code if the
 *   pool cannot be right
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html
 * @example
 * ```ts
 * import type { UserPoolClient } from 'cognito-srp-engine';
 * import { redirectSignOutUrl } from 'cognito-srp-engine/redirect';
 * import type { Session } from 'cognito-srp-engine/session';
 *
 * declare const pool: UserPoolClient;
 * declare const session: Session;
 *
 * await session.signOut();
 * const domain = 'https://shop.auth.eu-west-1.amazoncognito.com';
 * window.location.assign(redirectSignOutUrl(pool, { domain, logoutUri: 'https://shop.example.com/' }));
 * ```
 */
export function redirectSignOutUrl(pool: UserPoolClient, input: RedirectSignOutInput): string {
  checkPool(pool);
  const base = domainOf(input);
  checkReturnUri(input.logoutUri, 'logoutUri');
  return `${base}/logout?${new URLSearchParams({ client_id: pool.clientId, logout_uri: input.logoutUri })}`;
}
