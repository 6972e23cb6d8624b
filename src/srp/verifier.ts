/**
 * I, x and v (RFC 5054 §2.4, RFC 2945 §3): what a password becomes, for a user and for a device alike.
 *
 * Cognito's identity I is `poolName + USER_ID_FOR_SRP` for a user and `deviceGroupKey + deviceKey` for a
 * device. Its salt s is the PAD bytes of the SALT number.
 */
import { type BigInteger, fromBytes } from '#big-integer';
import { utf8 } from '#encoding';
import type { Group } from './group.ts';
import { poolNameOf } from './user-pool-id.ts';

/** The two names that the service gives a device. */
export interface DeviceKeys {
  /** `NewDeviceMetadata.DeviceKey`, e.g. `eu-west-1_a1b2…`. */
  readonly key: string;
  /** `NewDeviceMetadata.DeviceGroupKey`. */
  readonly groupKey: string;
}

/** A device that was confirmed: its keys, and the password that ConfirmDevice was sent a verifier of. */
export interface DeviceCredentials extends DeviceKeys {
  /** The device password that the client made up. Secret. */
  readonly password: string;
}

/**
 * A user's identity I.
 *
 * @param userPoolId checked by `checkUserPoolId`
 * @param username USER_ID_FOR_SRP, not an alias: `readUserIdForSrp`
 */
export const userIdentity = (userPoolId: string, username: string): string =>
  // I = poolName | USER_ID_FOR_SRP
  poolNameOf(userPoolId) + username;

/** A device's identity I. */
export const deviceIdentity = ({ key, groupKey }: DeviceKeys): string =>
  // I = deviceGroupKey | deviceKey
  groupKey + key;

/**
 * The private key x.
 *
 * @param s the salt's bytes
 * @param I the identity
 * @param P the password
 * @internal
 */
export function privateKey({ H }: Group, s: Uint8Array, I: string, P: string): BigInteger {
  // x = H(s | H(I | ":" | P))
  return fromBytes(H(s, H(utf8(`${I}:${P}`))));
}

/**
 * The verifier v of a private key x.
 *
 * @internal
 */
export function verifier({ power }: Group, x: BigInteger): BigInteger {
  // v = g^x % N
  return power.ofG(x);
}
