/** A pool and options that have been checked, and the function that sends every request to it. */
import { omitUndefined } from '../../omit-undefined.ts';
import { hasRandomness } from '../../srp/random.ts';
import { missingRequirements, runtimeIncomplete } from '../../srp/runtime.ts';
import { createSendRequest } from './call.ts';
import type { RequestContext } from './call-errors.ts';
import { type CallOptions, checkCallOptions } from './call-options.ts';
import { fetchTransport, type Output, type Reply, type Transport } from './fetch-transport.ts';
import { checkPool, endpointOf, type UserPoolClient } from './user-pool-client.ts';
import type { OperationName, Operations, RequestMetadata } from './wire-types.ts';

/** A pool and options that have been checked, ready for calls. */
export interface Connection<Options extends CallOptions = CallOptions> {
  readonly pool: UserPoolClient;
  readonly options: Options;
  /** The part of the options that goes over the wire. */
  readonly metadata: RequestMetadata;
  /** The caller's clock: milliseconds since the epoch. */
  readonly now: () => number;
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

/** @throws ArgumentError for a pool or an option that cannot be right; nothing is sent */
export function connect<Options extends CallOptions>(
  pool: UserPoolClient,
  options: Options,
): Connection<Options> {
  checkPool(pool);
  checkCallOptions(options, pool);
  const sendRequest = createSendRequest(requireTransport(pool, options), options);
  const send: Connection['send'] = (operation, input, context) =>
    sendRequest(omitUndefined(input), { retry: 'only-if-throttled', ...context, operation });
  return {
    pool,
    options,
    metadata: {
      ClientMetadata: options.clientMetadata,
      AnalyticsMetadata: options.analyticsMetadata,
      UserContextData: options.userContextData,
    },
    now: options.now ?? Date.now,
    send,
    call: async (operation, input, context) => (await send(operation, input, context)).output,
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
