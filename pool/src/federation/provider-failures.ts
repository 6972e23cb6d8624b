/** Words what goes wrong between the pool and an identity provider, as the service does where that is known. */
import * as oauth from 'oauth4webapi';
import { FederationError, type FederationErrorCode } from './federation-error.ts';
import type { Provider } from './provider.ts';

/** What the pool was doing. */
export type Call = 'discovery' | 'token' | 'jwks' | 'userInfo';

/** The first two are documented. */
const TIMEOUTS: Readonly<Record<Call, string>> = {
  token: 'Timeout occurred in calling IdP token endpoint',
  jwks: 'Timeout in calling jwks uri',
  userInfo: 'Read timed out',
  discovery: 'Read timed out',
};

/** What the provider answers in place of a code: RFC 6749 section 4.1.2.1. Another code becomes `invalid_request`. */
const PASSED_ON: readonly FederationErrorCode[] = [
  'access_denied',
  'server_error',
  'temporarily_unavailable',
];

/** The codes that the log names: besides those, what is in `error` may be anything. OpenID Connect Core 1.0 section 3.1.2.6 has the last four. */
const NAMED: readonly string[] = [
  ...PASSED_ON,
  'invalid_request',
  'unauthorized_client',
  'unsupported_response_type',
  'invalid_scope',
  'interaction_required',
  'login_required',
  'account_selection_required',
  'consent_required',
];

export function describeFailure(provider: Provider, call: Call, error: unknown): FederationError {
  if (error instanceof FederationError) return error;
  const { name } = provider;
  if (error instanceof oauth.AuthorizationResponseError) {
    const code = PASSED_ON.find((each) => each === error.error) ?? 'invalid_request';
    const reason = `The provider refused with ${NAMED.find((each) => each === error.error) ?? 'another error'}`;
    return new FederationError(error.error_description ?? `${name} Error - ${error.error}`, code, reason);
  }
  if (error instanceof oauth.ResponseBodyError)
    return statusFailure(provider, call, error.status, error.error);
  if (error instanceof oauth.WWWAuthenticateChallengeError)
    return statusFailure(provider, call, error.status);
  if (error instanceof oauth.OperationProcessingError) return processingFailure(provider, call, error);
  if (isTimeout(error)) return new FederationError(TIMEOUTS[call]);
  if (error instanceof oauth.UnsupportedOperationError) {
    return new FederationError(
      `${name} Error - the answer is not supported`,
      'invalid_request',
      error.message,
    );
  }
  // Documented. The service does not tell apart why a connection failed
  return new FederationError('Connection reset', 'invalid_request', reasonOf(error));
}

/** Documented: `<IdP> Error - <status> error getting token`, and for Google `Google Error - <status> <code>`. */
function statusFailure({ name, type }: Provider, call: Call, status: number, code?: string): FederationError {
  const what = type === 'Google' && code !== undefined ? code : `error getting ${SOUGHT[call]}`;
  return new FederationError(`${name} Error - ${status} ${what}`, 'invalid_request', code);
}

const SOUGHT: Readonly<Record<Call, string>> = {
  discovery: 'configuration',
  token: 'token',
  jwks: 'keys',
  userInfo: 'user info',
};

/** Reported: the text for a wrong issuer. The other texts of a wrong ID token are not known. */
function processingFailure(
  provider: Provider,
  call: Call,
  error: oauth.OperationProcessingError,
): FederationError {
  const cause: { readonly claim?: unknown; readonly claims?: Readonly<Record<string, unknown>> } = Object(
    error.cause,
  );
  if (error.cause instanceof Response) return statusFailure(provider, call, error.cause.status);
  if (cause.claim === 'iss')
    return new FederationError(`Bad id_token issuer ${String(cause.claims?.['iss'])}`);
  if (typeof cause.claim === 'string') return new FederationError(`Bad id_token ${cause.claim}`);
  if (call === 'jwks') return new FederationError('Bad id_token signature', 'invalid_request', error.message);
  return new FederationError(
    `${provider.name} Error - error getting ${SOUGHT[call]}`,
    'invalid_request',
    error.message,
  );
}

/** `AbortSignal.timeout` has this name. */
const isTimeout = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'name' in error && error.name === 'TimeoutError';

function reasonOf(error: unknown): string {
  const { message, cause } = Object(error) as { readonly message?: unknown; readonly cause?: unknown };
  const { code } = Object(cause) as { readonly code?: unknown };
  return String(code ?? message);
}
