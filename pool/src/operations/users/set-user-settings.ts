/** SetUserSettings: turns text messages as a second factor on or off, the older way. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { poolOperation } from '../operation.ts';
import { setSmsBySettings } from './sms-settings.ts';

export const setUserSettings = poolOperation('SetUserSettings', { access: 'token' }, async (pool, input) => {
  const { user } = await bearerOf(pool, input.AccessToken);
  setSmsBySettings(pool, user, input.MFAOptions);
  return {};
});
