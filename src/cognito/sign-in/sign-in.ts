/** The only state machine: one request after the other until there are tokens or a question for the user. */
import { type ErrorCode, mustBe, ProtocolError, ServiceError } from '../../errors.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import type { AuthReply } from '../client/wire-types.ts';
import { isRecord } from '../values.ts';
import { connectAuth, send } from './auth-requests.ts';
import { type CallerRow, CHALLENGES, challengeName } from './challenge-table.ts';
import type {
  AnswerTo,
  Challenge,
  ChallengeCommon,
  ChallengeName,
  ChallengeOf,
  ChallengeShapes,
} from './challenge-types.ts';
import { beginFlow, type ChoiceCredentials, type Credentials } from './flows.ts';
import { checkedChallenge } from './kept-challenge.ts';
import { findDevice } from './offered-device.ts';
import type { Attempt, SignInOptions } from './sign-in-attempt.ts';
import { challengeStep, type Step, signedIn } from './step.ts';

/**
 * Signs a user in: with a password over SRP unless `credentials.flow` names another flow.
 *
 * @returns tokens, or a challenge that the user has to answer
 * @throws ArgumentError before anything is sent, for what the caller got wrong
 * @throws ServiceError where the service says no: `code` says why, `recovery` what can be done
 * @throws ProtocolError where there is no usable answer
 * @throws the reason of `options.signal`, once that is aborted
 */
export async function signIn(
  pool: UserPoolClient,
  credentials: Credentials,
  options: SignInOptions = {},
): Promise<Step> {
  if (!isRecord(credentials)) throw mustBe('USERNAME_INVALID', 'credentials', 'an object with "username"');
  const start: Attempt = { ...connectAuth(pool, options), username: credentials.username };
  const { session } = credentials as ChoiceCredentials;
  const begin = async (attempt: Attempt) => {
    const { flow, parameters } = beginFlow(credentials, attempt);
    await findDevice(attempt);
    return advance(attempt, await send(attempt, 'AuthFlow', flow, parameters, session));
  };
  const first = { ...start };
  try {
    return await begin(first);
  } catch (error) {
    const { device, deviceProblem } = first;
    // Left out after its key was sent, its proof is asked for all the same
    const isOfDevice = /^DEVICE_|^CHALLENGE_UNEXPECTED$/.test(
      (error as { code?: ErrorCode } | null)?.code ?? '',
    );
    // A Session from sign-up can be spent once; a new user has no device anyway.
    if (!isOfDevice || device || !deviceProblem || session !== undefined) throw error;
    // Once more from the start: what a refused device has spent of this attempt is not known.
    return begin({ ...first, ...start, canonical: false, options: { ...options, device: undefined } });
  }
}

/**
 * Answers a challenge.
 *
 * @param given from a step, also after `JSON.parse(JSON.stringify(challenge))` in another process
 * @param answer the shape this kind of challenge takes: `ChallengeShapes[name]['answer']`
 * @returns tokens, or the next challenge
 * @throws ArgumentError CHALLENGE_INVALID or ANSWER_INVALID before anything is sent
 * @throws ServiceError `recovery` is `answer-again` where the same challenge can be answered once more,
 *   and `start-again` where this attempt is over
 */
export async function respond<Name extends ChallengeName>(
  pool: UserPoolClient,
  given: ChallengeOf<Name>,
  answer: AnswerTo<{ readonly name: Name }>,
  options: SignInOptions = {},
): Promise<Step> {
  const connection = connectAuth(pool, options);
  const challenge = checkedChallenge(pool, given as ChallengeCommon as Challenge);
  const { username, refusedDevice, unsentAttributes } = challenge;
  const attempt = { ...connection, username, refusedDevice, unsentAttributes };
  return answerTo(attempt, challenge, answer as AnswerTo<Challenge>);
}

async function answerTo<Name extends ChallengeName>(
  attempt: Attempt,
  challenge: ChallengeOf<Name>,
  answer: ChallengeShapes[Name]['answer'],
): Promise<Step> {
  if (!isRecord(answer)) throw mustBe('ANSWER_INVALID', 'answer', 'an object');
  const { name, session } = challenge;
  const row: CallerRow<Name> = CALLER_ROWS[name];
  const responses = row.write(answer, challenge, attempt);
  await findDevice(attempt);
  const wireName = 'challengeName' in challenge ? String(challenge.challengeName) : name;
  let Session = session;
  try {
    if (row.before) Session = await row.before(attempt, challenge, answer);
    return await advance(attempt, await send(attempt, 'ChallengeName', wireName, responses, Session));
  } catch (error) {
    const isSpent = Session !== session || attempt.origin;
    // Whatever the refusal of a later call says, the challenge at hand cannot be answered again
    if (isSpent && (error instanceof ServiceError || error instanceof ProtocolError)) {
      const { recovery } = error;
      if (recovery === 'answer-again' || recovery === 'try-later')
        Object.assign(error, { recovery: 'start-again' });
    }
    throw error;
  }
}

const CALLER_ROWS: { readonly [Name in ChallengeName]: CallerRow<Name> } = CHALLENGES;

/** Answers what the engine can answer, until there is something for the caller. */
async function advance(attempt: Attempt, first: AuthReply): Promise<Step> {
  const answered: string[] = [];
  try {
    for (let reply = first; ; ) {
      if (reply.AuthenticationResult) return signedIn(attempt, reply.AuthenticationResult);
      const name = challengeName(reply.ChallengeName);
      const row = CHALLENGES[name];
      if (!('prove' in row)) return challengeStep(attempt, name as ChallengeName, row as never, reply);
      // Else one exchange would be used twice
      if (answered.includes(name)) {
        throw new ProtocolError('CHALLENGE_UNEXPECTED', `The service asks ${name} a second time`);
      }
      answered.push(name);
      await findDevice(attempt);
      const responses = row.prove(attempt, reply.ChallengeParameters);
      reply = await send(attempt, 'ChallengeName', name, responses, reply.Session);
    }
  } catch (error) {
    // What is wrong with a challenge is found after the call that brought it
    if (error instanceof ProtocolError && !error.operation) Object.assign(error, attempt.origin);
    throw error;
  }
}
