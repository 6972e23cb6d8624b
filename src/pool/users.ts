/** The pool's users: their names, attributes, factors and devices, and the verifiers of their passwords. */
import type { Random } from './randomness.ts';
import { createVerifier, type Verifier } from './srp-host.ts';
import type { SoftwareToken } from './totp.ts';

/** AWS's UserStatusType, as far as the pool has it. */
export type UserStatus = 'CONFIRMED' | 'UNCONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';

/** A second factor, named by its challenge. */
export type MfaFactor = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP';

/** The second factors of a user, as an option or as part of a seed file. */
export interface MfaOptions {
  /** A phone number like `+4912345678`. It turns SMS on and becomes the attribute `phone_number`. */
  readonly sms?: string;
  /** The secret of an authenticator app, base32, 16 characters or more. It turns the app on. */
  readonly totp?: string;
  /** Turns e-mail on. Codes are sent to the attribute `email`. */
  readonly email?: boolean;
  /** The factor that is asked for without a choice. */
  readonly preferred?: MfaFactor;
}

/** A user, as an option or as part of a seed file. */
export interface UserOptions {
  /** The canonical name, which the service calls USER_ID_FOR_SRP. */
  readonly username: string;
  /** Without a password the user can sign in only by other factors. */
  readonly password?: string;
  /** The attributes by name. `sub` is made up if it is not given. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Other names to sign in with. No other user may have them. */
  readonly aliases?: readonly string[];
  /** Default `CONFIRMED`. */
  readonly status?: UserStatus;
  /** Default true. */
  readonly enabled?: boolean;
  /** Default: the user has no second factor. */
  readonly mfa?: MfaOptions;
}

/** A passkey of a user. */
export interface Passkey {
  /** The credential id, base64url. */
  readonly id: string;
  /** A COSE key. */
  readonly publicKey: Uint8Array;
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
  count: number;
  /** When the last one failed, in milliseconds since the epoch. */
  last: number;
}

/** The second factors of a user, as SetUserMFAPreference sets them. */
export interface MfaPreference {
  /** The factors that are turned on. */
  readonly enabled: readonly MfaFactor[];
  /** The factor that is asked for without a choice. */
  readonly preferred: MfaFactor | undefined;
}

/** A user of the pool. The pool keeps the verifier of the password, not the password. */
export interface User {
  /** The canonical name. */
  readonly username: string;
  /** The subject identifier, a UUID unless the options gave another. */
  readonly sub: string;
  /** All attributes except `sub`. */
  attributes: Readonly<Record<string, string>>;
  /** Other names to sign in with. */
  aliases: readonly string[];
  status: UserStatus;
  enabled: boolean;
  /** The SRP verifier of the password. */
  verifier: Verifier;
  /** False for a user without a password. No password then fits the verifier. */
  hasPassword: boolean;
  /** Wrong passwords. A right one sets the count to 0. */
  failures: Failures;
  /** Wrong codes of a second factor. A right code sets the count to 0, a right password does not. */
  mfaFailures: Failures;
  mfa: MfaPreference;
  /** The authenticator app, once a code has been verified. */
  softwareToken: SoftwareToken | undefined;
  /** The authenticator app between AssociateSoftwareToken and VerifySoftwareToken. */
  unverifiedSoftwareToken: SoftwareToken | undefined;
  passkeys: readonly Passkey[];
  /** Whether a passkey with user verification counts as both factors. */
  passkeyMfa: boolean;
  /** All devices, including those that are not confirmed yet. */
  devices: readonly Device[];
}

/**
 * The users of one pool.
 *
 * @example
 * ```ts
 * import { createUserPool } from 'cognito-srp-engine/pool';
 *
 * const { users } = createUserPool();
 * users.add({ username: 'alice', password: 'Correct-Horse-9', aliases: ['alice@example.com'] });
 * users.setMfa('alice', { sms: '+4912345678' });
 * console.log(users.find('alice@example.com')?.status);
 * ```
 */
export interface Users {
  /**
   * Adds a user. A user with the same canonical name is replaced.
   *
   * @param options only `username` is required
   * @returns the user
   */
  add(options: UserOptions): User;
  /**
   * Finds a user by canonical name, alias or `sub`. Nobody can sign in with a `sub`.
   *
   * @param name the canonical name, an alias or the `sub`
   * @returns the user, or undefined if the pool has no such user
   */
  find(name: string): User | undefined;
  /**
   * Sets the password without checking it against the password policy.
   *
   * @param username the canonical name, an alias or the `sub`
   * @throws RangeError if the pool has no such user
   */
  setPassword(username: string, password: string): void;
  /**
   * Replaces all second factors.
   *
   * @param username the canonical name, an alias or the `sub`
   * @param mfa the new factors; `{}` removes all
   * @throws RangeError if the pool has no such user
   */
  setMfa(username: string, mfa: MfaOptions): void;
  /**
   * Forgets a device, as the user can with another client.
   *
   * @param username the canonical name, an alias or the `sub`
   * @param key the device key
   * @throws RangeError if the pool has no such user, or the user no such device
   */
  forgetDevice(username: string, key: string): void;
  /**
   * Removes a user. Does nothing if the pool has no such user.
   *
   * @param username the canonical name, an alias or the `sub`
   */
  remove(username: string): void;
  /** @returns all users, in the order they were added */
  all(): readonly User[];
}

/** Creates the users that operations work with. Their `find` takes what a user can type: no `sub`. */
export function createUsers(poolName: string, random: Random): Users {
  const users = new Map<string, User>();
  const makeVerifier = (username: string, password: string) =>
    createVerifier(poolName + username, password, random);
  const find = (name: string) =>
    users.get(name) ?? [...users.values()].find(({ aliases }) => aliases.includes(name));
  const getUser = (name: string) => {
    const user = find(name) ?? findBySub(users.values(), name);
    if (!user) throw new RangeError(`The pool has no user "${name}"`);
    return user;
  };
  return {
    find,
    add: (options) => {
      const { sub = random.uuid(), ...attributes } = options.attributes ?? {};
      const user: User = {
        username: options.username,
        sub,
        attributes,
        aliases: options.aliases ?? [],
        status: options.status ?? 'CONFIRMED',
        enabled: options.enabled ?? true,
        verifier: makeVerifier(options.username, options.password ?? random.base64(32)),
        hasPassword: options.password !== undefined,
        failures: { count: 0, last: 0 },
        mfaFailures: { count: 0, last: 0 },
        mfa: { enabled: [], preferred: undefined },
        softwareToken: undefined,
        unverifiedSoftwareToken: undefined,
        passkeys: [],
        passkeyMfa: false,
        devices: [],
      };
      if (options.mfa) setFactors(user, options.mfa);
      users.set(user.username, user);
      return user;
    },
    setPassword: (username, password) => {
      const user = getUser(username);
      user.verifier = makeVerifier(user.username, password);
      user.hasPassword = true;
    },
    setMfa: (username, mfa) => setFactors(getUser(username), mfa),
    forgetDevice: (username, key) => {
      const user = getUser(username);
      const others = user.devices.filter((device) => device.key !== key);
      if (others.length === user.devices.length) {
        throw new RangeError(`The user "${username}" has no device "${key}"`);
      }
      user.devices = others;
    },
    remove: (username) => {
      const user = find(username) ?? findBySub(users.values(), username);
      if (user) users.delete(user.username);
    },
    all: () => [...users.values()],
  };
}

const findBySub = (users: Iterable<User>, sub: string) => [...users].find((user) => user.sub === sub);

/** Returns the same users with a `find` that also takes a `sub`. */
export const findableBySub = (users: Users): Users => ({
  ...users,
  find: (name) => users.find(name) ?? findBySub(users.all(), name),
});

function setFactors(user: User, { sms, totp, email, preferred }: MfaOptions): void {
  if (sms !== undefined) {
    user.attributes = { ...user.attributes, phone_number: sms, phone_number_verified: 'true' };
  }
  user.softwareToken =
    totp === undefined ? undefined : { secret: totp, friendlyName: undefined, usedSteps: [] };
  const factors: readonly (readonly [MfaFactor, boolean])[] = [
    ['SMS_MFA', sms !== undefined],
    ['SOFTWARE_TOKEN_MFA', totp !== undefined],
    ['EMAIL_OTP', email === true],
  ];
  user.mfa = { enabled: factors.filter(([, on]) => on).map(([factor]) => factor), preferred };
}
