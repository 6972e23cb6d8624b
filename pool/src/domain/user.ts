/** A user, as the pool keeps it. */
import type { Verifier } from './srp-host.ts';
import type { SoftwareToken } from './totp.ts';

/** AWS's UserStatusType, as far as the pool has it. `EXTERNAL_PROVIDER`: a sign-in through an identity provider made the user. */
export type UserStatus =
  | 'CONFIRMED'
  | 'UNCONFIRMED'
  | 'FORCE_CHANGE_PASSWORD'
  | 'RESET_REQUIRED'
  | 'EXTERNAL_PROVIDER';

/** A second factor, named by its challenge. */
export type MfaFactor = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP';

/** A passkey of a user. */
export interface Passkey {
  /** The credential id, base64url. */
  readonly id: string;
  /** A COSE key. */
  readonly publicKey: Uint8Array;
  /** The host name that it was registered for. It signs in for no other one. */
  readonly relyingPartyId: string;
  /** The signature counter of the authenticator, or 0 if it does not count. */
  readonly counter: number;
  /** How a browser reaches the authenticator: `internal`, `usb`, … */
  readonly transports: readonly string[];
  /** `platform`, `cross-platform`, or undefined if the browser did not say. */
  readonly attachment: string | undefined;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A device of a user. The pool keeps the verifier of its password, not the password. */
export interface Device {
  /** The device key: `{region}_{uuid}`. */
  readonly key: string;
  /** The device group key, which is the same for all devices of a user. */
  readonly groupKey: string;
  /** The name that ConfirmDevice gave, if it gave one. */
  readonly name: string | undefined;
  /** The verifier that ConfirmDevice gave. Undefined until then. */
  readonly verifier: Verifier | undefined;
  /** Whether ConfirmDevice accepts its key. */
  readonly confirmable: boolean;
  /** Whether ConfirmDevice has been called for it. */
  readonly confirmed: boolean;
  /** Whether it replaces the second factor, in a pool that has `challengeRequiredOnNewDevice`. */
  readonly remembered: boolean;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly lastModifiedAt: number;
  /** Milliseconds since the epoch. */
  readonly lastAuthenticatedAt: number;
}

/** Attempts that failed one after the other. */
export interface Failures {
  readonly count: number;
  /** When the last one failed, in milliseconds since the epoch. */
  readonly last: number;
}

export const NO_FAILURES: Failures = { count: 0, last: 0 };

/** The longest time of refusal after failures. After it without a failure the count begins again. */
export const QUIET_MS = 15 * 60_000;

/** The second factors of a user, as SetUserMFAPreference sets them. */
export interface MfaPreference {
  /** The factors that are turned on. */
  readonly enabled: readonly MfaFactor[];
  /** The factor that is asked for without a choice. */
  readonly preferred: MfaFactor | undefined;
  /** The factors that were turned on and then off. A pool that requires MFA still asks for them. */
  readonly switchedOff?: readonly MfaFactor[];
  /** Whether e-mail was set up at a sign-in. Only a pool that requires MFA asks for it, until it is turned on. */
  readonly emailSetUp?: boolean;
  /** Whether text messages were turned on by SetUserSettings, the older way. */
  readonly smsBySettings?: boolean;
}

/**
 * A user of the pool. The object stays the same as long as the user exists, and shows each change. Only `Users.update` and
 * `Users.note` change it.
 */
export interface User {
  /** The canonical name, which the service calls USER_ID_FOR_SRP. */
  readonly username: string;
  /** The subject identifier, a UUID unless the options gave another. */
  readonly sub: string;
  /** All attributes except `sub`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** New addresses that become attributes once they are verified, by the name of the attribute. */
  readonly pendingAttributes: Readonly<Record<string, string>>;
  /** Other names to sign in with, which are no attributes. */
  readonly aliases: readonly string[];
  /** The names of the user's groups. */
  readonly groups: readonly string[];
  readonly status: UserStatus;
  readonly enabled: boolean;
  /** False for a user without a password. */
  readonly hasPassword: boolean;
  /** The SRP verifier of the password. Undefined until it is first needed. */
  readonly verifier: Verifier | undefined;
  /** The password as options gave it, until the verifier is first needed. It is never shown or logged. */
  readonly seedPassword: string | undefined;
  /** When the password was set, in milliseconds since the epoch. A temporary one expires some days later. */
  readonly passwordSetAt: number;
  /** The verifiers of earlier passwords, the newest first, as far as the password policy remembers them. */
  readonly passwordHistory: readonly Verifier[];
  /** Wrong passwords. A right one sets the count to 0. */
  readonly failures: Failures;
  /** Wrong codes of a second factor. A right code sets the count to 0, a right password does not. */
  readonly mfaFailures: Failures;
  readonly mfa: MfaPreference;
  /** The authenticator app, once a code has been verified. */
  readonly softwareToken: SoftwareToken | undefined;
  /** The authenticator app between AssociateSoftwareToken and VerifySoftwareToken. */
  readonly unverifiedSoftwareToken: SoftwareToken | undefined;
  readonly passkeys: readonly Passkey[];
  /** Whether a passkey with user verification counts as both factors. */
  readonly passkeyMfa: boolean;
  /** All devices, including those that are not confirmed yet. */
  readonly devices: readonly Device[];
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly lastModifiedAt: number;
}

/** What is different about a new user. Everything else has the value of a user who has just been made. */
export type NewUser = Pick<User, 'username' | 'sub'> & Partial<User>;

/** Shared by all users who have none, which saves memory in a pool of many users. Nothing writes into a list in place. */
const NONE: readonly never[] = [];
const NO_ATTRIBUTES: Readonly<Record<string, string>> = {};
const NO_FACTORS: MfaPreference = { enabled: NONE, preferred: undefined };

/** @param time milliseconds since the epoch */
export function createUser(given: NewUser, time: number): User {
  return {
    attributes: NO_ATTRIBUTES,
    pendingAttributes: NO_ATTRIBUTES,
    aliases: NONE,
    groups: NONE,
    status: 'CONFIRMED',
    enabled: true,
    hasPassword: given.verifier !== undefined || given.seedPassword !== undefined,
    verifier: undefined,
    seedPassword: undefined,
    passwordSetAt: time,
    passwordHistory: NONE,
    failures: NO_FAILURES,
    mfaFailures: NO_FAILURES,
    mfa: NO_FACTORS,
    softwareToken: undefined,
    unverifiedSoftwareToken: undefined,
    passkeys: NONE,
    passkeyMfa: false,
    devices: NONE,
    createdAt: time,
    lastModifiedAt: time,
    ...given,
  };
}
