/** Checks the options of a pool. An option that has no check here does not compile. */
import { KEPT_SCOPE } from '../domain/scopes.ts';
import { FAULT_RULE } from '../faults/faults.ts';
import { ofShape } from './aws-shape.ts';
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
  withMethods,
} from './checks.ts';
import { DEFAULT_CLIENTS, DEFAULT_POOL_ID, idOfClient } from './contents.ts';
import { IDENTITY_PROVIDER_OPTIONS } from './identity-provider-options.ts';
import { checkOAuthClient, OAUTH_CLIENT } from './oauth-client-options.ts';
import type {
  ClientOptions,
  DeviceTracking,
  GroupOptions,
  MfaOptions,
  PasswordPolicy,
  RefreshTokenRotation,
  ResourceServerOptions,
  UserOptions,
  UserPoolOptions,
} from './options.ts';
import { CLIENT_RECORD, GROUP_RECORD, POOL_RECORD, SESSION_PLACEMENT } from './pool-record.ts';
import { isServiceWide, type PoolOptions, type PoolServiceOptions } from './service-options.ts';
import { checkEachLambdaArn, checkLambdaArns, LAMBDA_ENDPOINT, TRIGGER_FUNCTIONS } from './trigger-checks.ts';
import { checkUsers } from './user-checks.ts';
import { USER_RECORD } from './user-record.ts';
import { checkValidities, VALIDITIES } from './validity-checks.ts';

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
      'ALLOW_CLIENT_TOKEN_AUTH',
      'USER_PASSWORD_AUTH',
      'ADMIN_NO_SRP_AUTH',
      'CUSTOM_AUTH_FLOW_ONLY',
    ),
  ),
  preventUserExistenceErrors: oneOf('ENABLED', 'LEGACY'),
  ...VALIDITIES,
  authSessionValidity: whole(3, 15),
  refreshTokenRotation: object({ gracePeriodSeconds: whole(0, 60) } satisfies Checks<RefreshTokenRotation>, [
    'gracePeriodSeconds',
  ]),
  enableTokenRevocation: boolean,
  readAttributes: list(text()),
  writeAttributes: list(text()),
  ...OAUTH_CLIENT,
};

function clientOfOptions(value: unknown, path: string): void {
  object(CLIENT, ['clientId'])(value, path);
  // The check of the object has let nothing else pass
  checkValidities(value as ClientOptions, path);
  checkOAuthClient(value as ClientOptions, path);
}

const USER: Checks<UserOptions> = {
  username: text(),
  password: text(),
  attributes: mapOf(text(/^/, 'a string')),
  aliases: list(text()),
  groups: list(text()),
  status: oneOf('CONFIRMED', 'UNCONFIRMED', 'FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED', 'EXTERNAL_PROVIDER'),
  enabled: boolean,
  mfa: object({
    sms: text(/^\+\d{5,15}$/, 'a phone number like "+4912345678"'),
    totp: text(/^[A-Z2-7]{16,}$/, 'base32, 16 characters or more'),
    email: boolean,
    preferred: oneOf('SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'),
  } satisfies Checks<MfaOptions>),
  ...USER_RECORD,
};

const GROUP: Checks<GroupOptions> = {
  name: text(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u, '1 to 128 characters without spaces'),
  description: text(/^.{0,2048}$/s, 'at most 2048 characters'),
  precedence: whole(0, 2_147_483_647),
  roleArn: text(/^arn:/, 'an ARN'),
};

/** The limits are those of AWS's model. */
const RESOURCE_SERVER = object(
  {
    // It is a scope, too
    identifier: text(KEPT_SCOPE, '1 to 256 characters of ASCII without spaces, quotes and backslashes'),
    name: text(/^[\w\s+=,.@-]{1,256}$/, '1 to 256 letters, digits, spaces or characters of "+=,.@-"'),
    scopes: list(
      text(
        /^[\x21\x23-\x2e\x30-\x5b\x5d-\x7e]{1,256}$/,
        '1 to 256 characters of ASCII without spaces, quotes, slashes and backslashes',
      ),
    ),
  } satisfies Checks<ResourceServerOptions>,
  ['identifier', 'scopes'],
);

/** A list whose items may have AWS's shape, which the member of that shape's name tells. */
function inEitherShape(own: Check, ownName: string, record: Check, recordName: string): Check {
  const each: Check = (value, path) => {
    const hasRecordShape = typeof value === 'object' && value !== null && Object.hasOwn(value, recordName);
    (hasRecordShape ? record : own)(value, path);
  };
  return (value, path) => {
    list(each)(value, path);
    // The check of the list has let nothing else pass
    const items = value as readonly Readonly<Record<string, unknown>>[];
    const first = new Map<unknown, string>();
    for (const [index, item] of items.entries()) {
      const name = Object.hasOwn(item, recordName) ? recordName : ownName;
      const earlier = first.get(item[name]);
      if (earlier !== undefined) throw invalid(`${path}[${index}].${name} must differ from ${earlier}`);
      first.set(item[name], `${path}[${index}].${name}`);
    }
  };
}

type Functions =
  | 'triggers'
  | 'now'
  | 'rng'
  | 'arithmetic'
  | 'log'
  | 'logTriggers'
  | 'encodeSenderCode'
  | 'identityProviderFetch';

/** The options that JSON can hold. */
const DATA: Checks<Omit<UserPoolOptions, Functions>> = {
  userPoolId: text(
    /^(?=.{1,55}$)[\w-]+_[0-9a-zA-Z]+$/,
    'like "us-east-1_LocalPool", of 55 characters or fewer',
  ),
  clients: inEitherShape(clientOfOptions, 'clientId', CLIENT_RECORD, 'ClientId'),
  users: list(object(USER, ['username']), 'username'),
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
    temporaryPasswordValidityDays: whole(0, 365),
    passwordHistorySize: whole(0, 24),
  } satisfies Checks<PasswordPolicy>),
  schema: list(ofShape('SchemaAttributeType')),
  groups: inEitherShape(object(GROUP, ['name']), 'name', GROUP_RECORD, 'GroupName'),
  resourceServers: list(RESOURCE_SERVER, 'identifier'),
  usernameAttributes: list(oneOf('email', 'phone_number')),
  aliasAttributes: list(oneOf('email', 'phone_number', 'preferred_username')),
  caseSensitive: boolean,
  autoVerifiedAttributes: list(oneOf('email', 'phone_number')),
  verifiedBeforeUpdate: list(oneOf('email', 'phone_number')),
  adminCreateUserOnly: boolean,
  userPool: ofShape('UserPoolType'),
  deviceSession: oneOf('required', 'optional'),
  allowedFirstAuthFactors: list(oneOf('PASSWORD', 'WEB_AUTHN', 'EMAIL_OTP', 'SMS_OTP')),
  passkeyFactorConfiguration: oneOf('SINGLE_FACTOR', 'MULTI_FACTOR_WITH_USER_VERIFICATION'),
  passkeyUserVerification: oneOf('required', 'preferred'),
  userSessionTracking: boolean,
  relyingPartyId: text(),
  relyingPartyOrigins: list(text(/^https?:\/\//, 'an origin like "http://localhost:8080"')),
  identityProviders: list(IDENTITY_PROVIDER_OPTIONS, 'ProviderName'),
  faults: list(FAULT_RULE),
  identityProviderIssuers: mapOf(text(/^https?:\/\//, 'an issuer like "http://127.0.0.1:9400"')),
  identityProviderTimeout: positive,
  sessionPlacement: SESSION_PLACEMENT,
  wrongCodeKeepsSession: boolean,
  secretBlockOnce: boolean,
  modelledStatuses: boolean,
  unitOutput: oneOf('empty', 'object'),
  authSessionValidity: whole(3, 15),
  tokenValidity: whole(1, 86_400),
  timestampTolerance: positive,
  lockout: boolean,
  issuer: text(),
  preTokenGenerationVersion: oneOf('V1_0', 'V2_0', 'V3_0'),
  lambdaEndpoint: LAMBDA_ENDPOINT,
  triggerTimeoutMs: whole(1, 900_000),
  triggerAttempts: whole(1, 10),
  allowedHosts: list(text(/^[\w.:[\]-]+$/, 'a host name or an address, without a port')),
  ...POOL_RECORD,
};

const OPTIONS: Checks<UserPoolOptions> = {
  ...DATA,
  triggers: TRIGGER_FUNCTIONS,
  now: callable,
  rng: callable,
  arithmetic: withMethods('run'),
  log: callable,
  identityProviderFetch: callable,
  logTriggers: callable,
  encodeSenderCode: callable,
};

/** @throws TypeError like `users[0].password must be a string`, which names the field and quotes no value */
export function assertOptions(options: unknown): asserts options is UserPoolOptions {
  object(OPTIONS, [], 'The options')(options, '');
  checkTogether(options as UserPoolOptions);
  const { lambdaEndpoint } = options as UserPoolOptions;
  checkLambdaArns(options as UserPoolOptions, lambdaEndpoint);
}

/** @throws TypeError like `password must be a string`, which names the field of the user */
export function assertUserOptions(user: unknown): asserts user is UserOptions {
  object(USER, ['username'], 'The user')(user, '');
}

/** @throws TypeError as above */
export function assertServiceOptions(options: unknown): asserts options is PoolServiceOptions {
  checkService(OPTIONS, 'The options')(options, '');
  checkEachLambdaArn(options as PoolServiceOptions);
}

/** Checks options that come as JSON. They have no functions, and every user has a password, unless the seed is a snapshot. */
export function assertSeed(seed: unknown): asserts seed is UserPoolOptions | PoolServiceOptions {
  const checks = { ...DATA, users: list(userOfSeed, 'username') };
  const hasPools = typeof seed === 'object' && seed !== null && Object.hasOwn(seed, 'pools');
  const check = hasPools ? checkService(checks, 'The seed') : object(checks, [], 'The seed');
  check(seed, '');
  if (hasPools) return;
  checkTogether(seed as UserPoolOptions);
}

/** Checks a pool of a data folder. What a running pool has allowed is not refused, so two users may have one name. */
export function assertSnapshot(snapshot: unknown): asserts snapshot is UserPoolOptions {
  const each = list(object(USER, ['username']));
  object({ ...DATA, users: each }, ['settings', 'secret'], 'The snapshot')(snapshot, '');
  checkIds(snapshot as UserPoolOptions);
}

/**
 * Checks the options of a pool that depend on each other.
 *
 * @param inside what the path of a field begins with, such as `pools[0].`
 */
function checkTogether(options: PoolOptions, inside = ''): void {
  checkIds(options);
  checkUsers(options, inside);
  checkVerifiedBeforeUpdate(options, inside);
}

/** Checks that each address that is verified before it changes is verified automatically, because the service demands it. */
function checkVerifiedBeforeUpdate({ settings, userPool, ...options }: PoolOptions, inside: string): void {
  // They replace these options, and a running pool has allowed them
  if (settings) return;
  const { AutoVerifiedAttributes, UserAttributeUpdateSettings: updates } = userPool ?? {};
  const [member, waiting = []] = updates
    ? ([
        'userPool.UserAttributeUpdateSettings.AttributesRequireVerificationBeforeUpdate',
        updates.AttributesRequireVerificationBeforeUpdate,
      ] as const)
    : (['verifiedBeforeUpdate', options.verifiedBeforeUpdate] as const);
  const [list, verified] = AutoVerifiedAttributes
    ? (['userPool.AutoVerifiedAttributes', AutoVerifiedAttributes] as const)
    : (['autoVerifiedAttributes', options.autoVerifiedAttributes] as const);
  const index = waiting.findIndex((name) => verified && !verified.includes(name));
  if (index >= 0) throw invalid(`${inside}${member}[${index}] must be one of ${list}`);
}

function checkIds({ userPoolId, settings }: UserPoolOptions): void {
  if (settings && settings.userPool.Id !== userPoolId) {
    throw invalid('settings.userPool.Id must be the same as userPoolId');
  }
}

/** A user without a password is a mistake in a seed, unless it says so. */
function userOfSeed(value: unknown, path: string): void {
  const { verifier, hasPassword }: Partial<UserOptions> = Object(value);
  const needsNone = verifier !== undefined || hasPassword === false;
  object(USER, needsNone ? ['username'] : ['username', 'password'])(value, path);
}

/**
 * Checks the options of several pools.
 *
 * @param checks those of the options of one pool
 */
function checkService(checks: Readonly<Record<string, Check>>, whole: string): Check {
  const entries = Object.entries(checks);
  const shared = entries.filter(([name]) => isServiceWide(name));
  const ofPool = object(Object.fromEntries(entries.filter(([name]) => !isServiceWide(name))));
  const each: Check = (value, path) => {
    const misplaced = shared.find(([name]) => Object.hasOwn(Object(value), name));
    if (misplaced) {
      throw invalid(`${path}.${misplaced[0]} holds for all pools of the service: it stands beside \`pools\``);
    }
    ofPool(value, path);
  };
  return object({ ...Object.fromEntries(shared), pools: pools(each) }, ['pools'], whole);
}

/** Checks pools. A pool is found by its id or by an app client, so neither may stand in two pools. */
function pools(each: Check): Check {
  return (value, path) => {
    list(each)(value, path);
    // The check of the list has let nothing else pass
    const all = value as readonly PoolOptions[];
    if (all.length === 0) throw invalid(`${path} must have one pool or more`);
    const owners = new Map<string, string>();
    const claim = (name: string, at: string) => {
      const other = owners.get(name);
      if (other !== undefined) throw invalid(`${at} must differ from ${other}`);
      owners.set(name, at);
    };
    for (const [index, { userPoolId = DEFAULT_POOL_ID, clients = DEFAULT_CLIENTS }] of all.entries()) {
      checkTogether(all[index] ?? {}, `${path}[${index}].`);
      claim(`pool ${userPoolId}`, `${path}[${index}].userPoolId`);
      for (const [at, client] of clients.entries()) {
        claim(
          `client ${idOfClient(client)}`,
          `${path}[${index}].clients[${at}].${'ClientId' in client ? 'ClientId' : 'clientId'}`,
        );
      }
    }
  };
}
