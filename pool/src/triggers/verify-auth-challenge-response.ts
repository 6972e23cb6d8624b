/** VerifyAuthChallengeResponse: a trigger that checks the answer to a question of CreateAuthChallenge. */
import { type CustomSignIn, runChallengeTrigger } from './challenge-request.ts';
import { readFlag } from './response-members.ts';

/**
 * Captured in part: an event without private parameters had `{}`.
 *
 * @returns whether the answer is right
 * @throws ServiceException InvalidParameterException if the pool does not have the trigger, and what `runTrigger` throws
 */
export async function verifyAuthChallengeResponse(
  signIn: CustomSignIn,
  privateChallengeParameters: Readonly<Record<string, string>>,
  challengeAnswer: string,
): Promise<boolean> {
  const response = await runChallengeTrigger(
    signIn,
    'VerifyAuthChallengeResponse',
    { privateChallengeParameters, challengeAnswer },
    { answerCorrect: null },
  );
  return readFlag(response, 'answerCorrect');
}
