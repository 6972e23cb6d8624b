/** Why a sign-in through an identity provider fails, as the app is told in `error` and `error_description`. */
import { asOAuthRefusal, OAuthError, type RedirectTarget } from '../oauth/oauth-error.ts';

/** The `error` of RFC 6749 section 4.1.2.1. Documented: the service says `invalid_request` for most troubles with a provider. */
export type FederationErrorCode =
  | 'invalid_request'
  | 'access_denied'
  | 'server_error'
  | 'temporarily_unavailable';

export class FederationError extends Error {
  override readonly name = 'FederationError';
  readonly error: FederationErrorCode;
  /** What the app is told. It names no secret and no code. */
  readonly description: string;
  /** What only the log of the pool is told. */
  readonly reason: string | undefined;

  constructor(description: string, error: FederationErrorCode = 'invalid_request', reason?: string) {
    super(description);
    this.error = error;
    this.description = description;
    this.reason = reason;
  }
}

/**
 * Makes the answer to the app of whatever a sign-in threw. Reported: what an operation would refuse, such as an attribute that
 * cannot be updated or the error of a trigger, comes as `invalid_request` with the text of the exception. Captured texts end with a newline,
 * which is left out here, because nobody reads it.
 */
export function asOAuthError(error: unknown, target: RedirectTarget): unknown {
  if (error instanceof FederationError) {
    const { error: code, description, reason } = error;
    return new OAuthError(code, { description, reason, target });
  }
  return asOAuthRefusal(error, 'invalid_request', target);
}
