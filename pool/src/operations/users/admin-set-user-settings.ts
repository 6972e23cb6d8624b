/** AdminSetUserSettings: turns text messages as a second factor on or off, the older way. */

import { poolOperation } from '../operation.ts';
import { findNamedUser } from './named-user.ts';
import { setSmsBySettings } from './sms-settings.ts';

export const adminSetUserSettings = poolOperation(
  'AdminSetUserSettings',
  { access: 'iam' },
  async (pool, input) => {
    setSmsBySettings(pool, findNamedUser(pool, input.Username), input.MFAOptions);
    return {};
  },
);
