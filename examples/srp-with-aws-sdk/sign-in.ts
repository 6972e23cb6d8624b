/**
 * Uses the cryptography alone. The application answers the challenges itself.
 *
 * Make the client with `maxAttempts: 1`. The SDK would repeat an answer whose reply got lost. A Session is good once, so
 * the service refuses the copy, and that refusal hides the outcome of the first.
 */
import {
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandOutput,
} from '@aws-sdk/client-cognito-identity-provider';
import { generateEphemeral, passwordVerifierResponses, srpAuthParameters } from 'cognito-srp-engine/srp';

export async function signInWithSrp(
  client: CognitoIdentityProviderClient,
  pool: { readonly userPoolId: string; readonly clientId: string },
  { username, password }: { readonly username: string; readonly password: string },
): Promise<RespondToAuthChallengeCommandOutput> {
  const ephemeral = generateEphemeral();
  const started = await client.send(
    new InitiateAuthCommand({
      ClientId: pool.clientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: srpAuthParameters(ephemeral, { username }),
    }),
  );
  if (started.ChallengeName !== 'PASSWORD_VERIFIER') {
    throw new Error(`Expected PASSWORD_VERIFIER, got ${started.ChallengeName}`);
  }
  const claim = { userPoolId: pool.userPoolId, username, password, now: Date.now() };
  return client.send(
    new RespondToAuthChallengeCommand({
      ClientId: pool.clientId,
      ChallengeName: started.ChallengeName,
      Session: started.Session,
      ChallengeResponses: {
        ...passwordVerifierResponses(ephemeral, started.ChallengeParameters ?? {}, claim),
      },
    }),
  );
}
