/** The file of `--device`: a device and the tokens of whoever signed in with it. Secret; 0600. */
import { access, constants } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import type { CallOptions } from '../index.ts';
import {
  confirmNewDevice,
  createUserStore,
  type Device,
  type DeviceProblem,
  ProtocolError,
  ServiceError,
  type ServiceErrorCode,
  type SignedIn,
  type Step,
  type UserPoolClient,
  type UserStore,
  updateDeviceStatus,
} from '../index.ts';
import { fileStorage } from '../storage/index.ts';
import { type Flag, single, type Values } from './arguments.ts';
import { readFileUpTo } from './bounded-read.ts';
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
): Promise<DeviceFile | undefined> {
  const path = single(values, 'device');
  return path === undefined ? undefined : openDeviceFile(path, client);
}

/** A file that is open, and what was wrong with it. */
export interface DeviceFile {
  readonly store: UserStore;
  readonly problem: DeviceFileProblem | undefined;
}

/** Dozens of users; more than this is another file. */
const MAX_BYTES = 1024 * 1024;

/**
 * Opens the file, also where it is not there yet. One that was cut off counts as empty; the first write puts it aside.
 *
 * @throws UsageError DEVICE_FILE_UNUSABLE where the file cannot be kept, or holds something else
 */
export async function openDeviceFile(
  path: string,
  client: Pick<UserPoolClient, 'clientId'>,
): Promise<DeviceFile> {
  const unusable = (reason: string) => new UsageError('DEVICE_FILE_UNUSABLE', `The file ${path} ${reason}`);
  const reasonOf = (error: unknown) => (error as NodeJS.ErrnoException).code ?? 'unknown reason';
  // It is replaced whole, so the folder is what has to be writable
  await access(dirname(path), constants.W_OK).catch((error: unknown) => {
    throw unusable(`cannot be kept in its folder: ${reasonOf(error)}`);
  });
  const bytes = await readFileUpTo(path, MAX_BYTES).catch((error: unknown) => {
    if (reasonOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw unusable(`cannot be read: ${reasonOf(error)}`);
  });
  const content = bytes ? contentOf(new TextDecoder().decode(bytes)) : 'foreign';
  if (content === 'foreign')
    throw unusable('holds something else; it is left as it is: name another one, or move it away');
  return {
    store: createUserStore(fileStorage(path), client),
    problem:
      content === 'damaged'
        ? {
            code: 'FILE_DAMAGED',
            message: `The file ${path} was cut off and is not used; the next write puts it aside as ${path}.damaged`,
          }
        : undefined,
  };
}

function contentOf(text: string): 'ours' | 'damaged' | 'foreign' {
  if (text.trim() === '') return 'ours';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return BEGIN.test(text) ? 'damaged' : 'foreign';
  }
  return typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.entries(value).every(([key, item]) => /Cognito/.test(key) && typeof item === 'string')
    ? 'ours'
    : 'foreign';
}

/** What a file of ours begins with, or as much of it as there is; NULs are what a power cut can leave. */
const BEGIN = /^(\0+|\{\s*(".{0,20}|"[^"]*Cognito.*)?)$/s;

/** What went wrong with the device or its file; never a reason to fail a sign-in. */
export interface DeviceFileProblem {
  readonly code: DeviceProblem['code'] | 'NO_DEVICE' | 'REMEMBERING_FAILED' | 'NOT_KEPT' | 'FILE_DAMAGED';
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
  return drop(store, name, deviceProblem.code);
}

const USELESS: readonly DeviceProblem['code'][] = ['DEVICE_GONE', 'DEVICE_DAMAGED', 'DEVICE_REFUSED'];

/**
 * Removes a device whose refusal has ended a command: with it, the next run would end in the same way.
 *
 * @param name its user, by any name
 * @returns what to tell; undefined for failures that do not condemn the device
 */
export async function dropRefused(
  store: UserStore,
  name: string,
  error: unknown,
): Promise<DeviceFileProblem | undefined> {
  const refusal = error instanceof ServiceError ? REFUSALS.get(error.code) : undefined;
  return refusal && drop(store, name, refusal);
}

const REFUSALS: ReadonlyMap<ServiceErrorCode, DeviceProblem['code']> = new Map([
  ['DEVICE_REFUSED', 'DEVICE_REFUSED'],
  ['DEVICE_NOT_FOUND', 'DEVICE_GONE'],
]);

const WHY_DROPPED: Readonly<Partial<Record<DeviceProblem['code'], string>>> = {
  DEVICE_GONE: 'The service does not know the stored device any more',
  DEVICE_DAMAGED: 'The stored device was not whole',
  DEVICE_REFUSED: 'The service refused the stored device',
};

async function drop(
  store: UserStore,
  name: string,
  code: DeviceProblem['code'],
): Promise<DeviceFileProblem | undefined> {
  return attempt(async () => {
    const stored = await store.device(name);
    await store.removeDevice(stored?.username ?? name);
  }).then((notKept) => notKept ?? { code, message: `${WHY_DROPPED[code]}; it is removed from the file` });
}

interface KeepInput {
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
  const confirmed = await confirmNewDevice(pool, step, { deviceName: `cognito-srp on ${hostname()}` }, call);
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
