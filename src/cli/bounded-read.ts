/** Files and standard input, read no further than can make sense: /dev/zero has no end. */
import { createReadStream } from 'node:fs';

/**
 * @returns undefined where the file is longer than `maxBytes`
 * @throws Error ENOENT and the like, as node:fs does
 */
export const readFileUpTo = (path: string, maxBytes: number): Promise<Buffer | undefined> =>
  readUpTo(createReadStream(path, { end: maxBytes }), maxBytes);

/** @returns undefined where there is more than `maxBytes` */
export async function readUpTo(input: AsyncIterable<unknown>, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > maxBytes) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
