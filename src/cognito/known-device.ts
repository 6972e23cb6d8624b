/** The device a sign-in is given: found by the user's canonical name, checked, never in the way. */
import type { DeviceCredentials } from '../srp/password-verifier.ts';
import type { Attempt } from './attempt.ts';
import { DEFAULT_TIMEOUT_MS, race } from './call.ts';
import { isText } from './json.ts';

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
  /** ConfirmDevice failed: `rememberDevice` can be called again with this step. */
  | 'CONFIRMATION_FAILED';

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

/** What is known of the device during one call. */
export interface DeviceState {
  readonly source: DeviceSource | null | undefined;
  device?: DeviceCredentials;
  /** Whose the device is, as far as it says. */
  owner?: string | undefined;
  problem?: DeviceProblem;
  /** The key of the device that was refused in this attempt. */
  refused?: string | undefined;
  /** Names that were looked for. */
  readonly asked: Set<string>;
}

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

/** Leaves the device out for the rest of the attempt, also of the challenges that are answered later. */
export function leaveOut(state: DeviceState, why: DeviceProblemCode): void {
  state.refused = state.device?.key ?? state.refused ?? '';
  delete state.device;
  state.problem = deviceProblem(why);
}

/** What to say of the device at the end of a call, to the user whom the service has named by then. */
export const problemOf = ({ owner, problem }: DeviceState, username: string): DeviceProblem | undefined =>
  // "Device does not exist." can mean that it is another user's, who still has it
  problem?.code === 'DEVICE_GONE' && owner !== undefined && owner !== username
    ? deviceProblem('DEVICE_OF_ANOTHER_USER')
    : problem;

/**
 * Finds the device of a user, where it is not found yet.
 *
 * @param canonical whether `username` is what the service calls the user
 */
export async function findDevice({
  deviceState: state,
  username,
  canonical,
  options,
}: Attempt): Promise<void> {
  const { source, asked } = state;
  const question = `${canonical}:${username}`;
  if (!source || asked.has(question)) return;
  asked.add(question);
  if (typeof source !== 'function') return take(state, source, username, canonical);
  // Found by an alias, a device is its owner's: the alias may have gone to somebody else since
  const moved = canonical && state.owner !== undefined && state.owner !== username;
  if (state.device && !moved) return;
  let stored: StoredDevice | null | undefined;
  try {
    const { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options;
    stored = await race(timeoutMs, signal, tooLate, async () => source(username));
  } catch (error) {
    if (options.signal?.aborted) throw error;
    // A storage that fails, or never answers, must not keep the user out
    state.problem = deviceProblem('DEVICE_DAMAGED');
  }
  if (stored) take(state, stored, username, canonical);
  else if (state.device) leaveOut(state, 'DEVICE_OF_ANOTHER_USER');
}

const tooLate = () => {
  throw new Error('The storage gave no answer');
};

function take(state: DeviceState, stored: StoredDevice, username: string, canonical: boolean): void {
  const { key, groupKey, password, username: owner } = stored;
  if (key !== undefined && key === state.refused) return;
  if (canonical && owner !== undefined && owner !== username) {
    leaveOut(state, 'DEVICE_OF_ANOTHER_USER');
  } else if (
    isText(key) &&
    /^(?=.{1,55}$)[\w-]+_[0-9a-f-]+$/.test(key) &&
    isText(groupKey) &&
    isText(password)
  ) {
    // AWS's model: DeviceKeyType, 1..55 of [\w-]+_[0-9a-f-]+
    state.device = { key, groupKey, password };
    state.owner = owner;
    // Of an earlier look-up by another name
    delete state.problem;
  } else {
    delete state.device;
    state.problem = deviceProblem('DEVICE_DAMAGED');
  }
}

export const isDeviceChallenge = (name: string): boolean => name.startsWith('DEVICE_');
