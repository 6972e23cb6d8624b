/** Everything that the pools of a service have, as one value that can be compared. */
import type { PoolState } from '../../src/service/pool.ts';
import type { Service } from '../../src/service/service.ts';
import type { Session } from '../../src/sign-in/sessions.ts';

/**
 * The pools in their order. What a pool comes to keep later is found too, because only grants are named here: they are not a
 * collection.
 */
export const keptState = (service: Service): unknown =>
  [...service.pools.values()].map((pool) => [readable(pool, []), grantsOf(pool, service.now())]);

/** Grants are asked for by their user. */
const grantsOf = ({ users, grants }: PoolState, time: number) =>
  [...users.all()].map((user) => readable(grants.active(user, time), []));

interface Listed {
  readonly values?: unknown;
  readonly all?: unknown;
  readonly findNewest?: unknown;
}

/** The records of a collection, of an expiring store, of the users, or of the sessions. Undefined for anything else. */
function recordsOf({ values, all, findNewest }: Listed): readonly unknown[] | undefined {
  for (const list of [values, all]) {
    // All such methods of a pool take no parameters
    if (typeof list === 'function') return [...(list as () => Iterable<unknown>)()];
  }
  if (typeof findNewest !== 'function') return undefined;
  const sessions: Session[] = [];
  (findNewest as (fits: (session: Session) => boolean) => unknown)((session) => {
    sessions.push(session);
    return false;
  });
  return sessions;
}

/** @param above what the value is part of, so that a circle ends */
function readable(value: unknown, above: readonly unknown[]): unknown {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  if (typeof value !== 'object' || value === null || above.includes(value)) return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  const inside = [...above, value];
  const list =
    Array.isArray(value) || value instanceof Map || value instanceof Set ? [...value] : recordsOf(value);
  if (list) return list.map((each: unknown) => readable(each, inside));
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, readable(member, inside)]));
}
