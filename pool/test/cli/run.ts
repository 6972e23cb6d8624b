/** Runs the command in this process, with streams of the test's own. */
import { fileURLToPath } from 'node:url';
import { inThisThread } from '../../src/arithmetic/arithmetic.ts';
import type { Io } from '../../src/cli/io.ts';
import { runCommand } from '../../src/cli/serve-command.ts';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A pool that is started is stopped as soon as it has said where it answers. */
export async function run(args: readonly string[], given: Partial<Io> = {}): Promise<Outcome> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const exitCode = await runCommand(args, {
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
    version: '1.2.3',
    importModule: async (url) => require(fileURLToPath(url)),
    untilStopped: async () => {},
    startArithmetic: async () => ({ ...inThisThread, close: async () => {} }),
    ...given,
  });
  return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
}
