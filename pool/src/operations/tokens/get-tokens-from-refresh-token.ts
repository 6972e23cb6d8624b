/** GetTokensFromRefreshToken: new tokens for an earlier sign-in, and a new refresh token if the client rotates them. */
import { getTokensFromRefreshToken as refreshTokens } from '../../sign-in/refresh.ts';
import { poolOperation } from '../operation.ts';

/** ClientSecret is the secret itself, not a hash. A client without a secret ignores it. */
export const getTokensFromRefreshToken = poolOperation(
  'GetTokensFromRefreshToken',
  { access: 'public' },
  refreshTokens,
);
