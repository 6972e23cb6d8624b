/**
 * The flows that `npm run test:clients` looks for in every client. The name of a case is the name of its flow, with details in
 * brackets. A flow that a client does not know has its reason here, and one that it knows in a way of its own says so in its program.
 */

/** By Cognito's own requests. `wire` is what the requests and challenges are called. */
const API_FLOWS = {
  'set-up by an administrator': '`CreateUserPool`, `CreateUserPoolClient`, `AdminCreateUser`, `CreateGroup`',
  'sign-up': '`SignUp`, `ConfirmSignUp`',
  SRP: '`USER_SRP_AUTH`, `PASSWORD_VERIFIER`',
  'SRP, wrong password': '`NotAuthorizedException`',
  'SRP, client with a secret': '`SECRET_HASH`',
  'SRP, remembered device': '`DEVICE_SRP_AUTH`, `DEVICE_PASSWORD_VERIFIER`',
  password: '`USER_PASSWORD_AUTH`',
  'password, wrong password': '`NotAuthorizedException`, `UserNotFoundException`',
  'password, client with a secret': '`SECRET_HASH`',
  'password, by an administrator': '`ADMIN_USER_PASSWORD_AUTH`',
  'choice of the first factor': '`USER_AUTH`, `SELECT_CHALLENGE`',
  'first factor password': '`USER_AUTH`, `PASSWORD`',
  'first factor e-mail': '`USER_AUTH`, `EMAIL_OTP`',
  'first factor SMS': '`USER_AUTH`, `SMS_OTP`',
  'custom challenge': '`CUSTOM_AUTH`, `CUSTOM_CHALLENGE`',
  'custom challenge, wrong answer': '`NotAuthorizedException`',
  'new password': '`NEW_PASSWORD_REQUIRED`',
  'second factor TOTP': '`SOFTWARE_TOKEN_MFA`',
  'second factor SMS': '`SMS_MFA`',
  'second factor e-mail': '`EMAIL_OTP`',
  'choice of the second factor': '`SELECT_MFA_TYPE`',
  'set-up of a second factor': '`MFA_SETUP`, `AssociateSoftwareToken`, `VerifySoftwareToken`',
  refresh: '`REFRESH_TOKEN_AUTH`',
  'refresh, client with a secret': '`SECRET_HASH`',
  'refresh with rotation': '`GetTokensFromRefreshToken`',
  revocation: '`RevokeToken`',
  'tokens verified': 'the keys of the pool',
  'own attributes': '`GetUser`, `UpdateUserAttributes`',
  'forgotten password': '`ForgotPassword`, `ConfirmForgotPassword`',
  'changed password': '`ChangePassword`',
  'sign-out everywhere': '`GlobalSignOut`',
  'users page by page': '`ListUsers`',
  deletion: '`AdminDeleteUser`, `DeleteUserPoolClient`, `DeleteUserPool`',
};

/** By the endpoints of OAuth 2.0 and OpenID Connect. */
const OAUTH_FLOWS = {
  discovery: '`/.well-known/openid-configuration`',
  'code with PKCE': '`/oauth2/authorize`, `/oauth2/token`',
  'wrong code verifier': '`invalid_grant`',
  'unknown scope': '`invalid_scope`',
  userInfo: '`/oauth2/userInfo`',
  refresh: '`refresh_token`',
  revocation: '`/oauth2/revoke`',
  'tokens of a client': '`client_credentials`',
};

/** The challenges of the pool that no client is asked, each with its reason. */
export const UNASKED = {
  PASSWORD_SRP: 'Its answer is `SRP_A`, and `PASSWORD_VERIFIER` follows, which the rows of SRP run.',
  WEB_AUTHN: 'Its answer is signed by an authenticator, which none of these clients has.',
};

/** The tables of the page: what the rows are, and whose columns stand in it. */
export const TABLES = [
  {
    title: 'By the API of Cognito',
    flows: API_FLOWS,
    clients: ['boto3', 'pycognito', 'warrant-lite', 'AWS CLI v1', 'Go SDK', 'Java SDK', 'Rust SDK'],
  },
  { title: 'By OAuth 2.0', flows: OAUTH_FLOWS, clients: ['Authlib', 'Spring Security'] },
];

const FIRST_FACTORS_BESIDE_SRP = [
  'choice of the first factor',
  'first factor password',
  'first factor e-mail',
  'first factor SMS',
  'custom challenge',
  'custom challenge, wrong answer',
];
const RARE_SECOND_FACTORS = [
  'second factor e-mail',
  'choice of the second factor',
  'set-up of a second factor',
];
const SRP_FLOWS = ['SRP', 'SRP, wrong password', 'SRP, client with a secret', 'SRP, remembered device'];
const VERIFIES_NOTHING = {
  flows: ['tokens verified'],
  reason: 'It verifies no tokens. `npm run test:verifiers` runs libraries that do.',
};
const REVOKES_NOTHING = { flows: ['revocation'], reason: 'It revokes no tokens.' };
const HAS_NO_SRP = { flows: SRP_FLOWS, reason: 'It has no SRP.' };

/** What a client does not know, by the client. */
const UNKNOWN = {
  boto3: [HAS_NO_SRP, VERIFIES_NOTHING],
  'AWS CLI v1': [HAS_NO_SRP, VERIFIES_NOTHING],
  pycognito: [
    {
      flows: [
        'password',
        'password, wrong password',
        'password, client with a secret',
        ...FIRST_FACTORS_BESIDE_SRP,
      ],
      reason: 'It signs in by SRP, or as an administrator.',
    },
    {
      flows: RARE_SECOND_FACTORS,
      reason: 'Of second factors, it answers `SMS_MFA` and `SOFTWARE_TOKEN_MFA` alone.',
    },
    REVOKES_NOTHING,
    { flows: ['refresh with rotation'], reason: 'It refreshes by `REFRESH_TOKEN_AUTH` alone.' },
  ],
  'warrant-lite': [
    {
      flows: [
        'sign-up',
        'password',
        'password, wrong password',
        'password, client with a secret',
        'password, by an administrator',
        ...FIRST_FACTORS_BESIDE_SRP,
        ...RARE_SECOND_FACTORS,
        'refresh',
        'refresh, client with a secret',
        'refresh with rotation',
        'revocation',
        'own attributes',
        'forgotten password',
        'changed password',
        'sign-out everywhere',
        'users page by page',
        'deletion',
      ],
      reason: 'It signs in by SRP and verifies tokens, and does nothing else.',
    },
    { flows: ['SRP, remembered device'], reason: 'It knows no devices.' },
  ],
  'Go SDK': [
    { flows: ['SRP, remembered device'], reason: '`alexrudd/cognito-srp` knows no devices.' },
    VERIFIES_NOTHING,
  ],
  'Java SDK': [VERIFIES_NOTHING],
  'Rust SDK': [VERIFIES_NOTHING],
  'Spring Security': [REVOKES_NOTHING],
};

/** @returns why a client does not know a flow, or undefined */
export const reasonOf = (client, flow) => UNKNOWN[client]?.find(({ flows }) => flows.includes(flow))?.reason;

/** The flow of a case: its name without the details in brackets at its end. */
export const flowOf = (name) => name.replace(/ \(.*\)$/, '');
