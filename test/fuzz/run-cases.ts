/** Runs the cases of a target, and finds the smallest input of each fault. */
import fc from 'fast-check';
import { describe, runGuarded } from './case-checks.ts';
import {
  Fault,
  type FoundFault,
  type FuzzResult,
  type FuzzTarget,
  type RunnableTarget,
  type RunOptions,
} from './target.ts';

/** A target with so many faults is mended first. */
const MOST_FAULTS = 5;
/** How long a smaller input is looked for. */
const SHRINKING_MS = 60_000;

/** What is counted while cases run. */
interface Count {
  cases: number;
  longestMs: number;
}

/** Makes a target that can be run. */
export const toRunnable = <Input>(target: FuzzTarget<Input>): RunnableTarget => ({
  name: target.name,
  inputs: target.inputs,
  run: (options) => runCases(target, options),
  // A corpus has inputs of its target
  replay: (inputs) => replay(target, inputs as readonly Input[]),
});

/** Each world has a seed of its own, so that a fault can be repeated without the cases of the worlds before. */
async function runCases<Input>(target: FuzzTarget<Input>, options: RunOptions): Promise<FuzzResult> {
  const { seed, until = Number.POSITIVE_INFINITY } = options;
  const begin = performance.now();
  const count: Count = { cases: 0, longestMs: 0 };
  const faults: FoundFault[] = [];
  for (let world = 0; count.cases < options.cases && performance.now() < until; world++) {
    const cases = Math.min(target.casesOfAWorld, options.cases - count.cases);
    const fault = await runWorld(target, { cases, seed: seed + world, until, onCase: options.onCase }, count);
    if (fault) faults.push(fault);
    if (faults.length >= MOST_FAULTS) break;
    options.onWorld?.(count.cases);
  }
  const seconds = (performance.now() - begin) / 1000;
  return { target: target.name, seed, cases: count.cases, seconds, longestMs: count.longestMs, faults };
}

/** An error that nobody waited for belongs to the case that runs, or to the one before it. */
function watchUnhandled() {
  let unhandled: unknown;
  const listener = (reason: unknown) => {
    unhandled ??= reason ?? new Error('undefined');
  };
  process.on('unhandledRejection', listener);
  return {
    check: () => {
      if (unhandled === undefined) return;
      const text = `A rejection that nobody handles: ${describe(unhandled)}`;
      unhandled = undefined;
      throw new Fault(text);
    },
    stop: () => void process.off('unhandledRejection', listener),
  };
}

async function runWorld<Input>(
  target: FuzzTarget<Input>,
  { cases, seed, until = Number.POSITIVE_INFINITY, onCase }: Omit<RunOptions, 'onWorld'>,
  count: Count,
): Promise<FoundFault | undefined> {
  const world = await target.start();
  const unhandled = watchUnhandled();
  let shrinkingSince: number | undefined;
  const property = fc.asyncProperty(target.arbitrary, async (input) => {
    if (shrinkingSince !== undefined && performance.now() > shrinkingSince + SHRINKING_MS) return;
    onCase?.(count.cases);
    if (shrinkingSince === undefined) count.cases += 1;
    try {
      const ms = await runGuarded(world.run, input);
      count.longestMs = Math.max(count.longestMs, ms);
      unhandled.check();
    } catch (error) {
      shrinkingSince ??= performance.now();
      throw error;
    }
  });
  try {
    const limit = Math.min(until - performance.now(), 2 ** 31 - 1);
    const details = await fc.check(property, {
      seed,
      numRuns: cases,
      interruptAfterTimeLimit: Math.max(limit, 1),
      markInterruptAsFailure: false,
    });
    if (details.counterexample === null || !details.failed) return undefined;
    const [input] = details.counterexample;
    return {
      target: target.name,
      seed,
      path: details.counterexamplePath ?? '',
      input,
      repeats: await fails(target, input),
      text: describe(details.errorInstance),
    };
  } finally {
    unhandled.stop();
    await world.stop();
  }
}

/** Whether an input has a fault in a new world. */
async function fails<Input>(target: FuzzTarget<Input>, input: Input): Promise<boolean> {
  const world = await target.start();
  try {
    await runGuarded(world.run, input);
    return false;
  } catch {
    return true;
  } finally {
    await world.stop();
  }
}

/** Runs the inputs of a corpus, each in order, against one world. */
async function replay<Input>(target: FuzzTarget<Input>, inputs: readonly Input[]): Promise<void> {
  const world = await target.start();
  try {
    for (const input of inputs) await runGuarded(world.run, input);
  } finally {
    await world.stop();
  }
}
