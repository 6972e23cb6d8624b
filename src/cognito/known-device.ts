/** The device a sign-in is given: found by the user's canonical name, checked, never in the way. */
import type { ServiceError, ServiceErrorCode } from '../errors.ts';
import type { DeviceCredentials } from '../srp/password-verifier.ts';

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
  | ((username: string) => StoredDevice | undefined | Promise<StoredDevice | undefined>);

/** What is known of the device during one call. */
export interface DeviceState {
  readonly source: DeviceSource | undefined;
  device?: DeviceCredentials;
  /** Whose the device is, as far as it says. */
  owner?: string | undefined;
  problem?: DeviceProblem;
  /** The key of the device that was refused in this attempt. */
  refused?: string;
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

const problem = (code: DeviceProblemCode): DeviceProblem => ({ code, message: MESSAGES[code] });

/** @param refused the key of a device that was left out of this attempt before */
export const newDeviceState = (source: DeviceSource | undefined, refused?: string): DeviceState => ({
  source,
  asked: new Set(),
  ...(refused !== undefined && { refused }),
});

/** Leaves the device out for the rest of the attempt, also of the challenges that are answered later. */
export function leaveOut(state: DeviceState, why: DeviceProblem): void {
  state.refused = state.device?.key ?? state.refused ?? '';
  delete state.device;
  state.problem = why;
}

/**
 * Finds the device of a user, where it is not found yet.
 *
 * @param canonical whether `username` is what the service calls the user
 */
export async function findDevice(state: DeviceState, username: string, canonical: boolean): Promise<void> {
  const { source, asked } = state;
  if (source === undefined || asked.has(`${canonical}:${username}`)) return;
  asked.add(`${canonical}:${username}`);
  if (typeof source !== 'function') return take(state, source, username, canonical);
  // Found by an alias, a device is its owner's: the alias may have gone to somebody else since
  const moved = canonical && state.owner !== undefined && state.owner !== username;
  if (state.device && !moved) return;
  const stored = await lookUp(state, source, username);
  if (stored) take(state, stored, username, canonical);
  else if (state.device) leaveOut(state, problem('DEVICE_OF_ANOTHER_USER'));
}

function take(state: DeviceState, stored: StoredDevice, username: string, canonical: boolean): void {
  if (stored.key !== undefined && stored.key === state.refused) return;
  if (canonical && stored.username !== undefined && stored.username !== username) {
    leaveOut(state, problem('DEVICE_OF_ANOTHER_USER'));
  } else if (isWhole(stored)) {
    state.device = { key: stored.key, groupKey: stored.groupKey, password: stored.password };
    state.owner = stored.username;
  } else {
    delete state.device;
    state.problem = problem('DEVICE_DAMAGED');
  }
}

/** A storage that fails must not keep the user out. */
async function lookUp(
  state: DeviceState,
  source: Extract<DeviceSource, (name: string) => unknown>,
  name: string,
) {
  try {
    return await source(name);
  } catch {
    state.problem = problem('DEVICE_DAMAGED');
    return undefined;
  }
}

/** AWS's model: DeviceKeyType, 1..55 of [\w-]+_[0-9a-f-]+ */
function isWhole(stored: StoredDevice): stored is StoredDevice & DeviceCredentials {
  const { key, groupKey, password } = stored;
  return (
    typeof key === 'string' &&
    key.length <= 55 &&
    /^[\w-]+_[0-9a-f-]+$/.test(key) &&
    typeof groupKey === 'string' &&
    groupKey !== '' &&
    typeof password === 'string' &&
    password !== ''
  );
}

/** Refusals that say nothing about the device. */
const NOT_THE_DEVICE: readonly ServiceErrorCode[] = [
  'THROTTLED',
  'INTERNAL_ERROR',
  'USER_DISABLED',
  'FIREWALL_REFUSED',
];

/**
 * Whether the service refused because of the device, and what to say then.
 *
 * @param answering the challenge that was being answered; '' for InitiateAuth
 */
export function deviceRefusal(error: ServiceError, answering: string): DeviceProblem | undefined {
  if (error.code === 'DEVICE_NOT_FOUND') return problem('DEVICE_GONE');
  if (!isDeviceChallenge(answering) || NOT_THE_DEVICE.includes(error.code)) return undefined;
  return problem('DEVICE_REFUSED');
}

export const isDeviceChallenge = (name: string): boolean => name.startsWith('DEVICE_');
