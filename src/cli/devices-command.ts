/** `cognito-srp devices`: the devices of whoever a device file has signed in. */
import {
  type DeviceDescription,
  type DeviceStatus,
  forgetDevice,
  listDevices,
  ServiceError,
  updateDeviceStatus,
} from '../index.ts';
import { type Flags, flagLines, parseFlags, single, type Values } from './arguments.ts';
import { type DeviceFileProblem, written } from './device-file.ts';
import { UsageError, wrongUsage } from './failure.ts';
import type { Io } from './io.ts';
import { KEPT_FLAGS, type KeptSignIn, openKeptSignIn, withAccessToken } from './kept-sign-in.ts';
import { aligned, deviceLine, printable } from './output.ts';

const FLAGS = {
  ...KEPT_FLAGS,
  'device-key': { type: 'string', placeholder: 'KEY', help: 'forget, remember; default: the device in FILE' },
  status: { type: 'string', placeholder: 'S', help: 'remember: remembered (default) or not_remembered' },
} as const satisfies Flags;

const HELP = `Usage: cognito-srp devices list|forget|remember --device FILE --user-pool-id ID --client-id ID [FLAGS]

Lists the devices of the user that FILE has signed in, forgets one, or says whether one stands in for the
second factor.

${flagLines(FLAGS)}

With --json: {"devices":[{"key":…,"attributes":{…},…}]}, {"status":"forgotten","deviceKey":…} or
{"status":"remembered","deviceKey":…}. Exit codes: 0 done, 1 refused, 2 wrong usage or nobody is signed in,
3 no usable answer.
`;

interface Outcome {
  readonly json: object;
  readonly lines: readonly string[];
  /** New tokens that could not be kept. */
  readonly problem: DeviceFileProblem | undefined;
}

type Action = (kept: KeptSignIn, values: Values<keyof typeof FLAGS>) => Promise<Outcome>;

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['list', list],
  ['forget', forget],
  ['remember', remember],
]);

/** @returns the exit code */
export async function devicesCommand(args: readonly string[], io: Io): Promise<number> {
  const [name = '', ...rest] = args;
  const action = ACTIONS.get(name);
  if (!action && !/^(-h|--help)$/.test(name)) {
    throw wrongUsage(`cognito-srp devices needs what to do first: ${[...ACTIONS.keys()].join(', ')}`);
  }
  const values = parseFlags(action ? rest : args, FLAGS);
  if (!action || values.has('help')) {
    io.stdout.write(HELP);
    return 0;
  }
  statusOf(values);
  const kept = await openKeptSignIn(values, io);
  const { json, lines, problem } = await action(kept, values);
  const isJson = values.has('json');
  const text = isJson ? JSON.stringify({ ...json, deviceProblem: problem }) : lines.map(printable).join('\n');
  if (problem && !isJson) io.stderr.write(deviceLine(problem));
  io.stdout.write(`${text}\n`);
  return 0;
}

async function list(kept: KeptSignIn): Promise<Outcome> {
  const { result: devices, problem } = await withAccessToken(kept, async (accessToken) => {
    const all: DeviceDescription[] = [];
    for await (const device of listDevices(kept.pool, { accessToken }, kept.call)) all.push(device);
    return all;
  });
  const rows = devices.map(({ key, attributes, lastAuthenticatedAt }): [string, string] => {
    const parts = [
      attributes['device_name'] ?? '',
      // `device_status` is `valid` for each of them
      attributes['dev:device_remembered_status'] ?? '',
      lastAuthenticatedAt === undefined ? '' : `last ${new Date(lastAuthenticatedAt).toISOString()}`,
      key === kept.deviceKey ? 'this device' : '',
    ];
    return [key, parts.filter(Boolean).join(', ')];
  });
  return { json: { devices }, lines: rows.length > 0 ? aligned(rows) : ['No devices'], problem };
}

async function forget(kept: KeptSignIn, values: Values<'device-key'>): Promise<Outcome> {
  const deviceKey = keyOf(kept, values);
  const isOurs = deviceKey === kept.deviceKey;
  const { problem } = await withAccessToken(kept, async (accessToken) => {
    try {
      await forgetDevice(kept.pool, { accessToken, deviceKey }, kept.call);
    } catch (error) {
      const isGone = error instanceof ServiceError && error.code === 'DEVICE_NOT_FOUND';
      if (!isGone || !isOurs) throw error;
    }
  });
  if (isOurs) await written(() => kept.store.removeDevice(kept.user.username));
  return { json: { status: 'forgotten', deviceKey }, lines: [`Forgotten: ${deviceKey}`], problem };
}

async function remember(kept: KeptSignIn, values: Values<'device-key' | 'status'>): Promise<Outcome> {
  const deviceKey = keyOf(kept, values);
  const status = statusOf(values);
  const { problem } = await withAccessToken(kept, (accessToken) =>
    updateDeviceStatus(kept.pool, { accessToken, deviceKey, status }, kept.call),
  );
  const text = status === 'remembered' ? 'Remembered' : 'Not remembered';
  return { json: { status, deviceKey }, lines: [`${text}: ${deviceKey}`], problem };
}

function keyOf(kept: KeptSignIn, values: Values<'device-key'>): string {
  const key = single(values, 'device-key') ?? kept.deviceKey;
  if (key === undefined) {
    throw new UsageError('DEVICE_MISSING', 'The file holds no device of this user: give --device-key');
  }
  return key;
}

function statusOf(values: Values<'status'>): DeviceStatus {
  const status = single(values, 'status') ?? 'remembered';
  if (status !== 'remembered' && status !== 'not_remembered') {
    throw wrongUsage('--status takes remembered, not_remembered');
  }
  return status;
}
