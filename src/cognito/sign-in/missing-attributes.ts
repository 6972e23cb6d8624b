/** Which attributes a user has to give with the new password. */
import type { ChallengeOf } from './challenge-types.ts';

/** Lists the required attributes that have no value yet. One that has a value cannot be changed with the password. */
export const missingAttributes = ({
  requiredAttributes,
  userAttributes,
}: ChallengeOf<'NEW_PASSWORD_REQUIRED'>): readonly string[] =>
  requiredAttributes.filter((name) => !Object.hasOwn(userAttributes, name) || !userAttributes[name]);
