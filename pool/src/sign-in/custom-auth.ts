/** CUSTOM_AUTH: the triggers define, create and verify the challenges. With SRP_A the password comes first. */
import { assertMaySignIn, required } from '../domain/admission.ts';
import { canonicalName } from '../domain/canonical-name.ts';
import { hidesUsers } from '../domain/clients.ts';
import {
  incorrectUsernameOrPassword,
  invalidParameter,
  ServiceException,
  userDoesNotExist,
} from '../domain/service-exception.ts';
import type {
  ChallengeResult,
  CreateAuthChallengeEvent,
  DefineAuthChallengeEvent,
  Trigger,
  TriggerEvent,
  VerifyAuthChallengeEvent,
} from '../triggers/events.ts';
import {
  type Answer,
  type Attempt,
  challenge,
  type Reply,
  type Start,
  type UnknownAttempt,
} from './attempt.ts';
import { afterLastFactor } from './next-step.ts';
import { passwordVerifierChallenge } from './password-flows.ts';
import type { AwaitedOf } from './sessions.ts';
import { NO_TRAIL, withDevice } from './trail.ts';

type ClientMetadata = Readonly<Record<string, string>> | undefined;

export async function startCustomAuth({ pool, client, parameters }: Start): Promise<Reply> {
  const name = required(parameters, 'USERNAME');
  const user = pool.users.find(name);
  if (user) assertMaySignIn(user);
  else if (!hidesUsers(client)) throw userDoesNotExist();
  const attempt: UnknownAttempt = {
    pool,
    client,
    kind: 'CUSTOM_AUTH',
    username: canonicalName(pool, user, name),
    user,
    trail: withDevice(pool, NO_TRAIL, user, parameters),
  };
  if (parameters['CHALLENGE_NAME'] !== 'SRP_A') return callDefine(attempt, [], undefined);
  const results: readonly ChallengeResult[] = [{ challengeName: 'SRP_A', challengeResult: true }];
  return callDefine(attempt, results, undefined, () =>
    passwordVerifierChallenge(pool, client, parameters, 'CUSTOM_AUTH', { results, trail: attempt.trail }),
  );
}

/** Continues a CUSTOM_AUTH sign-in after its password. */
export function afterCustomPassword(
  attempt: Attempt,
  results: readonly ChallengeResult[],
  clientMetadata: ClientMetadata,
): Promise<Reply> {
  return callDefine(
    attempt,
    [...results, { challengeName: 'PASSWORD_VERIFIER', challengeResult: true }],
    clientMetadata,
  );
}

/** Judges an answer. The session cannot be used again, right or wrong. DefineAuthChallenge decides what follows. */
export async function answerCustomChallenge(
  answer: Answer<AwaitedOf<'CUSTOM_CHALLENGE'>, UnknownAttempt>,
): Promise<Reply> {
  const { pool, session, awaited, responses, clientMetadata } = answer;
  const challengeAnswer = required(responses, 'ANSWER');
  session.used = true;
  const { answerCorrect } = await runAndDropOnFailure(answer, () =>
    invoke<VerifyAuthChallengeEvent>(
      'VerifyAuthChallengeResponse',
      pool.triggers.verifyAuthChallenge,
      makeEvent(
        answer,
        'VerifyAuthChallengeResponse_Authentication',
        { privateChallengeParameters: awaited.privateChallengeParameters, challengeAnswer },
        clientMetadata,
        {},
      ),
    ),
  );
  const result: ChallengeResult = {
    challengeName: 'CUSTOM_CHALLENGE',
    challengeResult: answerCorrect === true,
    ...(awaited.challengeMetadata !== undefined && { challengeMetadata: awaited.challengeMetadata }),
  };
  return runAndDropOnFailure(answer, () => callDefine(answer, [...awaited.results, result], clientMetadata));
}

/** Runs a trigger. If it fails, the pool forgets the session, so that its refusal is not "used once". */
async function runAndDropOnFailure<Result>(
  { pool, session }: Pick<Answer, 'pool' | 'session'>,
  run: () => Promise<Result>,
): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    pool.sessions.drop(session.id);
    throw error;
  }
}

async function callDefine(
  attempt: UnknownAttempt,
  results: readonly ChallengeResult[],
  clientMetadata: ClientMetadata,
  passwordVerifier?: () => Promise<Reply>,
): Promise<Reply> {
  const { defineAuthChallenge } = attempt.pool.triggers;
  const { challengeName, issueTokens, failAuthentication } = await invoke<DefineAuthChallengeEvent>(
    'DefineAuthChallenge',
    defineAuthChallenge,
    makeEvent(attempt, 'DefineAuthChallenge_Authentication', { session: results }, clientMetadata, {}),
  );
  if (failAuthentication) throw incorrectUsernameOrPassword();
  if (issueTokens) {
    const { user } = attempt;
    if (!user) throw incorrectUsernameOrPassword();
    return afterLastFactor({ ...attempt, user });
  }
  if (challengeName === 'PASSWORD_VERIFIER' && passwordVerifier) return passwordVerifier();
  if (challengeName !== 'CUSTOM_CHALLENGE') throw unrecognizable();
  return callCreate(attempt, challengeName, results, clientMetadata);
}

async function callCreate(
  attempt: UnknownAttempt,
  challengeName: 'CUSTOM_CHALLENGE',
  results: readonly ChallengeResult[],
  clientMetadata: ClientMetadata,
): Promise<Reply> {
  const { publicChallengeParameters, privateChallengeParameters, challengeMetadata } =
    await invoke<CreateAuthChallengeEvent>(
      'CreateAuthChallenge',
      attempt.pool.triggers.createAuthChallenge,
      makeEvent(
        attempt,
        'CreateAuthChallenge_Authentication',
        { challengeName, session: results },
        clientMetadata,
        {},
      ),
    );
  return challenge(
    attempt,
    {
      challengeName,
      results,
      privateChallengeParameters: privateChallengeParameters ?? {},
      challengeMetadata,
    },
    { USERNAME: attempt.username, ...publicChallengeParameters },
  );
}

function makeEvent<Source extends string, Request, Response>(
  { pool, client, username, user }: UnknownAttempt,
  triggerSource: Source,
  request: Request,
  clientMetadata: ClientMetadata,
  response: Response,
): TriggerEvent<Source, Request, Response> {
  return {
    version: '1',
    triggerSource,
    region: pool.region,
    userPoolId: pool.userPoolId,
    userName: username,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: client.ClientId },
    request: {
      ...request,
      userAttributes: user ? { sub: user.sub, ...user.attributes } : {},
      userNotFound: user === undefined,
      ...(clientMetadata && { clientMetadata }),
    },
    response,
  };
}

/**
 * @throws ServiceException UserLambdaValidationException if the trigger throws, InvalidLambdaResponseException if it returns
 *   no response
 */
async function invoke<Event extends { response: object }>(
  name: string,
  trigger: Trigger<Event> | undefined,
  input: Event,
): Promise<Event['response']> {
  if (!trigger) throw invalidParameter('Custom auth lambda trigger is not configured for the user pool.');
  const output = await callTrigger(name, trigger, input);
  // Triggers are the code of users, so what they return need not have its type
  const { response } = (output ?? input) as { readonly response?: Event['response'] | null };
  if (typeof response !== 'object' || response === null) throw unrecognizable();
  return response;
}

async function callTrigger<Event>(name: string, trigger: Trigger<Event>, input: Event) {
  try {
    return await trigger(input);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new ServiceException('UserLambdaValidationException', `${name} failed with error ${text}.`);
  }
}

const unrecognizable = () =>
  new ServiceException('InvalidLambdaResponseException', 'Unrecognizable lambda output');
