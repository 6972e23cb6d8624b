/** A store whose entries belong to a user, not to a user name: a user who is made later under the same name does not get them. */
import { createExpiringStore, type ExpiringStore } from './expiring-store.ts';

/** Finds the `sub` of the user with this canonical name. Undefined if nobody has the name. */
export type SubOf = (username: string) => string | undefined;

/**
 * Notes with each value the `sub` of its user, which may be nobody. Once another user or nobody has the name, the value is not
 * found any more.
 *
 * @param remembersExpired as in `createExpiringStore`
 */
export function createBoundStore<Value extends { readonly username: string }>(
  lifetimeMs: number,
  now: () => number,
  subOf: SubOf,
  remembersExpired = false,
): ExpiringStore<Value> {
  interface Bound {
    readonly value: Value;
    readonly sub: string | undefined;
  }
  const store = createExpiringStore<Bound>(lifetimeMs, now, remembersExpired);
  const isOfSameUser = ({ value, sub }: Bound) => subOf(value.username) === sub;
  return {
    put: (key, value, ms) => store.put(key, { value, sub: subOf(value.username) }, ms),
    get: (key) => {
      const entry = store.get(key);
      return entry && isOfSameUser(entry.value)
        ? { value: entry.value.value, expired: entry.expired }
        : undefined;
    },
    delete: store.delete,
    deleteWhere: (isGone) => store.deleteWhere(({ value }) => isGone(value)),
    sweep: store.sweep,
    values: () =>
      store
        .values()
        .filter(isOfSameUser)
        .map(({ value }) => value),
    get size() {
      return store.size;
    },
  };
}
