/**
 * What the service's exceptions mean.
 *
 * Cognito says many different things with NotAuthorizedException and InvalidParameterException, and only the text tells
 * them apart. Texts are compared here and nowhere else. They are compared by their beginning, because their full stops
 * come and go.
 */
import type { Recovery, ServiceErrorCode } from '../../errors.ts';

/** One kind of refusal. A member that is left out fits everything. */
interface Refusal {
  /** The exception's name without its last word: `NotAuthorized`. */
  readonly exception?: RegExp;
  readonly text?: RegExp;
  readonly operation?: RegExp;
  /** The challenge that the refused request answered. */
  readonly challengeName?: RegExp;
  readonly code: ServiceErrorCode;
  readonly recovery: Recovery;
}

/** The row that counts is the first one that fits. */
const REFUSALS: readonly Refusal[] = [
  {
    exception: /^(InvalidParameter|NotAuthorized)$/,
    text: /(flow not enabled|not enabled for the client|auth method not supported|not configured for the user pool)/i,
    code: 'FLOW_NOT_ENABLED',
    recovery: 'fix-configuration',
  },
  // Cognito says of a device's wrong proof what it says of a wrong password
  {
    exception: /^NotAuthorized$/,
    text: /^Incorrect username or password/,
    challengeName: /^DEVICE_/,
    code: 'DEVICE_REFUSED',
    recovery: 'start-again',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^Incorrect username or password/,
    code: 'INCORRECT_USERNAME_OR_PASSWORD',
    recovery: 'start-again',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^Password attempts exceeded/,
    code: 'ATTEMPTS_EXCEEDED',
    recovery: 'try-later',
  },
  {
    exception: /^(LimitExceeded|TooManyFailedAttempts)$/,
    code: 'ATTEMPTS_EXCEEDED',
    recovery: 'try-later',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^User is disabled/,
    code: 'USER_DISABLED',
    recovery: 'fix-configuration',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^Temporary password has expired/,
    code: 'TEMPORARY_PASSWORD_EXPIRED',
    recovery: 'fix-configuration',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^Invalid session for the user, session is expired/,
    code: 'SESSION_EXPIRED',
    recovery: 'start-again',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^Invalid session for the user, session can only be/,
    code: 'SESSION_USED',
    recovery: 'start-again',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^Invalid session for the user/,
    code: 'SESSION_INVALID',
    recovery: 'start-again',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^(Unable to verify secret hash|Client )/,
    code: 'SECRET_HASH_REFUSED',
    recovery: 'fix-configuration',
  },
  { exception: /^Unauthorized$/, code: 'SECRET_HASH_REFUSED', recovery: 'fix-configuration' },
  {
    exception: /^InvalidParameter$/,
    text: /^App client /,
    code: 'SECRET_HASH_REFUSED',
    recovery: 'fix-configuration',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^(Invalid |Could not verify signature for )?Access Token/,
    code: 'ACCESS_TOKEN_REFUSED',
    recovery: 'start-again',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^((Invalid )?Refresh Token|The user has been deleted)/,
    code: 'REFRESH_TOKEN_REFUSED',
    recovery: 'start-again',
  },
  // A revoked token gets a refusal without a text
  {
    exception: /^NotAuthorized$/,
    text: /^$/,
    operation: /^GetTokensFromRefreshToken$/,
    code: 'REFRESH_TOKEN_REFUSED',
    recovery: 'start-again',
  },
  { exception: /^RefreshTokenReuse$/, code: 'REFRESH_TOKEN_REUSED', recovery: 'start-again' },
  // A server that lacks an operation or a flow. AWS and ministack have a name for it, cognito-local and LocalStack a text
  {
    exception: /^(UnknownOperation|InvalidAction|NotImplemented)$/,
    code: 'OPERATION_UNKNOWN',
    recovery: 'fix-configuration',
  },
  {
    exception: /^Unsupported$/,
    text: /x-amz-target header/i,
    code: 'OPERATION_UNKNOWN',
    recovery: 'fix-configuration',
  },
  {
    exception: /^Unsupported$/,
    text: /AuthFlow=/,
    code: 'FLOW_NOT_ENABLED',
    recovery: 'fix-configuration',
  },
  {
    exception: /^Internal(Failure|Error)$/,
    text: /not (yet )?implemented/i,
    code: 'OPERATION_UNKNOWN',
    recovery: 'fix-configuration',
  },
  { exception: /^UnsupportedOperation$/, code: 'OPERATION_NOT_ENABLED', recovery: 'fix-configuration' },
  {
    exception:
      /^(MissingAuthenticationToken|AccessDenied|(Unrecognized|Invalid)Client|(Invalid|Incomplete)Signature|ExpiredToken)/,
    code: 'CREDENTIALS_REFUSED',
    recovery: 'fix-configuration',
  },
  { exception: /^(CodeMismatch|EnableSoftwareTokenMFA)$/, code: 'CODE_MISMATCH', recovery: 'answer-again' },
  {
    exception: /^ExpiredCode$/,
    text: /^Your software token has already been used/,
    code: 'CODE_USED',
    recovery: 'answer-again',
  },
  { exception: /^ExpiredCode$/, code: 'CODE_EXPIRED', recovery: 'request-new-code' },
  { exception: /^CodeDeliveryFailure$/, code: 'CODE_DELIVERY_FAILED', recovery: 'try-later' },
  {
    exception: /^(InvalidPassword|PasswordHistoryPolicyViolation)$/,
    code: 'PASSWORD_POLICY',
    recovery: 'answer-again',
  },
  { exception: /^UsernameExists$/, code: 'USERNAME_EXISTS', recovery: 'start-again' },
  { exception: /^AliasExists$/, code: 'ALIAS_EXISTS', recovery: 'start-again' },
  {
    exception: /^(SoftwareTokenMFANotFound|MFAMethodNotFound)$/,
    code: 'MFA_NOT_SET_UP',
    recovery: 'start-again',
  },
  {
    exception: /^InvalidParameter$/,
    text: /^User does not have delivery config/,
    code: 'MFA_NOT_SET_UP',
    recovery: 'start-again',
  },
  {
    exception: /^WebAuthn(Challenge|ClientMismatch|CredentialNotSupported)/,
    code: 'PASSKEY_REFUSED',
    recovery: 'start-again',
  },
  { exception: /^WebAuthn/, code: 'PASSKEY_NOT_ENABLED', recovery: 'fix-configuration' },
  {
    exception: /^InvalidParameter$/,
    text: /^TIMESTAMP format/,
    code: 'TIMESTAMP_REFUSED',
    recovery: 'start-again',
  },
  // An answer that breaks the model's rules, such as a code of five digits, does not spend its session
  {
    exception: /^InvalidParameter$/,
    operation: /^((Admin)?RespondToAuthChallenge$|Verify)/,
    code: 'PARAMETER_REFUSED',
    recovery: 'answer-again',
  },
  { exception: /^InvalidParameter$/, code: 'PARAMETER_REFUSED', recovery: 'fix-configuration' },
  { exception: /^UserNotFound$/, code: 'USER_NOT_FOUND', recovery: 'start-again' },
  { exception: /^UserNotConfirmed$/, code: 'USER_NOT_CONFIRMED', recovery: 'confirm-sign-up' },
  { exception: /^PasswordResetRequired$/, code: 'PASSWORD_RESET_REQUIRED', recovery: 'reset-password' },
  {
    exception: /^ResourceNotFound$/,
    text: /^User pool/,
    code: 'CLIENT_NOT_FOUND',
    recovery: 'fix-configuration',
  },
  { exception: /^ResourceNotFound$/, text: /^Device/, code: 'DEVICE_NOT_FOUND', recovery: 'start-again' },
  { exception: /^UserLambdaValidation$/, code: 'TRIGGER_REFUSED', recovery: 'start-again' },
  {
    exception: /^(UnexpectedLambda|InvalidLambdaResponse)$/,
    code: 'TRIGGER_FAILED',
    recovery: 'fix-configuration',
  },
  {
    exception: /^(Invalid(Sms|Email)Role|InvalidUserPool|UserPoolAddOn)/,
    code: 'POOL_MISCONFIGURED',
    recovery: 'fix-configuration',
  },
  { exception: /^Forbidden$/, code: 'FIREWALL_REFUSED', recovery: 'fix-configuration' },
  { exception: /^(TooManyRequests|Throttling)/, code: 'THROTTLED', recovery: 'try-later' },
  {
    exception: /^(Internal(Server)?Error|ServiceUnavailable)/,
    code: 'INTERNAL_ERROR',
    recovery: 'try-later',
  },
];

const OTHER_REFUSAL: Refusal = { code: 'REFUSED', recovery: 'start-again' };

/** What the service answered in place of an output. */
export interface ServiceException {
  /** `NotAuthorizedException` */
  readonly name: string;
  /** The service's text. It can be empty. */
  readonly text: string;
  readonly operation: string;
  /** The challenge that the refused request answered, if it answered one. */
  readonly challengeName?: string | undefined;
}

/** The first row that fits an exception. */
export function refusalOf({ name, text, operation, challengeName = '' }: ServiceException): Refusal {
  const exception = name.replace(/Exception$/, '');
  const fits = (pattern: RegExp | undefined, value: string) => pattern === undefined || pattern.test(value);
  const row = REFUSALS.find(
    (refusal) =>
      fits(refusal.exception, exception) &&
      fits(refusal.text, text) &&
      fits(refusal.operation, operation) &&
      fits(refusal.challengeName, challengeName),
  );
  return row ?? OTHER_REFUSAL;
}
