/** The seed file of `cognito-srp pool`: a pool's options as JSON, checked field by field. */
import type { UserPoolOptions } from '../pool/index.ts';
import { assertSeed } from '../pool/option-checks.ts';
import { readFileUpTo } from './bounded-read.ts';
import { UsageError } from './failure.ts';
import { jsonErrorAt } from './json-error.ts';

/** Tens of thousands of users; more than this is another file. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * @throws UsageError SEED_UNREADABLE, SEED_INVALID. Messages name the field, `users[0].password must be a
 *   string`, and quote no value.
 */
export async function readSeed(path: string): Promise<UserPoolOptions> {
  const unreadable = (reason: string | undefined) =>
    new UsageError('SEED_UNREADABLE', `The seed file ${path} cannot be read: ${reason}`);
  const json = await readFileUpTo(path, MAX_BYTES).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(error.code === 'ENOENT' ? 'there is no such file' : error.code);
  });
  if (!json) throw unreadable(`it has more than ${MAX_BYTES} bytes`);
  return parseSeed(json.toString());
}

/** @throws UsageError SEED_INVALID */
export function parseSeed(text: string): UserPoolOptions {
  // Editors of Windows begin a file with a byte order mark
  const json = text.replace(/^\ufeff/, '');
  const invalid = (message: string) => new UsageError('SEED_INVALID', message);
  let seed: unknown;
  try {
    seed = JSON.parse(json);
  } catch {
    // Not the text of the error: it quotes the file, and the file holds passwords
    const { line, column } = jsonErrorAt(json);
    throw invalid(`The seed file is not JSON: line ${line}, column ${column}`);
  }
  try {
    assertSeed(seed);
    return seed;
  } catch (error) {
    throw error instanceof TypeError ? invalid(error.message) : error;
  }
}
