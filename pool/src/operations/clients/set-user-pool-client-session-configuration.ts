/** SetUserPoolClientSessionConfiguration: sets how long an app client reuses a session of the managed login. */
import { ServiceException } from '../../domain/service-exception.ts';
import { assertNotLite } from '../../domain/tiers.ts';
import { poolOperation } from '../operation.ts';
import { describeClientSession } from './client-session.ts';
import { findKnownClient } from './known-client.ts';

/**
 * Documented: the pool must track sessions, and must not be of the LITE tier. AWS's texts are not known. Whether the date of
 * the last change moves is not known either, and here it does not, because no description of the client changes.
 */
export const setUserPoolClientSessionConfiguration = poolOperation(
  'SetUserPoolClientSessionConfiguration',
  { access: 'iam' },
  async (pool, input) => {
    const client = findKnownClient(pool, input.ClientId);
    assertNotLite(pool.settings, 'User Session Tracking');
    if (!pool.userSessionTracking) {
      throw new ServiceException(
        'OperationNotEnabledException',
        'User session tracking is not enabled for the user pool.',
      );
    }
    const changed = { ...client, ssoMinutes: input.SSOSession.MaxValidityMinutes };
    pool.clients.put(client.ClientId, changed);
    return describeClientSession(changed);
  },
);
