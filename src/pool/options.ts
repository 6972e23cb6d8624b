/** The options of `createUserPool`. All except the functions can also stand in a seed file as JSON. */
import type { FaultRule } from './faults.ts';
import type { PasswordPolicy } from './password-policy.ts';
import type { Triggers } from './sign-in/triggers.ts';
import type { UserOptions } from './users.ts';

/** An app client of the pool. The fields are those of AWS's UserPoolClientType. */
export interface ClientOptions {
  /** 1 to 128 letters, digits, "_", "+" or "-". */
  readonly clientId: string;
  /** If it is given, every request of this client must carry a SECRET_HASH or the secret itself. Default: no secret. */
  readonly clientSecret?: string;
  /**
   * The enabled flows: `ALLOW_USER_SRP_AUTH`, `ALLOW_USER_PASSWORD_AUTH`, `ALLOW_USER_AUTH`, `ALLOW_CUSTOM_AUTH`,
   * `ALLOW_ADMIN_USER_PASSWORD_AUTH`, `ALLOW_REFRESH_TOKEN_AUTH`, or one of AWS's older names for them. The default is
   * that of the service: SRP, custom and refresh.
   */
  readonly explicitAuthFlows?: readonly string[];
  /** `ENABLED` hides whether a user exists. Default: what `UserPoolOptions.preventUserExistenceErrors` says. */
  readonly preventUserExistenceErrors?: 'ENABLED' | 'LEGACY';
  /** How long refresh tokens are valid, in days, 1 to 3650. Default 30. */
  readonly refreshTokenValidity?: number;
  /** If it is given, each refresh replaces the refresh token. Default: the first refresh token stays valid. */
  readonly refreshTokenRotation?: RefreshTokenRotation;
  /** Whether RevokeToken works and tokens carry `origin_jti` and `jti`. Default true. */
  readonly enableTokenRevocation?: boolean;
}

/** AWS's RefreshTokenRotationType, for a client that has rotation turned on. */
export interface RefreshTokenRotation {
  /** How long a replaced refresh token is still accepted, in seconds, 0 to 60. */
  readonly gracePeriodSeconds: number;
}

/** A factor that a user can begin a USER_AUTH sign-in with. `PASSWORD` includes PASSWORD_SRP. */
export type FirstAuthFactor = 'PASSWORD' | 'WEB_AUTHN' | 'EMAIL_OTP' | 'SMS_OTP';

/** AWS's WebAuthnFactorConfigurationType. */
export type PasskeyFactorConfiguration = 'SINGLE_FACTOR' | 'MULTI_FACTOR_WITH_USER_VERIFICATION';

/** Whether a reply carries a Session beside its challenge. */
export type Placement = 'present' | 'absent';

/** Whether replies carry a Session beside PASSWORD_VERIFIER, by flow, and beside DEVICE_PASSWORD_VERIFIER. */
export interface SessionPlacement {
  /** Default `absent`, as measured. */
  readonly USER_SRP_AUTH: Placement;
  /** Default `present`. AWS's behaviour is not known. */
  readonly CUSTOM_AUTH: Placement;
  /** Default `present`. AWS's behaviour is not known. */
  readonly USER_AUTH: Placement;
  /** Default `present`. AWS's behaviour is not known. */
  readonly DEVICE_PASSWORD_VERIFIER: Placement;
}

/** AWS's DeviceConfigurationType, for a pool that tracks devices. */
export interface DeviceTracking {
  /** Whether a remembered device replaces the second factor, after it has proved itself. Default false. */
  readonly challengeRequiredOnNewDevice?: boolean;
  /**
   * Whether a confirmed device is remembered only after UpdateDeviceStatus. Default false: it is remembered at once.
   */
  readonly onlyRememberedOnUserPrompt?: boolean;
}

/** What `createUserPool` takes. Every field is optional. */
export interface UserPoolOptions {
  /** A region, "_" and letters or digits, at most 55 characters. Default `local_Pool1`. */
  readonly userPoolId?: string;
  /** The app clients. Default: one client with the id `web`, which has every flow enabled. */
  readonly clients?: readonly ClientOptions[];
  /** The users at the start. More can be added through `UserPool.users`. Default none. */
  readonly users?: readonly UserOptions[];
  /** Whether clients that do not say otherwise hide whether a user exists. Default false. */
  readonly preventUserExistenceErrors?: boolean;
  /**
   * Who is asked for a second factor. `OFF`: nobody. `OPTIONAL`: users who have one. `ON`: everybody, and a user
   * without one has to set one up. Default `OPTIONAL`.
   */
  readonly mfa?: 'OFF' | 'OPTIONAL' | 'ON';
  /** If it is given, the pool tracks devices. Default: it does not. */
  readonly devices?: DeviceTracking;
  /** Attributes that every user must have. SignUp and NEW_PASSWORD_REQUIRED ask for them. Default none. */
  readonly requiredAttributes?: readonly string[];
  /** Which passwords the pool accepts. Default: 8 characters or more, of any kind. */
  readonly passwordPolicy?: PasswordPolicy;
  /** The factors that a USER_AUTH sign-in may begin with. Default: all four. */
  readonly allowedFirstAuthFactors?: readonly FirstAuthFactor[];
  /**
   * What a passkey counts as (AWS's `FactorConfiguration`). `MULTI_FACTOR_WITH_USER_VERIFICATION`: a user can turn passkeys
   * on as a second factor, and a sign-in by passkey then needs no other. Default `SINGLE_FACTOR`.
   */
  readonly passkeyFactorConfiguration?: PasskeyFactorConfiguration;
  /**
   * Whether the pool answers ListUserSessions and RevokeUserSession. Default false: they are refused. How the service words
   * that refusal, and the other ones of these two operations, is not known.
   */
  readonly userSessionTracking?: boolean;
  /** The relying party of passkeys, which is a host name. Default `localhost`. */
  readonly relyingPartyId?: string;
  /** The origins that passkeys may come from. Default: any port of http(s)://localhost and http(s)://127.0.0.1. */
  readonly relyingPartyOrigins?: readonly string[];
  /**
   * The Lambda triggers of CUSTOM_AUTH, as functions in this process. After the password of a CUSTOM_AUTH sign-in with
   * SRP_A this pool does not ask for a second factor. Reported of the service, not documented: both behaviours occur.
   */
  readonly triggers?: Triggers;
  /** Failures that the pool injects. `UserPool.faults` adds more while the pool runs. Default none. */
  readonly faults?: readonly FaultRule[];
  /** Whether replies carry a Session beside the verifier challenges. */
  readonly sessionPlacement?: Partial<SessionPlacement>;
  /** Whether a Session stays valid after a wrong code. Default true. */
  readonly wrongCodeKeepsSession?: boolean;
  /**
   * Whether a SECRET_BLOCK can be answered only once, by a right or a wrong proof. An answer whose DEVICE_KEY is
   * unknown does not count, because clients then send the same proof again without the key. Default false. AWS's
   * behaviour is not known.
   */
  readonly secretBlockOnce?: boolean;
  /**
   * Whether refusals have the HTTP statuses of AWS's model (403, 404, 429) in place of the 400 AWS sends. Default
   * false.
   */
  readonly modelledStatuses?: boolean;
  /**
   * The body of the replies to DeleteUser and ForgetDevice, whose output AWS's model calls Unit: no body, or `{}`.
   * Default `empty`, as measured of DeleteUserPool. AWS's behaviour for these two is not known, and clients do not read
   * the body.
   */
  readonly unitOutput?: 'empty' | 'object';
  /** How long a challenge can be answered (AuthSessionValidity), in minutes, 3 to 15. Default 3. */
  readonly authSessionValidity?: number;
  /**
   * How long ID and access tokens are valid, in seconds, 1 to 86400. The service requires 300 or more. Default 3600.
   */
  readonly tokenValidity?: number;
  /** How far TIMESTAMP may differ from the pool's clock, in seconds. Default 300. AWS's own limit is not known. */
  readonly timestampTolerance?: number;
  /**
   * Whether the pool refuses further attempts after five wrong passwords, or five wrong codes of a second factor, for a
   * time that doubles with each. Wrong codes of a first factor are not counted, as measured. The text for codes is the
   * one for passwords, because AWS's own is not known. Default true.
   */
  readonly lockout?: boolean;
  /** The `iss` claim. Default: that of the service, `https://cognito-idp.{region}.amazonaws.com/{userPoolId}`. */
  readonly issuer?: string;
  /** The pool's clock. It returns milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
  /**
   * The pool's randomness, except for its RSA keys. It takes a length in bytes and returns as many bytes. Default
   * `crypto.getRandomValues`.
   */
  readonly rng?: (length: number) => Uint8Array;
}
