/** GetUser, GetUserAuthFactors, DeleteUser, and the operations on a user's attributes. */
import { bearerOf } from '../access-tokens.ts';
import { assertWritable, assertWritableNames } from '../attributes.ts';
import { ATTRIBUTE_OF, type Destination } from '../codes.ts';
import type { FirstAuthFactor } from '../options.ts';
import { invalidParameter } from '../service-exception.ts';
import type { PoolState } from '../state.ts';
import type { User } from '../users.ts';

export interface TokenInput {
  readonly AccessToken: string;
}

export async function getUser(pool: PoolState, input: TokenInput): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  const { sub, attributes } = user;
  return {
    Username: user.username,
    UserAttributes: Object.entries({ sub, ...attributes }).map(([Name, Value]) => ({ Name, Value })),
    ...mfaSettings(user),
  };
}

const mfaSettings = ({ mfa: { enabled, preferred } }: User) => ({
  ...(preferred !== undefined && { PreferredMfaSetting: preferred }),
  ...(enabled.length > 0 && { UserMFASettingList: enabled }),
});

/** The factors in the order of AWS's AuthFactorType, and whether a user has them. */
const AUTH_FACTORS: Readonly<Record<FirstAuthFactor, (user: User) => boolean>> = {
  PASSWORD: ({ hasPassword }) => hasPassword,
  EMAIL_OTP: (user) => destinationOf(user, ATTRIBUTE_OF.EMAIL) !== undefined,
  SMS_OTP: (user) => destinationOf(user, ATTRIBUTE_OF.SMS) !== undefined,
  WEB_AUTHN: ({ passkeys }) => passkeys.length > 0,
};

/**
 * Lists the factors that the user has and the pool allows. A user with a second factor cannot begin USER_AUTH with
 * some of them. Whether the service leaves those out is not known.
 */
export async function getUserAuthFactors(pool: PoolState, input: TokenInput): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  const factors = Object.keys(AUTH_FACTORS) as FirstAuthFactor[];
  return {
    Username: user.username,
    ...mfaSettings(user),
    ConfiguredUserAuthFactors: factors.filter(
      (factor) => pool.allowedFirstAuthFactors.includes(factor) && AUTH_FACTORS[factor](user),
    ),
  };
}

/** Removes the user with all devices and passkeys. The user's tokens are then refused with UserNotFoundException. */
export async function deleteUser(pool: PoolState, input: TokenInput): Promise<undefined> {
  const { user } = await bearerOf(pool, input.AccessToken);
  pool.users.remove(user.username);
}

export interface UpdateUserAttributesInput extends TokenInput {
  readonly UserAttributes: Readonly<Record<string, string>>;
}

/** Sets attributes. A new address is set at once, as not verified, and a code is sent to it. */
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

export interface DeleteUserAttributesInput extends TokenInput {
  readonly UserAttributeNames: readonly string[];
}

/** Removes attributes, and for an address also whether it was verified. A missing attribute is not an error. */
export async function deleteUserAttributes(
  pool: PoolState,
  input: DeleteUserAttributesInput,
): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  const { UserAttributeNames: names } = input;
  assertWritableNames(names);
  const required = names.find((name) => pool.requiredAttributes.includes(name));
  if (required !== undefined)
    throw invalidParameter(`user.${required}: Required attribute cannot be deleted.`);
  const gone = [...names, ...names.map((name) => `${name}_verified`)];
  user.attributes = Object.fromEntries(
    Object.entries(user.attributes).filter(([name]) => !gone.includes(name)),
  );
  return {};
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
