/** Which names a new user may have, and which attributes a user may get that count as names. */
import type { Pool } from '../service/pool.ts';
import { addressForm, hasAddressNames, namingAttributes } from './names.ts';
import { invalidParameter, ServiceException } from './service-exception.ts';
import type { User } from './user.ts';

type Attributes = Readonly<Record<string, string>>;
type Naming = Pick<Pool, 'users' | 'random'>;

export interface NewName {
  readonly username: string;
  readonly sub: string;
  /** The given attributes. If the name is an address by which the pool finds users, it is one of them. */
  readonly attributes: Attributes;
}

/**
 * Reads the name of a new user. Where users sign in with an address, that address is typed as the name, and the user name is the `sub`.
 *
 * @throws ServiceException InvalidParameterException
 */
export function readNewName({ users, random }: Naming, typed: string, attributes: Attributes): NewName {
  const { usernameAttributes, aliasAttributes } = users.rules;
  const sub = random.sub();
  if (usernameAttributes.length > 0) {
    const kind = addressForm(typed, usernameAttributes);
    if (kind === undefined) throw wrongAddress(usernameAttributes);
    // What AWS does if the attribute is given with another value is not known. The name is what the user types.
    return { username: sub, sub, attributes: { ...attributes, [kind]: typed } };
  }
  assertNotAnAlias(typed, aliasAttributes);
  return { username: typed, sub, attributes };
}

/** Reported for an e-mail address and for a phone number. The text for both is that of an emulator. */
function wrongAddress(kinds: readonly string[]): ServiceException {
  if (kinds.length > 1) return invalidParameter('Username should be either an email or a phone number.');
  return invalidParameter(
    kinds[0] === 'phone_number' ? 'Username should be a phone number.' : 'Username should be an email.',
  );
}

/** Reported for an e-mail address. For a phone number only the beginning of the text is reported. */
function assertNotAnAlias(name: string, aliasAttributes: readonly string[]): void {
  const kind = addressForm(name, aliasAttributes)?.replace('_', ' ');
  if (kind === undefined) return;
  throw invalidParameter(
    `Username cannot be of ${kind} format, since user pool is configured for ${kind} alias.`,
  );
}

/**
 * Checks that no other user has the name of a new one.
 *
 * @param text the refusal of a name that another user has: SignUp and AdminCreateUser have different ones
 * @throws ServiceException UsernameExistsException
 */
export function assertNameIsFree({ users }: Naming, { username, attributes }: NewName, text: string): void {
  for (const name of users.rules.usernameAttributes) {
    const value = attributes[name];
    if (value && users.find(value))
      throw new ServiceException('UsernameExistsException', accountExists(name));
  }
  if (users.find(username)) throw new ServiceException('UsernameExistsException', text);
}

const accountExists = (name: string) => `An account with the given ${name} already exists.`;

/** What happens to an address that is the alias of another user. */
export interface AliasConflict {
  /** Whether the alias moves to this user. */
  readonly moves: boolean;
  /** The exception if it does not. */
  readonly exception: 'AliasExistsException' | 'UsernameExistsException';
}

/**
 * Checks the attributes that count as names against those of the other users, and takes aliases from others if they move.
 *
 * @param user who gets the attributes; undefined for a new one
 * @param attributes all attributes that the user is going to have
 * @throws ServiceException AliasExistsException, UsernameExistsException, InvalidParameterException
 */
export function claimNames(
  { users }: Naming,
  user: User | undefined,
  attributes: Attributes,
  { moves, exception }: AliasConflict,
): void {
  if (user && !hasAddressNames(user)) return;
  const { usernameAttributes, aliasAttributes } = users.rules;
  const losers: (readonly [User, string])[] = [];
  for (const name of namingAttributes(users.rules, attributes)) {
    const value = attributes[name] ?? '';
    if (user && user.attributes[name] === value && users.find(value) === user) continue;
    if (name === 'preferred_username') assertNotAnAlias(value, aliasAttributes);
    const other = users.find(value);
    if (!other || other === user) continue;
    if (name === 'preferred_username') {
      throw new ServiceException('AliasExistsException', 'User account already exists for the alias.');
    }
    if (usernameAttributes.includes(name))
      throw new ServiceException('AliasExistsException', accountExists(name));
    // A user name cannot move
    if (!moves || other.attributes[name] === undefined) {
      throw new ServiceException(exception, `An account with the ${name} already exists.`);
    }
    losers.push([other, name]);
  }
  // Reported (boto/boto3#3213): the former owner keeps the address, which is no longer verified
  for (const [other, name] of losers) {
    users.update(other, { attributes: { ...other.attributes, [`${name}_verified`]: 'false' } });
  }
}
