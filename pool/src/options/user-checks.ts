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
  // A seed may have 100 000 users, so only what takes a name is kept: the place of its user in the list
  const owners = { name: new Map<string, number>(), sub: new Map<string, number>() };
  // A user name is taken before an alias, so the refusal names the alias
  for (const claimsOf of [claimsOfUsername, claimsOfOthers]) {
    for (const [user, each] of users.entries()) {
      for (const { path, kind, value } of claimsOf(each, rules)) {
        const owner = owners[kind].get(value);
        if (owner === undefined) owners[kind].set(value, user);
        else if (owner !== user) {
          const other = users[owner];
          const taken = other && findClaim(other, rules, kind, value);
          throw invalid(
            `${inside}users[${user}].${path} must differ from ${inside}users[${owner}].${taken?.path}`,
          );
        }
      }
    }
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
interface Claim {
  readonly path: string;
  readonly kind: 'name' | 'sub';
  readonly value: string;
}

const claimsOfUsername = ({ username }: UserOptions, rules: NameRules): readonly Claim[] => [
  { path: 'username', kind: 'name', value: fold(username, rules) },
];

function claimsOfOthers({ aliases = [], attributes = {} }: UserOptions, rules: NameRules): readonly Claim[] {
  const name = (path: string, value: string): Claim => ({ path, kind: 'name', value: fold(value, rules) });
  const { sub } = attributes;
  return [
    ...aliases.map((alias, index) => name(`aliases[${index}]`, alias)),
    ...namingAttributes(rules, attributes).map((each) => name(`attributes.${each}`, attributes[each] ?? '')),
    ...(sub === undefined ? [] : [{ path: 'attributes.sub', kind: 'sub', value: sub } as const]),
  ];
}

const findClaim = (user: UserOptions, rules: NameRules, kind: Claim['kind'], value: string) =>
  [...claimsOfUsername(user, rules), ...claimsOfOthers(user, rules)].find(
    (claim) => claim.kind === kind && claim.value === value,
  );

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
