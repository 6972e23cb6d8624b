/** How a device is described. */
import type { Device } from '../../domain/user.ts';
import type { DeviceType } from '../../model/types.generated.ts';

/** Makes a DeviceType. Times are sent in seconds. */
export const describeDevice = (device: Device): DeviceType => ({
  DeviceKey: device.key,
  DeviceAttributes: [
    { Name: 'device_status', Value: 'valid' },
    ...(device.name === undefined ? [] : [{ Name: 'device_name', Value: device.name }]),
    { Name: 'last_ip_used', Value: '127.0.0.1' },
    {
      Name: 'dev:device_remembered_status',
      Value: device.remembered ? 'remembered' : 'not_remembered',
    },
  ],
  DeviceCreateDate: device.createdAt / 1000,
  DeviceLastModifiedDate: device.lastModifiedAt / 1000,
  DeviceLastAuthenticatedDate: device.lastAuthenticatedAt / 1000,
});
