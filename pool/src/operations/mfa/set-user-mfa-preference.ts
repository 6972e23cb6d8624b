/** SetUserMFAPreference: which second factors the user has turned on, and which is preferred. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { poolOperation } from '../operation.ts';
import { setMfaPreference } from './mfa-preference.ts';

export const setUserMFAPreference = poolOperation(
  'SetUserMFAPreference',
  { access: 'token' },
  async (pool, input) => {
    const { user } = await bearerOf(pool, input.AccessToken);
    setMfaPreference(pool, user, input);
    return {};
  },
);
