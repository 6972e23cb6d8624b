/** What is kept of a sign-in over a reload: the challenge, or the question whether to remember the device. */
import type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { parseChallenge } from '../cognito/sign-in/kept-challenge.ts';
import { isNonEmptyString } from '../cognito/values.ts';
import { ServiceError } from '../errors.ts';
import type { KeptShape } from './kept-state.ts';
import type { ChallengeState, FailedState, RestingSignInState } from './sign-in-state.ts';

/** A question about a device, whose tokens are in the store of the flow. */
export interface KeptDeviceQuestion {
  readonly status: 'device-question';
  readonly username: string;
  readonly deviceKey: string;
  /** The canonical name, under which the store has the tokens. */
  readonly storedName: string;
}

export type KeptSignIn = ChallengeState | KeptDeviceQuestion | FailedState;

/** The error of a challenge that has expired while the page was away. It is what the service would say. */
export const sessionExpired = (): ServiceError =>
  new ServiceError(
    'SESSION_EXPIRED',
    'start-again',
    'NotAuthorizedException',
    'The challenge expired before it was answered',
  );

/** @param now milliseconds since the epoch */
export const keptSignIn = (
  pool: UserPoolClient,
  now: () => number,
): KeptShape<RestingSignInState, KeptSignIn> => ({
  toKept: (state) => {
    if (state.status === 'challenge') {
      const { status, username, challenge, canResend } = state;
      return { status, username, challenge, canResend };
    }
    if (state.status !== 'device-question') return undefined;
    const { status, username, deviceKey, step } = state;
    return { status, username, deviceKey, storedName: step.username };
  },
  fromKept: ({ status, username, deviceKey, storedName, challenge: keptChallenge, canResend }) => {
    if (!isNonEmptyString(username)) return undefined;
    if (status === 'device-question' && isNonEmptyString(deviceKey) && isNonEmptyString(storedName)) {
      return { status, username, deviceKey, storedName };
    }
    if (status !== 'challenge') return undefined;
    const challenge = parseChallenge(JSON.stringify(keptChallenge));
    if (challenge.userPoolId !== pool.userPoolId || challenge.clientId !== pool.clientId) return undefined;
    if (challenge.expiresAt <= now()) return { status: 'failed', error: sessionExpired(), username };
    return { status, username, challenge, canResend: canResend === true };
  },
});
