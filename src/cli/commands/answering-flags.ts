/** The flags and help texts that `sign-in` and `respond` have in common. */
import type { UserPoolClient } from '../../index.ts';
import { EXIT_CODE_HELP } from '../exit-codes.ts';
import { toUsageError } from '../failures.ts';
import type { Flags, FlagTable } from '../input/flags.ts';
import { ANSWER_FLAG, formatAnswerHelp } from '../sign-in/given-answers.ts';
import { DEVICE_FLAG, type DeviceFile, openDeviceFile } from '../stored/device-file.ts';

export const ANSWERING_FLAGS = {
  'password-stdin': {
    type: 'boolean',
    help: 'read the password from standard input; a final newline is dropped',
  },
  answer: ANSWER_FLAG,
  device: DEVICE_FLAG,
  'remember-device': {
    type: 'boolean',
    help: 'with --device: let a new device replace the second factor',
  },
} as const satisfies FlagTable;

export const ANSWERING_HELP = `Challenges are answered with --answer KEY=VALUE, or with COGNITO_ANSWER_KEY in the environment. Use the
environment for secrets, because other processes can read arguments. At a terminal, and without --json, the
command asks for what is missing. These are the keys:

${formatAnswerHelp()}`;

export const OUTCOME_HELP = `With --json, stdout holds one object: {"status":"signed-in","username":…,"tokens":{…}} or
{"status":"challenge","challenge":{…}}. A failure is one object on stderr: {"code":…,"name":…,"message":…}.
After a wrong answer, the failure also has the "challenge", and respond --challenge accepts it.

${EXIT_CODE_HELP}`;

/** @throws UsageError USAGE_INVALID if --remember-device was given without --device */
export function checkDeviceFlags(flags: Flags<'device' | 'remember-device'>): void {
  if (flags.has('remember-device') && !flags.has('device')) {
    throw toUsageError('--remember-device needs --device FILE');
  }
}

/**
 * Opens the file of --device.
 *
 * @returns undefined if the flag was not given
 * @throws UsageError DEVICE_FILE_UNUSABLE, as `openDeviceFile` does
 */
export async function openFlaggedDeviceFile(
  flags: Flags<'device'>,
  pool: UserPoolClient,
): Promise<DeviceFile | undefined> {
  const path = flags.get('device');
  return path === undefined ? undefined : openDeviceFile(path, pool);
}
