/** Sets and removes attributes of a user, with what follows for addresses. Who may write what is checked elsewhere. */
import type { Pool } from '../service/pool.ts';
import { ATTRIBUTE_OF } from './codes.ts';
import { claimNames } from './new-names.ts';
import type { User } from './user.ts';

type Attributes = Readonly<Record<string, string>>;

const ADDRESSES: readonly string[] = Object.values(ATTRIBUTE_OF);

/**
 * Makes the attributes that a user has after a change. An empty value removes an attribute, and a new address is not verified
 * unless the change says that it is.
 */
export function changedAttributes(user: User, given: Attributes): Attributes {
  const removed = Object.keys(given).filter((name) => given[name] === '');
  const unverified = ADDRESSES.filter(
    (name) =>
      given[name] && given[name] !== user.attributes[name] && !Object.hasOwn(given, `${name}_verified`),
  ).map((name) => [`${name}_verified`, 'false'] as const);
  return withoutAttributes({ ...user.attributes, ...given, ...Object.fromEntries(unverified) }, removed);
}

/** Removes attributes, and for an address also whether it was verified. */
export function withoutAttributes(attributes: Attributes, names: readonly string[]): Attributes {
  const gone = [...names, ...names.map((name) => `${name}_verified`)];
  return Object.fromEntries(Object.entries(attributes).filter(([name]) => !gone.includes(name)));
}

/**
 * Sets attributes. A new address that has to be verified first waits until it is.
 *
 * @returns the names of the addresses that changed and are not verified
 * @throws ServiceException AliasExistsException if another user has the name
 */
export function setAttributes(pool: Pool, user: User, given: Attributes): readonly string[] {
  const isNew = (name: string) => Boolean(given[name]) && given[name] !== user.attributes[name];
  const isVerified = (name: string) => given[`${name}_verified`] === 'true';
  const unverified = ADDRESSES.filter((name) => isNew(name) && !isVerified(name));
  // Without an address before it there is nothing that could stay active
  const waiting = unverified.filter(
    (name) => pool.verifiedBeforeUpdate.includes(name) && user.attributes[name] !== undefined,
  );
  const [atOnce, later] = split(given, waiting);
  const attributes = changedAttributes(user, atOnce);
  claimNames(pool, user, attributes, { moves: true, exception: 'AliasExistsException' });
  const [pending] = split(user.pendingAttributes, Object.keys(given));
  pool.users.update(user, { attributes, pendingAttributes: { ...pending, ...later } });
  return unverified;
}

function split(attributes: Attributes, names: readonly string[]): readonly [others: Attributes, Attributes] {
  const entries = Object.entries(attributes);
  return [
    Object.fromEntries(entries.filter(([name]) => !names.includes(name))),
    Object.fromEntries(entries.filter(([name]) => names.includes(name))),
  ];
}

/** Removes attributes by name. A missing one is not an error. */
export function removeAttributes(pool: Pool, user: User, names: readonly string[]): void {
  const [pendingAttributes] = split(user.pendingAttributes, names);
  pool.users.update(user, { attributes: withoutAttributes(user.attributes, names), pendingAttributes });
}
