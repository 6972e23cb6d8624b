/** The devices of users: issued with the tokens, then confirmed, remembered, forgotten. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { ServiceException } from './service-exception.ts';
import type { PoolState } from './state.ts';
import type { Device, User } from './users.ts';

export const deviceDoesNotExist = (): ServiceException =>
  new ServiceException('ResourceNotFoundException', 'Device does not exist.');

/** ConfirmDevice begins the tracking of a device: before it, there is none. */
export const confirmedDevice = (user: User, key: string | undefined): Device | undefined =>
  user.devices.find((device) => device.key === key && device.confirmed);

/** The device, if it has to prove itself and then stands in for a second factor. */
export function challengedDevice(pool: PoolState, user: User, key: string | undefined): Device | undefined {
  if (!pool.devices?.challengeRequiredOnNewDevice) return undefined;
  const device = confirmedDevice(user, key);
  return device?.remembered ? device : undefined;
}

/** With a UUID behind it, no longer than DeviceKeyType allows: a local pool's "region" may be any name. */
const REGION_LENGTH = 18;

/** A new device of the user, not confirmed. */
export function issueDevice(pool: PoolState, user: User, confirmable: boolean): Device {
  const time = pool.now();
  const device: Device = {
    key: `${pool.region.slice(0, REGION_LENGTH)}_${pool.random.uuid()}`,
    groupKey: groupKeyOf(pool, user),
    name: undefined,
    verifier: undefined,
    confirmable,
    confirmed: false,
    remembered: false,
    createdAt: time,
    lastModifiedAt: time,
    lastAuthenticatedAt: time,
  };
  user.devices = [...user.devices, device];
  return device;
}

export function changeDevice(user: User, { key }: Device, change: Partial<Device>): void {
  user.devices = user.devices.map((device) => (device.key === key ? { ...device, ...change } : device));
}

const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The same for all devices of a user, like the developer guide's `-wt2ha1Zd`. */
function groupKeyOf({ key }: PoolState, { sub }: User): string {
  const digest = hmac(sha256, key, new TextEncoder().encode(`device group ${sub}`));
  return `-${Array.from(digest.subarray(0, 8), (byte) => ALPHANUMERIC[byte % ALPHANUMERIC.length]).join('')}`;
}
