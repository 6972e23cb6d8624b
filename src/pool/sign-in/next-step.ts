/** Which challenge comes next, until there are tokens. */
import { type Attempt, challenge, tokens } from './attempt.ts';
import { deviceChallenge } from './device-challenges.ts';
import { mfaChallenge } from './mfa.ts';

/** After a password: a new one if it was temporary, then the second factor. */
export async function afterPassword(attempt: Attempt): Promise<object> {
  if (attempt.user.status === 'FORCE_CHANGE_PASSWORD') return newPasswordRequired(attempt);
  return afterFirstFactor(attempt);
}

/** After a first factor that a second one follows: a remembered device stands in for it. */
export async function afterFirstFactor(attempt: Attempt): Promise<object> {
  return deviceChallenge(attempt) ?? mfaChallenge(attempt) ?? afterLastFactor(attempt);
}

/** After MFA, a passwordless first factor or CUSTOM_AUTH; the device may have been named only now. */
export async function afterLastFactor(attempt: Attempt): Promise<object> {
  return deviceChallenge(attempt) ?? tokens(attempt);
}

function newPasswordRequired(attempt: Attempt): object {
  const { attributes } = attempt.user;
  const missing = attempt.pool.requiredAttributes.filter((name) => !Object.hasOwn(attributes, name));
  return challenge(
    attempt,
    { challengeName: 'NEW_PASSWORD_REQUIRED' },
    {
      USER_ID_FOR_SRP: attempt.username,
      requiredAttributes: JSON.stringify(missing.map((name) => `userAttributes.${name}`)),
      userAttributes: JSON.stringify(attributes),
    },
  );
}
