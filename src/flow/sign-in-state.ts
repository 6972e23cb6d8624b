/** The states of a sign-in: what a page shows, as plain data. */
import type { Challenge } from '../cognito/sign-in/challenge-types.ts';
import type { SoftwareTokenSecret } from '../cognito/sign-in/software-token-setup.ts';
import type { SignedIn } from '../cognito/sign-in/step.ts';
import type { DeviceProblem } from '../cognito/sign-in/stored-device.ts';
import type { WorkingState } from './followed-state.ts';

/** Nobody is signing in. */
export interface IdleState {
  readonly status: 'idle';
  /** The name to fill in, if it is known. */
  readonly username?: string;
}

/** The user has to answer a challenge. */
export interface ChallengeState {
  readonly status: 'challenge';
  readonly challenge: Challenge;
  /** The name as it was typed. `challenge.username` may be one that the user does not know. */
  readonly username: string;
  /** Whether `resend` can send the code again. */
  readonly canResend: boolean;
  /** Why the last answer was not accepted, or what went wrong with it. The challenge can be answered again. */
  readonly error?: unknown;
  /** The code was sent again. */
  readonly wasResent?: true;
  /** The service asks the same question again, because the answer to the pool's own question was wrong. */
  readonly wasWrong?: true;
  /** What the user enters into the authenticator app. Secret. It is not kept, so after a reload it is fetched again. */
  readonly softwareToken?: SoftwareTokenSecret;
  /** Why the device that is kept was not used. */
  readonly deviceProblem?: DeviceProblem;
}

/** The user is signed in, and has to say whether this device is to be remembered. */
export interface DeviceQuestionState {
  readonly status: 'device-question';
  /** The name as it was typed. */
  readonly username: string;
  readonly deviceKey: string;
  /** The tokens, as in {@link SignedInState}. */
  readonly step: SignedIn;
  /** Why the last answer had no effect. It can be given again. */
  readonly error?: unknown;
  /** Why the tokens or the device could not be stored. */
  readonly storeError?: unknown;
  /** With the code DEVICE_UNREADABLE: why the device that was kept was not used. The new one takes its place. */
  readonly deviceProblem?: DeviceProblem;
}

/** The user is signed in. */
export interface SignedInState {
  readonly status: 'signed-in';
  /** The name as it was typed. */
  readonly username: string;
  /**
   * The tokens, and what `signIn` says beside them. They stay here until `restart`, which belongs to the sign-out. Do not put this state
   * into HTML: the snapshot of a session has no token.
   */
  readonly step: SignedIn;
  /** Why the tokens or the device could not be stored. They are lost with the page. */
  readonly storeError?: unknown;
  /**
   * Why the device that is kept was not used, or, with the code CONFIRMATION_FAILED, why the new one could not be confirmed.
   * The service does not refresh the tokens of a device that is not confirmed.
   */
  readonly deviceProblem?: DeviceProblem;
}

/** This sign-in is over, and another one can be started. */
export interface FailedState {
  readonly status: 'failed';
  readonly error: unknown;
  /** The name as it was typed, to be filled in. */
  readonly username: string;
}

/** A state in which nothing is under way. */
export type RestingSignInState =
  | IdleState
  | ChallengeState
  | DeviceQuestionState
  | SignedInState
  | FailedState;

/** What a sign-in does in the state `working`. */
export type SignInWork = 'restoring' | 'starting' | 'answering' | 'resending' | 'setting-up' | 'remembering';

/** Where a sign-in stands. */
export type SignInState = RestingSignInState | WorkingState<RestingSignInState, SignInWork>;
