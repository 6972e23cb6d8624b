/** The pool's users: canonical names, aliases, attributes, factors, and what is kept of a password. */
import type { Random } from './randomness.ts';
import { createVerifier, type Verifier } from './srp-host.ts';
import type { SoftwareToken } from './totp.ts';

export type UserStatus = 'CONFIRMED' | 'UNCONFIRMED' | 'FORCE_CHANGE_PASSWORD' | 'RESET_REQUIRED';

/** A second factor, by the name of its challenge. */
export type MfaFactor = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP';

/** The second factors of a user as an option or part of a seed file. */
export interface MfaOptions {
  /** A phone number: turns SMS on and becomes `phone_number`. */
  readonly sms?: string;
  /** A base32 secret: turns the authenticator app on. */
  readonly totp?: string;
  /** Turns e-mail on; codes go to the attribute `email`. */
  readonly email?: boolean;
  /** Asked for without a choice. */
  readonly preferred?: MfaFactor;
}

/** A user as an option or a line of a seed file. */
export interface UserOptions {
  /** The canonical name: USER_ID_FOR_SRP. */
  readonly username: string;
  /** Without one, no password fits. */
  readonly password?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Other names to sign in with. */
  readonly aliases?: readonly string[];
  /** Default `CONFIRMED`. */
  readonly status?: UserStatus;
  /** Default true. */
  readonly enabled?: boolean;
  readonly mfa?: MfaOptions;
}

/** A passkey of a user. */
export interface Passkey {
  /** base64url. */
  readonly id: string;
  readonly publicKey: Uint8Array;
  /** The authenticator's signature counter; 0 where it has none. */
  readonly counter: number;
  readonly transports: readonly string[];
  readonly attachment: string | undefined;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

/** A device of a user. There is no plaintext password. */
export interface Device {
  /** `{region}_{uuid}`. */
  readonly key: string;
  /** The same for all devices of the user. */
  readonly groupKey: string;
  readonly name: string | undefined;
  /** What ConfirmDevice has brought. */
  readonly verifier: Verifier | undefined;
  /** ConfirmDevice takes its key. */
  readonly confirmable: boolean;
  readonly confirmed: boolean;
  /** It stands in for a second factor, where the pool asks devices to prove themselves. */
  readonly remembered: boolean;
  /** Milliseconds since the epoch, as the others. */
  readonly createdAt: number;
  readonly lastModifiedAt: number;
  readonly lastAuthenticatedAt: number;
}

/** What SetUserMFAPreference sets. */
export interface MfaPreference {
  readonly enabled: readonly MfaFactor[];
  readonly preferred: MfaFactor | undefined;
}

/** A user of the pool. There is no plaintext password. */
export interface User {
  readonly username: string;
  readonly sub: string;
  /** All but `sub`. */
  attributes: Readonly<Record<string, string>>;
  aliases: readonly string[];
  status: UserStatus;
  enabled: boolean;
  verifier: Verifier;
  /** False for a user who signed up without one: the verifier then fits no password. */
  hasPassword: boolean;
  /** Wrong passwords in a row; `last` in milliseconds since the epoch. */
  failures: { count: number; last: number };
  /** Wrong codes of the second factor: a right password forgives none. */
  mfaFailures: { count: number; last: number };
  mfa: MfaPreference;
  /** A verified one. */
  softwareToken: SoftwareToken | undefined;
  /** One that AssociateSoftwareToken has made and VerifySoftwareToken has not yet seen a code of. */
  unverifiedSoftwareToken: SoftwareToken | undefined;
  passkeys: readonly Passkey[];
  /** With those that were issued and not yet confirmed. */
  devices: readonly Device[];
}

/** The users of one pool. */
export interface Users {
  /** Adds a user; one of that name is replaced. */
  add(options: UserOptions): User;
  /** By canonical name, alias or sub; a sub does not sign in. */
  find(name: string): User | undefined;
  /** @throws RangeError for a name the pool does not have */
  setPassword(username: string, password: string): void;
  /**
   * Replaces all second factors.
   *
   * @throws RangeError for a name the pool does not have
   */
  setMfa(username: string, mfa: MfaOptions): void;
  /**
   * Forgets a device, as the user could elsewhere.
   *
   * @throws RangeError for a name the pool does not have, or a key that is none of the user's devices
   */
  forgetDevice(username: string, key: string): void;
  remove(username: string): void;
  all(): readonly User[];
}

/** Its `find` takes what operations take for a name: the canonical one and aliases, not `sub`. */
export function createUsers(poolName: string, random: Random): Users {
  const users = new Map<string, User>();
  const verifierOf = (username: string, password: string) =>
    createVerifier(poolName + username, password, random);
  const find = (name: string) =>
    users.get(name) ?? [...users.values()].find(({ aliases }) => aliases.includes(name));
  const get = (name: string) => {
    const user = find(name) ?? withSub(users.values(), name);
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
        verifier: verifierOf(options.username, options.password ?? random.base64(32)),
        hasPassword: options.password !== undefined,
        failures: { count: 0, last: 0 },
        mfaFailures: { count: 0, last: 0 },
        mfa: { enabled: [], preferred: undefined },
        softwareToken: undefined,
        unverifiedSoftwareToken: undefined,
        passkeys: [],
        devices: [],
      };
      if (options.mfa) takeMfa(user, options.mfa);
      users.set(user.username, user);
      return user;
    },
    setPassword: (username, password) => {
      const user = get(username);
      user.verifier = verifierOf(user.username, password);
      user.hasPassword = true;
    },
    setMfa: (username, mfa) => takeMfa(get(username), mfa),
    forgetDevice: (username, key) => {
      const user = get(username);
      const others = user.devices.filter((device) => device.key !== key);
      if (others.length === user.devices.length) {
        throw new RangeError(`The user "${username}" has no device "${key}"`);
      }
      user.devices = others;
    },
    remove: (username) => {
      const user = find(username) ?? withSub(users.values(), username);
      if (user) users.delete(user.username);
    },
    all: () => [...users.values()],
  };
}

const withSub = (users: Iterable<User>, sub: string) => [...users].find((user) => user.sub === sub);

/** The same users; `find` takes a sub, too. */
export const findableBySub = (users: Users): Users => ({
  ...users,
  find: (name) => users.find(name) ?? withSub(users.all(), name),
});

function takeMfa(user: User, { sms, totp, email, preferred }: MfaOptions): void {
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
