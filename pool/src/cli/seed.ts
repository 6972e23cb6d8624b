/** Reads a seed file: the options of one pool or of several as JSON, checked field by field. */
import { createReadStream } from 'node:fs';
import type { PoolServiceOptions, UserPoolOptions } from '../index.ts';
import { assertSeed } from '../options/option-checks.ts';
import { findJsonError } from './json-error.ts';
import { UsageError } from './usage-error.ts';

/** The options of one pool, or those of several in the member `pools`. */
export type Seed = UserPoolOptions | PoolServiceOptions;

/**
 * A snapshot of 100 000 users has 90 MB. A longer file is not a seed: it would need more memory than the pool itself.
 */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * @throws UsageError SEED_UNREADABLE, SEED_INVALID. Messages name the field, such as `users[0].password`,
 *   and quote no value.
 */
export async function readSeed(path: string): Promise<Seed> {
  const toUnreadable = (reason: string) =>
    new UsageError('SEED_UNREADABLE', `The seed file ${path} cannot be read: ${reason}`);
  const chunks: Buffer[] = [];
  try {
    // No further than makes sense, because /dev/zero has no end
    for await (const chunk of createReadStream(path, { end: MAX_BYTES })) chunks.push(chunk as Buffer);
  } catch (error) {
    // The messages of node:fs are left out, because they repeat the path
    const { code } = error as NodeJS.ErrnoException;
    throw toUnreadable(code === 'ENOENT' ? 'there is no such file' : (code ?? 'unknown reason'));
  }
  const json = Buffer.concat(chunks);
  if (json.length > MAX_BYTES) throw toUnreadable(`it has more than ${MAX_BYTES} bytes`);
  return parseSeed(json.toString());
}

/** @throws UsageError SEED_INVALID */
export function parseSeed(text: string): Seed {
  // Some editors on Windows begin a file with a byte order mark.
  const json = text.replace(/^\ufeff/, '');
  const toInvalid = (message: string) => new UsageError('SEED_INVALID', message);
  let seed: unknown;
  try {
    seed = JSON.parse(json);
  } catch {
    // The error of JSON.parse is not used, because it quotes the file, and the file holds passwords.
    const { line, column } = findJsonError(json);
    throw toInvalid(`The seed file is not JSON: line ${line}, column ${column}`);
  }
  try {
    assertSeed(seed);
    return seed;
  } catch (error) {
    throw error instanceof TypeError ? toInvalid(`The seed file is not valid: ${error.message}`) : error;
  }
}
