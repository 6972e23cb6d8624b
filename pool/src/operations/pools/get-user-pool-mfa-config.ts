/** GetUserPoolMfaConfig: which second factors and passkeys the pool has. */
import { poolOperation } from '../operation.ts';

export const getUserPoolMfaConfig = poolOperation(
  'GetUserPoolMfaConfig',
  { access: 'iam' },
  async (pool) => ({
    ...pool.settings.mfa,
    MfaConfiguration: pool.settings.userPool.MfaConfiguration ?? 'OFF',
  }),
);
