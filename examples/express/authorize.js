/** Lets a request through if its access token is good and permits it. */
import { ProtocolError } from 'cognito-srp-engine/verify';

/**
 * Makes middleware that verifies the access token. What comes after it finds the claims in `request.user`.
 *
 * - 401: there is no token, or it is not good. The client can get a new one, or the user has to sign in.
 * - 403: the token is good, and its user may not do this. A new token would not help.
 * - 503: the pool's keys could not be had, so nobody can tell. The client can try again later.
 *
 * @param {import('cognito-srp-engine/verify').TokenVerifier} verifier
 * @param {{ groups?: readonly string[], scopes?: readonly string[] }} required the user has to be in one of the groups, and the token
 *   has to have one of the scopes
 * @see https://www.rfc-editor.org/rfc/rfc6750#section-3 for the header WWW-Authenticate
 */
export function authorize(verifier, required = {}) {
  return async (request, response, next) => {
    const [, token] = /^Bearer +([^ ]+)$/i.exec(request.get('authorization') ?? '') ?? [];
    if (token === undefined) {
      response.set('WWW-Authenticate', 'Bearer').status(401).json({ error: 'A token is needed' });
      return;
    }
    try {
      request.user = await verifier.verify(token, { use: 'access', ...required });
    } catch (error) {
      refuse(response, error);
      return;
    }
    next();
  };
}

function refuse(response, error) {
  const code = error instanceof ProtocolError ? error.code : undefined;
  if (code === 'TOKEN_INVALID') {
    response.set('WWW-Authenticate', 'Bearer error="invalid_token"').status(401);
    response.json({ error: 'The token is not good' });
  } else if (code === 'TOKEN_INSUFFICIENT') {
    response.set('WWW-Authenticate', 'Bearer error="insufficient_scope"').status(403);
    response.json({ error: 'The user may not do this' });
  } else if (code === 'NETWORK_FAILED' || code === 'KEYS_INVALID') {
    console.error(`Tokens cannot be verified: ${error.message}`);
    response.set('Retry-After', '5').status(503).json({ error: 'Tokens cannot be verified now' });
  } else throw error;
}
