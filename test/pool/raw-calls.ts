/** Calls as they go over the wire, and what comes back, without any client in between. */
import type { UserPool } from '../../src/pool/index.ts';

export interface AuthenticationResult {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken?: string;
  readonly ExpiresIn: number;
  readonly TokenType: string;
  readonly NewDeviceMetadata?: { readonly DeviceKey: string; readonly DeviceGroupKey: string };
}

/** What a reply may hold. */
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
  const response = await pool.fetch('http://127.0.0.1/', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
      ...headers,
    },
    body: JSON.stringify(input),
  });
  // DeleteUser and ForgetDevice have no body
  return JSON.parse((await response.text()) || '{}') as Reply;
}

/** A refusal as `call` gives it; a text of undefined is a reply without one. */
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

/** The claims of a JWT, unverified. */
export const claimsOf = (token: string): Readonly<Record<string, unknown>> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());

export const ALICE = { username: 'alice', password: 'Correct-Horse-9' } as const;

/** USER_PASSWORD_AUTH of alice. */
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
