/** What a signed-in user removes for good: attributes, and the whole account. */

import { mustBe } from '../../errors.ts';
import { requireTexts } from '../../required-input.ts';
import type { CallOptions } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { type AccessTokenInput, isNonEmptyString } from '../values.ts';

/** The user that {@link deleteUser} removes. */
export interface DeleteUserInput extends AccessTokenInput {}

/**
 * Deletes the signed-in user with all devices and passkeys (AWS operation DeleteUser). It cannot be undone. What is
 * stored of the user has to be removed by the caller.
 *
 * The request is not repeated after a lost reply. If the call fails with NETWORK_FAILED, `getUser` shows whether the
 * user is still there: it then fails with USER_NOT_FOUND or ACCESS_TOKEN_REFUSED.
 *
 * @param pool the user pool and its app client
 * @param input the access token
 * @param options how the request is sent
 * @returns nothing; the user is gone, and every token of the user has ended
 * @throws ServiceError ACCESS_TOKEN_REFUSED, USER_NOT_FOUND, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError OPTION_INVALID for an access token that is not a string, or another code if the pool or an
 *   option cannot be right
 * @example
 * ```ts
 * import { deleteUser, type UserPoolClient, type UserStore } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const store: UserStore;
 *
 * const user = await store.load();
 * if (user) {
 *   await deleteUser(pool, { accessToken: user.tokens.accessToken });
 *   await store.signOut(user.username);
 *   await store.removeDevice(user.username);
 * }
 * ```
 */
export async function deleteUser(
  pool: UserPoolClient,
  input: DeleteUserInput,
  options: CallOptions = {},
): Promise<void> {
  const { accessToken } = requireTexts(input, 'accessToken');
  await connect(pool, options).call('DeleteUser', { AccessToken: accessToken });
}

/** The attributes that {@link deleteUserAttributes} removes. */
export interface DeleteUserAttributesInput extends AccessTokenInput {
  /** At least one name. A custom attribute has the prefix `custom:`. */
  readonly attributeNames: readonly string[];
}

/**
 * Removes attributes of a signed-in user (AWS operation DeleteUserAttributes).
 *
 * @param pool the user pool and its app client
 * @param input the access token and the names of the attributes
 * @param options how the request is sent
 * @returns nothing; the user does not have the attributes any more
 * @throws ServiceError ACCESS_TOKEN_REFUSED, PARAMETER_REFUSED for an attribute that the pool requires, or another
 *   `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError OPTION_INVALID for an empty list or an empty name, or another code if the pool or an option
 *   cannot be right
 * @example
 * ```ts
 * import { deleteUserAttributes, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * await deleteUserAttributes(pool, { accessToken, attributeNames: ['nickname', 'custom:team'] });
 * ```
 */
export async function deleteUserAttributes(
  pool: UserPoolClient,
  input: DeleteUserAttributesInput,
  options: CallOptions = {},
): Promise<void> {
  const { accessToken, attributeNames } = requireTexts(input, 'accessToken');
  const isList = Array.isArray(attributeNames) && attributeNames.length > 0;
  if (!isList || !attributeNames.every(isNonEmptyString)) {
    throw mustBe('OPTION_INVALID', 'attributeNames', 'a list of one or more names');
  }
  await connect(pool, options).call('DeleteUserAttributes', {
    AccessToken: accessToken,
    UserAttributeNames: attributeNames,
  });
}
