/**
 * The journal of a pool: what changed since a snapshot, a line of JSON for each record.
 *
 * The first line has the pool's id and the journal's generation. A record that is gone has no `value`. The last line of a
 * flush has `"end":true`, so that what changed together is kept together: lines after the last end are a flush that a
 * stopped process did not finish.
 */
import type { Change } from './collection.ts';
import {
  DataFolderError,
  FILE_MODE,
  type FileSystem,
  messageOf,
  syncFolder,
  toDataFolderError,
  writeWhole,
} from './file-system.ts';
import {
  decodeText,
  encodeRecord,
  isJsonRecord,
  type JsonRecord,
  keyIn,
  parseJson,
  type Section,
  type SnapshotSource,
} from './sections.ts';
import { inChunks } from './snapshot.ts';

/** A journal that can be appended to. */
export interface Journal {
  readonly path: string;
  readonly generation: number;
  /** The bytes that are whole. What the file has beyond them is of a write that failed. */
  readonly bytes: number;
  /** Whether it has no change. */
  readonly isEmpty: boolean;
}

/** A journal as it was found. */
export interface FoundJournal extends Journal {
  /** The length of the file, which is more than `bytes` if the last flush was not finished. */
  readonly fileBytes: number;
}

export interface KeptChange {
  readonly collection: string;
  readonly key: string;
  /** Undefined if the record is gone. */
  readonly value: JsonRecord | undefined;
}

const NEWLINE = 10;

/** Creates an empty journal that lasts. */
export async function createJournal(
  files: FileSystem,
  folder: string,
  path: string,
  head: { readonly poolId: string; readonly generation: number },
): Promise<Journal> {
  const line = Buffer.from(`${JSON.stringify({ userPoolId: head.poolId, generation: head.generation })}\n`);
  const file = await files.open(path, 'w', FILE_MODE);
  try {
    await writeWhole(file, line, 0);
    await file.sync();
  } finally {
    await file.close();
  }
  // A process that is stopped before this line is done leaves a file without its first line, which counts for nothing
  await syncFolder(files, folder);
  return { path, generation: head.generation, bytes: line.length, isEmpty: true };
}

/**
 * Appends the changes, and returns when they last. The file is opened each time, so a file that was removed meanwhile is
 * an error instead of a place where changes vanish.
 *
 * @returns the journal with its new length. If it throws, the old one stays true, and may be appended to again.
 */
export async function appendToJournal(
  files: FileSystem,
  journal: Journal,
  changes: readonly Change[],
  sections: ReadonlyMap<string, Section>,
  source: SnapshotSource,
): Promise<Journal> {
  const file = await files.open(journal.path, 'r+');
  try {
    const { size } = await file.stat();
    if (size < journal.bytes) throw new DataFolderError(journal.path, 'was shortened by another program');
    if (size > journal.bytes) await file.truncate(journal.bytes);
    let bytes = journal.bytes;
    for (const chunk of inChunks(journalLines(changes, sections, source))) {
      await writeWhole(file, chunk, bytes);
      bytes += chunk.length;
    }
    await file.datasync();
    return { ...journal, bytes, isEmpty: false };
  } finally {
    await file.close();
  }
}

/** Removes what a flush left that was not finished. */
export async function cutOffUnfinished(files: FileSystem, journal: Journal): Promise<void> {
  const file = await files.open(journal.path, 'r+');
  try {
    await file.truncate(journal.bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

function* journalLines(
  changes: readonly Change[],
  sections: ReadonlyMap<string, Section>,
  source: SnapshotSource,
): Generator<string> {
  for (const [index, { collection, key, value }] of changes.entries()) {
    const section = sections.get(collection);
    if (!section) throw new Error(`"${collection}" is not a section of the data folder`);
    const names = `"collection":${JSON.stringify(collection)},"key":${JSON.stringify(key)}`;
    const record =
      value === undefined ? '' : `,"value":${encodeRecord(section, key, source.encode(collection, value))}`;
    const end = index === changes.length - 1 ? ',"end":true' : '';
    yield `{${names}${record}${end}}\n`;
  }
}

/**
 * Reads a journal, up to the last flush that was finished.
 *
 * @throws DataFolderError if a whole line is damaged, or the file cannot be read
 */
export async function readJournal(
  files: FileSystem,
  path: string,
  head: { readonly poolId: string; readonly generation: number },
  sections: ReadonlyMap<string, Section>,
): Promise<{ readonly journal: FoundJournal; readonly changes: readonly KeptChange[] }> {
  let content: Buffer;
  try {
    content = await files.readFile(path);
  } catch (error) {
    throw toDataFolderError(path, 'read', error);
  }
  const changes: KeptChange[] = [];
  let bytes = 0;
  let finished = 0;
  let lineNumber = 0;
  let position = 0;
  let lineEnd = content.indexOf(NEWLINE);
  while (lineEnd !== -1) {
    lineNumber += 1;
    try {
      const line = parseLine(content.subarray(position, lineEnd));
      if (lineNumber === 1) checkHead(line, head);
      else changes.push(readChange(line, sections));
      if (lineNumber === 1 || line['end'] === true) {
        bytes = lineEnd + 1;
        finished = changes.length;
      }
    } catch (error) {
      throw new DataFolderError(path, `is damaged: line ${lineNumber} ${messageOf(error)}`);
    }
    position = lineEnd + 1;
    lineEnd = content.indexOf(NEWLINE, position);
  }
  const isEmpty = finished === 0;
  const journal = { path, generation: head.generation, bytes, isEmpty, fileBytes: content.length };
  return { journal, changes: changes.slice(0, finished) };
}

function parseLine(bytes: Uint8Array): JsonRecord {
  const text = decodeText(bytes);
  const line = text === undefined ? undefined : parseJson(text);
  if (line === undefined) throw new Error('is not JSON');
  if (!isJsonRecord(line)) throw new Error('is not a JSON object');
  return line;
}

function checkHead(line: JsonRecord, head: { readonly poolId: string; readonly generation: number }): void {
  if (line['userPoolId'] !== head.poolId || line['generation'] !== head.generation) {
    throw new Error('has not the pool id and the generation of the file name');
  }
}

function readChange(line: JsonRecord, sections: ReadonlyMap<string, Section>): KeptChange {
  const { collection, key, value } = line;
  const section = typeof collection === 'string' ? sections.get(collection) : undefined;
  if (!section) throw new Error('has a "collection" that this version does not know');
  if (typeof key !== 'string' || key === '') throw new Error('has no "key"');
  if (value === undefined) return { collection: section.name, key, value: undefined };
  if (!isJsonRecord(value)) throw new Error('has a "value" that is not an object');
  if (keyIn(section, value) !== key) throw new Error('has another "key" than its record');
  return { collection: section.name, key, value };
}
