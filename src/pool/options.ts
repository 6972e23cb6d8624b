/** What `createUserPool` takes. Everything but the functions can stand in a seed file. */
import type { FaultRule } from './faults.ts';
import type { PasswordPolicy } from './password-policy.ts';
import type { Triggers } from './sign-in/triggers.ts';
import type { UserOptions } from './users.ts';

/** An app client. */
export interface ClientOptions {
  readonly clientId: string;
  readonly clientSecret?: string;
  /**
   * `ALLOW_USER_SRP_AUTH`, `ALLOW_USER_PASSWORD_AUTH`, … Default, as the service's: SRP, custom and refresh.
   */
  readonly explicitAuthFlows?: readonly string[];
  /** `ENABLED` hides whether a user exists. Default: what the pool's option says. */
  readonly preventUserExistenceErrors?: 'ENABLED' | 'LEGACY';
  /** Days that refresh tokens live, 1 to 3650. Default 30. */
  readonly refreshTokenValidity?: number;
  /** A refresh gives a new refresh token, too. Default: it gives none, and the old one stays good. */
  readonly refreshTokenRotation?: RefreshTokenRotation;
  /** RevokeToken works, and tokens have `origin_jti` and `jti`. Default true. */
  readonly enableTokenRevocation?: boolean;
}

/** RefreshTokenRotation of an app client that has it turned on. */
export interface RefreshTokenRotation {
  /** Seconds that a rotated-out refresh token is still taken, 0 to 60. */
  readonly gracePeriodSeconds: number;
}

/** What a user can begin to sign in with under USER_AUTH. `PASSWORD` stands for PASSWORD_SRP too. */
export type FirstAuthFactor = 'PASSWORD' | 'WEB_AUTHN' | 'EMAIL_OTP' | 'SMS_OTP';

/** Whether a Session stands beside a challenge. */
export type Placement = 'present' | 'absent';

/** Where a Session stands beside PASSWORD_VERIFIER, by flow, and beside DEVICE_PASSWORD_VERIFIER. */
export interface SessionPlacement {
  /** Default `absent`, as measured. */
  readonly USER_SRP_AUTH: Placement;
  /** Default `present`; AWS's behaviour is not known. */
  readonly CUSTOM_AUTH: Placement;
  /** Default `present`; AWS's behaviour is not known. */
  readonly USER_AUTH: Placement;
  /** Default `present`; AWS's behaviour is not known. */
  readonly DEVICE_PASSWORD_VERIFIER: Placement;
}

/** DeviceConfiguration of a pool that tracks devices. */
export interface DeviceTracking {
  /** A remembered device proves itself in place of a second factor. Default false: nothing replaces MFA. */
  readonly challengeRequiredOnNewDevice?: boolean;
  /** A confirmed device is remembered only after UpdateDeviceStatus. Default false: at once. */
  readonly onlyRememberedOnUserPrompt?: boolean;
}

export interface UserPoolOptions {
  /** At most 55 characters. Default `local_Pool1`. */
  readonly userPoolId?: string;
  /** Default: one client, `web`, with every flow enabled. */
  readonly clients?: readonly ClientOptions[];
  readonly users?: readonly UserOptions[];
  /** Hides whether a user exists, for clients that do not say otherwise. Default false. */
  readonly preventUserExistenceErrors?: boolean;
  /**
   * `OFF` asks nobody for a second factor, `OPTIONAL` those who have one, `ON` everybody: who has none is
   * asked to set one up. Default `OPTIONAL`.
   */
  readonly mfa?: 'OFF' | 'OPTIONAL' | 'ON';
  /** Default: devices are not tracked. */
  readonly devices?: DeviceTracking;
  /** Attributes that every user must have: SignUp and NEW_PASSWORD_REQUIRED ask for them. Default none. */
  readonly requiredAttributes?: readonly string[];
  /** Default: 8 characters, of any kind. */
  readonly passwordPolicy?: PasswordPolicy;
  /** Default all four. */
  readonly allowedFirstAuthFactors?: readonly FirstAuthFactor[];
  /** The passkeys' relying party: a host name. Default `localhost`. */
  readonly relyingPartyId?: string;
  /** Origins passkeys may come from. Default any port of http(s)://localhost and http(s)://127.0.0.1. */
  readonly relyingPartyOrigins?: readonly string[];
  /**
   * The Lambda triggers of CUSTOM_AUTH, as functions in this process. After the password of a CUSTOM_AUTH with SRP_A
   * no second factor is asked for here; of the service both are reported.
   */
  readonly triggers?: Triggers;
  /** What goes wrong on purpose; more can be added while the pool runs. */
  readonly faults?: readonly FaultRule[];
  readonly sessionPlacement?: Partial<SessionPlacement>;
  /** Whether a Session outlives a wrong code. Default true. */
  readonly wrongCodeKeepsSession?: boolean;
  /**
   * Whether a proof, right or wrong, ends its SECRET_BLOCK. Default false; AWS's behaviour is not known. One whose
   * DEVICE_KEY is no device ends nothing: clients send it again.
   */
  readonly secretBlockOnce?: boolean;
  /** Refuses with the statuses of AWS's model (403, 404, 429), not with the 400 AWS sends. Default false. */
  readonly modelledStatuses?: boolean;
  /**
   * What DeleteUser and ForgetDevice answer with, whose output AWS's model calls Unit: no body, or `{}`. Default
   * `empty`, as measured of DeleteUserPool; AWS's behaviour for these two is not known, and clients read neither.
   */
  readonly unitOutput?: 'empty' | 'object';
  /** Minutes that a challenge can be answered in: AuthSessionValidity, 3 to 15. Default 3. */
  readonly authSessionValidity?: number;
  /** Seconds that ID and access tokens live, 1 to 86400; the service's live for 300 or more. Default 3600. */
  readonly tokenValidity?: number;
  /** How far TIMESTAMP may be from the pool's clock, in seconds. Default 300; AWS's own limit is not known. */
  readonly timestampTolerance?: number;
  /**
   * Refuses after five wrong passwords, or five wrong codes of a second factor, for a time that doubles. Default true.
   * AWS's text for codes is not known: it is that for passwords. Codes of a first factor are not counted, as measured.
   */
  readonly lockout?: boolean;
  /** `iss` of the tokens. Default the service's: `https://cognito-idp.{region}.amazonaws.com/{userPoolId}`. */
  readonly issuer?: string;
  /** The pool's clock, milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
  /** The pool's randomness, all but its RSA keys. Default `crypto.getRandomValues`. */
  readonly rng?: (length: number) => Uint8Array;
}
