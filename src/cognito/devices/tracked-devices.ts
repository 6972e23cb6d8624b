/** The devices of a user, in pools that track devices: confirmed, remembered, listed and forgotten. */

import { malformed, mustBe, ProtocolError, ServiceError } from '../../errors.ts';
import { omitUndefined } from '../../omit-undefined.ts';
import { requireObject, requireText, requireTexts } from '../../required-input.ts';
import { generateDeviceVerifier, newDevicePassword } from '../../srp/device-verifier.ts';
import type { DeviceCredentials } from '../../srp/identity.ts';
import type { CallOptions } from '../client/call-options.ts';
import { connect } from '../client/connection.ts';
import { listItems } from '../client/pages.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import type { NewDevice, SignedIn } from '../sign-in/step.ts';
import { deviceProblem } from '../sign-in/stored-device.ts';
import {
  type AccessTokenInput,
  fromAttributeList,
  isNonEmptyString,
  isRecord,
  toEpochMillis,
} from '../values.ts';

/** What {@link confirmNewDevice} tells the service of the device. */
export interface ConfirmNewDeviceInput {
  /** The name that the user sees in a list of devices. */
  readonly deviceName?: string | undefined;
}

/**
 * Confirms the new device of a sign-in (AWS operation ConfirmDevice): makes a password for the device and sends the
 * verifier of that password. If a new device is not confirmed, the service refuses to refresh the tokens later.
 *
 * A failure does not undo the sign-in. The step comes back with its tokens, its `newDevice` and a `deviceProblem`,
 * and this function can be called with it again.
 *
 * @param pool the user pool and its app client
 * @param step a sign-in. If it has no `newDevice`, it comes back unchanged.
 * @param input the name of the device
 * @param options how the request is sent, and where random bytes come from
 * @returns the step with `device`, which has to be kept for the next sign-in. If `userConfirmationNecessary` is true,
 *   ask the user. The pool remembers the device only after `updateDeviceStatus` with the status `remembered`.
 * @throws ArgumentError RANDOMNESS_MISSING, RANDOMNESS_INVALID, or another code if the pool or an option cannot be
 *   right
 * @example
 * ```ts
 * import { confirmNewDevice, type SignedIn, type UserPoolClient, type UserStore } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const signedIn: SignedIn;
 * declare const store: UserStore;
 *
 * const confirmed = await confirmNewDevice(pool, signedIn, { deviceName: navigator.userAgent });
 * await store.save(confirmed);
 * ```
 */
export async function confirmNewDevice(
  pool: UserPoolClient,
  step: SignedIn,
  input: ConfirmNewDeviceInput = {},
  options: CallOptions = {},
): Promise<SignedIn> {
  const { username, tokens, newDevice } = requireObject(step, 'step');
  if (!newDevice) return step;
  requireText(step, 'username');
  // The password is made here, so that it is still known if the confirmation fails.
  const password = newDevice.password ?? newDevicePassword(options.rng);
  const confirmation = {
    deviceName: input.deviceName,
    accessToken: requireObject(tokens, 'tokens').accessToken,
    newDevice,
  };
  try {
    const { device, userConfirmationNecessary } = await sendVerifier(pool, confirmation, password, options);
    return omitUndefined({
      ...step,
      newDevice: undefined,
      deviceProblem: undefined,
      device: { ...device, username },
      userConfirmationNecessary,
    });
  } catch (error) {
    if (!(error instanceof ServiceError || error instanceof ProtocolError)) throw error;
    // The password is kept: if only the reply was lost, the service already has its verifier.
    return {
      ...step,
      newDevice: { ...newDevice, password },
      deviceProblem: deviceProblem('CONFIRMATION_FAILED', error.message),
    };
  }
}

/** The device that {@link confirmDevice} confirms. */
export interface ConfirmDeviceInput extends AccessTokenInput {
  /** `step.newDevice`. If it has the `password` of an earlier call whose reply was lost, that one is used again. */
  readonly newDevice: NewDevice;
  /** The name that the user sees in a list of devices. */
  readonly deviceName?: string | undefined;
}

/** What {@link confirmDevice} gives back. */
export interface ConfirmDeviceResult {
  /** Keep it for the next sign-in, together with the user's canonical name. Secret. */
  readonly device: DeviceCredentials;
  /** True if the pool remembers the device only after `updateDeviceStatus`. */
  readonly userConfirmationNecessary: boolean;
}

/**
 * Confirms a new device (AWS operation ConfirmDevice). Most callers want `confirmNewDevice`, which takes the sign-in
 * and does not throw if the service refuses.
 *
 * @param pool the user pool and its app client
 * @param input the access token, the new device and its name
 * @param options how the request is sent, and where random bytes come from
 * @returns the device with its password
 * @throws ServiceError ACCESS_TOKEN_REFUSED, DEVICE_NOT_FOUND, PARAMETER_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError RANDOMNESS_MISSING, RANDOMNESS_INVALID, or another code if the pool or an option cannot be
 *   right
 * @example
 * ```ts
 * import { confirmDevice, type Device, type SignedIn, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const signedIn: SignedIn;
 * declare function keep(device: Device): Promise<void>;
 *
 * const { username, tokens, newDevice } = signedIn;
 * if (newDevice) {
 *   const { device } = await confirmDevice(pool, { accessToken: tokens.accessToken, newDevice });
 *   await keep({ ...device, username });
 * }
 * ```
 */
export async function confirmDevice(
  pool: UserPoolClient,
  input: ConfirmDeviceInput,
  options: CallOptions = {},
): Promise<ConfirmDeviceResult> {
  const { password } = requireObject(requireObject(input, 'input').newDevice, 'newDevice');
  return sendVerifier(pool, input, password ?? newDevicePassword(options.rng), options);
}

async function sendVerifier(
  pool: UserPoolClient,
  input: ConfirmDeviceInput,
  password: string,
  options: CallOptions,
): Promise<ConfirmDeviceResult> {
  const { accessToken, newDevice, deviceName } = requireTexts(input, 'accessToken');
  const { key, groupKey } = newDevice;
  const device = { key, groupKey, password };
  const { call } = connect(pool, options);
  const { DeviceSecretVerifierConfig } = generateDeviceVerifier(newDevice, options.rng, password);
  try {
    const output = await call('ConfirmDevice', {
      AccessToken: accessToken,
      DeviceKey: key,
      DeviceSecretVerifierConfig,
      DeviceName: deviceName,
    });
    return { device, userConfirmationNecessary: output['UserConfirmationNecessary'] === true };
  } catch (error) {
    const isKeyConfirmed = error instanceof ServiceError && error.name === 'DeviceKeyExistsException';
    // Without a password of an earlier call, somebody else has confirmed the device with another password.
    if (!isKeyConfirmed || newDevice.password === undefined) throw error;
    // The earlier call reached the service, and only its reply was lost.
    return { device, userConfirmationNecessary: false };
  }
}

/** Whether the pool remembers a device. A remembered device can stand in for the second factor. */
export type DeviceStatus = 'remembered' | 'not_remembered';

/** The device and the status of {@link updateDeviceStatus}. */
export interface UpdateDeviceStatusInput extends AccessTokenInput {
  readonly deviceKey: string;
  readonly status: DeviceStatus;
}

/**
 * Sets whether the pool remembers a device (AWS operation UpdateDeviceStatus).
 *
 * @param pool the user pool and its app client
 * @param input the access token, the device and its new status
 * @param options how the request is sent
 * @returns nothing; the status counts from the next sign-in
 * @throws ServiceError ACCESS_TOKEN_REFUSED, DEVICE_NOT_FOUND, PARAMETER_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError OPTION_INVALID for another status, or another code if the pool or an option cannot be right
 * @example
 * ```ts
 * import { type SignedIn, updateDeviceStatus, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const confirmed: SignedIn;
 *
 * const { accessToken } = confirmed.tokens;
 * if (confirmed.device && confirmed.userConfirmationNecessary && confirm('Remember this device?')) {
 *   const deviceKey = confirmed.device.key;
 *   await updateDeviceStatus(pool, { accessToken, deviceKey, status: 'remembered' });
 * }
 * ```
 */
export async function updateDeviceStatus(
  pool: UserPoolClient,
  input: UpdateDeviceStatusInput,
  options: CallOptions = {},
): Promise<void> {
  const { accessToken, deviceKey, status } = requireTexts(input, 'accessToken', 'deviceKey');
  if (status !== 'remembered' && status !== 'not_remembered') {
    throw mustBe('OPTION_INVALID', 'status', '"remembered" or "not_remembered"');
  }
  await connect(pool, options).call(
    'UpdateDeviceStatus',
    { AccessToken: accessToken, DeviceKey: deviceKey, DeviceRememberedStatus: status },
    { retry: 'after-lost-reply' },
  );
}

/** The device that {@link forgetDevice} removes. */
export interface ForgetDeviceInput extends AccessTokenInput {
  readonly deviceKey: string;
}

/**
 * Removes a device of the user from the service (AWS operation ForgetDevice). The refresh tokens of sign-ins with
 * that device end with it. What is stored of the device has to be removed by the caller.
 *
 * @param pool the user pool and its app client
 * @param input the access token and the device
 * @param options how the request is sent
 * @returns nothing; the service does not know the device any more
 * @throws ServiceError ACCESS_TOKEN_REFUSED, DEVICE_NOT_FOUND, PARAMETER_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError if no usable reply came
 * @throws ArgumentError if the pool or an option cannot be right
 * @example
 * ```ts
 * import { forgetDevice, type UserPoolClient, type UserStore } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const store: UserStore;
 * declare const accessToken: string;
 *
 * const device = await store.device('alice');
 * if (device?.key !== undefined) {
 *   await forgetDevice(pool, { accessToken, deviceKey: device.key });
 *   await store.removeDevice('alice');
 * }
 * ```
 */
export async function forgetDevice(
  pool: UserPoolClient,
  input: ForgetDeviceInput,
  options: CallOptions = {},
): Promise<void> {
  const { accessToken, deviceKey } = requireTexts(input, 'accessToken', 'deviceKey');
  await connect(pool, options).call('ForgetDevice', { AccessToken: accessToken, DeviceKey: deviceKey });
}

/** A device as the service describes it. */
export interface DeviceDescription {
  readonly key: string;
  /** `device_name`, `device_status`, `last_ip_used`, and what else the service knows. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly createdAt?: number;
  /** Milliseconds since the epoch. */
  readonly lastModifiedAt?: number;
  /** Milliseconds since the epoch. */
  readonly lastAuthenticatedAt?: number;
}

/** The device that {@link getDevice} describes. */
export interface GetDeviceInput extends AccessTokenInput {
  readonly deviceKey: string;
}

/**
 * Describes one device of the user (AWS operation GetDevice).
 *
 * @param pool the user pool and its app client
 * @param input the access token and the device
 * @param options how the request is sent
 * @returns the device's attributes and dates
 * @throws ServiceError DEVICE_NOT_FOUND, ACCESS_TOKEN_REFUSED, PARAMETER_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError REPLY_MALFORMED, or another code if no usable reply came
 * @throws ArgumentError if the pool or an option cannot be right
 * @example
 * ```ts
 * import { getDevice, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 * declare const deviceKey: string;
 *
 * const { attributes } = await getDevice(pool, { accessToken, deviceKey });
 * console.log(attributes['device_name'], attributes['device_status']);
 * ```
 */
export async function getDevice(
  pool: UserPoolClient,
  input: GetDeviceInput,
  options: CallOptions = {},
): Promise<DeviceDescription> {
  const operation = 'GetDevice';
  const { accessToken, deviceKey } = requireTexts(input, 'accessToken', 'deviceKey');
  const { call } = connect(pool, options);
  const output = await call(
    operation,
    { AccessToken: accessToken, DeviceKey: deviceKey },
    { retry: 'after-lost-reply' },
  );
  return readDevice(operation, output['Device']);
}

/** The user of {@link listDevices}. */
export interface ListDevicesInput extends AccessTokenInput {
  /** How many devices one request asks for: 1 to 60. Default 60. */
  readonly pageSize?: number | undefined;
}

/**
 * Lists the devices of the user (AWS operation ListDevices). It asks for the next page when the loop gets there.
 *
 * @param pool the user pool and its app client
 * @param input the access token and the size of a page
 * @param options how the requests are sent
 * @returns the devices, one after the other
 * @throws ServiceError ACCESS_TOKEN_REFUSED, PARAMETER_REFUSED, or another `ServiceErrorCode`
 * @throws ProtocolError REPLY_MALFORMED, or another code if no usable reply came
 * @throws ArgumentError if the pool or an option cannot be right
 * @example
 * ```ts
 * import { listDevices, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const accessToken: string;
 *
 * for await (const { key, attributes } of listDevices(pool, { accessToken })) {
 *   console.log(key, attributes['device_name']);
 * }
 * ```
 */
export async function* listDevices(
  pool: UserPoolClient,
  input: ListDevicesInput,
  options: CallOptions = {},
): AsyncGenerator<DeviceDescription, void, undefined> {
  const operation = 'ListDevices';
  const { accessToken, pageSize = 60 } = requireTexts(input, 'accessToken');
  const { call } = connect(pool, options);
  const devices = listItems('Devices', 'PaginationToken', (PaginationToken) =>
    call(
      operation,
      { AccessToken: accessToken, Limit: pageSize, PaginationToken },
      { retry: 'after-lost-reply' },
    ),
  );
  for await (const device of devices) yield readDevice(operation, device);
}

/** Reads the wire's `DeviceType`. */
function readDevice(operation: string, value: unknown): DeviceDescription {
  const device = isRecord(value) ? value : {};
  const key = device['DeviceKey'];
  if (!isNonEmptyString(key)) throw malformed('REPLY_MALFORMED', 'DeviceKey', 'a string', { operation });
  return omitUndefined({
    key,
    attributes: fromAttributeList(device['DeviceAttributes']),
    createdAt: toEpochMillis(device['DeviceCreateDate']),
    lastModifiedAt: toEpochMillis(device['DeviceLastModifiedDate']),
    lastAuthenticatedAt: toEpochMillis(device['DeviceLastAuthenticatedDate']),
  });
}
