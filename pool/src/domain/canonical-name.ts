/** The canonical name of whoever signs in, which replies show as USER_ID_FOR_SRP, also if there is no such user. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Pool } from '../service/pool.ts';
import { fold } from './names.ts';
import { toSub } from './randomness.ts';
import type { User } from './user.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * @param user undefined if nobody has the name. The result is then the name that was typed, as measured. Where the names of users
 *   are UUIDs it is one as well, the same for the same name.
 */
export function canonicalName(
  { users: { rules }, key }: Pick<Pool, 'users' | 'key'>,
  user: User | undefined,
  typed: string,
): string {
  if (user) return user.username;
  const name = fold(typed, rules);
  // An answer to a challenge may have the UUID that the challenge has shown
  if (rules.usernameAttributes.length === 0 || UUID.test(name)) return name;
  const digest = hmac(sha256, key, new TextEncoder().encode(`hidden name ${name}`));
  return toSub(digest.subarray(0, 16));
}
