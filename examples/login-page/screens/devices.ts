/** Lists the user's devices, the last used one first, each with a button that forgets it. */
import { type DeviceDescription, forgetDevice, listDevices, ServiceError } from 'cognito-srp-engine';
import { callOptions } from '../app.ts';
import type { Account } from './account-part.ts';
import { type ListItem, listPart, whenUsed } from './list-part.ts';

export function devicesPart(account: Account): HTMLElement {
  const { app, tokens, username } = account;
  const item = (device: DeviceDescription, isOwn: boolean): ListItem => {
    const { key, attributes, lastAuthenticatedAt } = device;
    const used = lastAuthenticatedAt === undefined ? 'never' : whenUsed(lastAuthenticatedAt);
    return {
      name: `${attributes['device_name'] ?? key}${isOwn ? ' (this device)' : ''}`,
      hint: `Last used ${used}`,
      remove: async (signal) => {
        const { accessToken } = await tokens.get({ signal });
        await forgetDevice(app.pool.client, { accessToken, deviceKey: key }, callOptions(app, signal)).catch(
          (error: unknown) => {
            // A device that is not found was forgotten elsewhere, which is what the user wanted
            if (!(error instanceof ServiceError && error.code === 'DEVICE_NOT_FOUND')) throw error;
          },
        );
        if (isOwn) await app.store.removeDevice(username);
      },
    };
  };
  return listPart(account, 'Devices', {
    kind: 'devices',
    removeLabel: 'Forget',
    empty: 'No device is remembered.',
    load: async (signal) => {
      const { accessToken } = await tokens.get({ signal });
      const own = (await app.store.device(username))?.key;
      const devices: DeviceDescription[] = [];
      for await (const device of listDevices(app.pool.client, { accessToken }, callOptions(app, signal))) {
        devices.push(device);
      }
      devices.sort((a, b) => (b.lastAuthenticatedAt ?? 0) - (a.lastAuthenticatedAt ?? 0));
      return devices.map((device) => item(device, device.key === own));
    },
  });
}
