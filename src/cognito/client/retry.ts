/** Which requests are sent again, and how long the pauses between are. */
import { ProtocolError, ServiceError } from '../../errors.ts';
import { hasRandomness, type Rng, randomBytes } from '../../srp/random.ts';
import type { RequestContext } from './call-errors.ts';
import { sleep } from './time-limit.ts';

export interface RetryOptions {
  /** How often `send` is called at most. */
  readonly maxAttempts: number;
  /** The longest pause before the first repetition, in milliseconds. */
  readonly retryDelayMs: number;
  readonly rng: Rng | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Calls `send` until it succeeds, until its failure must not be followed by another try, or `maxAttempts` times. */
export async function sendWithRetries<T>(
  send: () => Promise<T>,
  context: RequestContext,
  { maxAttempts, retryDelayMs, rng, signal }: RetryOptions,
): Promise<T> {
  for (let attempt = 1; attempt < maxAttempts; attempt++) {
    try {
      return await send();
    } catch (error) {
      if (signal?.aborted || !mayRepeat(error, context)) throw error;
    }
    await sleep(retryDelayMs * 2 ** (attempt - 1) * randomShare(rng), signal);
  }
  return send();
}

/** A part of the pause is random, so that many clients do not come back at once. */
function randomShare(rng: Rng | undefined): number {
  const [byte = 255] = hasRandomness(rng) ? randomBytes(1, rng) : [];
  return (byte + 1) / 256;
}

function mayRepeat(error: unknown, { operation, retry }: RequestContext): boolean {
  if (!(error instanceof ServiceError || error instanceof ProtocolError)) return false;
  const { code, status = 0 } = error;
  // A throttled request was not carried out
  if (code === 'THROTTLED') return true;
  if (retry === 'only-if-throttled') return false;
  if (code === 'NETWORK_FAILED' || code === 'INTERNAL_ERROR') return true;
  // The new refresh token is in the reply that was lost, however it was lost
  if (operation === 'GetTokensFromRefreshToken') return code === 'TIMED_OUT' || code === 'BODY_NOT_JSON';
  return code === 'BODY_NOT_JSON' && status >= 500;
}
