/** The tokens of a reply of the token endpoint (RFC 6749 §5.1), as a sign-in gives them. */
import type { TokenEndpointResponse } from 'oauth4webapi';
import { isLifetime } from '../cognito/claims.ts';
import { type Tokens, toTokens } from '../cognito/sign-in/step.ts';

/** @param now milliseconds since the epoch by the caller's clock */
export const tokensOf = (reply: TokenEndpointResponse, now: number, refreshToken?: string): Tokens =>
  toTokens(
    {
      AccessToken: reply.access_token,
      IdToken: reply.id_token,
      RefreshToken: reply.refresh_token ?? refreshToken,
      // Otherwise the token says when it ends
      ExpiresIn: isLifetime(reply.expires_in) ? reply.expires_in : undefined,
      // oauth4webapi gives it in lower case
      TokenType: 'Bearer',
      NewDeviceMetadata: undefined,
    },
    now,
  );
