/** A user pool's id, `eu-west-1_AbCdEf123`: a region, `_`, and the name that SRP identities begin with. */
import { mustBe } from '../errors.ts';

/** AWS's model: UserPoolIdType, 1 to 55 characters of the form `[\w-]+_[0-9a-zA-Z]+`. */
const USER_POOL_ID = /^(?=.{1,55}$)[\w-]+_[0-9a-z]+$/i;

/**
 * Checks that a value has the form of a user pool id.
 *
 * @throws ArgumentError USER_POOL_ID_INVALID
 */
export function checkUserPoolId(userPoolId: string): void {
  if (typeof userPoolId === 'string' && USER_POOL_ID.test(userPoolId)) return;
  throw mustBe('USER_POOL_ID_INVALID', 'userPoolId', 'like "eu-west-1_AbCdEf123"');
}

/**
 * The pool's name, which is the part of its id after the last `_`.
 *
 * @param userPoolId checked by {@link checkUserPoolId}
 */
export const poolNameOf = (userPoolId: string): string => userPoolId.slice(userPoolId.lastIndexOf('_') + 1);
