/** The file storage works where the file system has no hard links, such as exFAT and some mounts of networks and of phones. */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fileStorage } from '../../src/storage/index.ts';
import { run } from '../support/node-process.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'without-links-'));
  path = join(folder, 'kept.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const lock = () => `${path}.lock`;
const content = () => JSON.parse(readFileSync(path, 'utf8'));
const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);
const longAgo = new Date(Date.now() - 3_600_000);

/** Runs the built package in a process of its own whose `link` fails; the code has `files` and `storage`. */
function withoutLinks(code: string, error = 'EPERM') {
  const built = pathToFileURL(resolve(__dirname, '../../dist/esm/storage/index.js')).href;
  const text = `import files from 'node:fs/promises';
    import { syncBuiltinESMExports } from 'node:module';
    import { fileStorage } from ${JSON.stringify(built)};
    files.link = async () => { throw Object.assign(new Error('no links here'), { code: '${error}' }); };
    syncBuiltinESMExports();
    const storage = fileStorage(${JSON.stringify(path)});
    ${code}`;
  return run(process.execPath, ['--input-type=module', '--eval', text], folder);
}

/** A process that is killed before its file gets its name. */
const KILLED = `files.rename = () => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => {});
  };
  syncBuiltinESMExports();
  await storage.setItem('a', '1');`;

const DONE = { code: 0, output: '' };

// Windows says EISDIR, and Android EACCES
test.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EISDIR', 'EACCES'])(
  '%s: what is stored is there, for its owner only, and nothing is left beside it',
  async (error) => {
    const stores = `await storage.setItem('a', '1'); await storage.setItem('b', '2'); await storage.removeItem('a');`;
    expect(await withoutLinks(stores, error)).toEqual(DONE);
    expect(content()).toEqual({ b: '2' });
    expect(modeOf(path)).toBe('600');
    expect(readdirSync(folder)).toEqual(['kept.json']);
  },
);

test('a damaged file is kept aside, and so is the next one', async () => {
  for (const text of ['first', 'second']) {
    writeFileSync(path, text, { mode: 0o644 });
    expect(await withoutLinks(`await storage.setItem('a', '1');`)).toEqual(DONE);
  }
  expect(readdirSync(folder).sort()).toEqual(['kept.json', 'kept.json.damaged', 'kept.json.damaged-2']);
  expect(readFileSync(`${path}.damaged`, 'utf8')).toBe('first');
  expect(readFileSync(`${path}.damaged-2`, 'utf8')).toBe('second');
  expect([modeOf(`${path}.damaged`), modeOf(`${path}.damaged-2`)]).toEqual(['600', '600']);
});

test('processes lose nothing of each other’s, also of one that has links', async () => {
  const writes = (name: string) =>
    withoutLinks(`for (let i = 0; i < 40; i++) await storage.setItem('${name} ' + i, String(i));`);
  const own = async () => {
    const storage = fileStorage(path);
    for (let i = 0; i < 40; i++) await storage.setItem(`three ${i}`, String(i));
  };
  const [one, two] = await Promise.all([writes('one'), writes('two'), own()]);
  expect([one, two]).toEqual([DONE, DONE]);
  expect(Object.keys(content())).toHaveLength(120);
  expect(readdirSync(folder)).toEqual(['kept.json']);
});

test('a process that was killed while it held the lock does not keep others out', async () => {
  expect((await withoutLinks(KILLED)).code).not.toBe(0);
  expect(existsSync(lock())).toBe(true);
  expect(await withoutLinks(`await storage.setItem('b', '2');`)).toEqual(DONE);
  expect(content()).toEqual({ b: '2' });
  expect(readdirSync(folder)).toEqual(['kept.json']);
});

test('a lock that could not be written is removed again', async () => {
  const fullOnce = `const { open } = files;
    files.open = async (name, ...rest) => {
      const file = await open(name, ...rest);
      if (name.endsWith('.lock')) {
        file.writeFile = async () => { throw Object.assign(new Error('full'), { code: 'ENOSPC' }); };
      }
      return file;
    };
    syncBuiltinESMExports();
    await storage.setItem('a', '1').catch(({ code }) => process.stdout.write(code));`;
  expect(await withoutLinks(fullOnce)).toEqual({ code: 0, output: 'ENOSPC' });
  expect(readdirSync(folder)).toEqual([]);
});

describe('a lock whose owner has not written', () => {
  /** Whether a write still waits after a time in which a process would have broken the lock. */
  async function waits(writing: void | Promise<void>): Promise<boolean> {
    let isDone = false;
    void Promise.resolve(writing).then(() => {
      isDone = true;
    });
    await new Promise((wait) => setTimeout(wait, 300));
    return !isDone;
  }

  test('anything is waited for while it is new, and broken when it is old', async () => {
    writeFileSync(lock(), '');
    const writing = fileStorage(path).setItem('a', '1');
    expect(await waits(writing)).toBe(true);
    utimesSync(lock(), longAgo, longAgo);
    await writing;
    expect(content()).toEqual({ a: '1' });
    expect(readdirSync(folder)).toEqual(['kept.json']);
  });

  test('all of its name is not taken for one of a process that is gone', async () => {
    await withoutLinks(KILLED);
    // The place and a part of the process id, which no process has
    const [place] = readFileSync(lock(), 'utf8').split(' ');
    writeFileSync(lock(), `${place} 99999999`);
    const writing = fileStorage(path).setItem('b', '2');
    expect(await waits(writing)).toBe(true);
    rmSync(lock());
    await writing;
    expect(content()).toEqual({ b: '2' });
  });
});
