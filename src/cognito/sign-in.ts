/** The only state machine: one request after the other until there are tokens or a question for the user. */
import { defined } from '../defined.ts';
import { mustBe, ProtocolError, ServiceError } from '../errors.ts';
import { secretHashOf } from '../srp/secret-hash.ts';
import type { Attempt } from './attempt.ts';
import { type AdminOptions, type AuthOperations, authOperations, refusedDevice } from './auth-operations.ts';
import { type Connection, connect } from './call.ts';
import type {
  AnswerTo,
  Challenge,
  ChallengeCommon,
  ChallengeName,
  ChallengeOf,
  ChallengeShapes,
} from './challenge.ts';
import { type CallerRow, CHALLENGES, challengeName } from './challenges.ts';
import { beginFlow, type Credentials } from './flows.ts';
import { isRecord } from './json.ts';
import { type DeviceSource, findDevice, leaveOut } from './known-device.ts';
import type { AuthReply } from './operations.ts';
import { checkedChallenge } from './resume.ts';
import { challengeStep, type Step, signedIn } from './step.ts';
import type { UserPoolClient } from './user-pool.ts';

/** What `signIn` and `respond` take last. */
export interface SignInOptions extends AdminOptions {
  /**
   * A device that was confirmed earlier, or a function that finds one by user name: it stands in for the
   * second factor where the pool says so. One that cannot be used is said in `step.deviceProblem` and
   * left aside; it never keeps the user out.
   */
  readonly device?: DeviceSource | null | undefined;
}

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
  const connection = connect(pool, options);
  const auth = authOperations(connection, options, credentials.flow === 'ADMIN_USER_PASSWORD_AUTH');
  const { username } = credentials;
  const { session } = credentials as { readonly session?: string };
  const begin = async (attempt: Attempt) => {
    const { flow, parameters } = beginFlow(credentials, attempt);
    await findDevice(attempt);
    const AuthParameters = defined({
      ...parameters,
      SECRET_HASH: secretHashOf(username, pool),
      DEVICE_KEY: attempt.deviceState.device?.key,
    });
    const input = { ClientId: pool.clientId, AuthFlow: flow, AuthParameters, Session: session };
    return advance(auth, attempt, auth.initiate(attempt, input));
  };
  const first = newAttempt(pool, options, username);
  try {
    return await begin(first);
  } catch (error) {
    const why = refusedDevice(error, first);
    // A Session from sign-up can be spent once; a new user has no device anyway.
    if (!why || session !== undefined) throw error;
    // Once more from the start: what a refused device has spent of this attempt is not known.
    const again = newAttempt(pool, { ...options, device: undefined }, username);
    leaveOut(first.deviceState, why);
    const { refused, problem, owner } = first.deviceState;
    Object.assign(again.deviceState, { refused, problem, owner });
    return begin(again);
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
  const connection = connect(pool, options);
  const auth = authOperations(connection, options);
  const challenge = checkedChallenge(pool, given as ChallengeCommon as Challenge);
  return answerTo(connection, auth, challenge, answer as AnswerTo<Challenge>);
}

async function answerTo<Name extends ChallengeName>(
  connection: Connection,
  auth: AuthOperations,
  challenge: ChallengeOf<Name>,
  answer: ChallengeShapes[Name]['answer'],
): Promise<Step> {
  if (!isRecord(answer)) throw mustBe('ANSWER_INVALID', 'answer', 'an object');
  const { pool, options } = connection;
  const { name, username, session, refusedDevice: refused } = challenge;
  const row: CallerRow<Name> = CALLER_ROWS[name];
  const unsent = { ...challenge.unsentAttributes, ...row.unsent?.(answer, challenge) };
  const attempt = newAttempt(pool, options, username, refused, unsent);
  const responses = row.write(answer, challenge, attempt);
  await findDevice(attempt);
  const wireName = 'challengeName' in challenge ? String(challenge.challengeName) : name;
  let isSpent = false;
  try {
    const Session = row.before ? await row.before(connection, challenge, answer) : session;
    isSpent = Session !== session;
    const reply = auth.respond(attempt, wireName, responses, Session).then((first) => {
      isSpent = true;
      return first;
    });
    return await advance(auth, attempt, reply);
  } catch (error) {
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

/** @param refused the key of a device that was left out of this sign-in before */
function newAttempt(
  pool: UserPoolClient,
  options: SignInOptions,
  username: string,
  refused?: string,
  unsent: Readonly<Record<string, string>> = {},
): Attempt {
  return {
    pool,
    options,
    username,
    canonical: false,
    deviceState: { source: options.device, asked: new Set(), refused },
    origin: {},
    clockOffsetMs: 0,
    unsentAttributes: Object.keys(unsent).length > 0 ? unsent : undefined,
  };
}

/** Answers what the engine can answer, until there is something for the caller. */
async function advance(auth: AuthOperations, attempt: Attempt, first: Promise<AuthReply>): Promise<Step> {
  const answered: string[] = [];
  try {
    for (let reply = await first; ; ) {
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
      reply = await auth.respond(attempt, name, responses, reply.Session);
    }
  } catch (error) {
    // What is wrong with a reply is found after the call that brought it; without a reply, there is none to name
    const hasReply =
      error instanceof ProtocolError && error.code !== 'NETWORK_FAILED' && error.code !== 'TIMED_OUT';
    if (hasReply && error.status === undefined) Object.assign(error, attempt.origin);
    throw error;
  }
}
