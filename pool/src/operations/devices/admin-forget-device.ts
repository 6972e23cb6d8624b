/** AdminForgetDevice: forgets a device of a user. */
import { removeDevice } from '../../domain/devices.ts';
import { poolOperation } from '../operation.ts';
import { findNamedUser } from '../users/named-user.ts';
import { findKnownDevice } from './known-device.ts';

/** Its refresh tokens are no longer valid. */
export const adminForgetDevice = poolOperation(
  'AdminForgetDevice',
  { access: 'iam' },
  async (pool, input) => {
    const user = findNamedUser(pool, input.Username);
    removeDevice(pool, user, findKnownDevice(user, input.DeviceKey));
    return undefined;
  },
);
