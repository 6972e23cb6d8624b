/** What every screen of a sign-in gets from its page: the pool, what is kept, and the functions that lead to the next view. */
import {
  type AnswerTo,
  type Challenge,
  type ChallengeName,
  type ChallengeOf,
  respond,
  ServiceError,
  type SignInOptions,
  type Step,
  type UserPoolClient,
  type UserStore,
} from 'cognito-srp-engine';
import type { PasswordPolicy, Texts } from 'cognito-srp-engine/texts';
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

export interface App {
  /** The name of the page, under which an authenticator app lists its codes. */
  readonly name: string;
  /** What the page says, in one language. */
  readonly texts: Texts;
  readonly pool: SignInPool;
  /** The devices of earlier sign-ins. */
  readonly store: Pick<UserStore, 'device' | 'saveDevice' | 'removeDevice'>;
  readonly kept: KeptTexts;
  /** Sends the requests. Default: the browser's, to the endpoint of the pool. */
  readonly fetch?: SignInOptions['fetch'];
  /** Shows a view. @param how `replace` where going back would lead to a step that is over */
  readonly go: (view: View, how?: 'push' | 'replace') => void;
  /** Ends the sign-in where this step is its end. @returns false for a challenge that the user has to answer */
  readonly finish: (step: Step, typedName: string) => Promise<boolean>;
  /** Leaves a sign-in that is not finished. */
  readonly startOver: (username: string) => Promise<void>;
}

/** Makes the element of one view. `leaving` aborts when the user leaves it. */
export type Screen<Name extends View['name']> = (
  app: App,
  view: Extract<View, { readonly name: Name }>,
  leaving: AbortSignal,
) => HTMLElement;

const TIMEOUT_MS = 20_000;

export const callOptions = (
  { store, fetch }: Pick<App, 'store' | 'fetch'>,
  signal: AbortSignal,
): SignInOptions => ({
  signal,
  timeoutMs: TIMEOUT_MS,
  device: store.device,
  ...(fetch && { fetch }),
});

/** Shows the view for a step of the sign-in: the next challenge, or what the page does at the end. */
export async function follow(app: App, step: Step, typedName: string): Promise<void> {
  if (step.deviceProblem) {
    const username = step.status === 'signed-in' ? step.username : step.challenge.username;
    if (step.deviceProblem.code !== 'DEVICE_OF_ANOTHER_USER') await app.store.removeDevice(username);
  }
  if (await app.finish(step, typedName)) return;
  if (step.status === 'challenge') showChallenge(app, step.challenge, typedName);
}

function showChallenge(app: App, challenge: Challenge, typedName: string): void {
  // The challenge that is shown is spent once it was answered, so the next one replaces it in the history
  const how = location.hash === '#challenge' ? 'replace' : 'push';
  app.go({ name: 'challenge', challenge, typedName }, how);
}

/** Answers a challenge. @returns the next step, which is not shown yet */
export async function respondTo<Name extends ChallengeName>(
  app: App,
  challenge: ChallengeOf<Name>,
  answer: AnswerTo<{ readonly name: Name }>,
  signal: AbortSignal,
): Promise<Step> {
  try {
    return await respond<Name>(app.pool.client, challenge, answer, callOptions(app, signal));
  } catch (error) {
    const code = error instanceof ServiceError ? error.code : undefined;
    // A device that is kept would be refused at the next sign-in too
    if (code === 'DEVICE_REFUSED' || code === 'DEVICE_NOT_FOUND') {
      await app.store.removeDevice(challenge.username);
    }
    throw error;
  }
}

/** Answers a challenge and shows the view for the next step. */
export async function answer<Name extends ChallengeName>(
  app: App,
  challenge: ChallengeOf<Name>,
  typedName: string,
  given: AnswerTo<{ readonly name: Name }>,
  signal: AbortSignal,
): Promise<void> {
  try {
    await follow(app, await respondTo(app, challenge, given, signal), typedName);
  } catch (error) {
    if (!goesOn(app, error, typedName)) throw error;
  }
}

/** Some refusals lead to another view, such as the one that confirms an account. @returns whether this one did */
export function goesOn(app: App, error: unknown, username: string): boolean {
  const recovery = error instanceof ServiceError ? error.recovery : undefined;
  if (recovery === 'confirm-sign-up') app.go({ name: 'confirm-sign-up', username });
  else if (recovery === 'reset-password') {
    app.go({ name: 'forgot-password', username, notice: app.texts.notices.passwordResetNeeded });
  } else return false;
  return true;
}
