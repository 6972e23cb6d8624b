/**
 * Where the service differs from its model, and where a local pool has to. The generator lays these tables over the
 * model, and refuses a row that names nothing in it or changes nothing.
 */

/** Members of shapes that replace the model's. Undefined removes one. */
export const CHANGED_SHAPES = {
  // Reported: pass phrases with inner spaces are taken, a space at either end is refused with this pattern
  // (cds-snc/platform-forms-client#5635). The older text [\S]+ is of 2018 (aws-amplify/amplify-js#869).
  PasswordType: {
    pattern: '^[\\S]+.*[\\S]+$',
    // The same set of texts. With the pattern itself, a long text that does not match takes quadratic time.
    accepted: '[\\S][^\\n\\r]*[\\S]',
  },
  // The service refuses hyphens. The ids of a local pool's clients may have them, so that they can be read.
  // Reported: refusals repeat the id, although the model marks it as sensitive (boto/boto3#3581).
  ClientIdType: { accepted: '[\\w+-]+', sensitive: undefined },
  // Documented: a custom domain is a whole domain name, and the pattern is that of prefix domains.
  DomainType: { accepted: '[a-z0-9](?:[a-z0-9.\\-]{0,61}[a-z0-9])?' },
  // Reported: the refusal of a longer session names this length (aws-amplify/amplify-js#14411).
  SessionType: { max: 8192 },
  // Reported: rosberglinhares/CloudFormationCognitoCustomResources#1 has this order.
  UserPoolMfaType: { enum: ['OPTIONAL', 'OFF', 'ON'] },
  // Reported: awsdocs/aws-cloudformation-user-guide#563 has this order.
  OAuthFlowType: { enum: ['implicit', 'client_credentials', 'code'] },
  // Documented at GetClientToken, and not in the model: the flow ALLOW_CLIENT_TOKEN_AUTH. Its place is not known.
  ExplicitAuthFlowsType: {
    enum: [
      'ADMIN_NO_SRP_AUTH',
      'CUSTOM_AUTH_FLOW_ONLY',
      'USER_PASSWORD_AUTH',
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      'ALLOW_CUSTOM_AUTH',
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
      'ALLOW_USER_AUTH',
      'ALLOW_TOKEN_EXCHANGE_DELEGATION',
      'ALLOW_TOKEN_EXCHANGE_IMPERSONATION',
      'ALLOW_CLIENT_TOKEN_AUTH',
    ],
  },
};

/** Shapes that the model does not have, for CHANGED_MEMBERS. */
export const ADDED_SHAPES = {
  // Secrets in a seed may have any length, and the client that has one must be able to name it.
  SeededClientSecretType: { type: 'string', sensitive: true },
  // Described at both members in the model: "omit this parameter or submit a blank value" makes a user without a password.
  PasswordOrNoneType: {
    type: 'string',
    sensitive: true,
    max: 256,
    pattern: '^[\\S]+.*[\\S]+$',
    accepted: '(?:[\\S][^\\n\\r]*[\\S])?',
  },
  // Captured: the model allows 0, and a service behind it refuses 0 under its own name of the member.
  GroupsLimitType: { type: 'integer', min: 0, max: 60, inner: { name: 'maxResults', min: 1 } },
};

/** The members that have another shape than in the model. */
export const CHANGED_MEMBERS = {
  // The operation refuses unknown types with its own text (aws/aws-cdk#8585, anomalyco/sst#1645):
  // Invalid AttributeDataType input, consider using the provided AttributeDataType enum.
  'SchemaAttributeType.AttributeDataType': 'StringType',
  'GetTokensFromRefreshTokenRequest.ClientSecret': 'SeededClientSecretType',
  'RevokeTokenRequest.ClientSecret': 'SeededClientSecretType',
  'GetClientTokenRequest.Secret': 'SeededClientSecretType',
  'GetDerivedTokenRequest.ClientSecret': 'SeededClientSecretType',
  'SignUpRequest.Password': 'PasswordOrNoneType',
  'AdminCreateUserRequest.TemporaryPassword': 'PasswordOrNoneType',
  'ListGroupsRequest.Limit': 'GroupsLimitType',
  'AdminListGroupsForUserRequest.Limit': 'GroupsLimitType',
};

/** The maps that are read as empty ones if they are absent, so that the refusal names the missing parameter. */
export const EMPTY_IF_ABSENT = [
  'InitiateAuthRequest.AuthParameters',
  'AdminInitiateAuthRequest.AuthParameters',
  'RespondToAuthChallengeRequest.ChallengeResponses',
  'AdminRespondToAuthChallengeRequest.ChallengeResponses',
];

/** The operations that need no signature, although the model does not mark them: a client's secret stands in for it. */
export const UNSIGNED_OPERATIONS = ['GetClientToken', 'GetDerivedToken'];
