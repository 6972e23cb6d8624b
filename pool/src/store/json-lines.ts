/**
 * Reads a large JSON file whose records stand on lines of their own, without its whole text in memory at once. Any other JSON
 * is read too, since what is not a record on a line is put together and parsed as one.
 */
import type { FileHandle } from 'node:fs/promises';
import { decodeText, isJsonRecord, type JsonRecord, parseJson } from './sections.ts';

const READ_BYTES = 256 * 1024;
const NEWLINE = 10;

/** @returns undefined if the file is not UTF-8 or not JSON */
export async function readJsonLines(file: FileHandle): Promise<unknown> {
  // No text of the file can have it, so what stands for a record is told from what the file says
  const mark = crypto.randomUUID();
  const records: JsonRecord[] = [];
  const rest: string[] = [];
  for await (const bytes of readLines(file)) {
    const line = decodeText(bytes);
    if (line === undefined) return undefined;
    const comma = line.endsWith(',') ? ',' : '';
    const record = parseRecordLine(line.slice(0, line.length - comma.length));
    if (record) {
      rest.push(`"${mark}${records.length}"${comma}`);
      records.push(record);
    } else {
      rest.push(line);
    }
  }
  return parseJson(rest.join('\n'), (_name, value) => {
    const isRecord = typeof value === 'string' && value.startsWith(mark);
    return isRecord ? records[Number(value.slice(mark.length))] : value;
  });
}

function parseRecordLine(line: string): JsonRecord | undefined {
  // Most lines that are not records are told without an attempt
  if (!line.startsWith('{"')) return undefined;
  const value = parseJson(line);
  return isJsonRecord(value) ? value : undefined;
}

async function* readLines(file: FileHandle): AsyncGenerator<Uint8Array> {
  const buffer = Buffer.alloc(READ_BYTES);
  let begun: Buffer[] = [];
  let length = (await file.read(buffer, 0, READ_BYTES)).bytesRead;
  while (length > 0) {
    let position = 0;
    let lineEnd = buffer.subarray(0, length).indexOf(NEWLINE);
    while (lineEnd !== -1) {
      yield Buffer.concat([...begun, buffer.subarray(position, lineEnd)]);
      begun = [];
      position = lineEnd + 1;
      lineEnd = buffer.subarray(0, length).indexOf(NEWLINE, position);
    }
    begun.push(Buffer.from(buffer.subarray(position, length)));
    length = (await file.read(buffer, 0, READ_BYTES)).bytesRead;
  }
  yield Buffer.concat(begun);
}
