/** What the schema of a pool and the lists of a client allow to write. The texts are captured unless a comment says otherwise. */
import type { SchemaAttributeType } from '../model/types.generated.ts';
import type { Pool } from '../service/pool.ts';
import type { Client } from '../settings/pool-settings.ts';
import { addressForm } from './names.ts';
import { invalidParameter, notAuthorized } from './service-exception.ts';
import type { User } from './user.ts';

type Attributes = Readonly<Record<string, string>>;
type Schema = Pick<Pool, 'schema' | 'strictSchema' | 'requiredAttributes'>;

/** Who writes: a user through a client, or an administrator. */
export type Writer = Client | 'admin';

/** Values that the pool makes. `identities` is made by AdminLinkProviderForUser. */
const OWN_VALUES: readonly string[] = ['sub', 'identities'];
const VERIFIED_FLAGS: readonly string[] = ['email_verified', 'phone_number_verified'];

const attributeOf = ({ schema }: Schema, name: string): SchemaAttributeType | undefined =>
  schema.find(({ Name }) => Name === name);

/**
 * Whether the pool has such an attribute. Pools whose options have no schema take any, but the service's own claims, such as
 * `cognito:groups`, are never attributes.
 */
const isKnown = (pool: Schema, name: string): boolean =>
  attributeOf(pool, name) !== undefined || (!pool.strictSchema && !name.startsWith('cognito:'));

/** Checks what the writer may write at all, before any value. */
function assertAllowed(writer: Writer, names: readonly string[]): void {
  if (writer !== 'admin') {
    const { WriteAttributes } = writer;
    const isUnauthorized = (name: string) =>
      name.startsWith('dev:') ||
      (WriteAttributes !== undefined && !WriteAttributes.includes(name) && !isOwned(name));
    if (names.some(isUnauthorized)) {
      throw notAuthorized('A client attempted to write unauthorized attribute');
    }
  }
  const owned = names.find((name) => OWN_VALUES.includes(name) || (writer !== 'admin' && isOwned(name)));
  if (owned !== undefined) throw invalidParameter(`Cannot modify the non-mutable attribute ${owned}`);
}

/** Only the pool writes these, and administrators the flags. */
const isOwned = (name: string) => OWN_VALUES.includes(name) || VERIFIED_FLAGS.includes(name);

/** What is wrong with a value. The texts except that of a long string are not known. */
function brokenRule(
  { AttributeDataType, StringAttributeConstraints, NumberAttributeConstraints }: SchemaAttributeType,
  value: string,
): string | undefined {
  if (AttributeDataType === 'Number') {
    const { MinValue = '-Infinity', MaxValue = 'Infinity' } = NumberAttributeConstraints ?? {};
    if (!/^-?\d+$/.test(value)) return 'Value must be a number';
    if (Number(value) < Number(MinValue)) return `Number must be no less than ${MinValue}`;
    return Number(value) > Number(MaxValue) ? `Number must be no greater than ${MaxValue}` : undefined;
  }
  if (AttributeDataType === 'Boolean') {
    return value === 'true' || value === 'false' ? undefined : 'Value must be true or false';
  }
  const { MinLength = '0', MaxLength = '2048' } = StringAttributeConstraints ?? {};
  const { length } = [...value];
  if (length > Number(MaxLength)) return `String must be no longer than ${MaxLength} characters`;
  return length < Number(MinLength) ? `String must be no shorter than ${MinLength} characters` : undefined;
}

/** The forms of addresses. AWS's grammars are not known. */
function assertAddresses({ email, phone_number }: Attributes): void {
  if (email && addressForm(email, ['email']) === undefined) {
    throw invalidParameter('Invalid email address format.');
  }
  if (phone_number && addressForm(phone_number, ['phone_number']) === undefined) {
    throw invalidParameter('Invalid phone number format.');
  }
}

/**
 * Checks the attributes of a new user. Whether required ones are there is another check.
 *
 * @throws ServiceException InvalidParameterException, NotAuthorizedException
 */
export function assertNewAttributes(pool: Schema, writer: Writer, given: Attributes): void {
  const names = Object.keys(given);
  assertAllowed(writer, names);
  const unknown = names.find((name) => !isKnown(pool, name));
  if (unknown !== undefined) throw undetermined('Attributes did not conform to the schema', unknown);
  const broken = names.flatMap((name) => {
    const attribute = attributeOf(pool, name);
    const text = attribute && given[name] && brokenRule(attribute, given[name]);
    return text ? [`${name}: ${text}\n`] : [];
  });
  if (broken.length > 0) {
    throw invalidParameter(`Attributes did not conform to the schema: ${broken.join('')}`);
  }
  assertAddresses(given);
}

/** Reported of SignUp and AdminCreateUser, captured of DeleteUserAttributes. */
const undetermined = (prefix: string, name: string) =>
  invalidParameter(`${prefix}: Type for attribute {${name}} could not be determined`);

/** The names by which the service knows these attributes inside. Captured or reported: family_name, name, email, phone_number. */
const INNER_NAMES: Readonly<Record<string, string>> = {
  name: 'name.formatted',
  family_name: 'name.familyName',
  given_name: 'name.givenName',
  middle_name: 'name.middleName',
  email: 'emails',
  phone_number: 'phoneNumbers',
};

/** The text for required attributes that are missing. Two are reported with a comma between them. */
const areRequired = (prefix: string, names: readonly string[]) => {
  const inner = names.map((name) => INNER_NAMES[name] ?? name);
  return invalidParameter(
    `${prefix}: ${inner.map((name) => `${name}: The attribute ${name} is required`).join(', ')}`,
  );
};

/**
 * Checks that a user who signs up has all required attributes.
 *
 * @throws ServiceException InvalidParameterException
 */
export function assertRequired({ requiredAttributes }: Schema, attributes: Attributes): void {
  const missing = requiredAttributes.filter((name) => !attributes[name]);
  if (missing.length > 0) throw areRequired('Attributes did not conform to the schema', missing);
}

/**
 * Checks a change of a user's attributes. An empty value removes one.
 *
 * @throws ServiceException InvalidParameterException, NotAuthorizedException
 */
export function assertChanges(pool: Schema, writer: Writer, user: User, given: Attributes): void {
  const names = Object.keys(given);
  assertAllowed(writer, names);
  const broken = names.flatMap((name) => {
    const text = brokenChange(pool, user, name, given[name] ?? '');
    return text === undefined ? [] : [`user.${name}: ${text}\n`];
  });
  if (broken.length > 0) throw invalidParameter(broken.join(''));
  assertAddresses(given);
}

function brokenChange(pool: Schema, user: User, name: string, value: string): string | undefined {
  if (!isKnown(pool, name)) return 'Attribute does not exist in the schema.';
  const attribute = attributeOf(pool, name);
  if (attribute?.Mutable === false) return 'Attribute cannot be updated.';
  if (value === '') {
    const isRequired = pool.requiredAttributes.includes(name) && Object.hasOwn(user.attributes, name);
    return isRequired ? 'Required attribute cannot be deleted.' : undefined;
  }
  return attribute && brokenRule(attribute, value);
}

/**
 * Checks the removal of attributes by name.
 *
 * @throws ServiceException InvalidParameterException, NotAuthorizedException
 */
export function assertRemovals(pool: Schema, writer: Writer, names: readonly string[]): void {
  assertAllowed(writer, names);
  const unknown = names.filter((name) => !isKnown(pool, name));
  const [first] = unknown;
  if (first !== undefined) {
    if (writer !== 'admin') throw undetermined('Invalid user attributes', first);
    // The text of an emulator. AWS's is not known.
    const lines = unknown.map((name) => `user.${name}: Attribute does not exist in the schema.\n`);
    throw invalidParameter(`Invalid user attributes: ${lines.join('')}`);
  }
  const immutable = names.find((name) => attributeOf(pool, name)?.Mutable === false);
  if (immutable !== undefined) {
    const inner = immutable.replace(/^custom:/, 'Custom.User.');
    throw invalidParameter(
      `Invalid user attributes: ${inner}: This attribute does not satisfy the mutability validation defined in the schema.`,
    );
  }
  const required = names.filter((name) => pool.requiredAttributes.includes(name));
  if (required.length > 0) throw areRequired('Invalid user attributes', required);
}
