/** The snapshot of a pool: one JSON file, a record a line, which is read and written whole. */
import {
  DataFolderError,
  errorCodeOf,
  FILE_MODE,
  type FileSystem,
  messageOf,
  toDataFolderError,
  writeWhole,
} from './file-system.ts';
import { readJsonLines } from './json-lines.ts';
import { isJsonRecord, type JsonRecord, keyIn, type Section, type SnapshotSource } from './sections.ts';

/** Between two writes of so many bytes other work has its turn: a few milliseconds of encoding. */
const CHUNK_BYTES = 128 * 1024;

/** The members that the store itself writes. */
const ID_MEMBER = 'userPoolId';
const GENERATION_MEMBER = 'generation';

export interface Snapshot {
  /** Grows by one with each snapshot. A file that was written by hand may lack it, and then it is 0. */
  readonly generation: number;
  readonly records: Map<string, Map<string, JsonRecord>>;
  /** The length of the file. */
  readonly bytes: number;
}

/**
 * @returns undefined if there is no such file
 * @throws DataFolderError if the file is damaged or cannot be read
 */
export async function readSnapshot(
  files: FileSystem,
  path: string,
  poolId: string,
  sections: readonly Section[],
): Promise<Snapshot | undefined> {
  const file = await readWhole(files, path);
  if (!file) return undefined;
  try {
    return { ...checkSnapshot(file.content, poolId, sections), bytes: file.bytes };
  } catch (error) {
    throw new DataFolderError(path, `is damaged: it ${messageOf(error)}`);
  }
}

async function readWhole(
  files: FileSystem,
  path: string,
): Promise<{ readonly content: unknown; readonly bytes: number } | undefined> {
  try {
    const file = await files.open(path, 'r');
    try {
      return { content: await readJsonLines(file), bytes: (await file.stat()).size };
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCodeOf(error) === 'ENOENT') return undefined;
    throw toDataFolderError(path, 'read', error);
  }
}

function checkSnapshot(
  content: unknown,
  poolId: string,
  sections: readonly Section[],
): Omit<Snapshot, 'bytes'> {
  if (content === undefined) throw new Error('is not JSON');
  if (!isJsonRecord(content)) throw new Error('is not a JSON object');
  const { [ID_MEMBER]: id, [GENERATION_MEMBER]: generation = 0, ...members } = content;
  if (id !== poolId) throw new Error(`has not the "${ID_MEMBER}" of its name`);
  if (!isGeneration(generation)) throw new Error(`has a "${GENERATION_MEMBER}" that is not a whole number`);
  const unknown = Object.keys(members).find((name) => !sections.some((section) => section.name === name));
  // The next snapshot would lose it
  if (unknown !== undefined) throw new Error(`has the member "${unknown}", which this version does not know`);
  const records = new Map(
    sections.map((section) => [section.name, readSection(section, members[section.name])] as const),
  );
  return { generation, records };
}

export function isGeneration(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function readSection(section: Section, member: unknown): Map<string, JsonRecord> {
  const records = new Map<string, JsonRecord>();
  if (member === undefined) return records;
  const list = section.kind === 'single' ? [member] : member;
  if (!Array.isArray(list)) throw new Error(`has a "${section.name}" that is not an array`);
  for (const record of list) {
    if (!isJsonRecord(record)) throw new Error(`has a record in "${section.name}" that is not an object`);
    const key = keyIn(section, record);
    if (records.has(key)) throw new Error(`has two records with the key "${key}" in "${section.name}"`);
    records.set(key, record);
  }
  return records;
}

/**
 * Writes a snapshot to a new file and makes it last. The caller gives it its name, which is what makes it count.
 *
 * The source is read in turns, so the snapshot may have of some records what they were and of others what they became
 * meanwhile. The journal that was begun before it has every change of that time, and puts it right.
 *
 * @param path a file that does not count yet. An old one is overwritten.
 * @returns the length of the file in bytes
 */
export async function writeSnapshot(
  files: FileSystem,
  path: string,
  head: { readonly poolId: string; readonly generation: number },
  sections: readonly Section[],
  source: SnapshotSource,
): Promise<number> {
  const file = await files.open(path, 'w', FILE_MODE);
  try {
    let position = 0;
    for (const chunk of inChunks(snapshotLines(head, sections, source))) {
      await writeWhole(file, chunk, position);
      position += chunk.length;
    }
    await file.sync();
    return position;
  } finally {
    await file.close();
  }
}

function* snapshotLines(
  head: { readonly poolId: string; readonly generation: number },
  sections: readonly Section[],
  source: SnapshotSource,
): Generator<string> {
  yield `{\n"${ID_MEMBER}": ${JSON.stringify(head.poolId)},\n"${GENERATION_MEMBER}": ${head.generation}`;
  for (const section of sections) {
    const records = encodedRecords(section, source);
    if (section.kind === 'single') {
      for (const record of records) yield `,\n"${section.name}": ${record}`;
    } else {
      yield `,\n"${section.name}": [`;
      let separator = '\n';
      for (const record of records) {
        yield `${separator}${record}`;
        separator = ',\n';
      }
      yield '\n]';
    }
  }
  yield '\n}\n';
}

function* encodedRecords(section: Section, source: SnapshotSource): Generator<string> {
  const written = new Set<string>();
  for (const value of source.values(section.name)) {
    const record = source.encode(section.name, value);
    const key = keyIn(section, record);
    // A record that was deleted and made anew meanwhile comes twice. The journal has the new one.
    if (!written.has(key)) yield JSON.stringify(record);
    written.add(key);
  }
}

/** Joins texts to pieces of UTF-8 that are worth a write. */
export function* inChunks(texts: Iterable<string>): Generator<Uint8Array> {
  let parts: string[] = [];
  let length = 0;
  for (const text of texts) {
    parts.push(text);
    length += text.length;
    if (length >= CHUNK_BYTES) {
      yield Buffer.from(parts.join(''));
      parts = [];
      length = 0;
    }
  }
  if (parts.length > 0) yield Buffer.from(parts.join(''));
}
