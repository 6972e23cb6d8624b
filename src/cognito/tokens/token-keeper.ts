/** Keeps the tokens of one signed-in user fresh: any number of callers share one refresh at a time. */
import { ProtocolError, ServiceError } from '../../errors.ts';
import { requireObject, requireTexts } from '../../required-input.ts';
import { decodeClaims } from '../claims.ts';
import { type CallOptions, currentTime, MAX_DELAY_MS } from '../client/call-options.ts';
import { abortReason, leaveOnAbort, withTimeout } from '../client/time-limit.ts';
import { checkPool, type UserPoolClient } from '../client/user-pool-client.ts';
import type { Tokens } from '../sign-in/step.ts';
import { isNonEmptyString } from '../values.ts';
import { createSingleFlight, type Demand } from './single-flight.ts';
import { REFRESH_TIMEOUT_MS, type RefreshTokensInput, refreshTokens } from './token-operations.ts';

/** How long before its end an access token is replaced, in milliseconds. */
export const DEFAULT_MARGIN_MS = 60_000;

/** What {@link createTokenKeeper} keeps, and where it stores new tokens. */
export interface TokenKeeperInput extends Pick<RefreshTokensInput, 'deviceKey' | 'method'> {
  /** The canonical name: `step.username`. */
  readonly username: string;
  /** The tokens to begin with: `step.tokens`, or what was stored. */
  readonly tokens: Tokens;
  /**
   * Stores new tokens. It is called before any caller gets them. If the app client rotates refresh tokens, the old
   * one ends, so what this function throws or rejects with reaches the callers, and the next call tries again.
   */
  readonly onTokens?: ((tokens: Tokens) => void | Promise<void>) | undefined;
  /**
   * Reads the stored tokens, because another tab or process may have stored newer ones. It is called before each
   * refresh, and again if the service refuses the refresh token. If it fails, the tokens at hand are used. If it takes longer than
   * `timeoutMs`, nothing is sent, because new tokens could not be stored either: the tokens at hand are given until they end.
   * `async () => (await store.load(username))?.tokens`
   */
  readonly load?: (() => Tokens | undefined | Promise<Tokens | undefined>) | undefined;
  /**
   * Runs a refresh while no other tab or process runs one. In a browser:
   * `async (work) => await navigator.locks.request('tokens', work)`. A browser may freeze the tab that has the lock. So if the turn
   * does not come within `timeoutMs`, the tokens at hand are given until they end. Whoever needs new ones waits four times as long,
   * because the refresh of another may be slow. The option `signal` ends the wait, too. The work then rejects when its turn comes, and
   * sends nothing.
   */
  readonly exclusive?: (<T>(work: () => Promise<T>) => Promise<T>) | undefined;
  /**
   * Gets new tokens in place of `refreshTokens`. After a sign-in by redirect in a pool that remembers devices:
   * `(input) => refreshRedirectTokens(pool, { domain, ...input })` of `cognito-srp-engine/redirect`.
   */
  readonly refresh?:
    | ((input: RefreshTokensInput & { readonly username: string }) => Promise<Tokens>)
    | undefined;
  /** How long before its end an access token is replaced, in milliseconds. Default 60 000. */
  readonly marginMs?: number | undefined;
}

/** What the method `get` of a {@link TokenKeeper} takes. */
export interface GetTokensInput {
  /** True asks for new tokens even if those at hand are good, for example after the user's groups have changed. */
  readonly refresh?: boolean | undefined;
}

/** Keeps the tokens of one signed-in user. */
export interface TokenKeeper {
  /**
   * Gives tokens whose access token is good for a while: those at hand, or new ones.
   *
   * @param input whether new tokens are wanted in any case
   * @throws ServiceError REFRESH_TOKEN_REFUSED or REFRESH_TOKEN_REUSED, if the user has to sign in again; otherwise
   *   as `refreshTokens`
   * @throws ProtocolError TOKEN_INVALID if there is no refresh token, so the user has to sign in again; TIMED_OUT also if `load`
   *   does not answer in time, or the turn of `exclusive` does not come; otherwise as `refreshTokens`
   */
  readonly get: (input?: GetTokensInput) => Promise<Tokens>;
  /** The tokens at hand, whether they are good or not. */
  readonly current: () => Tokens;
  /**
   * Takes the tokens that `load` gives, if they are newer than those at hand: another tab or process has stored them.
   *
   * @returns whether they were newer. Without `load`, and if it fails or takes too long, they were not.
   */
  readonly reload: () => Promise<boolean>;
}

/** The tokens at hand, and whether `onTokens` has stored them. */
interface HeldTokens {
  readonly tokens: Tokens;
  readonly isStored: boolean;
}

/**
 * Creates a token keeper for one signed-in user. It holds the user's tokens and shares nothing with other keepers.
 *
 * @param pool the user pool and its app client
 * @param input the user's name and tokens, and where new tokens are stored
 * @param options how each refresh is sent. The default of `timeoutMs` is 5000 here, and `load` has the same limit.
 * @returns the keeper. Nothing is sent before its method `get` is called.
 * @throws ArgumentError USERNAME_INVALID, OPTION_INVALID for tokens without an access token, or another code if the pool cannot
 *   be right
 * @example
 * ```ts
 * import { createTokenKeeper, type SignedIn, type UserPoolClient, type UserStore } from 'cognito-srp-engine';
 *
 * declare const pool: UserPoolClient;
 * declare const signedIn: SignedIn;
 * declare const store: UserStore;
 *
 * const { username, tokens } = signedIn;
 * const keeper = createTokenKeeper(pool, {
 *   username,
 *   tokens,
 *   onTokens: (fresh) => store.saveTokens(username, fresh),
 *   load: async () => (await store.load(username))?.tokens,
 *   exclusive: async (work) => await navigator.locks.request('tokens', work),
 * });
 * const { accessToken } = await keeper.get();
 * await fetch('https://api.example.com/', { headers: { Authorization: `Bearer ${accessToken}` } });
 * ```
 */
export function createTokenKeeper(
  pool: UserPoolClient,
  input: TokenKeeperInput,
  options: CallOptions = {},
): TokenKeeper {
  checkPool(pool);
  requireTexts(input, 'username');
  requireTexts(requireObject(input.tokens, 'tokens'), 'accessToken');
  const {
    username,
    method,
    onTokens,
    load,
    refresh: refreshBy,
    exclusive = (work) => work(),
    marginMs = DEFAULT_MARGIN_MS,
  } = input;
  const { signal, timeoutMs = REFRESH_TIMEOUT_MS } = options;
  const runOneAtATime = createSingleFlight<Tokens>();
  let held: HeldTokens = { tokens: input.tokens, isStored: true };

  const isFresh = () => endOf(held.tokens) - marginMs > currentTime(options);
  const hasEnded = () => endOf(held.tokens) <= currentTime(options);

  /** Whether the tokens at hand do where new ones cannot be had. */
  const canWait = (demand: Demand) => demand === 'good' && held.isStored && !hasEnded();

  async function get(demand: Demand): Promise<Tokens> {
    try {
      return await runOneAtATime(demand, () => getTokens(demand));
    } catch (error) {
      // A network that is away for a moment matters only when the access token has ended.
      if (canWait(demand) && isTemporary(error)) return held.tokens;
      throw error;
    }
  }

  async function getTokens(demand: Demand): Promise<Tokens> {
    if (demand === 'good' && isFresh()) return held.isStored ? held.tokens : storeTokens();
    return leaveOnAbort((stay) => exclusive(() => refresh(demand, stay)), {
      ms: Math.min(timeoutMs * (canWait(demand) ? 1 : SLOW_TURN), MAX_DELAY_MS),
      signal,
      onTimeout: () => late('Another refresh'),
    });
  }

  /** @param stay makes the caller wait for the end, so that new tokens are stored before anybody else has a turn */
  async function refresh(demand: Demand, stay: () => Promise<void>): Promise<Tokens> {
    await stay();
    const isNewer = await takeStoredTokens();
    if (isNewer && demand === 'good' && isFresh()) return held.tokens;
    const before = held;
    try {
      return await requestTokens();
    } catch (error) {
      if (!isRefusedRefreshToken(error)) throw error;
      // Another tab may have used the refresh token first. What it has stored is good, and `reload` may have taken it already.
      await takeStoredTokens();
      if (held === before) throw error;
      return isFresh() ? held.tokens : requestTokens();
    }
  }

  async function requestTokens(): Promise<Tokens> {
    if (signal?.aborted) throw abortReason(signal);
    const { refreshToken, accessToken } = held.tokens;
    if (refreshToken === undefined) {
      throw new ProtocolError('TOKEN_INVALID', 'There is no refresh token: sign in again');
    }
    const deviceKey = input.deviceKey ?? deviceKeyIn(accessToken);
    const request = { username, method, deviceKey, refreshToken };
    const tokens = await (refreshBy ? refreshBy(request) : refreshTokens(pool, request, options));
    held = { tokens, isStored: false };
    return storeTokens();
  }

  async function storeTokens(): Promise<Tokens> {
    const { tokens } = held;
    await onTokens?.(tokens);
    held = { tokens, isStored: true };
    return tokens;
  }

  /**
   * Takes the tokens from the store if they are newer than those at hand, and answers whether they were.
   *
   * @throws ProtocolError TIMED_OUT if the store does not answer
   */
  async function takeStoredTokens(): Promise<boolean> {
    const tokens = await loadTokens();
    if (!tokens || !held.isStored || tokens.accessToken === held.tokens.accessToken) return false;
    if (endOf(tokens) + CLOCK_STEP_MS < endOf(held.tokens)) return false;
    held = { tokens, isStored: true };
    return true;
  }

  /** @throws ProtocolError TIMED_OUT */
  async function loadTokens(): Promise<Tokens | undefined> {
    const isLate = late('The store');
    try {
      return await withTimeout(() => load?.(), { ms: timeoutMs, signal, onTimeout: () => isLate });
    } catch (error) {
      // A refresh may spend the refresh token, and such a store would not take the new one
      if (error === isLate) throw error;
      // The tokens at hand do without a store that fails
      return undefined;
    }
  }

  return {
    current: () => held.tokens,
    reload: () => takeStoredTokens().catch(() => false),
    get: ({ refresh: wantsNew = false } = {}) => get(wantsNew ? 'new' : 'good'),
  };
}

/** A turn may take as long as the store and three attempts of a refresh. */
const SLOW_TURN = 4;

const late = (what: string) =>
  new ProtocolError('TIMED_OUT', `${what} did not end in time`, { recovery: 'try-later' });

/**
 * The service's clock is known to the second. So tokens that another tab got just after those at hand can seem to end before them,
 * by less than a second.
 */
const CLOCK_STEP_MS = 1000;

/** Tokens come from the caller's own storage, too. Those whose end is not a number count as ended, so that they are refreshed. */
const endOf = ({ expiresAt }: Tokens): number => (Number.isFinite(expiresAt) ? expiresAt : 0);

/** The device that signed in is named in the access token. */
function deviceKeyIn(accessToken: string): string | undefined {
  const deviceKey = decodeClaims(accessToken)?.['device_key'];
  return isNonEmptyString(deviceKey) ? deviceKey : undefined;
}

const isRefusedRefreshToken = (error: unknown): boolean =>
  error instanceof ServiceError &&
  (error.code === 'REFRESH_TOKEN_REFUSED' || error.code === 'REFRESH_TOKEN_REUSED');

/** Whether the same refresh can succeed later. */
export const isTemporary = (error: unknown): boolean =>
  (error instanceof ServiceError || error instanceof ProtocolError) && error.recovery === 'try-later';
