/** What a pool's snapshot is made of: the names of its parts, and how a part is read and encoded. */

/** A record as it stands in a file. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** A part of the snapshot, which is the collection with the same name. */
export type Section =
  /** One record, which the collection has under the section's name. In the snapshot it is an object. */
  | { readonly kind: 'single'; readonly name: string }
  /** Records with keys. In the snapshot they are an array. */
  | {
      readonly kind: 'list';
      readonly name: string;
      /** The key under which the collection has the record. A file whose record has no key of text is damaged. */
      readonly keyOf: (record: JsonRecord) => unknown;
    };

/** What was kept of a pool: the name of a collection → key → record. Every section has its collection. */
export type KeptPool = ReadonlyMap<string, ReadonlyMap<string, JsonRecord>>;

/** Where a snapshot is taken from. */
export interface SnapshotSource {
  /** What the collection holds now. Records may come and go while it is read. */
  readonly values: (collection: string) => Iterable<unknown>;
  /** The record as JSON knows it. */
  readonly encode: (collection: string, value: unknown) => JsonRecord;
}

export function isJsonRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** @returns undefined if the bytes are not UTF-8 */
export function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return UTF8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** @returns undefined if the text is not JSON. An error of `JSON.parse` would quote it, and it may be secret. */
export function parseJson(text: string, revive?: (name: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(text, revive);
  } catch {
    return undefined;
  }
}

/**
 * @param record as it stands, or will stand, in a file
 * @throws Error if the record has no key
 */
export function keyIn(section: Section, record: JsonRecord): string {
  const key = section.kind === 'single' ? section.name : section.keyOf(record);
  if (typeof key !== 'string' || key === '')
    throw new Error(`has a record without a key in "${section.name}"`);
  return key;
}

/**
 * The JSON of a record, on one line.
 *
 * @throws Error if what is encoded has another key than the collection's, so that the journal and the snapshot would disagree
 */
export function encodeRecord(section: Section, key: string, record: JsonRecord): string {
  const encodedKey = keyIn(section, record);
  if (encodedKey !== key) {
    throw new Error(`The record "${key}" of "${section.name}" is encoded with the key "${encodedKey}"`);
  }
  return JSON.stringify(record);
}
