/** NEW_PASSWORD_REQUIRED: the answer sets the password and the required attributes that are missing. */
import { required } from '../domain/admission.ts';
import { changedAttributes } from '../domain/attribute-changes.ts';
import { assertChanges } from '../domain/attribute-schema.ts';
import { claimNames } from '../domain/new-names.ts';
import { assertNewPassword, passwordChanges } from '../domain/passwords.ts';
import { invalidParameter, notAuthorized } from '../domain/service-exception.ts';
import type { Answer, Reply } from './attempt.ts';
import { afterFirstFactor } from './next-step.ts';
import { type AwaitedOf, sessionUsed } from './sessions.ts';
import { withSource } from './trail.ts';

const PREFIX = 'userAttributes.';

export async function answerNewPasswordRequired(
  answer: Answer<AwaitedOf<'NEW_PASSWORD_REQUIRED'>>,
): Promise<Reply> {
  const { pool, client, user, session, responses } = answer;
  const password = required(responses, 'NEW_PASSWORD');
  await assertNewPassword(pool, user, password);
  const changes = await passwordChanges(pool, user, password);
  // Nothing waits from here on. Another answer may have used the session in the meantime.
  if (session.used) throw sessionUsed();
  const given = Object.fromEntries(
    Object.entries(responses).flatMap(([key, value]) =>
      key.startsWith(PREFIX) && value !== undefined ? [[key.slice(PREFIX.length), value]] : [],
    ),
  );
  assertChanges(pool, client, user, given);
  for (const name of pool.requiredAttributes) {
    const has = Object.hasOwn(user.attributes, name);
    if (has && Object.hasOwn(given, name)) throw notAuthorized(`Cannot modify an already provided ${name}`);
    if (!has && !(Object.hasOwn(given, name) && given[name]))
      throw invalidParameter(`Invalid attributes given, ${name} is missing`);
  }
  const attributes = changedAttributes(user, given);
  claimNames(pool, user, attributes, { moves: false, exception: 'AliasExistsException' });
  session.used = true;
  pool.users.update(user, { ...changes, attributes, status: 'CONFIRMED' });
  return afterFirstFactor(withSource(answer, 'TokenGeneration_NewPasswordChallenge'));
}
