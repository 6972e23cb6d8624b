/** The numbered changes that the kill test makes: what a pool holds after step N follows from N alone. */
import type { Collection } from '../../src/store/collection.ts';
import type { KeptUser } from './kept-pool.ts';

const USERS = 150;

export interface SteppedPool {
  readonly users: Collection<KeptUser>;
  readonly groups: Collection<{ readonly name: string; readonly count: number }>;
}

/** Changes several records at once, so that a test sees whether they are kept together. */
export function makeStep({ users, groups }: SteppedPool, count: number): void {
  const username = `user-${count % USERS}`;
  users.put(username, { username, count, note: 'é'.repeat((count * 37) % 2500) });
  if (count % 11 === 0) users.delete(`user-${(count * 7) % USERS}`);
  users.put('counter', { username: 'counter', count });
  groups.put('pair', { name: 'pair', count });
}
