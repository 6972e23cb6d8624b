/** Opens the file of `--device`, which stores a device and the tokens of its user. It is secret and has mode 0600. */
import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createUserStore, type DeviceProblem, type UserPoolClient, type UserStore } from '../../index.ts';
import { fileStorage } from '../../storage/index.ts';
import { UsageError } from '../failures.ts';
import { readFileUpTo } from '../input/bounded-read.ts';
import type { Flag } from '../input/flags.ts';

export const DEVICE_FLAG = {
  type: 'string',
  placeholder: 'FILE',
  help: 'store the device and the tokens in FILE (mode 0600), and use them next time',
} as const satisfies Flag;

/** What went wrong with the device or its file. It never makes a sign-in fail. */
export interface DeviceFileProblem {
  readonly code: DeviceProblem['code'] | 'NO_DEVICE' | 'REMEMBERING_FAILED' | 'NOT_KEPT' | 'FILE_DAMAGED';
  readonly message: string;
}

/** A file that is open, and what was wrong with it. */
export interface DeviceFile {
  readonly store: UserStore;
  readonly problem: DeviceFileProblem | undefined;
}

/** Dozens of users fit into this. A longer file is something else. */
const MAX_BYTES = 1024 * 1024;

/**
 * Opens the file, or prepares a new one. A file that is incomplete counts as empty, and the first write moves it aside.
 *
 * @throws UsageError DEVICE_FILE_UNUSABLE if the file cannot be written or is not a device file
 */
export async function openDeviceFile(
  path: string,
  client: Pick<UserPoolClient, 'clientId'>,
): Promise<DeviceFile> {
  const toUnusable = (reason: string) => new UsageError('DEVICE_FILE_UNUSABLE', `The file ${path} ${reason}`);
  // Each write replaces the whole file, so the folder must be writable.
  await access(dirname(path), constants.W_OK).catch((error: unknown) => {
    throw toUnusable(
      `cannot be written, because its folder is missing or read-only (${readErrorCode(error)})`,
    );
  });
  const bytes = await readFileUpTo(path, MAX_BYTES).catch((error: unknown) => {
    if (readErrorCode(error) === 'ENOENT') return Buffer.alloc(0);
    throw toUnusable(`cannot be read: ${readErrorCode(error)}`);
  });
  const content = bytes ? classifyContent(new TextDecoder().decode(bytes)) : 'foreign';
  if (content === 'foreign') {
    throw toUnusable(
      'is not a device file, so it stays as it is. Choose another file, or move this one away',
    );
  }
  return {
    store: createUserStore(fileStorage(path), client),
    problem: content === 'damaged' ? describeDamagedFile(path) : undefined,
  };
}

const readErrorCode = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown reason';

const describeDamagedFile = (path: string): DeviceFileProblem => ({
  code: 'FILE_DAMAGED',
  message: `The file ${path} is incomplete and is not used. The next write moves it to ${path}.damaged`,
});

/**
 * The beginning of a device file, or as much of it as is there. The NUL characters are what a power cut can leave.
 */
const DEVICE_FILE_START = /^(\0+|\{\s*(".{0,20}|"[^"]*Cognito.*)?)$/s;

function classifyContent(text: string): 'ours' | 'damaged' | 'foreign' {
  if (text.trim() === '') return 'ours';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return DEVICE_FILE_START.test(text) ? 'damaged' : 'foreign';
  }
  return isStoreContent(value) ? 'ours' : 'foreign';
}

/** Whether the value has texts only, under the keys of a user store. */
function isStoreContent(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([key, item]) => key.includes('Cognito') && typeof item === 'string');
}

/**
 * Writes to the file. A file that cannot be written must not cost anybody a sign-in, so the failure is a value.
 *
 * @returns what went wrong
 */
export async function tryToWrite(write: () => Promise<void>): Promise<DeviceFileProblem | undefined> {
  try {
    await write();
    return undefined;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : '');
    return { code: 'NOT_KEPT', message: `The device file could not be written: ${reason}` };
  }
}

/**
 * Writes to the file, for a command that has no other purpose.
 *
 * @throws UsageError DEVICE_FILE_UNUSABLE if the file cannot be written
 */
export async function writeOrFail(write: () => Promise<void>): Promise<void> {
  const problem = await tryToWrite(write);
  if (problem) throw new UsageError('DEVICE_FILE_UNUSABLE', problem.message);
}
