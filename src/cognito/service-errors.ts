/**
 * What the service's exceptions mean. Cognito says many different things with NotAuthorizedException and
 * InvalidParameterException; only the text tells them apart. Texts are compared here and nowhere else, by
 * prefix, because their full stops come and go.
 */
import { type Recovery, type ReplyOrigin, ServiceError, type ServiceErrorCode } from '../errors.ts';

/**
 * Code → what helps, and the refusals that mean it: exception, without its last word, and text, as in
 * `NotAuthorized: Incorrect username or password.` The first that fits counts.
 */
const MEANINGS: Readonly<Record<Exclude<ServiceErrorCode, 'DEVICE_REFUSED'>, readonly [Recovery, RegExp]>> = {
  FLOW_NOT_ENABLED: [
    'fix-configuration',
    /^(InvalidParameter|NotAuthorized): .*(flow not enabled|not enabled for the client|auth method not supported|not configured for the user pool)/i,
  ],
  INCORRECT_USERNAME_OR_PASSWORD: ['start-again', /^NotAuthorized: Incorrect username or password/],
  ATTEMPTS_EXCEEDED: [
    'try-later',
    /^(NotAuthorized: Password attempts exceeded|LimitExceeded|TooManyFailedAttempts)/,
  ],
  USER_DISABLED: ['fix-configuration', /^NotAuthorized: User is disabled/],
  TEMPORARY_PASSWORD_EXPIRED: ['fix-configuration', /^NotAuthorized: Temporary password has expired/],
  SESSION_EXPIRED: ['start-again', /^NotAuthorized: Invalid session for the user, session is expired/],
  SESSION_USED: ['start-again', /^NotAuthorized: Invalid session for the user, session can only be/],
  SESSION_INVALID: ['start-again', /^NotAuthorized: Invalid session for the user/],
  SECRET_HASH_REFUSED: [
    'fix-configuration',
    /^(NotAuthorized: (Unable to verify secret hash|Client )|Unauthorized:|InvalidParameter: App client )/,
  ],
  ACCESS_TOKEN_REFUSED: [
    'start-again',
    /^NotAuthorized: (Invalid |Could not verify signature for )?Access Token/,
  ],
  REFRESH_TOKEN_REFUSED: [
    'start-again',
    /^NotAuthorized: ((Invalid )?Refresh Token|The user has been deleted)/,
  ],
  REFRESH_TOKEN_REUSED: ['start-again', /^RefreshTokenReuse/],
  OPERATION_UNKNOWN: ['fix-configuration', /^UnknownOperation/],
  OPERATION_NOT_ENABLED: ['fix-configuration', /^UnsupportedOperation/],
  CREDENTIALS_REFUSED: [
    'fix-configuration',
    /^(MissingAuthenticationToken|AccessDenied|(Unrecognized|Invalid)Client|(Invalid|Incomplete)Signature|ExpiredToken)/,
  ],
  CODE_MISMATCH: ['answer-again', /^(CodeMismatch|EnableSoftwareTokenMFA)/],
  CODE_USED: ['answer-again', /^ExpiredCode: Your software token has already been used/],
  CODE_EXPIRED: ['request-new-code', /^ExpiredCode/],
  CODE_DELIVERY_FAILED: ['try-later', /^CodeDeliveryFailure/],
  PASSWORD_POLICY: ['answer-again', /^(InvalidPassword|PasswordHistoryPolicyViolation)/],
  USERNAME_EXISTS: ['start-again', /^UsernameExists/],
  ALIAS_EXISTS: ['start-again', /^AliasExists/],
  MFA_NOT_SET_UP: [
    'start-again',
    /^(SoftwareTokenMFANotFound|MFAMethodNotFound|InvalidParameter: User does not have delivery config)/,
  ],
  PASSKEY_REFUSED: ['start-again', /^WebAuthn(Challenge|ClientMismatch|CredentialNotSupported)/],
  PASSKEY_NOT_ENABLED: ['fix-configuration', /^WebAuthn/],
  TIMESTAMP_REFUSED: ['start-again', /^InvalidParameter: TIMESTAMP format/],
  PARAMETER_REFUSED: ['fix-configuration', /^InvalidParameter/],
  USER_NOT_FOUND: ['start-again', /^UserNotFound/],
  USER_NOT_CONFIRMED: ['confirm-sign-up', /^UserNotConfirmed/],
  PASSWORD_RESET_REQUIRED: ['reset-password', /^PasswordResetRequired/],
  CLIENT_NOT_FOUND: ['fix-configuration', /^ResourceNotFound: User pool/],
  DEVICE_NOT_FOUND: ['start-again', /^ResourceNotFound: Device/],
  TRIGGER_REFUSED: ['start-again', /^UserLambdaValidation/],
  TRIGGER_FAILED: ['fix-configuration', /^(UnexpectedLambda|InvalidLambdaResponse)/],
  POOL_MISCONFIGURED: ['fix-configuration', /^(Invalid(Sms|Email)Role|InvalidUserPool|UserPoolAddOn)/],
  FIREWALL_REFUSED: ['fix-configuration', /^Forbidden/],
  THROTTLED: ['try-later', /^(TooManyRequests|Throttling)/],
  INTERNAL_ERROR: ['try-later', /^(Internal(Server)?Error|ServiceUnavailable)/],
  REFUSED: ['start-again', /^/],
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
  const codes = Object.keys(MEANINGS) as (keyof typeof MEANINGS)[];
  const code = codes.find((candidate) => MEANINGS[candidate][1].test(refusal)) ?? 'REFUSED';
  // An answer that breaks the model's rules, such as a code of five digits, does not spend its Session
  const isAnswer = code === 'PARAMETER_REFUSED' && /^(Admin)?Respond|^Verify/.test(origin.operation ?? '');
  const recovery = isAnswer ? 'answer-again' : MEANINGS[code][0];
  return new ServiceError(code, recovery, exception, message || 'The service gave no message', origin);
}
