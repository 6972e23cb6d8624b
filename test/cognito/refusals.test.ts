/** The service's refusals are told apart. Each text has the public report that it comes from. */
import {
  associateSoftwareToken,
  type CallOptions,
  changePassword,
  completePasskeyRegistration,
  confirmDevice,
  confirmForgotPassword,
  confirmSignUp,
  forgotPassword,
  getUser,
  type Recovery,
  refreshTokens,
  resendConfirmationCode,
  respond,
  revokeToken,
  type ServiceErrorCode,
  sendAttributeCode,
  setUserMfaPreference,
  signIn,
  signUp,
  startPasskeyRegistration,
  updateDeviceStatus,
  updateUserAttributes,
  verifySoftwareToken,
  verifyUserAttribute,
} from '../../src/index.ts';
import { alice, client, recorder, refusal } from '../support/client.ts';
import { errorOf } from '../support/secrets.ts';
import { exceptionsLike, isKnownByBeginOfText } from './refusal-lookalikes.ts';

const token = { accessToken: 'an-access-token' };
const user = { username: 'alice' };
const deviceKey = 'eu-west-1_a1b2c3d4-0000-4000-8000-000000000001';

/** Operation → a call that sends it. */
const CALLS = {
  InitiateAuth: (o: CallOptions) => signIn(client, alice, o),
  RespondToAuthChallenge: async (o: CallOptions) => {
    const step = await signIn(client, alice, o);
    if (step.status !== 'challenge' || step.challenge.name !== 'NEW_PASSWORD_REQUIRED') {
      throw new Error(JSON.stringify(step));
    }
    return respond(client, step.challenge, { newPassword: 'Another-Horse-10' }, o);
  },
  SignUp: (o: CallOptions) => signUp(client, alice, o),
  ConfirmSignUp: (o: CallOptions) => confirmSignUp(client, { ...user, code: '123456' }, o),
  ResendConfirmationCode: (o: CallOptions) => resendConfirmationCode(client, user, o),
  ForgotPassword: (o: CallOptions) => forgotPassword(client, user, o),
  ConfirmForgotPassword: (o: CallOptions) =>
    confirmForgotPassword(client, { ...user, code: '123456', newPassword: 'x' }, o),
  GetTokensFromRefreshToken: (o: CallOptions) => refreshTokens(client, { refreshToken: 'r' }, o),
  /** InitiateAuth with REFRESH_TOKEN_AUTH. */
  REFRESH_TOKEN_AUTH: (o: CallOptions) =>
    refreshTokens(client, { refreshToken: 'r', method: 'REFRESH_TOKEN_AUTH' }, o),
  RevokeToken: (o: CallOptions) => revokeToken(client, { refreshToken: 'r' }, o),
  GetUser: (o: CallOptions) => getUser(client, token, o),
  ChangePassword: (o: CallOptions) =>
    changePassword(client, { ...token, previousPassword: 'o', newPassword: 'n' }, o),
  UpdateUserAttributes: (o: CallOptions) =>
    updateUserAttributes(client, { ...token, attributes: { email: 'a@b.example' } }, o),
  GetUserAttributeVerificationCode: (o: CallOptions) =>
    sendAttributeCode(client, { ...token, attributeName: 'email' }, o),
  VerifyUserAttribute: (o: CallOptions) =>
    verifyUserAttribute(client, { ...token, attributeName: 'email', code: '123456' }, o),
  SetUserMFAPreference: (o: CallOptions) => setUserMfaPreference(client, { ...token, sms: 'on' }, o),
  AssociateSoftwareToken: (o: CallOptions) =>
    associateSoftwareToken(client, { ...token, label: { issuer: 'i', account: 'a' } }, o),
  VerifySoftwareToken: (o: CallOptions) => verifySoftwareToken(client, { ...token, code: '123456' }, o),
  StartWebAuthnRegistration: (o: CallOptions) => startPasskeyRegistration(client, token, o),
  CompleteWebAuthnRegistration: (o: CallOptions) =>
    completePasskeyRegistration(
      client,
      { ...token, credential: { id: 'x', response: { clientDataJSON: 'AA' } } },
      o,
    ),
  ConfirmDevice: (o: CallOptions) =>
    confirmDevice(client, { ...token, newDevice: { key: deviceKey, groupKey: '-group' } }, o),
  UpdateDeviceStatus: (o: CallOptions) =>
    updateDeviceStatus(client, { ...token, deviceKey, status: 'remembered' }, o),
} as const;

interface Row {
  readonly operation: keyof typeof CALLS;
  readonly exception: string;
  readonly text: string;
  readonly code: ServiceErrorCode;
  readonly recovery: Recovery;
  /** An issue or pull request on GitHub, or AWS's documentation. */
  readonly source: string;
}

const pattern = (member: string) =>
  `1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[\\S]+.*[\\S]+$`;

const FOUR_ERRORS =
  "4 validation errors detected: Value at 'password' failed to satisfy constraint: Member must have length greater than or equal to 6; Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\S]+; Value at 'username' failed to satisfy constraint: Member must have length greater than or equal to 1; Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+";

const TOLD_APART: readonly Row[] = [
  {
    operation: 'REFRESH_TOKEN_AUTH',
    exception: 'NotAuthorizedException',
    text: 'SecretHash does not match for the client: web',
    code: 'SECRET_HASH_REFUSED',
    recovery: 'fix-configuration',
    source: 'aws/aws-sdk-net-extensions-cognito#94',
  },
  {
    operation: 'REFRESH_TOKEN_AUTH',
    exception: 'NotAuthorizedException',
    text: 'Unable to verify secret hash for client web',
    code: 'SECRET_HASH_REFUSED',
    recovery: 'fix-configuration',
    source: 'boto/boto3#2736',
  },
  {
    operation: 'REFRESH_TOKEN_AUTH',
    exception: 'NotAuthorizedException',
    text: 'Invalid Refresh Token.',
    code: 'REFRESH_TOKEN_REFUSED',
    recovery: 'start-again',
    source: 'aws/aws-sdk-cpp#1789',
  },
  {
    operation: 'SignUp',
    exception: 'NotAuthorizedException',
    text: 'Client web is configured with secret but SECRET_HASH was not received',
    code: 'SECRET_HASH_REFUSED',
    recovery: 'fix-configuration',
    source: 'aws-amplify/amplify-android#2504',
  },
  {
    operation: 'SignUp',
    exception: 'UsernameExistsException',
    text: 'An account with the given email already exists.',
    code: 'USERNAME_EXISTS',
    recovery: 'answer-again',
    source: 'aws/aws-sdk-js#4308',
  },
  {
    operation: 'SignUp',
    exception: 'NotAuthorizedException',
    text: 'SignUp is not permitted for this user pool',
    code: 'SIGN_UP_NOT_PERMITTED',
    recovery: 'ask-administrator',
    source: 'aws-amplify/amplify-js#6415',
  },
  {
    operation: 'SignUp',
    exception: 'NotAuthorizedException',
    text: 'A client attempted to write unauthorized attribute',
    code: 'ATTRIBUTE_NOT_PERMITTED',
    recovery: 'fix-configuration',
    source: 'aws/aws-sdk-js#1319',
  },
  {
    operation: 'SignUp',
    exception: 'InvalidParameterException',
    text: 'Attributes did not conform to the schema: email: The attribute is required',
    code: 'ATTRIBUTE_REFUSED',
    recovery: 'answer-again',
    source: 'furaiev/amazon-cognito-identity-dart-2#89',
  },
  {
    operation: 'SignUp',
    exception: 'InvalidParameterException',
    text: 'Attributes did not conform to the schema: favorite_flavor: Attribute does not exist in the schema.',
    code: 'ATTRIBUTE_NOT_PERMITTED',
    recovery: 'fix-configuration',
    source: 'aws-amplify/amplify-js#2167',
  },
  {
    operation: 'SignUp',
    exception: 'InvalidParameterException',
    text: 'Attributes did not conform to the schema: custom:firstName: Attribute does not exist in the schema.\ncustom:lastName: Attribute does not exist in the schema.\n',
    code: 'ATTRIBUTE_NOT_PERMITTED',
    recovery: 'fix-configuration',
    source: 'aws-amplify/amplify-flutter#509',
  },
  {
    operation: 'SignUp',
    exception: 'InvalidParameterException',
    text: 'Username should be an email.',
    code: 'USERNAME_REFUSED',
    recovery: 'answer-again',
    source: 'boto/boto3#3836',
  },
  {
    operation: 'SignUp',
    exception: 'InvalidParameterException',
    text: 'Username cannot be of email format, since user pool is configured for email alias.',
    code: 'USERNAME_REFUSED',
    recovery: 'answer-again',
    source: 'amazon-archives/awsmobile-cli#178',
  },
  {
    operation: 'SignUp',
    exception: 'InvalidParameterException',
    text: 'Invalid email address format.',
    code: 'ATTRIBUTE_REFUSED',
    recovery: 'answer-again',
    source: 'aws-amplify/amplify-js#5313',
  },
  {
    operation: 'SignUp',
    exception: 'InvalidParameterException',
    text: 'Invalid phone number format.',
    code: 'ATTRIBUTE_REFUSED',
    recovery: 'answer-again',
    source: 'dabit3/gatsby-auth-starter-aws-amplify#31',
  },
  {
    operation: 'SignUp',
    exception: 'InvalidParameterException',
    text: pattern('password'),
    code: 'PASSWORD_POLICY',
    recovery: 'answer-again',
    source: 'aws-amplify/amplify-js#869',
  },
  {
    operation: 'SignUp',
    exception: 'InvalidParameterException',
    text: FOUR_ERRORS,
    code: 'PASSWORD_POLICY',
    recovery: 'answer-again',
    source: 'amazon-archives/amazon-cognito-identity-js#388',
  },
  {
    operation: 'SignUp',
    exception: 'InvalidPasswordException',
    text: 'Password did not conform with password policy: Password must have numeric characters',
    code: 'PASSWORD_POLICY',
    recovery: 'answer-again',
    source: 'data-dot-all/dataall#690',
  },
  {
    operation: 'ConfirmSignUp',
    exception: 'InvalidParameterException',
    text: "1 validation error detected: Value at 'username' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
    code: 'USERNAME_REFUSED',
    recovery: 'answer-again',
    source: 'amazon-archives/amazon-cognito-identity-js#551',
  },
  {
    operation: 'ConfirmSignUp',
    exception: 'InvalidParameterException',
    text: "1 validation error detected: Value null at 'confirmationCode' failed to satisfy constraint: Member must not be null",
    code: 'CODE_MISMATCH',
    recovery: 'answer-again',
    source: 'aws-amplify/amplify-js#6460',
  },
  {
    operation: 'ConfirmSignUp',
    exception: 'NotAuthorizedException',
    text: 'User cannot be confirmed. Current status is CONFIRMED',
    code: 'USER_ALREADY_CONFIRMED',
    recovery: 'start-again',
    source: 'furaiev/amazon-cognito-identity-dart-2#80',
  },
  {
    operation: 'ConfirmSignUp',
    exception: 'NotAuthorizedException',
    text: 'User cannot confirm because user status is not UNCONFIRMED.',
    code: 'USER_ALREADY_CONFIRMED',
    recovery: 'start-again',
    source: 'keboola/developer-portal#186',
  },
  {
    operation: 'ConfirmSignUp',
    exception: 'ExpiredCodeException',
    text: 'Invalid code provided, please request a code again.',
    code: 'CODE_EXPIRED',
    recovery: 'request-new-code',
    source: 'awslabs/aws-sdk-ios-samples#144',
  },
  {
    operation: 'ResendConfirmationCode',
    exception: 'InvalidParameterException',
    text: 'User is already confirmed.',
    code: 'USER_ALREADY_CONFIRMED',
    recovery: 'start-again',
    source: 'aws-amplify/amplify-ui#219',
  },
  {
    operation: 'ResendConfirmationCode',
    exception: 'NotAuthorizedException',
    text: 'Cannot resend codes. Auto verification not turned on.',
    code: 'POOL_MISCONFIGURED',
    recovery: 'fix-configuration',
    source: 'aws-amplify/amplify-cli#3646',
  },
  {
    operation: 'ForgotPassword',
    exception: 'InvalidParameterException',
    text: 'Cannot reset password for the user as there is no registered/verified email or phone_number',
    code: 'NO_VERIFIED_ADDRESS',
    recovery: 'ask-administrator',
    source: 'aws/aws-sdk-js-v3#7101',
  },
  {
    operation: 'ForgotPassword',
    exception: 'NotAuthorizedException',
    text: 'User password cannot be reset in the current state.',
    code: 'TEMPORARY_PASSWORD_UNUSED',
    recovery: 'start-again',
    source: 'aws-amplify/amplify-flutter#3048',
  },
  {
    operation: 'ForgotPassword',
    exception: 'UserNotFoundException',
    text: 'Username/client id combination not found.',
    code: 'USER_NOT_FOUND',
    recovery: 'start-again',
    source: 'aws-amplify/amplify-js#11270',
  },
  {
    operation: 'ForgotPassword',
    exception: 'NotAuthorizedException',
    text: 'User is disabled.',
    code: 'USER_DISABLED',
    recovery: 'ask-administrator',
    source: 'amazon-archives/amazon-cognito-identity-js#373',
  },
  {
    operation: 'ConfirmForgotPassword',
    exception: 'UserNotFoundException',
    text: 'Username/client id combination not found.',
    code: 'USER_NOT_FOUND',
    recovery: 'start-again',
    source: 'aws-amplify/aws-sdk-ios#1732',
  },
  {
    operation: 'ChangePassword',
    exception: 'NotAuthorizedException',
    text: 'Incorrect username or password.',
    code: 'INCORRECT_USERNAME_OR_PASSWORD',
    recovery: 'answer-again',
    source: 'aws-amplify/amplify-js#1580',
  },
  {
    operation: 'ChangePassword',
    exception: 'LimitExceededException',
    text: 'Attempt limit exceeded, please try after some time.',
    code: 'ATTEMPTS_EXCEEDED',
    recovery: 'try-later',
    source: 'aws-amplify/aws-sdk-android#627',
  },
  {
    operation: 'UpdateUserAttributes',
    exception: 'InvalidParameterException',
    text: 'user.email: Attribute cannot be updated.\n',
    code: 'ATTRIBUTE_IMMUTABLE',
    recovery: 'fix-configuration',
    source: 'aws-amplify/amplify-swift#3981',
  },
  {
    operation: 'UpdateUserAttributes',
    exception: 'InvalidParameterException',
    text: 'Cannot modify the non-mutable attribute sub',
    code: 'ATTRIBUTE_IMMUTABLE',
    recovery: 'fix-configuration',
    source: 'floci-io/floci#2530',
  },
  {
    operation: 'UpdateUserAttributes',
    exception: 'InvalidParameterException',
    text: 'Invalid phone number format.',
    code: 'ATTRIBUTE_REFUSED',
    recovery: 'answer-again',
    source: 'aws-amplify/amplify-js#4176',
  },
  {
    operation: 'GetUserAttributeVerificationCode',
    exception: 'InvalidParameterException',
    text: 'Invalid attribute name. Only phone_number and email can be verified.',
    code: 'ATTRIBUTE_NOT_PERMITTED',
    recovery: 'fix-configuration',
    source: 'floci-io/floci#2018',
  },
  {
    operation: 'GetUserAttributeVerificationCode',
    exception: 'InvalidParameterException',
    text: 'User does not have a valid registered phone number',
    code: 'ATTRIBUTE_REFUSED',
    recovery: 'answer-again',
    source: 'floci-io/floci#2018',
  },
  {
    operation: 'VerifyUserAttribute',
    exception: 'CodeMismatchException',
    text: 'Invalid verification code provided, please try again.',
    code: 'CODE_MISMATCH',
    recovery: 'answer-again',
    source: 'floci-io/floci#2018',
  },
  {
    operation: 'InitiateAuth',
    exception: 'NotAuthorizedException',
    text: 'User is not authorized to get auth details.',
    code: 'FEDERATED_USER',
    recovery: 'start-again',
    source: 'aws/aws-cli#3348',
  },
  {
    operation: 'InitiateAuth',
    exception: 'FeatureUnavailableInTierException',
    text: 'The following features need to be disabled for the ESSENTIALS pricing tier configured: Threat Protection',
    code: 'OPERATION_NOT_ENABLED',
    recovery: 'fix-configuration',
    source: 'hashicorp/terraform-provider-aws#40734',
  },
  {
    operation: 'UpdateUserAttributes',
    exception: 'InvalidParameterException',
    text: 'user.email: Required attribute cannot be deleted.\n',
    code: 'ATTRIBUTE_REFUSED',
    recovery: 'answer-again',
    source: 'aws-amplify/aws-sdk-ios#4251',
  },
  {
    operation: 'SetUserMFAPreference',
    exception: 'InvalidParameterException',
    text: 'User has not set up software token mfa',
    code: 'MFA_NOT_SET_UP',
    recovery: 'start-again',
    source: 'aws-amplify/amplify-js#944',
  },
  {
    operation: 'SetUserMFAPreference',
    exception: 'InvalidParameterException',
    text: 'User has not verified software token mfa',
    code: 'MFA_NOT_SET_UP',
    recovery: 'start-again',
    source: 'aws-amplify/amplify-js#1343',
  },
  {
    operation: 'SetUserMFAPreference',
    exception: 'InvalidParameterException',
    text: 'User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA',
    code: 'MFA_NOT_SET_UP',
    recovery: 'start-again',
    source: 'aws/aws-sdk-js-v3#4645',
  },
  {
    operation: 'SetUserMFAPreference',
    exception: 'InvalidParameterException',
    text: 'User does not have a phone_number set to turn on SMS MFA',
    code: 'MFA_NOT_SET_UP',
    recovery: 'start-again',
    source: 'aws-amplify/amplify-js#618',
  },
  {
    operation: 'AssociateSoftwareToken',
    exception: 'NotAuthorizedException',
    text: 'Invalid session provided for the user.',
    code: 'SESSION_INVALID',
    recovery: 'start-again',
    source: 'kdgregory/example-cognito-java#1',
  },
  {
    operation: 'VerifySoftwareToken',
    exception: 'EnableSoftwareTokenMFAException',
    text: 'Code mismatch and fail enable Software Token MFA',
    code: 'CODE_MISMATCH',
    recovery: 'answer-again',
    source: 'aws-samples/aws-amplify-auth-starters#15',
  },
  {
    operation: 'ConfirmDevice',
    exception: 'InvalidParameterException',
    text: 'Invalid device key given.',
    code: 'DEVICE_NOT_FOUND',
    recovery: 'start-again',
    source: 'boto/boto3#4059',
  },
  {
    operation: 'UpdateDeviceStatus',
    exception: 'ResourceNotFoundException',
    text: 'Device does not exist.',
    code: 'DEVICE_NOT_FOUND',
    recovery: 'start-again',
    source: 'aws/aws-sdk-net#1055',
  },
  {
    operation: 'StartWebAuthnRegistration',
    exception: 'WebAuthnConfigurationMissingException',
    text: 'The user pool has no relying party id.',
    code: 'PASSKEY_NOT_ENABLED',
    recovery: 'fix-configuration',
    source: 'AWS: StartWebAuthnRegistration, Errors',
  },
  {
    operation: 'CompleteWebAuthnRegistration',
    exception: 'WebAuthnCredentialNotSupportedException',
    text: 'The device is not supported.',
    code: 'PASSKEY_REFUSED',
    recovery: 'start-again',
    source: 'AWS: CompleteWebAuthnRegistration, Errors',
  },
  {
    operation: 'CompleteWebAuthnRegistration',
    exception: 'InvalidParameterException',
    text: 'Credential data is not valid',
    code: 'PASSKEY_REFUSED',
    recovery: 'start-again',
    source: 'aws/aws-sdk-net#4386',
  },
  {
    operation: 'RespondToAuthChallenge',
    exception: 'InvalidParameterException',
    text: 'Invalid attributes given, address is missing',
    code: 'ATTRIBUTE_REFUSED',
    recovery: 'answer-again',
    source: 'pmill/aws-cognito#25',
  },
  {
    operation: 'RevokeToken',
    exception: 'UnsupportedTokenTypeException',
    text: 'The token is not a refresh token.',
    code: 'PARAMETER_REFUSED',
    recovery: 'fix-configuration',
    source: 'AWS: RevokeToken, Errors',
  },
  {
    operation: 'SignUp',
    exception: 'OperationNotEnabledException',
    text: 'The operation is off.',
    code: 'OPERATION_NOT_ENABLED',
    recovery: 'fix-configuration',
    source: 'AWS: SignUp, Errors',
  },
  {
    operation: 'RespondToAuthChallenge',
    exception: 'NotAuthorizedException',
    text: 'Cannot modify an already provided email',
    code: 'ATTRIBUTE_IMMUTABLE',
    recovery: 'fix-configuration',
    source: 'aws-samples/aws-saas-factory-bootcamp#67',
  },
  {
    operation: 'SignUp',
    exception: 'InvalidParameterException',
    text: 'Username should be either an email or a phone number.',
    code: 'USERNAME_REFUSED',
    recovery: 'answer-again',
    source: 'aws-amplify/amplify-js#533',
  },
  {
    operation: 'GetUser',
    exception: 'NotAuthorizedException',
    text: 'Access Token has been revoked',
    code: 'ACCESS_TOKEN_REFUSED',
    recovery: 'start-again',
    source: 'aws-amplify/amplify-js#2205',
  },
  {
    operation: 'REFRESH_TOKEN_AUTH',
    exception: 'NotAuthorizedException',
    text: 'Refresh Token has been revoked',
    code: 'REFRESH_TOKEN_REFUSED',
    recovery: 'start-again',
    source: 'aws-amplify/amplify-swift#3344',
  },
];

/** What the service answers before the operation at hand, so that the call gets there. */
const NEW_PASSWORD_REQUIRED = {
  ChallengeName: 'NEW_PASSWORD_REQUIRED',
  Session: 'a-session-of-twenty-characters',
  ChallengeParameters: { USER_ID_FOR_SRP: 'alice', requiredAttributes: '[]', userAttributes: '{}' },
};

const wireOperation = (operation: keyof typeof CALLS) =>
  operation === 'REFRESH_TOKEN_AUTH' ? 'InitiateAuth' : operation;

/** The error of the call whose operation the service refuses. */
async function refused(operation: keyof typeof CALLS, exception: string, text: string) {
  const { fetch } = recorder((sent) =>
    sent.operation === wireOperation(operation)
      ? refusal(exception, text)
      : new Response(JSON.stringify(NEW_PASSWORD_REQUIRED)),
  );
  return errorOf(() => CALLS[operation]({ fetch, maxAttempts: 1 }));
}

test.each(TOLD_APART)('$operation: $exception "$text" is $code, $recovery', async (row) => {
  const { operation, exception, text, code, recovery } = row;
  const expected = { code, recovery, name: exception, operation: wireOperation(operation) };
  for (const said of [text, text.replace(/\.$/, ''), `${text.replace(/\.$/, '')}.`]) {
    expect(await refused(operation, exception, said)).toMatchObject({ ...expected, message: said });
  }
});

// A validation error is known by its text, whatever the exception is
const withoutValidation = TOLD_APART.filter(({ text }) => !/^\d+ validation/.test(text));

test.each(
  withoutValidation.flatMap(({ operation, exception, text }) =>
    exceptionsLike(exception).map((other) => [operation, other, text] as const),
  ),
)('%s: %s "%s" is an exception that nobody knows', async (operation, exception, text) => {
  expect(await refused(operation, exception, text)).toMatchObject({ code: 'REFUSED' });
});

test.each(withoutValidation.filter(({ exception, code }) => isKnownByBeginOfText(exception, code)))(
  '$operation: $exception with other words before "$text" is not $code',
  async ({ operation, exception, text, code }) => {
    expect(await refused(operation, exception, `It was said: ${text}`)).not.toMatchObject({ code });
  },
);

// Captured from the service, but not in a public report
test.each([
  [
    'ForgotPassword',
    'NotAuthorizedException',
    'Contact administrator to reset password.',
    'PASSWORD_RESET_NOT_PERMITTED',
    'ask-administrator',
  ],
  [
    'UpdateUserAttributes',
    'InvalidParameterException',
    'user.custom:unknown: Attribute does not exist in the schema.\n',
    'ATTRIBUTE_NOT_PERMITTED',
    'fix-configuration',
  ],
  [
    'UpdateUserAttributes',
    'InvalidParameterException',
    'user.birthdate: String must be no longer than 10 characters\n',
    'ATTRIBUTE_REFUSED',
    'answer-again',
  ],
  [
    'UpdateUserAttributes',
    'InvalidParameterException',
    'user.custom:tenant: Attribute cannot be updated.\n',
    'ATTRIBUTE_IMMUTABLE',
    'fix-configuration',
  ],
  ['UpdateUserAttributes', 'AliasExistsException', 'Already there.', 'ALIAS_EXISTS', 'answer-again'],
  ['ConfirmSignUp', 'AliasExistsException', 'Already there.', 'ALIAS_EXISTS', 'start-again'],
  // A token that was revoked
  ['GetTokensFromRefreshToken', 'NotAuthorizedException', '', 'REFRESH_TOKEN_REFUSED', 'start-again'],
  ['GetTokensFromRefreshToken', 'NotAuthorizedException', 'Never seen.', 'REFUSED', 'start-again'],
  ['GetTokensFromRefreshToken', 'OtherNotAuthorizedException', '', 'REFUSED', 'start-again'],
  ['GetTokensFromRefreshToken', 'NotAuthorizedOtherException', '', 'REFUSED', 'start-again'],
  ['GetUser', 'NotAuthorizedException', '', 'REFUSED', 'start-again'],
] as const)('%s: %s "%s" is %s, %s', async (operation, exception, text, code, recovery) => {
  expect(await refused(operation, exception, text)).toMatchObject({ code, recovery });
});

test('each text has a source', () => {
  expect(TOLD_APART.length).toBeGreaterThanOrEqual(30);
  for (const { source } of TOLD_APART) expect(source).toMatch(/^[\w.-]+\/[\w.-]+#\d+|^AWS: /);
});

describe('a validation error is about the member that it names', () => {
  const TYPED: readonly [keyof typeof CALLS, string, ServiceErrorCode][] = [
    ['SignUp', 'username', 'USERNAME_REFUSED'],
    ['SignUp', 'password', 'PASSWORD_POLICY'],
    ['SignUp', 'userAttributes', 'ATTRIBUTE_REFUSED'],
    ['SignUp', 'userAttributes.1.member.value', 'ATTRIBUTE_REFUSED'],
    ['ConfirmSignUp', 'username', 'USERNAME_REFUSED'],
    ['ConfirmSignUp', 'confirmationCode', 'CODE_MISMATCH'],
    ['ConfirmForgotPassword', 'confirmationCode', 'CODE_MISMATCH'],
    ['ConfirmForgotPassword', 'password', 'PASSWORD_POLICY'],
    ['ForgotPassword', 'username', 'USERNAME_REFUSED'],
    ['ResendConfirmationCode', 'username', 'USERNAME_REFUSED'],
    ['ChangePassword', 'proposedPassword', 'PASSWORD_POLICY'],
    ['ChangePassword', 'previousPassword', 'INCORRECT_USERNAME_OR_PASSWORD'],
    ['UpdateUserAttributes', 'userAttributes.12.member.value', 'ATTRIBUTE_REFUSED'],
    ['VerifyUserAttribute', 'code', 'CODE_MISMATCH'],
    ['VerifySoftwareToken', 'userCode', 'CODE_MISMATCH'],
    ['VerifySoftwareToken', 'friendlyDeviceName', 'PARAMETER_REFUSED'],
    ['ConfirmDevice', 'deviceName', 'PARAMETER_REFUSED'],
    ['RespondToAuthChallenge', 'challengeResponses', 'PARAMETER_REFUSED'],
    ['RespondToAuthChallenge', 'challengeResponses.NEW_PASSWORD', 'PARAMETER_REFUSED'],
  ];

  test.each(TYPED)(
    '%s: what the user typed as %s can be typed again: %s',
    async (operation, member, code) => {
      const error = await refused(operation, 'InvalidParameterException', pattern(member));
      expect(error).toMatchObject({ code, recovery: 'answer-again' });
    },
  );

  test.each(TYPED)(
    '%s: a member that has another name than %s is not what was typed',
    async (operation, member) => {
      const longer = member.startsWith('challengeResponses') ? [] : [`${member}Other`];
      for (const other of [`other.${member}`, ...longer]) {
        const error = await refused(operation, 'InvalidParameterException', pattern(other));
        expect(error).toMatchObject({ code: 'PARAMETER_REFUSED', recovery: 'fix-configuration' });
      }
    },
  );

  test.each([
    ['InitiateAuth', 'clientId'],
    ['RespondToAuthChallenge', 'clientId'],
    ['SignUp', 'clientId'],
    ['SignUp', 'secretHash'],
    ['SignUp', 'userAttributes.1.member.name'],
    ['SignUp', 'clientMetadata'],
    ['ForgotPassword', 'analyticsMetadata.analyticsEndpointId'],
    ['VerifyUserAttribute', 'attributeName'],
    ['ConfirmDevice', 'deviceSecretVerifierConfig.salt'],
  ] as const)('%s: what the developer set as %s is fix-configuration', async (operation, member) => {
    const error = await refused(operation, 'InvalidParameterException', pattern(member));
    expect(error).toMatchObject({ code: 'PARAMETER_REFUSED', recovery: 'fix-configuration' });
  });

  test.each([
    ['RespondToAuthChallenge', 'session', 'SESSION_INVALID'],
    ['GetUser', 'accessToken', 'ACCESS_TOKEN_REFUSED'],
    ['GetTokensFromRefreshToken', 'refreshToken', 'REFRESH_TOKEN_REFUSED'],
    ['RevokeToken', 'token', 'REFRESH_TOKEN_REFUSED'],
  ] as const)('%s: a %s that was stored wrongly is %s, start-again', async (operation, member, code) => {
    const error = await refused(operation, 'InvalidParameterException', pattern(member));
    expect(error).toMatchObject({ code, recovery: 'start-again' });
    for (const other of [`other.${member}`, `${member}Other`]) {
      const otherError = await refused(operation, 'InvalidParameterException', pattern(other));
      expect(otherError).toMatchObject({ code: 'PARAMETER_REFUSED', recovery: 'fix-configuration' });
    }
  });

  test.each([
    ['It was said: 1 validation error detected', 'PARAMETER_REFUSED'],
    ['12 validation errors detected', 'PASSWORD_POLICY'],
    ['validation error detected', 'PARAMETER_REFUSED'],
  ])('%s: %s', async (begin, code) => {
    const text = pattern('password').replace(/^[^:]*/, begin);
    expect(await refused('SignUp', 'InvalidParameterException', text)).toMatchObject({ code });
  });

  test('if the user and the developer are at fault, the user is asked first', async () => {
    const text = `2 validation errors detected: Value at 'clientId' failed to satisfy constraint: Member must not be null; Value at 'password' failed to satisfy constraint: Member must not be null`;
    const error = await refused('SignUp', 'InvalidParameterException', text);
    expect(error).toMatchObject({ code: 'PASSWORD_POLICY', recovery: 'answer-again' });
  });
});

test.each(Object.keys(CALLS) as (keyof typeof CALLS)[])(
  '%s: an exception that nobody has reported is REFUSED, and the error names the operation',
  async (operation) => {
    expect(await refused(operation, 'SomethingNewException', 'Not today.')).toMatchObject({
      code: 'REFUSED',
      recovery: 'start-again',
      name: 'SomethingNewException',
      message: 'Not today.',
      operation: wireOperation(operation),
    });
    expect(await refused(operation, 'SomethingNewException', '')).toMatchObject({
      code: 'REFUSED',
      message: `The service refused ${wireOperation(operation)} and gave no message`,
    });
  },
);

test.each([
  'SignUp',
  'ConfirmSignUp',
  'ResendConfirmationCode',
  'ForgotPassword',
  'ConfirmForgotPassword',
  'ChangePassword',
  'UpdateUserAttributes',
  'VerifyUserAttribute',
  'VerifySoftwareToken',
  'RespondToAuthChallenge',
] as const)(
  '%s: a text that nobody has reported can be about what the user typed: not fix-configuration',
  async (operation) => {
    const error = await refused(operation, 'InvalidParameterException', 'Never seen.');
    expect(error).toMatchObject({ code: 'PARAMETER_REFUSED', recovery: 'answer-again', operation });
  },
);
