/** Remembered devices: confirm, remember, list, forget. One function per operation. */

import { malformed, mustBe, ProtocolError, ServiceError } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { generateDeviceVerifier, newDevicePassword } from '../../srp/device-verifier.ts';
import type { DeviceCredentials } from '../../srp/verifier.ts';
import type { CallOptions } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import type { NewDevice, SignedIn } from '../sign-in/step.ts';
import { deviceProblem } from '../sign-in/stored-device.ts';
import { fromAttributeList, isNonEmptyString } from '../values.ts';

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
export async function confirmNewDevice(
  pool: UserPoolClient,
  step: SignedIn,
  input: { readonly deviceName?: string } = {},
  options: CallOptions = {},
): Promise<SignedIn> {
  const { newDevice, deviceProblem: _, ...rest } = step;
  if (!newDevice) return step;
  const { username, tokens } = step;
  const password = newDevice.password ?? newDevicePassword(options.rng);
  try {
    const confirmation = { ...input, accessToken: tokens.accessToken, newDevice };
    const { device, userConfirmationNecessary } = await confirm(pool, confirmation, password, options);
    return { ...rest, device: { ...device, username }, userConfirmationNecessary };
  } catch (error) {
    if (!(error instanceof ServiceError || error instanceof ProtocolError)) throw error;
    // The password is kept: where only the reply was lost, the service has its verifier
    return {
      ...rest,
      newDevice: { ...newDevice, password },
      deviceProblem: deviceProblem('CONFIRMATION_FAILED', `: ${error.message}`),
    };
  }
}

interface Confirmation extends Token {
  readonly newDevice: NewDevice;
  readonly deviceName?: string | undefined;
}

interface ConfirmedDevice {
  readonly device: DeviceCredentials;
  readonly userConfirmationNecessary: boolean;
}

/**
 * ConfirmDevice, for callers who handle its failure themselves.
 *
 * @param input.newDevice with the `password` of an earlier try whose reply was lost, if there was one
 * @throws ServiceError, ProtocolError as `signIn`
 */
export async function confirmDevice(
  pool: UserPoolClient,
  input: Confirmation,
  options: CallOptions = {},
): Promise<ConfirmedDevice> {
  return confirm(pool, input, input.newDevice.password ?? newDevicePassword(options.rng), options);
}

async function confirm(
  pool: UserPoolClient,
  { accessToken, newDevice, deviceName }: Confirmation,
  password: string,
  options: CallOptions,
): Promise<ConfirmedDevice> {
  const { key, groupKey } = newDevice;
  const { call } = connect(pool, options);
  const { DeviceSecretVerifierConfig } = generateDeviceVerifier(newDevice, options.rng, password);
  const output = await call('ConfirmDevice', {
    AccessToken: accessToken,
    DeviceKey: key,
    DeviceSecretVerifierConfig,
    DeviceName: deviceName,
  }).catch((error: Error) => {
    // The earlier try, of which only the reply was lost
    if (newDevice.password && error.name === 'DeviceKeyExistsException') return {};
    throw error;
  });
  const { UserConfirmationNecessary }: Readonly<Record<string, unknown>> = output;
  return {
    device: { key, groupKey, password },
    userConfirmationNecessary: UserConfirmationNecessary === true,
  };
}

/** UpdateDeviceStatus: whether the device stands in for the second factor from now on. */
export async function updateDeviceStatus(
  pool: UserPoolClient,
  { accessToken, deviceKey, status }: Token & { readonly deviceKey: string; readonly status: DeviceStatus },
  options: CallOptions = {},
): Promise<void> {
  if (status !== 'remembered' && status !== 'not_remembered') {
    throw mustBe('OPTION_INVALID', 'status', '"remembered" or "not_remembered"');
  }
  await connect(pool, options).call(
    'UpdateDeviceStatus',
    {
      AccessToken: accessToken,
      DeviceKey: deviceKey,
      DeviceRememberedStatus: status,
    },
    { retry: 'after-lost-reply' },
  );
}

/** ForgetDevice. Its refresh tokens end with it. */
export async function forgetDevice(
  pool: UserPoolClient,
  { accessToken, deviceKey }: Token & { readonly deviceKey: string },
  options: CallOptions = {},
): Promise<void> {
  await connect(pool, options).call('ForgetDevice', { AccessToken: accessToken, DeviceKey: deviceKey });
}

/**
 * GetDevice.
 *
 * @throws ServiceError DEVICE_NOT_FOUND
 */
export async function getDevice(
  pool: UserPoolClient,
  { accessToken, deviceKey }: Token & { readonly deviceKey: string },
  options: CallOptions = {},
): Promise<DeviceDescription> {
  const { call } = connect(pool, options);
  const output = await call(
    'GetDevice',
    { AccessToken: accessToken, DeviceKey: deviceKey },
    { retry: 'after-lost-reply' },
  );
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
  for (let token: string | undefined, next: unknown; ; token = next) {
    const page = { AccessToken: accessToken, Limit: pageSize, PaginationToken: token };
    const output: Readonly<Record<string, unknown>> = await call('ListDevices', page, {
      retry: 'after-lost-reply',
    });
    const devices = Array.isArray(output['Devices']) ? output['Devices'] : [];
    for (const device of devices) yield description('ListDevices', device);
    next = output['PaginationToken'];
    // A token that comes again would go on for ever
    if (!isNonEmptyString(next) || next === token) return;
  }
}

interface WireDevice {
  readonly DeviceKey?: string;
  readonly DeviceAttributes?: unknown;
  readonly DeviceCreateDate?: unknown;
  readonly DeviceLastModifiedDate?: unknown;
  readonly DeviceLastAuthenticatedDate?: unknown;
}

function description(operation: string, wire: unknown): DeviceDescription {
  const device = (wire ?? {}) as WireDevice;
  if (!isNonEmptyString(device.DeviceKey))
    throw malformed('REPLY_MALFORMED', 'DeviceKey', 'a string', { operation });
  return omitUndefined({
    key: device.DeviceKey,
    attributes: fromAttributeList(device.DeviceAttributes),
    createdAt: time(device.DeviceCreateDate),
    lastModifiedAt: time(device.DeviceLastModifiedDate),
    lastAuthenticatedAt: time(device.DeviceLastAuthenticatedDate),
  });
}

/** AWS's JSON has seconds since the epoch; the AWS SDK has made them Dates. */
const time = (value: unknown): number | undefined =>
  value instanceof Date ? value.getTime() : typeof value === 'number' ? value * 1000 : undefined;
