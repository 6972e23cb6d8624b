/** What the command sees of the process: streams, environment, signals. Tests bring their own. */
import type { Fetch } from '../index.ts';

/** Standard input; at a terminal with `isTTY` and `setRawMode`. */
export interface Input extends AsyncIterable<unknown> {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  on(event: 'data' | 'end', listener: (chunk: Uint8Array) => void): unknown;
  off(event: 'data' | 'end', listener: (chunk: Uint8Array) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

export interface Output {
  write(text: string): unknown;
}

export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The package's version. */
  readonly version: string;
  /** Carries the requests. Default: the runtime's. */
  readonly fetch?: Fetch | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Resolves on SIGINT or SIGTERM. From the call on, neither ends the process by itself. */
  readonly untilStopped: () => Promise<void>;
}
