/** The identities of external providers that are linked to a user. They are kept as the service shows them: as JSON in an attribute. */

import type { User } from './user.ts';
import type { Users } from './users.ts';

export const IDENTITIES = 'identities';

/** One linked identity, as the attribute has it. */
export interface Identity {
  readonly userId: string;
  readonly providerName: string;
  readonly providerType: string;
  readonly issuer: string | null;
  /** True for the identity that made the user, and false for one that was linked to a user who existed before. */
  readonly primary: boolean;
  /** Milliseconds since the epoch. */
  readonly dateCreated: number;
}

/** @returns no identities for an attribute that is not a list of them, which a seed can have */
export function identitiesOf({ attributes }: Pick<User, 'attributes'>): readonly Identity[] {
  try {
    const read: unknown = JSON.parse(attributes[IDENTITIES] ?? '[]');
    return Array.isArray(read) ? read.filter(isIdentity) : [];
  } catch {
    return [];
  }
}

/** Whether the members are there that the pool compares and converts. */
const isIdentity = (value: unknown): value is Identity =>
  typeof value === 'object' &&
  value !== null &&
  ['userId', 'providerName', 'providerType', 'primary', 'dateCreated'].every((name) => name in value);

/** Replaces the identities of a user. Without any the user does not have the attribute. */
export function setIdentities(
  { users }: { readonly users: Users },
  user: User,
  identities: readonly Identity[],
): void {
  const others = Object.entries(user.attributes).filter(([name]) => name !== IDENTITIES);
  const own = identities.length > 0 ? [[IDENTITIES, JSON.stringify(identities)] as const] : [];
  users.update(user, { attributes: Object.fromEntries([...others, ...own]) });
}

/** Finds the user whom an identity is linked to. */
export const findLinkedUser = (
  pool: { readonly users: Users },
  providerName: string,
  userId: string,
): User | undefined =>
  findUserByIdentity(pool, (each) => each.providerName === providerName && each.userId === userId);

/** Finds the first user with an identity that matches. */
export function findUserByIdentity(
  { users }: { readonly users: Users },
  matches: (identity: Identity) => boolean,
): User | undefined {
  for (const user of users.all()) {
    if (user.attributes[IDENTITIES] !== undefined && identitiesOf(user).some(matches)) return user;
  }
  return undefined;
}

/** The claim of the ID token, which has texts where the attribute has other types. */
export function identitiesClaim(attributes: User['attributes']): Readonly<Record<string, unknown>> {
  const identities = identitiesOf({ attributes });
  if (identities.length === 0) return {};
  return {
    [IDENTITIES]: identities.map((identity) => ({
      ...identity,
      primary: String(identity.primary),
      dateCreated: String(identity.dateCreated),
    })),
  };
}
