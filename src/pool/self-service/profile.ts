/** GetUser, UpdateUserAttributes, GetUserAttributeVerificationCode and VerifyUserAttribute. */
import { bearerOf } from '../access-tokens.ts';
import { assertWritable } from '../attributes.ts';
import { ATTRIBUTE_OF, type Destination } from '../codes.ts';
import { invalidParameter } from '../service-exception.ts';
import type { PoolState } from '../state.ts';
import type { User } from '../users.ts';

export interface TokenInput {
  readonly AccessToken: string;
}

export async function getUser(pool: PoolState, input: TokenInput): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  const { sub, attributes } = user;
  const { enabled, preferred } = user.mfa;
  return {
    Username: user.username,
    UserAttributes: Object.entries({ sub, ...attributes }).map(([Name, Value]) => ({ Name, Value })),
    ...(preferred !== undefined && { PreferredMfaSetting: preferred }),
    ...(enabled.length > 0 && { UserMFASettingList: enabled }),
  };
}

export interface UpdateUserAttributesInput extends TokenInput {
  readonly UserAttributes: Readonly<Record<string, string>>;
}

/** A new address counts at once and is not verified; a code goes there. */
export async function updateUserAttributes(
  pool: PoolState,
  input: UpdateUserAttributesInput,
): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  const given = input.UserAttributes;
  assertWritable(given);
  const changed = Object.values(ATTRIBUTE_OF).filter(
    (name) => Object.hasOwn(given, name) && given[name] !== user.attributes[name],
  );
  user.attributes = {
    ...user.attributes,
    ...given,
    ...Object.fromEntries(changed.map((name) => [`${name}_verified`, 'false'])),
  };
  return { CodeDeliveryDetailsList: changed.map((name) => sendVerificationCode(pool, user, name)) };
}

export interface AttributeInput extends TokenInput {
  readonly AttributeName: string;
}

export async function getUserAttributeVerificationCode(
  pool: PoolState,
  input: AttributeInput,
): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  return { CodeDeliveryDetails: sendVerificationCode(pool, user, input.AttributeName) };
}

function sendVerificationCode(pool: PoolState, user: User, name: string) {
  const destination = destinationOf(user, name);
  if (!destination) throw invalidParameter(`The user has no ${name} that can be verified`);
  return pool.codes.issue('VerifyUserAttribute', user.username, destination);
}

function destinationOf({ attributes }: User, name: string): Destination | undefined {
  const to = attributes[name];
  if (to === undefined) return undefined;
  if (name === ATTRIBUTE_OF.EMAIL) return { to, medium: 'EMAIL' };
  return name === ATTRIBUTE_OF.SMS ? { to, medium: 'SMS' } : undefined;
}

export interface VerifyUserAttributeInput extends AttributeInput {
  readonly Code: string;
}

export async function verifyUserAttribute(pool: PoolState, input: VerifyUserAttributeInput): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  const { AttributeName: name } = input;
  pool.codes.confirm('VerifyUserAttribute', user.username, input.Code, name).spend();
  user.attributes = { ...user.attributes, [`${name}_verified`]: 'true' };
  return {};
}
