/** What the command uses of the process: streams and environment. Tests pass their own. */
import type { Fetch } from '../index.ts';

/** Standard input. At a terminal it has `isTTY` and `setRawMode`. */
export interface Input extends AsyncIterable<unknown> {
  readonly isTTY?: boolean;
  readonly setRawMode?: (raw: boolean) => unknown;
  readonly on: (event: 'data' | 'end', listener: (chunk: Uint8Array) => void) => unknown;
  readonly off: (event: 'data' | 'end', listener: (chunk: Uint8Array) => void) => unknown;
  readonly resume: () => unknown;
  readonly pause: () => unknown;
}

export interface Output {
  /** Whether it is a terminal, which can have colours. */
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

export interface Io {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The version of this package. */
  readonly version: string;
  /** Sends the requests. Default: the runtime's `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Resolves after this many milliseconds. Default: a timer. */
  readonly pause?: ((ms: number) => Promise<void>) | undefined;
}
