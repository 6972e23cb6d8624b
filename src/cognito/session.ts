/** How long a challenge can be answered. */
import { type CallOptions, clock } from './call.ts';
import type { UserPoolClient } from './user-pool.ts';

/**
 * When a session that comes now ends: milliseconds since the epoch by the caller's clock. Cognito's default is 3
 * minutes; an app client can have 3 to 15.
 */
export const sessionExpiry = (
  { authSessionValidityMinutes = 3 }: UserPoolClient,
  options: CallOptions,
): number => clock(options) + authSessionValidityMinutes * 60_000;
