/** Answers an authorization request once the user has signed in: with a code, or with the tokens of the implicit flow. */
import { levelOf } from '../domain/authentication-levels.ts';
import type { OAuthGrant } from '../domain/grants.ts';
import { issueTokens } from '../domain/issue.ts';
import { endSurplusSessions } from '../domain/session-limit.ts';
import type { User } from '../domain/user.ts';
import type { Pool } from '../service/pool.ts';
import { answerTo, redirectTo } from './authorization-replies.ts';
import type { AuthorizationRequest } from './authorization-request.ts';
import type { BrowserVisit } from './authorization-visit.ts';
import { endLogin, userOfLogin } from './browser-login.ts';
import type { LoginSession } from './login-sessions.ts';
import { OAuthError } from './oauth-error.ts';
import { sessionCookie, sessionIdOf } from './session-cookie.ts';
import { asOAuthRefusal } from './trigger-refusals.ts';

/**
 * Redirects to the client with the answer, and gives the browser the cookie of the session. Another session that the browser had
 * ends.
 *
 * @param login a session that was found by its cookie, or one that `openLogin` has just opened
 * @throws OAuthError with a target, which `withAuthorizationRequest` redirects to the client
 */
export async function completeAuthorization(
  { service, pool, request, notes }: BrowserVisit,
  authorization: AuthorizationRequest,
  login: LoginSession,
): Promise<Response> {
  const user = userOfLogin(pool, login);
  if (!user) {
    const reason = 'The user was removed or disabled meanwhile';
    throw new OAuthError('access_denied', { target: authorization, reason });
  }
  notes.about(pool, user.username);
  if (levelOf(login.methods) < authorization.targetLevel) {
    const reason = 'The sign-in did not reach the level of acr_values';
    throw new OAuthError('unmet_authentication_requirements', { target: authorization, reason });
  }
  const location =
    authorization.responseType === 'code'
      ? codeAnswer(pool, authorization, login)
      : await tokenAnswer(pool, authorization, login, user);
  if (sessionIdOf(pool, request) !== login.id) endLogin(pool, request);
  return redirectTo(service, location, sessionCookie(pool, request, login));
}

/** Documented: a user of an external provider gets a nonce even if the client sent none. Its form is not known. */
const grantOf = (
  { random }: Pool,
  { scopes, nonce, resource }: AuthorizationRequest,
  { identityProvider }: LoginSession,
): OAuthGrant => ({
  scopes,
  nonce: nonce ?? (identityProvider === undefined ? undefined : random.uuid()),
  resource,
});

/** Tokens have a level if the sign-in or this request has asked for one. */
const withLevel = (login: LoginSession, { targetLevel }: AuthorizationRequest): LoginSession => ({
  ...login,
  hasLevel: login.hasLevel || targetLevel > 0,
});

function codeAnswer(pool: Pool, authorization: AuthorizationRequest, login: LoginSession): string {
  const { client, redirectUri, namesRedirectUri, codeChallenge } = authorization;
  // The cookie's value is not needed to exchange the code
  const { id: _, ...signedIn } = withLevel(login, authorization);
  const code = pool.authorizationCodes.issue({
    clientId: client.ClientId,
    redirectUri,
    namesRedirectUri,
    codeChallenge,
    oauth: grantOf(pool, authorization, login),
    login: signedIn,
  });
  return answerTo(authorization, { code });
}

/** The implicit flow gives no refresh token (RFC 6749 section 4.2). */
async function tokenAnswer(
  pool: Pool,
  authorization: AuthorizationRequest,
  login: LoginSession,
  user: User,
): Promise<string> {
  const time = pool.now();
  endSurplusSessions(pool, user, time);
  const signIn = { ...withLevel(login, authorization), oauth: grantOf(pool, authorization, login) };
  const { grant } = pool.grants.open(user, authorization.client, signIn, time);
  try {
    const { AccessToken, IdToken, ExpiresIn, TokenType } = await issueTokens(pool, {
      user,
      grant,
      time,
      source: 'TokenGeneration_HostedAuth',
      clientMetadata: undefined,
    });
    return answerTo(authorization, {
      id_token: IdToken,
      access_token: AccessToken,
      expires_in: String(ExpiresIn),
      token_type: TokenType,
    });
  } catch (error) {
    throw asOAuthRefusal(error, 'invalid_request', authorization);
  }
}
