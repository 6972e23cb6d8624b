/** Keeps the tokens and the device of each user in a {@link KeyValueStorage}. */
import { mustBe } from '../../errors.ts';
import { requireObject, requireText } from '../../required-input.ts';
import { decodeClaims } from '../claims.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import type { SignedIn, Tokens } from '../sign-in/step.ts';
import type { Device, StoredDevice } from '../sign-in/stored-device.ts';
import { isNonEmptyString } from '../values.ts';
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
  readonly layout?: StoreLayout;
  /** What stands before every key. Both libraries use `@MemoryStorage:` in React Native. Default: nothing. */
  readonly prefix?: string;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
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
   * Stores a sign-in: its tokens, its device if it has one, and the user as the last one.
   *
   * @param step the sign-in
   * @param alias what the user typed. The device is then found by it, before the service tells the canonical name.
   */
  save(step: SignedIn, alias?: string): Promise<void>;
  /**
   * Stores new tokens. It fits the option `onTokens` of `createTokenKeeper`.
   *
   * @param username the canonical name
   * @param tokens the user's tokens
   * @throws ArgumentError USERNAME_INVALID if the tokens are another user's
   */
  saveTokens(username: string, tokens: Tokens): Promise<void>;
  /**
   * Reads a user's tokens.
   *
   * @param username the canonical name. Default: the user who was saved last.
   * @returns undefined if there are no tokens, or if they are damaged or another user's
   */
  load(username?: string): Promise<StoredUser | undefined>;
  /**
   * Reads what is stored of a user's device. It fits the option `device` of `signIn`.
   *
   * @param username the canonical name, or the alias that was given to `save`
   */
  readonly device: (username: string) => Promise<StoredDevice | undefined>;
  /** Stores a device under the name of its user. */
  saveDevice(device: Device): Promise<void>;
  /**
   * Removes a user's device from the storage. `forgetDevice` removes it from the service.
   *
   * @param username the canonical name
   */
  removeDevice(username: string): Promise<void>;
  /**
   * Removes a user's tokens. The device stays, for the next sign-in.
   *
   * @param username the canonical name
   */
  signOut(username: string): Promise<void>;
}

/**
 * Creates a store of sign-ins and devices. Its keys are those of `amazon-cognito-identity-js` and `aws-amplify` v6: an
 * app that changes over from them keeps its users signed in and their devices remembered, and can go back.
 *
 * @param storage `localStorage`, AsyncStorage, `webStorage(…)`, `fileStorage(path)`, or another
 * @param pool the app client, whose id is a part of every key
 * @param options the layout and the prefix of the keys
 * @returns the store. Nothing is read or written before one of its methods is called.
 * @throws ArgumentError OPTION_INVALID if the storage lacks a method, CLIENT_ID_INVALID
 * @example
 * ```ts
 * import { createUserStore, signIn, type UserPoolClient, webStorage } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const password: string;
 *
 * const store = createUserStore(webStorage(() => window.localStorage), pool);
 * const username = 'alice@example.com';
 * const step = await signIn(pool, { username, password }, { device: store.device });
 * if (step.status === 'signed-in') await store.save(step, username);
 * ```
 */
export function createUserStore(
  storage: KeyValueStorage,
  pool: Pick<UserPoolClient, 'clientId'>,
  options: UserStoreOptions = {},
): UserStore {
  const { layout = 'aws-amplify', prefix = '', now = Date.now } = options;
  checkStorage(storage);
  const keys = storeKeys(requireText(requireObject(pool, 'pool'), 'clientId'), prefix);

  const readItem = async (username: string, item: UserItem) =>
    (await storage.getItem(keys.userItem(username, item))) || undefined;
  const writeItem = async (username: string, item: UserItem, value: string) =>
    storage.setItem(keys.userItem(username, item), value);
  const removeItems = async (username: string, items: readonly UserItem[]) => {
    for (const item of items) await storage.removeItem(keys.userItem(username, item));
  };

  async function saveTokens(username: string, tokens: Tokens): Promise<void> {
    const { accessToken, idToken, refreshToken, expiresAt } = tokens;
    const owner = usernameIn(accessToken);
    if (owner !== undefined && owner !== username) {
      throw mustBe('USERNAME_INVALID', 'username', 'the canonical name of the user whose tokens these are');
    }
    // The refresh token comes first, because a rotated one cannot be had again.
    if (refreshToken !== undefined) await writeItem(username, 'refreshToken', refreshToken);
    await writeItem(username, 'accessToken', accessToken);
    await writeItem(username, 'idToken', idToken);
    await writeItem(username, 'tokenExpiry', formatTokenExpiry(accessToken, expiresAt));
    await writeItem(username, 'clockDrift', formatClockDrift(layout, accessToken, now()));
  }

  async function saveDevice(device: Device): Promise<void> {
    await writeItem(device.username, DEVICE_ITEMS.key, device.key);
    await writeItem(device.username, DEVICE_ITEMS.groupKey, device.groupKey);
    await writeItem(device.username, DEVICE_ITEMS.password, device.password);
  }

  /** @param owner the canonical name of the device's user, if it is known */
  async function readDevice(username: string, owner: string | undefined): Promise<StoredDevice | undefined> {
    const members: { username?: string; key?: string; groupKey?: string; password?: string } = {};
    for (const member of ['key', 'groupKey', 'password'] as const) {
      const value = await readItem(username, DEVICE_ITEMS[member]);
      if (value !== undefined) members[member] = value;
    }
    if (Object.keys(members).length === 0) return undefined;
    return owner === undefined ? members : { username: owner, ...members };
  }

  return {
    saveTokens,
    saveDevice,
    save: async (step, alias) => {
      const { username, tokens, device } = step;
      await saveTokens(username, tokens);
      if (device) await saveDevice(device);
      if (alias !== undefined && alias !== username) await storage.setItem(keys.alias(alias), username);
      await storage.setItem(keys.lastUser, username);
    },
    load: async (username) => {
      const storedName = username ?? (await storage.getItem(keys.lastUser));
      if (!storedName) return undefined;
      const accessToken = await readItem(storedName, 'accessToken');
      const idToken = await readItem(storedName, 'idToken');
      if (accessToken === undefined) return undefined;
      const owner = ownerOf(storedName, accessToken, idToken);
      if (owner === undefined) return undefined;
      const refreshToken = await readItem(storedName, 'refreshToken');
      const expiresAt = readTokenExpiry(accessToken, await readItem(storedName, 'tokenExpiry'));
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
    },
    device: async (username) => {
      // The libraries keep some devices under the alias that was typed. The access token beside such a device tells
      // whose it is.
      const owner = usernameIn(await readItem(username, 'accessToken'));
      const device = await readDevice(username, owner);
      if (device) return device;
      const canonicalName = await storage.getItem(keys.alias(username));
      return canonicalName ? readDevice(canonicalName, canonicalName) : undefined;
    },
    removeDevice: (username) => removeItems(username, Object.values(DEVICE_ITEMS)),
    signOut: async (username) => {
      await removeItems(username, TOKEN_ITEMS);
      if ((await storage.getItem(keys.lastUser)) === username) await storage.removeItem(keys.lastUser);
    },
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
