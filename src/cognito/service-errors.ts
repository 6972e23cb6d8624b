/**
 * What the service's exceptions mean. Cognito says many different things with NotAuthorizedException and
 * InvalidParameterException; only the text tells them apart. Texts are compared here and nowhere else, by
 * prefix, because their full stops come and go.
 */
import { type Recovery, type ReplyOrigin, ServiceError, type ServiceErrorCode } from '../errors.ts';

type Meaning = readonly [code: ServiceErrorCode, recovery: Recovery];

/** [exception, prefix of its text, meaning]; the first that fits counts. '' fits every text. */
const MEANINGS: readonly (readonly [exception: string, prefix: string, ...Meaning])[] = [
  [
    'NotAuthorizedException',
    'Incorrect username or password',
    'INCORRECT_USERNAME_OR_PASSWORD',
    'start-again',
  ],
  ['NotAuthorizedException', 'Password attempts exceeded', 'ATTEMPTS_EXCEEDED', 'try-later'],
  ['NotAuthorizedException', 'User is disabled', 'USER_DISABLED', 'fix-configuration'],
  [
    'NotAuthorizedException',
    'Temporary password has expired',
    'TEMPORARY_PASSWORD_EXPIRED',
    'fix-configuration',
  ],
  [
    'NotAuthorizedException',
    'Invalid session for the user, session is expired',
    'SESSION_EXPIRED',
    'start-again',
  ],
  [
    'NotAuthorizedException',
    'Invalid session for the user, session can only be',
    'SESSION_USED',
    'start-again',
  ],
  ['NotAuthorizedException', 'Invalid session for the user', 'SESSION_INVALID', 'start-again'],
  ['NotAuthorizedException', 'Unable to verify secret hash', 'SECRET_HASH_REFUSED', 'fix-configuration'],
  ['NotAuthorizedException', 'Client ', 'SECRET_HASH_REFUSED', 'fix-configuration'],
  ['NotAuthorizedException', 'Invalid Access Token', 'ACCESS_TOKEN_REFUSED', 'start-again'],
  ['NotAuthorizedException', 'Access Token ', 'ACCESS_TOKEN_REFUSED', 'start-again'],
  [
    'NotAuthorizedException',
    'Could not verify signature for Access Token',
    'ACCESS_TOKEN_REFUSED',
    'start-again',
  ],
  ['NotAuthorizedException', 'Invalid Refresh Token', 'REFRESH_TOKEN_REFUSED', 'start-again'],
  ['NotAuthorizedException', 'Refresh Token ', 'REFRESH_TOKEN_REFUSED', 'start-again'],
  ['NotAuthorizedException', 'The user has been deleted', 'REFRESH_TOKEN_REFUSED', 'start-again'],
  ['RefreshTokenReuseException', '', 'REFRESH_TOKEN_REUSED', 'start-again'],
  ['UnknownOperationException', '', 'OPERATION_UNKNOWN', 'fix-configuration'],
  ['CodeMismatchException', '', 'CODE_MISMATCH', 'answer-again'],
  ['EnableSoftwareTokenMFAException', '', 'CODE_MISMATCH', 'answer-again'],
  ['ExpiredCodeException', 'Your software token has already been used', 'CODE_USED', 'answer-again'],
  ['ExpiredCodeException', '', 'CODE_EXPIRED', 'request-new-code'],
  ['CodeDeliveryFailureException', '', 'CODE_DELIVERY_FAILED', 'try-later'],
  ['InvalidPasswordException', '', 'PASSWORD_POLICY', 'answer-again'],
  ['PasswordHistoryPolicyViolationException', '', 'PASSWORD_POLICY', 'answer-again'],
  ['UsernameExistsException', '', 'USERNAME_EXISTS', 'start-again'],
  ['AliasExistsException', '', 'ALIAS_EXISTS', 'start-again'],
  ['SoftwareTokenMFANotFoundException', '', 'MFA_NOT_SET_UP', 'start-again'],
  ['MFAMethodNotFoundException', '', 'MFA_NOT_SET_UP', 'start-again'],
  ['InvalidParameterException', 'User does not have delivery config', 'MFA_NOT_SET_UP', 'fix-configuration'],
  ['WebAuthnChallengeNotFoundException', '', 'PASSKEY_REFUSED', 'start-again'],
  ['WebAuthnClientMismatchException', '', 'PASSKEY_REFUSED', 'start-again'],
  ['WebAuthnCredentialNotSupportedException', '', 'PASSKEY_REFUSED', 'start-again'],
  ['WebAuthnNotEnabledException', '', 'PASSKEY_REFUSED', 'fix-configuration'],
  ['WebAuthnOriginNotAllowedException', '', 'PASSKEY_REFUSED', 'fix-configuration'],
  ['WebAuthnRelyingPartyMismatchException', '', 'PASSKEY_REFUSED', 'fix-configuration'],
  ['InvalidParameterException', 'App client ', 'SECRET_HASH_REFUSED', 'fix-configuration'],
  ['InvalidParameterException', 'TIMESTAMP format', 'TIMESTAMP_REFUSED', 'start-again'],
  ['InvalidParameterException', '', 'PARAMETER_REFUSED', 'fix-configuration'],
  ['UserNotFoundException', '', 'USER_NOT_FOUND', 'start-again'],
  ['UserNotConfirmedException', '', 'USER_NOT_CONFIRMED', 'confirm-sign-up'],
  ['PasswordResetRequiredException', '', 'PASSWORD_RESET_REQUIRED', 'reset-password'],
  ['ResourceNotFoundException', 'User pool', 'CLIENT_NOT_FOUND', 'fix-configuration'],
  ['ResourceNotFoundException', 'Device', 'DEVICE_NOT_FOUND', 'start-again'],
  ['UserLambdaValidationException', '', 'TRIGGER_FAILED', 'start-again'],
  ['UnexpectedLambdaException', '', 'TRIGGER_FAILED', 'fix-configuration'],
  ['InvalidLambdaResponseException', '', 'TRIGGER_FAILED', 'fix-configuration'],
  ['ForbiddenException', '', 'FIREWALL_REFUSED', 'fix-configuration'],
  ['TooManyRequestsException', '', 'THROTTLED', 'try-later'],
  ['ThrottlingException', '', 'THROTTLED', 'try-later'],
  ['LimitExceededException', '', 'ATTEMPTS_EXCEEDED', 'try-later'],
  ['InternalErrorException', '', 'INTERNAL_ERROR', 'try-later'],
  ['InternalServerError', '', 'INTERNAL_ERROR', 'try-later'],
  ['ServiceUnavailableException', '', 'INTERNAL_ERROR', 'try-later'],
];

const FLOW_OFF =
  /flow not enabled|is not enabled for the client|auth method not supported|not configured for the user pool/i;

/** A revoked token gets GetTokensFromRefreshToken's refusal without a text. */
const silent = (exception: string, text: string, { operation }: ReplyOrigin) =>
  exception === 'NotAuthorizedException' && text === '' && operation === 'GetTokensFromRefreshToken'
    ? (['', '', 'REFRESH_TOKEN_REFUSED', 'start-again'] as const)
    : undefined;

/**
 * @param exception its bare name: `NotAuthorizedException`
 * @param message the service's text; it can be absent
 */
export function serviceError(
  exception: string,
  message: string | undefined,
  origin: ReplyOrigin,
): ServiceError {
  const text = message ?? '';
  const row = FLOW_OFF.test(text)
    ? ([exception, '', 'FLOW_NOT_ENABLED', 'fix-configuration'] as const)
    : MEANINGS.find(([name, prefix]) => name === exception && text.startsWith(prefix));
  const [, , code, recovery] = row ??
    silent(exception, text, origin) ?? ['', '', 'REFUSED' as const, 'start-again' as const];
  return new ServiceError(code, recovery, exception, text || 'The service gave no message', origin);
}
