/** The filter of ListUsers: one attribute, an operator, and a text in quotes. */
import { fold, type NameRules } from '../../domain/names.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import type { User } from '../../domain/user.ts';

/** Documented. Custom attributes cannot be searched for. */
const SEARCHABLE: readonly string[] = [
  'username',
  'status',
  'cognito:user_status',
  'sub',
  'email',
  'phone_number',
  'name',
  'given_name',
  'family_name',
  'preferred_username',
];

/** These are names, and differ by upper and lower case as the pool's names do. */
const NAMES: readonly string[] = ['username', 'email', 'preferred_username'];

/** What a user has under each of the names that can be searched for. */
function readSearched(user: User, name: string): string | undefined {
  switch (name) {
    case 'username':
      return user.username;
    case 'sub':
      return user.sub;
    case 'status':
      return user.enabled ? 'Enabled' : 'Disabled';
    case 'cognito:user_status':
      return user.status;
    default:
      return user.attributes[name];
  }
}

/** The name may stand in quotes, the text must. A backslash stands before a quote or a backslash in the text. */
const FILTER = /^\s*(?:"([^"]+)"|([^\s"=^]+))\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*$/s;

/**
 * Reads a filter. An empty one matches every user.
 *
 * @returns whether a user matches
 * @throws ServiceException InvalidParameterException. How the service refuses a name is known from another emulator alone.
 */
export function readUserFilter(filter: string, rules: NameRules): (user: User) => boolean {
  if (filter === '') return () => true;
  const [, quoted, bare, operator, text = ''] = FILTER.exec(filter) ?? [];
  const name = quoted ?? bare;
  if (name === undefined) throw invalidParameter('Error while parsing filter.');
  if (!SEARCHABLE.includes(name)) throw invalidParameter(`Invalid search attribute: ${name}`);
  const comparable = comparableOf(name, rules);
  const wanted = comparable(text.replace(/\\(.)/gs, '$1'));
  return (user) => {
    const value = readSearched(user, name);
    if (value === undefined) return false;
    return operator === '=' ? comparable(value) === wanted : comparable(value).startsWith(wanted);
  };
}

/** Documented: the status of a user matches in any case, and whether the user is enabled only as it is written. */
function comparableOf(name: string, rules: NameRules): (text: string) => string {
  if (name === 'cognito:user_status') return (text) => text.toUpperCase();
  return NAMES.includes(name) ? (text) => fold(text, rules) : (text) => text;
}
