/** Finds a device of a user, for operations that work with one. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { confirmedDevice, deviceDoesNotExist } from '../../domain/devices.ts';
import { invalidParameter } from '../../domain/service-exception.ts';
import type { Device, User } from '../../domain/user.ts';
import type { Pool } from '../../service/pool.ts';

/** @throws ServiceException ResourceNotFoundException if the user has no such device, or it is not confirmed */
export function findKnownDevice(user: User, key: string): Device {
  const device = confirmedDevice(user, key);
  if (!device) throw deviceDoesNotExist();
  return device;
}

/**
 * Finds a device of the user who has the access token. AWS's model lets GetDevice and ForgetDevice go without one. The
 * service's text for that is not known.
 *
 * @throws ServiceException ResourceNotFoundException, InvalidParameterException, and what a wrong access token has
 */
export async function findOwnDevice(
  pool: Pool,
  { AccessToken, DeviceKey }: { readonly AccessToken?: string | undefined; readonly DeviceKey: string },
): Promise<{ readonly user: User; readonly device: Device }> {
  if (AccessToken === undefined) throw invalidParameter('Missing required parameter AccessToken');
  const { user } = await bearerOf(pool, AccessToken);
  return { user, device: findKnownDevice(user, DeviceKey) };
}
