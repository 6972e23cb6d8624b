/** A sign-up as something a view can follow: the form, the code that confirms it, and the sign-in that goes on after it. */
import {
  confirmSignUp,
  resendConfirmationCode,
  type SignUpInput,
  signUp,
} from '../cognito/account/sign-up-and-recovery.ts';
import type { UserPoolClient } from '../cognito/client/user-pool-client.ts';
import { omitUndefined } from '../omit-undefined.ts';
import { type CodeFlowInput, type CodeFlowOptions, type CodeState, createCodeFlow } from './code-flow.ts';
import type { Followed } from './followed-state.ts';

/** A sign-up that a view can follow. No function of it throws because of what the user or the service does. */
export interface SignUpFlow extends Followed<CodeState> {
  /**
   * Creates the user. If a code was sent before, its form is dropped. While work is under way, nothing is sent, and the promise
   * is that of the work.
   *
   * @returns the state that follows: `code-sent`, or `done` if the pool needs no code
   */
  readonly start: (input: SignUpInput) => Promise<CodeState>;
  /**
   * Shows the form for the code to a user who signed up earlier. Nothing is sent.
   *
   * @param username the name as it was typed
   */
  readonly askForCode: (username: string) => void;
  /** Confirms the sign-up with the code that was sent. */
  readonly confirm: (code: string) => Promise<CodeState>;
  /** Sends another code. */
  readonly resend: () => Promise<CodeState>;
  /** Stops the request that is under way, and shows the state before it. */
  readonly cancel: () => void;
  /** Forgets this sign-up, and shows the first form. */
  readonly restart: () => void;
}

/**
 * Creates a sign-up that a view can follow.
 *
 * @param pool the user pool and its app client
 * @param input the sign-in that goes on after it, and where the state is kept
 * @param options how requests are sent
 * @returns the flow. It sends nothing before one of its functions is called.
 * @throws ArgumentError OPTION_INVALID if `storage` lacks a method
 * @example
 * ```ts
 * import type { UserPoolClient } from 'cognito-srp-engine';
 * import { createSignInFlow, createSignUpFlow } from 'cognito-srp-engine/flow';
 *
 * declare const pool: UserPoolClient;
 * declare const password: string;
 *
 * const signInFlow = createSignInFlow(pool);
 * const flow = createSignUpFlow(pool, { signInFlow });
 * await flow.start({ username: 'alice', password, attributes: { email: 'alice@example.com' } });
 * await flow.confirm('123456');
 * console.log(signInFlow.getSnapshot().status);
 * ```
 */
export function createSignUpFlow(
  pool: UserPoolClient,
  input: CodeFlowInput = {},
  options: CodeFlowOptions = {},
): SignUpFlow {
  const { place, request, ignored, finish, withPassword, cancel, restart } = createCodeFlow(
    pool,
    'sign-up',
    input,
    options,
  );
  return {
    subscribe: place.subscribe,
    getSnapshot: place.getSnapshot,
    start: (input) => {
      const username = String(input?.username ?? '');
      return request('starting', username, async ({ passPointOfNoReturn }, callOptions) => {
        const { confirmed, delivery, session } = await signUp(pool, input, callOptions);
        passPointOfNoReturn();
        if (!confirmed) return omitUndefined({ status: 'code-sent' as const, username, delivery, session });
        const { password } = input;
        return finish(
          username,
          password === undefined ? { flow: 'USER_AUTH', username } : withPassword(username, password),
        );
      });
    },
    askForCode: (username) => void place.stop({ status: 'code-sent', username }),
    confirm: (code) => {
      const state = place.getSnapshot();
      if (state.status !== 'code-sent') return ignored();
      const { username, session } = state;
      return request('confirming', username, async ({ passPointOfNoReturn }, callOptions) => {
        const input = omitUndefined({ username, code, session });
        const { session: signInSession } = await confirmSignUp(pool, input, callOptions);
        passPointOfNoReturn();
        return finish(
          username,
          signInSession === undefined ? undefined : { flow: 'USER_AUTH', username, session: signInSession },
        );
      });
    },
    resend: () => {
      const state = place.getSnapshot();
      if (state.status !== 'code-sent') return ignored();
      const { username, session } = state;
      return request('resending', username, async (_, callOptions) => {
        const { delivery } = await resendConfirmationCode(pool, { username }, callOptions);
        return omitUndefined({
          status: 'code-sent' as const,
          username,
          delivery,
          session,
          wasResent: true as const,
        });
      });
    },
    cancel,
    restart,
  };
}
