/** GetDevice: describes a device of the user. */
import { poolOperation } from '../operation.ts';
import { describeDevice } from './device-description.ts';
import { findOwnDevice } from './known-device.ts';

export const getDevice = poolOperation('GetDevice', { access: 'token' }, async (pool, input) => {
  const { device } = await findOwnDevice(pool, input);
  return { Device: describeDevice(device) };
});
