/** How long a challenge can be answered. */
import { ArgumentError } from '../errors.ts';
import type { CallOptions } from './call.ts';
import type { UserPoolClient } from './user-pool.ts';

/** Cognito's default, in minutes; an app client can have 3 to 15. */
const DEFAULT_VALIDITY_MINUTES = 3;

/** When a session that comes now ends: milliseconds since the epoch by the caller's clock. */
export function sessionExpiry({ authSessionValidityMinutes }: UserPoolClient, { now }: CallOptions): number {
  const minutes = authSessionValidityMinutes ?? DEFAULT_VALIDITY_MINUTES;
  if (!(minutes > 0)) {
    throw new ArgumentError(
      'OPTION_INVALID',
      'authSessionValidityMinutes',
      '"authSessionValidityMinutes" must be a number greater than 0',
    );
  }
  return (now ?? Date.now)() + minutes * 60_000;
}
