/** SECRET_HASH: how an app client with a secret shows that it has it. */
import { toBase64, utf8 } from '#encoding';
import { mustBe } from '../errors.ts';
import { hmacSha256 } from './hash.ts';

/**
 * base64(HMAC-SHA-256(client secret, username + client id)), 44 characters.
 *
 * @throws ArgumentError USERNAME_INVALID, CLIENT_ID_INVALID, CLIENT_SECRET_INVALID for what is missing
 * @param username the USERNAME of the very request the hash goes into: what the user typed in
 *   InitiateAuth, USER_ID_FOR_SRP in every answer after it
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 */
export function secretHash(username: string, clientId: string, clientSecret: string): string {
  // A variable of the environment that is not set would be hashed as a secret
  if (!username) throw mustBe('USERNAME_INVALID', 'username', 'a string that is not empty');
  if (!clientId) throw mustBe('CLIENT_ID_INVALID', 'clientId', 'a string that is not empty');
  if (!clientSecret) throw mustBe('CLIENT_SECRET_INVALID', 'clientSecret', 'a string that is not empty');
  return toBase64(hmacSha256(utf8(clientSecret), utf8(username + clientId)));
}

/** The app client, where it has a secret; both or neither. */
export interface ClientCredentials {
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
}

/** SECRET_HASH for a client that has a secret. */
export function secretHashOf(
  username: string,
  { clientId = '', clientSecret }: ClientCredentials,
): string | undefined {
  return clientSecret === undefined ? undefined : secretHash(username, clientId, clientSecret);
}
