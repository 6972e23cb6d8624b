/** `npm start` serves the page and its pools, and says in one line what is wrong with a port. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Browser, chromium, type Page } from 'playwright-core';
import { servePage } from '../../examples/login-page/server.ts';
import { CHROMIUM_ARGUMENTS, findBrowser } from '../../scripts/browser.mjs';
import { root } from '../support/login-page.ts';

const children = new Set<ChildProcess>();
let launching: Promise<Browser> | undefined;

function start(env: NodeJS.ProcessEnv, cwd = root) {
  const child = spawn(process.execPath, ['scripts/start.mjs'], { cwd, env: { ...process.env, ...env } });
  children.add(child);
  child.once('close', () => children.delete(child));
  return child;
}

// A test that fails, or is over its time limit, must not leave a process behind: Jest's worker would not end
afterEach(async () => {
  const browser = await launching?.catch(() => undefined);
  launching = undefined;
  await browser?.close();
  const ends = [...children].map((child) => once(child, 'close'));
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(ends);
});

test('serves the page and its pools on ports of their own, prints where, and stops when told', async () => {
  const child = start({ PORT: '0', POOL_PORT: '0' });
  const ended = once(child, 'exit');
  try {
    const urls: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      urls.push(...(line.match(/http:\/\/\S+/g) ?? []));
      if (line.startsWith('Ctrl-C')) break;
    }
    const [page = '', pool = ''] = urls;
    expect(page).toMatch(/^http:\/\/localhost:\d+$/);
    expect(pool).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(await (await fetch(page)).text()).toContain('<main>');
    expect((await fetch(`${page}/page.js`)).status).toBe(200);
    expect(await (await fetch(`${pool}/_/outbox`)).json()).toEqual([]);
    const config = (await (await fetch(`${page}/config.json`)).json()) as { pools: { endpoint: string }[] };
    expect(config.pools.map(({ endpoint }) => endpoint)).toContain(pool);
  } finally {
    child.kill('SIGTERM');
  }
  expect(await ended).toEqual([0, null]);
});

/** Which part of two pictures' points differs, clearly; 1 for pictures of other sizes. */
const difference = (page: Page, pictures: readonly string[]): Promise<number> =>
  page.evaluate(async (urls) => {
    const [one, other] = await Promise.all(
      urls.map(async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
        context?.drawImage(image, 0, 0);
        return context?.getImageData(0, 0, image.width, image.height);
      }),
    );
    if (!one || !other || one.width !== other.width || one.height !== other.height) return 1;
    const differing = one.data.filter((value, at) => Math.abs(value - (other.data[at] ?? 0)) > 48);
    return differing.length / one.data.length;
  }, pictures);

test("the README's first picture shows the page as it is", async () => {
  const [, picture = ''] = /<img [^>]*src="([^"]+-desktop-light\.png)"/.exec(
    await readFile(join(root, 'README.md'), 'utf8'),
  ) as RegExpExecArray;
  const shown = await readFile(join(root, picture));
  const [width, height] = [shown.readUInt32BE(16), shown.readUInt32BE(20)];
  launching = chromium.launch({ executablePath: await findBrowser('chromium'), args: CHROMIUM_ARGUMENTS });
  const browser = await launching;
  const child = start({ PORT: '0', POOL_PORT: '0' });
  let url = '';
  for await (const line of createInterface({ input: child.stdout })) {
    url ||= /http:\/\/localhost:\d+/.exec(line)?.[0] ?? '';
    if (line.startsWith('Ctrl-C')) break;
  }
  const page = await browser.newPage({ viewport: { width, height: 860 }, reducedMotion: 'reduce' });
  await page.goto(url);
  await page.getByRole('complementary').waitFor();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const clip = { x: 0, y: 0, width, height };
  const seen = await page.screenshot({ caret: 'hide', fullPage: true, clip });
  await page.goto('about:blank');
  const pictures = [shown, seen].map((png) => `data:image/png;base64,${png.toString('base64')}`);
  // Another version of the browser or its fonts moves edges; another page differs in a tenth
  expect(await difference(page, pictures)).toBeLessThan(0.02);
  expect(await difference(page, [pictures[0] ?? '', pictures[0] ?? ''])).toBe(0);
  await page.goto(`${url}/?userPoolId=eu-west-1_AbCdEf123`);
  const otherPage = await page.screenshot({ caret: 'hide', fullPage: true, clip });
  await page.goto('about:blank');
  const other = `data:image/png;base64,${otherPage.toString('base64')}`;
  expect(await difference(page, [pictures[0] ?? '', other])).toBeGreaterThan(0.02);
});

test('a port that was chosen and is in use is named in one line', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const port = (taken.address() as AddressInfo).port;
  try {
    const child = start({ PORT: String(port), POOL_PORT: '0' });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(2);
    expect(stderr.trim()).toBe(
      `Port ${port} is in use. Choose others with PORT and POOL_PORT, where 0 takes a free one`,
    );
  } finally {
    await new Promise((resolve) => taken.close(resolve));
  }
});

test('default ports that are in use are replaced by free ones, and it stops when told', async () => {
  const taken = createServer();
  // Where somebody else has it, it is in use as well
  await new Promise<void>((resolve) => {
    taken.once('error', () => resolve());
    taken.listen(9229, '127.0.0.1', resolve);
  });
  try {
    const child = start({ PORT: '0', POOL_PORT: undefined });
    const ended = once(child, 'exit');
    const urls: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      urls.push(...(line.match(/http:\/\/127\S+/g) ?? []));
      if (line.startsWith('Ctrl-C')) break;
    }
    expect(urls).toHaveLength(3);
    expect(urls).not.toContain('http://127.0.0.1:9229');
    child.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
  } finally {
    await new Promise((resolve) => taken.close(resolve));
  }
});

test.each(['abc', '-1', '70000', '1.5'])('PORT=%s is refused in one line', async (PORT) => {
  const child = start({ PORT, POOL_PORT: '0' });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(2);
  expect(stderr).toBe(`PORT is "${PORT}"; it must be a port from 0 to 65535. 0 takes a free one\n`);
});

/** Sends a request target as it is, which fetch would make a path of. */
const statusOf = (url: string, target: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => {
      socket.end(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    });
    socket.once('data', (chunk: Buffer) => resolve(chunk.toString().split(' ')[1] ?? ''));
    socket.once('error', reject);
  });

test('a request target that is not a path is refused, and the server goes on', async () => {
  const served = await servePage(new Map([['/', { type: 'text/html', body: 'page' }]]), { pools: [] });
  try {
    for (const target of ['//', '//a:b', '///', '*', 'http://[', '/\\[']) {
      expect([target, await statusOf(served.url, target)]).toEqual([
        target,
        expect.stringMatching(/^40[04]$/),
      ]);
    }
    expect(await statusOf(served.url, '//')).toBe('400');
    expect(await (await fetch(served.url)).text()).toBe('page');
  } finally {
    await served.close();
  }
});

test('a fresh checkout is built first', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'cognito-srp-start-'));
  try {
    for (const name of [
      'src',
      'pool',
      'scripts',
      'examples',
      'login-page',
      'package.json',
      'README.md',
      'LICENSE',
      'CHANGELOG.md',
    ]) {
      const filter = (path: string) => !/\/dist(\/|$)/.test(path.slice(root.length));
      await cp(join(root, name), join(folder, name), { recursive: true, filter });
    }
    for (const name of await readdir(root)) {
      if (/^tsconfig.*json$/.test(name)) await cp(join(root, name), join(folder, name));
    }
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    const child = start({ PORT: '0', POOL_PORT: '0' }, folder);
    const ended = once(child, 'exit');
    const lines: string[] = [];
    try {
      for await (const line of createInterface({ input: child.stdout })) {
        lines.push(line);
        if (line.startsWith('Ctrl-C')) break;
      }
    } finally {
      child.kill('SIGTERM');
    }
    await ended;
    expect(lines[0]).toBe('Building the packages …');
    expect(lines).toContainEqual(expect.stringMatching(/^Login page {3}http:\/\/localhost:\d+$/));
    expect(existsSync(join(folder, 'dist/esm/index.js'))).toBe(true);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
