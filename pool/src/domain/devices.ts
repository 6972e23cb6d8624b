/** The devices of users. A device is issued with the tokens, and can then be confirmed, remembered and forgotten. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Pool } from '../service/pool.ts';
import { ServiceException } from './service-exception.ts';
import type { Device, User } from './user.ts';

export const deviceDoesNotExist = (): ServiceException =>
  new ServiceException('ResourceNotFoundException', 'Device does not exist.');

/** Finds a device of the user. The service knows a device only after ConfirmDevice. */
export const confirmedDevice = (user: User, key: string | undefined): Device | undefined =>
  user.devices.find((device) => device.key === key && device.confirmed);

/** Finds the device if the pool challenges it, so that its proof replaces the second factor. */
export function challengedDevice(pool: Pool, user: User, key: string | undefined): Device | undefined {
  if (!pool.devices?.challengeRequiredOnNewDevice) return undefined;
  const device = confirmedDevice(user, key);
  return device?.remembered ? device : undefined;
}

/** The "region" of a local pool can be any name. So much of it and a UUID fit in DeviceKeyType. */
const REGION_LENGTH = 18;

/** ConfirmDevice needs an access token, and the longest is valid for a day. A device that is not confirmed by then is dropped. */
const CONFIRMATION_MS = 86_400_000;
/** How many devices may wait for ConfirmDevice, so that a program that never confirms one does not fill the user. */
const MAX_UNCONFIRMED = 10;

/**
 * Adds a new device to the user, which is not confirmed yet. ConfirmDevice does not know those any more that were dropped
 * for it. What AWS keeps of unconfirmed devices is not known.
 */
export function issueDevice(pool: Pool, user: User, confirmable: boolean): Device {
  const time = pool.now();
  const device: Device = {
    key: `${pool.region.slice(0, REGION_LENGTH)}_${pool.random.uuid()}`,
    groupKey: deriveGroupKey(pool, user),
    name: undefined,
    verifier: undefined,
    confirmable,
    confirmed: false,
    remembered: false,
    createdAt: time,
    lastModifiedAt: time,
    lastAuthenticatedAt: time,
  };
  const waiting = user.devices.filter(
    ({ confirmed, createdAt }) => !confirmed && time < createdAt + CONFIRMATION_MS,
  );
  const kept = waiting.slice(1 - MAX_UNCONFIRMED);
  const devices = user.devices.filter((each) => each.confirmed || kept.includes(each));
  pool.users.note(user, { devices: [...devices, device] });
  return device;
}

/** Changes a device. The date of the user's last change stays, because a device has its own. */
export function changeDevice(
  pool: Pick<Pool, 'users'>,
  user: User,
  { key }: Device,
  change: Partial<Device>,
): void {
  const devices = user.devices.map((device) => (device.key === key ? { ...device, ...change } : device));
  pool.users.note(user, { devices });
}

export function removeDevice(pool: Pick<Pool, 'users'>, user: User, { key }: Device): void {
  pool.users.note(user, { devices: user.devices.filter((device) => device.key !== key) });
}

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Derives the key that all devices of a user have in common. It looks like the developer guide's `-wt2ha1Zd`. */
function deriveGroupKey({ key }: Pool, { sub }: User): string {
  const digest = hmac(sha256, key, new TextEncoder().encode(`device group ${sub}`));
  return `-${Array.from(digest.subarray(0, 8), (byte) => ALPHANUMERIC[byte % ALPHANUMERIC.length]).join('')}`;
}
