/** `cognito-srp devices`: lists, forgets or remembers the devices of the user whose sign-in a device file stores. */
import {
  type DeviceDescription,
  type DeviceStatus,
  forgetDevice,
  listDevices,
  ServiceError,
  updateDeviceStatus,
} from '../../index.ts';
import { toUsageError, UsageError } from '../failures.ts';
import { type Flags, formatFlagHelp } from '../input/flags.ts';
import type { Io } from '../io.ts';
import { formatColumns, formatTime } from '../output/printable-text.ts';
import { writeOrFail } from '../stored/device-file.ts';
import { callWithAccessToken, type StoredSignIn } from '../stored/stored-sign-in.ts';
import {
  type ActionCommand,
  type ActionOutcome,
  runActionCommand,
  STORED_EXIT_CODES,
  withStoredFlags,
} from './stored-actions.ts';

const FLAGS = withStoredFlags({
  'device-key': {
    type: 'string',
    placeholder: 'KEY',
    help: 'which device to forget or remember; default: the one in FILE',
  },
  status: {
    type: 'string',
    placeholder: 'STATUS',
    help: 'with remember: remembered (default) or not_remembered',
  },
});

const HELP = `Usage: cognito-srp devices list --device FILE --user-pool-id ID --client-id ID [FLAGS]
       cognito-srp devices forget --device FILE --user-pool-id ID --client-id ID [FLAGS]
       cognito-srp devices remember --device FILE --user-pool-id ID --client-id ID [FLAGS]

Lists the devices of the user who signed in with FILE, forgets one of them, or sets whether one of them
replaces the second factor.

${formatFlagHelp(FLAGS)}

With --json, stdout holds {"devices":[{"key":…,"attributes":{…},…}]}, {"status":"forgotten","deviceKey":…} or
{"status":"remembered","deviceKey":…}.

${STORED_EXIT_CODES}`;

type DeviceFlags = Flags<keyof typeof FLAGS>;

const COMMAND: ActionCommand<keyof typeof FLAGS> = {
  name: 'devices',
  help: HELP,
  flags: FLAGS,
  actions: new Map([
    ['list', runList],
    ['forget', runForget],
    ['remember', runRemember],
  ]),
  checkFlags: readDeviceStatus,
};

/** @returns the exit code */
export const devicesCommand = (args: readonly string[], io: Io): Promise<number> =>
  runActionCommand(COMMAND, args, io);

async function runList(stored: StoredSignIn): Promise<ActionOutcome> {
  const { result: devices, problem } = await callWithAccessToken(stored, async (accessToken) => {
    const found: DeviceDescription[] = [];
    for await (const device of listDevices(stored.pool, { accessToken }, stored.call)) found.push(device);
    return found;
  });
  const rows = devices.map((device): [string, string] => [
    device.key,
    describeDevice(device, device.key === stored.deviceKey),
  ]);
  return { json: { devices }, lines: rows.length > 0 ? formatColumns(rows) : ['No devices'], problem };
}

function describeDevice({ attributes, lastAuthenticatedAt }: DeviceDescription, isInFile: boolean): string {
  const parts = [
    attributes['device_name'],
    // `device_status` is left out: it is `valid` for every device.
    attributes['dev:device_remembered_status'],
    lastAuthenticatedAt === undefined ? '' : `last used ${formatTime(lastAuthenticatedAt)}`,
    isInFile ? 'this device' : '',
  ];
  return parts.filter(Boolean).join(', ');
}

async function runForget(stored: StoredSignIn, flags: DeviceFlags): Promise<ActionOutcome> {
  const deviceKey = readDeviceKey(stored, flags);
  const isInFile = deviceKey === stored.deviceKey;
  const { problem } = await callWithAccessToken(stored, async (accessToken) => {
    try {
      await forgetDevice(stored.pool, { accessToken, deviceKey }, stored.call);
    } catch (error) {
      // A device that the service has forgotten already still has to leave the file.
      const isForgotten = error instanceof ServiceError && error.code === 'DEVICE_NOT_FOUND';
      if (!isForgotten || !isInFile) throw error;
    }
  });
  if (isInFile) await writeOrFail(() => stored.store.removeDevice(stored.user.username));
  return { json: { status: 'forgotten', deviceKey }, lines: [`Forgotten: ${deviceKey}`], problem };
}

async function runRemember(stored: StoredSignIn, flags: DeviceFlags): Promise<ActionOutcome> {
  const deviceKey = readDeviceKey(stored, flags);
  const status = readDeviceStatus(flags);
  const { problem } = await callWithAccessToken(stored, (accessToken) =>
    updateDeviceStatus(stored.pool, { accessToken, deviceKey, status }, stored.call),
  );
  const label = status === 'remembered' ? 'Remembered' : 'Not remembered';
  return { json: { status, deviceKey }, lines: [`${label}: ${deviceKey}`], problem };
}

/** @throws UsageError DEVICE_MISSING */
function readDeviceKey(stored: StoredSignIn, flags: DeviceFlags): string {
  const deviceKey = flags.get('device-key') ?? stored.deviceKey;
  if (deviceKey === undefined) {
    throw new UsageError('DEVICE_MISSING', 'The file has no device of this user. Name one with --device-key');
  }
  return deviceKey;
}

/** @throws UsageError USAGE_INVALID */
function readDeviceStatus(flags: DeviceFlags): DeviceStatus {
  const status = flags.get('status') ?? 'remembered';
  if (status !== 'remembered' && status !== 'not_remembered') {
    throw toUsageError('--status must be remembered or not_remembered');
  }
  return status;
}
