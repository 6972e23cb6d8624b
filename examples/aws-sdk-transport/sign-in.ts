/** The AWS SDK carries the calls: its retries, proxies and middleware, this package's challenges. */
import {
  type CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandInput,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { type Credentials, type Step, signIn, type Transport, type UserPoolClient } from 'cognito-srp-engine';

/** The two operations of a sign-in; a device or an authenticator's set-up takes a few more like them. */
export function sdkTransport(client: CognitoIdentityProviderClient): Transport {
  return async (operation, input, abortSignal) => {
    const options = abortSignal ? { abortSignal } : {};
    const output =
      operation === 'InitiateAuth'
        ? await client.send(new InitiateAuthCommand(input as InitiateAuthCommandInput), options)
        : await client.send(
            new RespondToAuthChallengeCommand(input as RespondToAuthChallengeCommandInput),
            options,
          );
    return { ...output };
  };
}

export const signInBySdk = (
  client: CognitoIdentityProviderClient,
  pool: UserPoolClient,
  credentials: Credentials,
): Promise<Step> => signIn(pool, credentials, { transport: sdkTransport(client) });
