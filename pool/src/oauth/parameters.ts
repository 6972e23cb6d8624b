/** Reads the parameters of OAuth requests, from a query or from a form. */
import { SCOPE } from '../domain/scopes.ts';
import { OAuthError } from './oauth-error.ts';

/**
 * Reads one parameter. One without a value counts as left out, as RFC 6749 section 3.1 says.
 *
 * @throws OAuthError invalid_request if it stands twice, which the same section forbids
 */
export function parameterOf(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name);
  if (values.length > 1) {
    throw new OAuthError('invalid_request', { description: `${name} is given more than once` });
  }
  return values[0] === '' ? undefined : values[0];
}

const FORM = 'application/x-www-form-urlencoded';

/**
 * Reads the form that a client posts.
 *
 * @throws OAuthError invalid_request if the body is not a form
 */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const [type = ''] = (request.headers.get('content-type') ?? '').split(';');
  if (type.trim().toLowerCase() !== FORM) {
    throw new OAuthError('invalid_request', { description: `Content-Type must be ${FORM}` });
  }
  return new URLSearchParams(await request.text());
}

/** The values of a list that is separated by spaces, such as `scope` and `prompt`. */
export const wordsOf = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

/**
 * Reads the parameter `scope`.
 *
 * @returns undefined if the request has none
 * @throws OAuthError invalid_scope if it is not a list of scopes
 */
export function scopesIn(parameters: URLSearchParams): readonly string[] | undefined {
  const text = parameterOf(parameters, 'scope');
  const scopes = text === undefined ? undefined : wordsOf(text);
  if (scopes?.length === 0 || scopes?.some((scope) => !SCOPE.test(scope))) {
    throw new OAuthError('invalid_scope', { reason: 'The parameter scope is not a list of scopes' });
  }
  return scopes;
}
