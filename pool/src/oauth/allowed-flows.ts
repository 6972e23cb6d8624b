/** The settings of a client that say which OAuth grants it may use. */
import type { OAuthFlowType } from '../model/types.generated.ts';
import type { Client } from '../settings/pool-settings.ts';
import { OAuthError } from './oauth-error.ts';

/**
 * Checks that a client may use one of these flows.
 *
 * @throws OAuthError unauthorized_client
 */
export function checkFlow(
  { AllowedOAuthFlows: allowed = [], AllowedOAuthFlowsUserPoolClient: isEnabled }: Client,
  flows: OAuthFlowType | readonly OAuthFlowType[],
): void {
  const wanted = [flows].flat();
  if (isEnabled && wanted.some((flow) => allowed.includes(flow))) return;
  const reason = isEnabled
    ? `The AllowedOAuthFlows of the client do not have ${wanted.join(' or ')}`
    : 'AllowedOAuthFlowsUserPoolClient is not set for the client';
  throw new OAuthError('unauthorized_client', { reason });
}
