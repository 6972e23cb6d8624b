/** A forgotten password as something a view can follow: who it is, the code with a new password, and the sign-in after it. */
import {
  confirmForgotPassword,
  type ForgotPasswordInput,
  forgotPassword,
} from '../cognito/account/sign-up-and-recovery.ts';
import type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { type CodeFlowInput, type CodeFlowOptions, type CodeState, createCodeFlow } from './code-flow.ts';
import type { Followed } from './followed-state.ts';

/** A password reset that a view can follow. No function of it throws because of what the user or the service does. */
export interface PasswordResetFlow extends Followed<CodeState> {
  /**
   * Has a code sent. If one was sent before, its form is dropped. While work is under way, nothing is sent, and the promise is
   * that of the work.
   */
  readonly start: (input: ForgotPasswordInput) => Promise<CodeState>;
  /** Sets the new password with the code that was sent, and signs in with it. */
  readonly confirm: (input: { readonly code: string; readonly newPassword: string }) => Promise<CodeState>;
  /** Sends another code. */
  readonly resend: () => Promise<CodeState>;
  /** Stops the request that is under way, and shows the state before it. */
  readonly cancel: () => void;
  /** Forgets this reset, and shows the first form. */
  readonly restart: () => void;
}

/**
 * Creates a password reset that a view can follow.
 *
 * @param pool the user pool and its app client
 * @param input the sign-in that goes on after it, and where the state is kept
 * @param options how requests are sent
 * @returns the flow. It sends nothing before one of its functions is called.
 * @throws ArgumentError OPTION_INVALID if `storage` lacks a method
 * @example
 * ```ts
 * import type { UserPoolClient } from 'cognito-srp-engine';
 * import { createPasswordResetFlow, createSignInFlow } from 'cognito-srp-engine/flow';
 *
 * declare const pool: UserPoolClient;
 * declare const newPassword: string;
 *
 * const signInFlow = createSignInFlow(pool);
 * const flow = createPasswordResetFlow(pool, { signInFlow });
 * await flow.start({ username: 'alice' });
 * await flow.confirm({ code: '123456', newPassword });
 * console.log(signInFlow.getSnapshot().status);
 * ```
 */
export function createPasswordResetFlow(
  pool: UserPoolClient,
  input: CodeFlowInput = {},
  options: CodeFlowOptions = {},
): PasswordResetFlow {
  const { place, request, ignored, finish, withPassword, cancel, restart } = createCodeFlow(
    pool,
    'password-reset',
    input,
    options,
  );
  const send = (work: 'starting' | 'resending', input: ForgotPasswordInput) => {
    const username = String(input?.username ?? '');
    return request(work, username, async (_, callOptions) => {
      const { delivery } = await forgotPassword(pool, input, callOptions);
      const wasResent = work === 'resending' ? (true as const) : undefined;
      return omitUndefined({ status: 'code-sent' as const, username, delivery, wasResent });
    });
  };
  return {
    subscribe: place.subscribe,
    getSnapshot: place.getSnapshot,
    start: (input) => send('starting', input),
    confirm: ({ code, newPassword }) => {
      const state = place.getSnapshot();
      if (state.status !== 'code-sent') return ignored();
      const { username } = state;
      return request('confirming', username, async ({ passPointOfNoReturn }, callOptions) => {
        await confirmForgotPassword(pool, { username, code, newPassword }, callOptions);
        passPointOfNoReturn();
        return finish(username, withPassword(username, newPassword));
      });
    },
    resend: () => {
      const state = place.getSnapshot();
      return state.status === 'code-sent' ? send('resending', state) : ignored();
    },
    cancel,
    restart,
  };
}
