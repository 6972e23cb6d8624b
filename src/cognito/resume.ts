/** Challenges that were kept: checked before they are used again. */
import { ArgumentError } from '../errors.ts';
import type { Challenge, ChallengeCommon, ChallengeName } from './challenge.ts';
import { CHALLENGES } from './challenges.ts';
import type { UserPoolClient } from './user-pool.ts';

/**
 * Reads a challenge that was kept as JSON.
 *
 * @param json what `JSON.stringify(challenge)` gave
 * @throws ArgumentError CHALLENGE_INVALID where that is no challenge of this version of the package
 */
export function parseChallenge(json: string): Challenge {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw damaged('challenge', 'JSON');
  }
  return checkedShape(value);
}

/** @throws ArgumentError CHALLENGE_INVALID for a damaged challenge, and for one of another pool or client */
export function checkedChallenge<C extends ChallengeCommon>(pool: UserPoolClient, given: C): C {
  const challenge = checkedShape(given) as ChallengeCommon as C;
  if (challenge.userPoolId !== pool.userPoolId || challenge.clientId !== pool.clientId) {
    throw new ArgumentError(
      'CHALLENGE_INVALID',
      'challenge',
      `This challenge belongs to user pool ${challenge.userPoolId} and client ${challenge.clientId}, not to ${pool.userPoolId} and ${pool.clientId}`,
    );
  }
  return challenge;
}

function checkedShape(value: unknown): Challenge {
  if (!isRecord(value)) throw damaged('challenge', 'an object');
  if (value['version'] !== 1) {
    throw new ArgumentError(
      'CHALLENGE_INVALID',
      'challenge.version',
      '"challenge.version" must be 1: this is not a challenge of this version of cognito-srp-engine; sign in again',
    );
  }
  const name = value['name'];
  if (typeof name !== 'string' || !Object.hasOwn(CHALLENGES, name) || rowIsEngine(name)) {
    throw damaged('challenge.name', 'a challenge name');
  }
  for (const field of ['username', 'userPoolId', 'clientId']) {
    if (typeof value[field] !== 'string' || value[field] === '')
      throw damaged(`challenge.${field}`, 'a string');
  }
  const { session, parameters, unsentAttributes = {}, refusedDevice = '' } = value;
  if (typeof refusedDevice !== 'string') throw damaged('challenge.refusedDevice', 'a device key');
  // AWS's model: SessionType, 20..2048
  if (
    session !== undefined &&
    (typeof session !== 'string' || session.length < 20 || session.length > 2048)
  ) {
    throw damaged('challenge.session', 'a session');
  }
  for (const [field, map] of Object.entries({ parameters, unsentAttributes })) {
    if (!isRecord(map) || !Object.values(map).every((item) => typeof item === 'string')) {
      throw damaged(`challenge.${field}`, 'an object of strings');
    }
  }
  if (name === 'UNKNOWN' && typeof value['challengeName'] !== 'string') {
    throw damaged('challenge.challengeName', 'a string');
  }
  return { ...(value as unknown as Challenge), ...shown(name as ChallengeName, value) } as Challenge;
}

/** What a challenge shows comes from its parameters; what a file says beside them may be damaged. */
function shown(name: ChallengeName, value: Readonly<Record<string, unknown>>): object {
  const { challengeName, parameters, options, availableChallenges } = value;
  const available = name === 'SELECT_CHALLENGE' ? options : availableChallenges;
  try {
    return CHALLENGES[name].read({
      ChallengeName: typeof challengeName === 'string' ? challengeName : name,
      ChallengeParameters: parameters as Readonly<Record<string, string>>,
      ...(Array.isArray(available) && { AvailableChallenges: available.map(String) }),
    });
  } catch {
    throw damaged('challenge.parameters', `those of ${name}`);
  }
}

const rowIsEngine = (name: string): boolean => CHALLENGES[name as ChallengeName].answeredBy !== 'caller';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function damaged(field: string, expected: string): ArgumentError {
  return new ArgumentError(
    'CHALLENGE_INVALID',
    field,
    `"${field}" must be ${expected}: the challenge is damaged; sign in again`,
  );
}
