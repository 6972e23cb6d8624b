/** Reads files and standard input no further than makes sense, because /dev/zero has no end. */
import { createReadStream } from 'node:fs';

/**
 * @returns undefined if the file is longer than `maxBytes`
 * @throws Error ENOENT and the like, from node:fs
 */
export const readFileUpTo = (path: string, maxBytes: number): Promise<Buffer | undefined> =>
  readUpTo(createReadStream(path, { end: maxBytes }), maxBytes);

/** @returns undefined if there is more than `maxBytes` */
export async function readUpTo(input: AsyncIterable<unknown>, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    // Streams of files and standard input give bytes, which their types do not say
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > maxBytes) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Says in words why a file could not be read or written. The messages of node:fs are left out: they repeat the path. */
export function describeFileError(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'there is no such file' : (code ?? 'unknown reason');
}
