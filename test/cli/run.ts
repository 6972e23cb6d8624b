/** Runs the command in this process, with streams of the test's own. */
import { PassThrough, Readable } from 'node:stream';
import { dispatch } from '../../src/cli/dispatch.ts';
import type { Input, Io } from '../../src/cli/io.ts';

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function run(argv: readonly string[], given: Partial<Io> = {}): Promise<Outcome> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const exitCode = await dispatch(argv, {
    stdin: Readable.from([]),
    stdout: { write: (text) => stdout.push(text) },
    stderr: { write: (text) => stderr.push(text) },
    env: {},
    version: '1.2.3',
    pause: async () => {},
    ...given,
  });
  return { exitCode, stdout: stdout.join(''), stderr: stderr.join('') };
}

/**
 * A terminal that someone types at: it records when raw mode, in which nothing is shown, went on and off.
 *
 * @param onRaw is told so at once
 */
export function terminal(
  onRaw: (raw: boolean) => void = () => {},
): Input & PassThrough & { readonly rawModes: readonly boolean[] } {
  const rawModes: boolean[] = [];
  return Object.assign(new PassThrough(), {
    isTTY: true,
    rawModes,
    setRawMode: (raw: boolean) => {
      rawModes.push(raw);
      onRaw(raw);
    },
  });
}
