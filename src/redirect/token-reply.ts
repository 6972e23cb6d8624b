/** The tokens of a reply of the token endpoint (RFC 6749 §5.1), as a sign-in gives them. */
import type { TokenEndpointResponse } from 'oauth4webapi';
import { type Tokens, toTokens } from '../cognito/sign-in/step.ts';

/** One moment by two clocks, in milliseconds since the epoch. */
export interface ReplyTime {
  /** By the caller's clock. */
  readonly now: number;
  /** By the service's clock. */
  readonly serviceNow: number;
}

/** @param refreshToken the one to keep if the reply has none */
export const tokensOf = (
  reply: TokenEndpointResponse,
  { now, serviceNow }: ReplyTime,
  refreshToken?: string,
): Tokens =>
  toTokens(
    {
      AccessToken: reply.access_token,
      IdToken: reply.id_token,
      RefreshToken: reply.refresh_token ?? refreshToken,
      ExpiresIn: reply.expires_in,
      // oauth4webapi gives it in lower case
      TokenType: 'Bearer',
      NewDeviceMetadata: undefined,
    },
    now,
    serviceNow,
  );
