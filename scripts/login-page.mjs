/** Starts examples/login-page with its pools. It builds the packages first where that is needed. */
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { buildWhereOld } from './built.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'examples/login-page');

/**
 * @param ports the wanted ports. 0 takes a free one
 * @param fallback the ports for those of `ports` that are in use
 * @returns the result of examples/login-page/start.ts
 */
export async function startBuilt(ports, fallback = ports) {
  buildWhereOld(console.log);
  // The page's server is TypeScript like the page, which Node 20 does not read
  const outfile = join(folder, 'dist/start.mjs');
  await build({
    entryPoints: [join(folder, 'start.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  const { startLoginPage } = await import(pathToFileURL(outfile).href);
  return startLoginPage(folder, ports).catch((error) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return startLoginPage(folder, fallback);
  });
}
