/** One call to the service: time limit, abort, repetition where it is safe, the service's clock. */

import { malformed, mustBe, ProtocolError, type ReplyOrigin, ServiceError } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { hasRandomness, type Rng, randomBytes } from '../../srp/random.ts';
import { checkRuntime, missingRequirements } from '../../srp/runtime.ts';
import { isRecord } from '../values.ts';
import { type Fetch, fetchTransport, type Transport } from './fetch-transport.ts';
import { serviceError } from './refusals.ts';
import { checkPool, endpointOf, type UserPoolClient } from './user-pool-client.ts';
import type { OperationName, Operations, RequestMetadata } from './wire-types.ts';

/** What every function that talks to the service takes last; all optional. */
export interface CallOptions {
  /** Aborting it rejects with its reason; nothing more is sent. */
  readonly signal?: AbortSignal | undefined;
  /** For one request and its reply, in milliseconds. Default 30 000; for a refresh 5000. */
  readonly timeoutMs?: number | undefined;
  /** How often a request is sent at most, where repeating it is safe. Default 3; 1 is never again. */
  readonly maxAttempts?: number | undefined;
  /** Longest pause before the first repetition, in milliseconds; it doubles each time. Default 200. */
  readonly retryDelayMs?: number | undefined;
  /** Default: the runtime's. */
  readonly fetch?: Fetch | undefined;
  /** Carries the calls instead of fetch. The pool's `endpoint` and `region` then say nothing. */
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

export const DEFAULT_TIMEOUT_MS = 30_000;

/** A pool and options that have been checked, ready for calls. */
export interface Connection<Options extends CallOptions = CallOptions> {
  readonly pool: UserPoolClient;
  readonly options: Options;
  /** The part of the options that goes over the wire. */
  readonly metadata: RequestMetadata;
  /**
   * Gives the operation's output.
   *
   * @param repeatable that a lost reply may be followed by the same request. What carries a Session spends it; what
   *   sends a code, or counts as a try of the password, would do so twice
   */
  readonly call: <Name extends OperationName>(
    operation: Name,
    input: Operations[Name],
    repeatable?: 'repeatable' | false,
  ) => Promise<Readonly<Record<string, unknown>>>;
}

/** @throws ArgumentError for a pool or an option that cannot be right; nothing is sent */
export function connect<Options extends CallOptions>(
  pool: UserPoolClient,
  options: Options,
): Connection<Options> {
  checkPool(pool);
  const { rng, signal, timeoutMs = DEFAULT_TIMEOUT_MS, maxAttempts = 3, retryDelayMs = 200 } = options;
  for (const name of ['fetch', 'transport', 'rng', 'now'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'function') {
      throw mustBe('OPTION_INVALID', name, 'a function');
    }
  }
  const { authSessionValidityMinutes = 3 } = pool;
  const numbers = { timeoutMs, maxAttempts, retryDelayMs, authSessionValidityMinutes, now: clock(options) };
  for (const [name, value] of Object.entries(numbers)) {
    // setTimeout takes more than that for 1 ms
    const most = name === 'now' ? Number.MAX_SAFE_INTEGER : 2 ** 31 - 1;
    const least = name === 'retryDelayMs' ? 0 : 1;
    if (typeof value !== 'number' || !(value >= least && value <= most)) {
      throw mustBe('OPTION_INVALID', name, `a number from ${least} to ${most}`);
    }
  }
  if (signal && typeof signal.addEventListener !== 'function') {
    throw mustBe('OPTION_INVALID', 'signal', 'an AbortSignal, such as `controller.signal`');
  }
  const missing = [...missingRequirements()];
  const { transport = fetchTransport(endpointOf(pool), options.fetch) } = options;
  if (!transport) missing.push(['fetch', 'pass "fetch" or "transport" in the options']);
  // Alone it is RANDOMNESS_MISSING, when bytes are drawn: not every call draws any
  if (missing.length > 0 && !hasRandomness(rng)) {
    missing.push(['crypto.getRandomValues', 'pass "rng" in the options']);
  }
  checkRuntime(missing);
  const carry = transport as Transport;

  return {
    pool,
    options,
    metadata: {
      ClientMetadata: options.clientMetadata,
      AnalyticsMetadata: options.analyticsMetadata,
      UserContextData: options.userContextData,
    },
    call: async (operation, given, repeatable = false) => {
      const input = omitUndefined(given);
      const late = async () => {
        throw new ProtocolError('TIMED_OUT', `no reply within ${timeoutMs} ms`, { operation });
      };
      for (let attempt = 1; ; attempt++) {
        try {
          const output = await race(timeoutMs, signal, late, (inner) => carry(operation, input, inner));
          if (isRecord(output)) return output;
          throw malformed('REPLY_MALFORMED', 'output', 'an object', { operation });
        } catch (thrown) {
          if (signal?.aborted) throw reasonOf(signal);
          const error = known(operation, thrown, repeatable);
          if (attempt >= maxAttempts || !mayRepeat(operation, error, repeatable)) throw error;
        }
        // A random part of the pause, where there is randomness: so that many clients do not come back at once
        const [byte = 255] = hasRandomness(rng) ? randomBytes(1, rng) : [];
        const pauseMs = retryDelayMs * 2 ** (attempt - 1) * ((byte + 1) / 256);
        if (typeof setTimeout === 'function')
          await race(
            pauseMs,
            signal,
            async () => {},
            () => new Promise(() => {}),
          );
      }
    },
  };
}

/**
 * What `work` gives, or after `ms` what `late` gives. Rejects at once when the signal aborts, also where `work`
 * takes no notice of the signal it is given, which ends with any of them.
 */
export async function race<T>(
  ms: number,
  outer: AbortSignal | undefined,
  late: () => Promise<T>,
  work: (signal?: AbortSignal) => Promise<T>,
): Promise<T> {
  // Bare JavaScript engines have neither; the caller's transport then keeps the time itself.
  const controller = typeof AbortController === 'function' ? new AbortController() : undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort = () => {};
  try {
    return await new Promise<T>((resolve, reject) => {
      onAbort = () => reject(reasonOf(outer));
      outer?.addEventListener('abort', onAbort);
      if (typeof setTimeout === 'function') timer = setTimeout(() => resolve(late()), ms);
      // The extra turn lets a transport that throws at once reject like any other
      Promise.resolve(controller?.signal)
        .then((inner) => (outer?.aborted ? onAbort() : work(inner).then(resolve)))
        .catch(reject);
    });
  } finally {
    if (timer !== undefined) clearTimeout(timer);
    outer?.removeEventListener('abort', onAbort);
    controller?.abort(outer?.reason);
  }
}

/** Milliseconds since the epoch by the caller's clock. */
export const clock = ({ now = Date.now }: CallOptions): number => now();

/** Older engines' signals (React Native) have no reason. */
function reasonOf(signal: AbortSignal | undefined): unknown {
  return signal?.reason ?? Object.assign(new Error('This operation was aborted'), { name: 'AbortError' });
}

/** Errors of other transports in this package's terms. */
function known(operation: string, thrown: unknown, repeatable: unknown): ProtocolError | ServiceError {
  const error =
    thrown instanceof ServiceError || thrown instanceof ProtocolError
      ? thrown
      : isSdkException(thrown)
        ? serviceError(thrown.name, thrown.message, originOf(operation, thrown))
        : new ProtocolError('NETWORK_FAILED', 'the transport failed', {
            operation,
            cause: thrown,
          });
  // What the service did with a request whose reply is lost is not known. A Session may be spent.
  if (error instanceof ProtocolError || error.code === 'INTERNAL_ERROR') {
    Object.assign(error, { recovery: repeatable ? 'try-later' : 'start-again' });
  }
  return error;
}

/** What the fetch transport and the AWS SDK say of a reply beside it; the SDK has no date. */
export interface ReplyMetadata {
  readonly date?: number;
  readonly httpStatusCode?: number;
  readonly requestId?: string;
}

/** Where an output or an exception of the service came from. */
export function originOf(operation: string, { $metadata }: { readonly $metadata?: unknown }): ReplyOrigin {
  const { httpStatusCode: status, requestId } = ($metadata ?? {}) as ReplyMetadata;
  return { operation, status, requestId };
}

/** The AWS SDK's service exceptions, by their shape: they may come from another copy or realm. */
interface SdkException {
  readonly name: string;
  readonly message: string;
  readonly $fault: string;
  readonly $metadata: object;
}

const isSdkException = (thrown: unknown): thrown is SdkException =>
  isRecord(thrown) && '$fault' in thrown && isRecord(thrown['$metadata']);

/** A throttled request was not carried out; anything else may have been. */
function mayRepeat(
  operation: OperationName,
  { code, status = 0 }: ProtocolError | ServiceError,
  repeatable: unknown,
): boolean {
  if (code === 'THROTTLED' || !repeatable) return code === 'THROTTLED';
  if (code === 'NETWORK_FAILED' || code === 'INTERNAL_ERROR') return true;
  // The new refresh token is in the reply that was lost, however it was lost
  if (operation === 'GetTokensFromRefreshToken') return code === 'TIMED_OUT' || code === 'BODY_NOT_JSON';
  return code === 'BODY_NOT_JSON' && status >= 500;
}
