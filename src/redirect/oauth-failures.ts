/** What OAuth endpoints and oauth4webapi answer with when a sign-in fails, as this package's errors. */
import {
  AUTHORIZATION_RESPONSE_ERROR,
  INVALID_RESPONSE,
  JWT_CLAIM_COMPARISON,
  JWT_TIMESTAMP_CHECK,
  KEY_SELECTION,
  PARSE_ERROR,
  RESPONSE_BODY_ERROR,
  RESPONSE_IS_NOT_CONFORM,
  RESPONSE_IS_NOT_JSON,
  UNSUPPORTED_OPERATION,
} from 'oauth4webapi';
import { isRecord } from '../cognito/values.ts';
import { ProtocolError, type Recovery, ServiceError, type ServiceErrorCode } from '../errors.ts';

/** What was asked for, as the errors name it. */
type OAuthRequest = 'authorize' | 'authorization_code' | 'refresh_token' | 'jwks';

type Meaning = readonly [code: ServiceErrorCode, recovery: Recovery];

/** The error codes of RFC 6749 §4.1.2.1 and §5.2, and of OpenID Connect Core §3.1.2.6. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map<string, Meaning>([
  ['access_denied', ['SIGN_IN_DENIED', 'start-again']],
  ['login_required', ['LOGIN_REQUIRED', 'start-again']],
  ['interaction_required', ['LOGIN_REQUIRED', 'start-again']],
  ['consent_required', ['LOGIN_REQUIRED', 'start-again']],
  ['account_selection_required', ['LOGIN_REQUIRED', 'start-again']],
  // The client was known when the sign-in began, so its secret is wrong
  ['invalid_client', ['SECRET_HASH_REFUSED', 'fix-configuration']],
  ['unauthorized_client', ['FLOW_NOT_ENABLED', 'fix-configuration']],
  ['unsupported_grant_type', ['FLOW_NOT_ENABLED', 'fix-configuration']],
  ['unsupported_response_type', ['FLOW_NOT_ENABLED', 'fix-configuration']],
  ['invalid_scope', ['PARAMETER_REFUSED', 'fix-configuration']],
  ['server_error', ['INTERNAL_ERROR', 'start-again']],
  ['temporarily_unavailable', ['THROTTLED', 'try-later']],
]);

/** How the service describes the failure of a trigger (captured): `PreSignUp failed with error …`, `… invocation failed due to …`. */
const TRIGGERS: readonly (readonly [text: RegExp, meaning: Meaning])[] = [
  [/^\w+ failed with error\b/, ['TRIGGER_REFUSED', 'start-again']],
  [/^\w+ invocation failed\b/, ['TRIGGER_FAILED', 'start-again']],
];

/** Runs work, and throws what it fails with as an error of this package. */
export async function explained<Result>(
  operation: OAuthRequest,
  work: () => Result | Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    throw toRedirectError(thrown, operation);
  }
}

/**
 * @param thrown what oauth4webapi threw. Its errors hold replies and claims, so none of them becomes a `cause`.
 * @returns an error of this package, or what the caller's signal was aborted with
 */
function toRedirectError(thrown: unknown, operation: OAuthRequest): unknown {
  const { code, message = '', cause } = isRecord(thrown) ? thrown : {};
  if (code === AUTHORIZATION_RESPONSE_ERROR || code === RESPONSE_BODY_ERROR) {
    return toServiceError(thrown as object, operation);
  }
  const recovery = operation === 'refresh_token' ? 'try-later' : 'start-again';
  const fail = (
    as: 'BODY_NOT_JSON' | 'REPLY_MALFORMED' | 'TOKEN_INVALID' | 'NETWORK_FAILED' | 'KEYS_INVALID',
  ) =>
    new ProtocolError(as, String(message), {
      operation,
      recovery: as === 'TOKEN_INVALID' ? 'start-again' : recovery,
    });
  switch (code) {
    case RESPONSE_IS_NOT_JSON:
    case PARSE_ERROR:
      return fail(operation === 'jwks' ? 'KEYS_INVALID' : 'BODY_NOT_JSON');
    case RESPONSE_IS_NOT_CONFORM:
      if (isUnavailable(cause)) return fail('NETWORK_FAILED');
      return fail(operation === 'jwks' ? 'KEYS_INVALID' : 'REPLY_MALFORMED');
    case INVALID_RESPONSE:
      // What is wrong with the reply, and not with a token in it, has the body as its cause
      return fail(isRecord(cause) && 'body' in cause ? 'REPLY_MALFORMED' : 'TOKEN_INVALID');
    case JWT_CLAIM_COMPARISON:
    case JWT_TIMESTAMP_CHECK:
    case KEY_SELECTION:
    case UNSUPPORTED_OPERATION:
      return fail('TOKEN_INVALID');
    default:
      return thrown;
  }
}

const isUnavailable = (response: unknown): boolean => {
  const status = isRecord(response) ? Number(response['status']) : 0;
  return status === 429 || status >= 500;
};

function toServiceError(thrown: object, operation: OAuthRequest): ServiceError {
  const {
    error = '',
    error_description: description = '',
    status,
  } = thrown as {
    readonly error?: string;
    readonly error_description?: string;
    readonly status?: number;
  };
  // The service ends some descriptions with a new line (captured)
  const text = description.trim();
  const [code, recovery] = meaningOf(error, text, operation);
  return new ServiceError(code, recovery, error, text || `The service answered ${error}`, {
    operation,
    status,
  });
}

function meaningOf(error: string, text: string, operation: OAuthRequest): Meaning {
  const trigger = TRIGGERS.find(([pattern]) => pattern.test(text))?.[1];
  if (trigger) return trigger;
  if (error === 'invalid_grant') {
    return [
      operation === 'refresh_token' ? 'REFRESH_TOKEN_REFUSED' : 'AUTHORIZATION_CODE_REFUSED',
      'start-again',
    ];
  }
  return MEANINGS.get(error) ?? ['REFUSED', 'start-again'];
}
