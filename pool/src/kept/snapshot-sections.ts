/** The parts of a pool's snapshot, each a collection of the pool: how its records are keyed, encoded and read. */

import { toBase64Url } from '../domain/base64url.ts';
import { codeKey, type IssuedCode } from '../domain/codes.ts';
import { assertSnapshot } from '../options/option-checks.ts';
import type { UserPoolOptions } from '../options/options.ts';
import { documentKey } from '../options/pool-record.ts';
import { toUserRecord } from '../options/user-record.ts';
import type { KeptCollections, PoolState } from '../service/pool.ts';
import type { Collection } from '../store/collection.ts';
import type { JsonRecord, KeptPool, Section, SnapshotSource } from '../store/sections.ts';

type Name = keyof KeptCollections;
type RecordOf<N extends Name> = KeptCollections[N] extends Collection<infer Value> ? Value : never;

interface KeptSection<N extends Name> {
  /** Undefined for a part that is one record. */
  readonly keyOf?: (record: JsonRecord) => unknown;
  readonly encode: (value: RecordOf<N>) => JsonRecord;
}

/** For records that are plain data. What is undefined in them, JSON leaves out. */
const asItIs = (value: object): JsonRecord => ({ ...value });

const SECTIONS_BY_NAME: { readonly [N in Name]: KeptSection<N> } = {
  settings: { encode: asItIs },
  secret: { encode: ({ key }) => ({ key: toBase64Url(key) }) },
  signingKeys: { keyOf: ({ use }) => use, encode: asItIs },
  clients: { keyOf: ({ ClientId }) => ClientId, encode: asItIs },
  groups: { keyOf: ({ GroupName }) => GroupName, encode: asItIs },
  users: { keyOf: ({ attributes }) => Object(attributes)['sub'], encode: toUserRecord },
  documents: { keyOf: documentKey, encode: asItIs },
  grants: { keyOf: ({ eventId }) => eventId, encode: asItIs },
  refreshTokens: { keyOf: ({ token }) => token, encode: asItIs },
  loginSessions: { keyOf: ({ session }) => session, encode: asItIs },
  // A code whose members are wrong gets a key, and is refused when the snapshot is checked
  codes: { keyOf: (record) => codeKey(record as Partial<IssuedCode> as IssuedCode), encode: asItIs },
};

const isName = (name: string): name is Name => Object.hasOwn(SECTIONS_BY_NAME, name);

/** In the order in which they stand in a snapshot. */
export const SECTIONS: readonly Section[] = Object.entries(SECTIONS_BY_NAME).map(
  ([name, { keyOf }]): Section => (keyOf ? { kind: 'list', name, keyOf } : { kind: 'single', name }),
);

export const snapshotSourceOf = ({ kept }: PoolState): SnapshotSource => ({
  values: (name) => (isName(name) ? kept[name].values() : []),
  encode: (name, value) => {
    if (!isName(name)) throw new Error(`"${name}" is not a section`);
    // The store gives back what the collection of this name has told
    const encode = SECTIONS_BY_NAME[name].encode as (value: unknown) => JsonRecord;
    return encode(value);
  },
});

/**
 * Brings what a data folder kept of a pool into the form of a seed.
 *
 * @throws TypeError that names the member which is not as a snapshot has it
 */
export function seedOfKept(userPoolId: string, kept: KeptPool): UserPoolOptions {
  const members = SECTIONS.map(({ kind, name }): readonly [string, unknown] => {
    const records = [...(kept.get(name)?.values() ?? [])];
    return [name, kind === 'list' ? records : records[0]];
  });
  const seed: unknown = { userPoolId, ...Object.fromEntries(members) };
  assertSnapshot(seed);
  return seed;
}
