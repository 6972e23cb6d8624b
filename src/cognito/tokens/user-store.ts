/** Tokens and devices in a {@link KeyValueStorage}, in the layout of the official libraries. */
import { mustBe } from '../../errors.ts';
import { type Claims, decodeClaims } from '../claims.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import type { SignedIn, Tokens } from '../sign-in/step.ts';
import type { Device, StoredDevice } from '../sign-in/stored-device.ts';
import { isNonEmptyString } from '../values.ts';
import type { KeyValueStorage } from './key-value-storage.ts';

/** Whose conventions to write in, where the two libraries differ. Both are read. */
export type StoreLayout = 'aws-amplify' | 'amazon-cognito-identity-js';

export interface UserStoreOptions {
  /** Default `aws-amplify`. */
  readonly layout?: StoreLayout;
  /** Before every key: `@MemoryStorage:` for either library in React Native. Default none. */
  readonly prefix?: string;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
}

/** A user as kept. */
export interface StoredUser {
  /** The canonical name. */
  readonly username: string;
  readonly tokens: Tokens;
}

export interface UserStore {
  /**
   * Keeps a sign-in: its tokens, its device where it has one, and the user as the last one.
   *
   * @param alias what the user typed, so that the device is found by it before the service has told the
   *   canonical name
   */
  save(step: SignedIn, alias?: string): Promise<void>;
  /** For `createTokenKeeper`'s `onTokens`. */
  saveTokens(username: string, tokens: Tokens): Promise<void>;
  /**
   * @param username canonical; default: the last one saved
   * @returns undefined where the tokens are not there, not whole, or another user's
   */
  load(username?: string): Promise<StoredUser | undefined>;
  /** What is kept of a user's device, by canonical name or alias: the option `device` of `signIn`. */
  readonly device: (username: string) => Promise<StoredDevice | undefined>;
  saveDevice(device: Device): Promise<void>;
  removeDevice(username: string): Promise<void>;
  /** Removes the tokens of a user. The device stays, for the next sign-in. */
  signOut(username: string): Promise<void>;
}

const TOKEN_KEYS = [
  'idToken',
  'accessToken',
  'refreshToken',
  'clockDrift',
  'tokenExpiry',
  'signInDetails',
  'oauthMetadata',
  'userData',
];
const DEVICE_KEYS = { key: 'deviceKey', groupKey: 'deviceGroupKey', password: 'randomPasswordKey' } as const;

/**
 * A store of sign-ins and devices, under the keys of `amazon-cognito-identity-js` and `aws-amplify` v6: an app that
 * changes over keeps its users signed in and their devices remembered, and can go back.
 *
 * @param storage `localStorage`, AsyncStorage, `fileStorage(path)`, …
 */
export function createUserStore(
  storage: KeyValueStorage,
  { clientId }: Pick<UserPoolClient, 'clientId'>,
  { layout = 'aws-amplify', prefix = '', now = Date.now }: UserStoreOptions = {},
): UserStore {
  const root = `${prefix}CognitoIdentityServiceProvider.${clientId}`;
  const keyOf = (username: string, name: string) => `${root}.${username}.${name}`;
  const lastUser = `${root}.LastAuthUser`;
  // Ours alone: neither library knows which alias is whose
  const aliasKey = (alias: string) => `${prefix}CognitoSrpEngine.${clientId}.alias.${alias}`;

  const get = async (username: string, name: string) =>
    (await storage.getItem(keyOf(username, name))) || undefined;
  const put = (username: string, name: string, value: string) =>
    storage.setItem(keyOf(username, name), value);
  const remove = async (username: string, names: readonly string[]) => {
    for (const name of names) await storage.removeItem(keyOf(username, name));
  };

  /** @param owner whose it is, as far as known */
  const readDevice = async (username: string, owner?: string): Promise<StoredDevice | undefined> => {
    const parts: Record<string, string> = {};
    for (const [member, name] of Object.entries(DEVICE_KEYS)) {
      const value = await get(username, name);
      if (value !== undefined) parts[member] = value;
    }
    return Object.keys(parts).length > 0 ? { ...(owner && { username: owner }), ...parts } : undefined;
  };

  const store: UserStore = {
    save: async (step, alias) => {
      const { username, tokens, device } = step;
      await store.saveTokens(username, tokens);
      if (device) await store.saveDevice(device);
      if (alias !== undefined && alias !== username) await storage.setItem(aliasKey(alias), username);
      await storage.setItem(lastUser, username);
    },
    saveTokens: async (username, tokens) => {
      const owner = ownerOf(tokens.accessToken);
      if (owner !== undefined && owner !== username) {
        throw mustBe('USERNAME_INVALID', 'username', 'the canonical name of the user whose tokens these are');
      }
      // The refresh token first: it is the one that cannot be had again
      if (tokens.refreshToken !== undefined) await put(username, 'refreshToken', tokens.refreshToken);
      await put(username, 'accessToken', tokens.accessToken);
      await put(username, 'idToken', tokens.idToken);
      await put(username, 'tokenExpiry', `${tokens.expiresAt} ${fingerprint(tokens.accessToken)}`);
      await put(username, 'clockDrift', String(clockDrift(layout, tokens, now())));
    },
    load: async (name) => {
      const kept = name ?? (await storage.getItem(lastUser));
      if (!kept) return undefined;
      const accessToken = await get(kept, 'accessToken');
      const idToken = await get(kept, 'idToken');
      const username = accessToken && userOf(kept, accessToken, idToken);
      if (!username) return undefined;
      const expiresAt = expiry(accessToken, await get(kept, 'tokenExpiry'));
      return {
        username,
        tokens: {
          accessToken,
          idToken: idToken ?? '',
          refreshToken: await get(kept, 'refreshToken'),
          expiresAt,
          expiresIn: Math.max(0, Math.round((expiresAt - now()) / 1000)),
          tokenType: 'Bearer',
        },
      };
    },
    device: async (username) => {
      // The libraries keep some under the alias that was typed: the tokens beside it tell whose it is
      const own = await readDevice(username, ownerOf((await get(username, 'accessToken')) ?? ''));
      const canonical = own ? undefined : await storage.getItem(aliasKey(username));
      return canonical ? readDevice(canonical, canonical) : own;
    },
    saveDevice: async (device) => {
      for (const member of ['key', 'groupKey', 'password'] as const) {
        await put(device.username, DEVICE_KEYS[member], device[member]);
      }
    },
    removeDevice: (username) => remove(username, Object.values(DEVICE_KEYS)),
    signOut: async (username) => {
      await remove(username, TOKEN_KEYS);
      if ((await storage.getItem(lastUser)) === username) await storage.removeItem(lastUser);
    },
  };
  return store;
}

/** Ties an expiry to the token it was told for; the other libraries write tokens without it. */
const fingerprint = (accessToken: string): string => accessToken.slice(-16);

/**
 * When a kept access token ends by the caller's clock: as counted from its reply, or else by its `exp`, as if
 * the clock were right. The libraries' `clockDrift` is not read: it has other units and signs in each.
 */
function expiry(accessToken: string, kept: string | undefined): number {
  const [time, token] = (kept ?? '').split(' ');
  const told = Number(time);
  if (token === fingerprint(accessToken) && told > 0 && Number.isFinite(told)) return told;
  const exp = decodeClaims(accessToken)?.['exp'];
  return typeof exp === 'number' ? exp * 1000 : 0;
}

/** `amazon-cognito-identity-js`: seconds, now - iat. `aws-amplify`: milliseconds, iat - now. */
function clockDrift(layout: StoreLayout, { accessToken }: Tokens, now: number): number {
  const iat = decodeClaims(accessToken)?.['iat'];
  if (typeof iat !== 'number') return 0;
  return layout === 'aws-amplify' ? iat * 1000 - now : Math.floor(now / 1000) - iat;
}

const ownerOf = (accessToken: string): string | undefined => {
  const owner = decodeClaims(accessToken)?.['username'];
  return isNonEmptyString(owner) ? owner : undefined;
};

/** What the ID token vouches for as names of its user. */
const ALIASES = ['email', 'phone_number', 'preferred_username'];

/**
 * The canonical name of the user whose tokens stand under a name: their own, or an alias of theirs, under which the
 * libraries keep what came of USER_PASSWORD_AUTH.
 *
 * @returns undefined where they are another user's, or not whole
 */
function userOf(kept: string, accessToken: string, idToken: string | undefined): string | undefined {
  const owner = ownerOf(accessToken);
  // Without one, there are tokens enough; with one that says nothing, they are not whole
  const claims: Claims | undefined =
    idToken === undefined ? { 'cognito:username': owner } : decodeClaims(idToken);
  if (!owner || claims?.['cognito:username'] !== owner) return undefined;
  return owner === kept || ALIASES.some((alias) => claims[alias] === kept) ? owner : undefined;
}
