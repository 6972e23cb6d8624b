/** ConfirmDevice: gives the pool the verifier of a device's password. */
import { bearerOf } from '../../domain/access-tokens.ts';
import { bytesOf } from '../../domain/admission.ts';
import { changeDevice } from '../../domain/devices.ts';
import { invalidParameter, ServiceException } from '../../domain/service-exception.ts';
import { readVerifier } from '../../domain/srp-host.ts';
import type { User } from '../../domain/user.ts';
import type { Inputs, Outputs } from '../../model/types.generated.ts';
import type { Pool } from '../../service/pool.ts';
import { poolOperation } from '../operation.ts';

/** Confirms a device of the user. The access token may belong to another sign-in than the device. */
export const confirmDevice = poolOperation('ConfirmDevice', { access: 'token' }, async (pool, input) => {
  const { user } = await bearerOf(pool, input.AccessToken);
  return confirmDeviceOf(pool, user, input);
});

/** @returns the output of ConfirmDevice */
export function confirmDeviceOf(
  pool: Pool,
  user: User,
  input: Omit<Inputs['ConfirmDevice'], 'AccessToken'>,
): Outputs['ConfirmDevice'] {
  const device = user.devices.find(({ key }) => key === input.DeviceKey);
  if (!pool.devices || !device?.confirmable) throw invalidParameter('Invalid device key given.');
  if (device.confirmed) {
    throw new ServiceException('DeviceKeyExistsException', 'Device key already exists.');
  }
  const { PasswordVerifier, Salt } = input.DeviceSecretVerifierConfig ?? {};
  const { onlyRememberedOnUserPrompt } = pool.devices;
  const time = pool.now();
  changeDevice(pool, user, device, {
    verifier:
      readVerifier(readBytes('Salt', Salt), readBytes('PasswordVerifier', PasswordVerifier)) ??
      refuseVerifier(),
    confirmed: true,
    remembered: !onlyRememberedOnUserPrompt,
    name: input.DeviceName,
    lastModifiedAt: time,
    lastAuthenticatedAt: time,
  });
  return { UserConfirmationNecessary: onlyRememberedOnUserPrompt };
}

function readBytes(name: string, value: string | undefined): Uint8Array {
  const found = value ? bytesOf(value) : undefined;
  if (!found) throw invalidParameter(`Invalid ${name} in DeviceSecretVerifierConfig`);
  return found;
}

function refuseVerifier(): never {
  throw invalidParameter('Invalid DeviceSecretVerifierConfig');
}
