/** Runs a sign-in: one request after the other, until there are tokens or a question for the user. */
import { mustBe, ProtocolError, ServiceError } from '../../errors.ts';
import { missingRequirements } from '../../srp/runtime.ts';
import { type Connection, connect } from '../client/connection.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import { isRecord, ownProperty } from '../values.ts';
import { type AuthRequest, sendRequest } from './auth-requests.ts';
import { type CallerRow, CHALLENGE_ROWS, CHALLENGES, type EngineRow, wireNameOf } from './challenge-table.ts';
import type {
  AnswerTo,
  Challenge,
  ChallengeCommon,
  ChallengeName,
  ChallengeOf,
  ChallengeShapes,
} from './challenge-types.ts';
import { leaveOutDevice, lookUpDevice } from './device-slot.ts';
import { beginFlow, type Credentials } from './flows.ts';
import { checkedChallenge } from './kept-challenge.ts';
import type { AuthReply } from './replies.ts';
import type { Attempt, SignInOptions } from './sign-in-attempt.ts';
import { challengeStep, type Step, signedInStep } from './step.ts';
import type { DeviceProblemCode } from './stored-device.ts';

/**
 * Signs a user in: with a password over SRP, unless `credentials.flow` names another flow.
 *
 * @param pool the user pool and app client
 * @param credentials who signs in, and with what
 * @param options the device to offer, time limit, signal, transport and the like
 * @returns tokens, or a challenge that the user has to answer
 * @throws ArgumentError for what the caller got wrong; nothing was sent
 * @throws ServiceError if the service refuses: `code` says why, `recovery` says what can be done
 * @throws ProtocolError if there is no usable answer
 * @throws the reason of `options.signal` once that is aborted
 * @example
 * ```ts
 * import { signIn, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * const step = await signIn(pool, { username: 'ada@example.com', password: 'correct horse battery' });
 * if (step.status === 'signed-in') console.log(step.username, step.tokens.expiresAt);
 * else console.log('The service asks for', step.challenge.name);
 * ```
 */
export async function signIn(
  pool: UserPoolClient,
  credentials: Credentials,
  options: SignInOptions = {},
): Promise<Step> {
  if (!isRecord(credentials)) throw mustBe('USERNAME_INVALID', 'credentials', 'an object with "username"');
  const attempt: Attempt = {
    connection: connectAuth(pool, options),
    user: { name: credentials.username, isCanonical: false },
    device: { state: 'unknown', lookedUpFor: undefined, refusedKey: undefined },
    deviceSource: options.device,
    clockOffsetMs: 0,
  };
  const outcome = await runSignIn(attempt, credentials);
  if (outcome.status !== 'device-in-the-way') return outcome;
  // A Session from sign-up can be used once. A new user has no device anyway
  if (credentials.flow === 'USER_AUTH' && credentials.session !== undefined) throw outcome.error;
  const secondOutcome = await runSignIn(withoutDevice(attempt, outcome), credentials);
  if (secondOutcome.status === 'device-in-the-way') throw secondOutcome.error;
  return secondOutcome;
}

/**
 * Answers a challenge.
 *
 * @param pool the user pool and app client that the challenge came from
 * @param challenge from a step, also after `JSON.parse(JSON.stringify(challenge))` in another process
 * @param answer the shape that this kind of challenge takes: `ChallengeShapes[name]['answer']`
 * @param options as for `signIn`
 * @returns tokens, or the next challenge
 * @throws ArgumentError CHALLENGE_INVALID or ANSWER_INVALID before anything is sent
 * @throws ServiceError `recovery` is `answer-again` if the same challenge can be answered once more, and `start-again` if
 *   this sign-in is over
 * @throws ProtocolError if there is no usable answer
 * @throws the reason of `options.signal` once that is aborted
 * @example
 * ```ts
 * import { respond, signIn, type UserPoolClient } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * let step = await signIn(pool, { username: 'ada@example.com', password: 'correct horse battery' });
 * if (step.status === 'challenge' && step.challenge.name === 'SMS_MFA') {
 *   step = await respond(pool, step.challenge, { code: '123456' });
 * }
 * ```
 */
export async function respond<Name extends ChallengeName>(
  pool: UserPoolClient,
  challenge: ChallengeOf<Name>,
  answer: AnswerTo<{ readonly name: Name }>,
  options: SignInOptions = {},
): Promise<Step> {
  const connection = connectAuth(pool, options);
  // Whatever the type says, the value may have been damaged where it was kept
  const checked = checkedChallenge(pool, challenge as ChallengeCommon as Challenge);
  const attempt: Attempt = {
    connection,
    user: { name: checked.username, isCanonical: false },
    device: { state: 'unknown', lookedUpFor: undefined, refusedKey: checked.refusedDevice },
    deviceSource: options.device,
    clockOffsetMs: 0,
    unsentAttributes: checked.unsentAttributes,
  };
  // The checked challenge has the name that the answer's type was made for, which the compiler does not see
  const outcome = await answerChallenge(attempt, checked, answer as AnswerTo<Challenge>);
  if (outcome.status === 'device-in-the-way') throw outcome.error;
  return outcome;
}

/** @throws ArgumentError as `connect`, and OPTION_INVALID for an admin call that nothing signs */
function connectAuth(pool: UserPoolClient, options: SignInOptions): Connection<SignInOptions> {
  if (options.admin && !options.transport) {
    throw mustBe('OPTION_INVALID', 'transport', 'one that signs its calls, with "admin"');
  }
  return connect(pool, options, missingRequirements());
}

/** How a sign-in ends: with a step, or because the device that was offered stands in the way of one. */
type Outcome = Step | DeviceInTheWay;

interface DeviceInTheWay {
  readonly status: 'device-in-the-way';
  /** The attempt, with the device left out. */
  readonly attempt: Attempt;
  readonly error: unknown;
}

async function runSignIn(attempt: Attempt, credentials: Credentials): Promise<Outcome> {
  const { flow, parameters, passwordExchange } = beginFlow(credentials, attempt);
  const session = credentials.flow === 'USER_AUTH' ? credentials.session : undefined;
  return continueSignIn({ ...attempt, passwordExchange }, { kind: 'initiate', flow, parameters, session });
}

/**
 * The attempt from its start, without a device. It does not go on where the first run ended, because what the refused
 * device has spent of that run is not known.
 */
const withoutDevice = (attempt: Attempt, { attempt: ended }: DeviceInTheWay): Attempt => ({
  ...attempt,
  device: ended.device,
  deviceSource: undefined,
  clockOffsetMs: ended.clockOffsetMs,
});

async function answerChallenge<Name extends ChallengeName>(
  attempt: Attempt,
  challenge: ChallengeOf<Name>,
  answer: ChallengeShapes[Name]['answer'],
): Promise<Outcome> {
  if (!isRecord(answer)) throw mustBe('ANSWER_INVALID', 'answer', 'an object');
  const row: CallerRow<Name> = CALLER_ROWS[challenge.name];
  const challengeName = wireNameOf(challenge);
  const { responses, remember } = row.write(answer, challenge, attempt);
  const session = row.before ? await row.before(attempt.connection, challenge, answer) : challenge.session;
  // An operation before the answer spends the challenge's session, and gives a new one to answer with
  const challengeSpent = session !== challenge.session;
  const answered = { ...attempt, ...remember, challengeSpent };
  return continueSignIn(answered, { kind: 'respond', challengeName, parameters: responses, session });
}

const CALLER_ROWS: { readonly [Name in ChallengeName]: CallerRow<Name> } = CHALLENGES;

/** Sends a request, then answers what the engine can answer, until there is something for the caller. */
async function continueSignIn(start: Attempt, request: AuthRequest): Promise<Outcome> {
  const first = await sendRequest(await offerDevice(start), request);
  // The reply shows that the session of the challenge which the caller answered is spent
  let attempt: Attempt = { ...first.attempt, challengeSpent: request.kind === 'respond' };
  let { reply } = first;
  const proved = new Set<string>();
  while (!reply.AuthenticationResult) {
    const { ChallengeName: challengeName = '', origin } = reply;
    const row = ownProperty(CHALLENGE_ROWS, challengeName) ?? CHALLENGES.UNKNOWN;
    if (row.kind === 'caller') return challengeStep(attempt, row, reply);
    // An ephemeral must not be used twice
    if (proved.has(challengeName)) {
      const message = `The service asks for ${challengeName} a second time`;
      throw new ProtocolError('CHALLENGE_UNEXPECTED', message, origin);
    }
    proved.add(challengeName);
    const answered = await answerEngineChallenge(await offerDevice(attempt), row, reply);
    if ('status' in answered) return answered;
    ({ attempt, reply } = answered);
  }
  return signedInStep(attempt, reply.AuthenticationResult);
}

/** The attempt with its device looked up for the user's name as it is known now. */
async function offerDevice(attempt: Attempt): Promise<Attempt> {
  const { device, deviceSource, user, connection } = attempt;
  if (!deviceSource || device.lookedUpFor === user) return attempt;
  return { ...attempt, device: await lookUpDevice(device, user, deviceSource, connection.options) };
}

/** Answers a challenge that the engine can answer by itself. */
async function answerEngineChallenge(
  attempt: Attempt,
  row: EngineRow,
  reply: AuthReply,
): Promise<{ readonly attempt: Attempt; readonly reply: AuthReply } | DeviceInTheWay> {
  const { ChallengeName: challengeName = '', Session: session } = reply;
  try {
    const answer = row.prove(attempt, reply);
    const request = { kind: 'respond', challengeName, parameters: answer.responses, session } as const;
    return await sendRequest({ ...attempt, ...answer.remember }, request);
  } catch (error) {
    const problem = challengeName.startsWith('DEVICE_') ? deviceProblemBehind(error, attempt) : undefined;
    if (problem === undefined) throw withOrigin(error, reply);
    const device = leaveOutDevice(attempt.device, problem);
    return { status: 'device-in-the-way', attempt: { ...attempt, device }, error };
  }
}

/** Why the device cannot be used, if that is what an answer to a device challenge failed with. */
function deviceProblemBehind(error: unknown, { device }: Attempt): DeviceProblemCode | undefined {
  if (error instanceof ServiceError && error.code === 'DEVICE_REFUSED') return 'DEVICE_REFUSED';
  if (error instanceof ServiceError && error.code === 'DEVICE_NOT_FOUND') return 'DEVICE_GONE';
  // The device was left out after its key had been sent, and the service asks for its proof all the same
  const isProofMissing = error instanceof ProtocolError && error.code === 'CHALLENGE_UNEXPECTED';
  return isProofMissing && device.state === 'left-out' ? device.problem : undefined;
}

/** The arithmetic does not know which reply its parameters came with. Errors of a request know where they came from. */
const withOrigin = (error: unknown, { origin }: AuthReply): unknown =>
  error instanceof ProtocolError && error.operation === undefined ? error.with(origin) : error;
