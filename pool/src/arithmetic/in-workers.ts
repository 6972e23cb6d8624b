/** Runs the SRP calculations in worker threads, so that the thread that answers requests stays free. It needs Node. */
import { availableParallelism } from 'node:os';
import { Tinypool } from 'tinypool';
import type { Arithmetic } from './arithmetic.ts';
import type { Message } from './worker.ts';

export interface WorkerArithmetic extends Arithmetic {
  /** How many threads calculate. */
  readonly threads: number;
  /** Ends the threads. What they have not calculated yet is rejected. */
  readonly close: () => Promise<void>;
}

/**
 * Starts threads that calculate. They do not keep the process alive.
 *
 * @param worker the URL of the compiled `worker.ts`
 * @param threads default: one for each core but the one of the thread that answers requests, and at least one
 */
export function inWorkers(worker: URL, threads = Math.max(1, availableParallelism() - 1)): WorkerArithmetic {
  const pool = new Tinypool({
    filename: worker.href,
    minThreads: threads,
    maxThreads: threads,
    // One more for each thread, so that it has the next calculation when it ends one
    concurrentTasksPerWorker: 2,
  });
  return {
    threads,
    run: (name, ...parameters) => pool.run({ name, parameters } satisfies Message<typeof name>),
    close: () => pool.destroy(),
  };
}
