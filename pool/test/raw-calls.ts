/** Sends calls to a pool without any client in between, and gives the body of the reply as it came. */

import { sendRequest } from '../../test/support/pool-calls.ts';
import type { UserPool } from '../src/index.ts';

export { claimsOf } from '../../test/support/client.ts';

export interface AuthenticationResult {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken?: string;
  readonly ExpiresIn: number;
  readonly TokenType: string;
  readonly NewDeviceMetadata?: { readonly DeviceKey: string; readonly DeviceGroupKey: string };
}

/** The members that a reply may have. */
export interface Reply {
  readonly __type?: string;
  readonly message?: string;
  readonly ChallengeName?: string;
  readonly ChallengeParameters?: Readonly<Record<string, string>>;
  readonly Session?: string;
  readonly AuthenticationResult?: AuthenticationResult;
  readonly [member: string]: unknown;
}

export async function call(
  pool: UserPool,
  operation: string,
  input: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply> {
  const response = await sendRequest(pool, operation, input, headers);
  // DeleteUser and ForgetDevice have no body
  return JSON.parse((await response.text()) || '{}') as Reply;
}

/** A refusal as `call` gives it. Where the message is undefined, the reply has none. */
export const refusal = (__type: string, message: string | undefined): Reply =>
  message === undefined ? { __type } : { __type, message };

export const notAuthorized = (message: string | undefined): Reply =>
  refusal('NotAuthorizedException', message);

/** @throws Error for a reply without tokens */
export function resultOf(reply: Reply): AuthenticationResult {
  if (!reply.AuthenticationResult) throw new Error(`No tokens: ${JSON.stringify(reply)}`);
  return reply.AuthenticationResult;
}

/** @throws Error for a reply without a refresh token */
export function refreshTokenOf(reply: Reply): string {
  const { RefreshToken } = resultOf(reply);
  if (RefreshToken === undefined) throw new Error('No refresh token');
  return RefreshToken;
}

export const ALICE = { username: 'alice', password: 'Correct-Horse-9' } as const;

/** Signs alice in by USER_PASSWORD_AUTH. */
export const signInByPassword = (
  pool: UserPool,
  ClientId = 'web',
  parameters: Readonly<Record<string, string>> = {},
): Promise<Reply> =>
  call(pool, 'InitiateAuth', {
    ClientId,
    AuthFlow: 'USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME: ALICE.username, PASSWORD: ALICE.password, ...parameters },
  });
