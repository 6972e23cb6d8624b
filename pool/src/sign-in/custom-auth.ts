/** CUSTOM_AUTH: the triggers define, create and verify the challenges. With SRP_A the password comes first. */
import { assertMaySignIn, required } from '../domain/admission.ts';
import { canonicalName } from '../domain/canonical-name.ts';
import { hidesUsers } from '../domain/clients.ts';
import { incorrectUsernameOrPassword, userDoesNotExist } from '../domain/service-exception.ts';
import type { MfaFactor } from '../domain/user.ts';
import { createAuthChallenge } from '../triggers/create-auth-challenge.ts';
import { defineAuthChallenge } from '../triggers/define-auth-challenge.ts';
import type { ChallengeResult } from '../triggers/events.ts';
import { unrecognizable } from '../triggers/run-trigger.ts';
import { verifyAuthChallengeResponse } from '../triggers/verify-auth-challenge-response.ts';
import {
  type Answer,
  type Attempt,
  challenge,
  type Reply,
  type Start,
  type UnknownAttempt,
} from './attempt.ts';
import { askForFactor } from './mfa.ts';
import { afterLastFactor } from './next-step.ts';
import { passwordVerifierChallenge } from './password-flows.ts';
import type { AwaitedOf } from './sessions.ts';
import { NO_TRAIL, withDevice } from './trail.ts';

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
  if (parameters['CHALLENGE_NAME'] !== 'SRP_A') return callDefine(attempt, []);
  const results: readonly ChallengeResult[] = [{ challengeName: 'SRP_A', challengeResult: true }];
  return callDefine(attempt, results, () =>
    passwordVerifierChallenge(pool, client, parameters, 'CUSTOM_AUTH', { results, trail: attempt.trail }),
  );
}

/** Continues a CUSTOM_AUTH sign-in after its password. */
export function afterCustomPassword(attempt: Attempt, results: readonly ChallengeResult[]): Promise<Reply> {
  return callDefine(attempt, [...results, { challengeName: 'PASSWORD_VERIFIER', challengeResult: true }]);
}

/** Continues after a second factor. If DefineAuthChallenge asked for it, the trigger decides what follows. */
export function afterFactor(attempt: Attempt, challengeName: string): Promise<Reply> {
  const { results } = attempt.trail;
  if (!results) return afterLastFactor(attempt);
  const trail = { ...attempt.trail, results: undefined };
  return callDefine({ ...attempt, trail }, [...results, { challengeName, challengeResult: true }]);
}

/** Judges an answer. The session cannot be used again, right or wrong. DefineAuthChallenge decides what follows. */
export async function answerCustomChallenge(
  answer: Answer<AwaitedOf<'CUSTOM_CHALLENGE'>, UnknownAttempt>,
): Promise<Reply> {
  const { session, awaited, responses } = answer;
  const challengeAnswer = required(responses, 'ANSWER');
  session.used = true;
  const challengeResult = await runAndDropOnFailure(answer, () =>
    verifyAuthChallengeResponse(answer, awaited.privateChallengeParameters, challengeAnswer),
  );
  const result: ChallengeResult = {
    challengeName: 'CUSTOM_CHALLENGE',
    challengeResult,
    ...(awaited.challengeMetadata !== undefined && { challengeMetadata: awaited.challengeMetadata }),
  };
  return runAndDropOnFailure(answer, () => callDefine(answer, [...awaited.results, result]));
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
  passwordVerifier?: () => Promise<Reply>,
): Promise<Reply> {
  const { challengeName, issueTokens, failAuthentication } = await defineAuthChallenge(attempt, results);
  if (failAuthentication) throw incorrectUsernameOrPassword();
  if (issueTokens) {
    const { user } = attempt;
    if (!user) throw incorrectUsernameOrPassword();
    return afterLastFactor({ ...attempt, user });
  }
  if (challengeName === 'PASSWORD_VERIFIER' && passwordVerifier) return passwordVerifier();
  if (isFactor(challengeName)) return askForDefinedFactor(attempt, challengeName, results);
  if (challengeName !== 'CUSTOM_CHALLENGE') throw unrecognizable();
  return callCreate(attempt, challengeName, results);
}

/** The guide names these challenges in the session of DefineAuthChallenge. */
const isFactor = (name: string | undefined): name is MfaFactor =>
  name === 'SMS_MFA' || name === 'EMAIL_OTP' || name === 'SOFTWARE_TOKEN_MFA';

function askForDefinedFactor(
  attempt: UnknownAttempt,
  factor: MfaFactor,
  results: readonly ChallengeResult[],
): Promise<Reply> {
  const { user } = attempt;
  if (!user) throw incorrectUsernameOrPassword();
  return askForFactor({ ...attempt, user, trail: { ...attempt.trail, results } }, factor);
}

async function callCreate(
  attempt: UnknownAttempt,
  challengeName: 'CUSTOM_CHALLENGE',
  results: readonly ChallengeResult[],
): Promise<Reply> {
  const { publicParameters, privateParameters, metadata } = await createAuthChallenge(
    attempt,
    challengeName,
    results,
  );
  return challenge(
    attempt,
    { challengeName, results, privateChallengeParameters: privateParameters, challengeMetadata: metadata },
    { USERNAME: attempt.username, ...publicParameters },
  );
}
