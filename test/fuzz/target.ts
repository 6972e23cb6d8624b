/** What a target of the fuzzing is, and what a run of it gives. */
import type { Arbitrary } from 'fast-check';

/** One part of the product that takes what others wrote, and the inputs that are made up for it. */
export interface FuzzTarget<Input = unknown> {
  /** As `npm run fuzz -- NAME` takes it, and the name of its corpus. */
  readonly name: string;
  /** What the inputs are, as a row of the report has it. */
  readonly inputs: string;
  /** The inputs. They are JSON, so that a corpus can keep them. */
  readonly arbitrary: Arbitrary<Input>;
  /** Makes what the cases run against. The same seed and the same world give the same cases. */
  readonly start: () => Promise<FuzzWorld<Input>>;
  /** How many cases run against one world, before the next one is made. */
  readonly casesOfAWorld: number;
}

export interface FuzzWorld<Input> {
  /** Runs one case. It rejects with a `Fault` if the product has one. Anything else that it rejects with is a fault, too. */
  readonly run: (input: Input) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** What must not happen has happened. */
export class Fault extends Error {
  override readonly name = 'Fault';
}

/** A fault with what repeats it. */
export interface FoundFault {
  readonly target: string;
  /** `fc.check` takes both. */
  readonly seed: number;
  readonly path: string;
  /** The smallest input that was found to have the fault. */
  readonly input: unknown;
  /** Whether the input alone has the fault, in a new world. Otherwise the cases before it matter. */
  readonly repeats: boolean;
  readonly text: string;
}

export interface FuzzResult {
  readonly target: string;
  readonly seed: number;
  readonly cases: number;
  readonly seconds: number;
  /** The longest time that one case took, in milliseconds. */
  readonly longestMs: number;
  readonly faults: readonly FoundFault[];
}

export interface RunOptions {
  readonly cases: number;
  readonly seed: number;
  /** By `performance.now()`. No case begins later. */
  readonly until?: number;
  /** Called before each case, with how many came before it. */
  readonly onCase?: ((cases: number) => void) | undefined;
  /** Called when a world has had its cases, with the number of all cases so far. */
  readonly onWorld?: (cases: number) => void;
}

/** A target that can be run. What its inputs are is its own matter. */
export interface RunnableTarget {
  readonly name: string;
  readonly inputs: string;
  readonly run: (options: RunOptions) => Promise<FuzzResult>;
  /** Runs inputs of a corpus, one after the other. */
  readonly replay: (inputs: readonly unknown[]) => Promise<void>;
}
