/** The names that the sessions of users have in ListUserSessions. */
import type { Random } from './randomness.ts';

/** Documented: a token session has the prefix `tkn`, and one of managed login `sso`. */
export type SessionPrefix = 'tkn' | 'sso';

/** Makes the prefix and 25 letters or digits. It is joined, because V8 keeps the two UUIDs as long as a slice of them. */
export const newSessionId = (random: Random, prefix: SessionPrefix): string =>
  [prefix, (random.uuid() + random.uuid()).replaceAll('-', '').slice(0, 25)].join('');
