/** AdminListDevices: describes the devices of a user, page by page. */
import { poolOperation } from '../operation.ts';
import { findNamedUser } from '../users/named-user.ts';
import { listDevicePage } from './device-pages.ts';

export const adminListDevices = poolOperation('AdminListDevices', { access: 'iam' }, async (pool, input) => {
  return listDevicePage(findNamedUser(pool, input.Username), input);
});
