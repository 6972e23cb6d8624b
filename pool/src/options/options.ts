/** The options of `createUserPool`. All except the functions can also stand in a seed file as JSON. */
import type { Arithmetic } from '../arithmetic/arithmetic.ts';
import type { MfaFactor, UserStatus } from '../domain/user.ts';
import type { FaultRule } from '../faults/faults.ts';
import type { LogEntry } from '../http/log-entry.ts';
import type {
  AliasAttributeType,
  Inputs,
  PreTokenGenerationLambdaVersionType,
  SchemaAttributeType,
  TimeUnitsType,
  UsernameAttributeType,
  UserPoolType,
  VerifiedAttributeType,
} from '../model/types.generated.ts';
import type { SessionPlacement } from '../settings/pool-settings.ts';
import type { FirstAuthFactor, PasskeyFactorConfiguration } from '../settings/rules.ts';
import type { Triggers } from '../triggers/trigger-functions.ts';
import type { OAuthClientOptions } from './oauth-client-options.ts';
import type { ClientRecord, GroupRecord, PoolRecord } from './snapshot-options.ts';
import type { UserRecord } from './user-record.ts';

/** Which passwords the pool accepts: AWS's PasswordPolicyType. */
export interface PasswordPolicy {
  /** In characters, 6 to 99. Default 8. */
  readonly minimumLength?: number;
  /** Default false. */
  readonly requireUppercase?: boolean;
  /** Default false. */
  readonly requireLowercase?: boolean;
  /** Default false. */
  readonly requireNumbers?: boolean;
  /** Default false. */
  readonly requireSymbols?: boolean;
  /** How many days a temporary password is valid, 0 to 365; 0 is the default, 7. */
  readonly temporaryPasswordValidityDays?: number;
  /** How many earlier passwords cannot be used again, 0 to 24. Default 0. */
  readonly passwordHistorySize?: number;
}

/** The second factors of a user, as an option or as part of a seed file. */
export interface MfaOptions {
  /** A phone number like `+4912345678`. It turns SMS on and becomes the attribute `phone_number`. */
  readonly sms?: string;
  /** The secret of an authenticator app, base32, 16 characters or more. It turns the app on. */
  readonly totp?: string;
  /** Turns e-mail on. Codes are sent to the attribute `email`. */
  readonly email?: boolean;
  /** The factor that is asked for without a choice. */
  readonly preferred?: MfaFactor;
}

/** A user, as an option or as part of a seed file. */
export interface UserOptions extends UserRecord {
  /**
   * The canonical name, which the service calls USER_ID_FOR_SRP. In a pool with `usernameAttributes` it may be the address of the
   * user: the canonical name is then the `sub`.
   */
  readonly username: string;
  /** Without a password the user can sign in only by other factors. */
  readonly password?: string;
  /** The attributes by name. `sub` is made up if it is not given. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Other names to sign in with. No other user may have them. */
  readonly aliases?: readonly string[];
  /** The names of the user's groups, which `UserPoolOptions.groups` describes. */
  readonly groups?: readonly string[];
  /** Default `CONFIRMED`. */
  readonly status?: UserStatus;
  /** Default true. */
  readonly enabled?: boolean;
  /** Default: the user has no second factor. */
  readonly mfa?: MfaOptions;
}

/** A group of users: AWS's GroupType. */
export interface GroupOptions {
  readonly name: string;
  readonly description?: string;
  /** The lower the number, the more its role counts. */
  readonly precedence?: number;
  /** The ARN of an IAM role. */
  readonly roleArn?: string;
}

/** An app client of the pool. The fields are those of AWS's UserPoolClientType. */
export interface ClientOptions extends OAuthClientOptions {
  /** 1 to 128 letters, digits, "_", "+" or "-". */
  readonly clientId: string;
  /** If it is given, every request of this client must carry a SECRET_HASH or the secret itself. Default: no secret. */
  readonly clientSecret?: string;
  /**
   * The enabled flows: `ALLOW_USER_SRP_AUTH`, `ALLOW_USER_PASSWORD_AUTH`, `ALLOW_USER_AUTH`, `ALLOW_CUSTOM_AUTH`,
   * `ALLOW_ADMIN_USER_PASSWORD_AUTH`, `ALLOW_REFRESH_TOKEN_AUTH`, or one of AWS's older names for them, or
   * `ALLOW_CLIENT_TOKEN_AUTH` alone, for GetClientToken. The default is that of the service: SRP, custom and refresh.
   */
  readonly explicitAuthFlows?: readonly string[];
  /** `ENABLED` hides whether a user exists. Default: what `UserPoolOptions.preventUserExistenceErrors` says. */
  readonly preventUserExistenceErrors?: 'ENABLED' | 'LEGACY';
  /** How long access tokens are valid, in hours unless `tokenValidityUnits` says otherwise: 1 second to 1 day. Default: the pool's `tokenValidity`. */
  readonly accessTokenValidity?: number;
  /** How long ID tokens are valid, as `accessTokenValidity`. */
  readonly idTokenValidity?: number;
  /** How long refresh tokens are valid, in days unless `tokenValidityUnits` says otherwise, at most 10 years. Default 30 days. */
  readonly refreshTokenValidity?: number;
  /** The units of the three. Default: hours, hours and days, as on AWS. */
  readonly tokenValidityUnits?: TokenValidityUnits;
  /** How long a challenge can be answered, in minutes, 3 to 15. Default: what `UserPoolOptions.authSessionValidity` says. */
  readonly authSessionValidity?: number;
  /** If it is given, each refresh replaces the refresh token. Default: the first refresh token stays valid. */
  readonly refreshTokenRotation?: RefreshTokenRotation;
  /** Whether RevokeToken works and tokens carry `origin_jti` and `jti`. Default true. */
  readonly enableTokenRevocation?: boolean;
  /** The attributes that users see through this client, in GetUser and in ID tokens. Default all. */
  readonly readAttributes?: readonly string[];
  /** The attributes that users may write through this client. Default all. */
  readonly writeAttributes?: readonly string[];
}

/** AWS's TokenValidityUnitsType: the units of how long tokens of a client are valid. */
export interface TokenValidityUnits {
  readonly accessToken?: TimeUnitsType;
  readonly idToken?: TimeUnitsType;
  readonly refreshToken?: TimeUnitsType;
}

/** An OAuth resource server: an API with scopes of its own, which clients ask for as `orders/read`. */
export interface ResourceServerOptions {
  /** What the scopes begin with, such as `orders` or `https://orders.example.com`. */
  readonly identifier: string;
  /** Default: the identifier, with hyphens for the characters that a name cannot have. */
  readonly name?: string;
  /** The names of the scopes, such as `read`. */
  readonly scopes: readonly string[];
}

/** AWS's RefreshTokenRotationType, for a client that has rotation turned on. */
export interface RefreshTokenRotation {
  /** How long a replaced refresh token is still accepted, in seconds, 0 to 60. */
  readonly gracePeriodSeconds: number;
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

/** An identity provider of the pool: what AWS's CreateIdentityProvider takes, without the pool. */
export type IdentityProviderOptions = Omit<Inputs['CreateIdentityProvider'], 'UserPoolId'>;

/** What `createUserPool` takes. Every field is optional. */
export interface UserPoolOptions extends PoolRecord {
  /** A region, "_" and letters or digits, at most 55 characters. Default `us-east-1_LocalPool`. */
  readonly userPoolId?: string;
  /** The app clients. Default: one client with the id `web`, which has every flow enabled. They may have AWS's shape. */
  readonly clients?: readonly (ClientOptions | ClientRecord)[];
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
  /**
   * The schema: custom attributes, and standard ones that differ from the standard. With it, attributes that do not stand in
   * it are refused, as the service does. Default: users may have any attribute.
   */
  readonly schema?: readonly SchemaAttributeType[];
  /** The groups of users. Default none. They may have AWS's shape. */
  readonly groups?: readonly (GroupOptions | GroupRecord)[];
  /** The OAuth resource servers, whose scopes clients may ask for. Default none. */
  readonly resourceServers?: readonly ResourceServerOptions[];
  /**
   * AWS's UsernameAttributes: users sign up and in with an e-mail address or a phone number, and the user name is the `sub`.
   * Default: users choose their names.
   */
  readonly usernameAttributes?: readonly UsernameAttributeType[];
  /** AWS's AliasAttributes: verified addresses, or a preferred name, with which users sign in as well. Default none. */
  readonly aliasAttributes?: readonly AliasAttributeType[];
  /** AWS's UsernameConfiguration: whether names differ by upper and lower case. Default true. */
  readonly caseSensitive?: boolean;
  /** Addresses to which SignUp and a change send a code. Default both. */
  readonly autoVerifiedAttributes?: readonly VerifiedAttributeType[];
  /** Those of `autoVerifiedAttributes` whose new value counts only once it was verified. Default: a change counts at once. */
  readonly verifiedBeforeUpdate?: readonly VerifiedAttributeType[];
  /** Whether only administrators create users, and SignUp is refused. Default false. */
  readonly adminCreateUserOnly?: boolean;
  /** Settings of the pool as DescribeUserPool describes them. They win over the options above. Default none. */
  readonly userPool?: Partial<UserPoolType>;
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
   * Whether passkeys have to verify the user, by a PIN or biometrics (AWS's `UserVerification`). `required` refuses passkeys that do
   * not. Default `preferred`.
   */
  readonly passkeyUserVerification?: 'required' | 'preferred';
  /**
   * Whether the pool tracks the sessions of its users, and answers ListUserSessions, RevokeUserSession and their forms for administrators.
   * Default false: they are refused. How the service words that refusal, and the other ones of these operations, is not known.
   */
  readonly userSessionTracking?: boolean;
  /** The relying party of passkeys, which is a host name. Default `localhost`. */
  readonly relyingPartyId?: string;
  /** The origins that passkeys may come from. Default: localhost and 127.0.0.1 on any port, and the relying party by https. */
  readonly relyingPartyOrigins?: readonly string[];
  /**
   * The identity providers, in the shape of CreateIdentityProvider. The pool signs in through those of type OIDC and Google, for app
   * clients that have their name in SupportedIdentityProviders. Default none.
   */
  readonly identityProviders?: readonly IdentityProviderOptions[];
  /**
   * Issuers that stand in for those of identity providers, by the name of the provider: `{ Google: 'http://127.0.0.1:9400' }`. The
   * endpoints of such a provider are found by discovery, whatever its details say. Default none.
   */
  readonly identityProviderIssuers?: Readonly<Record<string, string>>;
  /** How long an identity provider may take for one answer, in seconds. Default 5. AWS's limit is not known. */
  readonly identityProviderTimeout?: number;
  /** Sends the requests of the pool to identity providers. Default: the global `fetch`. */
  readonly identityProviderFetch?: typeof globalThis.fetch;
  /**
   * The Lambda triggers as functions in this process, by the names of LambdaConfig with a small first letter. A function wins over an ARN
   * in `userPool.LambdaConfig`. After the password of a CUSTOM_AUTH sign-in with SRP_A this pool does not ask for a second factor.
   * Reported of the service, not documented: both behaviours occur.
   */
  readonly triggers?: Triggers;
  /**
   * Which event PreTokenGeneration gets. Default: what `userPool.LambdaConfig.PreTokenGenerationConfig` says, else `V1_0`.
   */
  readonly preTokenGenerationVersion?: PreTokenGenerationLambdaVersionType;
  /**
   * The endpoint of the Lambda API, such as `http://127.0.0.1:3001` of SAM local. The triggers whose ARNs stand in LambdaConfig are run
   * there. It is called as it is given, also by plain HTTP and on other machines. Default: no ARN can be used.
   */
  readonly lambdaEndpoint?: string;
  /**
   * How long a trigger may take, in milliseconds. AWS's limit is the default, 5000. Functions in containers that start with the first
   * call need more.
   */
  readonly triggerTimeoutMs?: number;
  /**
   * How often a trigger is run that was not answered in time, 1 to 10. Default 3, as AWS's guide of 2023 says. That of 2026 does not say
   * how often.
   */
  readonly triggerAttempts?: number;
  /**
   * Makes the `code` in the events of CustomEmailSender and CustomSMSSender. AWS encrypts it with the AWS Encryption SDK under KMSKeyID,
   * and the guide shows how to do the same. It takes a code or a temporary password, and returns base64. Default: base64 of the UTF-8
   * of the code, without encryption.
   */
  readonly encodeSenderCode?: (code: string) => string | Promise<string>;
  /** Takes a line about a custom sender that failed, because no reply shows it. Default `console.error`. */
  readonly logTriggers?: (line: string) => void;
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
  /**
   * Whether DEVICE_SRP_AUTH and DEVICE_PASSWORD_VERIFIER need the Session of their challenge. pycognito and AWS's own sample in Java send
   * none. Default `optional`. What AWS does today is not known.
   */
  readonly deviceSession?: 'required' | 'optional';
  /** The `iss` claim. `endpoint`: where the request came to, as pycognito expects, also for pools that clients create. Default: that of the service, `https://cognito-idp.{region}.amazonaws.com/{userPoolId}`. */
  readonly issuer?: string;
  /**
   * Host names and addresses under which other machines may read the outbox, have tokens issued and reset the pool over a port: `pool`,
   * `192.0.2.2`. This machine may do so under its own names and under these. Default none.
   */
  readonly allowedHosts?: readonly string[];
  /** Is called with each request, once it is answered. Default: nothing is logged. */
  readonly log?: (entry: LogEntry) => void;
  /** The pool's clock. It returns milliseconds since the epoch. Default `Date.now`. */
  readonly now?: () => number;
  /**
   * The pool's randomness, except for its RSA keys. It takes a length in bytes and returns as many bytes. Default
   * `crypto.getRandomValues`.
   */
  readonly rng?: (length: number) => Uint8Array;
  /** Where the SRP calculations run. Default: in this thread, as part of the request that needs them. */
  readonly arithmetic?: Arithmetic;
}
