/** What a user of a seed has beyond the options, if the seed is the snapshot of a pool: the user as JSON. */
import { fromBase64Url, toBase64Url } from '../domain/base64url.ts';
import type { Verifier } from '../domain/srp-host.ts';
import type { SoftwareToken } from '../domain/totp.ts';
import {
  type Device,
  type Failures,
  type MfaPreference,
  type NewUser,
  NO_FAILURES,
  type Passkey,
  type User,
} from '../domain/user.ts';
import {
  boolean,
  type Check,
  type Checks,
  list,
  mapOf,
  notNegative,
  object,
  oneOf,
  text,
  whole,
} from './checks.ts';

/** A verifier in hexadecimal digits. */
export interface VerifierRecord {
  readonly salt: string;
  readonly v: string;
}

export interface PasskeyRecord extends Omit<Passkey, 'publicKey' | 'relyingPartyId' | 'attachment'> {
  /** A COSE key, base64url. */
  readonly publicKey: string;
  /** Earlier versions wrote none. Default: that of the pool's settings, or else `localhost`. */
  readonly relyingPartyId?: string;
  readonly attachment?: string;
}

export interface DeviceRecord extends Omit<Device, 'verifier' | 'name'> {
  readonly verifier?: VerifierRecord;
  readonly name?: string;
}

export interface SoftwareTokenRecord extends Omit<SoftwareToken, 'friendlyName'> {
  readonly friendlyName?: string;
}

export interface MfaPreferenceRecord extends Omit<MfaPreference, 'preferred'> {
  readonly preferred?: NonNullable<MfaPreference['preferred']>;
}

/** What a user of a snapshot has beyond what a seed by hand needs. Times are milliseconds since the epoch. */
export interface UserRecord {
  /** The SRP verifier of the password, in place of the password. */
  readonly verifier?: VerifierRecord;
  /** Default: whether there is a password or a verifier. */
  readonly hasPassword?: boolean;
  readonly passwordSetAt?: number;
  /** The verifiers of earlier passwords, the newest first. */
  readonly passwordHistory?: readonly VerifierRecord[];
  /** Addresses that become attributes once they are verified. */
  readonly pendingAttributes?: Readonly<Record<string, string>>;
  readonly failures?: Failures;
  readonly mfaFailures?: Failures;
  /** The second factors, where `mfa` is the short form. */
  readonly mfaPreference?: MfaPreferenceRecord;
  readonly softwareToken?: SoftwareTokenRecord;
  readonly unverifiedSoftwareToken?: SoftwareTokenRecord;
  readonly passkeys?: readonly PasskeyRecord[];
  readonly passkeyMfa?: boolean;
  readonly devices?: readonly DeviceRecord[];
  readonly createdAt?: number;
  readonly lastModifiedAt?: number;
}

const HEX = text(/^[0-9a-f]+$/, 'hexadecimal digits');
const FACTOR = oneOf('SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP');
const TIME = notNegative;
const ANY_TEXT = text(/^/, 'a string');

const VERIFIER = object({ salt: HEX, v: HEX } satisfies Checks<VerifierRecord>, ['salt', 'v']);
const FAILURES = object({ count: whole(0), last: TIME } satisfies Checks<Failures>, ['count', 'last']);
const SOFTWARE_TOKEN = object(
  {
    secret: text(),
    friendlyName: ANY_TEXT,
    usedSteps: list(whole(0)),
  } satisfies Checks<SoftwareTokenRecord>,
  ['secret', 'usedSteps'],
);
const DEVICE: Check = object(
  {
    key: text(),
    groupKey: text(),
    name: ANY_TEXT,
    verifier: VERIFIER,
    confirmable: boolean,
    confirmed: boolean,
    remembered: boolean,
    createdAt: TIME,
    lastModifiedAt: TIME,
    lastAuthenticatedAt: TIME,
  } satisfies Checks<DeviceRecord>,
  [
    'key',
    'groupKey',
    'confirmable',
    'confirmed',
    'remembered',
    'createdAt',
    'lastModifiedAt',
    'lastAuthenticatedAt',
  ],
);
const PASSKEY: Check = object(
  {
    id: text(),
    publicKey: text(/^(?=.)(?:[\w-]{4})*(?:[\w-]{2,3})?$/, 'base64url'),
    relyingPartyId: text(),
    counter: whole(0),
    transports: list(ANY_TEXT),
    attachment: ANY_TEXT,
    name: ANY_TEXT,
    createdAt: TIME,
  } satisfies Checks<PasskeyRecord>,
  ['id', 'publicKey', 'counter', 'transports', 'name', 'createdAt'],
);

export const USER_RECORD: Checks<UserRecord> = {
  verifier: VERIFIER,
  hasPassword: boolean,
  passwordSetAt: TIME,
  passwordHistory: list(VERIFIER),
  pendingAttributes: mapOf(ANY_TEXT),
  failures: FAILURES,
  mfaFailures: FAILURES,
  mfaPreference: object(
    {
      enabled: list(FACTOR),
      preferred: FACTOR,
      smsBySettings: boolean,
      switchedOff: list(FACTOR),
      emailSetUp: boolean,
    } satisfies Checks<MfaPreferenceRecord>,
    ['enabled'],
  ),
  softwareToken: SOFTWARE_TOKEN,
  unverifiedSoftwareToken: SOFTWARE_TOKEN,
  passkeys: list(PASSKEY),
  passkeyMfa: boolean,
  devices: list(DEVICE),
  createdAt: TIME,
  lastModifiedAt: TIME,
};

/** The members of a record of `toUserRecord`. A member of `User` that is not among them does not compile. */
type Written = Record<
  Exclude<keyof User, 'sub' | 'seedPassword' | 'mfa'> | 'password' | 'mfaPreference',
  unknown
>;

/** Writes a user as a seed has it. What a user has who was just made is left out. */
export function toUserRecord(user: User): Readonly<Record<string, unknown>> {
  const { sub, attributes, verifier, seedPassword, hasPassword, mfa } = user;
  const isPlain = hasPassword === (verifier !== undefined || seedPassword !== undefined) && hasPassword;
  const record: Written = {
    username: user.username,
    password: seedPassword,
    verifier: verifier && toVerifierRecord(verifier),
    attributes: { ...attributes, sub },
    pendingAttributes: user.pendingAttributes,
    aliases: user.aliases,
    groups: user.groups,
    status: user.status,
    enabled: user.enabled ? undefined : false,
    hasPassword: isPlain ? undefined : hasPassword,
    passwordSetAt: user.passwordSetAt,
    passwordHistory: user.passwordHistory.map(toVerifierRecord),
    failures: toFailures(user.failures),
    mfaFailures: toFailures(user.mfaFailures),
    mfaPreference:
      mfa.enabled.length > 0 ||
      mfa.preferred ||
      mfa.smsBySettings ||
      mfa.switchedOff?.length ||
      mfa.emailSetUp
        ? mfa
        : undefined,
    softwareToken: user.softwareToken,
    unverifiedSoftwareToken: user.unverifiedSoftwareToken,
    passkeys: user.passkeys.map((passkey) => ({ ...passkey, publicKey: toBase64Url(passkey.publicKey) })),
    passkeyMfa: user.passkeyMfa ? true : undefined,
    devices: user.devices.map((device) => ({
      ...device,
      verifier: device.verifier && toVerifierRecord(device.verifier),
    })),
    createdAt: user.createdAt,
    lastModifiedAt: user.lastModifiedAt,
  };
  return Object.fromEntries(Object.entries(record).filter(([, value]) => !isEmpty(value)));
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);

const toFailures = (failures: Failures) => (failures.count > 0 ? failures : undefined);

/**
 * Reads what `toUserRecord` wrote, as far as it is not an option of every user.
 *
 * @param relyingPartyId of passkeys whose records have none
 */
export function fromUserRecord(record: UserRecord, relyingPartyId: string): Partial<NewUser> {
  const { verifier, passwordHistory, mfaPreference, softwareToken, unverifiedSoftwareToken } = record;
  const { hasPassword, passwordSetAt, pendingAttributes, failures = NO_FAILURES } = record;
  const {
    mfaFailures = NO_FAILURES,
    passkeys,
    passkeyMfa = false,
    devices,
    createdAt,
    lastModifiedAt,
  } = record;
  return {
    ...(verifier && { verifier: fromVerifierRecord(verifier) }),
    ...(hasPassword !== undefined && { hasPassword }),
    ...(passwordSetAt !== undefined && { passwordSetAt }),
    ...(passwordHistory && { passwordHistory: passwordHistory.map(fromVerifierRecord) }),
    ...(pendingAttributes && { pendingAttributes }),
    failures,
    mfaFailures,
    ...(mfaPreference && { mfa: { ...mfaPreference, preferred: mfaPreference.preferred } }),
    ...(softwareToken && { softwareToken: fromSoftwareTokenRecord(softwareToken) }),
    ...(unverifiedSoftwareToken && {
      unverifiedSoftwareToken: fromSoftwareTokenRecord(unverifiedSoftwareToken),
    }),
    ...(passkeys && { passkeys: passkeys.map((passkey) => fromPasskeyRecord(passkey, relyingPartyId)) }),
    passkeyMfa,
    ...(devices && { devices: devices.map(fromDeviceRecord) }),
    ...(createdAt !== undefined && { createdAt }),
    ...(lastModifiedAt !== undefined && { lastModifiedAt }),
  };
}

const toVerifierRecord = ({ salt, v }: Verifier): VerifierRecord => ({
  salt: salt.toString(16),
  v: v.toString(16),
});

const fromVerifierRecord = ({ salt, v }: VerifierRecord): Verifier => ({
  salt: BigInt(`0x${salt}`),
  v: BigInt(`0x${v}`),
});

const fromSoftwareTokenRecord = (record: SoftwareTokenRecord): SoftwareToken => ({
  ...record,
  friendlyName: record.friendlyName,
});

const fromPasskeyRecord = (record: PasskeyRecord, relyingPartyId: string): Passkey => ({
  relyingPartyId,
  ...record,
  attachment: record.attachment,
  publicKey: fromBase64Url(record.publicKey),
});

const fromDeviceRecord = (record: DeviceRecord): Device => ({
  ...record,
  name: record.name,
  verifier: record.verifier && fromVerifierRecord(record.verifier),
});
