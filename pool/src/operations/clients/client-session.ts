/** Describes how long an app client reuses a session of managed login, as SetUserPoolClientSessionConfiguration has set it. */
import type { Outputs } from '../../model/types.generated.ts';
import type { Client } from '../../settings/pool-settings.ts';

/** Documented. */
const DEFAULT_MINUTES = 60;

export const describeClientSession = ({
  ClientId,
  UserPoolId,
  ssoMinutes = DEFAULT_MINUTES,
}: Client): Outputs['GetUserPoolClientSessionConfiguration'] => ({
  ClientId,
  SSOSession: { MaxValidityMinutes: ssoMinutes },
  UserPoolId,
});
