/** ListDevices: describes the devices of the user, page by page. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { poolOperation } from '../operation.ts';
import { listDevicePage } from './device-pages.ts';

export const listDevices = poolOperation('ListDevices', { access: 'token' }, async (pool, input) => {
  const { user } = await bearerOf(pool, input.AccessToken);
  return listDevicePage(user, input);
});
