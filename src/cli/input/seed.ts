/** Reads the seed file of `cognito-srp pool`: the options of a pool as JSON, checked field by field. */

import type { UserPoolOptions } from '../../pool/index.ts';
import { assertSeed } from '../../pool/option-checks.ts';
import { UsageError } from '../failures.ts';
import { describeFileError, readFileUpTo } from './bounded-read.ts';
import { findJsonError } from './json-error.ts';

/** Tens of thousands of users fit into this. A longer file is not a seed. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * @throws UsageError SEED_UNREADABLE, SEED_INVALID. Messages name the field, such as `users[0].password`,
 *   and quote no value.
 */
export async function readSeed(path: string): Promise<UserPoolOptions> {
  const toUnreadable = (reason: string) =>
    new UsageError('SEED_UNREADABLE', `The seed file ${path} cannot be read: ${reason}`);
  const json = await readFileUpTo(path, MAX_BYTES).catch((error: unknown) => {
    throw toUnreadable(describeFileError(error));
  });
  if (!json) throw toUnreadable(`it has more than ${MAX_BYTES} bytes`);
  return parseSeed(json.toString());
}

/** @throws UsageError SEED_INVALID */
export function parseSeed(text: string): UserPoolOptions {
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
