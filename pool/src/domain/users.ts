/** The users of one pool. Every change of a user goes through here. */
import type { Collection } from '../store/collection.ts';
import { createNameIndex, type NameRules } from './names.ts';
import { createUser, type NewUser, type User } from './user.ts';

/** What can change of a user. */
export type UserChanges = Partial<Omit<User, 'username' | 'sub' | 'createdAt' | 'lastModifiedAt'>>;

export interface Users {
  readonly rules: NameRules;
  readonly size: number;
  /** Finds a user by a name that can sign in: a user name or an alias, but no `sub` unless that is the user name. */
  readonly find: (name: string) => User | undefined;
  /** Finds a user by a name that can sign in, or by `sub`, as operations of administrators do. */
  readonly findAny: (name: string) => User | undefined;
  /** Adds a user. A user with the same user name is replaced. */
  readonly add: (user: NewUser) => User;
  /** Changes a user, and the date of the last change. */
  readonly update: (user: User, changes: UserChanges) => void;
  /** Changes what the pool notes of a user for itself, such as failed attempts. The date of the last change stays. */
  readonly note: (user: User, changes: UserChanges) => void;
  readonly remove: (user: User) => void;
  /** All users, in the order in which they were added. */
  readonly all: () => Iterable<User>;
}

/**
 * @param kept the users by `sub`
 * @param now milliseconds since the epoch
 */
export function createUsers(kept: Collection<User>, rules: NameRules, now: () => number): Users {
  const names = createNameIndex(rules);
  for (const user of kept.values()) names.add(user);

  const change = (user: User, changes: UserChanges & Partial<Pick<User, 'lastModifiedAt'>>) => {
    if (kept.get(user.sub) !== user) return;
    const renames =
      changes.attributes !== undefined || changes.aliases !== undefined || changes.status !== undefined;
    // First, because the store may refuse it
    kept.put(user.sub, user);
    if (renames) names.remove(user);
    // The one place that writes to a user
    Object.assign(user, changes);
    if (renames) names.add(user);
  };
  const remove = (user: User) => {
    kept.delete(user.sub);
    names.remove(user);
  };
  return {
    rules,
    get size() {
      return kept.size;
    },
    find: names.find,
    findAny: (name) => names.find(name) ?? kept.get(name),
    add: (given) => {
      const user = createUser(given, now());
      const former = names.find(user.username);
      if (former?.username === user.username) remove(former);
      kept.put(user.sub, user);
      names.add(user);
      return user;
    },
    update: (user, changes) => change(user, { ...changes, lastModifiedAt: now() }),
    note: change,
    remove,
    all: () => kept.values(),
  };
}
