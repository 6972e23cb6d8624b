/** Which texts a language has: one member for each thing that a page says to the person in front of it. */
import type { ChallengeName, FirstFactor, MfaType } from '../cognito/sign-in/challenge-types.ts';
import type { DeviceProblemCode } from '../cognito/sign-in/stored-device.ts';
import type { ErrorCode, Recovery } from '../errors.ts';

/**
 * A text with a placeholder in braces, which {@link fill} replaces: `Template<'count'>` is a text that contains `{count}`. The
 * compiler refuses a translation that lacks it.
 */
export type Template<Name extends string> = `${string}{${Name}}${string}`;

/** What stands above the form of a step. */
export interface StepText {
  readonly title: string;
  /** What the user has to do. */
  readonly instruction: string;
}

/** One of several ways to choose from. */
export interface ChoiceText {
  readonly label: string;
  /** What the way means, in a few words. */
  readonly detail: string;
}

/** The rules that a password can be asked to keep. */
export type PasswordRuleName = 'length' | 'lowercase' | 'uppercase' | 'number' | 'symbol';

/** The errors of the browser's passkey functions that have a text of their own, by the `name` of the DOMException. */
export type PasskeyErrorName =
  | 'InvalidStateError'
  | 'SecurityError'
  | 'NotSupportedError'
  | 'NotAllowedError';

/** Attributes of OpenID Connect for which pages commonly have a field. */
export type LabelledAttribute =
  | 'address'
  | 'birthdate'
  | 'email'
  | 'family_name'
  | 'gender'
  | 'given_name'
  | 'locale'
  | 'middle_name'
  | 'name'
  | 'nickname'
  | 'phone_number'
  | 'picture'
  | 'preferred_username'
  | 'profile'
  | 'website'
  | 'zoneinfo';

/**
 * The texts of one language. They are plain text without markup. A value that is put into one can be of another writing
 * direction, so a page that also has right-to-left languages should show it in a `<bdi>` element.
 */
export interface Texts {
  /** The BCP 47 tag of the language, for the attribute `lang`: `en`. */
  readonly language: string;
  /** What stands between the items of a list in a sentence. */
  readonly listSeparator: string;

  /** What has happened, and what the user can do, for each code of an error. */
  readonly errors: Readonly<Record<ErrorCode, string>>;
  /** What the user can do, for an error whose code does not say it: `REFUSED`, or one that is newer than the texts. */
  readonly recoveries: Readonly<Record<Recovery, string>>;
  /** Why the device that was kept was not used, or the new one not remembered. */
  readonly deviceProblems: Readonly<Record<DeviceProblemCode, string>>;
  readonly passkeyErrors: Readonly<Record<PasskeyErrorName, string>>;
  readonly notices: {
    /** An error that is none of this package's. */
    readonly unexpected: string;
    readonly cancelled: string;
    readonly slow: string;
    /** For as long as there is no connection. */
    readonly offline: string;
    readonly offlineTryLater: string;
    readonly offlineInputKept: string;
    readonly fieldEmpty: string;
    readonly fieldWrong: string;
    readonly passwordsDiffer: string;
    /** The answer to a question of the pool was wrong, and the question is asked again. */
    readonly answerWrong: string;
    /** The answer to a question of the pool was wrong, and the sign-in is over. */
    readonly answerWrongAtEnd: string;
    readonly signedOut: string;
    readonly signedOutEverywhere: string;
    readonly signedOutByService: string;
    readonly signedOutOffline: string;
    readonly signedOutHereOnly: string;
    readonly passwordSaved: string;
    readonly passwordResetNeeded: string;
    readonly accountReady: string;
    readonly accountConfirmed: string;
    readonly deviceNotSetUp: string;
    readonly deviceUsed: string;
    readonly passkeyReady: string;
    readonly accountDeleted: string;
    readonly copied: string;
    readonly saved: string;
  };

  /** The title and the instruction of each challenge. For a code that was sent, see also `deliveries`. */
  readonly challenges: Readonly<Record<ChallengeName, StepText>>;
  /** The authenticator app that has to be used, if the user has given it a name. */
  readonly codeOfNamedApp: Template<'app'>;
  readonly factors: Readonly<Record<MfaType | FirstFactor, ChoiceText>>;
  /** What stands beside a way to sign in that is newer than the texts. */
  readonly unknownFactor: string;
  /** Where a code was sent. */
  readonly deliveries: {
    readonly SMS: Template<'destination'>;
    readonly EMAIL: Template<'destination'>;
    /** Another way than these two. */
    readonly other: Template<'destination'>;
    /** The service does not say where. */
    readonly unknown: string;
    readonly sentAgain: string;
    /** The service has no way to send this code once more. */
    readonly cannotSendAgain: string;
  };
  readonly passwordRules: {
    readonly title: string;
    readonly length: Template<'count'>;
    readonly lowercase: string;
    readonly uppercase: string;
    readonly number: string;
    readonly symbol: string;
    /** Read out by screen readers after a rule. */
    readonly met: string;
    readonly notMet: string;
    /** The rules that are not met, in one sentence. */
    readonly missing: Template<'rules'>;
    readonly allMet: string;
  };

  readonly signIn: {
    readonly title: string;
    readonly signingInAs: Template<'name'>;
    readonly notYou: string;
    readonly noCode: string;
    readonly noPasskey: string;
    readonly newHere: string;
    readonly forgotPassword: string;
    readonly withPasskey: string;
    /** Why a passkey is offered to somebody who may have none. */
    readonly withPasskeyHint: string;
    /** Why the ways to sign in are shown to somebody who wanted to use a passkey. */
    readonly passkeyUnavailable: string;
    readonly withPassword: string;
    readonly withProvider: Template<'provider'>;
    readonly otherWays: string;
    readonly or: string;
  };
  readonly signUp: StepText & { readonly haveAccount: string };
  readonly confirmSignUp: StepText & {
    /** The user comes without a code that was just sent. */
    readonly withoutCode: string;
  };
  readonly forgotPassword: StepText;
  readonly resetPassword: StepText & { readonly noCode: string };
  readonly mfaSetup: {
    readonly whichOne: string;
    /** Ways that this page cannot set up. */
    readonly othersByAdministrator: Template<'ways'>;
    readonly app: StepText;
    readonly qrCode: string;
    readonly secretHint: string;
    readonly openInApp: string;
    readonly email: StepText;
    readonly byAdministrator: StepText;
  };
  /** Asked after a sign-in from a device that is new. */
  readonly device: StepText & {
    readonly remember: ChoiceText;
    readonly doNotRemember: ChoiceText;
    readonly later: string;
  };
  /** The page of a user who is signed in. */
  readonly account: {
    readonly greeting: Template<'name'>;
    readonly profile: string;
    readonly groups: string;
    readonly validUntil: Template<'time'>;
    readonly lastUsed: Template<'time'>;
    readonly added: Template<'time'>;
    readonly never: string;
    readonly devices: string;
    readonly thisDevice: string;
    readonly noDevices: string;
    readonly passkeys: string;
    readonly noPasskeys: string;
    readonly sessions: string;
    readonly thisSession: string;
    readonly noSessions: string;
    readonly unknownDevice: string;
    readonly secondFactors: string;
    readonly noSecondFactors: string;
    readonly preferred: string;
    readonly passkeyAsSecondFactor: string;
    readonly passkeyAsSecondFactorHint: string;
    readonly passkeyIsEnough: string;
    readonly passkeyIsNotEnough: string;
    readonly stepUp: string;
    readonly stepUpHint: string;
    readonly changePassword: string;
    readonly changeEmail: string;
    readonly changeEmailHint: string;
    readonly deleteAccount: string;
    readonly deleteAccountWarning: string;
    readonly signOut: string;
  };
  /** Labels of fields, and hints below them. */
  readonly fields: {
    readonly username: string;
    readonly newUsername: string;
    readonly password: string;
    readonly currentPassword: string;
    readonly newPassword: string;
    readonly repeatPassword: string;
    readonly code: string;
    readonly codeOfApp: string;
    readonly appName: string;
    readonly answer: string;
    readonly secret: string;
    readonly language: string;
    readonly optional: string;
    readonly phoneHint: string;
    readonly birthdateHint: string;
  };
  readonly attributes: Readonly<Record<LabelledAttribute, string>>;
  /** The words on buttons. */
  readonly buttons: {
    readonly signIn: string;
    readonly signUp: string;
    readonly continue: string;
    readonly continueWithPassword: string;
    readonly answer: string;
    readonly confirm: string;
    readonly finish: string;
    readonly save: string;
    readonly saveAndContinue: string;
    readonly saveAndSignIn: string;
    readonly sendCode: string;
    readonly sendAgain: string;
    readonly startAgain: string;
    readonly tryAgain: string;
    readonly cancel: string;
    readonly back: string;
    readonly backToSignIn: string;
    readonly signInAgain: string;
    readonly chooseAnother: string;
    readonly show: string;
    readonly hide: string;
    readonly showQrCode: string;
    readonly copy: string;
    readonly forget: string;
    readonly delete: string;
    readonly endSession: string;
    readonly addPasskey: string;
    readonly addAuthenticator: string;
    readonly remove: string;
    readonly signInWithoutCode: string;
    readonly alwaysAskForCode: string;
    readonly confirmWithFactor: string;
    readonly refresh: string;
    readonly signOut: string;
    readonly signOutEverywhere: string;
    readonly deleteAccount: string;
  };
  /** The words on a button while its work is under way. */
  readonly working: {
    readonly signIn: string;
    readonly signUp: string;
    readonly checking: string;
    readonly sending: string;
    readonly saving: string;
    readonly loading: string;
  };
}
