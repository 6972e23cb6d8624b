/** Checks the options of a pool. An option that has no check here does not compile. */
import {
  boolean,
  type Check,
  type Checks,
  callable,
  invalid,
  list,
  mapOf,
  object,
  oneOf,
  positive,
  text,
  whole,
} from './checks.ts';
import { FAULT_RULE } from './faults.ts';
import type {
  ClientOptions,
  DeviceTracking,
  RefreshTokenRotation,
  SessionPlacement,
  UserPoolOptions,
} from './options.ts';
import type { PasswordPolicy } from './password-policy.ts';
import type { Triggers } from './sign-in/triggers.ts';
import type { MfaOptions, UserOptions } from './users.ts';

const CLIENT: Checks<ClientOptions> = {
  clientId: text(/^[\w+-]{1,128}$/, '1 to 128 letters, digits, "_", "+" or "-"'),
  clientSecret: text(),
  explicitAuthFlows: list(
    oneOf(
      'ALLOW_USER_SRP_AUTH',
      'ALLOW_USER_PASSWORD_AUTH',
      'ALLOW_USER_AUTH',
      'ALLOW_CUSTOM_AUTH',
      'ALLOW_REFRESH_TOKEN_AUTH',
      'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      'USER_PASSWORD_AUTH',
      'ADMIN_NO_SRP_AUTH',
      'CUSTOM_AUTH_FLOW_ONLY',
    ),
  ),
  preventUserExistenceErrors: oneOf('ENABLED', 'LEGACY'),
  refreshTokenValidity: whole(1, 3650),
  refreshTokenRotation: object({ gracePeriodSeconds: whole(0, 60) } satisfies Checks<RefreshTokenRotation>, [
    'gracePeriodSeconds',
  ]),
  enableTokenRevocation: boolean,
};

const USER: Checks<UserOptions> = {
  username: text(),
  password: text(),
  attributes: mapOf(text(/^/, 'a string')),
  aliases: list(text()),
  status: oneOf('CONFIRMED', 'UNCONFIRMED', 'FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED'),
  enabled: boolean,
  mfa: object({
    sms: text(/^\+\d{5,15}$/, 'a phone number like "+4912345678"'),
    totp: text(/^[A-Z2-7]{16,}$/, 'base32, 16 characters or more'),
    email: boolean,
    preferred: oneOf('SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'),
  } satisfies Checks<MfaOptions>),
};

const PLACEMENT = oneOf('present', 'absent');

type Functions = 'triggers' | 'now' | 'rng';

/** The options that JSON can hold. */
const DATA: Checks<Omit<UserPoolOptions, Functions>> = {
  userPoolId: text(/^(?=.{1,55}$)[\w-]+_[0-9a-zA-Z]+$/, 'like "local_Pool1", of 55 characters or fewer'),
  clients: list(object(CLIENT, ['clientId']), 'clientId'),
  users: users(['username']),
  preventUserExistenceErrors: boolean,
  mfa: oneOf('OFF', 'OPTIONAL', 'ON'),
  devices: object({
    challengeRequiredOnNewDevice: boolean,
    onlyRememberedOnUserPrompt: boolean,
  } satisfies Checks<DeviceTracking>),
  requiredAttributes: list(text()),
  passwordPolicy: object({
    minimumLength: whole(6, 99),
    requireUppercase: boolean,
    requireLowercase: boolean,
    requireNumbers: boolean,
    requireSymbols: boolean,
  } satisfies Checks<PasswordPolicy>),
  allowedFirstAuthFactors: list(oneOf('PASSWORD', 'WEB_AUTHN', 'EMAIL_OTP', 'SMS_OTP')),
  passkeyFactorConfiguration: oneOf('SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'),
  userSessionTracking: boolean,
  relyingPartyId: text(),
  relyingPartyOrigins: list(text(/^https?:\/\//, 'an origin like "http://localhost:8080"')),
  faults: list(FAULT_RULE),
  sessionPlacement: object({
    USER_SRP_AUTH: PLACEMENT,
    CUSTOM_AUTH: PLACEMENT,
    USER_AUTH: PLACEMENT,
    DEVICE_PASSWORD_VERIFIER: PLACEMENT,
  } satisfies Checks<SessionPlacement>),
  wrongCodeKeepsSession: boolean,
  secretBlockOnce: boolean,
  modelledStatuses: boolean,
  unitOutput: oneOf('empty', 'object'),
  authSessionValidity: whole(3, 15),
  tokenValidity: whole(1, 86_400),
  timestampTolerance: positive,
  lockout: boolean,
  issuer: text(),
};

const OPTIONS: Checks<UserPoolOptions> = {
  ...DATA,
  triggers: object({
    defineAuthChallenge: callable,
    createAuthChallenge: callable,
    verifyAuthChallenge: callable,
  } satisfies Checks<Triggers>),
  now: callable,
  rng: callable,
};

/** @throws TypeError like `users[0].password must be a string`, which names the field and quotes no value */
export function assertOptions(options: unknown): asserts options is UserPoolOptions {
  object(OPTIONS, [], 'The options')(options, '');
}

/** Checks options that come as JSON. They have no functions, and every user has a password. */
export function assertSeed(seed: unknown): asserts seed is UserPoolOptions {
  object({ ...DATA, users: users(['username', 'password']) }, [], 'The seed')(seed, '');
}

/** Checks users. No name or alias may belong to two of them, because it has to find one user. */
function users(required: readonly (keyof UserOptions)[]): Check {
  const each = list(object(USER, required), 'username');
  return (value, path) => {
    each(value, path);
    const all = value as readonly UserOptions[];
    const owners = new Map(all.map(({ username }, user) => [username, { user, at: 'username' }]));
    for (const [user, { aliases = [] }] of all.entries()) {
      for (const [index, alias] of aliases.entries()) {
        const owner = owners.get(alias) ?? { user, at: `aliases[${index}]` };
        owners.set(alias, owner);
        if (owner.user === user) continue;
        throw invalid(
          `${path}[${user}].aliases[${index}] must differ from ${path}[${owner.user}].${owner.at}`,
        );
      }
    }
  };
}
