/** Remembered devices: confirm, remember, list, forget. One function per operation. */
import { ArgumentError, ProtocolError, ServiceError } from '../errors.ts';
import { generateDeviceVerifier } from '../srp/device-verifier.ts';
import type { DeviceCredentials } from '../srp/password-verifier.ts';
import { type CallOptions, connect } from './call.ts';
import type { NewDevice, SignedIn } from './step.ts';
import type { UserPoolClient } from './user-pool.ts';

/** A confirmed device, to keep. Secret: with it, and the password, nobody is asked for a second factor. */
export interface Device extends DeviceCredentials {
  /** The canonical name of the user it belongs to. */
  readonly username: string;
}

/** Whether a device stands in for the second factor. */
export type DeviceStatus = 'remembered' | 'not_remembered';

/** A device as the service lists it. */
export interface DeviceDescription {
  readonly key: string;
  /** `device_name`, `device_status`, `last_ip_used`, … */
  readonly attributes: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly createdAt?: number;
  readonly lastModifiedAt?: number;
  readonly lastAuthenticatedAt?: number;
}

interface Token {
  readonly accessToken: string;
}

/**
 * Confirms the new device of a sign-in (ConfirmDevice): makes its password and sends its verifier. A new
 * device has to be confirmed, or refreshing the tokens fails later.
 *
 * A failure does not touch the sign-in: the step comes back with its tokens, its `newDevice` and a
 * `deviceProblem`, and can be given here again.
 *
 * @param step a sign-in; without `newDevice` it comes back as it is
 * @param input.deviceName what the user will see in a list of devices
 * @returns the step with `device` to keep. Where `userConfirmationNecessary` is true the pool remembers the
 *   device only after `updateDeviceStatus(…, 'remembered')`: ask the user.
 */
export async function rememberDevice(
  pool: UserPoolClient,
  step: SignedIn,
  input: { readonly deviceName?: string } = {},
  options: CallOptions = {},
): Promise<SignedIn> {
  if (!step.newDevice) return step;
  const { newDevice, deviceProblem: _, ...rest } = step;
  try {
    const { accessToken } = step.tokens;
    const confirmed = await confirmDevice(pool, { accessToken, newDevice, ...input }, options);
    return {
      ...rest,
      device: { ...confirmed.device, username: step.username },
      userConfirmationNecessary: confirmed.userConfirmationNecessary,
    };
  } catch (error) {
    if (!(error instanceof ServiceError || error instanceof ProtocolError)) throw error;
    return {
      ...rest,
      newDevice,
      deviceProblem: { code: 'CONFIRMATION_FAILED', message: `${error.operation}: ${error.message}` },
    };
  }
}

/** ConfirmDevice, for callers who handle its failure themselves. */
export async function confirmDevice(
  pool: UserPoolClient,
  input: Token & { readonly newDevice: NewDevice; readonly deviceName?: string },
  options: CallOptions = {},
): Promise<{ readonly device: DeviceCredentials; readonly userConfirmationNecessary: boolean }> {
  const { accessToken, newDevice, deviceName } = input;
  const { call } = connect(pool, options);
  const { password, DeviceSecretVerifierConfig } = generateDeviceVerifier(newDevice, options.rng);
  const { output } = await call('ConfirmDevice', {
    AccessToken: accessToken,
    DeviceKey: newDevice.key,
    DeviceSecretVerifierConfig,
    ...(deviceName !== undefined && { DeviceName: deviceName }),
  });
  return {
    device: { key: newDevice.key, groupKey: newDevice.groupKey, password },
    userConfirmationNecessary: output['UserConfirmationNecessary'] === true,
  };
}

/** UpdateDeviceStatus. */
export async function updateDeviceStatus(
  pool: UserPoolClient,
  { accessToken, deviceKey, status }: Token & { readonly deviceKey: string; readonly status: DeviceStatus },
  options: CallOptions = {},
): Promise<void> {
  if (status !== 'remembered' && status !== 'not_remembered') {
    throw new ArgumentError('OPTION_INVALID', 'status', '"status" must be "remembered" or "not_remembered"');
  }
  await connect(pool, options).call('UpdateDeviceStatus', {
    AccessToken: accessToken,
    DeviceKey: deviceKey,
    DeviceRememberedStatus: status,
  });
}

/** ForgetDevice. Its refresh tokens end with it. */
export async function forgetDevice(
  pool: UserPoolClient,
  { accessToken, deviceKey }: Token & { readonly deviceKey: string },
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('ForgetDevice', { AccessToken: accessToken, DeviceKey: deviceKey });
}

/** GetDevice. */
export async function getDevice(
  pool: UserPoolClient,
  { accessToken, deviceKey }: Token & { readonly deviceKey: string },
  options: CallOptions = {},
): Promise<DeviceDescription> {
  const { output } = await connect(pool, options).call('GetDevice', {
    AccessToken: accessToken,
    DeviceKey: deviceKey,
  });
  return description('GetDevice', output['Device']);
}

/**
 * ListDevices, page after page.
 *
 * @param input.pageSize devices in one request, 1 to 60. Default 60.
 */
export async function* listDevices(
  pool: UserPoolClient,
  { accessToken, pageSize = 60 }: Token & { readonly pageSize?: number },
  options: CallOptions = {},
): AsyncGenerator<DeviceDescription, void, undefined> {
  const { call } = connect(pool, options);
  for (let token: unknown; ; ) {
    const { output }: { output: Readonly<Record<string, unknown>> } = await call('ListDevices', {
      AccessToken: accessToken,
      Limit: pageSize,
      ...(typeof token === 'string' && { PaginationToken: token }),
    });
    const devices = Array.isArray(output['Devices']) ? output['Devices'] : [];
    for (const device of devices) yield description('ListDevices', device);
    token = output['PaginationToken'];
    if (typeof token !== 'string' || token === '') return;
  }
}

interface WireDevice {
  readonly DeviceKey?: string;
  readonly DeviceAttributes?: readonly { readonly Name: string; readonly Value?: string }[];
  readonly DeviceCreateDate?: unknown;
  readonly DeviceLastModifiedDate?: unknown;
  readonly DeviceLastAuthenticatedDate?: unknown;
}

function description(operation: string, wire: unknown): DeviceDescription {
  const device = (wire ?? {}) as WireDevice;
  if (typeof device.DeviceKey !== 'string') {
    throw new ProtocolError('REPLY_MALFORMED', `${operation}: a device must have a "DeviceKey"`, {
      operation,
    });
  }
  const { DeviceCreateDate, DeviceLastModifiedDate, DeviceLastAuthenticatedDate } = device;
  return {
    key: device.DeviceKey,
    attributes: Object.fromEntries(
      (device.DeviceAttributes ?? []).map(({ Name, Value = '' }) => [Name, Value]),
    ),
    ...time('createdAt', DeviceCreateDate),
    ...time('lastModifiedAt', DeviceLastModifiedDate),
    ...time('lastAuthenticatedAt', DeviceLastAuthenticatedDate),
  };
}

/** AWS's JSON has seconds since the epoch; the AWS SDK has made them Dates. */
function time<Name extends string>(name: Name, value: unknown): { readonly [key in Name]?: number } {
  const ms = value instanceof Date ? value.getTime() : typeof value === 'number' ? value * 1000 : undefined;
  return (ms === undefined ? {} : { [name]: ms }) as { readonly [key in Name]?: number };
}
