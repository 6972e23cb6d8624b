/** A small pool that keeps settings, users and groups, and a folder for it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, createCollection } from '../../src/store/collection.ts';
import { type DataFolder, type DataFolderOptions, openDataFolder } from '../../src/store/data-folder.ts';
import type { PoolStore } from '../../src/store/pool-store.ts';
import type { KeptPool, Section } from '../../src/store/sections.ts';

export const POOL_ID = 'eu-west-1_Kept12345';

export const SECTIONS: readonly Section[] = [
  { kind: 'single', name: 'settings' },
  { kind: 'list', name: 'users', keyOf: (user) => user['username'] },
  { kind: 'list', name: 'groups', keyOf: (group) => group['name'] },
];

export interface KeptUser {
  readonly username: string;
  count: number;
  note?: string;
}

export interface KeptGroup {
  readonly name: string;
  readonly count: number;
}

export interface TestPool {
  readonly store: PoolStore;
  readonly settings: Collection<{ readonly name: string }>;
  readonly users: Collection<KeptUser>;
  readonly groups: Collection<KeptGroup>;
  /** Resolves when the first snapshot is on disk. */
  readonly begun: Promise<void>;
}

/** Opens a pool of the folder, and fills it with what was kept. */
export function openPool(folder: DataFolder, poolId = POOL_ID): TestPool {
  const kept = folder.pools.get(poolId);
  const store = folder.openPool(poolId);
  const settings = createCollection<{ readonly name: string }>(
    'settings',
    store.tell,
    entriesOf(kept, 'settings'),
  );
  const users = createCollection<KeptUser>('users', store.tell, entriesOf(kept, 'users'));
  const groups = createCollection<KeptGroup>('groups', store.tell, entriesOf(kept, 'groups'));
  const collections: Record<string, Pick<Collection<unknown>, 'values'>> = { settings, users, groups };
  const begun = store.begin({
    values: (name) => collections[name]?.values() ?? [],
    // The test's records are JSON as they are
    encode: (_name, value) => value as Readonly<Record<string, unknown>>,
  });
  return { store, settings, users, groups, begun };
}

function entriesOf<Value>(kept: KeptPool | undefined, name: string): [string, Value][] {
  // What is read is what the test has written
  return [...(kept?.get(name) ?? [])] as unknown as [string, Value][];
}

export const openFolder = (path: string, options: Partial<DataFolderOptions> = {}): Promise<DataFolder> =>
  openDataFolder(path, { sections: SECTIONS, now: Date.now, log: () => {}, ...options });

/** The records that a folder has, without a pool that goes on with them. */
export async function readKept(path: string, poolId = POOL_ID): Promise<Record<string, unknown[]>> {
  const folder = await openFolder(path);
  const kept = folder.pools.get(poolId) ?? new Map<string, ReadonlyMap<string, unknown>>();
  await folder.close();
  return Object.fromEntries([...kept].map(([name, records]) => [name, [...records.values()]]));
}

/** @returns a new folder, and what removes it */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const parent = mkdtempSync(join(tmpdir(), 'data-folder-'));
  return { path: join(parent, 'data'), remove: () => rmSync(parent, { recursive: true, force: true }) };
}
