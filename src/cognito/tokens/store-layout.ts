/**
 * The keys of a user store and the form of its values: the layout of `amazon-cognito-identity-js` and
 * `aws-amplify` v6, and the two items that neither of them has.
 */
import { isSeconds, readTimeClaim } from '../claims.ts';

/** Whose conventions to follow in writing if the two libraries differ. Both are read. */
export type StoreLayout = 'aws-amplify' | 'amazon-cognito-identity-js';

/** Members of a device, and the items that the libraries keep them in. */
export const DEVICE_ITEMS = {
  key: 'deviceKey',
  groupKey: 'deviceGroupKey',
  password: 'randomPasswordKey',
} as const;

/** Everything that belongs to a user's tokens. A sign-out removes it all, also what only the libraries write. */
export const TOKEN_ITEMS = [
  'idToken',
  'accessToken',
  'refreshToken',
  'clockDrift',
  'tokenExpiry',
  'signInDetails',
  'oauthMetadata',
  'userData',
] as const;

/** One thing that is kept of a user. `tokenExpiry` is this package's own. */
export type UserItem = (typeof TOKEN_ITEMS)[number] | (typeof DEVICE_ITEMS)[keyof typeof DEVICE_ITEMS];

/** The keys of one app client. */
export interface StoreKeys {
  /** Holds the canonical name of the user who signed in last. */
  readonly lastUser: string;
  /** Holds one item of a user. */
  readonly userItem: (username: string, item: UserItem) => string;
  /** Holds the canonical name of an alias's user. This package's own: the libraries do not keep it. */
  readonly alias: (alias: string) => string;
  /** Holds what is being written, as long as it is not in its place. This package's own. */
  readonly journal: string;
}

/** @param prefix what stands before every key */
export function storeKeys(clientId: string, prefix: string): StoreKeys {
  const root = `${prefix}CognitoIdentityServiceProvider.${clientId}`;
  return {
    lastUser: `${root}.LastAuthUser`,
    userItem: (username, item) => `${root}.${username}.${item}`,
    alias: (alias) => `${prefix}CognitoSrpEngine.${clientId}.alias.${alias}`,
    journal: `${prefix}CognitoSrpEngine.${clientId}.unfinished`,
  };
}

/**
 * `clockDrift` as a library writes it: `aws-amplify` in milliseconds, issue time minus now;
 * `amazon-cognito-identity-js` in seconds, now minus issue time. It is written for them and not read here.
 *
 * @param now milliseconds since the epoch by the caller's clock
 */
export function formatClockDrift(layout: StoreLayout, accessToken: string, now: number): string {
  const issuedAt = readTimeClaim(accessToken, 'iat');
  if (issuedAt === undefined) return '0';
  return String(layout === 'aws-amplify' ? issuedAt - now : Math.floor(now / 1000) - issuedAt / 1000);
}

/**
 * `tokenExpiry`: when the access token ends by the caller's clock, and the end of that token. The libraries replace
 * the token without this item, so it has to say which token it is about.
 *
 * @param expiresAt milliseconds since the epoch by the caller's clock
 */
export const formatTokenExpiry = (accessToken: string, expiresAt: number): string =>
  `${expiresAt} ${endOfToken(accessToken)}`;

/**
 * Reads when a stored access token ends: from `tokenExpiry`, or if that is about another token, from the token's
 * claim `exp`, as if the caller's clock were right.
 *
 * @param tokenExpiry as {@link formatTokenExpiry} wrote it, if it is there
 * @returns milliseconds since the epoch; 0 if it is not known
 */
export function readTokenExpiry(accessToken: string, tokenExpiry: string | undefined): number {
  const [time = '', end] = (tokenExpiry ?? '').split(' ');
  const expiresAt = Number(time);
  if (end === endOfToken(accessToken) && isSeconds(expiresAt / 1000)) return expiresAt;
  return readTimeClaim(accessToken, 'exp') ?? 0;
}

/** 16 characters of the signature tell two tokens apart. */
const endOfToken = (accessToken: string): string => accessToken.slice(-16);
