/** The users of a pool that runs in this process, as a test adds, finds, changes and removes them. */
import { removeDevice } from './domain/devices.ts';
import type { Random } from './domain/randomness.ts';
import type { User } from './domain/user.ts';
import type { UserChanges } from './domain/users.ts';
import { text } from './options/checks.ts';
import { factorsOf, userOf } from './options/contents.ts';
import { assertUserOptions } from './options/option-checks.ts';
import type { MfaOptions, UserOptions } from './options/options.ts';
import { checkAttributes } from './options/user-checks.ts';
import type { PoolState } from './service/pool.ts';

/**
 * The users of one pool.
 *
 * @example
 * ```ts
 * import { createUserPool } from 'cognito-local-pool';
 *
 * const { users } = createUserPool();
 * users.add({ username: 'alice', password: 'Correct-Horse-9', aliases: ['alice@example.com'] });
 * users.setMfa('alice', { sms: '+4912345678' });
 * console.log(users.find('alice@example.com')?.status);
 * ```
 */
export interface UserPoolUsers {
  /**
   * Adds a user. A user with the same canonical name is replaced.
   *
   * @param options only `username` is required
   * @returns the user
   * @throws TypeError if an option is wrong; the message names the field
   * @throws TypeError for an attribute that is reserved for the service
   */
  readonly add: (options: UserOptions) => User;
  /**
   * Finds a user by canonical name, alias or `sub`. Nobody can sign in with a `sub` that is not the name.
   *
   * @param name the canonical name, an alias or the `sub`
   * @returns the user, who shows each later change, or undefined if the pool has no such user
   */
  readonly find: (name: string) => User | undefined;
  /**
   * Changes a user, such as `{ enabled: false }`.
   *
   * @param username the canonical name, an alias or the `sub`
   * @param changes the members that change
   * @throws RangeError if the pool has no such user
   */
  readonly update: (username: string, changes: UserChanges) => void;
  /**
   * Sets the password without checking it against the password policy.
   *
   * @param username the canonical name, an alias or the `sub`
   * @throws RangeError if the pool has no such user
   * @throws TypeError if the password is empty
   */
  readonly setPassword: (username: string, password: string) => void;
  /**
   * Replaces all second factors.
   *
   * @param username the canonical name, an alias or the `sub`
   * @param mfa the new factors; `{}` removes all
   * @throws RangeError if the pool has no such user
   */
  readonly setMfa: (username: string, mfa: MfaOptions) => void;
  /**
   * Forgets a device, as the user can with another client.
   *
   * @param username the canonical name, an alias or the `sub`
   * @param key the device key
   * @throws RangeError if the pool has no such user, or the user no such device
   */
  readonly forgetDevice: (username: string, key: string) => void;
  /**
   * Removes a user. Does nothing if the pool has no such user.
   *
   * @param username the canonical name, an alias or the `sub`
   */
  readonly remove: (username: string) => void;
  /** @returns all users, in the order they were added */
  readonly all: () => readonly User[];
}

/**
 * @param pool finds the pool, which is another one after a reset
 * @param now milliseconds since the epoch
 * @internal Its types name packages that the build contains, so consumers must not meet them.
 */
export function usersOf(pool: () => PoolState, random: Random, now: () => number): UserPoolUsers {
  const getUser = (name: string) => {
    const user = pool().users.findAny(name);
    if (!user) throw new RangeError(`The pool has no user "${name}"`);
    return user;
  };
  return {
    add: (options) => {
      assertUserOptions(options);
      checkAttributes(options.attributes ?? {}, 'attributes');
      const { users, settings } = pool();
      return users.add(userOf(options, random, settings));
    },
    find: (name) => pool().users.findAny(name),
    update: (username, changes) => pool().users.update(getUser(username), changes),
    setPassword: (username, password) => {
      text()(password, 'password');
      pool().users.update(getUser(username), {
        seedPassword: password,
        verifier: undefined,
        hasPassword: true,
        passwordSetAt: now(),
      });
    },
    setMfa: (username, mfa) => {
      const user = getUser(username);
      pool().users.update(user, factorsOf(mfa, user.attributes));
    },
    forgetDevice: (username, key) => {
      const user = getUser(username);
      const device = user.devices.find((each) => each.key === key);
      if (!device) throw new RangeError(`The user "${username}" has no device "${key}"`);
      removeDevice(pool(), user, device);
    },
    remove: (username) => {
      const user = pool().users.findAny(username);
      if (user) pool().users.remove(user);
    },
    all: () => [...pool().users.all()],
  };
}
