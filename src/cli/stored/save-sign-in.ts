/** Confirms the device that came with a sign-in, and saves both in the file of `--device`. */
import { hostname } from 'node:os';
import {
  type CallOptions,
  confirmNewDevice,
  type Device,
  ProtocolError,
  ServiceError,
  type SignedIn,
  type UserPoolClient,
  type UserStore,
  updateDeviceStatus,
} from '../../index.ts';
import { type DeviceFileProblem, tryToWrite } from './device-file.ts';

interface SaveSignInInput {
  readonly pool: UserPoolClient;
  readonly store: UserStore;
  readonly call: CallOptions;
  /** The user name as it was typed, so that the device is found by it next time. */
  readonly alias: string;
  /** Decides whether the device may replace the second factor, in a pool that leaves this to the user. */
  readonly shouldRemember: (device: Device) => Promise<boolean>;
}

interface SavedSignIn {
  /** The step with its confirmed device. */
  readonly step: SignedIn;
  readonly problem: DeviceFileProblem | undefined;
}

/**
 * Confirms the new device, saves the sign-in, and marks the device as remembered if the user wants that.
 *
 * @throws Interrupted for Ctrl-C at the question; other failures are the `problem` of the result
 */
export async function saveSignIn(
  step: SignedIn,
  { pool, store, call, alias, shouldRemember }: SaveSignInInput,
): Promise<SavedSignIn> {
  const confirmed = await confirmNewDevice(pool, step, { deviceName: `cognito-srp on ${hostname()}` }, call);
  const writeProblem = await tryToWrite(() => store.save(confirmed, alias));
  // A problem that the step had before is reported already.
  const newProblem = confirmed.deviceProblem === step.deviceProblem ? undefined : confirmed.deviceProblem;
  const problem = writeProblem ?? newProblem;
  const { device } = confirmed;
  if (!device || !confirmed.userConfirmationNecessary || !(await shouldRemember(device))) {
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
