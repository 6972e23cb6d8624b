/** The names by which a pool finds its users: user names, aliases, and attributes that count as names. */
import type { User } from './user.ts';

/** How a pool reads names. It is fixed when the pool is made. */
export interface NameRules {
  /** AWS's UsernameConfiguration.CaseSensitive. */
  readonly caseSensitive: boolean;
  /** AWS's UsernameAttributes: these attributes are names as soon as they are set. */
  readonly usernameAttributes: readonly string[];
  /** AWS's AliasAttributes: an address is a name once it is verified, `preferred_username` at once. */
  readonly aliasAttributes: readonly string[];
}

export interface NameIndex {
  /** Finds the user who can sign in with this name. */
  readonly find: (name: string) => User | undefined;
  readonly add: (user: User) => void;
  readonly remove: (user: User) => void;
}

/** The attributes that count as names of a user, if they have a value. */
export function namingAttributes(
  { usernameAttributes, aliasAttributes }: NameRules,
  attributes: Readonly<Record<string, string>>,
): readonly string[] {
  return [
    ...usernameAttributes,
    ...aliasAttributes.filter(
      (name) => name === 'preferred_username' || attributes[`${name}_verified`] === 'true',
    ),
  ].filter((name) => Boolean(attributes[name]));
}

/**
 * Whether the addresses of a user are names as well. Those of a user of an identity provider are not: the address may belong to a
 * user of the pool too, who signs in with it. Reported: such a pool has both users.
 */
export const hasAddressNames = ({ status }: Pick<User, 'status'>): boolean => status !== 'EXTERNAL_PROVIDER';

export function namesOf(user: User, rules: NameRules): readonly string[] {
  const { attributes } = user;
  const naming = hasAddressNames(user) ? namingAttributes(rules, attributes) : [];
  const values = naming.flatMap((name) => attributes[name] ?? []);
  return [user.username, ...user.aliases, ...values].map((name) => fold(name, rules));
}

/** Makes names equal that the pool does not tell apart. */
export const fold = (name: string, { caseSensitive }: NameRules): string =>
  caseSensitive ? name : name.toLowerCase();

const ADDRESS_FORMS: Readonly<Record<string, RegExp>> = {
  email: /^[^@\s]+@[^@\s]+$/,
  phone_number: /^\+\d{2,15}$/,
};

/** Finds which of these addresses a name looks like. */
export const addressForm = (name: string, kinds: readonly string[]): string | undefined =>
  kinds.find((kind) => ADDRESS_FORMS[kind]?.test(name));

/** An index whose look-up does not depend on the number of users. If two users have one name, the newer has it. */
export function createNameIndex(rules: NameRules): NameIndex {
  const users = new Map<string, User>();
  return {
    find: (name) => users.get(fold(name, rules)),
    add: (user) => {
      for (const name of namesOf(user, rules)) users.set(name, user);
    },
    remove: (user) => {
      for (const name of namesOf(user, rules)) if (users.get(name) === user) users.delete(name);
    },
  };
}
