/** What the data folder needs of a file system, and the error that names a file. */
import type { FileHandle } from 'node:fs/promises';
import { nodeModules } from '../node-modules.ts';

/** The part of `node:fs/promises` that is used. An argument, so that a test can fill the disk. */
export type FileSystem = Pick<
  typeof import('node:fs/promises'),
  'link' | 'mkdir' | 'open' | 'readdir' | 'readFile' | 'rename' | 'rm' | 'stat' | 'utimes' | 'writeFile'
>;

/** The modules of Node, which web bundles must not import. */
export const fromNode = (): typeof process.getBuiltinModule => nodeModules('dataFolder');

export const fileIn = (folder: string, name: string): string => fromNode()('node:path').join(folder, name);

/** Verifiers and signing keys are secrets, so only the owner may read them. */
export const FILE_MODE = 0o600;
export const FOLDER_MODE = 0o700;

/** The data folder, or a file in it, cannot be used. The message names the file and what is wrong. */
export class DataFolderError extends Error {
  /** The file or folder. */
  readonly path: string;
  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`${path} ${problem}`, options);
    this.name = 'DataFolderError';
    this.path = path;
  }
}

/** @returns Node's code of an error: `ENOENT`, `ENOSPC`, … */
export function errorCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** Says of which file an error of the file system is. An error that says so already stays what it is. */
export function toDataFolderError(path: string, deed: string, error: unknown): DataFolderError {
  if (error instanceof DataFolderError) return error;
  return new DataFolderError(path, `cannot be ${deed}: ${messageOf(error)}`, { cause: error });
}

/** An error of Node has another class `Error` than a test in a realm of its own, so its class says nothing. */
export function messageOf(error: unknown): string {
  const hasMessage = typeof error === 'object' && error !== null && 'message' in error;
  return String(hasMessage ? error.message : error);
}

/** Writes all of the bytes, since one write may take a part of them only. */
export async function writeWhole(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0;
  while (written < bytes.length) {
    const result = await file.write(bytes, written, bytes.length - written, position + written);
    written += result.bytesWritten;
  }
}

/** Makes new and removed names last. Windows cannot open a folder, so there the file system decides when they do. */
export async function syncFolder(files: FileSystem, folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await files.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
