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
  'new password': '`NEW_PASSWORD_REQUIRED`',
  'second factor TOTP': '`SOFTWARE_TOKEN_MFA`',
  'second factor SMS': '`SMS_MFA`',
  refresh: '`REFRESH_TOKEN_AUTH`',
  'refresh, client with a secret': '`SECRET_HASH`',
  'refresh with rotation': '`GetTokensFromRefreshToken`',
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

/** The tables of the page: what the rows are, and whose columns stand in it. */
export const TABLES = [
  {
    title: 'By the API of Cognito',
    flows: API_FLOWS,
    clients: ['boto3', 'pycognito', 'warrant-lite', 'AWS CLI', 'Go SDK', 'Java SDK', 'Rust SDK'],
  },
  { title: 'By OAuth 2.0', flows: OAUTH_FLOWS, clients: ['Authlib', 'Spring Security'] },
];

const SRP_FLOWS = ['SRP', 'SRP, wrong password', 'SRP, client with a secret', 'SRP, remembered device'];
const VERIFIES_NOTHING = {
  flows: ['tokens verified'],
  reason: 'It verifies no tokens. `npm run test:verifiers` runs libraries that do.',
};
const HAS_NO_SRP = { flows: SRP_FLOWS, reason: 'It has no SRP.' };

/** What a client does not know, by the client. */
const UNKNOWN = {
  boto3: [HAS_NO_SRP, VERIFIES_NOTHING],
  'AWS CLI': [HAS_NO_SRP, VERIFIES_NOTHING],
  pycognito: [
    {
      flows: [
        'password',
        'password, wrong password',
        'password, client with a secret',
        'choice of the first factor',
      ],
      reason: 'It signs in by SRP, or as an administrator.',
    },
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
        'choice of the first factor',
        'refresh',
        'refresh, client with a secret',
        'refresh with rotation',
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
  'Spring Security': [{ flows: ['revocation'], reason: 'It revokes no tokens.' }],
};

/** @returns why a client does not know a flow, or undefined */
export const reasonOf = (client, flow) => UNKNOWN[client]?.find(({ flows }) => flows.includes(flow))?.reason;

/** The flow of a case: its name without the details in brackets at its end. */
export const flowOf = (name) => name.replace(/ \(.*\)$/, '');
