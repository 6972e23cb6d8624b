/** The only state machine: one request after the other until there are tokens or a question for the user. */
import { ProtocolError } from '../errors.ts';
import { secretHashOf } from '../srp/password-verifier.ts';
import type { Attempt } from './attempt.ts';
import { type AdminOptions, type AuthOperations, authOperations, refusedDevice } from './auth-operations.ts';
import { connect } from './call.ts';
import type { Challenge, ChallengeName, ChallengeOf, ChallengeShapes } from './challenge.ts';
import { type CallerRow, CHALLENGES, challengeName } from './challenges.ts';
import { beginFlow, type Credentials } from './flows.ts';
import { type DeviceSource, findDevice, leaveOut, newDeviceState } from './known-device.ts';
import type { AuthReply } from './operations.ts';
import { checkedChallenge } from './resume.ts';
import { deviceProblemOf, readChallenge, type Step, signedIn } from './step.ts';
import type { UserPoolClient } from './user-pool.ts';

/** What `signIn` and `respond` take last. */
export interface SignInOptions extends AdminOptions {
  /**
   * A device that was confirmed earlier, or a function that finds one by user name: it stands in for the
   * second factor where the pool says so. One that cannot be used is said in `step.deviceProblem` and
   * left aside; it never keeps the user out.
   */
  readonly device?: DeviceSource | undefined;
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
  const connection = connect(pool, options);
  const auth = authOperations(connection, options, credentials.flow === 'ADMIN_USER_PASSWORD_AUTH');
  const attempt = newAttempt(pool, options, credentials.username);
  try {
    return await begin(auth, attempt, credentials);
  } catch (error) {
    const problem = refusedDevice(error, attempt);
    // A Session from sign-up can be spent once; a new user has no device anyway.
    if (!problem || 'session' in credentials) throw error;
    // Once more from the start: what a refused device has spent of this attempt is not known.
    leaveOut(attempt.deviceState, problem);
    const again = newAttempt(pool, { ...options, device: undefined }, credentials.username);
    const { refused, problem: why } = attempt.deviceState;
    Object.assign(again.deviceState, { refused, problem: why });
    return begin(auth, again, credentials);
  }
}

async function begin(auth: AuthOperations, attempt: Attempt, credentials: Credentials): Promise<Step> {
  const { pool } = attempt;
  const { flow, parameters } = beginFlow(credentials, attempt);
  const { session } = credentials as { session?: string };
  await findDevice(attempt.deviceState, attempt.username, false);
  const { device } = attempt.deviceState;
  return advance(
    auth,
    attempt,
    await auth.initiate(attempt, {
      ClientId: pool.clientId,
      AuthFlow: flow,
      AuthParameters: {
        ...parameters,
        ...secretHashOf(credentials.username, pool),
        ...(device && { DEVICE_KEY: device.key }),
      },
      ...(session !== undefined && { Session: session }),
    }),
  );
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
  answer: ChallengeShapes[Name]['answer'],
  options: SignInOptions = {},
): Promise<Step> {
  const connection = connect(pool, options);
  const auth = authOperations(connection, options, false);
  const challenge = checkedChallenge(pool, given);
  const { name } = challenge;
  const row = rowOf(name);
  const unsent = { ...challenge.unsentAttributes, ...row.unsent?.(answer, challenge) };
  const attempt = newAttempt(pool, options, challenge.username, unsent, challenge.refusedDevice);
  const responses = row.write(answer, challenge, attempt);
  await findDevice(attempt.deviceState, attempt.username, false);
  const session = row.before ? await row.before(connection, challenge, answer) : challenge.session;
  const wireName = 'challengeName' in challenge ? String(challenge.challengeName) : name;
  return advance(auth, attempt, await auth.respond(attempt, wireName, responses, session));
}

const CALLER_ROWS: { readonly [Name in ChallengeName]: CallerRow<Name> } = CHALLENGES;
const rowOf = <Name extends ChallengeName>(name: Name): CallerRow<Name> => CALLER_ROWS[name];

function newAttempt(
  pool: UserPoolClient,
  options: SignInOptions,
  username: string,
  unsent: Readonly<Record<string, string>> = {},
  refusedDevice?: string,
): Attempt {
  return {
    pool,
    options,
    username,
    canonical: false,
    deviceState: newDeviceState(options.device, refusedDevice),
    answering: '',
    answered: new Set(),
    clockOffsetMs: 0,
    unsentAttributes: Object.keys(unsent).length > 0 ? unsent : undefined,
  };
}

/** Answers what the engine can answer, until there is something for the caller. */
async function advance(auth: AuthOperations, attempt: Attempt, first: AuthReply): Promise<Step> {
  for (let reply = first; ; ) {
    if (reply.AuthenticationResult) return signedIn(attempt, reply.AuthenticationResult);
    const { ChallengeName: wireName = '', ChallengeParameters: parameters = {}, Session } = reply;
    const name = challengeName(wireName);
    const row = CHALLENGES[name];
    if (row.answeredBy === 'caller') {
      const challenge = readChallengeOf(attempt, name as ChallengeName, reply);
      return { status: 'challenge', challenge, ...deviceProblemOf(attempt) };
    }
    if (attempt.answered.has(name)) {
      throw new ProtocolError('CHALLENGE_UNEXPECTED', `The service asks ${name} a second time`);
    }
    attempt.answered.add(name);
    await findDevice(attempt.deviceState, attempt.username, attempt.canonical);
    reply = await auth.respond(attempt, wireName, row.responses(attempt, parameters), Session);
  }
}

function readChallengeOf<Name extends ChallengeName>(
  attempt: Attempt,
  name: Name,
  reply: AuthReply,
): Challenge {
  return readChallenge(attempt, name, rowOf(name), reply) as Challenge;
}
