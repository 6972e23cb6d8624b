/**
 * What sign-up and a forgotten password have in common: a request has a code sent, the code is confirmed, and a sign-in goes
 * on from there.
 */

import type { CallOptions } from '../cognito/client/call-options.ts';
import type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
import type { Delivery } from '../cognito/sign-in/challenge-types.ts';
import type { Credentials } from '../cognito/sign-in/flows.ts';
import { checkStorage, type KeyValueStorage } from '../cognito/tokens/key-value-storage.ts';
import { isNonEmptyString, isRecord } from '../cognito/values.ts';
import { ServiceError } from '../errors.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { requireObject } from '../required-input.ts';
import {
  createWorkplace,
  isRestoring,
  type WorkControl,
  type WorkingState,
  type Workplace,
} from './followed-state.ts';
import { isLater, type KeptShape, keepState, storageKey } from './kept-state.ts';
import type { SignInFlow } from './sign-in-flow-types.ts';
import type { FailedState, IdleState, SignInState } from './sign-in-state.ts';

/** A code is on its way to the user, who has to enter it. */
export interface CodeSentState {
  readonly status: 'code-sent';
  /** The name as it was typed. */
  readonly username: string;
  /** Where the code was sent, if the service says so. */
  readonly delivery?: Delivery;
  /** What the service gave for the automatic sign-in after a sign-up. Secret: with the code, it signs in without a password. */
  readonly session?: string;
  /** Why the code or the new password was not accepted. Both can be entered again. */
  readonly error?: unknown;
  /** The code was sent again. */
  readonly wasResent?: true;
}

/** The account can be used. */
export interface DoneState {
  readonly status: 'done';
  /** The name as it was typed. */
  readonly username: string;
  /**
   * What became of the sign-in that goes on by itself: the user is signed in, the sign-in flow asks a challenge, or it
   * failed and shows the first form. It is missing if there was none, or if it was cancelled.
   */
  readonly signIn?: 'signed-in' | 'challenge' | 'failed';
  /** Why the sign-in failed. The account can be used all the same. */
  readonly error?: unknown;
}

export type RestingCodeState = IdleState | CodeSentState | DoneState | FailedState;

/** What is done in the state `working`. */
export type CodeWork = 'restoring' | 'starting' | 'confirming' | 'resending';

/** Where a sign-up or a password reset stands. */
export type CodeState = RestingCodeState | WorkingState<RestingCodeState, CodeWork>;

/** What {@link createSignUpFlow} and {@link createPasswordResetFlow} take: the sign-in after it, and where the state is kept. */
export interface CodeFlowInput {
  /** Goes on as soon as the account can be used. Without it, the user signs in. */
  readonly signInFlow?: SignInFlow | undefined;
  /** How the sign-in goes on with a password. Default: `USER_SRP_AUTH`. */
  readonly passwordFlow?: 'USER_SRP_AUTH' | 'USER_PASSWORD_AUTH' | undefined;
  /**
   * Keeps over a reload that a code was sent. Give `webStorage(() => sessionStorage)` in a browser. After a sign-up, what is
   * kept has the `session` of the automatic sign-in. Together with the code it leads to a sign-in without a password, so it
   * is as sensitive as a session cookie until it expires. Without a storage, a reload begins anew.
   */
  readonly storage?: KeyValueStorage | undefined;
}

/** How {@link createSignUpFlow} and {@link createPasswordResetFlow} send their requests. They have their own signal. */
export type CodeFlowOptions = Omit<CallOptions, 'signal'>;

export interface CodeFlow {
  readonly place: Workplace<RestingCodeState, CodeWork>;
  /**
   * Runs one request.
   *
   * @param username the name as it was typed
   */
  readonly request: (
    work: CodeWork,
    username: string,
    run: (control: WorkControl, options: CallOptions) => Promise<RestingCodeState>,
  ) => Promise<CodeState>;
  /** What a call that does not fit the state gives back: the state that follows without it. */
  readonly ignored: () => Promise<CodeState>;
  /** The state `done`, after the sign-in flow has gone on. */
  readonly finish: (username: string, credentials: Credentials | undefined) => Promise<DoneState>;
  readonly withPassword: (username: string, password: string) => Credentials;
  readonly cancel: () => void;
  readonly restart: () => void;
}

/** @param name the name of the flow in the storage's key */
export function createCodeFlow(
  pool: UserPoolClient,
  name: string,
  input: CodeFlowInput,
  options: CodeFlowOptions,
): CodeFlow {
  const { signInFlow, passwordFlow = 'USER_SRP_AUTH', storage } = input;
  requireObject(pool, 'pool');
  if (storage) checkStorage(storage);
  const kept = storage && keepState(storage, storageKey(pool, name), KEPT_CODE);
  const place = createWorkplace<RestingCodeState, CodeWork>({ status: 'idle' }, (state, isNew) => {
    if (state && isNew) kept?.write(state);
  });

  let isSigningIn = false;

  const found = kept?.read();
  if (isLater(found)) void place.work('restoring', async () => (await found) ?? { status: 'idle' });
  else if (found) place.stop(found);

  return {
    place,
    request: (work, username, run) => {
      // Whoever starts does not wait for what an asynchronous storage may have
      if (isRestoring(place.getSnapshot())) place.stop();
      return place.work(work, async (control) => {
        const before = place.resting();
        try {
          return await run(control, { ...options, signal: control.signal });
        } catch (error) {
          if (control.signal.aborted) throw error;
          // A start is for another account than the code that was sent before
          return work !== 'starting' && before.status === 'code-sent' && canGoOn(error)
            ? { ...withoutRemarks(before), error }
            : { status: 'failed', error, username };
        }
      });
    },
    ignored: async () => place.underWay() ?? place.getSnapshot(),
    finish: async (username, credentials) => {
      if (!signInFlow || !credentials) return { status: 'done', username };
      isSigningIn = true;
      const state = await signInFlow.start(credentials);
      isSigningIn = false;
      // The account can be used all the same, and the first form says so
      if (state.status === 'failed') signInFlow.restart();
      return { status: 'done', username, ...outcomeOf(state) };
    },
    withPassword: (username, password) => ({ flow: passwordFlow, username, password }),
    cancel: () => void place.stop(),
    restart: () => {
      const { username } = place.resting();
      place.abandon(omitUndefined({ status: 'idle' as const, username }));
      // Otherwise the page would be left for the account that the user has just turned away from
      if (isSigningIn) signInFlow?.restart();
    },
  };
}

/** What a page has to know about a sign-in that went on by itself. */
function outcomeOf(state: SignInState): Pick<DoneState, 'signIn' | 'error'> {
  switch (state.status) {
    case 'signed-in':
    case 'device-question':
      return { signIn: 'signed-in' };
    case 'challenge':
      return { signIn: 'challenge' };
    case 'failed':
      return { signIn: 'failed', error: state.error };
    default:
      return {};
  }
}

const KEPT_CODE: KeptShape<RestingCodeState, CodeSentState> = {
  toKept: (state) => (state.status === 'code-sent' ? withoutRemarks(state) : undefined),
  fromKept: ({ status, username, delivery, session }) => {
    if (status !== 'code-sent' || !isNonEmptyString(username)) return undefined;
    return omitUndefined({
      status: 'code-sent' as const,
      username,
      session: isNonEmptyString(session) ? session : undefined,
      delivery: deliveryIn(delivery),
    });
  },
};

function deliveryIn(kept: unknown): Delivery | undefined {
  if (!isRecord(kept)) return undefined;
  const { medium, destination } = kept;
  return isNonEmptyString(medium) && isNonEmptyString(destination) ? { medium, destination } : undefined;
}

/** The state without what is said about the code before. */
const withoutRemarks = ({ status, username, delivery, session }: CodeSentState): CodeSentState =>
  omitUndefined({ status, username, delivery, session });

/** Whether the user can do something about it in the same form. */
const canGoOn = (error: unknown): boolean =>
  !(
    error instanceof ServiceError &&
    ['start-again', 'ask-administrator', 'fix-configuration'].includes(error.recovery)
  );
