/** What a session takes and gives. */
import type { SignedIn, Tokens } from '../cognito/sign-in/step.ts';
import type { GetTokensInput, TokenKeeperInput } from '../cognito/tokens/token-keeper.ts';
import type { UserStore } from '../cognito/tokens/user-store.ts';
import type { Timers } from './refresh-timer.ts';
import type { SessionEvent, SessionSnapshot } from './snapshot.ts';
import type { TabChannel } from './tabs.ts';

/** What `createSession` takes beside the pool. */
export interface SessionInput
  extends Pick<TokenKeeperInput, 'exclusive' | 'marginMs' | 'method' | 'refresh'> {
  /** Where the tokens are kept: `createUserStore(…)`. */
  readonly store: UserStore;
  /**
   * Tells the application's other tabs of each change: `new BroadcastChannel('session')`. Default: other tabs are noticed when
   * tokens are refreshed.
   */
  readonly tabs?: TabChannel | undefined;
  /**
   * Whether the tokens are refreshed before they end although nobody asks for them. Default false: they are refreshed when
   * somebody does. A refresh that failed for a moment is tried again after 30 seconds.
   */
  readonly refreshOnTimer?: boolean | undefined;
  /** The timers of `refreshOnTimer`. Default: the runtime's. */
  readonly timers?: Timers | undefined;
  /**
   * The origins that the method `fetch` sends the access token to: `['https://api.example.com']`. Default: every one, so do not
   * call it with a URL that somebody else has written. Runtimes leave the token out where a redirect leads to another origin.
   */
  readonly origins?: readonly string[] | undefined;
  /** Sends the requests of the method `fetch`. Default: the runtime's `fetch`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
}

/** What the method `signOut` of a {@link Session} takes. */
export interface SignOutInput {
  /** True ends every sign-in of the user, on all devices (AWS operation GlobalSignOut). Default false: this one (RevokeToken). */
  readonly everywhere?: boolean | undefined;
}

/** What the method `signOut` of a {@link Session} gives. */
export interface SignedOut {
  /**
   * Why the store could not remove the tokens, or the service was not told or refused. The session is over all the same. Tokens that
   * are still in the store sign the user in at the next start, and a refresh token that was not revoked can be used by whoever has it.
   *
   * Or why the store could not be read, where no session had begun. Who is signed in is then still unknown: the state stays `loading`,
   * and the next call reads the store again.
   */
  readonly problem: unknown;
}

/** The session of an application with one user at a time. */
export interface Session {
  /** The state. It is the same object until something changes. */
  readonly getSnapshot: () => SessionSnapshot;
  /**
   * Calls the listener at once, and after every event. That is the contract of a Svelte store, and what React's
   * `useSyncExternalStore` and Vue's `shallowRef` take.
   *
   * @param listener gets the snapshot and the event, which is undefined in the first call. What it throws is
   * reported to the page or the process.
   * @returns ends it
   */
  readonly subscribe: (listener: (snapshot: SessionSnapshot, event?: SessionEvent) => void) => () => void;
  /**
   * The store for a sign-in flow: `createSignInFlow(pool, { store: session.store })`. What is saved in it begins the session, before
   * the flow says that the user is signed in.
   */
  readonly store: UserStore;
  /** Reads the store, if that was not done yet. `tokens` and `fetch` do it themselves. */
  readonly restore: () => Promise<SessionSnapshot>;
  /**
   * Begins the session of a sign-in, and stores it. Another user who was signed in is signed out, also one of a store that was not
   * read yet. If the store fails, the session begins all the same, without being kept, and the call rejects with that failure. Of
   * calls at the same time, the last one counts.
   *
   * Confirm a new device of the sign-in before, by `confirmNewDevice`. Otherwise the service refuses to refresh the tokens, and the
   * session ends with the access token.
   *
   * @param step the sign-in
   * @param alias what the user typed. The device of the user is then found by it.
   */
  readonly begin: (step: SignedIn, alias?: string) => Promise<SessionSnapshot>;
  /**
   * Gives tokens whose access token is good for a while, as the token keeper does. Callers at the same time share one refresh.
   *
   * @throws ProtocolError TOKEN_INVALID if nobody is signed in, or the user has signed out meanwhile; otherwise as the method `get` of
   *   a token keeper
   */
  readonly tokens: (input?: GetTokensInput) => Promise<Tokens>;
  /**
   * Sends a request to a server of the application with the access token as `Authorization: Bearer` (RFC 6750 §2.1). If the
   * server answers 401, it is sent once more with a new access token. If there is none, the 401 is given back.
   * The signal of the request also ends the wait for the tokens. A refresh that is under way goes on for others.
   *
   * @param input the URL, over https or to this machine, or the request. A host has to be written in ASCII letters.
   * @param init as for the global `fetch`
   * @throws ArgumentError ENDPOINT_INSECURE, or OPTION_INVALID for another origin; otherwise as `tokens`, and as `fetch`
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /**
   * Signs out: the tokens are removed from the store at once, and then the service is told.
   *
   * @returns what was not done. It does not reject because of the service or the store.
   */
  readonly signOut: (input?: SignOutInput) => Promise<SignedOut>;
  /** Ends the timer, and hears and tells other tabs nothing more. The user stays signed in. */
  readonly close: () => void;
}
