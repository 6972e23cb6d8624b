/** AdminGetDevice: describes a device of a user. */
import { poolOperation } from '../operation.ts';
import { findNamedUser } from '../users/named-user.ts';
import { describeDevice } from './device-description.ts';
import { findKnownDevice } from './known-device.ts';

export const adminGetDevice = poolOperation('AdminGetDevice', { access: 'iam' }, async (pool, input) => {
  const user = findNamedUser(pool, input.Username);
  return { Device: describeDevice(findKnownDevice(user, input.DeviceKey)) };
});
