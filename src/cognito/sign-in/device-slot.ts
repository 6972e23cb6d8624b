/**
 * The device that a sign-in offers. It is looked up once for each name of the user, and checked. A device that cannot be
 * used is left out, and never keeps the user out.
 */
import type { DeviceCredentials } from '../../srp/identity.ts';
import { type CallOptions, DEFAULT_TIMEOUT_MS } from '../client/call-options.ts';
import { abortReason, withTimeout } from '../client/time-limit.ts';
import { isNonEmptyString } from '../values.ts';
import {
  type DeviceProblem,
  type DeviceProblemCode,
  type DeviceSource,
  deviceProblem,
  type StoredDevice,
} from './stored-device.ts';

/** A user as a sign-in knows them. */
export interface SignInUser {
  /** What was typed, or the canonical name. */
  readonly name: string;
  /** Whether the service has said that this is the canonical name. */
  readonly isCanonical: boolean;
}

interface LookUp {
  /** The user the device was looked up for last. */
  readonly lookedUpFor: SignInUser | undefined;
  /** The key of a device that was left out, in this call or before it. It is not offered again. */
  readonly refusedKey: string | undefined;
}

/** What is known of the device to offer. */
export type DeviceSlot =
  /** `unknown` before the first look-up, `none` after one that found no device. */
  | (LookUp & { readonly state: 'unknown' | 'none' })
  | (LookUp & {
      readonly state: 'found';
      readonly credentials: DeviceCredentials;
      /** The canonical name of its user, if it was stored with one. */
      readonly owner: string | undefined;
    })
  /** There is a device that cannot be used. */
  | (LookUp & {
      readonly state: 'left-out';
      readonly problem: DeviceProblemCode;
      readonly owner: string | undefined;
    });

/** Leaves the device out for the rest of the sign-in, also of the challenges that are answered later. */
export function leaveOutDevice(slot: DeviceSlot, problem: DeviceProblemCode): DeviceSlot {
  const { lookedUpFor } = slot;
  const refusedKey = slot.state === 'found' ? slot.credentials.key : slot.refusedKey;
  const owner = 'owner' in slot ? slot.owner : undefined;
  return { state: 'left-out', problem, owner, lookedUpFor, refusedKey };
}

/**
 * What to say at the end of a call of a device that was left out.
 *
 * @param username whom the service has named by then
 */
export function problemOfDevice(
  { problem, owner }: DeviceSlot & { readonly state: 'left-out' },
  username: string,
): DeviceProblem {
  // "Device does not exist." can mean that it is another user's, who still has it
  const isOfAnotherUser = owner !== undefined && owner !== username;
  return deviceProblem(problem === 'DEVICE_GONE' && isOfAnotherUser ? 'DEVICE_OF_ANOTHER_USER' : problem);
}

/**
 * Looks the device up for a user: once for the name that was typed, and once more for the canonical name. A device that
 * was found by an alias is its owner's, and the alias may have gone to somebody else since.
 */
export async function lookUpDevice(
  slot: DeviceSlot,
  user: SignInUser,
  source: DeviceSource,
  options: CallOptions,
): Promise<DeviceSlot> {
  const slotAfter: DeviceSlot = { ...slot, lookedUpFor: user };
  const isOfAnotherUser =
    slot.state === 'found' && user.isCanonical && slot.owner !== undefined && slot.owner !== user.name;
  if (slot.state === 'found' && !isOfAnotherUser) return slotAfter;

  const found = await findStoredDevice(source, user.name, options);
  if (found && found !== 'unreadable' && !isRefused(found, slot)) {
    return takeFoundDevice(slotAfter, found, user);
  }
  // The slot still has the device of another user, and there is no other one to take its place
  if (slot.state === 'found') return leaveOutDevice(slotAfter, 'DEVICE_OF_ANOTHER_USER');
  if (found === 'unreadable') return leaveOutStoredDevice(slotAfter, 'DEVICE_UNREADABLE');
  return slot.state === 'unknown' ? { ...slotAfter, state: 'none' } : slotAfter;
}

/** Whether the device was left out before in this sign-in. */
const isRefused = ({ key }: StoredDevice, { refusedKey }: DeviceSlot): boolean =>
  key !== undefined && key === refusedKey;

/** A storage that fails, or never answers, must not keep the user out. */
async function findStoredDevice(
  source: DeviceSource,
  username: string,
  { timeoutMs = DEFAULT_TIMEOUT_MS, signal }: CallOptions,
): Promise<StoredDevice | null | undefined | 'unreadable'> {
  if (typeof source !== 'function') return source;
  try {
    const onTimeout = () => new Error('The device store did not answer in time');
    return await withTimeout(() => source(username), { ms: timeoutMs, signal, onTimeout });
  } catch {
    if (signal?.aborted) throw abortReason(signal);
    return 'unreadable';
  }
}

/** AWS's model: DeviceKeyType, 1 to 55 characters of the form `[\w-]+_[0-9a-f-]+`. */
const DEVICE_KEY = /^(?=.{1,55}$)[\w-]+_[0-9a-f-]+$/;

/** Takes the device that was found if it is whole and the user's own, and otherwise leaves it out. */
function takeFoundDevice(
  slot: DeviceSlot,
  { key, groupKey, password, username: owner }: StoredDevice,
  user: SignInUser,
): DeviceSlot {
  if (user.isCanonical && owner !== undefined && owner !== user.name) {
    return leaveOutDevice(slot, 'DEVICE_OF_ANOTHER_USER');
  }
  const isWhole =
    isNonEmptyString(key) && DEVICE_KEY.test(key) && isNonEmptyString(groupKey) && isNonEmptyString(password);
  if (!isWhole) return leaveOutStoredDevice(slot, 'DEVICE_DAMAGED');
  const { lookedUpFor, refusedKey } = slot;
  return {
    state: 'found',
    credentials: { key, groupKey, password },
    owner,
    lookedUpFor,
    refusedKey,
  };
}

/**
 * What is stored was not offered. Its key is not remembered as refused, because the item may be mended, or the storage may answer,
 * before the next look-up.
 */
const leaveOutStoredDevice = (
  { lookedUpFor, refusedKey }: DeviceSlot,
  problem: 'DEVICE_DAMAGED' | 'DEVICE_UNREADABLE',
): DeviceSlot => ({
  state: 'left-out',
  problem,
  owner: undefined,
  lookedUpFor,
  refusedKey,
});
