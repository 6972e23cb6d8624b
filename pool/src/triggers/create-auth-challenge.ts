/** CreateAuthChallenge: a trigger that makes a question, and what its answer is checked by. */
import { type CustomSignIn, runChallengeTrigger } from './challenge-request.ts';
import type { ChallengeResult } from './events.ts';
import { readText, readTexts } from './response-members.ts';

type Texts = Readonly<Record<string, string>>;

export interface CreatedChallenge {
  /** What the client sees. */
  readonly publicParameters: Texts;
  /** What VerifyAuthChallengeResponse sees. */
  readonly privateParameters: Texts;
  /** What DefineAuthChallenge sees of this challenge, once it is answered. */
  readonly metadata: string | undefined;
}

/** @throws ServiceException InvalidParameterException if the pool does not have the trigger, and what `runTrigger` throws */
export async function createAuthChallenge(
  signIn: CustomSignIn,
  challengeName: string,
  session: readonly ChallengeResult[],
): Promise<CreatedChallenge> {
  const response = await runChallengeTrigger(
    signIn,
    'CreateAuthChallenge',
    { challengeName, session },
    { publicChallengeParameters: null, privateChallengeParameters: null, challengeMetadata: null },
  );
  return {
    publicParameters: readTexts(response, 'publicChallengeParameters') ?? {},
    privateParameters: readTexts(response, 'privateChallengeParameters') ?? {},
    metadata: readText(response, 'challengeMetadata'),
  };
}
