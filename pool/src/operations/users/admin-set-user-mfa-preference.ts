/** AdminSetUserMFAPreference: which second factors a user has turned on, and which is preferred. */
import { setMfaPreference } from '../mfa/mfa-preference.ts';
import { poolOperation } from '../operation.ts';
import { findNamedUser } from './named-user.ts';

export const adminSetUserMFAPreference = poolOperation(
  'AdminSetUserMFAPreference',
  { access: 'iam' },
  async (pool, input) => {
    setMfaPreference(pool, findNamedUser(pool, input.Username), input);
    return {};
  },
);
