/** A file system in memory, with what the data folder uses of `node:fs/promises`. */
import type { FileSystem } from '../../src/store/file-system.ts';

const failure = (code: string): Error => Object.assign(new Error(code), { code });

/** An open file: a view of its bytes, with the position of the next read. */
function handleOf(files: Map<string, Buffer>, path: string) {
  let next = 0;
  const bytes = () => files.get(path) ?? Buffer.alloc(0);
  return {
    read: async (buffer: Uint8Array, offset: number, length: number) => {
      const part = bytes().subarray(next, next + length);
      buffer.set(part, offset);
      next += part.length;
      return { bytesRead: part.length, buffer };
    },
    write: async (data: Uint8Array, offset: number, length: number, position: number) => {
      const before = bytes();
      const after = Buffer.alloc(Math.max(before.length, position + length));
      after.set(before);
      after.set(data.subarray(offset, offset + length), position);
      files.set(path, after);
      return { bytesWritten: length, buffer: data };
    },
    stat: async () => ({ size: bytes().length, mtimeMs: Date.now() }),
    truncate: async (length: number) => void files.set(path, bytes().subarray(0, length)),
    sync: async () => {},
    datasync: async () => {},
    close: async () => {},
  };
}

/** @param files path → content. They are changed. */
export function memoryFiles(files: Map<string, Buffer>): FileSystem {
  const contentOf = (path: string): Buffer => {
    const content = files.get(path);
    if (!content) throw failure('ENOENT');
    return content;
  };
  const system = {
    mkdir: async () => undefined,
    readdir: async (folder: string) =>
      [...files.keys()]
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1)),
    open: async (path: string, flags: string) => {
      if (flags === 'w') files.set(path, Buffer.alloc(0));
      // A folder is opened to make its names last
      else if (![...files.keys()].some((each) => each.startsWith(`${path}/`))) contentOf(path);
      return handleOf(files, path);
    },
    readFile: async (path: string, encoding?: 'utf8') => {
      const content = contentOf(path);
      return encoding === undefined ? content : content.toString(encoding);
    },
    writeFile: async (path: string, text: string) => void files.set(path, Buffer.from(text)),
    link: async (path: string, name: string) => {
      if (files.has(name)) throw failure('EEXIST');
      files.set(name, contentOf(path));
    },
    rename: async (path: string, name: string) => {
      files.set(name, contentOf(path));
      files.delete(path);
    },
    rm: async (path: string) => void files.delete(path),
    stat: async (path: string) => ({ size: contentOf(path).length, mtimeMs: Date.now() }),
    utimes: async () => {},
  };
  // It has what the store calls, with the parameters that the store gives
  return system as unknown as FileSystem;
}
