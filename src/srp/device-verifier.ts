/** The password that the client makes up for a new device, and the verifier of it that ConfirmDevice sends. */
import { fromBytes, toByteArray } from '#big-integer';
import { toBase64 } from '#encoding';
import { privateKey, verifier } from './formulas.ts';
import { cognitoGroup } from './group.ts';
import { type DeviceKeys, deviceIdentity } from './identity.ts';
import { type Rng, randomBytes } from './random.ts';

/** ConfirmDevice's parameter of that name. */
export interface DeviceSecretVerifierConfig {
  /** base64 of PAD(v): 384 or 385 bytes. */
  readonly PasswordVerifier: string;
  /** base64 of PAD(s): 16 or 17 bytes. */
  readonly Salt: string;
}

/** A device's password, to keep, and its verifier, to send. */
export interface DeviceVerifier {
  /** Secret. Keep it with the device's keys, because the device cannot sign in without it. */
  readonly password: string;
  /** What ConfirmDevice sends of it. */
  readonly DeviceSecretVerifierConfig: DeviceSecretVerifierConfig;
}

/** Makes up a device password: 40 random bytes as base64. */
export const newDevicePassword = (rng?: Rng): string => toBase64(randomBytes(40, rng));

/**
 * Makes up a device password (40 random bytes as base64) and computes its verifier, for ConfirmDevice.
 *
 * @param device the keys from `AuthenticationResult.NewDeviceMetadata`
 * @param rng secure random bytes. Default: `crypto.getRandomValues`.
 * @param keptPassword a device password that was made up before, to use instead of a new one
 * @returns the password, to keep with the device's keys, and its verifier, to send
 * @throws ArgumentError OPTION_INVALID (`device`), RANDOMNESS_MISSING, RANDOMNESS_INVALID or RUNTIME_INCOMPLETE
 * @example
 * ```ts
 * import { type DeviceCredentials, generateDeviceVerifier } from 'cognito-srp-engine/srp';
 *
 * declare const AuthenticationResult: {
 *   AccessToken: string;
 *   NewDeviceMetadata: { DeviceKey: string; DeviceGroupKey: string };
 * };
 * declare function confirmDevice(input: object): Promise<object>;
 * declare function keepDevice(device: DeviceCredentials): void;
 *
 * const { DeviceKey, DeviceGroupKey } = AuthenticationResult.NewDeviceMetadata;
 * const keys = { key: DeviceKey, groupKey: DeviceGroupKey };
 * const { password, DeviceSecretVerifierConfig } = generateDeviceVerifier(keys);
 * await confirmDevice({
 *   AccessToken: AuthenticationResult.AccessToken,
 *   DeviceKey,
 *   DeviceSecretVerifierConfig,
 * });
 * keepDevice({ ...keys, password });
 * ```
 */
export function generateDeviceVerifier(device: DeviceKeys, rng?: Rng, keptPassword?: string): DeviceVerifier {
  const group = cognitoGroup();
  const password = keptPassword ?? newDevicePassword(rng);
  // The service reads s and v as signed numbers, and PAD keeps them positive
  const salt = toByteArray(fromBytes(randomBytes(16, rng)));
  const v = verifier(group, privateKey(group, salt, deviceIdentity(device), password));
  return {
    password,
    DeviceSecretVerifierConfig: { PasswordVerifier: toBase64(toByteArray(v)), Salt: toBase64(salt) },
  };
}
