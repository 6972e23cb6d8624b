/** The target `challenges`: kept challenges that are given to `respond` and to `parseChallenge`, and their answers. */
import fc, { type Arbitrary } from 'fast-check';
import {
  type AnswerTo,
  ArgumentError,
  type Challenge,
  parseChallenge,
  passkeyRequest,
  respond,
} from '../../src/index.ts';
import { checkNamedError, checkShowsNone } from './case-checks.ts';
import { changes, textChanges, withChanges, withTextChanges } from './json-changes.ts';
import { expand, type Json, oddValue, toText, toValue } from './odd-values.ts';
import {
  CLIENT,
  type RecordedChallenge,
  type Recording,
  recordCalls,
  steadyOptions,
} from './recorded-calls.ts';
import { toRunnable } from './run-cases.ts';
import { PASSWORD } from './steady-world.ts';
import { Fault, type RunnableTarget } from './target.ts';

export interface ChallengeCase {
  readonly challenge: Json;
  readonly answer: Json;
  /** Text that is given to `parseChallenge`. */
  readonly kept: string;
  /** What the service replies to every request. */
  readonly reply: string;
}

const asJson = (value: object): Json => JSON.parse(JSON.stringify(value)) as Json;

function caseOf(asked: RecordedChallenge, recording: Recording): Arbitrary<ChallengeCase> {
  const challenge = asJson(asked.challenge);
  const replies = recording.calls
    .filter(({ name }) => name.startsWith('respond'))
    .flatMap((call) => call.replies);
  return fc.record({
    challenge: fc.oneof(
      { arbitrary: fc.constant(challenge), weight: 2 },
      { arbitrary: changes.map((list) => withChanges(challenge, list)), weight: 5 },
      { arbitrary: oddValue, weight: 1 },
    ),
    answer: fc.oneof(
      { arbitrary: fc.constant(asJson(asked.answer)), weight: 2 },
      { arbitrary: changes.map((list) => withChanges(asJson(asked.answer), list)), weight: 4 },
      { arbitrary: oddValue, weight: 1 },
    ),
    kept: fc
      .tuple(changes, textChanges)
      .map(([list, edits]) => withTextChanges(JSON.stringify(withChanges(challenge, list)), edits)),
    reply: fc.oneof(fc.constantFrom(...replies.map(({ body }) => body)), fc.constant('{}')),
  });
}

/** Challenges that are answered with powers are slower, so they have a smaller share. */
const weightOf = ({ answer }: RecordedChallenge): number => ('password' in answer ? 1 : 5);

export async function challengesTarget(): Promise<RunnableTarget> {
  const recording = await recordCalls();
  const arbitrary = fc.oneof(
    ...recording.challenges.map((asked) => ({
      arbitrary: caseOf(asked, recording),
      weight: weightOf(asked),
    })),
  );
  return toRunnable<ChallengeCase>({
    name: 'challenges',
    inputs: 'kept challenges of every kind and their answers, changed, damaged and foreign',
    arbitrary,
    start: async () => ({ run: runCase, stop: async () => {} }),
    casesOfAWorld: 20_000,
  });
}

async function runCase(input: ChallengeCase): Promise<void> {
  checkKept(expand(input.kept));
  checkKept(toText(input.challenge));
  const challenge = toValue(input.challenge) as Challenge;
  const answer = toValue(input.answer) as AnswerTo<Challenge>;
  let sent = 0;
  const fetch = async () => {
    sent += 1;
    if (sent > 60) throw new Fault(`Answering has sent ${sent} requests`);
    return new Response(input.reply, { headers: { 'content-type': 'application/x-amz-json-1.1' } });
  };
  try {
    const step = await respond(CLIENT, challenge, answer, { ...steadyOptions(), fetch, maxAttempts: 1 });
    if (step.status !== 'challenge' && step.status !== 'signed-in')
      throw new Fault('What came back is not a step');
  } catch (error) {
    if (error instanceof Fault) throw error;
    checkNamedError(error);
    checkShowsNone(error, [PASSWORD, ...sessionsOf(input.challenge)]);
    if (error instanceof ArgumentError && sent > 0)
      throw new Fault(`An ArgumentError after ${sent} requests: ${error.message}`);
  }
  if (sent > 60) throw new Fault(`Answering has sent ${sent} requests`);
}

/** What `parseChallenge` gives is read the same way again, and its options fit the browser's interface or are refused. */
function checkKept(text: string): void {
  try {
    const challenge = parseChallenge(text);
    checkRoundTrip(challenge);
    if (challenge.name === 'WEB_AUTHN') passkeyRequest(challenge.requestOptions);
  } catch (error) {
    if (error instanceof Fault) throw error;
    checkNamedError(error);
    checkShowsNone(error, [PASSWORD]);
  }
}

/** What was parsed is a challenge again when it is kept once more, unless JSON cannot have its foreign members. */
function checkRoundTrip(challenge: Challenge): void {
  let text: string;
  try {
    text = JSON.stringify(challenge);
  } catch {
    return;
  }
  if (parseChallenge(text).name !== challenge.name)
    throw new Fault('A challenge changes when it is kept again');
}

/** The session of a challenge, if it is still one that the pool gave, and not another text of the challenge. */
function sessionsOf(challenge: Json): readonly string[] {
  const { session }: { readonly session?: unknown } = Object(challenge);
  return typeof session === 'string' && session.length > 500 ? [session] : [];
}
