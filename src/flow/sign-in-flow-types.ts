/** What a sign-in flow takes, and what it can do. */
import type { AnswerTo, ChallengeName, ChallengeOf } from '../cognito/sign-in/challenge-types.ts';
import type { Credentials } from '../cognito/sign-in/flows.ts';
import type { SignInOptions } from '../cognito/sign-in/sign-in-attempt.ts';
import type { SoftwareTokenLabel } from '../cognito/sign-in/software-token-setup.ts';
import type { DeviceSource } from '../cognito/sign-in/stored-device.ts';
import type { KeyValueStorage } from '../cognito/tokens/key-value-storage.ts';
import type { UserStore } from '../cognito/tokens/user-store.ts';
import type { Followed } from './followed-state.ts';
import type { AskForPasskey } from './passkey-offer.ts';
import type { SignInState } from './sign-in-state.ts';

/** What `createSignInFlow` takes: where tokens and state are kept. */
export interface SignInFlowInput {
  /**
   * Keeps the tokens and the device. Its device is offered at every sign-in, and a sign-in is saved in it before the state
   * says that the user is signed in. A store that takes longer than `timeoutMs` is not waited for.
   */
  readonly store?: UserStore | undefined;
  /**
   * Keeps the challenge over a reload. Give `webStorage(() => sessionStorage)` in a browser. A challenge is as sensitive as
   * a session cookie until it expires. Without a storage, a reload begins anew.
   */
  readonly storage?: KeyValueStorage | undefined;
  /** Where the device to offer comes from. Default: `store`. */
  readonly device?: DeviceSource | undefined;
  /** The name that a new device gets in the user's list of devices: `Firefox on Linux`. */
  readonly deviceName?: string | undefined;
}

/** How a sign-in flow sends its requests. It has its own signal, and `input` says where the device comes from. */
export type SignInFlowOptions = Omit<SignInOptions, 'signal' | 'device'>;

/** Gets an answer, such as a passkey of which the browser is asked. */
export type AskForAnswer<Name extends ChallengeName> = (
  /** Aborts when the user cancels. */
  signal: AbortSignal,
) => Promise<AnswerTo<{ readonly name: Name }> | undefined>;

/** A sign-in that a view can follow. No function of it throws because of what the user or the service does. */
export interface SignInFlow extends Followed<SignInState> {
  /**
   * Starts a sign-in. A challenge that waits for its answer is dropped. While work is under way, nothing is sent, and the
   * promise is that of the work: call `cancel` first to start in its place.
   *
   * @returns the state that follows
   */
  readonly start: (credentials: Credentials) => Promise<SignInState>;
  /**
   * Answers the challenge of the state. An answer to another challenge is ignored.
   *
   * @param challenge the challenge for which the form was shown
   * @param answer the answer, or a function that gets it. The function is called once, and the state is `working` until the
   *   service has its answer. If it gives undefined, the state from before is shown.
   * @returns the state that follows. It rejects if such a function does, and then the state from before is shown, too.
   */
  readonly answer: <Name extends ChallengeName>(
    challenge: ChallengeOf<Name>,
    answer: AnswerTo<{ readonly name: Name }> | AskForAnswer<Name>,
  ) => Promise<SignInState>;
  /** Sends the code again, if the state has `canResend`. */
  readonly resend: () => Promise<SignInState>;
  /**
   * Fetches what the user enters into an authenticator app, for the challenge MFA_SETUP. It comes in the state, as
   * `softwareToken`. Then `answer` takes the first code, with the challenge that the state has by then.
   */
  readonly setUpSoftwareToken: (
    challenge: ChallengeOf<'MFA_SETUP'>,
    label: SoftwareTokenLabel,
  ) => Promise<SignInState>;
  /** Answers the question whether this device is to be remembered. */
  readonly rememberDevice: (isRemembered: boolean) => Promise<SignInState>;
  /**
   * Stops the request that is under way, and shows the state before it. It does nothing once the service has given
   * tokens.
   */
  readonly cancel: () => void;
  /**
   * Forgets this sign-in with its tokens, shows the first form, and offers a passkey again. Tokens in the store stay there, unless
   * they were just being stored: then the user is signed out of it. Call it when the user signs out, too.
   */
  readonly restart: () => void;
  /**
   * Offers the passkey of a user among the browser's suggestions for the name field, whenever the state is `idle` or `failed`.
   *
   * @param username the user whose passkey is offered, because Cognito needs a name
   * @param ask asks the browser: `(request) => navigator.credentials.get(request)`
   * @returns ends the offer
   */
  readonly offerPasskey: (username: string, ask: AskForPasskey) => () => void;
}
