/** The Lambda triggers of CUSTOM_AUTH, with the event shapes of AWS's developer guide. */

/** Why tokens are issued: the `triggerSource` of PreTokenGeneration. */
export type TokenSource =
  | 'TokenGeneration_HostedAuth'
  | 'TokenGeneration_Authentication'
  | 'TokenGeneration_NewPasswordChallenge'
  | 'TokenGeneration_AuthenticateDevice'
  | 'TokenGeneration_RefreshTokens'
  | 'TokenGeneration_ClientCredentials';

/** The result of one challenge that this sign-in has already asked. */
export interface ChallengeResult {
  /** `CUSTOM_CHALLENGE`, `SRP_A` or `PASSWORD_VERIFIER`. */
  readonly challengeName: string;
  /** Whether the answer was right. */
  readonly challengeResult: boolean;
  /** What CreateAuthChallenge returned as `challengeMetadata`. */
  readonly challengeMetadata?: string;
}

/** The event that all three triggers have in common. */
export interface TriggerEvent<Source extends string, Request, Response> {
  readonly version: '1';
  /** Which trigger is called, and why. */
  readonly triggerSource: Source;
  readonly region: string;
  readonly userPoolId: string;
  /** The canonical user name. For a user who does not exist, the name that was typed. */
  readonly userName: string;
  readonly callerContext: { readonly awsSdkVersion: string; readonly clientId: string };
  /** What the trigger decides by. */
  readonly request: Request & {
    readonly userAttributes: Readonly<Record<string, string>>;
    /** True for a user who does not exist, if the client hides whether users exist. */
    readonly userNotFound: boolean;
    /** The ClientMetadata of RespondToAuthChallenge. That of InitiateAuth is not passed on. */
    readonly clientMetadata?: Readonly<Record<string, string>>;
  };
  /** The trigger fills this in. */
  response: Response;
}

/** The event of DefineAuthChallenge, which decides what comes next. */
export type DefineAuthChallengeEvent = TriggerEvent<
  'DefineAuthChallenge_Authentication',
  { readonly session: readonly ChallengeResult[] },
  { challengeName?: string; issueTokens?: boolean; failAuthentication?: boolean }
>;

/** The event of CreateAuthChallenge, which makes the question and keeps what the answer is checked by. */
export type CreateAuthChallengeEvent = TriggerEvent<
  'CreateAuthChallenge_Authentication',
  { readonly challengeName: string; readonly session: readonly ChallengeResult[] },
  {
    publicChallengeParameters?: Record<string, string>;
    privateChallengeParameters?: Record<string, string>;
    challengeMetadata?: string;
  }
>;

/** The event of VerifyAuthChallengeResponse, which checks the answer. */
export type VerifyAuthChallengeEvent = TriggerEvent<
  'VerifyAuthChallengeResponse_Authentication',
  { readonly privateChallengeParameters: Readonly<Record<string, string>>; readonly challengeAnswer: string },
  { answerCorrect?: boolean }
>;

/**
 * A trigger fills in `event.response` and returns the event, as a Lambda function does. If it throws, the client gets
 * UserLambdaValidationException with the message of the error.
 */
export type Trigger<Event> = (event: Event) => Event | undefined | Promise<Event | undefined>;

/**
 * The triggers of CUSTOM_AUTH.
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
 *     verifyAuthChallenge: (event) => {
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
  readonly defineAuthChallenge?: Trigger<DefineAuthChallengeEvent>;
  readonly createAuthChallenge?: Trigger<CreateAuthChallengeEvent>;
  readonly verifyAuthChallenge?: Trigger<VerifyAuthChallengeEvent>;
}
