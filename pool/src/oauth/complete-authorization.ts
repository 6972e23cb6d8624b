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
import { endLogin, openLogin, signInThrough, userOfLogin } from './browser-login.ts';
import type { BrowserSignIn, LoginSession } from './login-sessions.ts';
import { asOAuthRefusal, OAuthError } from './oauth-error.ts';
import { sessionCookie, sessionIdOf } from './session-cookie.ts';

/**
 * Redirects to the client with the answer, and gives the browser the cookie of the session. Another session that the browser had
 * ends.
 *
 * @param login a session that was found by its cookie, or that of `completeSignIn`
 * @throws OAuthError with a target, which `withAuthorizationRequest` redirects to the client
 */
export async function completeAuthorization(
  { service, pool, request, notes }: BrowserVisit,
  authorization: AuthorizationRequest,
  login: LoginSession,
): Promise<Response> {
  const user = signedInUser(pool, authorization, login);
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

/**
 * Opens a session for a user who has just signed in, and redirects to the client. If that is refused the session ends, because the
 * browser does not get its cookie.
 *
 * @throws OAuthError as `completeAuthorization`
 */
export async function completeSignIn(
  visit: BrowserVisit,
  authorization: AuthorizationRequest,
  user: User,
  signIn: BrowserSignIn,
): Promise<Response> {
  const { pool } = visit;
  const login = openLogin(pool, authorization.client, user, signIn);
  try {
    return await completeAuthorization(visit, authorization, login);
  } catch (error) {
    pool.loginSessions.close(login.id);
    throw error;
  }
}

/** @throws OAuthError access_denied */
function signedInUser(pool: Pool, authorization: AuthorizationRequest, login: LoginSession): User {
  const user = userOfLogin(pool, login);
  if (user) return user;
  const reason = 'The user was removed or disabled meanwhile, or needs a new password';
  throw new OAuthError('access_denied', { target: authorization, reason });
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
  const oauth = grantOf(pool, authorization, login);
  const signIn = signInThrough(pool, withLevel(login, authorization), oauth);
  const { grant } = pool.grants.open(user, authorization.client, signIn, time);
  try {
    const { AccessToken, IdToken, ExpiresIn, TokenType } = await issueTokens(pool, {
      user,
      grant,
      time,
      source: 'TokenGeneration_HostedAuth',
      clientMetadata: undefined,
      lookAgain: () => void signedInUser(pool, authorization, login),
    });
    endSurplusSessions(pool, user, grant, time);
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
