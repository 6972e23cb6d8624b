/** Bundles by Metro, and runs bundles in Hermes. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const FOLDER_OF_PLATFORM: Readonly<Record<string, string>> = {
  linux: 'linux64-bin',
  darwin: 'osx-bin',
  win32: 'win64-bin',
};

function hermesPath(): string {
  const folder = FOLDER_OF_PLATFORM[process.platform];
  if (folder === undefined) throw new Error('hermes-engine-cli has no Hermes for this platform');
  const root = dirname(createRequire(import.meta.url).resolve('hermes-engine-cli/package.json'));
  return join(root, folder, process.platform === 'win32' ? 'hermes.exe' : 'hermes');
}

/**
 * Bundles a file of this example.
 *
 * @param withoutPackageExports whether Metro looks at folders alone, and not at `exports` of package.json
 * @returns the code for Hermes
 */
export async function bundleByMetro(entry: string, withoutPackageExports: boolean): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'metro-'));
  try {
    const out = join(folder, 'bundle.js');
    const env = { ...process.env, WITHOUT_PACKAGE_EXPORTS: withoutPackageExports ? '1' : '0' };
    await execute(process.execPath, ['check/bundle.js', entry, out], { env });
    return await readFile(out, 'utf8');
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs code in Hermes. @returns what it gave to the function `report` */
export async function runInHermes(code: string, input: unknown): Promise<unknown> {
  const folder = await mkdtemp(join(tmpdir(), 'hermes-'));
  try {
    const script = join(folder, 'script.js');
    const report = 'function (result) { print(JSON.stringify(result)); }';
    // The timers of the command run at once, whatever the delay: every time limit would have passed. React Native's wait
    const begin = `globalThis.setTimeout = undefined; globalThis.input = ${JSON.stringify(input)}; globalThis.report = ${report};`;
    await writeFile(script, `${begin}\n${code}`);
    const { stdout } = await execute(hermesPath(), ['-O', '-w', script], { maxBuffer: 2 ** 26 });
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
