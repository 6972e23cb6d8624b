/** DefineAuthChallenge: a trigger that decides which challenge of a CUSTOM_AUTH sign-in comes next, or that it ends. */
import { type CustomSignIn, runChallengeTrigger } from './challenge-request.ts';
import type { ChallengeResult } from './events.ts';
import { readFlag, readText } from './response-members.ts';

export interface Definition {
  readonly challengeName: string | undefined;
  readonly issueTokens: boolean;
  readonly failAuthentication: boolean;
}

/** @throws ServiceException InvalidParameterException if the pool does not have the trigger, and what `runTrigger` throws */
export async function defineAuthChallenge(
  signIn: CustomSignIn,
  session: readonly ChallengeResult[],
): Promise<Definition> {
  const response = await runChallengeTrigger(
    signIn,
    'DefineAuthChallenge',
    { session },
    { challengeName: null, issueTokens: null, failAuthentication: null },
  );
  return {
    challengeName: readText(response, 'challengeName'),
    issueTokens: readFlag(response, 'issueTokens'),
    failAuthentication: readFlag(response, 'failAuthentication'),
  };
}
