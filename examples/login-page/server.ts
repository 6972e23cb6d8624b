/** Builds the page and serves it on loopback, with the headers a login page should have. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { PageConfig } from './pools.ts';

/** What a browser gets, by path. */
export type Assets = ReadonlyMap<string, Asset>;
interface Asset {
  readonly type: string;
  readonly body: string;
}

/** @param folder this one; where it is depends on how this module was built */
export async function buildPage(folder: string): Promise<Assets> {
  const file = (name: string) => readFile(join(folder, name), 'utf8');
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'main.ts')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: await file('index.html') }],
    ['/page.css', { type: 'text/css; charset=utf-8', body: await file('page.css') }],
    ['/icon.svg', { type: 'image/svg+xml', body: await file('icon.svg') }],
    ['/page.js', { type: 'text/javascript; charset=utf-8', body: outputFiles[0]?.text ?? '' }],
  ]);
}

/** Cognito's hosts, in every partition that browsers reach. */
const AWS = ['https://*.amazonaws.com', 'https://*.amazonaws.com.cn', 'https://*.amazonaws.eu'];

/** No inline script, no eval, no plug-ins, and requests only to the user pools. */
const contentSecurityPolicy = ({ pools }: PageConfig): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src 'self' ${[...pools.map(({ endpoint }) => endpoint), ...AWS].join(' ')}`,
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

export interface ServedPage {
  /** With `localhost`, because passkeys belong to a name. */
  readonly url: string;
  close(): Promise<void>;
}

/** @param data JSON by path, asked anew for each request */
export async function servePage(
  assets: Assets,
  config: PageConfig,
  port = 0,
  data: ReadonlyMap<string, () => unknown> = new Map(),
): Promise<ServedPage> {
  const headers = {
    'Content-Security-Policy': contentSecurityPolicy(config),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
  const answers = new Map<string, () => unknown>([['/config.json', () => config], ...data]);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const asset = assets.get(pathname);
    const answer = answers.get(pathname);
    if (asset) response.writeHead(200, { ...headers, 'Content-Type': asset.type }).end(asset.body);
    else if (answer) {
      response
        .writeHead(200, { ...headers, 'Content-Type': 'application/json' })
        .end(JSON.stringify(answer()));
    } else response.writeHead(404, headers).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
