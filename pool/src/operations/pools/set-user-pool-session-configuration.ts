/** SetUserPoolSessionConfiguration: replaces the configuration of the sessions of the pool's users. */
import { ServiceException } from '../../domain/service-exception.ts';
import { poolOperation } from '../operation.ts';
import { changeSettings } from './change-settings.ts';

export const setUserPoolSessionConfiguration = poolOperation(
  'SetUserPoolSessionConfiguration',
  { access: 'iam' },
  async (pool, { TokenSession, UserSessionTracking }) => {
    if (pool.settings.userPool.UserPoolTier === 'LITE') {
      // Documented. The name of the feature in AWS's text is not known.
      throw new ServiceException(
        'FeatureUnavailableInTierException',
        'The following features need to be disabled for the LITE pricing tier configured: User Session Tracking',
      );
    }
    changeSettings(pool, { session: { TokenSession, UserSessionTracking } });
    return { TokenSession, UserPoolId: pool.userPoolId, UserSessionTracking };
  },
);
