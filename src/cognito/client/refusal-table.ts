/**
 * The table of the service's refusals. Its texts come from public reports: `test/cognito/refusals.test.ts` names one for
 * each text that has one. Texts are compared by their beginning, because their full stops come and go.
 */
import type { Recovery, ServiceErrorCode } from '../../errors.ts';

/** One kind of refusal. A member that is left out fits everything. */
export interface Refusal {
  /** The exception's name without its last word: `NotAuthorized`. */
  readonly exception?: RegExp;
  readonly text?: RegExp;
  readonly operation?: RegExp;
  /** The challenge that the refused request answered. */
  readonly challengeName?: RegExp;
  /** A member of the input that breaks the rules of AWS's model, in the spelling of validation errors: `userAttributes`. */
  readonly invalidMember?: RegExp;
  readonly code: ServiceErrorCode;
  readonly recovery: Recovery;
}

/** Operations whose input has nothing but what the user typed, what the service gave, and the app client. */
const OPERATIONS_WITH_USER_INPUT =
  /^((Admin)?RespondToAuthChallenge|Verify\w+|SignUp|Confirm(SignUp|ForgotPassword)|ForgotPassword|ResendConfirmationCode|ChangePassword|UpdateUserAttributes)$/;

/** The row that counts is the first one that fits. */
export const REFUSALS: readonly Refusal[] = [
  // What the user typed comes before what the developer set. The user can correct it at once, and the next refusal names
  // the rest.
  { invalidMember: /^(password|proposedPassword)$/, code: 'PASSWORD_POLICY', recovery: 'answer-again' },
  // A password that breaks the rules for passwords cannot be the user's
  { invalidMember: /^previousPassword$/, code: 'INCORRECT_USERNAME_OR_PASSWORD', recovery: 'answer-again' },
  { invalidMember: /^(confirmationCode|userCode|code)$/, code: 'CODE_MISMATCH', recovery: 'answer-again' },
  { invalidMember: /^username$/, code: 'USERNAME_REFUSED', recovery: 'answer-again' },
  {
    invalidMember: /^userAttributes(\.\d+\.member\.value)?$/,
    code: 'ATTRIBUTE_REFUSED',
    recovery: 'answer-again',
  },
  {
    invalidMember: /^(challengeResponses|deviceName$|friendlyDeviceName$)/,
    code: 'PARAMETER_REFUSED',
    recovery: 'answer-again',
  },
  { invalidMember: /^session$/, code: 'SESSION_INVALID', recovery: 'start-again' },
  { invalidMember: /^accessToken$/, code: 'ACCESS_TOKEN_REFUSED', recovery: 'start-again' },
  { invalidMember: /^(refreshToken|token)$/, code: 'REFRESH_TOKEN_REFUSED', recovery: 'start-again' },
  { invalidMember: /./, code: 'PARAMETER_REFUSED', recovery: 'fix-configuration' },
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
  // The user is signed in, so the old password can be typed once more
  {
    exception: /^NotAuthorized$/,
    text: /^Incorrect username or password/,
    operation: /^ChangePassword$/,
    code: 'INCORRECT_USERNAME_OR_PASSWORD',
    recovery: 'answer-again',
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
  { exception: /^(LimitExceeded|TooManyFailedAttempts)$/, code: 'ATTEMPTS_EXCEEDED', recovery: 'try-later' },
  {
    exception: /^NotAuthorized$/,
    text: /^User is disabled/,
    code: 'USER_DISABLED',
    recovery: 'ask-administrator',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^Temporary password has expired/,
    code: 'TEMPORARY_PASSWORD_EXPIRED',
    recovery: 'ask-administrator',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^User password cannot be reset in the current state/,
    code: 'TEMPORARY_PASSWORD_UNUSED',
    recovery: 'start-again',
  },
  {
    exception: /^InvalidParameter$/,
    text: /^Cannot reset password for the user as there is no registered/,
    code: 'NO_VERIFIED_ADDRESS',
    recovery: 'ask-administrator',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^Contact administrator to reset password/,
    code: 'PASSWORD_RESET_NOT_PERMITTED',
    recovery: 'ask-administrator',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^User is not authorized to get auth details/,
    code: 'FEDERATED_USER',
    recovery: 'start-again',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^SignUp is not permitted/,
    code: 'SIGN_UP_NOT_PERMITTED',
    recovery: 'ask-administrator',
  },
  {
    exception: /^(InvalidParameter|NotAuthorized)$/,
    text: /^User (cannot (be )?confirm|is already confirmed)/,
    code: 'USER_ALREADY_CONFIRMED',
    recovery: 'start-again',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^Cannot resend codes/,
    code: 'POOL_MISCONFIGURED',
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
    text: /^Invalid session (provided )?for the user/,
    code: 'SESSION_INVALID',
    recovery: 'start-again',
  },
  {
    exception: /^NotAuthorized$/,
    text: /^(Unable to verify secret hash|SecretHash does not match|Client )/,
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
  {
    exception: /^(UnsupportedOperation|OperationNotEnabled|FeatureUnavailableInTier)$/,
    code: 'OPERATION_NOT_ENABLED',
    recovery: 'fix-configuration',
  },
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
  { exception: /^UsernameExists$/, code: 'USERNAME_EXISTS', recovery: 'answer-again' },
  {
    exception: /^AliasExists$/,
    operation: /^UpdateUserAttributes$/,
    code: 'ALIAS_EXISTS',
    recovery: 'answer-again',
  },
  { exception: /^AliasExists$/, code: 'ALIAS_EXISTS', recovery: 'start-again' },
  {
    exception: /^InvalidParameter$/,
    text: /^Username (should|cannot) be /,
    code: 'USERNAME_REFUSED',
    recovery: 'answer-again',
  },
  // Several attributes are refused in one text. A name that the pool does not have counts, because no value helps.
  // Two public clients know the text "Type for attribute {custom:role} could not be determined".
  {
    exception: /^InvalidParameter$/,
    text: /^(Attributes did not conform to the schema:|user\.)[\s\S]*(does not exist in the schema|could not be determined)/,
    code: 'ATTRIBUTE_NOT_PERMITTED',
    recovery: 'fix-configuration',
  },
  {
    exception: /^InvalidParameter$/,
    text: /^User does not have a valid registered (phone|email)/,
    code: 'ATTRIBUTE_REFUSED',
    recovery: 'answer-again',
  },
  {
    exception: /^(InvalidParameter|NotAuthorized)$/,
    text: /^(A client attempted to write unauthorized attribute|Invalid attribute name)/,
    code: 'ATTRIBUTE_NOT_PERMITTED',
    recovery: 'fix-configuration',
  },
  // Public clients report the second text with both exceptions
  {
    exception: /^(InvalidParameter|NotAuthorized)$/,
    text: /(: Attribute cannot be updated|^Cannot modify (an already provided|the non-mutable))/,
    code: 'ATTRIBUTE_IMMUTABLE',
    recovery: 'fix-configuration',
  },
  // After the refusals of an attribute that no value helps
  {
    exception: /^InvalidParameter$/,
    text: /^(Attributes did not conform to the schema|Invalid attributes given|Invalid (email address|phone number) format|user\.\S+: )/,
    code: 'ATTRIBUTE_REFUSED',
    recovery: 'answer-again',
  },
  {
    exception: /^(SoftwareTokenMFANotFound|MFAMethodNotFound)$/,
    code: 'MFA_NOT_SET_UP',
    recovery: 'start-again',
  },
  {
    exception: /^InvalidParameter$/,
    text: /^User (has not (set up|verified) software token|does not have .* set to turn on)/,
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
    text: /^Credential data is not valid/,
    code: 'PASSKEY_REFUSED',
    recovery: 'start-again',
  },
  {
    exception: /^InvalidParameter$/,
    text: /^TIMESTAMP format/,
    code: 'TIMESTAMP_REFUSED',
    recovery: 'start-again',
  },
  {
    exception: /^InvalidParameter$/,
    text: /^Invalid device key/,
    code: 'DEVICE_NOT_FOUND',
    recovery: 'start-again',
  },
  // The engine's own input, not the user's
  {
    exception: /^InvalidParameter$/,
    text: /^Missing required parameter/,
    code: 'PARAMETER_REFUSED',
    recovery: 'fix-configuration',
  },
  { exception: /^UnsupportedTokenType$/, code: 'PARAMETER_REFUSED', recovery: 'fix-configuration' },
  // A text that nobody has reported can be about what the user typed. Such an answer does not spend its session.
  {
    exception: /^InvalidParameter$/,
    operation: OPERATIONS_WITH_USER_INPUT,
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
