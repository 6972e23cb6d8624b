/** Tokens without claims that end at a given time, for a clock that stands still. */
import type { Tokens } from '../../src/index.ts';

export const NOW = 1_700_000_000_000;

/** @param endsInMs how long after `NOW` they end */
export const tokensOf = (accessToken: string, endsInMs: number): Tokens => ({
  accessToken,
  idToken: '',
  refreshToken: `refresh token of ${accessToken}`,
  expiresIn: 60,
  expiresAt: NOW + endsInMs,
  tokenType: 'Bearer',
});
