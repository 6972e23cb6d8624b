/** CUSTOM_AUTH: the triggers define, create and verify the challenges; with SRP_A, after the password. */
import { assertMaySignIn, hidesUsers, required } from '../admission.ts';
import {
  incorrectUsernameOrPassword,
  invalidParameter,
  ServiceException,
  userDoesNotExist,
} from '../service-exception.ts';
import { type Answer, type Attempt, challenge, type Start, type UnknownAttempt } from './attempt.ts';
import { afterLastFactor } from './next-step.ts';
import { passwordVerifierChallenge } from './password-flows.ts';
import type { AwaitedOf } from './sessions.ts';
import { NO_TRAIL, withDevice } from './trail.ts';
import type {
  ChallengeResult,
  CreateAuthChallengeEvent,
  DefineAuthChallengeEvent,
  Trigger,
  TriggerEvent,
  VerifyAuthChallengeEvent,
} from './triggers.ts';

type ClientMetadata = Readonly<Record<string, string>> | undefined;

export async function startCustomAuth({ pool, client, parameters }: Start): Promise<object> {
  const name = required(parameters, 'USERNAME');
  const user = pool.users.find(name);
  if (user) assertMaySignIn(user);
  else if (!hidesUsers(client)) throw userDoesNotExist();
  const attempt: UnknownAttempt = {
    pool,
    client,
    kind: 'CUSTOM_AUTH',
    username: user?.username ?? name,
    user,
    trail: withDevice(pool, NO_TRAIL, user, parameters),
  };
  if (parameters['CHALLENGE_NAME'] !== 'SRP_A') return define(attempt, [], undefined);
  const results: readonly ChallengeResult[] = [{ challengeName: 'SRP_A', challengeResult: true }];
  return define(attempt, results, undefined, () =>
    passwordVerifierChallenge(pool, client, parameters, 'CUSTOM_AUTH', { results, trail: attempt.trail }),
  );
}

/** After the password of a CUSTOM_AUTH with SRP_A. */
export function afterCustomPassword(
  attempt: Attempt,
  results: readonly ChallengeResult[],
  clientMetadata: ClientMetadata,
): Promise<object> {
  return define(
    attempt,
    [...results, { challengeName: 'PASSWORD_VERIFIER', challengeResult: true }],
    clientMetadata,
  );
}

/** The answer spends the session, right or wrong; DefineAuthChallenge decides what follows. */
export async function answerCustomChallenge(
  answer: Answer<AwaitedOf<'CUSTOM_CHALLENGE'>, UnknownAttempt>,
): Promise<object> {
  const { pool, session, awaited, responses, clientMetadata } = answer;
  const challengeAnswer = required(responses, 'ANSWER');
  session.used = true;
  const { answerCorrect } = await spendingSession(answer, () =>
    invoke<VerifyAuthChallengeEvent>(
      'VerifyAuthChallengeResponse',
      pool.triggers.verifyAuthChallenge,
      event(
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
  return spendingSession(answer, () => define(answer, [...awaited.results, result], clientMetadata));
}

/** After a trigger has failed the session is not "used" but gone. */
async function spendingSession<Result>(
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

async function define(
  attempt: UnknownAttempt,
  results: readonly ChallengeResult[],
  clientMetadata: ClientMetadata,
  passwordVerifier?: () => object,
): Promise<object> {
  const { defineAuthChallenge } = attempt.pool.triggers;
  const { challengeName, issueTokens, failAuthentication } = await invoke<DefineAuthChallengeEvent>(
    'DefineAuthChallenge',
    defineAuthChallenge,
    event(attempt, 'DefineAuthChallenge_Authentication', { session: results }, clientMetadata, {}),
  );
  if (failAuthentication) throw incorrectUsernameOrPassword();
  if (issueTokens) {
    const { user } = attempt;
    if (!user) throw incorrectUsernameOrPassword();
    return afterLastFactor({ ...attempt, user });
  }
  if (challengeName === 'PASSWORD_VERIFIER' && passwordVerifier) return passwordVerifier();
  if (challengeName !== 'CUSTOM_CHALLENGE') {
    throw new ServiceException('InvalidLambdaResponseException', 'Unrecognizable lambda output');
  }
  return create(attempt, challengeName, results, clientMetadata);
}

async function create(
  attempt: UnknownAttempt,
  challengeName: 'CUSTOM_CHALLENGE',
  results: readonly ChallengeResult[],
  clientMetadata: ClientMetadata,
): Promise<object> {
  const { publicChallengeParameters, privateChallengeParameters, challengeMetadata } =
    await invoke<CreateAuthChallengeEvent>(
      'CreateAuthChallenge',
      attempt.pool.triggers.createAuthChallenge,
      event(
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

function event<Source extends string, Request, Response>(
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
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: client.clientId },
    request: {
      ...request,
      userAttributes: user ? { sub: user.sub, ...user.attributes } : {},
      userNotFound: user === undefined,
      ...(clientMetadata && { clientMetadata }),
    },
    response,
  };
}

/** @throws ServiceException UserLambdaValidationException where the trigger throws */
async function invoke<Event extends { response: object }>(
  name: string,
  trigger: Trigger<Event> | undefined,
  input: Event,
): Promise<Event['response']> {
  if (!trigger) throw invalidParameter('Custom auth lambda trigger is not configured for the user pool.');
  try {
    const output = await trigger(input);
    return (output ?? input).response;
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new ServiceException('UserLambdaValidationException', `${name} failed with error ${text}.`);
  }
}
