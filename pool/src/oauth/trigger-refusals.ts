/** What a client hears if a trigger refuses: an OAuth error with the trigger's text. */
import { ServiceException } from '../domain/service-exception.ts';
import { OAuthError, type OAuthErrorCode, type RedirectTarget } from './oauth-error.ts';

/**
 * @param error what was thrown while tokens were issued
 * @param code Reported, not documented: `invalid_grant` at /oauth2/token, and `invalid_request` in a redirect
 * @returns the error as it is if it is not a refusal that a client can hear of, such as that of a full disk
 */
export function asOAuthRefusal(error: unknown, code: OAuthErrorCode, target?: RedirectTarget): unknown {
  if (!(error instanceof ServiceException) || error.name === 'InternalErrorException') return error;
  return new OAuthError(code, { description: error.text, reason: error.name, target });
}
