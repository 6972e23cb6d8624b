/** What the pools of the soak begin with: app clients whose tokens live for minutes, users for each kind of traffic, and the faults. */
import { faultRules } from './fault-schedule.mjs';

export const PASSWORD = 'Correct-Horse-9';
export const CALLBACK = 'http://localhost:3000/callback';
export const GROUP = 'writers';
/** How long tokens are valid, in minutes. */
export const TOKEN_MINUTES = 3;
export const REFRESH_MINUTES = 5;
/** How long a challenge can be answered, in minutes: the shortest that AWS has. */
export const SESSION_MINUTES = 3;
/** How long a replaced refresh token is still accepted, in seconds. */
export const GRACE_S = 60;

export const PLAIN = 'us-east-1_Plain';
export const TRACKING = 'us-east-1_Tracking';

/** How many users each kind of traffic takes turns with. One user is not used by two flows at the same time. */
export const USERS = {
  srp: 20,
  password: 20,
  // A code of an app counts once, so a user cannot sign in twice within its 30 seconds
  totp: 80,
  late: 80,
  refresh: 40,
  waiting: 400,
  oauth: 20,
  forgetful: 20,
  device: 80,
};

/** The secret of the user's authenticator app. */
export const TOTP_SECRET = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

export const userName = (kind, number) => `${kind}-${number % USERS[kind]}`;

const usersOf = (kind, more = {}) =>
  Array.from({ length: USERS[kind] }, (_, number) => ({
    username: userName(kind, number),
    password: PASSWORD,
    attributes: { email: `${userName(kind, number)}@example.com`, email_verified: 'true' },
    ...more,
  }));

const client = (clientId, more = {}) => ({
  clientId,
  explicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  accessTokenValidity: TOKEN_MINUTES,
  idTokenValidity: TOKEN_MINUTES,
  refreshTokenValidity: REFRESH_MINUTES,
  tokenValidityUnits: { accessToken: 'minutes', idToken: 'minutes', refreshToken: 'minutes' },
  authSessionValidity: SESSION_MINUTES,
  ...more,
});

/** @param calls how many calls of one kind the faults last for */
export const seedOf = (calls) => ({
  pools: [
    {
      userPoolId: PLAIN,
      groups: [{ name: GROUP }],
      clients: [
        client('web'),
        client('rotating', { refreshTokenRotation: { gracePeriodSeconds: GRACE_S } }),
        client('app', {
          callbackUrls: [CALLBACK],
          logoutUrls: [CALLBACK],
          allowedOAuthFlows: ['code'],
          allowedOAuthScopes: ['openid', 'email', 'aws.cognito.signin.user.admin'],
        }),
      ],
      users: [
        ...usersOf('srp'),
        ...usersOf('password'),
        ...usersOf('totp', { mfa: { totp: TOTP_SECRET } }),
        ...usersOf('late', { mfa: { totp: TOTP_SECRET } }),
        ...usersOf('refresh'),
        ...usersOf('waiting'),
        ...usersOf('oauth'),
        ...usersOf('forgetful'),
      ],
    },
    {
      userPoolId: TRACKING,
      clients: [client('tracked')],
      devices: { challengeRequiredOnNewDevice: true },
      users: usersOf('device', { mfa: { totp: TOTP_SECRET } }),
    },
  ],
  faults: faultRules(calls),
});
