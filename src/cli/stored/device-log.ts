/** Follows what becomes of the stored device during one sign-in, and removes a device that is of no use any longer. */
import { isUselessDevice } from '../../cognito/sign-in/stored-device.ts';
import {
  type DeviceProblem,
  ServiceError,
  type ServiceErrorCode,
  type Step,
  type UserStore,
} from '../../index.ts';
import { readFailure } from '../failures.ts';
import { type DeviceFile, type DeviceFileProblem, tryToWrite } from './device-file.ts';

/** The one place that knows the problem to report at the end. A later problem replaces an earlier one. */
export interface DeviceLog {
  /** Notes what a step says about the device, and removes the device if the step says that it is useless. */
  readonly checkStep: (step: Step) => Promise<void>;
  /** Removes the device if its refusal was the failure. */
  readonly checkFailure: (error: unknown) => Promise<void>;
  readonly addProblem: (problem: DeviceFileProblem | undefined) => void;
  readonly readProblem: () => DeviceFileProblem | undefined;
  /** Whether the file has a device of this user. */
  readonly hasDevice: (username: string) => Promise<boolean>;
}

/** @param alias the user name as it was typed: the file finds the device by it before the service tells the canonical name */
export function createDeviceLog(file: DeviceFile | undefined, alias: string): DeviceLog {
  let deviceOwner = alias;
  let problem = file?.problem;
  const addProblem = (later: DeviceFileProblem | undefined) => {
    problem = later ?? problem;
  };
  const hasDevice = async (username: string) =>
    (await file?.store.device(username).catch(() => undefined)) !== undefined;
  return {
    hasDevice,
    addProblem,
    readProblem: () => problem,
    checkStep: async (step) => {
      const username = step.status === 'signed-in' ? step.username : step.challenge.username;
      if (await hasDevice(username)) deviceOwner = username;
      addProblem(file ? await removeUselessDevice(file.store, deviceOwner, step) : step.deviceProblem);
    },
    checkFailure: async (error) => {
      if (file) addProblem(await removeRefusedDevice(file.store, deviceOwner, error));
    },
  };
}

/**
 * Removes a device that a step calls useless.
 *
 * @param username its user, by canonical name or alias
 * @returns what the step says about the device, and that it was removed
 */
async function removeUselessDevice(
  store: UserStore,
  username: string,
  { deviceProblem }: Pick<Step, 'deviceProblem'>,
): Promise<DeviceFileProblem | undefined> {
  if (!deviceProblem || !isUselessDevice(deviceProblem.code)) return deviceProblem;
  return removeDevice(store, username, deviceProblem.code);
}

const CODE_OF_REFUSAL: ReadonlyMap<ServiceErrorCode, DeviceProblem['code']> = new Map([
  ['DEVICE_REFUSED', 'DEVICE_REFUSED'],
  ['DEVICE_NOT_FOUND', 'DEVICE_GONE'],
]);

/**
 * Removes a device whose refusal made a command fail. If it stayed, the next run would fail in the same way.
 *
 * @param username its user, by canonical name or alias
 * @returns undefined if the failure has nothing to do with the device
 */
export async function removeRefusedDevice(
  store: UserStore,
  username: string,
  error: unknown,
): Promise<DeviceFileProblem | undefined> {
  const { cause } = readFailure(error);
  const code = cause instanceof ServiceError ? CODE_OF_REFUSAL.get(cause.code) : undefined;
  return code && removeDevice(store, username, code);
}

const REMOVAL_REASONS: Readonly<Partial<Record<DeviceProblem['code'], string>>> = {
  DEVICE_GONE: 'The service does not know the stored device any longer',
  DEVICE_DAMAGED: 'The stored device is incomplete',
  DEVICE_REFUSED: 'The service refused the stored device',
};

async function removeDevice(
  store: UserStore,
  username: string,
  code: DeviceProblem['code'],
): Promise<DeviceFileProblem> {
  const writeProblem = await tryToWrite(() => store.removeDevice(username));
  return writeProblem ?? { code, message: `${REMOVAL_REASONS[code]}, so it was removed from the file` };
}
