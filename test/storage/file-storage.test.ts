/** The file storage loses nothing, whatever other processes do to the file, and only the owner can read it. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createUserStore } from '../../src/index.ts';
import { fileStorage } from '../../src/storage/index.ts';

let folder = '';
let path = '';
const children = new Set<ChildProcess>();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'file-storage-'));
  path = join(folder, 'kept.json');
});
afterEach(async () => {
  await Promise.all([...children].map((child) => stop(child)));
  rmSync(folder, { recursive: true, force: true });
});

const stop = (child: ChildProcess) =>
  new Promise<void>((done) => {
    if (!children.has(child)) done();
    else child.once('close', () => done()).kill('SIGKILL');
  });

/** The built package in a process of its own; `code` has `storage`, and `told(text)` for a line of stdout. */
function start(code: string, ...args: readonly string[]) {
  const built = pathToFileURL(resolve(__dirname, '../../dist/esm/storage/index.js')).href;
  const child = spawn(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { writeSync } from 'node:fs';
       import { fileStorage } from ${JSON.stringify(built)};
       const storage = fileStorage(${JSON.stringify(path)});
       const told = (text) => writeSync(1, text + '\\n');
       const args = process.argv.slice(1);
       ${code}`,
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  children.add(child);
  child.on('close', () => children.delete(child));
  let text = '';
  let onOutput = () => {};
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk;
    onOutput();
  });
  /** The whole lines that the process has told. */
  const lines = () => text.split('\n').slice(0, -1);
  return {
    child,
    lines,
    /** Resolves when the process has told anything, or has ended. */
    begun: new Promise<void>((begin) => {
      onOutput = begin;
      child.on('close', () => begin());
    }),
    ended: new Promise<number | null>((end) => child.on('close', end)),
  };
}

const content = () => JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

test('keeps, replaces and removes values, and another storage on the file sees it', async () => {
  const storage = fileStorage(path);
  expect(await storage.getItem('a')).toBeUndefined();
  await storage.setItem('a', '1');
  await storage.setItem('b', 'ü "quoted"\n😀');
  await storage.setItem('a', '2');
  await storage.setItem('c', '');
  expect(await fileStorage(path).getItem('a')).toBe('2');
  expect(await fileStorage(path).getItem('b')).toBe('ü "quoted"\n😀');
  expect(await fileStorage(path).getItem('c')).toBe('');
  await storage.removeItem('a');
  await storage.removeItem('never there');
  expect(await fileStorage(path).getItem('a')).toBeUndefined();
  expect(content()).toEqual({ b: 'ü "quoted"\n😀', c: '' });
  expect(readdirSync(folder)).toEqual(['kept.json']);
});

test('a key that every object has, such as constructor, is a key like others', async () => {
  const storage = fileStorage(path);
  for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    expect(await storage.getItem(key)).toBeUndefined();
    await storage.setItem(key, `the value of ${key}`);
  }
  for (const key of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
    expect(await fileStorage(path).getItem(key)).toBe(`the value of ${key}`);
    await storage.removeItem(key);
  }
  expect(content()).toEqual({});
});

describe('only the owner can read', () => {
  let umask = 0;
  beforeEach(() => {
    umask = process.umask(0);
  });
  afterEach(() => process.umask(umask));

  test('a new file', async () => {
    await fileStorage(path).setItem('a', '1');
    expect(modeOf(path)).toBe('600');
  });

  test('a file that others could read', async () => {
    writeFileSync(path, '{"a":"1"}');
    chmodSync(path, 0o666);
    await fileStorage(path).setItem('b', '2');
    expect(modeOf(path)).toBe('600');
    expect(content()).toEqual({ a: '1', b: '2' });
  });

  test('every file that is there while it is written', async () => {
    const storage = fileStorage(path);
    const seen = new Set<string>();
    let writing = true;
    const looking = (async () => {
      while (writing) {
        for (const name of readdirSync(folder)) {
          try {
            seen.add(modeOf(join(folder, name)));
          } catch {
            // Gone again
          }
        }
        await new Promise((turn) => setImmediate(turn));
      }
    })();
    for (let i = 0; i < 30; i++) await storage.setItem(`key ${i}`, 'x'.repeat(1000));
    writing = false;
    await looking;
    expect([...seen]).toEqual(['600']);
  });
});

describe('a file that is damaged', () => {
  test.each([
    ['empty', ''],
    ['blank', ' \n'],
    ['cut off', '{"a": "1", "b'],
    ['not JSON', 'a = 1'],
    ['an array', '["a"]'],
    ['null', 'null'],
    ['a number', '7'],
    ['binary', Buffer.from([0, 255, 254, 1])],
  ])('%s: counts as empty, is written anew, and what it held is kept aside', async (title, damaged) => {
    writeFileSync(path, damaged);
    chmodSync(path, 0o644);
    const storage = fileStorage(path);
    expect(await storage.getItem('a')).toBeUndefined();
    expect(await createUserStore(storage, { clientId: 'web' }).load()).toBeUndefined();
    await storage.setItem('b', '2');
    expect(content()).toEqual({ b: '2' });
    await storage.setItem('b', '3');
    const aside = `${path}.damaged`;
    expect(readdirSync(folder)).toEqual(['kept.json', ...(title === 'empty' ? [] : ['kept.json.damaged'])]);
    if (title === 'empty') return;
    expect(readFileSync(aside)).toEqual(Buffer.from(damaged));
    expect(modeOf(aside)).toBe('600');
  });

  test('a second time: what was kept aside before stays', async () => {
    for (const text of ['first', 'second', 'third']) {
      writeFileSync(path, text);
      await fileStorage(path).setItem('a', '1');
    }
    const aside = readdirSync(folder).filter((name) => name !== 'kept.json');
    expect(aside).toEqual(['kept.json.damaged', 'kept.json.damaged-2', 'kept.json.damaged-3']);
    expect(aside.map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual([
      'first',
      'second',
      'third',
    ]);
  });

  test('with a value that is too deep to be written again: it is kept aside, and the strings stay', async () => {
    const text = `{"a": ${'['.repeat(20_000)}${']'.repeat(20_000)}, "b": "2", "c": 3}`;
    writeFileSync(path, text);
    const storage = fileStorage(path);
    await storage.setItem('d', '4');
    expect(content()).toEqual({ b: '2', d: '4' });
    await storage.removeItem('b');
    expect(content()).toEqual({ d: '4' });
    expect(readdirSync(folder)).toEqual(['kept.json', 'kept.json.damaged']);
    expect(readFileSync(`${path}.damaged`, 'utf8')).toBe(text);
  });

  test('with a deep value: it stays, and the file does not grow by it', async () => {
    const text = `{"a": ${'['.repeat(2000)}${']'.repeat(2000)}}`;
    writeFileSync(path, text);
    await fileStorage(path).setItem('b', '2');
    expect(content()).toEqual({ ...JSON.parse(text), b: '2' });
    expect(readFileSync(path, 'utf8').length).toBeLessThan(text.length + 100);
  });

  test('with values that are not strings: they stay', async () => {
    writeFileSync(path, '{"a": 1, "b": "2", "c": null, "d": {"e": "f"}}');
    const storage = fileStorage(path);
    expect(await storage.getItem('a')).toBeUndefined();
    expect(await storage.getItem('d')).toBeUndefined();
    expect(await storage.getItem('b')).toBe('2');
    await storage.setItem('b', '3');
    await storage.removeItem('d');
    expect(content()).toEqual({ a: 1, b: '3', c: null, d: { e: 'f' } });
  });

  test('with a byte order mark: is read', async () => {
    writeFileSync(path, '\ufeff{"a": "1"}');
    await fileStorage(path).setItem('b', '2');
    expect(content()).toEqual({ a: '1', b: '2' });
    expect(readdirSync(folder)).toEqual(['kept.json']);
  });
});

describe('a symbolic link', () => {
  test.each([
    ['to a file', '{"a":"1"}'],
    ['to a file that is not there yet', undefined],
  ])('%s: the link stays, and the file changes', async (_title, text) => {
    mkdirSync(join(folder, 'elsewhere'));
    const target = join(folder, 'elsewhere', 'target.json');
    if (text !== undefined) writeFileSync(target, text);
    symlinkSync('elsewhere/target.json', path);
    await Promise.all([fileStorage(path).setItem('b', '2'), fileStorage(target).setItem('c', '3')]);
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    expect(content()).toEqual({ ...(text !== undefined && { a: '1' }), b: '2', c: '3' });
    expect(readdirSync(folder)).toEqual(['elsewhere', 'kept.json']);
    expect(readdirSync(join(folder, 'elsewhere'))).toEqual(['target.json']);
  });

  test('to itself is an error', async () => {
    symlinkSync('kept.json', path);
    await expect(fileStorage(path).setItem('a', '1')).rejects.toMatchObject({ code: 'ELOOP' });
  });
});

describe('a holder that is paused for longer than a lock can be old', () => {
  const lock = () => `${path}.lock`;
  const UUID = /^kept\.json\.[0-9a-f-]{36}$/;
  const long = new Date(Date.now() - 3_600_000);

  /** A process that is stopped while it writes what it has read; it has read `before`. */
  async function paused() {
    await fileStorage(path).setItem('before', '0');
    const writer = start(
      `const big = 'x'.repeat(30_000_000);
       told('ready');
       await storage.setItem('big', big);`,
    );
    await writer.begun;
    while (!readdirSync(folder).some((name) => UUID.test(name))) {
      expect(writer.child.exitCode).toBeNull();
      await new Promise((turn) => setImmediate(turn));
    }
    writer.child.kill('SIGSTOP');
    expect(existsSync(lock())).toBe(true);
    return writer;
  }

  test('here: others wait for it, and nothing is lost', async () => {
    const writer = await paused();
    utimesSync(lock(), long, long);
    let isDone = false;
    const other = (async () => {
      await fileStorage(path).setItem('other', '1');
      isDone = true;
    })();
    // Long enough for a process that would break the lock
    await new Promise((wait) => setTimeout(wait, 300));
    expect(isDone).toBe(false);
    writer.child.kill('SIGCONT');
    expect(await writer.ended).toBe(0);
    await other;
    expect(content()).toEqual({ before: '0', big: expect.any(String), other: '1' });
    expect(readdirSync(folder)).toEqual(['kept.json']);
  }, 60_000);

  test('elsewhere: its lock is broken; it notices before it writes, and nothing is lost', async () => {
    const writer = await paused();
    // The lock now looks like one of another machine
    writeFileSync(lock(), 'elsewhere 1 0 5c0e5c4e-0000-4000-8000-000000000000');
    utimesSync(lock(), long, long);
    await fileStorage(path).setItem('other', '1');
    expect(content()).toEqual({ before: '0', other: '1' });
    writer.child.kill('SIGCONT');
    expect(await writer.ended).toBe(0);
    expect(content()).toEqual({ before: '0', big: expect.any(String), other: '1' });
    expect(readdirSync(folder)).toEqual(['kept.json']);
  }, 60_000);
});

describe('a lock that is there already', () => {
  const id = '5c0e5c4e-0000-4000-8000-000000000000';
  const lock = () => `${path}.lock`;
  const long = new Date(Date.now() - 3_600_000);

  test('of another machine: others wait for it while it is new', async () => {
    writeFileSync(lock(), `elsewhere 999999 0 ${id}`);
    const other = fileStorage(path).setItem('a', '1');
    await new Promise((wait) => setTimeout(wait, 300));
    expect(existsSync(path)).toBe(false);
    rmSync(lock());
    await other;
    expect(content()).toEqual({ a: '1' });
  });

  test('and a breaker of it, both left by processes that are gone: both are broken', async () => {
    writeFileSync(lock(), `elsewhere 1 0 ${id}`);
    writeFileSync(`${lock()}.${id}.breaker`, 'elsewhere 1 0 6c0e5c4e-0000-4000-8000-000000000000');
    for (const file of readdirSync(folder)) utimesSync(join(folder, file), long, long);
    await fileStorage(path).setItem('a', '1');
    expect(content()).toEqual({ a: '1' });
    expect(readdirSync(folder)).toEqual(['kept.json']);
  });

  test('what others have left beside it is removed if it is old; what is new or has another name stays', async () => {
    const [old, fresh] = [`kept.json.lock.${id}`, `kept.json.lock.6c0e5c4e-0000-4000-8000-000000000000`];
    for (const name of [old, fresh, 'kept.json.lock.txt']) writeFileSync(join(folder, name), '');
    utimesSync(join(folder, old), long, long);
    utimesSync(join(folder, 'kept.json.lock.txt'), long, long);
    await fileStorage(path).setItem('a', '1');
    expect(readdirSync(folder).sort()).toEqual(['kept.json', fresh, 'kept.json.lock.txt'].sort());
  });
});

test('a folder that is missing is an error, and the next call is not held up by it', async () => {
  const storage = fileStorage(join(folder, 'missing', 'kept.json'));
  expect(await storage.getItem('a')).toBeUndefined();
  await expect(storage.setItem('a', '1')).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(storage.removeItem('a')).rejects.toMatchObject({ code: 'ENOENT' });
});

test('500 calls at once in one process lose nothing, and take less than 20 seconds', async () => {
  const storage = fileStorage(path);
  const started = performance.now();
  await Promise.all(Array.from({ length: 500 }, (_, i) => storage.setItem(`key ${i}`, String(i))));
  expect(performance.now() - started).toBeLessThan(20_000);
  expect(content()).toEqual(
    Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`key ${i}`, String(i)])),
  );
});

test('calls on one key end with the last one', async () => {
  const storage = fileStorage(path);
  await Promise.all(Array.from({ length: 50 }, (_, i) => storage.setItem('key', String(i))));
  expect(content()).toEqual({ key: '49' });
});

test('two storages and two processes on one file lose nothing of each other’s', async () => {
  const writes = `for (let i = 0; i < 60; i++) await storage.setItem(args[0] + i, String(i));`;
  const [one, two] = [start(writes, 'one '), start(writes, 'two ')];
  const [three, four] = [fileStorage(path), fileStorage(path)];
  await Promise.all(
    Array.from({ length: 60 }, async (_, i) => {
      await three.setItem(`three ${i}`, String(i));
      await four.setItem(`four ${i}`, String(i));
    }),
  );
  expect(await Promise.all([one.ended, two.ended])).toEqual([0, 0]);
  const expected = ['one', 'two', 'three', 'four'].flatMap((name) =>
    Array.from({ length: 60 }, (_, i) => [`${name} ${i}`, String(i)]),
  );
  expect(content()).toEqual(Object.fromEntries(expected));
  expect(readdirSync(folder)).toEqual(['kept.json']);
});

test('a reader never sees a part of the file', async () => {
  const storage = fileStorage(path);
  await storage.setItem('big', '0 ');
  const writer = start(
    `told('writing');
     for (let i = 1; i <= 300; i++) await storage.setItem('big', 1000 * i + ' ' + 'x'.repeat(1000 * i));`,
  );
  await writer.begun;
  let running = true;
  writer.child.on('close', () => {
    running = false;
  });
  const seen = new Set<string>();
  while (running) {
    // Parsing throws if the file is there only in part
    const [size, big = ''] = (content()['big'] ?? '').split(' ');
    expect(String(big.length)).toBe(size);
    seen.add(String(size));
    await new Promise((turn) => setImmediate(turn));
  }
  expect(await writer.ended).toBe(0);
  expect(seen.size).toBeGreaterThan(20);
  expect(content()['big']).toHaveLength(300_007);
}, 60_000);

test('two processes that are killed 200 times lose nothing they have confirmed', async () => {
  const confirmed: string[] = [];
  let kills = 0;
  const keepKilling = async (name: string) => {
    for (let run = 0; run < 100; run++) {
      const writer = start(
        `for (let i = 0; ; i++) {
           const key = args[0] + i;
           await storage.setItem(key, key);
           told(key);
         }`,
        `${name} ${run} `,
      );
      // At any moment: while it starts, while it writes for the first time, and later
      if (run % 4 !== 0) await writer.begun;
      await new Promise((wait) => setTimeout(wait, Math.random() * (run % 4 === 0 ? 120 : 25)));
      writer.child.kill('SIGKILL');
      expect(await writer.ended).toBeNull();
      kills++;
      confirmed.push(...writer.lines());
    }
  };
  await Promise.all([keepKilling('one'), keepKilling('two')]);

  expect(kills).toBe(200);
  // Three of four processes have confirmed at least one key
  expect(confirmed.length).toBeGreaterThanOrEqual(150);
  const kept = content();
  expect(confirmed.filter((key) => kept[key] !== key)).toEqual([]);

  // A lock that was left behind is broken at once, not when it has grown old
  const started = performance.now();
  await fileStorage(path).setItem('last', 'last');
  expect(performance.now() - started).toBeLessThan(5000);
  expect(content()).toEqual({ ...kept, last: 'last' });
  // Empty files have no owner yet, and are removed when they are old
  const names = readdirSync(folder).filter((name) => statSync(join(folder, name)).size > 0);
  expect(names).toEqual(['kept.json']);
  expect(readdirSync(folder).filter((name) => modeOf(join(folder, name)) !== '600')).toEqual([]);
}, 120_000);

test('a process that was killed while it held the lock does not keep others out, and what it wrote is removed', async () => {
  writeFileSync(`${path}.not-ours`, '');
  writeFileSync(join(folder, 'other.json.5c0e5c4e-0000-4000-8000-000000000000'), '');
  // Killed the moment the lock is there
  const writer = start(
    `import { watch, existsSync } from 'node:fs';
     const big = 'x'.repeat(5_000_000);
     for (;;) {
       const writing = storage.setItem('big', big);
       while (!existsSync(${JSON.stringify(`${path}.lock`)})) await new Promise((turn) => setImmediate(turn));
       process.kill(process.pid, 'SIGKILL');
     }`,
  );
  await writer.ended;
  expect(readdirSync(folder)).toContain('kept.json.lock');
  const started = performance.now();
  await fileStorage(path).setItem('a', '1');
  expect(performance.now() - started).toBeLessThan(5000);
  expect(content()).toMatchObject({ a: '1' });
  expect(readdirSync(folder)).toEqual([
    'kept.json',
    'kept.json.not-ours',
    'other.json.5c0e5c4e-0000-4000-8000-000000000000',
  ]);
});
