/**
 * What the service's exceptions mean. Cognito says many different things with NotAuthorizedException and
 * InvalidParameterException; only the text tells them apart. Texts are compared here and nowhere else, by
 * prefix, because their full stops come and go.
 */
import { type Recovery, type ReplyOrigin, ServiceError, type ServiceErrorCode } from '../../errors.ts';

/**
 * Code → the refusals that mean it, and what helps where that is not to start again. A refusal is the exception,
 * without its last word, and its text: `NotAuthorized: Incorrect username or password.` The first that fits counts.
 */
const MEANINGS: Readonly<Record<Exclude<ServiceErrorCode, 'DEVICE_REFUSED'>, readonly [RegExp, Recovery?]>> =
  {
    FLOW_NOT_ENABLED: [
      /^(InvalidParameter|NotAuthorized): .*(flow not enabled|not enabled for the client|auth method not supported|not configured for the user pool)/i,
      'fix-configuration',
    ],
    INCORRECT_USERNAME_OR_PASSWORD: [/^NotAuthorized: Incorrect username or password/],
    ATTEMPTS_EXCEEDED: [
      /^(NotAuthorized: Password attempts exceeded|LimitExceeded|TooManyFailedAttempts)/,
      'try-later',
    ],
    USER_DISABLED: [/^NotAuthorized: User is disabled/, 'fix-configuration'],
    TEMPORARY_PASSWORD_EXPIRED: [/^NotAuthorized: Temporary password has expired/, 'fix-configuration'],
    SESSION_EXPIRED: [/^NotAuthorized: Invalid session for the user, session is expired/],
    SESSION_USED: [/^NotAuthorized: Invalid session for the user, session can only be/],
    SESSION_INVALID: [/^NotAuthorized: Invalid session for the user/],
    SECRET_HASH_REFUSED: [
      /^(NotAuthorized: (Unable to verify secret hash|Client )|Unauthorized:|InvalidParameter: App client )/,
      'fix-configuration',
    ],
    ACCESS_TOKEN_REFUSED: [/^NotAuthorized: (Invalid |Could not verify signature for )?Access Token/],
    REFRESH_TOKEN_REFUSED: [/^NotAuthorized: ((Invalid )?Refresh Token|The user has been deleted)/],
    REFRESH_TOKEN_REUSED: [/^RefreshTokenReuse/],
    OPERATION_UNKNOWN: [/^UnknownOperation/, 'fix-configuration'],
    OPERATION_NOT_ENABLED: [/^UnsupportedOperation/, 'fix-configuration'],
    CREDENTIALS_REFUSED: [
      /^(MissingAuthenticationToken|AccessDenied|(Unrecognized|Invalid)Client|(Invalid|Incomplete)Signature|ExpiredToken)/,
      'fix-configuration',
    ],
    CODE_MISMATCH: [/^(CodeMismatch|EnableSoftwareTokenMFA)/, 'answer-again'],
    CODE_USED: [/^ExpiredCode: Your software token has already been used/, 'answer-again'],
    CODE_EXPIRED: [/^ExpiredCode/, 'request-new-code'],
    CODE_DELIVERY_FAILED: [/^CodeDeliveryFailure/, 'try-later'],
    PASSWORD_POLICY: [/^(InvalidPassword|PasswordHistoryPolicyViolation)/, 'answer-again'],
    USERNAME_EXISTS: [/^UsernameExists/],
    ALIAS_EXISTS: [/^AliasExists/],
    MFA_NOT_SET_UP: [
      /^(SoftwareTokenMFANotFound|MFAMethodNotFound|InvalidParameter: User does not have delivery config)/,
    ],
    PASSKEY_REFUSED: [/^WebAuthn(Challenge|ClientMismatch|CredentialNotSupported)/],
    PASSKEY_NOT_ENABLED: [/^WebAuthn/, 'fix-configuration'],
    TIMESTAMP_REFUSED: [/^InvalidParameter: TIMESTAMP format/],
    PARAMETER_REFUSED: [/^InvalidParameter/, 'fix-configuration'],
    USER_NOT_FOUND: [/^UserNotFound/],
    USER_NOT_CONFIRMED: [/^UserNotConfirmed/, 'confirm-sign-up'],
    PASSWORD_RESET_REQUIRED: [/^PasswordResetRequired/, 'reset-password'],
    CLIENT_NOT_FOUND: [/^ResourceNotFound: User pool/, 'fix-configuration'],
    DEVICE_NOT_FOUND: [/^ResourceNotFound: Device/],
    TRIGGER_REFUSED: [/^UserLambdaValidation/],
    TRIGGER_FAILED: [/^(UnexpectedLambda|InvalidLambdaResponse)/, 'fix-configuration'],
    POOL_MISCONFIGURED: [/^(Invalid(Sms|Email)Role|InvalidUserPool|UserPoolAddOn)/, 'fix-configuration'],
    FIREWALL_REFUSED: [/^Forbidden/, 'fix-configuration'],
    THROTTLED: [/^(TooManyRequests|Throttling)/, 'try-later'],
    INTERNAL_ERROR: [/^(Internal(Server)?Error|ServiceUnavailable)/, 'try-later'],
    REFUSED: [/^/],
  };

/**
 * @param exception its bare name: `NotAuthorizedException`
 * @param message the service's text; it can be absent
 */
export function serviceError(
  exception: string,
  message: string | undefined,
  origin: ReplyOrigin,
): ServiceError {
  // A revoked token gets GetTokensFromRefreshToken's refusal without a text
  const text = message || (origin.operation === 'GetTokensFromRefreshToken' ? 'Refresh Token' : '');
  const refusal = `${exception.replace(/Exception$/, '')}: ${text}`;
  // REFUSED fits them all
  const [code, [, recovery = 'start-again']] = Object.entries(MEANINGS).find(([, [pattern]]) =>
    pattern.test(refusal),
  ) as [keyof typeof MEANINGS, readonly [RegExp, Recovery?]];
  // An answer that breaks the model's rules, such as a code of five digits, does not spend its Session
  const isAnswer = code === 'PARAMETER_REFUSED' && /^(Admin)?Respond|^Verify/.test(origin.operation ?? '');
  return new ServiceError(
    code,
    isAnswer ? 'answer-again' : recovery,
    exception,
    message || 'The service gave no message',
    origin,
  );
}
