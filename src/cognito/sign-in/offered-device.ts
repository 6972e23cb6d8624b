/** The device a sign-in is given: found by the user's canonical name, checked, never in the way. */

import { DEFAULT_TIMEOUT_MS, race } from '../client/connection.ts';
import { isNonEmptyString } from '../values.ts';
import type { Attempt } from './sign-in-attempt.ts';
import { type DeviceProblemCode, deviceProblem, type StoredDevice } from './stored-device.ts';

/** Leaves the device out for the rest of the attempt, also of the challenges that are answered later. */
export function leaveOut(attempt: Attempt, why: DeviceProblemCode): void {
  attempt.refusedDevice = attempt.device?.key ?? attempt.refusedDevice;
  delete attempt.device;
  attempt.deviceProblem = deviceProblem(why);
}

/** What to say of the device at the end of a call, to the user whom the service has named by then. */
export const problemOf = ({ username, deviceOwner, deviceProblem: problem }: Attempt) =>
  // "Device does not exist." can mean that it is another user's, who still has it
  problem?.code === 'DEVICE_GONE' && deviceOwner !== undefined && deviceOwner !== username
    ? deviceProblem('DEVICE_OF_ANOTHER_USER')
    : problem;

/** Finds the device of a user, where it is not found yet. */
export async function findDevice(attempt: Attempt): Promise<void> {
  const { username, canonical, device, deviceOwner, deviceAskedBy, options } = attempt;
  const { device: source, timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options;
  const question = `${canonical}:${username}`;
  if (!source || question === deviceAskedBy) return;
  attempt.deviceAskedBy = question;
  // Found by an alias, a device is its owner's: the alias may have gone to somebody else since
  const moved = canonical && deviceOwner !== undefined && deviceOwner !== username;
  if (device && !moved) return;
  let stored: StoredDevice | null | undefined;
  try {
    const find = typeof source === 'function' ? source : () => source;
    stored = await race(
      timeoutMs,
      signal,
      () => Promise.reject(),
      async () => find(username),
    );
  } catch (error) {
    if (signal?.aborted) throw error;
    // A storage that fails, or never answers, must not keep the user out
    attempt.deviceProblem = deviceProblem('DEVICE_DAMAGED');
  }
  if (stored) take(attempt, stored);
  else if (device) leaveOut(attempt, 'DEVICE_OF_ANOTHER_USER');
}

function take(attempt: Attempt, { key, groupKey, password, username: owner }: StoredDevice): void {
  if (key !== undefined && key === attempt.refusedDevice) return;
  if (attempt.canonical && owner !== undefined && owner !== attempt.username) {
    leaveOut(attempt, 'DEVICE_OF_ANOTHER_USER');
  } else if (
    isNonEmptyString(key) &&
    /^(?=.{1,55}$)[\w-]+_[0-9a-f-]+$/.test(key) &&
    isNonEmptyString(groupKey) &&
    isNonEmptyString(password)
  ) {
    // AWS's model: DeviceKeyType, 1..55 of [\w-]+_[0-9a-f-]+
    attempt.device = { key, groupKey, password };
    attempt.deviceOwner = owner;
    // Of an earlier look-up by another name
    delete attempt.deviceProblem;
  } else {
    delete attempt.device;
    attempt.deviceProblem = deviceProblem('DEVICE_DAMAGED');
  }
}
