/** From a first step to an outcome: challenges answered as far as they can be, the device kept, all written. */
import {
  type AnswerTo,
  ArgumentError,
  type CallOptions,
  type Challenge,
  type ChallengeCommon,
  type ChallengeName,
  type ChallengeOf,
  ProtocolError,
  respond,
  ServiceError,
  type Step,
  type UserPoolClient,
} from '../index.ts';
import { ANSWERS, type Answered, type Question, type Sources } from './answers.ts';
import { askChoice, askLine, askYes } from './ask.ts';
import {
  type DeviceFile,
  type DeviceFileProblem,
  dropRefused,
  dropUseless,
  keepSignIn,
} from './device-file.ts';
import { withChallenge, withDeviceProblem } from './failure.ts';
import type { GivenAnswers } from './given-answers.ts';
import type { Io } from './io.ts';
import { printable, type Remark, writeOutcome } from './output.ts';
import { showSecret } from './software-token-secret.ts';

/** Everything that carries one sign-in through. */
interface Conversation {
  readonly io: Io;
  readonly pool: UserPoolClient;
  readonly call: CallOptions;
  readonly answers: GivenAnswers;
  /** @returns undefined where there is none */
  readonly password: () => Promise<string | undefined>;
  /** Whether a person at the terminal is asked what is missing. */
  readonly asks: boolean;
  readonly json: boolean;
  /** As typed. */
  readonly username: string;
  /** The file of --device. */
  readonly file: DeviceFile | undefined;
  /** --remember-device. */
  readonly remembers: boolean;
  /** What `respond` was given. An MFA_SETUP with an app's code has been through --setup-software-token. */
  readonly given?: Challenge | undefined;
}

/**
 * Answers what can be answered, keeps the device and the tokens where that is wanted, writes the outcome.
 *
 * @param begin the first step
 * @returns the exit code: 0 signed in, 4 a challenge waits
 * @throws what `signIn` and `respond` throw; a device that was refused is then gone from the file
 */
export async function carryThrough(begin: () => Promise<Step>, conversation: Conversation): Promise<number> {
  const { io, pool, file, json, given, answers, username: alias } = conversation;
  const store = file?.store;
  let problem = file?.problem;
  let owner = alias;
  const noticed = async (step: Step): Promise<Step> => {
    const name = step.status === 'signed-in' ? step.username : step.challenge.username;
    // Where the service has not told the canonical name yet, the typed one finds the device
    if (await store?.device(name).catch(() => undefined)) owner = name;
    problem = (store ? await dropUseless(store, owner, step) : step.deviceProblem) ?? problem;
    return step;
  };
  try {
    let step = await noticed(await begin());
    const secrets = new Set<string | undefined>(
      given?.name === 'MFA_SETUP' && answers.has('MFA_SETUP') ? [given.session] : [],
    );
    while (step.status === 'challenge') {
      const next = await answered(step.challenge, conversation, secrets);
      if (next === undefined) break;
      step = await noticed(next);
    }
    if (step.status === 'signed-in' && store) {
      const mayRemember = () => asksToRemember(conversation);
      const kept = await keepSignIn(step, { ...conversation, store, alias, mayRemember });
      step = kept.step;
      problem = kept.problem ?? problem;
      if (conversation.remembers && !(await store.device(step.username).catch(() => undefined))) {
        problem ??= NO_DEVICE;
      }
    }
    writeOutcome(io, step, { json, problem, answerProblem: unusedAnswers(answers, step), pool, alias });
    return step.status === 'signed-in' ? 0 : 4;
  } catch (error) {
    throw withDeviceProblem(error, (store && (await dropRefused(store, owner, error))) ?? problem);
  }
}

/** Else an answer to another challenge would be ignored without a word. */
function unusedAnswers(answers: GivenAnswers, step: Step): Remark | undefined {
  const waiting = step.status === 'challenge' ? step.challenge.name : undefined;
  const keys = answers.unused().filter((key) => key !== waiting);
  if (keys.length === 0) return undefined;
  const [were, them] = keys.length === 1 ? ['was', 'it'] : ['were', 'them'];
  const reason = waiting === undefined ? `no challenge asked for ${them}` : `the challenge is ${waiting}`;
  return { code: 'ANSWER_UNUSED', message: `--answer ${keys.join(', ')} ${were} not used: ${reason}` };
}

/** Else --remember-device would do nothing without a word. */
const NO_DEVICE: DeviceFileProblem = {
  code: 'NO_DEVICE',
  message: 'The service gave none to remember: this pool may not track devices',
};

async function asksToRemember({ io, asks, remembers }: Conversation): Promise<boolean> {
  if (remembers || !asks) return remembers;
  return askYes(io.stdin, io.stderr, 'Remember this device, so that it stands in for the second factor?');
}

/** How often a person may answer anew after a wrong answer. */
const SECOND_TRIES = 3;

/**
 * Answers one challenge.
 *
 * @param secrets sessions whose MFA_SETUP has shown its secret
 * @returns undefined where the answer, or a part of it, is missing
 */
async function answered<Name extends ChallengeName>(
  first: ChallengeOf<Name>,
  conversation: Conversation,
  secrets: Set<string | undefined>,
): Promise<Step | undefined> {
  const { io, pool, call, file, asks } = conversation;
  let challenge = first;
  for (let left = SECOND_TRIES, isFirst = true; ; left--, isFirst = false) {
    const sources = sourcesOf(challenge.name, conversation, secrets, isFirst);
    const ready: Answered<Name> | undefined = await ANSWERS[challenge.name].read(challenge, sources);
    if (ready === undefined) return undefined;
    challenge = ready.challenge ?? challenge;
    try {
      const answer = ready.answer as AnswerTo<ChallengeOf<Name>>;
      return await respond(pool, challenge, answer, { ...call, device: file?.store.device });
    } catch (error) {
      if (!isWrongAnswer(error) || !asks || left === 0) throw unanswered(error, challenge, conversation);
      io.stderr.write(`${printable(error.message)}\n`);
    }
  }
}

/** Whether the challenge is still there for another answer. */
function isWrongAnswer(error: unknown): error is Error {
  if (error instanceof ArgumentError) return error.code === 'ANSWER_INVALID';
  return isRefusal(error) && error.recovery === 'answer-again';
}

const isRefusal = (error: unknown): error is ServiceError | ProtocolError =>
  error instanceof ServiceError || error instanceof ProtocolError;

/** The failure that ends the command, with what it leaves of the challenge. */
function unanswered(
  error: unknown,
  challenge: ChallengeCommon,
  { json, given, username }: Pick<Conversation, 'json' | 'given' | 'username'>,
): unknown {
  const isGood = isWrongAnswer(error) || (isRefusal(error) && error.recovery === 'try-later');
  if (!isGood) return error;
  if (json) {
    return withChallenge(error, { challenge, alias: username === challenge.username ? undefined : username });
  }
  // Its session ends with this process, unless it came from a file
  const isLost = isRefusal(error) && error.recovery === 'answer-again' && challenge !== given;
  return isLost ? Object.assign(error, { recovery: 'start-again' }) : error;
}

/** @param isFirst false after a wrong answer: what was given with the command answers the next challenge */
function sourcesOf(
  name: ChallengeName,
  { io, pool, call, answers, password, asks }: Conversation,
  secrets: Set<string | undefined>,
  isFirst: boolean,
): Sources {
  const ask = async (question: Question): Promise<string | undefined> => {
    if (!asks) return undefined;
    for (const line of isFirst ? (question.tell ?? []) : []) io.stderr.write(`${printable(line)}\n`);
    return (await askFor(io, question)) || undefined;
  };
  return {
    given: () => (isFirst ? answers.next(name) : undefined),
    ask,
    password,
    attributes: answers.attributes,
    hasSecret: ({ session }) => secrets.has(session),
    showSecret: async (challenge) => {
      const withSecret = await showSecret(pool, challenge, io, call);
      secrets.add(withSecret.session);
      return withSecret;
    },
  };
}

async function askFor({ stdin, stderr }: Io, question: Question): Promise<string | undefined> {
  const { ask, options, secret = true, twice = false } = question;
  if (options) return askChoice(stdin, stderr, ask, options);
  for (;;) {
    const text = await askLine(stdin, stderr, `${printable(ask)}: `, { secret });
    if (!text || !twice) return text;
    if ((await askLine(stdin, stderr, `${printable(ask)}, once more: `, { secret })) === text) return text;
    stderr.write('The two are not the same\n');
  }
}
