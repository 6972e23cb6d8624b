/** Reads the challenge that `respond` is to answer. */
import { type Challenge, parseChallenge } from '../../index.ts';
import { UsageError } from '../failures.ts';
import type { Input } from '../io.ts';
import { describeFileError, readFileUpTo, readUpTo } from './bounded-read.ts';

export interface StoredChallenge {
  readonly challenge: Challenge;
  /** The name that was typed at sign-in, if the file has it and it is not the canonical one. */
  readonly alias: string | undefined;
}

/**
 * @param source the path of a file, or `-` for standard input
 * @throws UsageError CHALLENGE_UNREADABLE
 * @throws ArgumentError CHALLENGE_INVALID
 */
export async function readChallenge(source: string, stdin: Input): Promise<StoredChallenge> {
  const json = source === '-' ? await readStandardInput(stdin) : await readChallengeFile(source);
  return parseStoredChallenge(json);
}

/** A challenge has some kilobytes. A longer file is something else. */
const MAX_BYTES = 1024 * 1024;

async function readChallengeFile(path: string): Promise<string> {
  const bytes = await readFileUpTo(path, MAX_BYTES).catch((error: unknown) => {
    throw toUnreadable(`The challenge file ${path} cannot be read: ${describeFileError(error)}`);
  });
  if (!bytes) throw toUnreadable(`The file ${path} is too long to be a challenge`);
  return bytes.toString();
}

async function readStandardInput(stdin: Input): Promise<string> {
  if (stdin.isTTY)
    throw toUnreadable('--challenge - reads a pipe or a file, but standard input is a terminal');
  const bytes = await readUpTo(stdin, MAX_BYTES);
  if (!bytes) throw toUnreadable('Standard input is too long to be a challenge');
  return bytes.toString();
}

/**
 * Accepts a challenge alone, or an object that has one: a step, a failed answer, or the secret of an authenticator
 * app. Such an object also has the alias.
 */
function parseStoredChallenge(json: string): StoredChallenge {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw toUnreadable('The value of --challenge is not JSON; it must be what sign-in --json has written');
  }
  const object =
    typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  if (object['status'] === 'signed-in') {
    throw toUnreadable('The value of --challenge is a complete sign-in, so there is nothing to answer');
  }
  const { challenge = value, alias } = object;
  return {
    challenge: parseChallenge(JSON.stringify(challenge)),
    alias: typeof alias === 'string' && alias !== '' ? alias : undefined,
  };
}

const toUnreadable = (message: string) => new UsageError('CHALLENGE_UNREADABLE', message);
