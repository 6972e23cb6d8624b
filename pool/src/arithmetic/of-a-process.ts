/** The arithmetic of a pool that is a process of its own, as the command starts it. It needs Node. */
import { availableParallelism } from 'node:os';
import type { Arithmetic } from './arithmetic.ts';
import { inThisThreadByOpenssl } from './openssl.ts';

export interface ProcessArithmetic extends Arithmetic {
  readonly close: () => Promise<void>;
}

/** Each thread takes memory of its own, and the thread that answers requests is the limit long before. */
const MOST_THREADS = 4;

/**
 * Uses worker threads where there is a second core, and OpenSSL in this thread otherwise.
 *
 * @param worker the URL of the compiled `worker.ts`
 */
export async function startArithmetic(
  worker: URL,
  cores = availableParallelism(),
): Promise<ProcessArithmetic> {
  if (cores < 2) return { ...inThisThreadByOpenssl(), close: async () => undefined };
  // Imported where it is needed, because it loads the library for threads
  const { inWorkers } = await import('./in-workers.ts');
  return inWorkers(worker, Math.min(cores - 1, MOST_THREADS));
}
