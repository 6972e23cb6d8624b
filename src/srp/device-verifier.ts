/** What ConfirmDevice wants to know of a new device: a verifier of a password the client makes up. */
import { fromBytes, toByteArray } from '#big-integer';
import { toBase64 } from '#encoding';
import { cognitoGroup } from './group.ts';
import { type Rng, randomBytes } from './random.ts';
import { type DeviceCredentials, deviceIdentity, privateKey, verifier } from './verifier.ts';

/** A device's password, to keep, and its verifier, to send. */
export interface DeviceVerifier {
  /** Secret. Keep it with the device key; without it the device cannot sign in. */
  readonly password: string;
  /** ConfirmDevice's parameter of that name. */
  readonly DeviceSecretVerifierConfig: {
    /** base64 of PAD(v): 384 or 385 bytes. */
    readonly PasswordVerifier: string;
    /** base64 of PAD(s): 16 or 17 bytes. */
    readonly Salt: string;
  };
}

/** 40 random bytes as base64. */
export const newDevicePassword = (rng?: Rng): string => toBase64(randomBytes(40, rng));

/**
 * Makes a device password (40 random bytes as base64) and its verifier.
 *
 * @param device from `AuthenticationResult.NewDeviceMetadata`
 * @param rng secure random bytes; default `crypto.getRandomValues`
 * @param given a password that was made before
 */
export function generateDeviceVerifier(
  device: Pick<DeviceCredentials, 'key' | 'groupKey'>,
  rng?: Rng,
  given?: string,
): DeviceVerifier {
  const group = cognitoGroup();
  const password = given ?? newDevicePassword(rng);
  // The service reads both as signed two's complement: PAD keeps them positive.
  const salt = toByteArray(fromBytes(randomBytes(16, rng)));
  const v = verifier(group, privateKey(group, salt, deviceIdentity(device), password));
  return {
    password,
    DeviceSecretVerifierConfig: { PasswordVerifier: toBase64(toByteArray(v)), Salt: toBase64(salt) },
  };
}
