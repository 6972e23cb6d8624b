/** Keeps one user's tokens fresh: any number of callers, one refresh at a time. */
import { ProtocolError, type Recovery, ServiceError } from '../../errors.ts';
import { decodeClaims } from '../claims.ts';
import { type CallOptions, currentTime } from '../client/call-options.ts';
import type { UserPoolClient } from '../client/user-pool-client.ts';
import type { Tokens } from '../sign-in/step.ts';
import { isNonEmptyString } from '../values.ts';
import { type RefreshInput, refreshTokens } from './token-operations.ts';

export interface TokenKeeperInput extends Pick<RefreshInput, 'deviceKey' | 'method'> {
  /** The canonical name: `step.username`. */
  readonly username: string;
  readonly tokens: Tokens;
  /**
   * Called with new tokens before any caller gets them: store them here. With rotation on, the old refresh
   * token ends, so what this throws or rejects with reaches the callers, and is tried again at the next call.
   */
  readonly onTokens?: (tokens: Tokens) => void | Promise<void>;
  /**
   * The tokens in the store, where another tab or process may have put newer ones: asked before each refresh, and
   * again where the refresh token at hand turns out to be spent. `async () => (await store.load(username))?.tokens`.
   * A store that fails has nothing newer.
   */
  readonly load?: () => Tokens | undefined | Promise<Tokens | undefined>;
  /**
   * Runs a refresh while no other tab or process does. In a browser:
   * `async (work) => await navigator.locks.request('tokens', work)`.
   */
  readonly exclusive?: <T>(work: () => Promise<T>) => Promise<T>;
  /** How long before its end an access token is replaced, in milliseconds. Default 60 000. */
  readonly marginMs?: number;
}

export interface TokenKeeper {
  /**
   * Tokens whose access token is good for a while: those at hand, or new ones.
   *
   * @param input.refresh true asks for new ones in any case, e.g. after groups have changed
   * @throws ServiceError REFRESH_TOKEN_REFUSED and the like, ProtocolError TOKEN_INVALID where there is no refresh
   *   token: the user has to sign in again
   */
  get(input?: { readonly refresh?: boolean }): Promise<Tokens>;
  /** The tokens at hand, good or not. */
  current(): Tokens;
}

/**
 * A keeper for one signed-in user. Make one per user; it holds its state and shares none.
 *
 * @param options of each refresh; `timeoutMs` is 5000 by default
 */
export function createTokenKeeper(
  pool: UserPoolClient,
  input: TokenKeeperInput,
  options: CallOptions = {},
): TokenKeeper {
  const marginMs = input.marginMs ?? 60_000;
  let tokens = input.tokens;
  /** New tokens that `onTokens` has not taken yet. */
  let unsaved = false;
  /** The call under way, the last where a forced one waits for another. */
  let pending: { readonly forced: boolean; readonly tokens: Promise<Tokens> } | undefined;

  const save = async (): Promise<Tokens> => {
    await input.onTokens?.(tokens);
    unsaved = false;
    return tokens;
  };
  /** Takes over what the store has, if that is newer. */
  const catchUp = async (): Promise<boolean> => {
    const stored = await Promise.resolve()
      .then(() => input.load?.())
      .catch(() => undefined);
    if (!stored || unsaved || stored.accessToken === tokens.accessToken) return false;
    if (stored.expiresAt < tokens.expiresAt) return false;
    tokens = stored;
    return true;
  };
  const isFresh = () => tokens.expiresAt - marginMs > currentTime(options);
  const renew = async (): Promise<Tokens> => {
    const { refreshToken, accessToken } = tokens;
    if (refreshToken === undefined) {
      throw new ProtocolError('TOKEN_INVALID', 'There is no refresh token: sign in again');
    }
    // The device that signed in is in the access token
    const { device_key } = decodeClaims(accessToken) ?? {};
    const deviceKey = input.deviceKey ?? (isNonEmptyString(device_key) ? device_key : undefined);
    tokens = await refreshTokens(pool, { ...input, deviceKey, refreshToken }, options);
    unsaved = true;
    return save();
  };
  const refresh = async (forced: boolean): Promise<Tokens> => {
    if ((await catchUp()) && isFresh() && !forced) return tokens;
    try {
      return await renew();
    } catch (error) {
      // Another tab was faster: its tokens are good
      const isSpent = error instanceof ServiceError && error.code.startsWith('REFRESH_TOKEN_');
      if (!isSpent || !(await catchUp())) throw error;
      return isFresh() ? tokens : renew();
    }
  };
  const { exclusive = (work) => work() } = input;

  return {
    current: () => tokens,
    get: ({ refresh: forced = false } = {}) => {
      if (pending && (pending.forced || !forced)) return pending.tokens;
      const enough = isFresh() && !forced;
      if (enough && !unsaved) return Promise.resolve(tokens);
      const work = () => (enough ? save() : exclusive(() => refresh(forced)));
      // What is under way may have begun before that which the caller wants new tokens for
      const outcome = Promise.resolve(pending?.tokens)
        .then(work, work)
        .catch((error: unknown) => {
          const later = (error as { readonly recovery?: Recovery }).recovery === 'try-later';
          // A network that is away for a moment matters only when the token has ended
          if (later && !forced && !unsaved && tokens.expiresAt > currentTime(options)) return tokens;
          throw error;
        })
        .finally(() => {
          if (pending === mine) pending = undefined;
        });
      const mine = { forced, tokens: outcome };
      pending = mine;
      return outcome;
    },
  };
}
