/** A session that an application can follow: a token keeper, a user store and events together. */
import { type CallOptions, currentTime } from '../cognito/client/call-options.ts';
import { sleep } from '../cognito/client/time-limit.ts';
import { checkPool, type UserPoolClient } from '../cognito/client/user-pool-client.ts';
import type { SignedIn, Tokens } from '../cognito/sign-in/step.ts';
import { createSingleFlight, createTurns } from '../cognito/tokens/single-flight.ts';
import {
  createTokenKeeper,
  type GetTokensInput,
  isTemporary,
  type TokenKeeper,
} from '../cognito/tokens/token-keeper.ts';
import { globalSignOut, revokeToken } from '../cognito/tokens/token-operations.ts';
import type { StoredUser } from '../cognito/tokens/user-store.ts';
import { ProtocolError } from '../errors.ts';
import { createListeners } from '../followed-listeners.ts';
import { requireObject } from '../required-input.ts';
import { fetchWithToken } from './authorized-fetch.ts';
import { isEnd, lockOf, nextRefresh } from './refresh-rules.ts';
import { createRefreshTimer, startTimer } from './refresh-timer.ts';
import type { Session, SessionInput, SignedOut, SignOutInput } from './session-types.ts';
import {
  type SessionEvent,
  type SessionSnapshot,
  type SignedOutReason,
  signedInSnapshot,
} from './snapshot.ts';
import { joinTabs } from './tabs.ts';

/**
 * When the store is read again after another tab has changed it, or may have spent the refresh token, in milliseconds. Browsers run
 * tabs in several processes, and what one writes into localStorage is seen by another a moment later, perhaps after the message about
 * it. A tab or process that got new tokens writes them a moment after the service has refused the token to another.
 */
const SETTLING_MS = [250, 1500] as const;

/**
 * Creates a session. It reads the store once it is asked for something.
 *
 * @param pool the user pool and its app client
 * @param input the store, and how other tabs and time are handled
 * @param options how requests to the service are sent
 * @returns the session, whose snapshot is `loading` at first
 * @throws ArgumentError if the pool or an option cannot be right
 * @example
 * ```ts
 * import { confirmNewDevice, createUserStore, signIn, type UserPoolClient, webStorage } from 'cognito-srp-engine';
 * import { createSession } from 'cognito-srp-engine/session';
 *
 * declare const pool: UserPoolClient;
 * declare const password: string;
 *
 * const store = createUserStore(webStorage(() => window.localStorage), pool);
 * const session = createSession(pool, { store, tabs: new BroadcastChannel('session'), refreshOnTimer: true });
 * session.subscribe(({ status }, event) => console.log(status, event?.type));
 * if ((await session.restore()).status === 'signed-out') {
 *   const step = await signIn(pool, { username: 'alice', password }, { device: store.device });
 *   // A pool that tracks devices refuses to refresh tokens of a device that was not confirmed
 *   if (step.status === 'signed-in') await session.begin(await confirmNewDevice(pool, step));
 * }
 * const orders = await session.fetch('https://api.example.com/orders');
 * console.log(orders.status);
 * ```
 */
export function createSession(pool: UserPoolClient, input: SessionInput, options: CallOptions = {}): Session {
  checkPool(pool);
  const { store, tabs: channel, refreshOnTimer = false, timers = globalThis } = requireObject(input, 'input');
  requireObject(store, 'store');
  const listeners = createListeners<[snapshot: SessionSnapshot, event?: SessionEvent]>();
  const beginInTurn = createTurns();
  let snapshot: SessionSnapshot = { status: 'loading' };
  let current: CurrentUser | undefined;
  let restoring: Promise<void> | undefined;
  let isClosed = false;

  const tabs = joinTabs(channel, pool, () => {
    void readElsewhere();
    for (const ms of SETTLING_MS) startTimer(globalThis, () => void readElsewhere(), ms);
  });
  const timer = createRefreshTimer(
    timers,
    () => currentTime(options),
    () => void getTokens({ refresh: false }).catch(() => {}),
  );

  const emit = (event: SessionEvent) => listeners.tell(snapshot, event);

  function adopt(user: StoredUser, isStored = true): CurrentUser {
    const adopted: CurrentUser = {
      username: user.username,
      isStored,
      keeper: keeperOf(user, () => isStored && current === adopted),
      refreshOneAtATime: createSingleFlight<Tokens>(),
    };
    current = adopted;
    showTokens(user);
    return adopted;
  }

  function showTokens(user: StoredUser): void {
    snapshot = signedInSnapshot(user);
    setTimer(user.tokens);
  }

  function setTimer(tokens: Tokens): void {
    if (refreshOnTimer && !isClosed) timer.setFor(nextRefresh(tokens, currentTime(options), input.marginMs));
  }

  function keeperOf({ username, tokens }: StoredUser, isCurrent: () => boolean): TokenKeeper {
    const { exclusive = lockOf(pool, username), marginMs, method, refresh } = input;
    return createTokenKeeper(
      pool,
      {
        username,
        tokens,
        method,
        ...(exclusive && { exclusive }),
        ...(marginMs !== undefined && { marginMs }),
        ...(refresh && { refresh }),
        load: async () => (await store.load(username))?.tokens,
        onTokens: async (fresh) => {
          // Whoever has signed out meanwhile, here or in another tab, stays signed out
          if (isCurrent() && (await store.load(username)) && isCurrent())
            await store.saveTokens(username, fresh);
        },
      },
      options,
    );
  }

  function show(reason: SignedOutReason): void {
    current = undefined;
    timer.clear();
    snapshot = { status: 'signed-out', reason };
  }

  async function restore(): Promise<SessionSnapshot> {
    // A session that has begun does without what the store had before
    if (snapshot.status !== 'loading') return snapshot;
    restoring ??= readStore().catch((error: unknown) => {
      // The next call reads again
      restoring = undefined;
      if (snapshot.status === 'loading') throw error;
    });
    await restoring;
    return snapshot;
  }

  async function readStore(): Promise<void> {
    const user = await store.load();
    // A sign-in that ended while the store was read counts
    if (snapshot.status !== 'loading') return;
    if (user) adopt(user);
    else show('nobody');
    emit({ type: 'restored' });
  }

  /** Reads what another tab has stored. A store that cannot be read leaves everything as it is. */
  async function readElsewhere(): Promise<void> {
    const before = current;
    if (snapshot.status === 'loading' || isClosed) return;
    const user = await loadIfReadable();
    // What was begun or ended here meanwhile is newer
    if (isClosed || user === UNREADABLE || current !== before) return;
    if (user) {
      // The keeper stays, because a refresh may be under way
      if (before?.username === user.username) {
        if (!(await before.keeper.reload()) || isClosed || current !== before) return;
        showTokens({ username: user.username, tokens: before.keeper.current() });
      } else adopt(user);
      emit({ type: 'changed-elsewhere', username: user.username });
    } else if (before?.isStored) {
      show('elsewhere');
      emit({ type: 'signed-out', username: before.username, reason: 'elsewhere' });
    }
  }

  async function getTokens({ refresh = false }: GetTokensInput): Promise<Tokens> {
    await restore();
    const user = current;
    if (!user) throw new ProtocolError('TOKEN_INVALID', 'Nobody is signed in: sign in first');
    try {
      return await user.refreshOneAtATime(refresh ? 'new' : 'good', () => takeTokens(user, refresh));
    } catch (error) {
      // Whoever has signed in anew meanwhile is the user whose tokens the caller wants
      if (current !== user && current?.username === user.username) return getTokens({ refresh });
      // A call for new tokens, which this one has joined, says nothing about those at hand
      const tokens = user.keeper.current();
      const areGood = !refresh && current === user && tokens.expiresAt > currentTime(options);
      if (areGood && isTemporary(error)) return tokens;
      throw error;
    }
  }

  async function takeTokens(user: CurrentUser, refresh: boolean): Promise<Tokens> {
    if (current !== user) throw signedOutMeanwhile();
    const { username, keeper } = user;
    const before = keeper.current();
    try {
      const tokens = await keeper.get({ refresh });
      // The caller must not act as a user who has signed out meanwhile
      if (current !== user) throw signedOutMeanwhile();
      if (tokens.accessToken === before.accessToken) {
        setTimer(tokens);
        return tokens;
      }
      if (user.isStored && (await loadIfReadable(username)) === undefined && current === user) {
        show('elsewhere');
        emit({ type: 'signed-out', username, reason: 'elsewhere' });
      }
      if (current !== user) throw signedOutMeanwhile();
      showTokens({ username, tokens });
      tabs.tell();
      emit({ type: 'refreshed', username });
      return tokens;
    } catch (error) {
      if (current === user && (await refreshFailed(user, before, error))) return takeTokens(user, false);
      throw error;
    }
  }

  /** Answers whether another tab has stored newer tokens. What it has just stored may be seen a moment later. */
  async function hasTokensOfAnotherTab({ keeper }: CurrentUser, before: Tokens): Promise<boolean> {
    const isNewer = () => keeper.current().accessToken !== before.accessToken;
    await keeper.reload();
    for (const ms of SETTLING_MS) {
      if (isNewer()) break;
      await sleep(ms, undefined);
      await keeper.reload();
    }
    return isNewer();
  }

  const loadIfReadable = (username?: string): Promise<StoredUser | undefined | typeof UNREADABLE> =>
    store.load(username).catch((): typeof UNREADABLE => UNREADABLE);

  /**
   * @param before the tokens at hand before the refresh
   * @returns whether the keeper has newer tokens now, which another tab has stored
   */
  async function refreshFailed(user: CurrentUser, before: Tokens, error: unknown): Promise<boolean> {
    const { username, keeper } = user;
    emit({ type: 'refresh-failed', username, error });
    if (!isEnd(error)) {
      setTimer(keeper.current());
      return false;
    }
    const isOthers = await hasTokensOfAnotherTab(user, before);
    const stored = isOthers ? undefined : await loadIfReadable(username);
    if (current !== user) return false;
    if (isOthers) {
      showTokens({ username, tokens: keeper.current() });
      emit({ type: 'changed-elsewhere', username });
      return true;
    }
    // Another refresh token was not refused, even if its tokens do not look newer, and must not be removed
    if (stored && stored !== UNREADABLE && stored.tokens.refreshToken !== keeper.current().refreshToken) {
      adopt(stored);
      emit({ type: 'changed-elsewhere', username });
      return false;
    }
    show('ended');
    // Tokens that nobody can use are of no use in the store, and a store that fails changes nothing about that
    await store.signOut(username).catch(() => {});
    tabs.tell();
    emit({ type: 'signed-out', username, reason: 'ended' });
    return false;
  }

  async function signOut({ everywhere = false }: SignOutInput): Promise<SignedOut> {
    const unread = await problemOf(restore);
    const user = current;
    if (!user) return { problem: unread };
    show('signed-out');
    const stored = await problemOf(() => store.signOut(user.username));
    tabs.tell();
    emit({ type: 'signed-out', username: user.username, reason: 'signed-out' });
    const told = await problemOf(() => revoke(user, everywhere));
    return { problem: stored ?? told };
  }

  async function revoke({ keeper, refreshOneAtATime }: FormerUser, everywhere: boolean): Promise<void> {
    // A refresh that is under way may rotate the refresh token, and the new one has to be revoked. None is begun for that. A sign-out
    // everywhere needs an access token that has not ended.
    const last = everywhere ? keeper.get() : refreshOneAtATime('good', async () => keeper.current());
    const { accessToken, refreshToken } = await last.catch(() => keeper.current());
    if (everywhere) await globalSignOut(pool, { accessToken }, options);
    else if (refreshToken !== undefined) await revokeToken(pool, { refreshToken }, options);
  }

  async function begin(step: SignedIn, alias?: string): Promise<SessionSnapshot> {
    const { former, problem } = await beginInTurn(() => replaceUser(step, alias));
    if (former) await problemOf(() => revoke(former, false));
    if (problem !== undefined) throw problem;
    return snapshot;
  }

  /** @returns the other user who was signed in, and why the new one could not be stored */
  async function replaceUser(step: SignedIn, alias: string | undefined) {
    const before = await userBefore();
    const problem = await problemOf(() => store.save(step, alias));
    // A user who has signed in is signed in, even if that is not kept
    adopt(step, problem === undefined);
    tabs.tell();
    emit({ type: 'signed-in', username: step.username });
    const former = before?.username === step.username ? undefined : before;
    if (former) await problemOf(() => store.signOut(former.username));
    return { former, problem };
  }

  /** Finds the user whose place the new one takes. */
  async function userBefore(): Promise<FormerUser | undefined> {
    // A stored user who was not read yet is not adopted first, so that no listener is told of a user who is replaced at once
    const stored = snapshot.status === 'loading' ? await loadIfReadable() : undefined;
    if (current || !stored || stored === UNREADABLE) return current;
    return {
      username: stored.username,
      keeper: keeperOf(stored, () => false),
      refreshOneAtATime: createSingleFlight<Tokens>(),
    };
  }

  return {
    store: {
      ...store,
      save: async (step, alias) => {
        await begin(step, alias);
      },
    },
    getSnapshot: () => snapshot,
    subscribe: (listener) => listeners.add(listener, snapshot),
    restore,
    begin,
    tokens: (wanted = {}) => getTokens(wanted),
    fetch: (request, init) =>
      fetchWithToken(
        input.fetch ?? globalThis.fetch,
        input.origins,
        async (refresh) => (await getTokens({ refresh })).accessToken,
        request,
        init,
      ),
    signOut: (wanted = {}) => signOut(wanted),
    close: () => {
      isClosed = true;
      timer.clear();
      tabs.leave();
    },
  };
}

/** The user whose session it is. Another object is another session, of the same user even. */
interface CurrentUser {
  readonly username: string;
  /** False if the store could not keep the sign-in, so that nothing in it is this user's. */
  readonly isStored: boolean;
  readonly keeper: TokenKeeper;
  /** Each user has their own, so that nobody waits for a refresh of the user before, or gets its failure. */
  readonly refreshOneAtATime: ReturnType<typeof createSingleFlight<Tokens>>;
}

/** A user who has to be signed out of the service. */
type FormerUser = Omit<CurrentUser, 'isStored'>;

/** @returns why it failed. A failure that is undefined counts as an Error, so that it is not taken for success. */
async function problemOf(run: () => Promise<unknown>): Promise<unknown> {
  try {
    await run();
    return undefined;
  } catch (problem) {
    return problem ?? new Error('Unknown reason');
  }
}

const signedOutMeanwhile = () => new ProtocolError('TOKEN_INVALID', 'The user has signed out meanwhile');

/** Stands for a store that failed, which is not one without a user. */
const UNREADABLE = Symbol('unreadable');
