/** A pool and options that have been checked, and the one function that sends every request. */
import { malformed, ProtocolError } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { hasRandomness } from '../../srp/random.ts';
import { missingRequirements, runtimeIncomplete } from '../../srp/runtime.ts';
import { isRecord } from '../values.ts';
import { type RequestContext, toCallError } from './call-errors.ts';
import {
  type CallOptions,
  checkCallOptions,
  DEFAULT_MAX_ATTEMPTS,
  DEFAULT_RETRY_DELAY_MS,
  DEFAULT_TIMEOUT_MS,
} from './call-options.ts';
import { fetchTransport, type Transport } from './fetch-transport.ts';
import { sendWithRetries } from './retry.ts';
import { abortReason, withTimeout } from './time-limit.ts';
import { checkPool, endpointOf, type UserPoolClient } from './user-pool-client.ts';
import type { OperationName, Operations, RequestMetadata } from './wire-types.ts';

/** The members of an operation's output, and `$metadata` if the transport gives it. */
export type Output = Readonly<Record<string, unknown>>;

/** A pool and options that have been checked, ready for calls. */
export interface Connection<Options extends CallOptions = CallOptions> {
  readonly pool: UserPoolClient;
  readonly options: Options;
  /** The part of the options that goes over the wire. */
  readonly metadata: RequestMetadata;
  /**
   * Calls an operation.
   *
   * @param context default: the request is repeated only if it was throttled
   * @throws ServiceError if the service refuses
   * @throws ProtocolError if there is no usable answer
   */
  readonly call: <Name extends OperationName>(
    operation: Name,
    input: Operations[Name],
    context?: Partial<Omit<RequestContext, 'operation'>>,
  ) => Promise<Output>;
}

/** @throws ArgumentError for a pool or an option that cannot be right; nothing is sent */
export function connect<Options extends CallOptions>(
  pool: UserPoolClient,
  options: Options,
): Connection<Options> {
  checkPool(pool);
  checkCallOptions(options, pool);
  const transport = requireTransport(pool, options);
  const {
    signal,
    rng,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    maxAttempts = DEFAULT_MAX_ATTEMPTS,
    retryDelayMs = DEFAULT_RETRY_DELAY_MS,
  } = options;

  const sendOnce = async (input: object, context: RequestContext): Promise<Output> => {
    const { operation } = context;
    const onTimeout = () => new ProtocolError('TIMED_OUT', `no reply within ${timeoutMs} ms`, { operation });
    try {
      const limit = { ms: timeoutMs, signal, onTimeout };
      const output = await withTimeout((inner) => transport(operation, input, inner), limit);
      if (isRecord(output)) return output;
      throw malformed('REPLY_MALFORMED', 'output', 'an object', { operation });
    } catch (thrown) {
      throw signal?.aborted ? abortReason(signal) : toCallError(thrown, context);
    }
  };

  return {
    pool,
    options,
    metadata: {
      ClientMetadata: options.clientMetadata,
      AnalyticsMetadata: options.analyticsMetadata,
      UserContextData: options.userContextData,
    },
    call: (operation, input, context) => {
      const request: RequestContext = { retry: 'only-if-throttled', ...context, operation };
      const wireInput = omitUndefined(input);
      return sendWithRetries(() => sendOnce(wireInput, request), request, {
        maxAttempts,
        retryDelayMs,
        rng,
        signal,
      });
    },
  };
}

/** @throws ArgumentError RUNTIME_INCOMPLETE that names at once everything this JavaScript engine lacks */
function requireTransport(pool: UserPoolClient, options: CallOptions): Transport {
  const transport = options.transport ?? fetchTransport(endpointOf(pool), options.fetch);
  const missing = [...missingRequirements()];
  if (transport && missing.length === 0) return transport;
  if (!transport) missing.push(['fetch', 'pass "fetch" or "transport" in the options']);
  // Named only beside something else, because some calls draw no bytes. Those that do throw RANDOMNESS_MISSING
  if (!hasRandomness(options.rng)) missing.push(['crypto.getRandomValues', 'pass "rng" in the options']);
  throw runtimeIncomplete(missing);
}
