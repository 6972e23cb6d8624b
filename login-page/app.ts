/** What every screen of a sign-in gets from its page: the pool, the flows, and the functions that lead to the next view. */
import {
  type Credentials,
  ServiceError,
  type SignInOptions,
  type UserPoolClient,
  type UserStore,
  webStorage,
} from 'cognito-srp-engine';
import {
  type CodeState,
  createPasswordResetFlow,
  createSignInFlow,
  createSignUpFlow,
  type PasswordResetFlow,
  type SignInFlow,
  type SignInState,
  type SignUpFlow,
} from 'cognito-srp-engine/flow';
import type { PasswordPolicy, Texts } from 'cognito-srp-engine/texts';
import { deviceName } from './device-name.ts';
import type { KeptTexts } from './kept.ts';
import type { View } from './view.ts';

/** The flows in which the password of the first screen can be used. An app client allows some of them. */
export const FLOWS = ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'CUSTOM_AUTH'] as const;
export type PasswordFlow = (typeof FLOWS)[number];

/** The pool as a sign-in meets it. */
export interface SignInPool {
  readonly client: UserPoolClient;
  readonly flow: PasswordFlow;
  readonly passwordPolicy: PasswordPolicy;
  /** The attributes that a new user has to give, such as `email`. */
  readonly signUpAttributes: readonly string[];
  /** What a user name is, where the pool takes addresses alone. */
  readonly usernameIs?: 'email' | 'phone_number' | undefined;
  /** Whether users may create their accounts. */
  readonly hasSignUp: boolean;
  /** Whether users may begin with something else than a password. */
  readonly hasOtherFactors: boolean;
}

/** Where a sign-in stands. */
export interface Flows {
  readonly flow: SignInFlow;
  readonly signUp: SignUpFlow;
  readonly reset: PasswordResetFlow;
}

export interface App extends Flows {
  /** The name of the page, under which an authenticator app lists its codes. */
  readonly name: string;
  /** What the page says, in one language. */
  readonly texts: Texts;
  readonly pool: SignInPool;
  readonly kept: KeptTexts;
  /** Shows a view. @param how `replace` where going back would lead to a step that is over */
  readonly go: (view: View, how?: 'push' | 'replace') => void;
  /** Ends the sign-in where this state is its end. @returns false for a challenge that the user has to answer */
  readonly finish: (state: SignInState) => Promise<boolean>;
  /** Leaves a sign-in that is not finished. */
  readonly startOver: (username: string) => Promise<void>;
}

/** How long a request may take, in milliseconds. */
export const TIMEOUT_MS = 20_000;

interface FlowsInput {
  readonly store: UserStore;
  /** Sends the requests. Default: the browser's, to the endpoint of the pool. */
  readonly fetch?: SignInOptions['fetch'];
}

/** @param password the password. It may be empty under CUSTOM_AUTH, where the pool asks its own questions */
export const passwordCredentials = ({ flow }: SignInPool, username: string, password: string): Credentials =>
  flow === 'CUSTOM_AUTH' && !password ? { flow, username } : { flow, username, password };

/** Makes the flows. What is under way survives a reload, in this tab only. */
export function createFlows(pool: SignInPool, { store, fetch }: FlowsInput): Flows {
  const { client } = pool;
  const storage = webStorage(() => sessionStorage);
  const options = { timeoutMs: TIMEOUT_MS, ...(fetch && { fetch }) };
  const flow = createSignInFlow(client, { store, storage, deviceName: deviceName() }, options);
  const after = {
    storage,
    signInFlow: {
      ...flow,
      // The client may allow no other flow than the one of its pool
      start: (given: Credentials) =>
        flow.start(given.password ? passwordCredentials(pool, given.username, given.password) : given),
    },
  };
  return {
    flow,
    signUp: createSignUpFlow(client, after, options),
    reset: createPasswordResetFlow(client, after, options),
  };
}

/**
 * Lets a sign-in go on, and shows where it leads.
 *
 * @param signal cancels it
 * @param notice says in the next view why that is shown
 * @throws what the user has to be told in the present view
 */
export async function advance(
  app: App,
  signal: AbortSignal,
  work: () => Promise<SignInState>,
  notice?: (state: SignInState) => string | undefined,
): Promise<void> {
  const before = app.flow.getSnapshot();
  const state = await cancellable(signal, app.flow, work);
  // Work that was cancelled leads back. It goes on where the service has given tokens by then
  if (state === before) signal.throwIfAborted();
  await follow(app, state, notice?.(state));
}

async function cancellable<State>(
  signal: AbortSignal,
  flow: { readonly cancel: () => void },
  work: () => Promise<State>,
): Promise<State> {
  signal.addEventListener('abort', flow.cancel, { once: true });
  try {
    return await work();
  } finally {
    signal.removeEventListener('abort', flow.cancel);
  }
}

/** Shows the view for a state of the sign-in: the next challenge, or what the page does at the end. */
export async function follow(app: App, state: SignInState, notice?: string): Promise<void> {
  if ('error' in state) return tell(app, state.error, 'username' in state ? state.username : '');
  if (await app.finish(state)) return;
  if (state.status !== 'challenge') return;
  // The challenge that is shown is spent once it was answered, so the next one replaces it in the history
  app.go({ name: 'challenge', notice }, location.hash === '#challenge' ? 'replace' : 'push');
}

/** Some refusals lead to another view, such as the one that confirms an account. @throws every other one */
function tell(app: App, error: unknown, username: string): void {
  const recovery = error instanceof ServiceError ? error.recovery : undefined;
  if (recovery === 'confirm-sign-up') {
    app.signUp.askForCode(username);
    app.go({ name: 'confirm-sign-up' });
  } else if (recovery === 'reset-password') {
    app.go({ name: 'forgot-password', username, notice: app.texts.notices.passwordResetNeeded });
  } else throw error;
}

/**
 * Lets a sign-up or a password reset go on.
 *
 * @returns the state, while it is not done. After that the sign-in has gone on, and its view is shown
 * @throws what the user has to be told in the present view
 */
export async function advanceCode(
  app: App,
  flow: SignUpFlow | PasswordResetFlow,
  {
    signal,
    leaving,
    done,
  }: { readonly signal: AbortSignal; readonly leaving: AbortSignal; readonly done: string },
  work: () => Promise<CodeState>,
): Promise<CodeState> {
  // An earlier sign-in is not the one that goes on
  app.flow.restart();
  const both = {
    cancel: () => {
      flow.cancel();
      app.flow.cancel();
    },
  };
  const state = await cancellable(signal, both, work);
  // What became of the sign-in after it is in its own flow
  if (state.status !== 'done' && 'error' in state) throw state.error;
  if (state.status !== 'done') signal.throwIfAborted();
  else if (!leaving.aborted) {
    const next = app.flow.getSnapshot();
    const { username } = state;
    if (next.status === 'idle') app.go({ name: 'sign-in', username, notice: done }, 'replace');
    else await follow(app, next);
  }
  return state;
}
