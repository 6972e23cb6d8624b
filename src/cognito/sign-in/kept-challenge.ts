/** Challenges that were kept: checked before they are used again. */
import { ArgumentError, mustBe } from '../../errors.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import type { AuthReply } from '../client/wire-types.ts';
import { isNonEmptyString, isRecord, isStringMap } from '../values.ts';
import { CHALLENGES, challengeName } from './challenge-table.ts';
import type { Challenge, ChallengeName } from './challenge-types.ts';

/**
 * Reads a challenge that was kept as JSON.
 *
 * @param json what `JSON.stringify(challenge)` gave
 * @throws ArgumentError CHALLENGE_INVALID where that is no challenge of this version of the package
 */
export function parseChallenge(json: string | null | undefined): Challenge {
  let value: unknown;
  try {
    value = JSON.parse(json ?? '');
  } catch {
    throw damaged('', 'JSON');
  }
  return checkedShape(value);
}

/** @throws ArgumentError CHALLENGE_INVALID for a damaged challenge, and for one of another pool or client */
export function checkedChallenge(pool: UserPoolClient, given: Challenge): Challenge {
  const challenge = checkedShape(given);
  if (challenge.userPoolId !== pool.userPoolId || challenge.clientId !== pool.clientId) {
    throw new ArgumentError(
      'CHALLENGE_INVALID',
      'challenge',
      `This challenge belongs to user pool ${challenge.userPoolId} and client ${challenge.clientId}, not to ${pool.userPoolId} and ${pool.clientId}`,
    );
  }
  return challenge;
}

const absentOr = (fits: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || fits(value);

const isCallersChallenge = (value: unknown) =>
  isNonEmptyString(value) &&
  Object.hasOwn(CHALLENGES, value) &&
  !('prove' in CHALLENGES[challengeName(value)]);

/** Member → what it has to be. */
const SHAPE: readonly (readonly [string, (value: unknown) => boolean, string])[] = [
  ['version', (value) => value === 1, '1, the version of this cognito-srp-engine'],
  ['name', isCallersChallenge, 'a challenge name'],
  ['username', isNonEmptyString, 'a string'],
  ['userPoolId', isNonEmptyString, 'a string'],
  ['clientId', isNonEmptyString, 'a string'],
  // AWS's model: SessionType, 20..2048; emulators have shorter ones
  ['session', absentOr((value) => isNonEmptyString(value) && value.length <= 2048), 'a session'],
  ['expiresAt', Number.isFinite, 'a time in milliseconds'],
  ['parameters', isStringMap, 'an object of strings'],
  ['unsentAttributes', absentOr(isStringMap), 'an object of strings'],
  ['refusedDevice', absentOr(isNonEmptyString), 'a device key'],
];

function checkedShape(value: unknown): Challenge {
  if (!isRecord(value)) throw damaged('', 'an object');
  for (const [member, fits, expected] of SHAPE)
    if (!fits(value[member])) throw damaged(`.${member}`, expected);
  const challenge = value as unknown as Challenge;
  return { ...challenge, ...shown(challenge.name, value) } as Challenge;
}

/** What a challenge shows comes from its parameters; what a file says beside them may be damaged. */
function shown(name: ChallengeName, value: Readonly<Record<string, unknown>>): object {
  const { challengeName: ChallengeName = name, parameters: ChallengeParameters } = value;
  const { options, availableChallenges: AvailableChallenges = options } = value;
  try {
    return CHALLENGES[name].read({ ChallengeName, ChallengeParameters, AvailableChallenges } as AuthReply);
  } catch {
    throw damaged('.parameters', `those of ${name}`);
  }
}

const damaged = (member: string, expected: string): ArgumentError =>
  mustBe('CHALLENGE_INVALID', `challenge${member}`, `${expected}: the challenge is damaged; sign in again`);
