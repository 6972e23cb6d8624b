/** Answers one challenge, with what came with the command and with what a person types. */
import {
  type AnswerTo,
  ArgumentError,
  type ChallengeName,
  type ChallengeOf,
  ProtocolError,
  respond,
  ServiceError,
  type Step,
} from '../../index.ts';
import { CommandFailure } from '../failures.ts';
import { askChoice, askLine } from '../input/prompt.ts';
import type { Io } from '../io.ts';
import { toPrintable } from '../output/printable-text.ts';
import { stylesFor } from '../output/terminal-style.ts';
import { describeWrongAnswer } from '../output/terminal-texts.ts';
import { ANSWER_TABLE, type AnswerSources, type Question } from './answer-table.ts';
import type { SignInContext } from './sign-in-context.ts';
import { showSoftwareTokenSecret } from './software-token-secret.ts';

/** How often a person may answer again after a wrong answer. */
const MAX_RETRIES = 3;

/**
 * Answers a challenge. A person at the terminal may answer again after a wrong answer.
 *
 * @returns the next step, or undefined if the answer or a part of it is missing
 * @throws CommandFailure if the challenge can still be answered after the failure
 */
export async function answerChallenge<Name extends ChallengeName>(
  challenge: ChallengeOf<Name>,
  context: SignInContext,
): Promise<Step | undefined> {
  const { io, canAskPerson } = context;
  const maxRetries = canAskPerson ? MAX_RETRIES : 0;
  let trial = await tryAnswer(challenge, createFirstSources(challenge, context), context);
  for (let retries = 0; retries < maxRetries && trial.outcome === 'wrong'; retries++) {
    const { failure } = stylesFor(io.stderr, io.env);
    io.stderr.write(`${failure(toPrintable(describeWrongAnswer(trial.error)))}\n`);
    trial = await tryAnswer(trial.challenge, createRetrySources(trial.appHasSecret, context), context);
  }
  if (trial.outcome === 'wrong') throw toWrongAnswerFailure(trial.error, trial.challenge, context);
  return trial.outcome === 'accepted' ? trial.step : undefined;
}

/** What became of one answer. */
type Trial<Name extends ChallengeName> =
  | { readonly outcome: 'accepted'; readonly step: Step }
  /** The answer or a part of it is missing, so nothing was sent. */
  | { readonly outcome: 'missing' }
  | {
      readonly outcome: 'wrong';
      readonly error: Error;
      /** The challenge that can be answered again. */
      readonly challenge: ChallengeOf<Name>;
      readonly appHasSecret: boolean;
    };

async function tryAnswer<Name extends ChallengeName>(
  challenge: ChallengeOf<Name>,
  sources: AnswerSources,
  context: SignInContext,
): Promise<Trial<Name>> {
  const ready = await ANSWER_TABLE[challenge.name].readAnswer(challenge, sources);
  if (ready === undefined) return { outcome: 'missing' };
  const answered: ChallengeOf<Name> = ready.challengeWithSecret ?? challenge;
  // TypeScript does not see that the row of a name has the answer of that name.
  const answer = ready.answer as AnswerTo<ChallengeOf<Name>>;
  const { pool, call, deviceFile } = context;
  try {
    const step = await respond(pool, answered, answer, { ...call, device: deviceFile?.store.device });
    return { outcome: 'accepted', step };
  } catch (error) {
    if (isWrongAnswer(error)) {
      const appHasSecret = sources.appHasSecret || ready.challengeWithSecret !== undefined;
      return { outcome: 'wrong', error, challenge: answered, appHasSecret };
    }
    throw canAnswerLater(error) ? withOpenChallenge(error, answered, context) : error;
  }
}

/** The challenge can be answered at once, with another answer. */
function isWrongAnswer(error: unknown): error is Error {
  if (error instanceof ArgumentError) return error.code === 'ANSWER_INVALID';
  return isEngineFailure(error) && error.recovery === 'answer-again';
}

/** The challenge can be answered after a pause, with the same answer. */
const canAnswerLater = (error: unknown): boolean => isEngineFailure(error) && error.recovery === 'try-later';

const isEngineFailure = (error: unknown): error is ServiceError | ProtocolError =>
  error instanceof ServiceError || error instanceof ProtocolError;

/** Makes the failure that ends the command after a wrong answer. */
function toWrongAnswerFailure<Name extends ChallengeName>(
  error: Error,
  challenge: ChallengeOf<Name>,
  context: SignInContext,
): unknown {
  if (context.json) return withOpenChallenge(error, challenge, context);
  // Only a challenge in a file outlives this process. The session of any other one is lost with it.
  const isInFile = challenge === context.challengeFromFile;
  const isSessionLost = isEngineFailure(error) && !isInFile;
  return isSessionLost ? new CommandFailure(error, { recovery: 'start-again' }) : error;
}

/** Adds the challenge to the failure, so that `respond` can go on with it. It is written in JSON only. */
function withOpenChallenge<Name extends ChallengeName>(
  error: unknown,
  challenge: ChallengeOf<Name>,
  { json, alias }: SignInContext,
): unknown {
  if (!json) return error;
  const otherName = alias === challenge.username ? undefined : alias;
  return new CommandFailure(error, { openChallenge: { challenge, alias: otherName } });
}

/** The sources of the first answer: what came with the command, then a person. */
function createFirstSources<Name extends ChallengeName>(
  challenge: ChallengeOf<Name>,
  context: SignInContext,
): AnswerSources {
  const { givenAnswers, challengeFromFile } = context;
  return {
    ...createPersonSources(context),
    takeGivenAnswer: () => givenAnswers.takeAnswer(challenge.name),
    askPerson: (question) => askIfPossible(question, context),
    // Whoever answers an MFA_SETUP from a file with a code got its secret with --setup-software-token.
    appHasSecret: challenge === challengeFromFile && givenAnswers.hasAnswer('MFA_SETUP'),
  };
}

/** The sources of a retry: a person alone. What came with the command is kept for the next challenge. */
function createRetrySources(appHasSecret: boolean, context: SignInContext): AnswerSources {
  return {
    ...createPersonSources(context),
    takeGivenAnswer: () => undefined,
    // The introduction was shown before the first answer.
    askPerson: ({ introduction: _, ...question }) => askIfPossible(question, context),
    appHasSecret,
  };
}

function createPersonSources({
  io,
  pool,
  call,
  givenAnswers,
  readPassword,
}: SignInContext): Pick<AnswerSources, 'readPassword' | 'givenAttributes' | 'showSecret'> {
  return {
    readPassword,
    givenAttributes: givenAnswers.attributes,
    showSecret: (challenge) => showSoftwareTokenSecret(pool, challenge, io, call),
  };
}

async function askIfPossible(
  question: Question,
  { io, canAskPerson }: SignInContext,
): Promise<string | undefined> {
  if (!canAskPerson) return undefined;
  for (const line of question.introduction ?? []) io.stderr.write(`${toPrintable(line)}\n`);
  // An empty line is not an answer.
  return (await askQuestion(io, question)) || undefined;
}

async function askQuestion({ stdin, stderr, env }: Io, question: Question): Promise<string | undefined> {
  const { text, options, isSecret = true, mustRepeat = false } = question;
  const styles = stylesFor(stderr, env);
  if (options) return askChoice(stdin, stderr, styles.question(text), options);
  const ask = (suffix: string) =>
    askLine(stdin, stderr, styles.question(`${toPrintable(text)}${suffix}: `), { secret: isSecret });
  let answer = await ask('');
  while (answer && mustRepeat && (await ask(' again')) !== answer) {
    stderr.write(`${styles.failure('The two entries are not the same.')}\n`);
    answer = await ask('');
  }
  return answer;
}
