/**
 * The public functions of `./srp`: whole `AuthParameters` and `ChallengeResponses`, for callers with a transport of
 * their own. They add USERNAME, SECRET_HASH and DEVICE_KEY to what `password-proof.ts` proves.
 */
import { omitUndefined } from '../omit-undefined.ts';
import { requireObject, requireText, requireTexts } from '../required-input.ts';
import { type ChallengeParameters, readDeviceUsername, readUserIdForSrp } from './challenge-parameters.ts';
import type { Ephemeral } from './ephemeral.ts';
import { checkUserPoolId, type DeviceCredentials, deviceIdentity, userIdentity } from './identity.ts';
import { provePassword } from './password-proof.ts';
import { checkRuntime } from './runtime.ts';
import { type ClientCredentials, secretHashOf } from './secret-hash.ts';

/**
 * The wire's `AuthParameters` or `ChallengeResponses`, of which these keys are always there. It fits the AWS SDK's
 * inputs as it is.
 */
export type WireParameters<Keys extends string = never> = { readonly [key in Keys]: string } & {
  readonly [key: string]: string;
};

/** What {@link srpAuthParameters} takes, beside the app client's secret if it has one. */
export interface SrpAuthInput extends ClientCredentials {
  /** What the user typed: user name, e-mail address, phone number or another alias. */
  readonly username: string;
  /** The key of a device that was confirmed earlier. It lets the service ask DEVICE_SRP_AUTH instead of a second factor. */
  readonly deviceKey?: string | undefined;
}

/** `AuthParameters` of InitiateAuth with USER_SRP_AUTH. SECRET_HASH and DEVICE_KEY are there if they were given. */
export type SrpAuthParameters = WireParameters<'USERNAME' | 'SRP_A'>;

/** What {@link passwordVerifierResponses} takes, beside the app client's secret if it has one. */
export interface PasswordVerifierInput extends ClientCredentials {
  /** `eu-west-1_AbCdEf123`. The part after `_` is signed. */
  readonly userPoolId: string;
  /** What the user typed. It is used if the challenge names neither USER_ID_FOR_SRP nor USERNAME. */
  readonly username?: string | undefined;
  readonly password: string;
  /** Milliseconds since the epoch, by the service's clock if it is known. */
  readonly now: number;
  /** The device key that went into InitiateAuth. */
  readonly deviceKey?: string | undefined;
}

/** `ChallengeResponses` to PASSWORD_VERIFIER. SECRET_HASH and DEVICE_KEY are there if they were given. */
export type PasswordClaim = WireParameters<
  'USERNAME' | 'PASSWORD_CLAIM_SIGNATURE' | 'PASSWORD_CLAIM_SECRET_BLOCK' | 'TIMESTAMP'
>;

/** What {@link deviceSrpAuthResponses} takes, beside the app client's secret if it has one. */
export interface DeviceSrpAuthInput extends ClientCredentials {
  /** USER_ID_FOR_SRP of the challenge before, not an alias. */
  readonly username: string;
  /** The key of the device that was confirmed. */
  readonly deviceKey: string;
}

/** `ChallengeResponses` to DEVICE_SRP_AUTH. SECRET_HASH is there if the client has a secret. */
export type DeviceSrpAuthResponses = WireParameters<'USERNAME' | 'SRP_A' | 'DEVICE_KEY'>;

/** What {@link devicePasswordVerifierResponses} takes, beside the app client's secret if it has one. */
export interface DevicePasswordVerifierInput extends ClientCredentials {
  /** USER_ID_FOR_SRP of the sign-in. It is used if the challenge names no USERNAME. */
  readonly username?: string | undefined;
  readonly device: DeviceCredentials;
  /** Milliseconds since the epoch, by the service's clock if it is known. */
  readonly now: number;
}

/** `ChallengeResponses` to DEVICE_PASSWORD_VERIFIER. SECRET_HASH is there if the client has a secret. */
export type DevicePasswordClaim = PasswordClaim & WireParameters<'DEVICE_KEY'>;

/**
 * Makes the `AuthParameters` of InitiateAuth with USER_SRP_AUTH.
 *
 * @param ephemeral a new one. Keep it for PASSWORD_VERIFIER.
 * @param input the user's name, and what the app client and the device add
 * @returns USERNAME and SRP_A, with SECRET_HASH and DEVICE_KEY if they were given
 * @throws ArgumentError USERNAME_INVALID, OPTION_INVALID (`ephemeral`), CLIENT_ID_INVALID or CLIENT_SECRET_INVALID
 * @example
 * ```ts
 * import { generateEphemeral, srpAuthParameters } from 'cognito-srp-engine/srp';
 *
 * declare function initiateAuth(input: object): Promise<object>;
 *
 * const ephemeral = generateEphemeral();
 * await initiateAuth({
 *   AuthFlow: 'USER_SRP_AUTH',
 *   ClientId: '1h57kf5cpq17m0eml12EXAMPLE',
 *   AuthParameters: srpAuthParameters(ephemeral, { username: 'alice@example.org' }),
 * });
 * ```
 */
export function srpAuthParameters(ephemeral: Ephemeral, input: SrpAuthInput): SrpAuthParameters {
  const { username, deviceKey } = requireTexts(input, 'username');
  return omitUndefined({
    USERNAME: username,
    SRP_A: requireObject(ephemeral, 'ephemeral').SRP_A,
    SECRET_HASH: secretHashOf(username, input),
    DEVICE_KEY: deviceKey,
  });
}

/**
 * Makes the `ChallengeResponses` to PASSWORD_VERIFIER, which prove that the user's password is known.
 *
 * @param ephemeral the one whose SRP_A went into InitiateAuth
 * @param parameters the reply's `ChallengeParameters`
 * @param input the pool, the password and the time, and what the app client and the device add
 * @returns the proof with USERNAME, and with SECRET_HASH and DEVICE_KEY if they were given
 * @throws ProtocolError CHALLENGE_PARAMETER_MISSING, SRP_B_INVALID, SALT_INVALID, SECRET_BLOCK_INVALID or U_ZERO for a
 *   challenge that no correct service sends
 * @throws ArgumentError USER_POOL_ID_INVALID, PASSWORD_INVALID, OPTION_INVALID (`ephemeral`, `now`), CLIENT_ID_INVALID,
 *   CLIENT_SECRET_INVALID or RUNTIME_INCOMPLETE
 * @example
 * ```ts
 * import { type ChallengeParameters, type Ephemeral, passwordVerifierResponses } from 'cognito-srp-engine/srp';
 *
 * declare const ephemeral: Ephemeral;
 * declare const reply: { ChallengeName: 'PASSWORD_VERIFIER'; ChallengeParameters: ChallengeParameters };
 * declare const password: string;
 * declare function respondToAuthChallenge(input: object): Promise<object>;
 *
 * await respondToAuthChallenge({
 *   ChallengeName: reply.ChallengeName,
 *   ClientId: '1h57kf5cpq17m0eml12EXAMPLE',
 *   ChallengeResponses: passwordVerifierResponses(ephemeral, reply.ChallengeParameters, {
 *     userPoolId: 'eu-west-1_AbCdEf123',
 *     password,
 *     now: Date.now(),
 *   }),
 * });
 * ```
 */
export function passwordVerifierResponses(
  ephemeral: Ephemeral,
  parameters: ChallengeParameters = {},
  input: PasswordVerifierInput,
): PasswordClaim {
  const { userPoolId, password, now, deviceKey } = requireObject(input, 'input');
  const username = readUserIdForSrp(parameters, input.username);
  checkUserPoolId(userPoolId);
  const identity = userIdentity(userPoolId, username);
  return omitUndefined({
    USERNAME: username,
    ...provePassword(ephemeral, parameters, { identity, password, now }),
    SECRET_HASH: secretHashOf(username, input),
    DEVICE_KEY: deviceKey,
  });
}

/**
 * Makes the `ChallengeResponses` to DEVICE_SRP_AUTH.
 *
 * @param ephemeral a new one, not that of the user's password. Keep it for DEVICE_PASSWORD_VERIFIER.
 * @param input the canonical user name and the device's key, and the app client's secret if it has one
 * @returns USERNAME, SRP_A and DEVICE_KEY, with SECRET_HASH if the client has a secret
 * @throws ArgumentError USERNAME_INVALID, OPTION_INVALID (`ephemeral`, `deviceKey`), CLIENT_ID_INVALID or
 *   CLIENT_SECRET_INVALID
 * @example
 * ```ts
 * import { type DeviceCredentials, deviceSrpAuthResponses, generateEphemeral } from 'cognito-srp-engine/srp';
 *
 * declare const device: DeviceCredentials;
 * declare function respondToAuthChallenge(input: object): Promise<object>;
 *
 * const ephemeral = generateEphemeral();
 * await respondToAuthChallenge({
 *   ChallengeName: 'DEVICE_SRP_AUTH',
 *   ClientId: '1h57kf5cpq17m0eml12EXAMPLE',
 *   ChallengeResponses: deviceSrpAuthResponses(ephemeral, { username: 'alice', deviceKey: device.key }),
 * });
 * ```
 */
export function deviceSrpAuthResponses(
  ephemeral: Ephemeral,
  input: DeviceSrpAuthInput,
): DeviceSrpAuthResponses {
  return omitUndefined({
    ...srpAuthParameters(ephemeral, input),
    DEVICE_KEY: requireText(input, 'deviceKey'),
  });
}

/**
 * Makes the `ChallengeResponses` to DEVICE_PASSWORD_VERIFIER, which prove that the device's password is known.
 *
 * @param ephemeral the one whose SRP_A answered DEVICE_SRP_AUTH
 * @param parameters the reply's `ChallengeParameters`
 * @param input the device and the time, and the app client's secret if it has one
 * @returns the proof with USERNAME and DEVICE_KEY, and with SECRET_HASH if the client has a secret
 * @throws ProtocolError CHALLENGE_PARAMETER_MISSING, SRP_B_INVALID, SALT_INVALID, SECRET_BLOCK_INVALID or U_ZERO for a
 *   challenge that no correct service sends
 * @throws ArgumentError PASSWORD_INVALID, OPTION_INVALID (`ephemeral`, `device`, `now`), CLIENT_ID_INVALID,
 *   CLIENT_SECRET_INVALID or RUNTIME_INCOMPLETE
 * @example
 * ```ts
 * import {
 *   type ChallengeParameters,
 *   type DeviceCredentials,
 *   devicePasswordVerifierResponses,
 *   type Ephemeral,
 * } from 'cognito-srp-engine/srp';
 *
 * declare const ephemeral: Ephemeral;
 * declare const device: DeviceCredentials;
 * declare const reply: { ChallengeName: 'DEVICE_PASSWORD_VERIFIER'; ChallengeParameters: ChallengeParameters };
 * declare function respondToAuthChallenge(input: object): Promise<object>;
 *
 * await respondToAuthChallenge({
 *   ChallengeName: reply.ChallengeName,
 *   ClientId: '1h57kf5cpq17m0eml12EXAMPLE',
 *   ChallengeResponses: devicePasswordVerifierResponses(ephemeral, reply.ChallengeParameters, {
 *     username: 'alice',
 *     device,
 *     now: Date.now(),
 *   }),
 * });
 * ```
 */
export function devicePasswordVerifierResponses(
  ephemeral: Ephemeral,
  parameters: ChallengeParameters = {},
  input: DevicePasswordVerifierInput,
): DevicePasswordClaim {
  checkRuntime();
  const { device, now } = requireObject(input, 'input');
  const username = readDeviceUsername(parameters, input.username);
  const claimant = { identity: deviceIdentity(device), password: device.password, now };
  return omitUndefined({
    USERNAME: username,
    ...provePassword(ephemeral, parameters, claimant),
    SECRET_HASH: secretHashOf(username, input),
    DEVICE_KEY: device.key,
  });
}
