/** ConfirmDevice, UpdateDeviceStatus, ForgetDevice, GetDevice and ListDevices. */
import { bearerOf } from '../access-tokens.ts';
import { bytesOf } from '../admission.ts';
import { changeDevice, confirmedDevice, deviceDoesNotExist } from '../devices.ts';
import { invalidParameter, ServiceException } from '../service-exception.ts';
import { readVerifier } from '../srp-host.ts';
import type { PoolState } from '../state.ts';
import type { Device, User } from '../users.ts';
import type { TokenInput } from './profile.ts';

export interface DeviceInput extends TokenInput {
  readonly DeviceKey: string;
}

export interface ConfirmDeviceInput extends DeviceInput {
  readonly DeviceName?: string;
  readonly DeviceSecretVerifierConfig?: { readonly PasswordVerifier?: string; readonly Salt?: string };
}

/** Confirms a device of the user. The access token may belong to another sign-in than the device. */
export async function confirmDevice(pool: PoolState, input: ConfirmDeviceInput): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  const device = user.devices.find(({ key }) => key === input.DeviceKey);
  if (!pool.devices || !device?.confirmable) throw invalidParameter('Invalid device key given.');
  if (device.confirmed) {
    throw new ServiceException('DeviceKeyExistsException', 'Device key already exists.');
  }
  const { PasswordVerifier, Salt } = input.DeviceSecretVerifierConfig ?? {};
  const { onlyRememberedOnUserPrompt } = pool.devices;
  const time = pool.now();
  changeDevice(user, device, {
    verifier:
      readVerifier(readBytes('Salt', Salt), readBytes('PasswordVerifier', PasswordVerifier)) ??
      refuseVerifier(),
    confirmed: true,
    remembered: !onlyRememberedOnUserPrompt,
    name: input.DeviceName,
    lastModifiedAt: time,
    lastAuthenticatedAt: time,
  });
  return { UserConfirmationNecessary: onlyRememberedOnUserPrompt };
}

function readBytes(name: string, value: string | undefined): Uint8Array {
  const found = value ? bytesOf(value) : undefined;
  if (!found) throw invalidParameter(`Invalid ${name} in DeviceSecretVerifierConfig`);
  return found;
}

function refuseVerifier(): never {
  throw invalidParameter('Invalid DeviceSecretVerifierConfig');
}

export interface UpdateDeviceStatusInput extends DeviceInput {
  readonly DeviceRememberedStatus?: 'remembered' | 'not_remembered';
}

export async function updateDeviceStatus(pool: PoolState, input: UpdateDeviceStatusInput): Promise<object> {
  const { user, device } = await deviceOf(pool, input);
  const { DeviceRememberedStatus: status } = input;
  if (status === undefined) return {};
  changeDevice(user, device, { remembered: status === 'remembered', lastModifiedAt: pool.now() });
  return {};
}

/** Forgets a device. Its refresh tokens are no longer valid. */
export async function forgetDevice(pool: PoolState, input: DeviceInput): Promise<undefined> {
  const { user, device } = await deviceOf(pool, input);
  pool.users.forgetDevice(user.username, device.key);
}

export async function getDevice(pool: PoolState, input: DeviceInput): Promise<object> {
  const { device } = await deviceOf(pool, input);
  return { Device: describeDevice(device) };
}

export interface ListDevicesInput extends TokenInput {
  readonly Limit?: number;
  readonly PaginationToken?: string;
}

const MAX_PAGE = 60;

/** Lists devices, the oldest first. The token names a place in that order, so a page stays right if a device goes. */
export async function listDevices(pool: PoolState, input: ListDevicesInput): Promise<object> {
  const { user } = await bearerOf(pool, input.AccessToken);
  const { Limit: limit = 0, PaginationToken: after = '' } = input;
  const [, time = Number.NEGATIVE_INFINITY, key = ''] = /^(\d+)\.(.+)$/.exec(after) ?? [];
  if (after !== '' && key === '') throw invalidParameter('Invalid pagination token');
  const rest = user.devices
    .filter(({ confirmed }) => confirmed)
    .sort((a, b) => a.createdAt - b.createdAt || (a.key < b.key ? -1 : 1))
    .filter((device) => device.createdAt - Number(time) > 0 || isLaterAt(device, Number(time), key));
  const page = rest.slice(0, limit || MAX_PAGE);
  const last = page.at(-1);
  return {
    Devices: page.map(describeDevice),
    ...(last && page.length < rest.length && { PaginationToken: `${last.createdAt}.${last.key}` }),
  };
}

const isLaterAt = (device: Device, time: number, key: string) =>
  device.createdAt === time && device.key > key;

async function deviceOf(
  pool: PoolState,
  input: DeviceInput,
): Promise<{ readonly user: User; readonly device: Device }> {
  const { user } = await bearerOf(pool, input.AccessToken);
  const device = confirmedDevice(user, input.DeviceKey);
  if (!device) throw deviceDoesNotExist();
  return { user, device };
}

/** Makes a DeviceType. Times are sent in seconds. */
const describeDevice = (device: Device) => ({
  DeviceKey: device.key,
  DeviceAttributes: [
    { Name: 'device_status', Value: 'valid' },
    ...(device.name === undefined ? [] : [{ Name: 'device_name', Value: device.name }]),
    { Name: 'last_ip_used', Value: '127.0.0.1' },
    {
      Name: 'dev:device_remembered_status',
      Value: device.remembered ? 'remembered' : 'not_remembered',
    },
  ],
  DeviceCreateDate: device.createdAt / 1000,
  DeviceLastModifiedDate: device.lastModifiedAt / 1000,
  DeviceLastAuthenticatedDate: device.lastAuthenticatedAt / 1000,
});
