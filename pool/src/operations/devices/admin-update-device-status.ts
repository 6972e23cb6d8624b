/** AdminUpdateDeviceStatus: whether a device of a user is remembered. */
import { poolOperation } from '../operation.ts';
import { findNamedUser } from '../users/named-user.ts';
import { setRememberedStatus } from './device-status.ts';
import { findKnownDevice } from './known-device.ts';

export const adminUpdateDeviceStatus = poolOperation(
  'AdminUpdateDeviceStatus',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    setRememberedStatus(pool, user, findKnownDevice(user, input.DeviceKey), input.DeviceRememberedStatus);
    return {};
  },
);
