/** The challenges as data: what each shows and what each is answered with. */

/** Where a code was sent, masked by the service: `{ medium: 'EMAIL', destination: 'a***@e***' }`. */
export interface Delivery {
  readonly medium: string;
  readonly destination: string;
}

export const MFA_TYPES = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'] as const;
/** A second factor that a user can have. */
export type MfaType = (typeof MFA_TYPES)[number];

export const FIRST_FACTORS = ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] as const;
/** A first factor that a user can choose in USER_AUTH. */
export type FirstFactor = (typeof FIRST_FACTORS)[number];

/** A code as the user typed it; spaces are taken out. */
interface CodeAnswer {
  readonly code: string;
}

interface PasswordAnswer {
  readonly password: string;
}

/** Challenge name → what to show, and what answers it. */
export interface ChallengeShapes {
  SMS_MFA: { show: { readonly delivery?: Delivery }; answer: CodeAnswer };
  /** Second factor with 6 digits, or first factor with 8. */
  EMAIL_OTP: { show: { readonly delivery?: Delivery }; answer: CodeAnswer };
  SMS_OTP: { show: { readonly delivery?: Delivery }; answer: CodeAnswer };
  SOFTWARE_TOKEN_MFA: {
    show: {
      /** The name the user gave the authenticator. */
      readonly friendlyDeviceName?: string;
    };
    answer: CodeAnswer;
  };
  SELECT_MFA_TYPE: { show: { readonly options: readonly MfaType[] }; answer: { readonly choice: MfaType } };
  MFA_SETUP: {
    show: { readonly options: readonly MfaType[] };
    /**
     * An address to get codes at, or the first code of an authenticator app: for that, call
     * `startSoftwareTokenSetup` and answer the challenge it gives back.
     */
    answer: { readonly email: string } | (CodeAnswer & { readonly friendlyDeviceName?: string });
  };
  NEW_PASSWORD_REQUIRED: {
    show: {
      /** Names without the wire's prefix: `given_name`. */
      readonly requiredAttributes: readonly string[];
      /** What the user has already. */
      readonly userAttributes: Readonly<Record<string, string>>;
    };
    /**
     * Attributes that have a value already cannot be changed here; they come back as `unsentAttributes` of
     * the next step, for `updateUserAttributes`.
     */
    answer: { readonly newPassword: string; readonly attributes?: Readonly<Record<string, string>> };
  };
  CUSTOM_CHALLENGE: {
    show: {
      /** `publicChallengeParameters` of the pool's trigger. */
      readonly publicParameters: Readonly<Record<string, string>>;
    };
    answer: { readonly answer: string };
  };
  SELECT_CHALLENGE: {
    show: { readonly options: readonly FirstFactor[] };
    answer:
      | { readonly choice: 'PASSWORD' | 'PASSWORD_SRP'; readonly password: string }
      | { readonly choice: 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN' };
  };
  PASSWORD: { show: Record<never, never>; answer: PasswordAnswer };
  PASSWORD_SRP: { show: Record<never, never>; answer: PasswordAnswer };
  ADMIN_NO_SRP_AUTH: { show: Record<never, never>; answer: PasswordAnswer };
  WEB_AUTHN: {
    show: {
      /** `PublicKeyCredentialRequestOptionsJSON`: see `passkeyRequest`. */
      readonly requestOptions: Readonly<Record<string, unknown>>;
    };
    /** What `navigator.credentials.get` gave, or its `toJSON()`. */
    answer: { readonly credential: object };
  };
  /** A challenge newer than this package: `challengeName` and `parameters` say what it is. */
  UNKNOWN: {
    show: { readonly challengeName: string; readonly availableChallenges?: readonly string[] };
    /** The wire's ChallengeResponses; USERNAME, SECRET_HASH and DEVICE_KEY are added. */
    answer: { readonly responses: Readonly<Record<string, string>> };
  };
}

/** Every challenge a caller can be asked. */
export type ChallengeName = keyof ChallengeShapes;

/** What every challenge has. */
export interface ChallengeCommon {
  /** The version of this shape. */
  readonly version: 1;
  /** The user's canonical name, where the service has told it; else as typed. */
  readonly username: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Opaque and single-use; some challenges have none. */
  readonly session?: string;
  /**
   * When the session ends, milliseconds since the epoch by the caller's clock: the client's
   * `authSessionValidityMinutes` (Cognito's default: 3) after the challenge came.
   */
  readonly expiresAt: number;
  /** The wire's `ChallengeParameters`, for what this package does not read. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The key of a device that the service refused in this attempt: it is not offered again. */
  readonly refusedDevice?: string;
  /** Attributes given with a new password that have to be set by `updateUserAttributes` after sign-in. */
  readonly unsentAttributes?: Readonly<Record<string, string>>;
}

/** One kind of challenge. */
export type ChallengeOf<Name extends ChallengeName> = ChallengeCommon & {
  readonly name: Name;
} & ChallengeShapes[Name]['show'];

/**
 * Something the user has to answer. Plain data, without a password or a key: it may be kept in storage, sent through
 * a queue or handed to another process, and answered there with `respond`. Its session stands for what the user has
 * proved so far, until `expiresAt`. A `switch` over `name` is exhaustive.
 */
export type Challenge = { [Name in ChallengeName]: ChallengeOf<Name> }[ChallengeName];

/** The answer that a challenge takes; where it may be one of several, one that fits each of them. */
export type AnswerTo<C extends { readonly name: ChallengeName }> = AnswerToName<C['name']>;

type AnswerToName<Name extends ChallengeName> = (
  Name extends ChallengeName
    ? (answer: ChallengeShapes[Name]['answer']) => void
    : never
) extends (answer: infer Answer) => void
  ? Answer
  : never;
