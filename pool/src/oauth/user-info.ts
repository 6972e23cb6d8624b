/** GET and POST /oauth2/userInfo: the attributes that the scopes of an access token show (OpenID Connect Core section 5.3). */
import { type Bearer, bearerOf } from '../domain/access-tokens.ts';
import { clientOf } from '../domain/admission.ts';
import { isReadableBy } from '../domain/attributes.ts';
import { isReadableWith } from '../domain/scopes.ts';
import { ServiceException } from '../domain/service-exception.ts';
import type { Visit } from '../http/route.ts';
import { type Pool, poolForRequest } from '../service/pool.ts';
import { poolOfToken } from '../service/service.ts';
import { answerClient } from './client-replies.ts';
import { OAuthError, type OAuthErrorCode } from './oauth-error.ts';

/** RFC 6750 section 2.1 */
const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i;

/** Documented: both descriptions. */
const BAD_REQUEST = 'Bad OAuth2 request at UserInfo Endpoint';
const DEAD_TOKEN = 'Access token is expired, disabled, or deleted, or the user has globally signed out.';

export function userInfo({ service, request, notes }: Visit): Promise<Response> {
  return answerClient(
    service,
    notes,
    async () => {
      const [, token] = BEARER.exec(request.headers.get('authorization') ?? '') ?? [];
      if (token === undefined) {
        const reason = 'The Authorization header does not have a bearer token';
        throw new OAuthError('invalid_request', { description: BAD_REQUEST, reason });
      }
      const state = poolOfToken(service, token);
      if (!state) throw invalidToken(DEAD_TOKEN, 'The token is not of a pool of this service');
      notes.about(state);
      const pool = poolForRequest(state, service, new URL(request.url).origin);
      const { user, clientId, scopes } = await openIdBearer(pool, token);
      notes.about(state, user.username);
      const [isReadable, isGranted] = [isReadableBy(clientOf(pool, clientId)), isReadableWith(scopes)];
      const attributes = Object.entries(user.attributes).filter(
        ([name]) => isReadable(name) && isGranted(name),
      );
      // Documented: email_verified and phone_number_verified are texts here, as the attributes are
      return { body: { sub: user.sub, ...Object.fromEntries(attributes), username: user.username } };
    },
    ({ code, description }) => ({
      status: STATUS[code] ?? 400,
      headers: { 'WWW-Authenticate': `Bearer error="${code}", error_description="${description}"` },
    }),
  );
}

const STATUS: { readonly [Code in OAuthErrorCode]?: number } = { invalid_token: 401 };

const invalidToken = (description: string, reason: string): OAuthError =>
  new OAuthError('invalid_token', { description, reason });

async function openIdBearer(pool: Pool, token: string): Promise<Bearer> {
  try {
    return await bearerOf(pool, token, 'openid');
  } catch (error) {
    if (!(error instanceof ServiceException)) throw error;
    const { text = '' } = error;
    // Captured: the text for a token of the API, which does not have the scope. Its status is reported.
    if (text === 'Access Token does not have required scopes') {
      throw invalidToken('Access token does not contain openid scope', text);
    }
    throw invalidToken(DEAD_TOKEN, text);
  }
}
