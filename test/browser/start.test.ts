/** `npm start`, and how a browser is found. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { findBrowser } from '../../scripts/browser.mjs';
import { root } from './world.ts';

const start = (ports: Record<string, string>) =>
  spawn(process.execPath, ['scripts/start.mjs'], { cwd: root, env: { ...process.env, ...ports } });

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
      `Port ${port} is in use; choose others with PORT and POOL_PORT (0 takes a free one)`,
    );
  } finally {
    await new Promise((resolve) => taken.close(resolve));
  }
});

describe('a browser', () => {
  const { env } = process;
  afterEach(() => {
    process.env = env;
  });

  test('is the one that is named', async () => {
    process.env = { ...env, FIREFOX_PATH: process.execPath, BROWSER_PATH: process.execPath };
    expect(await findBrowser('firefox')).toBe(process.execPath);
    expect(await findBrowser('chromium')).toBe(process.execPath);
  });

  test('that is named and cannot be run is an error, not a reason to take another', async () => {
    process.env = { ...env, BROWSER_PATH: `${root}/no-browser` };
    await expect(findBrowser('chromium')).rejects.toThrow(
      /^BROWSER_PATH is .*no-browser, which cannot be run$/,
    );
  });

  test('that is nowhere, and cannot be installed, is an error of one line that says what to do', async () => {
    process.env = { ...env, PATH: '', FIREFOX_PATH: '' };
    const complaint = jest.spyOn(console, 'error').mockImplementation(() => undefined);
    await expect(findBrowser('firefox')).rejects.toThrow(
      'No firefox found: install it (Debian: apt-get install firefox-esr) or set FIREFOX_PATH to its path',
    );
    complaint.mockRestore();
  });
});
