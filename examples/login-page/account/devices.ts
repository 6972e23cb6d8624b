/** Lists the user's devices, the last used one first, each with a button that forgets it. */
import { type DeviceDescription, forgetDevice, listDevices } from 'cognito-srp-engine';
import { fill } from 'cognito-srp-engine/texts';
import { type Account, callArguments, unlessGone } from './account-part.ts';
import { type ListItem, listPart, whenUsed } from './list-part.ts';

export function devicesPart(account: Account): HTMLElement {
  const { app, user } = account;
  const { texts } = app;
  const item = (device: DeviceDescription, isOwn: boolean): ListItem => {
    const { key, attributes, lastAuthenticatedAt } = device;
    return {
      name: `${attributes['device_name'] ?? key}${isOwn ? ` (${texts.account.thisDevice})` : ''}`,
      hint:
        lastAuthenticatedAt === undefined
          ? texts.account.never
          : fill(texts.account.lastUsed, { time: whenUsed(lastAuthenticatedAt, texts) }),
      remove: async (signal) => {
        const { pool, accessToken, options } = await callArguments(account, signal);
        await unlessGone(forgetDevice(pool, { accessToken, deviceKey: key }, options));
        if (isOwn) await app.store.removeDevice(user.username);
      },
    };
  };
  return listPart(account, texts.account.devices, {
    kind: 'devices',
    removeLabel: texts.buttons.forget,
    empty: texts.account.noDevices,
    load: async (signal) => {
      const { pool, accessToken, options } = await callArguments(account, signal);
      const own = (await app.store.device(user.username))?.key;
      const devices: DeviceDescription[] = [];
      for await (const device of listDevices(pool, { accessToken }, options)) devices.push(device);
      devices.sort((a, b) => (b.lastAuthenticatedAt ?? 0) - (a.lastAuthenticatedAt ?? 0));
      return devices.map((device) => item(device, device.key === own));
    },
  });
}
