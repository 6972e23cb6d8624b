/** Carries one sign-in from its first step to its outcome: answers challenges, stores the device, writes the outcome. */
import type { Step } from '../../index.ts';
import { EXIT_CODES } from '../exit-codes.ts';
import { type Remark, withDeviceProblem } from '../failures.ts';
import { askYes } from '../input/prompt.ts';
import { writeOutcome } from '../output/outcome.ts';
import { createDeviceLog, type DeviceLog } from '../stored/device-log.ts';
import { saveSignIn } from '../stored/save-sign-in.ts';
import { answerChallenge } from './answer-challenge.ts';
import type { GivenAnswers } from './given-answers.ts';
import type { SignInContext } from './sign-in-context.ts';

/**
 * Runs a sign-in as far as it can be answered, and writes its outcome.
 *
 * @param startSignIn makes the first step
 * @returns the exit code: 0 if the user is signed in, 4 if a challenge waits
 * @throws what `signIn` and `respond` throw. A device that was refused is removed from the file first.
 */
export async function runSignIn(startSignIn: () => Promise<Step>, context: SignInContext): Promise<number> {
  const deviceLog = createDeviceLog(context.deviceFile, context.alias);
  try {
    const firstStep = await startSignIn();
    await deviceLog.checkStep(firstStep);
    const lastStep = await answerChallenges(firstStep, context, deviceLog);
    const step = await storeSignIn(lastStep, context, deviceLog);
    writeOutcome(context.io, step, {
      json: context.json,
      deviceProblem: deviceLog.readProblem(),
      answerProblem: describeUnusedAnswers(context.givenAnswers, step),
      pool: context.pool,
      alias: context.alias,
    });
    return step.status === 'signed-in' ? EXIT_CODES.done : EXIT_CODES.challengeWaiting;
  } catch (error) {
    await deviceLog.checkFailure(error);
    throw withDeviceProblem(error, deviceLog.readProblem());
  }
}

/** @returns the first step that is not a challenge, or whose answer is missing */
async function answerChallenges(
  firstStep: Step,
  context: SignInContext,
  deviceLog: DeviceLog,
): Promise<Step> {
  let step = firstStep;
  while (step.status === 'challenge') {
    const next = await answerChallenge(step.challenge, context);
    if (next === undefined) return step;
    await deviceLog.checkStep(next);
    step = next;
  }
  return step;
}

/** Stores a complete sign-in in the file of --device. */
async function storeSignIn(step: Step, context: SignInContext, deviceLog: DeviceLog): Promise<Step> {
  const { deviceFile, pool, call, alias, rememberDevice } = context;
  if (step.status !== 'signed-in' || !deviceFile) return step;
  const { store } = deviceFile;
  const shouldRemember = () => decideToRemember(context);
  const saved = await saveSignIn(step, { pool, store, call, alias, shouldRemember });
  deviceLog.addProblem(saved.problem);
  const hasProblem = deviceLog.readProblem() !== undefined;
  if (rememberDevice && !hasProblem && !(await deviceLog.hasDevice(step.username))) {
    // Without this remark, --remember-device would do nothing and nobody would know.
    deviceLog.addProblem({
      code: 'NO_DEVICE',
      message: 'The service did not offer a device to remember; this pool may not track devices',
    });
  }
  return saved.step;
}

async function decideToRemember({ io, canAskPerson, rememberDevice }: SignInContext): Promise<boolean> {
  if (rememberDevice) return true;
  if (!canAskPerson) return false;
  return askYes(io.stdin, io.stderr, 'Remember this device, so that it replaces the second factor?');
}

/** Says which answers were not used. Without this remark, an answer to another challenge would be ignored silently. */
function describeUnusedAnswers(givenAnswers: GivenAnswers, step: Step): Remark | undefined {
  const waitingName = step.status === 'challenge' ? step.challenge.name : undefined;
  const keys = givenAnswers.listUnusedKeys().filter((key) => key !== waitingName);
  if (keys.length === 0) return undefined;
  const [were, them] = keys.length === 1 ? ['was', 'it'] : ['were', 'them'];
  const reason =
    waitingName === undefined ? `no challenge asked for ${them}` : `the challenge is ${waitingName}`;
  return { code: 'ANSWER_UNUSED', message: `--answer ${keys.join(', ')} ${were} not used: ${reason}` };
}
