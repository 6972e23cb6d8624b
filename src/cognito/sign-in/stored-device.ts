/** A device as it is kept between sign-ins, and what became of it where it could not be used. */
import type { DeviceCredentials } from '../../srp/verifier.ts';

/** A confirmed device, to keep. Secret: with it, and the password, nobody is asked for a second factor. */
export interface Device extends DeviceCredentials {
  /** The canonical name of the user it belongs to. */
  readonly username: string;
}

/** A device as it was kept: `Device`, or what is left of one. */
export interface StoredDevice extends Partial<DeviceCredentials> {
  /** The canonical name of its user. */
  readonly username?: string | undefined;
}

/**
 * A device, or how to find one. The function is called with the name that was typed and, where that finds
 * nothing, with the canonical name as soon as a reply tells it: so a device is found by any alias.
 */
export type DeviceSource =
  | StoredDevice
  | ((username: string) => StoredDevice | null | undefined | Promise<StoredDevice | null | undefined>);

/** What became of a device that was given, where it could not be used. */
export interface DeviceProblem {
  readonly code: DeviceProblemCode;
  readonly message: string;
}

export type DeviceProblemCode =
  /** The service does not know it any more: forget it here too. */
  | 'DEVICE_GONE'
  /** What was stored cannot be a device: forget it. */
  | 'DEVICE_DAMAGED'
  /** It belongs to another user. */
  | 'DEVICE_OF_ANOTHER_USER'
  /** The service refused its proof: what was stored is not what was confirmed. Forget it. */
  | 'DEVICE_REFUSED'
  /** ConfirmDevice failed: `confirmNewDevice` can be called again with this step. */
  | 'CONFIRMATION_FAILED';

const MESSAGES: Readonly<Record<DeviceProblemCode, string>> = {
  DEVICE_GONE: 'The service does not know the stored device any more; forget it',
  DEVICE_DAMAGED: 'The stored device is not whole, or could not be read; not used',
  DEVICE_OF_ANOTHER_USER: 'The device belongs to another user; not used',
  DEVICE_REFUSED: 'The service refused the stored device; forget it',
  CONFIRMATION_FAILED: 'The new device could not be confirmed',
};

/** @param detail what else is known */
export const deviceProblem = (code: DeviceProblemCode, detail = ''): DeviceProblem => ({
  code,
  message: MESSAGES[code] + detail,
});
