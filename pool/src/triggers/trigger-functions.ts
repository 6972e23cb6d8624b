/** Triggers as functions: their type, which is that of a handler written for Lambda, and the option that has them. */
import type {
  CreateAuthChallengeEvent,
  CustomEmailSenderEvent,
  CustomMessageEvent,
  CustomSMSSenderEvent,
  DefineAuthChallengeEvent,
  InboundFederationEvent,
  PostAuthenticationEvent,
  PostConfirmationEvent,
  PreAuthenticationEvent,
  PreSignUpEvent,
  PreTokenGenerationEvent,
  PreTokenGenerationV2Event,
  UserMigrationEvent,
  VerifyAuthChallengeEvent,
} from './events.ts';
import type { LambdaContext } from './lambda-context.ts';

/** The third parameter of a handler: an error or null first, as in Node, then the event. */
export type LambdaCallback = (error?: unknown, output?: unknown) => void;

/**
 * A handler as for Lambda's runtime of Node. It fills in `event.response` and gives the event back: it returns it, returns a promise of
 * it, or calls back. The event is a copy of its own. If the handler fails, the client gets UserLambdaValidationException with the
 * message of the error.
 */
export type Trigger<Event> = (event: Event, context: LambdaContext, callback: LambdaCallback) => unknown;

/**
 * The Lambda triggers of a pool as functions, by the names of LambdaConfig with a small first letter.
 *
 * @example
 * ```ts
 * import { createUserPool } from 'cognito-local-pool';
 *
 * const pool = createUserPool({
 *   users: [{ username: 'alice', password: 'Correct-Horse-9' }],
 *   triggers: {
 *     defineAuthChallenge: (event) => {
 *       const isRight = event.request.session.some(({ challengeResult }) => challengeResult);
 *       event.response = isRight ? { issueTokens: true } : { challengeName: 'CUSTOM_CHALLENGE' };
 *       return event;
 *     },
 *     createAuthChallenge: (event) => {
 *       event.response = {
 *         publicChallengeParameters: { question: 'What is 6 × 7?' },
 *         privateChallengeParameters: { answer: '42' },
 *       };
 *       return event;
 *     },
 *     verifyAuthChallengeResponse: (event) => {
 *       const { challengeAnswer, privateChallengeParameters } = event.request;
 *       event.response = { answerCorrect: challengeAnswer === privateChallengeParameters['answer'] };
 *       return event;
 *     },
 *   },
 * });
 * console.log(pool.clientIds);
 * ```
 */
export interface Triggers {
  readonly preSignUp?: Trigger<PreSignUpEvent>;
  readonly postConfirmation?: Trigger<PostConfirmationEvent>;
  readonly preAuthentication?: Trigger<PreAuthenticationEvent>;
  readonly postAuthentication?: Trigger<PostAuthenticationEvent>;
  /** The option `preTokenGenerationVersion` says which of the two events it gets. The type has the members of both. */
  readonly preTokenGeneration?: Trigger<PreTokenGenerationEvent & PreTokenGenerationV2Event>;
  readonly userMigration?: Trigger<UserMigrationEvent>;
  readonly customMessage?: Trigger<CustomMessageEvent>;
  readonly defineAuthChallenge?: Trigger<DefineAuthChallengeEvent>;
  readonly createAuthChallenge?: Trigger<CreateAuthChallengeEvent>;
  readonly verifyAuthChallengeResponse?: Trigger<VerifyAuthChallengeEvent>;
  readonly customEmailSender?: Trigger<CustomEmailSenderEvent>;
  readonly customSMSSender?: Trigger<CustomSMSSenderEvent>;
  readonly inboundFederation?: Trigger<InboundFederationEvent>;
}
