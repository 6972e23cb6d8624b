/** SECRET_HASH: how an app client with a secret shows that it has it. */
import { toBase64, utf8 } from '#encoding';
import { hmacSha256 } from './hash.ts';
import { assertRuntime } from './runtime.ts';

/**
 * base64(HMAC-SHA-256(client secret, username + client id)), 44 characters.
 *
 * @param username the USERNAME of the very request the hash goes into: what the user typed in
 *   InitiateAuth, USER_ID_FOR_SRP in every answer after it
 * @see https://docs.aws.amazon.com/cognito/latest/developerguide/signing-up-users-in-your-app.html#cognito-user-pools-computing-secret-hash
 */
export function secretHash(username: string, clientId: string, clientSecret: string): string {
  assertRuntime();
  return toBase64(hmacSha256(utf8(clientSecret), utf8(username + clientId)));
}
