/** A device as it is kept between sign-ins, and why a device could not be used. */
import type { DeviceCredentials } from '../../srp/identity.ts';

/** A confirmed device, to keep. Secret: together with the user's password it passes for the second factor. */
export interface Device extends DeviceCredentials {
  /** The canonical name of the user it belongs to. */
  readonly username: string;
}

/** A device as it was found in a storage: a `Device`, or what is left of one. */
export interface StoredDevice extends Partial<DeviceCredentials> {
  /** The canonical name of the user it belongs to, if it is known. */
  readonly username?: string | undefined;
}

/**
 * A device, or a function that finds one. The function is called with the name that the user typed. If that finds
 * nothing, it is called again with the canonical name as soon as a reply tells it, so a device is found by any alias.
 */
export type DeviceSource =
  | StoredDevice
  | ((username: string) => StoredDevice | null | undefined | Promise<StoredDevice | null | undefined>);

/** Why a device could not be used, or could not be confirmed. */
export interface DeviceProblem {
  readonly code: DeviceProblemCode;
  /** A sentence for people. It may change. */
  readonly message: string;
}

/** The kinds of {@link DeviceProblem}. */
export type DeviceProblemCode =
  /** The service does not know the device any more. Remove it from the storage. */
  | 'DEVICE_GONE'
  /** What is stored is not a whole device. Remove it from the storage. */
  | 'DEVICE_DAMAGED'
  /**
   * The storage failed or did not answer in time, so the device was left out of this sign-in. Keep it: it may be a good one. If the
   * sign-in brings a new device, that one takes its place, because the tokens are bound to it.
   */
  | 'DEVICE_UNREADABLE'
  /** The device belongs to another user, so it was not used. */
  | 'DEVICE_OF_ANOTHER_USER'
  /** The service refused the device's proof: its stored password is wrong. Remove it from the storage. */
  | 'DEVICE_REFUSED'
  /** ConfirmDevice failed. Call `confirmNewDevice` with this step again. */
  | 'CONFIRMATION_FAILED';

const USELESS: readonly DeviceProblemCode[] = ['DEVICE_GONE', 'DEVICE_DAMAGED', 'DEVICE_REFUSED'];

/** Whether no later sign-in could use the device, so that it is to be removed from the storage. */
export const isUselessDevice = (code: DeviceProblemCode): boolean => USELESS.includes(code);

const MESSAGES: Readonly<Record<DeviceProblemCode, string>> = {
  DEVICE_GONE: 'The service does not know the stored device any more: remove it from the storage',
  DEVICE_DAMAGED: 'The stored device is not complete, so it was not used',
  DEVICE_UNREADABLE:
    'The stored device could not be read, so it was left out of this sign-in. A new device may take its place',
  DEVICE_OF_ANOTHER_USER: 'The stored device belongs to another user, so it was not used',
  DEVICE_REFUSED: 'The service refused the proof of the stored device: remove it from the storage',
  CONFIRMATION_FAILED: 'The new device could not be confirmed',
};

/** @param detail what else is known, as the end of the message */
export function deviceProblem(code: DeviceProblemCode, detail?: string): DeviceProblem {
  const message = MESSAGES[code];
  return { code, message: detail === undefined ? message : `${message}: ${detail}` };
}
