/** Runs Node in a process of its own, outside Jest's module system, as a consumer would. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

export const root = resolve(__dirname, '../..');

/** Newer releases of Node 20 can `require` ESM. This turns that off, because a consumer's release may not be able to. */
const WITHOUT_REQUIRE_OF_ESM = process.allowedNodeEnvironmentFlags.has('--experimental-require-module')
  ? ['--no-experimental-require-module']
  : [];

export interface Run {
  readonly code: number;
  readonly output: string;
}

/** @returns the exit code and everything it printed. The code is not 0 for a process that did not end by itself */
export function run(file: string, args: readonly string[], cwd: string): Promise<Run> {
  return new Promise((done) => {
    execFile(file, args, { cwd, timeout: 170_000, encoding: 'utf8' }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code ?? 1) || 1, output: stdout + stderr });
    });
  });
}

/** Runs Node. @returns what it printed @throws Error with what it printed, where the exit code is not 0 */
export async function node(args: readonly string[], cwd: string = root): Promise<string> {
  const { code, output } = await run(process.execPath, [...WITHOUT_REQUIRE_OF_ESM, ...args], cwd);
  if (code !== 0) throw new Error(output);
  return output;
}

/** Runs a module's text and reads the JSON it prints. */
export async function evaluate<T>(format: 'module' | 'commonjs', code: string, cwd?: string): Promise<T> {
  return JSON.parse(await node([`--input-type=${format}`, '--eval', code], cwd)) as T;
}
