/** SECRET_HASH: how an app client that has a secret shows that it knows it. */
import { toBase64, utf8 } from '#encoding';
import { mustBe } from '../errors.ts';
import { hmacSha256 } from './hash.ts';

/** The app client. Give both members for a client that has a secret, and neither for one that has none. */
export interface ClientCredentials {
  /** The app client's id. Needed only with `clientSecret`. */
  readonly clientId?: string | undefined;
  /** The app client's secret. A secret has no place in a browser or a mobile app. */
  readonly clientSecret?: string | undefined;
}

/**
 * Computes SECRET_HASH for requests that this package does not make.
 *
 * @param username the USERNAME of the very request that the hash goes into: what the user typed in InitiateAuth,
 *   and USER_ID_FOR_SRP in every answer after it
 * @param clientId the app client's id
 * @param clientSecret the app client's secret
 * @returns base64 of HMAC-SHA-256(client secret, username + client id): 44 characters
 * @throws ArgumentError USERNAME_INVALID, CLIENT_ID_INVALID or CLIENT_SECRET_INVALID if one of them is empty
 * @example
 * ```ts
 * import { secretHash } from 'cognito-srp-engine/srp';
 *
 * declare const clientSecret: string;
 * declare function forgotPassword(input: object): Promise<object>;
 *
 * const ClientId = '1h57kf5cpq17m0eml12EXAMPLE';
 * await forgotPassword({
 *   ClientId,
 *   Username: 'alice',
 *   SecretHash: secretHash('alice', ClientId, clientSecret),
 * });
 * ```
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 */
export function secretHash(username: string, clientId: string, clientSecret: string): string {
  // The secret may come from a variable of the environment that is not set, and would be hashed as "undefined"
  if (!username) throw mustBe('USERNAME_INVALID', 'username', 'a string that is not empty');
  if (!clientId) throw mustBe('CLIENT_ID_INVALID', 'clientId', 'a string that is not empty');
  if (!clientSecret) throw mustBe('CLIENT_SECRET_INVALID', 'clientSecret', 'a string that is not empty');
  return toBase64(hmacSha256(utf8(clientSecret), utf8(username + clientId)));
}

/** SECRET_HASH for a client that has a secret, and `undefined` for one that has none. */
export function secretHashOf(
  username: string,
  { clientId = '', clientSecret }: ClientCredentials,
): string | undefined {
  return clientSecret === undefined ? undefined : secretHash(username, clientId, clientSecret);
}
