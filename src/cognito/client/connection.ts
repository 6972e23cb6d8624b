/** A pool and options that have been checked, and the functions that call its operations. */

import type { RuntimeRequirement } from '../../srp/big-integer.ts';
import { hasRandomness } from '../../srp/random.ts';
import { runtimeIncomplete } from '../../srp/runtime.ts';
import { type Calls, createCalls } from './call.ts';
import { type CallOptions, checkCallOptions } from './call-options.ts';
import { fetchTransport } from './fetch-transport.ts';
import { checkPool, endpointOf, type UserPoolClient } from './user-pool-client.ts';
import type { RequestMetadata } from './wire-types.ts';

/** A pool and options that have been checked, ready for calls. */
export interface Connection<Options extends CallOptions = CallOptions> extends Calls {
  readonly pool: UserPoolClient;
  readonly options: Options;
  /** The part of the options that goes over the wire. */
  readonly metadata: RequestMetadata;
  /** The caller's clock: milliseconds since the epoch. */
  readonly now: () => number;
}

/**
 * @param lacks what the call needs besides and the engine does not have, so that one error names everything
 * @throws ArgumentError for a pool or an option that cannot be right; nothing is sent
 */
export function connect<Options extends CallOptions>(
  pool: UserPoolClient,
  options: Options,
  lacks: readonly RuntimeRequirement[] = [],
): Connection<Options> {
  checkCallOptions(options);
  checkPool(pool);
  const transport = options.transport ?? fetchTransport(endpointOf(pool), options.fetch);
  const missing = [...lacks];
  if (!transport) missing.push(['fetch', 'pass "fetch" or "transport" in the options']);
  if (!transport || missing.length > 0) {
    // Randomness alone is not asked for here: some calls draw no bytes, and those that do throw RANDOMNESS_MISSING
    if (!hasRandomness(options.rng)) missing.push(['crypto.getRandomValues', 'pass "rng" in the options']);
    throw runtimeIncomplete(missing);
  }
  return {
    ...createCalls(transport, options),
    pool,
    options,
    metadata: {
      ClientMetadata: options.clientMetadata,
      AnalyticsMetadata: options.analyticsMetadata,
      UserContextData: options.userContextData,
    },
    now: options.now ?? Date.now,
  };
}
