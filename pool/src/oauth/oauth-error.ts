/** The refusals of the OAuth endpoints: the codes that the RFCs name, and where a refusal is delivered. */
import { ServiceException } from '../domain/service-exception.ts';

/**
 * The codes. All are of RFC 6749 sections 4.1.2.1 and 5.2, except for those of OpenID Connect Core section 3.1.2.6
 * (`login_required`), RFC 6750 (`invalid_token`), RFC 7009 (`unsupported_token_type`), RFC 8707 (`invalid_target`), the OpenID
 * Foundation's `unmet_authentication_requirements`, and `redirect_mismatch`, which the service shows on its page /error.
 */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'access_denied'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'login_required'
  | 'unmet_authentication_requirements'
  | 'invalid_target'
  | 'invalid_token'
  | 'unsupported_token_type'
  | 'redirect_mismatch';

/** Where the answer to an authorization request goes. */
export interface RedirectTarget {
  /** A callback URL of the client, which was checked. */
  readonly redirectUri: string;
  /** The answer to `code` stands in the query, that to `token` in the fragment (RFC 6749 section 4.2.2). */
  readonly responseType: 'code' | 'token';
  /** What the client sent. It comes back unchanged. */
  readonly state: string | undefined;
}

export interface OAuthErrorDetails {
  /** The `error_description`. It must not repeat what the request said. */
  readonly description?: string | undefined;
  /** Why, for the log of the pool. It is never sent. */
  readonly reason?: string | undefined;
  /** Where the refusal is sent. Without it, it is shown to the user, or is the reply to the client. */
  readonly target?: RedirectTarget | undefined;
}

/** A refusal of an OAuth endpoint. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly code: OAuthErrorCode;
  readonly description: string | undefined;
  readonly reason: string | undefined;
  readonly target: RedirectTarget | undefined;

  constructor(code: OAuthErrorCode, { description, reason, target }: OAuthErrorDetails = {}) {
    super(description ?? code);
    this.code = code;
    this.description = description;
    this.reason = reason;
    this.target = target;
  }
}

/**
 * Makes an OAuth error of what an operation would refuse, such as the refusal of a trigger.
 *
 * @param error what was thrown
 * @param code Reported, not documented: `invalid_grant` at /oauth2/token, and `invalid_request` in a redirect
 * @returns the error as it is if it is not a refusal that a client can hear of, such as that of a full disk
 */
export function asOAuthRefusal(error: unknown, code: OAuthErrorCode, target?: RedirectTarget): unknown {
  if (!(error instanceof ServiceException) || error.name === 'InternalErrorException') return error;
  return new OAuthError(code, {
    description: error.text ?? error.name,
    reason: error.reason ?? error.name,
    target,
  });
}
