/** Checks users of options together: names and attributes that only one of them, or none, may have. */
import { addressForm, fold, type NameRules, namingAttributes } from '../domain/names.ts';
import { invalid } from './checks.ts';
import type { UserOptions, UserPoolOptions } from './options.ts';

/**
 * @param inside what the path of a field begins with, such as `pools[0].`
 * @throws TypeError that names the field, and quotes no value
 */
export function checkUsers(options: UserPoolOptions, inside = ''): void {
  const { users = [], userPool = {} } = options;
  const rules = {
    caseSensitive: userPool.UsernameConfiguration?.CaseSensitive ?? options.caseSensitive ?? true,
    usernameAttributes: userPool.UsernameAttributes ?? options.usernameAttributes ?? [],
    aliasAttributes: userPool.AliasAttributes ?? options.aliasAttributes ?? [],
  };
  const owners = new Map<string, { readonly user: number; readonly path: string }>();
  // A user name is taken before an alias, so the refusal names the alias
  const claimed = [claimedUsername, claimedOthers].flatMap((claim) =>
    users.flatMap((each, user) => claim(each, rules).map(([at, key]) => ({ user, path: at, key }))),
  );
  for (const { user, path: at, key } of claimed) {
    const path = `${inside}users[${user}].${at}`;
    const owner = owners.get(key);
    if (owner && owner.user !== user) throw invalid(`${path} must differ from ${owner.path}`);
    if (!owner) owners.set(key, { user, path });
  }
  for (const [user, { username, attributes = {} }] of users.entries()) {
    checkAttributes(attributes, `${inside}users[${user}].attributes`);
    if (addressForm(username, rules.aliasAttributes) === undefined) continue;
    throw invalid(
      `${inside}users[${user}].username must not be an address, because the pool has aliases of that kind`,
    );
  }
}

/** What only one user may have, and where it stands. */
type Claimed = readonly (readonly [path: string, key: string])[];

const claimedUsername = ({ username }: UserOptions, rules: NameRules): Claimed => [
  ['username', `name ${fold(username, rules)}`],
];

function claimedOthers({ aliases = [], attributes = {} }: UserOptions, rules: NameRules): Claimed {
  const names: Claimed = [
    ...aliases.map((alias, index) => [`aliases[${index}]`, alias] as const),
    ...namingAttributes(rules, attributes).map(
      (name) => [`attributes.${name}`, attributes[name] ?? ''] as const,
    ),
  ];
  const { sub } = attributes;
  return [
    ...names.map(([path, name]) => [path, `name ${fold(name, rules)}`] as const),
    ...(sub === undefined ? [] : [['attributes.sub', `sub ${sub}`] as const]),
  ];
}

const FLAGS: readonly string[] = ['email_verified', 'phone_number_verified'];

/** @throws TypeError that names the field, and quotes no value */
export function checkAttributes(attributes: Readonly<Record<string, string>>, path: string): void {
  const reserved = Object.keys(attributes).find((name) => name.startsWith('cognito:'));
  if (reserved !== undefined) throw invalid(`${path}.${reserved} is reserved for the service`);
  for (const flag of FLAGS) {
    const value = attributes[flag];
    if (value !== undefined && value !== 'true' && value !== 'false') {
      throw invalid(`${path}.${flag} must be "true" or "false"`);
    }
  }
}
