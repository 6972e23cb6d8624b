/** NEW_PASSWORD_REQUIRED: the answer sets the password and the required attributes that are missing. */
import { required } from '../admission.ts';
import { assertWritable } from '../attributes.ts';
import { assertPolicy } from '../password-policy.ts';
import { invalidParameter, notAuthorized } from '../service-exception.ts';
import type { Answer } from './attempt.ts';
import { afterFirstFactor } from './next-step.ts';
import type { AwaitedOf } from './sessions.ts';

const PREFIX = 'userAttributes.';

export async function answerNewPasswordRequired(
  answer: Answer<AwaitedOf<'NEW_PASSWORD_REQUIRED'>>,
): Promise<object> {
  const { pool, user, session, responses } = answer;
  const password = required(responses, 'NEW_PASSWORD');
  assertPolicy(pool.passwordPolicy, password);
  const given = Object.fromEntries(
    Object.entries(responses).flatMap(([key, value]) =>
      key.startsWith(PREFIX) && value !== undefined ? [[key.slice(PREFIX.length), value]] : [],
    ),
  );
  assertWritable(given);
  for (const name of pool.requiredAttributes) {
    const has = Object.hasOwn(user.attributes, name);
    if (has && Object.hasOwn(given, name)) throw notAuthorized(`Cannot modify an already provided ${name}`);
    if (!has && !(Object.hasOwn(given, name) && given[name]))
      throw invalidParameter(`Invalid attributes given, ${name} is missing`);
  }
  session.used = true;
  pool.users.setPassword(user.username, password);
  user.attributes = { ...user.attributes, ...given };
  user.status = 'CONFIRMED';
  return afterFirstFactor(answer);
}
