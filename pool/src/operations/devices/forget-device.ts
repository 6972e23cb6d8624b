/** ForgetDevice: forgets a device of the user. */
import { removeDevice } from '../../domain/devices.ts';
import { poolOperation } from '../operation.ts';
import { findOwnDevice } from './known-device.ts';

/** Its refresh tokens are no longer valid. */
export const forgetDevice = poolOperation('ForgetDevice', { access: 'token' }, async (pool, input) => {
  const { user, device } = await findOwnDevice(pool, input);
  removeDevice(pool, user, device);
  return undefined;
});
