/** UpdateDeviceStatus: whether a device of the user is remembered. */
import { poolOperation } from '../operation.ts';
import { setRememberedStatus } from './device-status.ts';
import { findOwnDevice } from './known-device.ts';

export const updateDeviceStatus = poolOperation(
  'UpdateDeviceStatus',
  { access: 'token' },
  async (pool, input) => {
    const { user, device } = await findOwnDevice(pool, input);
    setRememberedStatus(pool, user, device, input.DeviceRememberedStatus);
    return {};
  },
);
