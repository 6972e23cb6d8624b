/** SetUserPoolSessionConfiguration: replaces the configuration of the sessions of the pool's users. */
import { assertNotLite } from '../../domain/tiers.ts';
import { poolOperation } from '../operation.ts';
import { changeSettings } from './change-settings.ts';

export const setUserPoolSessionConfiguration = poolOperation(
  'SetUserPoolSessionConfiguration',
  { access: 'iam' },
  async (pool, { TokenSession, UserSessionTracking }) => {
    // Documented
    assertNotLite(pool.settings, 'User Session Tracking');
    changeSettings(pool, { session: { TokenSession, UserSessionTracking } });
    return { TokenSession, UserPoolId: pool.userPoolId, UserSessionTracking };
  },
);
