/** Keeps the tokens and the device of each user in a {@link KeyValueStorage}. */
import { mustBe } from '../../errors.ts';
import { requireObject, requireText } from '../../required-input.ts';
import { decodeClaims } from '../claims.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import type { SignedIn, Tokens } from '../sign-in/step.ts';
import type { Device, StoredDevice } from '../sign-in/stored-device.ts';
import { isNonEmptyString } from '../values.ts';

import { encodedStorage } from './encoded-storage.ts';
import { type AfterFailure, createItemStore, type Item, type ItemReader, type Items } from './item-store.ts';
import { checkStorage, type KeyValueStorage } from './key-value-storage.ts';

import {
  DEVICE_ITEMS,
  formatClockDrift,
  formatTokenExpiry,
  readTokenExpiry,
  type StoreLayout,
  storeKeys,
  TOKEN_ITEMS,
  type UserItem,
} from './store-layout.ts';

/** What {@link createUserStore} takes beside the storage and the client. */
export interface UserStoreOptions {
  /** Default `aws-amplify`. */
  readonly layout?: StoreLayout | undefined;
  /** What stands before every key. Both libraries use `@MemoryStorage:` in React Native. Default: nothing. */
  readonly prefix?: string | undefined;
  /**
   * For a storage that takes few characters in keys and short values only, such as Expo's SecureStore (letters, digits,
   * `.`, `-` and `_`; 2048 bytes). Other characters of keys are encoded, and longer values are split over several keys.
   * What was kept without this option is still read. The official libraries do not read what is kept with it, except
   * short values under keys that need no encoding. Default: false.
   */
  readonly encodeKeys?: boolean | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
}

/** A user as stored. */
export interface StoredUser {
  /** The canonical name. */
  readonly username: string;
  readonly tokens: Tokens;
}

/** Keeps the tokens and the device of each user. */
export interface UserStore {
  /**
   * Stores a sign-in: its tokens, its device if it has one, and the user as the last one. If the storage fails, everything
   * is as it was before. If the storage does not take that back either, everything of this sign-in is kept.
   *
   * @param step the sign-in
   * @param alias what the user typed. The device is then found by it, before the service tells the canonical name.
   */
  readonly save: (step: SignedIn, alias?: string) => Promise<void>;
  /**
   * Stores new tokens. It fits the option `onTokens` of `createTokenKeeper`. If the storage fails on the way, the new
   * tokens are kept as a whole, because a rotated refresh token cannot be had again. If it takes nothing at all, the tokens
   * before are kept.
   *
   * @param username the canonical name
   * @param tokens the user's tokens
   * @throws ArgumentError USERNAME_INVALID if the tokens are another user's
   */
  readonly saveTokens: (username: string, tokens: Tokens) => Promise<void>;
  /**
   * Reads a user's tokens.
   *
   * @param username the canonical name. Default: the user who was saved last.
   * @returns undefined if there are no tokens, or if they are damaged or another user's
   */
  readonly load: (username?: string) => Promise<StoredUser | undefined>;
  /**
   * Reads what is stored of a user's device. It fits the option `device` of `signIn`.
   *
   * @param username the canonical name, or the alias that was given to `save`
   */
  readonly device: (username: string) => Promise<StoredDevice | undefined>;
  /** Stores a device under the name of its user. */
  readonly saveDevice: (device: Device) => Promise<void>;
  /**
   * Removes the device that `device` finds from the storage. `forgetDevice` removes it from the service.
   *
   * @param username the canonical name, or the alias that was given to `save`
   */
  readonly removeDevice: (username: string) => Promise<void>;
  /**
   * Removes a user's tokens, also those that a library has kept under an alias. The device stays, for the next sign-in.
   *
   * @param username the canonical name
   */
  readonly signOut: (username: string) => Promise<void>;
}

/**
 * Creates a store of sign-ins and devices. Its keys are those of `amazon-cognito-identity-js` and `aws-amplify` v6: an
 * app that changes over from them keeps its users signed in and their devices remembered, and can go back.
 *
 * The libraries keep a sign-in by USER_PASSWORD_AUTH under the alias that was typed. The first write moves it to the canonical
 * name of its user.
 *
 * @param storage `localStorage`, AsyncStorage, `webStorage(…)`, `fileStorage(path)`, or another
 * @param pool the app client, whose id is a part of every key
 * @param options the layout and the prefix of the keys, and whether they are encoded
 * @returns the store. Nothing is read or written before one of its methods is called. Its methods run one at a time.
 * @throws ArgumentError OPTION_INVALID if `encodeKeys` is not a boolean or the storage lacks a method, CLIENT_ID_INVALID
 * @example
 * ```ts
 * import { confirmNewDevice, createUserStore, signIn, type UserPoolClient, webStorage } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const password: string;
 *
 * const store = createUserStore(webStorage(() => window.localStorage), pool);
 * const username = 'alice@example.com';
 * const step = await signIn(pool, { username, password }, { device: store.device });
 * // A pool that tracks devices refuses to refresh tokens of a device that was not confirmed
 * if (step.status === 'signed-in') await store.save(await confirmNewDevice(pool, step), username);
 * ```
 */
export function createUserStore(
  storage: KeyValueStorage,
  pool: Pick<UserPoolClient, 'clientId'>,
  options: UserStoreOptions = {},
): UserStore {
  const { layout = 'aws-amplify', prefix = '', encodeKeys = false, now = Date.now } = options;
  if (typeof encodeKeys !== 'boolean') throw mustBe('OPTION_INVALID', 'encodeKeys', 'a boolean');
  checkStorage(storage);
  const keys = storeKeys(requireText(requireObject(pool, 'pool'), 'clientId'), prefix);
  const items = createItemStore(encodeKeys ? encodedStorage(storage) : storage, keys.journal);

  const keysOf = (username: string, names: readonly UserItem[]) =>
    names.map((name) => keys.userItem(username, name));

  function itemsOfTokens(username: string, tokens: Tokens): readonly Item[] {
    const { accessToken, idToken, refreshToken, expiresAt } = tokens;
    const owner = usernameIn(accessToken);
    if (owner !== undefined && owner !== username) {
      throw mustBe('USERNAME_INVALID', 'username', 'the canonical name of the user whose tokens these are');
    }
    const item = (name: UserItem, value: string): Item => [keys.userItem(username, name), value];
    return [
      ...(refreshToken === undefined ? [] : [item('refreshToken', refreshToken)]),
      item('accessToken', accessToken),
      item('idToken', idToken),
      item('tokenExpiry', formatTokenExpiry(accessToken, expiresAt)),
      item('clockDrift', formatClockDrift(layout, accessToken, now())),
    ];
  }

  const itemsOfDevice = ({ username, key, groupKey, password }: Device): readonly Item[] => [
    [keys.userItem(username, DEVICE_ITEMS.key), key],
    [keys.userItem(username, DEVICE_ITEMS.groupKey), groupKey],
    [keys.userItem(username, DEVICE_ITEMS.password), password],
  ];

  /** The last user, if a library keeps their items under an alias. */
  async function findAlias(get: ItemReader): Promise<{ alias: string; owner: string } | undefined> {
    const alias = await get(keys.lastUser);
    if (alias === undefined) return undefined;
    const accessToken = await get(keys.userItem(alias, 'accessToken'));
    const owner = accessToken && ownerOf(alias, accessToken, await get(keys.userItem(alias, 'idToken')));
    return owner && owner !== alias ? { alias, owner } : undefined;
  }

  /**
   * The names that a user's items are under. What is under an alias is newer, because every write of this store moves what is under
   * an alias.
   */
  async function storedNames(get: ItemReader, username: string): Promise<readonly string[]> {
    const last = await findAlias(get);
    return last?.owner === username ? [last.alias, username] : [username];
  }

  /** Adds what moves the items of the last user from an alias to the canonical name. What is written anew stays as it is. */
  async function withMove(get: ItemReader, changes: Items): Promise<Items> {
    const last = await findAlias(get);
    if (!last) return changes;
    const { alias, owner } = last;
    const hasDevice = (await readDevice(get, alias, owner)) !== undefined;
    const names = [...TOKEN_ITEMS, ...(hasDevice ? Object.values(DEVICE_ITEMS) : [])];
    const moved = new Map<string, string>();
    // What is missing under the alias goes, so that nothing of two sign-ins is mixed
    for (const name of names) {
      moved.set(keys.userItem(owner, name), (await get(keys.userItem(alias, name))) ?? '');
    }
    // The device is found by the alias at the next sign-in, as before
    moved.set(keys.alias(alias), owner);
    for (const [key, value] of changes) moved.set(key, value);
    if (!changes.has(keys.lastUser)) moved.set(keys.lastUser, owner);
    for (const key of keysOf(alias, names)) if (!changes.has(key)) moved.set(key, '');
    return moved;
  }

  const write = (changes: Items, afterFailure: AfterFailure) =>
    items.write((get) => withMove(get, changes), afterFailure);

  /** Finds the device of a user, and the names that this user's devices are kept under. */
  async function findDevice(get: ItemReader, username: string) {
    const canonicalName = await get(keys.alias(username));
    for (const user of canonicalName ? [username, canonicalName] : [username]) {
      const names = await storedNames(get, user);
      for (const name of names) {
        // The access token beside a device that a library kept under an alias tells whose it is
        const owner = user === username ? usernameIn(await get(keys.userItem(name, 'accessToken'))) : user;
        const device = await readDevice(get, name, owner);
        if (device) return { device, names };
      }
    }
    return undefined;
  }

  /** @param owner the canonical name of the device's user, if it is known */
  async function readDevice(
    get: ItemReader,
    username: string,
    owner: string | undefined,
  ): Promise<StoredDevice | undefined> {
    const members: { username?: string; key?: string; groupKey?: string; password?: string } = {};
    for (const member of ['key', 'groupKey', 'password'] as const) {
      const value = await get(keys.userItem(username, DEVICE_ITEMS[member]));
      if (value !== undefined) members[member] = value;
    }
    if (Object.keys(members).length === 0) return undefined;
    return owner === undefined ? members : { username: owner, ...members };
  }

  async function readUser(get: ItemReader, storedName: string): Promise<StoredUser | undefined> {
    const read = (name: UserItem) => get(keys.userItem(storedName, name));
    const accessToken = await read('accessToken');
    const idToken = await read('idToken');
    if (accessToken === undefined) return undefined;
    const owner = ownerOf(storedName, accessToken, idToken);
    if (owner === undefined) return undefined;
    const refreshToken = await read('refreshToken');
    const expiresAt = readTokenExpiry(accessToken, await read('tokenExpiry'));
    const expiresIn = Math.max(0, Math.round((expiresAt - now()) / 1000));
    return {
      username: owner,
      tokens: {
        accessToken,
        idToken: idToken ?? '',
        refreshToken,
        expiresAt,
        expiresIn,
        tokenType: 'Bearer',
      },
    };
  }

  return {
    save: async (step, alias) => {
      const { username, tokens, device } = step;
      const changes = new Map([...itemsOfTokens(username, tokens), ...(device ? itemsOfDevice(device) : [])]);
      if (alias !== undefined && alias !== username) changes.set(keys.alias(alias), username);
      changes.set(keys.lastUser, username);
      await write(changes, 'old');
    },
    saveTokens: async (username, tokens) => write(new Map(itemsOfTokens(username, tokens)), 'new'),
    saveDevice: (device) => write(new Map(itemsOfDevice(device)), 'old'),
    load: (username) =>
      items.read(async (get) => {
        const [name] = username === undefined ? [await get(keys.lastUser)] : await storedNames(get, username);
        return name ? readUser(get, name) : undefined;
      }),
    device: (username) => items.read(async (get) => (await findDevice(get, username))?.device),
    removeDevice: (username) =>
      items.remove(async (get) => {
        const names = (await findDevice(get, username))?.names ?? [username];
        return names.flatMap((name) => keysOf(name, Object.values(DEVICE_ITEMS)));
      }),
    signOut: (username) =>
      items.remove(async (get) => {
        const names = await storedNames(get, username);
        const isLastUser = names.includes((await get(keys.lastUser)) ?? '');
        // The two tokens under an alias tell whose it is. They are removed last, so that a sign-out that failed can be repeated.
        const itemsOf = (name: string) => (name === username ? TOKEN_ITEMS : [...TOKEN_ITEMS].reverse());
        return [
          ...[...names].reverse().flatMap((name) => keysOf(name, itemsOf(name))),
          ...(isLastUser ? [keys.lastUser] : []),
        ];
      }),
  };
}

/** The canonical name in an access token. */
function usernameIn(accessToken: string | undefined): string | undefined {
  const username = accessToken === undefined ? undefined : decodeClaims(accessToken)?.['username'];
  return isNonEmptyString(username) ? username : undefined;
}

/** The claims of an ID token that can be aliases of its user. */
const ALIAS_CLAIMS = ['email', 'phone_number', 'preferred_username'];

/**
 * The canonical name of the user whose tokens are stored under a name. That name is the user's own, or an alias: the
 * libraries keep the tokens of USER_PASSWORD_AUTH under the alias that was typed.
 *
 * @returns undefined if the tokens are another user's, or damaged
 */
function ownerOf(storedName: string, accessToken: string, idToken: string | undefined): string | undefined {
  const owner = usernameIn(accessToken);
  if (owner === undefined) return undefined;
  // The ID token is optional. If it is present but unreadable, or another user's, the stored tokens are damaged.
  if (idToken === undefined) return storedName === owner ? owner : undefined;
  const claims = decodeClaims(idToken);
  if (claims?.['cognito:username'] !== owner) return undefined;
  const names = [owner, ...ALIAS_CLAIMS.map((claim) => claims[claim])];
  return names.includes(storedName) ? owner : undefined;
}
