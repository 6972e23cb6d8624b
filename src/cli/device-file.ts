/** The file of `--device`: a device and the tokens of whoever signed in with it. Secret; 0600. */
import { access, constants, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import type { CallOptions } from '../index.ts';
import {
  createUserStore,
  type Device,
  type DeviceProblem,
  ProtocolError,
  rememberDevice,
  ServiceError,
  type SignedIn,
  type Step,
  type UserPoolClient,
  type UserStore,
  updateDeviceStatus,
} from '../index.ts';
import { fileStorage } from '../storage/index.ts';
import { type Flag, single, type Values } from './arguments.ts';
import { UsageError } from './failure.ts';

export const DEVICE_FLAG = {
  type: 'string',
  placeholder: 'FILE',
  help: 'keeps a device and the tokens, and uses them; made where there is none, 0600',
} as const satisfies Flag;

/** @throws UsageError DEVICE_FILE_UNUSABLE, as `openDeviceFile` */
export async function deviceFileOf(
  values: Values<'device'>,
  client: Pick<UserPoolClient, 'clientId'>,
): Promise<UserStore | undefined> {
  const path = single(values, 'device');
  return path === undefined ? undefined : openDeviceFile(path, client);
}

/**
 * @throws UsageError DEVICE_FILE_UNUSABLE where the file cannot be kept, or holds something else: it would be
 *   overwritten
 */
export async function openDeviceFile(
  path: string,
  client: Pick<UserPoolClient, 'clientId'>,
): Promise<UserStore> {
  const unusable = (reason: string) => new UsageError('DEVICE_FILE_UNUSABLE', `The file ${path} ${reason}`);
  const reasonOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'unknown reason';
  // It is replaced whole, so the folder is what has to be writable
  await access(dirname(path), constants.W_OK).catch((error: unknown) => {
    throw unusable(`cannot be kept in its folder: ${reasonOf(error)}`);
  });
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (reasonOf(error) === 'ENOENT') return '';
    throw unusable(`cannot be read: ${reasonOf(error)}`);
  });
  if (!isOurs(text)) throw unusable('holds something else; it is left as it is');
  return createUserStore(fileStorage(path), client);
}

function isOurs(text: string): boolean {
  if (text.trim() === '') return true;
  try {
    const value: unknown = JSON.parse(text);
    return (
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value) &&
      Object.entries(value).every(([key, item]) => /Cognito/.test(key) && typeof item === 'string')
    );
  } catch {
    return false;
  }
}

/** What went wrong with the device or its file; never a reason to fail a sign-in. */
export interface DeviceFileProblem {
  readonly code: DeviceProblem['code'] | 'REMEMBERING_FAILED' | 'NOT_KEPT';
  readonly message: string;
}

/**
 * Removes a device that the service has no use for.
 *
 * @param name its user, by any name
 * @returns what the step says of it, in words that fit the removal
 */
export async function dropUseless(
  store: UserStore,
  name: string,
  { deviceProblem }: Pick<Step, 'deviceProblem'>,
): Promise<DeviceFileProblem | undefined> {
  if (!deviceProblem || !USELESS.includes(deviceProblem.code)) return deviceProblem;
  return (await attempt(() => removeDevice(store, name))) ?? deviceProblem;
}

const USELESS: readonly DeviceProblem['code'][] = ['DEVICE_GONE', 'DEVICE_DAMAGED', 'DEVICE_REFUSED'];

/** @param name canonical or alias */
export async function removeDevice(store: UserStore, name: string): Promise<void> {
  const stored = await store.device(name);
  await store.removeDevice(stored?.username ?? name);
}

export interface KeepInput {
  readonly pool: UserPoolClient;
  readonly store: UserStore;
  readonly call: CallOptions;
  /** As typed, to find the device by. */
  readonly alias: string;
  /** Whether the device may stand in for the second factor, where the pool leaves that to the user. */
  readonly mayRemember: (device: Device) => Promise<boolean>;
}

/**
 * Confirms the device that came with a sign-in, and keeps the sign-in with it.
 *
 * @returns the step as it is then, and what went wrong; it rejects only when a person interrupts
 */
export async function keepSignIn(
  step: SignedIn,
  { pool, store, call, alias, mayRemember }: KeepInput,
): Promise<{ readonly step: SignedIn; readonly problem: DeviceFileProblem | undefined }> {
  const confirmed = await rememberDevice(pool, step, { deviceName: `cognito-srp on ${hostname()}` }, call);
  const notKept = await attempt(() => store.save(confirmed, alias));
  const problem =
    notKept ?? (confirmed.deviceProblem === step.deviceProblem ? undefined : confirmed.deviceProblem);
  const { device } = confirmed;
  if (!device || !confirmed.userConfirmationNecessary || !(await mayRemember(device))) {
    return { step: confirmed, problem };
  }
  try {
    const { accessToken } = step.tokens;
    await updateDeviceStatus(pool, { accessToken, deviceKey: device.key, status: 'remembered' }, call);
    return { step: { ...confirmed, userConfirmationNecessary: false }, problem };
  } catch (error) {
    if (!(error instanceof ServiceError || error instanceof ProtocolError)) throw error;
    return { step: confirmed, problem: problem ?? { code: 'REMEMBERING_FAILED', message: error.message } };
  }
}

/** A file that cannot be written must not cost anybody a sign-in. */
export async function attempt(work: () => Promise<void>): Promise<DeviceFileProblem | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? (error instanceof Error ? error.message : '');
    return { code: 'NOT_KEPT', message: `The device file could not be written: ${reason}` };
  }
}

/** @throws UsageError DEVICE_FILE_UNUSABLE where writing is what the command was for */
export async function written(work: () => Promise<void>): Promise<void> {
  const problem = await attempt(work);
  if (problem) throw new UsageError('DEVICE_FILE_UNUSABLE', problem.message);
}
