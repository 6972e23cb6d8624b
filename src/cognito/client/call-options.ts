/** The options of every function that talks to the service, and their checks. */
import { mustBe } from '../../errors.ts';
import type { Rng } from '../../srp/random.ts';
import type { Fetch, Transport } from './fetch-transport.ts';

/** What every function that talks to the service takes as its last argument. All members are optional. */
export interface CallOptions {
  /** Aborting it rejects the call with `signal.reason`. Nothing more is sent. */
  readonly signal?: AbortSignal | undefined;
  /** Time limit for one request and its reply, in milliseconds. Default 30 000; for a refresh 5000. */
  readonly timeoutMs?: number | undefined;
  /**
   * How often a request is sent at most. Only requests that are safe to repeat are sent again. Default 3; 1 means
   * that nothing is repeated.
   */
  readonly maxAttempts?: number | undefined;
  /** The longest pause before the first repetition, in milliseconds. It doubles each time. Default 200. */
  readonly retryDelayMs?: number | undefined;
  /** Sends the requests. Default: the runtime's `fetch`. */
  readonly fetch?: Fetch | undefined;
  /**
   * Carries whole calls in place of fetch: the AWS SDK's client, k6, a proxy. The pool's `endpoint` and `region` are then
   * not used.
   */
  readonly transport?: Transport | undefined;
  /** Source of secure random bytes. Default: `crypto.getRandomValues`. */
  readonly rng?: Rng | undefined;
  /**
   * The caller's clock: milliseconds since the epoch. Default: `Date.now`. It may be wrong, because TIMESTAMP follows
   * the service's clock.
   */
  readonly now?: (() => number) | undefined;
  /** Given to the pool's Lambda triggers, in every operation that takes it. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
  /** Amazon Pinpoint endpoint, in every operation that takes it. */
  readonly analyticsMetadata?: { readonly AnalyticsEndpointId?: string } | undefined;
  /** For the pool's threat protection, in every operation that takes it. */
  readonly userContextData?: { readonly IpAddress?: string; readonly EncodedData?: string } | undefined;
}

export const DEFAULT_TIMEOUT_MS = 30_000;
export const DEFAULT_MAX_ATTEMPTS = 3;
export const DEFAULT_RETRY_DELAY_MS = 200;

/** Milliseconds since the epoch by the caller's clock. */
export const currentTime = ({ now = Date.now }: CallOptions): number => now();

/** Longer delays overflow setTimeout's 32 bits, and it would fire at once. */
export const MAX_DELAY_MS = 2 ** 31 - 1;

/** @throws ArgumentError OPTION_INVALID for an option that cannot be right */
export function checkCallOptions(options: CallOptions): void {
  const { signal } = options;
  for (const name of ['fetch', 'transport', 'rng', 'now'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'function') {
      throw mustBe('OPTION_INVALID', name, 'a function');
    }
  }
  const {
    timeoutMs = DEFAULT_TIMEOUT_MS,
    maxAttempts = DEFAULT_MAX_ATTEMPTS,
    retryDelayMs = DEFAULT_RETRY_DELAY_MS,
  } = options;
  checkNumber('timeoutMs', timeoutMs, 1, MAX_DELAY_MS);
  checkNumber('maxAttempts', maxAttempts, 1, MAX_DELAY_MS);
  checkNumber('retryDelayMs', retryDelayMs, 0, MAX_DELAY_MS);
  checkNumber('now', currentTime(options), 1, Number.MAX_SAFE_INTEGER);
  if (signal && typeof signal.addEventListener !== 'function') {
    throw mustBe('OPTION_INVALID', 'signal', 'an AbortSignal, such as `controller.signal`');
  }
}

/** @param value whatever the caller gave */
function checkNumber(name: string, value: unknown, least: number, most: number): void {
  if (typeof value === 'number' && value >= least && value <= most) return;
  throw mustBe('OPTION_INVALID', name, `a number from ${least} to ${most}`);
}
