/** Decides which challenge comes next, until there are tokens. */
import { assertNotExpired } from '../domain/passwords.ts';
import { type Attempt, challenge, type Reply, tokens } from './attempt.ts';
import { deviceChallenge } from './device-challenges.ts';
import { mfaChallenge } from './mfa.ts';
import { stepUpChallenge } from './step-up.ts';
import { withMethod } from './trail.ts';

/** Continues after the password. A temporary password has to be replaced first. */
export async function afterPassword(before: Attempt): Promise<Reply> {
  const attempt = withMethod(before, 'pwd');
  assertNotExpired(attempt.pool, attempt.user);
  if (attempt.user.status === 'FORCE_CHANGE_PASSWORD') return newPasswordRequired(attempt);
  return afterFirstFactor(attempt);
}

/** Continues after a first factor. A remembered device replaces the second factor, but does not raise the level. */
export async function afterFirstFactor(attempt: Attempt): Promise<Reply> {
  const next = (await stepUpChallenge(attempt)) ?? deviceChallenge(attempt) ?? (await mfaChallenge(attempt));
  return next ?? afterLastFactor(attempt);
}

/** Continues after the last factor. The client may have named its device only in this answer. */
export async function afterLastFactor(attempt: Attempt): Promise<Reply> {
  return (await stepUpChallenge(attempt)) ?? deviceChallenge(attempt) ?? tokens(attempt);
}

function newPasswordRequired(attempt: Attempt): Reply {
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
