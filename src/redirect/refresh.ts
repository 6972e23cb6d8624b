/** Refreshes the tokens of a sign-in by redirect at the token endpoint (RFC 6749 §6). */
import { processRefreshTokenResponse, refreshTokenGrantRequest } from 'oauth4webapi';
import { decodeClaims } from '../cognito/claims.ts';
import type { CallOptions } from '../cognito/client/call-options.ts';
import type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
import type { Tokens } from '../cognito/sign-in/step.ts';
import { ProtocolError } from '../errors.ts';
import { requireText } from '../required-input.ts';
import { explained } from './oauth-failures.ts';
import { oauthServer } from './oauth-server.ts';
import type { RedirectDomain } from './redirect-domain.ts';
import { clientAt, serviceTimeOf } from './service-clock.ts';
import { tokensOf } from './token-reply.ts';

/** What {@link refreshRedirectTokens} takes beside the pool. */
export interface RefreshRedirectInput extends RedirectDomain {
  readonly refreshToken: string;
  /** The canonical name, if it is known: `step.username`. New tokens of another user are refused then. */
  readonly username?: string | undefined;
}

/**
 * Gets new tokens for a refresh token of a sign-in by redirect, at the token endpoint. `refreshTokens` and a token keeper use
 * GetTokensFromRefreshToken, which does for these tokens as well, unless the pool remembers devices: there the operation wants the key
 * of a device that a sign-in by redirect does not have. Give this function to the keeper or the session as `refresh` then.
 *
 * @param pool the user pool and its app client
 * @param input the domain and the refresh token
 * @param options how the request is sent. It is sent once.
 * @returns new tokens, with the refresh token to keep from now on: a new one, or the one that was given
 * @throws ServiceError REFRESH_TOKEN_REFUSED if the user has to sign in again, or another code as {@link completeRedirectSignIn}
 * @throws ProtocolError TOKEN_INVALID if the new tokens are not right or another user's, or another code if no usable reply came
 * @throws ArgumentError if the pool, the domain or an option cannot be right
 * @example
 * ```ts
 * import { createTokenKeeper, type SignedIn, type UserPoolClient } from 'cognito-srp-engine';
 * import { refreshRedirectTokens } from 'cognito-srp-engine/redirect';
 *
 * declare const pool: UserPoolClient;
 * declare const step: SignedIn;
 *
 * const domain = 'https://shop.auth.eu-west-1.amazoncognito.com';
 * const keeper = createTokenKeeper(pool, {
 *   ...step,
 *   refresh: (input) => refreshRedirectTokens(pool, { domain, ...input }),
 * });
 * console.log((await keeper.get()).expiresIn);
 * ```
 */
export async function refreshRedirectTokens(
  pool: UserPoolClient,
  input: RefreshRedirectInput,
  options: CallOptions = {},
): Promise<Tokens> {
  const { server, client, auth, request, now } = oauthServer(pool, input, options);
  const refreshToken = requireText(input, 'refreshToken');
  const { reply, serviceNow } = await request('try-later', async (http) => {
    const response = await explained('refresh_token', () =>
      refreshTokenGrantRequest(server, client, auth, refreshToken, http),
    );
    const serviceNow = await serviceTimeOf(response, now());
    const reply = await explained('refresh_token', () =>
      processRefreshTokenResponse(server, clientAt(client, serviceNow), response),
    );
    return { reply, serviceNow };
  });
  const { username } = input;
  if (username !== undefined && decodeClaims(reply.access_token)?.['username'] !== username) {
    throw new ProtocolError('TOKEN_INVALID', 'The new tokens are those of another user');
  }
  return tokensOf(reply, { now: now(), serviceNow }, refreshToken);
}
