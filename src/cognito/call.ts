/** One call to the service: time limit, abort, repetition where it is safe, the service's clock. */
import { ArgumentError, ProtocolError, type Recovery, ServiceError } from '../errors.ts';
import { hasRandomness, type Rng, randomBytes } from '../srp/random.ts';
import { assertRuntime } from '../srp/runtime.ts';
import { isRepeatable, type OperationName, type Operations, type RequestMetadata } from './operations.ts';
import { serviceError } from './service-errors.ts';
import { type Fetch, fetchTransport, hasFetch, type Transport } from './transport.ts';
import { endpointOf, type UserPoolClient } from './user-pool.ts';

/** What every function that talks to the service takes last; all optional. */
export interface CallOptions {
  /** Aborting it rejects with its reason; nothing more is sent. */
  readonly signal?: AbortSignal | undefined;
  /** For one request and its reply, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number | undefined;
  /** How often a request is sent at most, where repeating it is safe. Default 3; 1 is never again. */
  readonly maxAttempts?: number | undefined;
  /** Longest pause before the first repetition, in milliseconds; it doubles each time. Default 200. */
  readonly retryDelayMs?: number | undefined;
  /** Default: the runtime's. */
  readonly fetch?: Fetch | undefined;
  /** Carries the calls instead of fetch. */
  readonly transport?: Transport | undefined;
  /** Secure random bytes. Default: `crypto.getRandomValues`. */
  readonly rng?: Rng | undefined;
  /** Milliseconds since the epoch. Default: `Date.now`. It may be wrong: the service's clock is learnt. */
  readonly now?: (() => number) | undefined;
  /** Handed to the pool's Lambda triggers, in every call that takes it. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  /** Amazon Pinpoint endpoint, in every call that takes it. */
  readonly analyticsMetadata?: { readonly AnalyticsEndpointId?: string } | undefined;
  /** For the pool's threat protection, in every call that takes it. */
  readonly userContextData?: { readonly IpAddress?: string; readonly EncodedData?: string } | undefined;
}

/** The part of the options that goes over the wire with a call. */
export const requestMetadata = (options: CallOptions): RequestMetadata => ({
  ...(options.clientMetadata && { ClientMetadata: options.clientMetadata }),
  ...(options.analyticsMetadata && { AnalyticsMetadata: options.analyticsMetadata }),
  ...(options.userContextData && { UserContextData: options.userContextData }),
});

const DEFAULT_TIMEOUT_MS = 30_000;
const DEFAULT_MAX_ATTEMPTS = 3;
const DEFAULT_RETRY_DELAY_MS = 200;

/** A pool and options that have been checked, ready for calls. */
export interface Connection {
  readonly pool: UserPoolClient;
  readonly options: CallOptions;
  readonly metadata: RequestMetadata;
  /** @returns the output, and how far the service's clock is ahead of ours (ms), if the reply told */
  readonly call: <Name extends OperationName>(
    operation: Name,
    input: Operations[Name],
  ) => Promise<{
    readonly output: Readonly<Record<string, unknown>>;
    readonly clockOffsetMs: number | undefined;
  }>;
}

/** @throws ArgumentError for a pool or an option that cannot be right; nothing is sent */
export function connect(pool: UserPoolClient, options: CallOptions): Connection {
  const endpoint = endpointOf(pool);
  const { rng, fetch, transport: custom } = options;
  assertRuntime({ randomness: hasRandomness(rng), fetch: custom !== undefined || hasFetch(fetch) });
  const transport = custom ?? fetchTransport(endpoint, fetch);
  const timeoutMs = positive('timeoutMs', options.timeoutMs) ?? DEFAULT_TIMEOUT_MS;
  const maxAttempts = positive('maxAttempts', options.maxAttempts) ?? DEFAULT_MAX_ATTEMPTS;
  const retryDelayMs = positive('retryDelayMs', options.retryDelayMs) ?? DEFAULT_RETRY_DELAY_MS;
  const now = options.now ?? Date.now;

  return {
    pool,
    options,
    metadata: requestMetadata(options),
    call: async (operation, input) => {
      const repeatable = isRepeatable(operation, input);
      for (let attempt = 1; ; attempt++) {
        try {
          const output = await limited(operation, timeoutMs, options.signal, (signal) =>
            transport(operation, input, signal),
          );
          return { output: objectOf(operation, output), clockOffsetMs: clockOffset(output, now()) };
        } catch (thrown) {
          if (options.signal?.aborted) throw reasonOf(options.signal);
          const error = known(operation, thrown, repeatable);
          if (attempt >= maxAttempts || !mayRepeat(error, repeatable)) throw error;
        }
        await pause(retryDelayMs * 2 ** (attempt - 1), options);
      }
    },
  };
}

function positive(name: keyof CallOptions, value: number | undefined): number | undefined {
  // setTimeout takes more for 1 ms
  if (value !== undefined && !(value > 0 && value < 2 ** 31)) {
    throw new ArgumentError('OPTION_INVALID', name, `"${name}" must be a number from 1 to ${2 ** 31 - 1}`);
  }
  return value;
}

/**
 * Runs one request under the time limit and the caller's signal. Settles at once when either ends it, also
 * where the transport takes no notice.
 */
function limited<T>(
  operation: string,
  timeoutMs: number,
  outer: AbortSignal | undefined,
  send: (signal?: AbortSignal) => Promise<T>,
): Promise<T> {
  // Bare JavaScript engines have neither; the caller's transport then keeps the time itself.
  const controller = typeof AbortController === 'function' ? new AbortController() : undefined;
  return new Promise<T>((resolve, reject) => {
    if (outer?.aborted) return reject(reasonOf(outer));
    const end = (reason: unknown) => {
      // Here too: a transport that takes no notice never settles
      settled();
      reject(reason);
      controller?.abort(reason);
    };
    const onAbort = () => end(reasonOf(outer));
    const timer =
      typeof setTimeout === 'function' &&
      setTimeout(() => {
        end(new ProtocolError('TIMED_OUT', `${operation}: no reply within ${timeoutMs} ms`, { operation }));
      }, timeoutMs);
    outer?.addEventListener('abort', onAbort);
    const settled = () => {
      if (timer !== false) clearTimeout(timer);
      outer?.removeEventListener('abort', onAbort);
    };
    // The extra turn lets a transport that throws at once reject like any other.
    Promise.resolve(controller?.signal).then(send).then(resolve, reject).then(settled);
  });
}

/** Older engines' signals (React Native) have no reason. */
function reasonOf(signal: AbortSignal | undefined): unknown {
  return signal?.reason ?? Object.assign(new Error('This operation was aborted'), { name: 'AbortError' });
}

/** Errors of other transports in this package's terms. */
function known(operation: string, thrown: unknown, repeatable: boolean): ProtocolError | ServiceError {
  // What the service did with a request whose reply is lost is not known. A Session may be spent.
  const recovery = repeatable ? 'try-later' : 'start-again';
  if (thrown instanceof ServiceError) return failed(thrown, recovery);
  if (thrown instanceof ProtocolError) {
    const { code, message, field, status, requestId, cause } = thrown;
    const details = { operation, recovery, status, requestId, cause } as const;
    return new ProtocolError(code, message, field === undefined ? details : { ...details, field });
  }
  if (isSdkException(thrown)) {
    const { httpStatusCode: status, requestId } = thrown.$metadata;
    return failed(serviceError(thrown.name, thrown.message, { operation, status, requestId }), recovery);
  }
  return new ProtocolError('NETWORK_FAILED', `${operation}: the transport failed`, {
    operation,
    recovery,
    cause: thrown,
  });
}

/** The AWS SDK's service exceptions, by their shape: they may come from another copy or realm. */
interface SdkException {
  readonly name: string;
  readonly message: string;
  readonly $fault: string;
  readonly $metadata: { readonly httpStatusCode?: number; readonly requestId?: string };
}

const isSdkException = (thrown: unknown): thrown is SdkException =>
  typeof thrown === 'object' && thrown !== null && '$fault' in thrown && '$metadata' in thrown;

/** After an internal error the work may have been done, as after a lost reply. */
function failed(error: ServiceError, recovery: Recovery): ServiceError {
  const { code, name, message } = error;
  return code === 'INTERNAL_ERROR' ? new ServiceError(code, recovery, name, message, error) : error;
}

/** A throttled request was not carried out; anything else may have been. */
function mayRepeat(error: ProtocolError | ServiceError, repeatable: boolean): boolean {
  if (error.code === 'THROTTLED') return true;
  if (!repeatable) return false;
  return (
    error.code === 'NETWORK_FAILED' ||
    error.code === 'INTERNAL_ERROR' ||
    (error.code === 'BODY_NOT_JSON' && (error.status ?? 0) >= 500)
  );
}

/** Waits a random time up to `maxMs`, so that many clients do not come back at once. */
async function pause(maxMs: number, { signal, rng }: CallOptions): Promise<void> {
  if (typeof setTimeout !== 'function') return;
  const ms = (maxMs * ((randomBytes(1, rng)[0] ?? 0) + 1)) / 256;
  await new Promise<void>((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer);
      reject(reasonOf(signal));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    if (signal?.aborted) onAbort();
    else signal?.addEventListener('abort', onAbort, { once: true });
  });
}

function objectOf(operation: string, output: unknown): Readonly<Record<string, unknown>> {
  if (typeof output !== 'object' || output === null) {
    throw new ProtocolError(
      'REPLY_MALFORMED',
      `${operation}: the transport must give the operation's output`,
      {
        operation,
      },
    );
  }
  return output as Record<string, unknown>;
}

function clockOffset(output: unknown, now: number): number | undefined {
  const date = (output as { $metadata?: { date?: unknown } } | undefined)?.$metadata?.date;
  return typeof date === 'number' ? date - now : undefined;
}
