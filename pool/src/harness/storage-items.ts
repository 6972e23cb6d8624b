/** What a browser keeps of a user who is signed in: the keys of aws-amplify v6, which `createUserStore` of the engine has, too. */
import type { UserTokens } from '../user-pool-tokens.ts';

/** One item of `localStorage`. */
export interface StorageItem {
  readonly name: string;
  readonly value: string;
}

/** Whose tokens they are, and of which app client. */
export interface StorageOwner {
  readonly clientId: string;
  /** The canonical name. */
  readonly username: string;
  /** How far the pool's clock is ahead of the browser's, in milliseconds. */
  readonly clockDrift: number;
}

/** @returns the items, in the order in which aws-amplify writes them */
export function storageItems(
  { accessToken, idToken, refreshToken }: UserTokens,
  { clientId, username, clockDrift }: StorageOwner,
): readonly StorageItem[] {
  const app = `CognitoIdentityServiceProvider.${clientId}`;
  const item = (name: string, value: string) => ({ name: `${app}.${username}.${name}`, value });
  return [
    { name: `${app}.LastAuthUser`, value: username },
    item('accessToken', accessToken),
    ...(idToken === undefined ? [] : [item('idToken', idToken)]),
    item('refreshToken', refreshToken),
    item('clockDrift', String(clockDrift)),
    item('signInDetails', JSON.stringify({ loginId: username, authFlowType: 'USER_SRP_AUTH' })),
  ];
}
