/** The grant `authorization_code`: exchanges a code for tokens, once (RFC 6749 section 4.1.3, RFC 7636 section 4.6). */
import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64Url } from '../domain/base64url.ts';
import { issueTokens } from '../domain/issue.ts';
import { endSurplusSessions } from '../domain/session-limit.ts';
import type { User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import { checkFlow } from './allowed-flows.ts';
import type { AuthorizedCode } from './authorization-codes.ts';
import { signInThrough } from './browser-login.ts';
import type { AuthenticatedClient } from './client-authentication.ts';
import { asOAuthRefusal, OAuthError } from './oauth-error.ts';
import { parameterOf } from './parameters.ts';
import type { GrantedTokens } from './token.ts';

/**
 * A code that is refused for another reason than its use stays as it is, because the client may have made a mistake that it can
 * mend. Whether the service lets it is not known. Documented, and not done here: the service refuses with invalid_grant if the client
 * may not read an attribute of a granted scope. The pool leaves the attribute out.
 */
export async function exchangeCode(
  { pool, client }: AuthenticatedClient,
  form: URLSearchParams,
): Promise<GrantedTokens> {
  checkFlow(client, 'code');
  const code = parameterOf(form, 'code');
  if (code === undefined) throw new OAuthError('invalid_request', { description: 'code is missing' });
  const redirectUri = parameterOf(form, 'redirect_uri');
  const verifier = parameterOf(form, 'code_verifier');
  const authorized = usableCode(pool, client.ClientId, code);
  checkRedirectUri(authorized, redirectUri);
  checkVerifier(authorized.codeChallenge, verifier);
  const user = userOfCode(pool, authorized);
  const time = pool.now();
  const { oauth, login } = authorized;
  const { grant, token } = pool.grants.open(user, client, signInThrough(pool, login, oauth), time);
  // Before anything is waited for, so that no second request gets tokens
  pool.authorizationCodes.use(code);
  try {
    const issued = await issueTokens(pool, {
      user,
      grant,
      time,
      source: 'TokenGeneration_HostedAuth',
      clientMetadata: undefined,
      lookAgain: () => void userOfCode(pool, authorized),
    });
    pool.authorizationCodes.use(code, grant.eventId);
    endSurplusSessions(pool, user, grant, time);
    return { ...issued, RefreshToken: token, username: user.username };
  } catch (error) {
    throw asOAuthRefusal(error, 'invalid_grant');
  }
}

const invalidGrant = (reason: string): OAuthError => new OAuthError('invalid_grant', { reason });

function usableCode(pool: Pool, clientId: string, code: string): AuthorizedCode {
  const found = pool.authorizationCodes.find(code);
  if (!found) throw invalidGrant('The code was never issued, or has long expired');
  if (found.authorized.clientId !== clientId) throw invalidGrant('The code was issued to another client');
  if (found.used) {
    // RFC 6749 section 4.1.2 says it of the tokens that were issued before. Whether the service does it is not known.
    revokeGrant(pool, found.eventId);
    throw invalidGrant('The code was used before. The tokens that it gave are revoked.');
  }
  if (found.expired) throw invalidGrant('The code has expired');
  return found.authorized;
}

function revokeGrant(pool: Pool, eventId: string | undefined): void {
  const grant = eventId === undefined ? undefined : pool.kept.grants.get(eventId);
  if (grant) pool.grants.revoke(grant);
}

/** Documented, and reported by many: this error. RFC 6749 section 5.2 has `invalid_grant` for it. */
function checkRedirectUri(
  { redirectUri, namesRedirectUri }: AuthorizedCode,
  given: string | undefined,
): void {
  const fits = given === undefined ? !namesRedirectUri : given === redirectUri;
  if (!fits) throw new OAuthError('unauthorized_client', { description: 'invalid_redirect' });
}

/** The form of a verifier (RFC 7636 section 4.1). */
const VERIFIER = /^[\w.~-]{43,128}$/;

/** A verifier without a challenge is refused, so that nobody takes the challenge away on its way (RFC 9700 section 2.1.1). */
function checkVerifier(challenge: string | undefined, verifier: string | undefined): void {
  if (challenge === undefined && verifier === undefined) return;
  if (challenge === undefined) throw invalidGrant('The authorization request had no code_challenge');
  if (verifier === undefined) throw invalidGrant('code_verifier is missing');
  if (!VERIFIER.test(verifier)) throw invalidGrant('code_verifier is not 43 to 128 unreserved characters');
  if (challengeOf(verifier) !== challenge) {
    throw invalidGrant('The SHA-256 of code_verifier is not the code_challenge');
  }
}

/** BASE64URL-ENCODE(SHA256(ASCII(code_verifier))) */
const challengeOf = (verifier: string): string => toBase64Url(sha256(new TextEncoder().encode(verifier)));

function userOfCode(pool: Pool, { login }: AuthorizedCode): User {
  const user = pool.users.find(login.username);
  if (user?.sub !== login.sub || !user.enabled) throw invalidGrant('The user was removed or disabled');
  return user;
}
