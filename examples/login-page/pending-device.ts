/** A new device and its user. Until the device is confirmed, the tokens cannot be refreshed. */
import type { NewDevice } from 'cognito-srp-engine';
import type { Kept } from '../../login-page/kept.ts';

export interface PendingDevice {
  readonly username: string;
  readonly newDevice: NewDevice;
}

interface WithPendingDevice {
  readonly pendingDevice: Kept;
}

/** @returns undefined where no device is pending, or only another user's */
export function pendingDeviceOf(
  { pendingDevice }: WithPendingDevice,
  username: string,
): NewDevice | undefined {
  try {
    const pending = JSON.parse(pendingDevice.get() ?? 'null') as PendingDevice | null;
    return pending?.username === username ? pending.newDevice : undefined;
  } catch {
    return undefined;
  }
}

export const keepPendingDevice = ({ pendingDevice }: WithPendingDevice, pending: PendingDevice): void =>
  pendingDevice.set(JSON.stringify(pending));
