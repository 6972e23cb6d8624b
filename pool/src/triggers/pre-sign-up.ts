/** PreSignUp: a trigger that refuses a new user, or confirms the user and verifies addresses at once. */
import type { Pool } from '../service/pool.ts';
import type { SignUpSource } from './events.ts';
import { readFlag } from './response-members.ts';
import { hasTrigger, runTrigger, unrecognizable } from './run-trigger.ts';
import { makeEvent, withClientMetadata } from './trigger-event.ts';

type Texts = Readonly<Record<string, string>>;

/** A user who is going to be added. */
export interface NewcomerRequest {
  readonly source: SignUpSource;
  /** Undefined for AdminCreateUser. */
  readonly clientId: string | undefined;
  /** The canonical name. It is the `sub` where users sign in with an address. */
  readonly userName: string;
  readonly userAttributes: Texts;
  readonly validationData: Texts | undefined;
  readonly clientMetadata: Texts | undefined;
}

export interface PreSignUpResult {
  readonly confirms: boolean;
  /** `email_verified` and `phone_number_verified`, if the trigger verifies the addresses. */
  readonly verified: Texts;
}

const NO_CHANGE: PreSignUpResult = { confirms: false, verified: {} };

/**
 * Runs PreSignUp, if the pool has it. It runs before the name is looked for, so a name that is taken gets this far. Whether AWS
 * looks for the name first is not known.
 *
 * @throws ServiceException what `runTrigger` throws, and InvalidLambdaResponseException for an address to verify that the user
 *   does not have: such a sign-up fails, as documented, but AWS's exception is not known
 */
export async function preSignUp(pool: Pool, request: NewcomerRequest): Promise<PreSignUpResult> {
  if (!hasTrigger(pool, 'PreSignUp')) return NO_CHANGE;
  const { source, clientId, userName, userAttributes, validationData, clientMetadata } = request;
  const response = await runTrigger(
    pool,
    'PreSignUp',
    makeEvent(
      pool,
      source,
      { userName, clientId },
      { userAttributes, validationData: validationData ?? null, ...withClientMetadata(clientMetadata) },
      { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
    ),
  );
  const confirms = readFlag(response, 'autoConfirmUser');
  const flags = [
    ['email', readFlag(response, 'autoVerifyEmail')],
    ['phone_number', readFlag(response, 'autoVerifyPhone')],
  ] as const;
  // Documented: the answer has no effect on a user whom an administrator adds
  if (source === 'PreSignUp_AdminCreateUser') return NO_CHANGE;
  const names = flags.filter(([, verifies]) => verifies).map(([name]) => name);
  if (names.some((name) => !userAttributes[name])) throw unrecognizable();
  return { confirms, verified: Object.fromEntries(names.map((name) => [`${name}_verified`, 'true'])) };
}
