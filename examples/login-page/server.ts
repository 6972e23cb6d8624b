/** Builds the page and serves it on loopback, with the headers a login page should have. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import { choosePool, type PageConfig } from './pools.ts';

/** The files that a browser gets, by path. */
export type Assets = ReadonlyMap<string, Asset>;
interface Asset {
  readonly type: string;
  readonly body: string;
}

/** @param folder the path of examples/login-page, which this module does not know after it was bundled */
export async function buildPage(folder: string): Promise<Assets> {
  const file = (name: string) => readFile(join(folder, name), 'utf8');
  const { outputFiles } = await build({
    entryPoints: { page: join(folder, 'main.ts') },
    // A browser loads the texts of its language alone
    splitting: true,
    outdir: '/',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  const shared = await file('../../login-page/page.css');
  return new Map([
    ['/', { type: 'text/html; charset=utf-8', body: await file('index.html') }],
    ['/page.css', { type: 'text/css; charset=utf-8', body: `${shared}\n${await file('page.css')}` }],
    ['/icon.svg', { type: 'image/svg+xml', body: await file('icon.svg') }],
    ...outputFiles.map(
      ({ path, text }) =>
        [`/${basename(path)}`, { type: 'text/javascript; charset=utf-8', body: text }] as const,
    ),
  ]);
}

/** AWS's partitions: how the region begins, and the domain. The last row is for all other regions. */
const DOMAINS = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
  ['', 'amazonaws.com'],
] as const;

/** @returns the one host that the page of this address talks to, or none where the address names an impossible pool */
function poolHost(config: PageConfig, search: string): string | undefined {
  const { endpoint, userPoolId } = choosePool(config, search).client;
  if (endpoint !== undefined) return endpoint;
  const region = /^([a-z]{2,4}(?:-[a-z]+)+-\d+)_\w+$/.exec(userPoolId)?.[1];
  if (region === undefined) return undefined;
  const domain = DOMAINS.find(([prefix]) => region.startsWith(prefix))?.[1];
  return `https://cognito-idp.${region}.${domain}`;
}

/**
 * Makes the Content-Security-Policy. It allows no inline script, no eval and no plug-ins, and requests only to this
 * server and the user pool of the address. Each pool has an address and a policy of its own. With `*.amazonaws.com`,
 * an injected script could send what it steals to a host that its author owns on AWS.
 */
const contentSecurityPolicy = (config: PageConfig, search: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    ['connect-src', "'self'", poolHost(config, search)].filter(Boolean).join(' '),
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

export interface ServedPage {
  /** The address of the page. Its host is `localhost`, because a passkey belongs to a host name. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** @param data by path, a function whose result is sent as JSON. It is called for each request */
export async function servePage(
  assets: Assets,
  config: PageConfig,
  port = 0,
  data: ReadonlyMap<string, () => unknown> = new Map(),
): Promise<ServedPage> {
  const headersFor = (search: string) => ({
    'Content-Security-Policy': contentSecurityPolicy(config, search),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  });
  const server = createServer(({ url = '' }, response) => {
    // A target like "//" or "*" is not a path, and a URL cannot be made of it
    if (!/^\/(?!\/)/.test(url) || !URL.canParse(url, 'http://localhost')) {
      response.writeHead(400, headersFor('')).end();
      return;
    }
    const { pathname, search } = new URL(url, 'http://localhost');
    const headers = headersFor(search);
    const asset = assets.get(pathname);
    const answer = pathname === '/config.json' ? () => config : data.get(pathname);
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
