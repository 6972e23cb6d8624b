/** One call to the service: a request, its time limit, and its repetition if that is safe. */
import { malformed, ProtocolError, ServiceError } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { hasRandomness, type Rng, randomBytes } from '../../srp/random.ts';
import { isRecord } from '../values.ts';
import { type RequestContext, toCallError } from './call-errors.ts';
import {
  type CallOptions,
  DEFAULT_MAX_ATTEMPTS,
  DEFAULT_RETRY_DELAY_MS,
  DEFAULT_TIMEOUT_MS,
  MAX_DELAY_MS,
} from './call-options.ts';
import { type Output, originOf, type Reply, readDate, type Transport } from './fetch-transport.ts';
import { abortReason, sleep, withTimeout } from './time-limit.ts';
import type { OperationName, Operations } from './wire-types.ts';

/** The two ways to call an operation. */
export interface Calls {
  /**
   * Sends a request.
   *
   * @param context default: the request is repeated only if it was throttled
   * @throws ServiceError if the service refuses
   * @throws ProtocolError if there is no usable answer
   */
  readonly send: <Name extends OperationName>(
    operation: Name,
    input: Operations[Name],
    context?: Partial<Omit<RequestContext, 'operation'>>,
  ) => Promise<Reply>;
  /** As `send`, and gives the output alone. */
  readonly call: <Name extends OperationName>(
    operation: Name,
    input: Operations[Name],
    context?: Partial<Omit<RequestContext, 'operation'>>,
  ) => Promise<Output>;
}

/** @param options checked */
export function createCalls(transport: Transport, options: CallOptions): Calls {
  const {
    signal,
    rng,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    maxAttempts = DEFAULT_MAX_ATTEMPTS,
    retryDelayMs = DEFAULT_RETRY_DELAY_MS,
  } = options;

  const sendOnce = async (input: object, context: RequestContext): Promise<Reply> => {
    const { operation } = context;
    const onTimeout = () => new ProtocolError('TIMED_OUT', `no reply within ${timeoutMs} ms`, { operation });
    try {
      const limit = { ms: timeoutMs, signal, onTimeout };
      const output = await withTimeout((inner) => transport(operation, input, inner), limit);
      if (!isRecord(output)) throw malformed('REPLY_MALFORMED', 'output', 'an object', { operation });
      return { output, origin: originOf(operation, output), date: readDate(output) };
    } catch (thrown) {
      throw signal?.aborted ? abortReason(signal) : toCallError(thrown, context);
    }
  };

  const send: Calls['send'] = async (operation, members, context) => {
    const request: RequestContext = { retry: 'only-if-throttled', ...context, operation };
    const input = omitUndefined(members);
    for (let attempt = 1; attempt < maxAttempts; attempt++) {
      try {
        return await sendOnce(input, request);
      } catch (error) {
        if (signal?.aborted || !mayRepeat(error, request)) throw error;
      }
      const longestPauseMs = Math.min(retryDelayMs * 2 ** (attempt - 1), MAX_DELAY_MS);
      await sleep(longestPauseMs * randomShare(rng), signal);
    }
    return sendOnce(input, request);
  };

  return {
    send,
    call: async (operation, input, context) => (await send(operation, input, context)).output,
  };
}

/** @param error what the request failed with */
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

/** A part of each pause is random, so that many clients do not come back at once. */
function randomShare(rng: Rng | undefined): number {
  const [byte = 255] = hasRandomness(rng) ? randomBytes(1, rng) : [];
  return (byte + 1) / 256;
}
