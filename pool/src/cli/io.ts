/** What the command uses of the process: streams, signals and threads. Tests pass their own. */
import type { ProcessArithmetic } from '../arithmetic/of-a-process.ts';

export interface Output {
  readonly write: (text: string) => unknown;
}

export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  /** The version of this package. */
  readonly version: string;
  /** Loads a module by the URL of its file. */
  readonly importModule: (url: string) => Promise<unknown>;
  /** Resolves on SIGINT or SIGTERM. Once it is called, neither signal ends the process by itself. */
  readonly untilStopped: () => Promise<void>;
  /** Starts what calculates: threads where there is a second core. */
  readonly startArithmetic: () => Promise<ProcessArithmetic>;
}
