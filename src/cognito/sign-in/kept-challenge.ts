/** Challenges that were kept: checked before they are used again. */
import { ArgumentError, mustBe } from '../../errors.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { isNonEmptyString, isRecord, isStringArray, isStringMap, ownProperty, parseJson } from '../values.ts';
import { CHALLENGE_ROWS, CHALLENGES, readChallenge, wireNameOf } from './challenge-table.ts';
import type { Challenge, ChallengeCommon } from './challenge-types.ts';

/**
 * Reads a challenge that was kept as JSON.
 *
 * @param json what `JSON.stringify(challenge)` gave
 * @returns the challenge, to be given to `respond`
 * @throws ArgumentError CHALLENGE_INVALID if it is not a challenge of this version of the package
 * @example
 * ```ts
 * import { parseChallenge } from 'cognito-srp-engine';
 *
 * const challenge = parseChallenge(sessionStorage.getItem('challenge'));
 * if (challenge.expiresAt < Date.now()) console.log('Sign in again');
 * ```
 */
export function parseChallenge(json: string | null | undefined): Challenge {
  const value = parseJson(json ?? '');
  if (value === undefined) throw damagedChallenge('', 'JSON');
  return checkedShape(value);
}

/** @throws ArgumentError CHALLENGE_INVALID for a damaged challenge, and for one of another pool or client */
export function checkedChallenge(pool: UserPoolClient, challenge: Challenge): Challenge {
  const checked = checkedShape(challenge);
  if (checked.userPoolId === pool.userPoolId && checked.clientId === pool.clientId) return checked;
  throw new ArgumentError(
    'CHALLENGE_INVALID',
    'challenge',
    // The ids of the challenge are not quoted: a damaged one can have anything there, even its session
    `This challenge belongs to another user pool or client than ${pool.userPoolId} and ${pool.clientId}`,
  );
}

interface MemberCheck {
  readonly member: keyof ChallengeCommon | 'name' | 'challengeName';
  readonly fits: (value: unknown) => boolean;
  readonly expected: string;
}

// Marked, because otherwise a bundle would have the list although nothing in it keeps a challenge
/* @__NO_SIDE_EFFECTS__ */
function optional(fits: (value: unknown) => boolean) {
  return (value: unknown) => value === undefined || fits(value);
}

const isCallerChallengeName = (value: unknown) =>
  typeof value === 'string' && ownProperty(CHALLENGE_ROWS, value)?.kind === 'caller';

const MEMBERS: readonly MemberCheck[] = [
  { member: 'version', fits: (value) => value === 1, expected: '1, the version of this cognito-srp-engine' },
  { member: 'name', fits: isCallerChallengeName, expected: 'a challenge name' },
  {
    member: 'challengeName',
    fits: optional(isNonEmptyString),
    expected: 'the name of a challenge that is asked of the user',
  },
  { member: 'username', fits: isNonEmptyString, expected: 'a string' },
  { member: 'userPoolId', fits: isNonEmptyString, expected: 'a string' },
  { member: 'clientId', fits: isNonEmptyString, expected: 'a string' },
  {
    member: 'session',
    // AWS's model: SessionType, 20 to 2048 characters; emulators have shorter ones
    fits: optional((value) => isNonEmptyString(value) && value.length <= 2048),
    expected: 'a session',
  },
  { member: 'expiresAt', fits: (value) => Number.isFinite(value), expected: 'a time in milliseconds' },
  { member: 'parameters', fits: isStringMap, expected: 'an object of strings' },
  { member: 'availableChallenges', fits: optional(isStringArray), expected: 'an array of strings' },
  { member: 'unsentAttributes', fits: optional(isStringMap), expected: 'an object of strings' },
  { member: 'refusedDevice', fits: optional(isNonEmptyString), expected: 'a device key' },
];

function checkedShape(value: unknown): Challenge {
  if (!isRecord(value)) throw damagedChallenge('', 'an object');
  for (const { member, fits, expected } of MEMBERS) {
    if (!fits(value[member])) throw damagedChallenge(`.${member}`, expected);
  }
  // All members have been checked except those that are read again below
  const challenge = value as unknown as Challenge;
  const wireName = wireNameOf(challenge);
  const row = ownProperty(CHALLENGE_ROWS, wireName) ?? CHALLENGES.UNKNOWN;
  if (row.kind === 'engine') {
    throw damagedChallenge('.challengeName', 'the name of a challenge that is asked of the user');
  }
  try {
    return readChallenge(row, wireName, challenge);
  } catch {
    throw damagedChallenge('.parameters', `those of ${challenge.name}`);
  }
}

const damagedChallenge = (member: string, expected: string): ArgumentError =>
  mustBe('CHALLENGE_INVALID', `challenge${member}`, `${expected}: the challenge is damaged; sign in again`);
