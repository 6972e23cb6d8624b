/** The seed file of `cognito-srp pool`: a pool's options as JSON, checked field by field. */
import { readFile } from 'node:fs/promises';
import type {
  ClientOptions,
  FaultName,
  FaultRule,
  MfaOptions,
  PasswordPolicy,
  SessionPlacement,
  UserOptions,
  UserPoolOptions,
} from '../pool/index.ts';
import { UsageError } from './failure.ts';
import {
  boolean,
  type Check,
  count,
  invalid,
  list,
  mapOf,
  object,
  oneOf,
  positive,
  text,
} from './seed-checks.ts';

/** One check per option that JSON can hold. An option of the pool without a line here does not compile. */
type Checks<Options> = {
  readonly [Key in keyof Options as Key extends 'triggers'
    ? never
    : Options[Key] extends ((...args: never) => unknown) | undefined
      ? never
      : Key]-?: Check;
};

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
    ),
  ),
  preventUserExistenceErrors: oneOf('ENABLED', 'LEGACY'),
  refreshTokenValidity: positive,
  refreshTokenRotation: object({ gracePeriodSeconds: count }, ['gracePeriodSeconds']),
  enableTokenRevocation: boolean,
};

const USER: Checks<UserOptions> = {
  username: text(),
  password: text(),
  attributes: mapOf(text(/^/, 'a string')),
  aliases: list(text()),
  status: oneOf('CONFIRMED', 'UNCONFIRMED', 'FORCE_CHANGE_PASSWORD', 'RESET_REQUIRED'),
  enabled: boolean,
  mfa: object(
    {
      sms: text(/^\+\d{5,15}$/, 'a phone number like "+4912345678"'),
      totp: text(/^[A-Z2-7]{16,}$/, 'base32, 16 characters or more'),
      email: boolean,
      preferred: oneOf('SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'),
    } satisfies Checks<MfaOptions>,
    [],
  ),
};

const PLACEMENT = oneOf('present', 'absent');

/** A fault of the pool without a line here does not compile. */
const FAULT_NAMES: Readonly<Record<FaultName, true>> = {
  throttle: true,
  'internal-error': true,
  'reset-before': true,
  'reset-after': true,
  slow: true,
  'truncated-body': true,
  html: true,
  'session-lost': true,
  'zero-B': true,
  'clock-ahead': true,
};

const SEED: Checks<UserPoolOptions> = {
  userPoolId: text(/^[\w-]+_[0-9a-zA-Z]+$/, 'like "local_Pool1"'),
  clients: list(object(CLIENT, ['clientId']), 'clientId'),
  users: list(object(USER, ['username', 'password']), 'username'),
  preventUserExistenceErrors: boolean,
  mfa: oneOf('OFF', 'OPTIONAL', 'ON'),
  devices: object({ challengeRequiredOnNewDevice: boolean, onlyRememberedOnUserPrompt: boolean }, []),
  requiredAttributes: list(text()),
  passwordPolicy: object(
    {
      minimumLength: positive,
      requireUppercase: boolean,
      requireLowercase: boolean,
      requireNumbers: boolean,
      requireSymbols: boolean,
    } satisfies Checks<PasswordPolicy>,
    [],
  ),
  allowedFirstAuthFactors: list(oneOf('PASSWORD', 'WEB_AUTHN', 'EMAIL_OTP', 'SMS_OTP')),
  relyingPartyId: text(),
  relyingPartyOrigins: list(text(/^https?:\/\//, 'an origin like "http://localhost:8080"')),
  faults: list(
    object(
      {
        name: oneOf(...Object.keys(FAULT_NAMES)),
        operation: text(),
        challengeName: text(),
        nth: positive,
        times: positive,
        delay: positive,
        ahead: positive,
        status: positive,
        multiple: count,
      } satisfies Checks<FaultRule>,
      ['name'],
    ),
  ),
  sessionPlacement: object(
    {
      USER_SRP_AUTH: PLACEMENT,
      CUSTOM_AUTH: PLACEMENT,
      USER_AUTH: PLACEMENT,
      DEVICE_PASSWORD_VERIFIER: PLACEMENT,
    } satisfies Checks<SessionPlacement>,
    [],
  ),
  wrongCodeKeepsSession: boolean,
  modelledStatuses: boolean,
  authSessionValidity: positive,
  tokenValidity: positive,
  timestampTolerance: positive,
  lockout: boolean,
  issuer: text(),
};

/**
 * @throws UsageError SEED_UNREADABLE, SEED_INVALID. Messages name the field, `users[0].password must be a
 *   string`, and quote no value.
 */
export async function readSeed(path: string): Promise<UserPoolOptions> {
  const json = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const reason = error.code === 'ENOENT' ? 'there is no such file' : error.code;
    throw new UsageError('SEED_UNREADABLE', `The seed file ${path} cannot be read: ${reason}`);
  });
  return parseSeed(json);
}

/** @throws UsageError SEED_INVALID */
export function parseSeed(json: string): UserPoolOptions {
  let seed: unknown;
  try {
    seed = JSON.parse(json);
  } catch (error) {
    // Not the whole text of the error: it quotes the file, and the file holds passwords.
    const [, position] = /at position (\d+)/.exec(error instanceof Error ? error.message : '') ?? [];
    const line = position && json.slice(0, Number(position)).split('\n').length;
    throw invalid(`The seed file is not JSON${line ? `, line ${line}` : ''}`);
  }
  object(SEED, [])(seed, '');
  return seed as UserPoolOptions;
}
