/** Whether a device is remembered. */
import { changeDevice } from '../../domain/devices.ts';
import type { Device, User } from '../../domain/user.ts';
import type { DeviceRememberedStatusType } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';

/** Changes nothing if there is no status. */
export function setRememberedStatus(
  pool: Pool,
  user: User,
  device: Device,
  status: DeviceRememberedStatusType | undefined,
): void {
  if (status === undefined) return;
  changeDevice(pool, user, device, { remembered: status === 'remembered', lastModifiedAt: pool.now() });
}
