/** The types of the challenges: what each shows, and what each is answered with. */

/** Where a code was sent, masked by the service: `{ medium: 'EMAIL', destination: 'a***@e***' }`. */
export interface Delivery {
  readonly medium: string;
  readonly destination: string;
}

/** A second factor that a user can have. */
export type MfaType = 'SMS_MFA' | 'SOFTWARE_TOKEN_MFA' | 'EMAIL_OTP';
export const MFA_TYPES: readonly MfaType[] = ['SMS_MFA', 'SOFTWARE_TOKEN_MFA', 'EMAIL_OTP'];

/**
 * A second factor as the service offers it: a known one, or a name that is newer than this package. Editors complete the
 * known ones.
 */
export type MfaOption = MfaType | (string & Record<never, never>);

/** A first factor that a user can choose in USER_AUTH. */
export type FirstFactor = 'PASSWORD_SRP' | 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';
export const FIRST_FACTORS: readonly FirstFactor[] = [
  'PASSWORD_SRP',
  'PASSWORD',
  'EMAIL_OTP',
  'SMS_OTP',
  'WEB_AUTHN',
];

/**
 * A first factor as the service offers it: a known one, or a name that is newer than this package. Editors complete the
 * known ones.
 */
export type FirstFactorOption = FirstFactor | (string & Record<never, never>);

/** A code as the user typed it. Spaces are taken out. */
export interface CodeAnswer {
  readonly code: string;
}

export interface PasswordAnswer {
  readonly password: string;
}

/** For each challenge name: what to show, and the shape of its answer. */
export interface ChallengeShapes {
  SMS_MFA: { show: { readonly delivery?: Delivery }; answer: CodeAnswer };
  /** A second factor with 6 digits, or a first factor with 8. */
  EMAIL_OTP: { show: { readonly delivery?: Delivery }; answer: CodeAnswer };
  SMS_OTP: { show: { readonly delivery?: Delivery }; answer: CodeAnswer };
  SOFTWARE_TOKEN_MFA: {
    show: {
      /** The name the user gave the authenticator. */
      readonly friendlyDeviceName?: string;
    };
    answer: CodeAnswer;
  };
  SELECT_MFA_TYPE: {
    show: {
      /** The known names come first. Names that this package does not know are kept, and can be chosen too. */
      readonly options: readonly MfaOption[];
    };
    answer: { readonly choice: MfaOption };
  };
  MFA_SETUP: {
    show: {
      /** The known names come first. Names that this package does not know are kept, so that they can be shown. */
      readonly options: readonly MfaOption[];
      /**
       * True if the service offers text messages alone. The user cannot set them up: an administrator has to add a phone number
       * to the user, and then the user signs in again. No answer to this challenge is taken.
       */
      readonly needsAdministrator: boolean;
    };
    /**
     * An address to get codes at, or the first code of an authenticator app. For the app, call
     * `startSoftwareTokenSetup` and answer the challenge that it returns. There is no answer if `needsAdministrator` is
     * true.
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
     * Attributes that have a value already cannot be changed here. They come back as `unsentAttributes` of the next
     * step, for `updateUserAttributes`.
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
    show: {
      /** The known names come first. Names that this package does not know are kept, and can be chosen too. */
      readonly options: readonly FirstFactorOption[];
    };
    /** The choices PASSWORD and PASSWORD_SRP need the password. The type cannot demand it, but `respond` does. */
    answer:
      | { readonly choice: 'PASSWORD' | 'PASSWORD_SRP'; readonly password: string }
      | { readonly choice: FirstFactorOption };
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
  /** A challenge that this package does not know: `challengeName` and `parameters` say what it is. */
  UNKNOWN: {
    show: { readonly challengeName: string };
    /** The wire's ChallengeResponses. USERNAME, SECRET_HASH and DEVICE_KEY are added. */
    answer: { readonly responses: Readonly<Record<string, string>> };
  };
}

/** The name of every challenge that a caller can be asked. */
export type ChallengeName = keyof ChallengeShapes;

/** What every challenge has. */
export interface ChallengeCommon {
  /** The version of this shape. */
  readonly version: 1;
  /** The user's canonical name if the service has told it, otherwise the name that was typed. */
  readonly username: string;
  readonly userPoolId: string;
  readonly clientId: string;
  /** Opaque, and good for one use. Some challenges have none. */
  readonly session?: string;
  /**
   * When the session ends, milliseconds since the epoch by the caller's clock: the client's
   * `authSessionValidityMinutes` (Cognito's default: 3) after the challenge came.
   */
  readonly expiresAt: number;
  /** The wire's `ChallengeParameters`, for what this package does not read. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The wire's `AvailableChallenges`, if the reply had them. */
  readonly availableChallenges?: readonly string[];
  /** The key of a device that the service refused in this sign-in. It is not offered again. */
  readonly refusedDevice?: string;
  /** Attributes given with a new password that have to be set by `updateUserAttributes` after sign-in. */
  readonly unsentAttributes?: Readonly<Record<string, string>>;
}

/** One kind of challenge. */
export type ChallengeOf<Name extends ChallengeName> = ChallengeCommon & {
  readonly name: Name;
} & ChallengeShapes[Name]['show'];

/**
 * Something the user has to answer. It is plain data without a password or a key. You may store it, send it through a queue
 * or hand it to another process, and answer it there with `respond`. Until `expiresAt`, whoever has its session can go on
 * from what the user has proved so far, so keep it as you would keep a session cookie. A `switch` over `name` is exhaustive.
 */
export type Challenge = { [Name in ChallengeName]: ChallengeOf<Name> }[ChallengeName];

/** The answer that a challenge takes. For a union of challenges, an answer that fits each of them. */
export type AnswerTo<C extends { readonly name: ChallengeName }> = AnswerToName<C['name']>;

/** The answer that fits each of the challenges of these names. */
export type AnswerToName<Name extends ChallengeName> = (
  Name extends ChallengeName
    ? (answer: ChallengeShapes[Name]['answer']) => void
    : never
) extends (answer: infer Answer) => void
  ? Answer
  : never;

/** Lists the required attributes that have no value yet. One that has a value cannot be changed with the password. */
export const missingAttributes = ({
  requiredAttributes,
  userAttributes,
}: ChallengeOf<'NEW_PASSWORD_REQUIRED'>): readonly string[] =>
  requiredAttributes.filter((name) => !Object.hasOwn(userAttributes, name) || !userAttributes[name]);
