/**
 * Entry `cognito-srp-engine/flow`: a sign-in, a sign-up and a forgotten password as states that a view can follow. It draws
 * nothing and needs no framework.
 *
 * @module cognito-srp-engine/flow
 */
export {
  answerFromForm,
  type CancellablePasskeyRequest,
  type ChallengeForm,
  type FormTools,
  type FormValues,
  formOfChallenge,
} from './challenge-form.ts';
export type {
  CodeFlowInput,
  CodeFlowOptions,
  CodeSentState,
  CodeState,
  CodeWork,
  DoneState,
  RestingCodeState,
} from './code-flow.ts';
export type { Followed, WorkingState } from './followed-state.ts';
export type { AskForPasskey, PasskeyOfferRequest } from './passkey-offer.ts';
export { createPasswordResetFlow, type PasswordResetFlow } from './password-reset-flow.ts';
export { createSignInFlow } from './sign-in-flow.ts';
export type { AskForAnswer, SignInFlow, SignInFlowInput, SignInFlowOptions } from './sign-in-flow-types.ts';
export type {
  ChallengeState,
  DeviceQuestionState,
  FailedState,
  IdleState,
  RestingSignInState,
  SignedInState,
  SignInState,
  SignInWork,
} from './sign-in-state.ts';
export { createSignUpFlow, type SignUpFlow } from './sign-up-flow.ts';
