/**
 * The identity I that a password belongs to: a user's or a device's.
 *
 * RFC 5054's I is the user name. Cognito's is `poolName + USER_ID_FOR_SRP` for a user, and `deviceGroupKey + deviceKey` for
 * a device.
 */
import { mustBe } from '../errors.ts';
import { requireObject, requireTexts } from '../required-input.ts';

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

/**
 * A device's identity I.
 *
 * @throws ArgumentError OPTION_INVALID (`device`, `key`, `groupKey`)
 */
export function deviceIdentity(device: DeviceKeys): string {
  const { key, groupKey } = requireTexts(requireObject(device, 'device'), 'key', 'groupKey');
  // I = deviceGroupKey | deviceKey
  return groupKey + key;
}

/** AWS's model: UserPoolIdType, 1 to 55 characters of the form `[\w-]+_[0-9a-zA-Z]+`. */
const USER_POOL_ID = /^(?=.{1,55}$)[\w-]+_[0-9a-z]+$/i;

/**
 * Checks that a value has the form of a user pool id.
 *
 * @throws ArgumentError USER_POOL_ID_INVALID
 */
export function checkUserPoolId(userPoolId: string): void {
  if (typeof userPoolId === 'string' && USER_POOL_ID.test(userPoolId)) return;
  throw mustBe('USER_POOL_ID_INVALID', 'userPoolId', 'like "eu-west-1_AbCdEf123"');
}

/**
 * The pool's name, which is the part of its id after the last `_`.
 *
 * @param userPoolId checked by {@link checkUserPoolId}
 */
export const poolNameOf = (userPoolId: string): string => userPoolId.slice(userPoolId.lastIndexOf('_') + 1);
