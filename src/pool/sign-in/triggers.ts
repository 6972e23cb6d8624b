/** The Lambda triggers of CUSTOM_AUTH, with the event shapes of AWS's developer guide. */

/** One past challenge of this sign-in. */
export interface ChallengeResult {
  readonly challengeName: string;
  readonly challengeResult: boolean;
  readonly challengeMetadata?: string;
}

type Texts = Readonly<Record<string, string>>;

/** What all three triggers get. */
export interface TriggerEvent<Source extends string, Request, Response> {
  readonly version: '1';
  readonly triggerSource: Source;
  readonly region: string;
  readonly userPoolId: string;
  readonly userName: string;
  readonly callerContext: { readonly awsSdkVersion: string; readonly clientId: string };
  readonly request: Request & {
    readonly userAttributes: Texts;
    /** True for a user who does not exist, where that is hidden. */
    readonly userNotFound: boolean;
    /** ClientMetadata of RespondToAuthChallenge; InitiateAuth's is not handed on. */
    readonly clientMetadata?: Texts;
  };
  response: Response;
}

export type DefineAuthChallengeEvent = TriggerEvent<
  'DefineAuthChallenge_Authentication',
  { readonly session: readonly ChallengeResult[] },
  { challengeName?: string; issueTokens?: boolean; failAuthentication?: boolean }
>;

export type CreateAuthChallengeEvent = TriggerEvent<
  'CreateAuthChallenge_Authentication',
  { readonly challengeName: string; readonly session: readonly ChallengeResult[] },
  {
    publicChallengeParameters?: Record<string, string>;
    privateChallengeParameters?: Record<string, string>;
    challengeMetadata?: string;
  }
>;

export type VerifyAuthChallengeEvent = TriggerEvent<
  'VerifyAuthChallengeResponse_Authentication',
  { readonly privateChallengeParameters: Texts; readonly challengeAnswer: string },
  { answerCorrect?: boolean }
>;

/** Fills in `event.response` and returns the event, as a Lambda function does. What it throws, the service reports. */
export type Trigger<Event> = (event: Event) => Event | undefined | Promise<Event | undefined>;

export interface Triggers {
  readonly defineAuthChallenge?: Trigger<DefineAuthChallengeEvent>;
  readonly createAuthChallenge?: Trigger<CreateAuthChallengeEvent>;
  readonly verifyAuthChallenge?: Trigger<VerifyAuthChallengeEvent>;
}
